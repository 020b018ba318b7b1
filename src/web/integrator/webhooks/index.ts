import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../../../services.ts'
import { openDesk, type Refused, signedIn } from '../../desk.ts'
import { given, readForm } from '../../form.ts'
import { withQuery } from '../../pieces.ts'
import { secretBox } from '../keys/secret.ts'
import { againIn, type Deliveries } from './deliveries.ts'
import { endpointForm, endpointIn, formOf } from './form.ts'
import { type Desk, endpointApi, endpointsTable, hookPath } from './list.ts'
import { type Done, endpointPage } from './one.ts'
import { type EndpointShown, hookWords } from './words.ts'

const api = '/v1/webhook-endpoints'
const crumbs = ({ t }: Desk) => html`<nav class="crumbs"><a href="/webhooks">${t('title')}</a></nav>`

/** Webhook endpoints 推送地址: where a firm is told what happens, and whether it arrived. */
export function webhookPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.use('/webhooks', signedIn)
  pages.use('/webhooks/*', signedIn)
  const deskOf = (context: Context<Env>): Desk => openDesk(app, context, 'webhooks', hookWords)
  listPages(pages, deskOf)
  changePages(pages, deskOf)

  const show = async (desk: Desk, done: Done = {}) => {
    const id = desk.context.req.param('id') ?? ''
    const { status, eventId, after } = desk.context.req.query()
    const filters = { status: status || undefined, eventId: eventId || undefined, after }
    const [read, deliveries] = await Promise.all([
      desk.api.get<EndpointShown>(endpointApi(id)),
      desk.api.get<Deliveries>(withQuery(`${endpointApi(id)}/deliveries`, { ...filters, limit: '25' })),
    ])
    if (!read.ok) return desk.refuse(read)
    if (!deliveries.ok) return desk.refuse(deliveries)
    const etag = read.headers.get('etag') ?? ''
    return endpointPage(desk, { endpoint: read.body, etag, deliveries: deliveries.body, filters }, done)
  }
  /** A button of the page: back to it when it is done, over it what was refused. */
  const press =
    (act: (desk: Desk, id: string, form: URLSearchParams) => Promise<string | Done>) =>
    async (context: Context<Env>) => {
      const desk = deskOf(context)
      const done = await act(desk, context.req.param('id') ?? '', await readForm(context))
      return typeof done === 'string' ? context.redirect(done, 303) : show(desk, done)
    }
  pages.get('/webhooks/:id', async (context) => show(deskOf(context)))
  pages.post(
    '/webhooks/:id/ping',
    press(async (desk, id) => {
      const answered = await desk.api.send('POST', `${endpointApi(id)}/pings`)
      return answered.ok ? `${hookPath(id)}?told=ping` : { refused: answered }
    }),
  )
  pages.post(
    '/webhooks/:id/state',
    press(async (desk, id, form) => {
      const answered = await desk.api.send(
        'PATCH',
        endpointApi(id),
        { enabled: given(form, 'enabled') === 'true' },
        { 'if-match': given(form, 'etag') },
      )
      return answered.ok ? hookPath(id) : { refused: answered }
    }),
  )
  pages.post(
    '/webhooks/:id/redeliveries',
    press(async (desk, id, form) => {
      const answered = await desk.api.send<{ queued: number }>('POST', `${endpointApi(id)}/redeliveries`, againIn(form))
      return answered.ok ? `${hookPath(id)}?told=${answered.body.queued}` : { refused: answered, form }
    }),
  )
  pages.post(
    '/webhooks/:id/delete',
    press(async (desk, id, form) => {
      if (given(form, 'sure') !== 'yes') return { unsure: true }
      const answered = await desk.api.send('DELETE', endpointApi(id), undefined, { 'if-match': given(form, 'etag') })
      return answered.ok ? '/webhooks' : { refused: answered }
    }),
  )
  pages.post('/webhooks/:id/secret', async (context) => {
    const desk = deskOf(context)
    const id = context.req.param('id')
    const answered = await desk.api.send<{ secret: string; endpoint: EndpointShown }>(
      'POST',
      `${endpointApi(id)}/secret-rotations`,
    )
    if (!answered.ok) return show(desk, { refused: answered })
    return secretPage(desk, answered.body.endpoint, answered.body.secret)
  })
}

/** All of them, and a new one. */
function listPages(pages: Hono<Env>, deskOf: (context: Context<Env>) => Desk): void {
  pages.get('/webhooks', async (context) => {
    const desk = deskOf(context)
    const answered = await desk.api.get<{ data: readonly EndpointShown[] }>(api)
    if (!answered.ok) return desk.refuse(answered)
    const { t } = desk
    return desk.show(
      { title: t('title') },
      html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
<p><a role="button" href="/webhooks/new">${t('make')}</a></p>${endpointsTable(desk, answered.body.data)}`,
    )
  })

  const newPage = (desk: Desk, form: URLSearchParams, refused?: Refused) => {
    const title = desk.t('make')
    return desk.show(
      { title, status: refused?.status ?? 200, scripts: ['copy.js'], here: '/webhooks/new' },
      html`${crumbs(desk)}<h1>${title}</h1>${endpointForm(desk, { action: '/webhooks', button: title, hidden: 'once', form, refused })}`,
    )
  }
  pages.get('/webhooks/new', (context) => newPage(deskOf(context), new URLSearchParams({ once: randomUUID() })))
  pages.post('/webhooks', async (context) => {
    const desk = deskOf(context)
    const form = await readForm(context)
    const description = given(form, 'description')
    const answered = await desk.api.send<EndpointShown & { secret?: string }>(
      'POST',
      api,
      { ...endpointIn(form), ...(description === '' ? {} : { description }) },
      { 'idempotency-key': given(form, 'once') },
    )
    if (answered.ok) return secretPage(desk, answered.body, answered.body.secret)
    // Another body is another endpoint.
    form.set('once', randomUUID())
    return newPage(desk, form, answered)
  })
}

/** Changing one. */
function changePages(pages: Hono<Env>, deskOf: (context: Context<Env>) => Desk): void {
  const editPage = (desk: Desk, id: string, form: URLSearchParams, refused?: Refused) => {
    const { t } = desk
    const action = hookPath(id, 'edit')
    return desk.show(
      { title: t('change'), status: refused?.status ?? 200, here: action },
      html`<nav class="crumbs"><span><a href="/webhooks">${t('title')}</a> › <a href="${hookPath(id)}">${t('toEndpoint')}</a></span></nav><h1>${t('change')}</h1>
${endpointForm(desk, { action, button: t('save'), hidden: 'etag', form, refused })}`,
    )
  }
  pages.get('/webhooks/:id/edit', async (context) => {
    const desk = deskOf(context)
    const id = context.req.param('id')
    const answered = await desk.api.get<EndpointShown>(endpointApi(id))
    if (!answered.ok) return desk.refuse(answered)
    const form = formOf(answered.body)
    form.set('etag', answered.headers.get('etag') ?? '')
    return editPage(desk, id, form)
  })
  pages.post('/webhooks/:id/edit', async (context) => {
    const desk = deskOf(context)
    const id = context.req.param('id')
    const form = await readForm(context)
    const description = given(form, 'description')
    const answered = await desk.api.send(
      'PATCH',
      endpointApi(id),
      { ...endpointIn(form), description: description === '' ? null : description },
      { 'if-match': given(form, 'etag') },
    )
    if (answered.ok) return context.redirect(hookPath(id), 303)
    // Whoever has seen that it changed meanwhile may say again what they want.
    const now = answered.headers.get('etag')
    if (answered.status === 412 && now !== null) form.set('etag', now)
    return editPage(desk, id, form, answered)
  })
}

/** The one page a secret stands on. */
function secretPage(desk: Desk, { id, url }: EndpointShown, secret: string | undefined): Promise<Response> {
  const { t, language } = desk
  return desk.show(
    { title: t('secret'), status: 201, here: hookPath(id), scripts: ['copy.js'] },
    html`${crumbs(desk)}<h1 class="address">${url}</h1>${secretBox(language, t('secret'), secret)}
<p><a role="button" href="${hookPath(id)}">${t('toEndpoint')}</a></p>`,
  )
}
