import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { KeyAnswer, KeyReadAnswer, MadeKeyAnswer } from '../../../../schemas/keys.ts'
import type { Env, Services } from '../../../services.ts'
import { openDesk, signedIn } from '../../desk.ts'
import { given, readForm } from '../../form.ts'
import { choice, choices, withQuery } from '../../pieces.ts'
import { visitorOf } from '../../session.ts'
import { say } from '../../words.ts'
import { type Desk, keyPath, keysTable } from './list.ts'
import { newKeyForm, requestOf } from './new.ts'
import { keyPage, type Tried } from './one.ts'
import { copyButton, secretBox } from './secret.ts'
import { keyWords, roleNames } from './words.ts'

interface Keys {
  readonly data: readonly KeyAnswer[]
  readonly nextCursor?: string
}

/** Users and keys 用户与密钥: for an administrator all, for everybody else those of the same holder. */
export function keyPages(pages: Hono<Env>, app: Hono<Env>, { adapters }: Services): void {
  pages.use('/keys', signedIn)
  pages.use('/keys/*', signedIn)
  const deskOf = (context: Context<Env>): Desk => openDesk(app, context, 'keys', keyWords)

  pages.get('/keys', async (context) => {
    const desk = deskOf(context)
    const isAdmin = visitorOf(context)?.role === 'admin'
    const { role, tenant, state = 'active', after } = context.req.query()
    const asked = { ...(isAdmin ? { role, tenant } : {}), state: state === 'all' ? undefined : state }
    const answered = await desk.api.get<Keys>(withQuery('/v1/keys', { ...asked, after }))
    if (!answered.ok) return desk.refuse(answered)
    const { t, language } = desk
    const title = t(isAdmin ? 'titleAll' : 'title')
    const { data, nextCursor } = answered.body
    const states = (['active', 'ended', 'all'] as const).map((value) => ({ value, name: t(value) }))
    return desk.show(
      { title },
      html`<h1>${title}</h1><p class="note">${t(isAdmin ? 'aboutAll' : 'about')}</p>
<p><a role="button" href="/keys/new">${t('make')}</a></p>
<search><form method="get" action="/keys" class="filters">
${
  isAdmin
    ? html`${choice({ name: 'role', label: t('role'), all: t('all'), chosen: role }, choices(language, roleNames))}
<label>${t('tenant')} <input name="tenant" value="${tenant ?? ''}" maxlength="40"></label>`
    : ''
}
${choice({ name: 'state', label: t('state'), chosen: state }, states)}
<button type="submit">${t('show')}</button></form></search>
${keysTable(desk, data, { isAdmin, adapters })}
${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery('/keys', { role, tenant, state, after: nextCursor })}">${t('more')}</a></p>`}`,
    )
  })

  pages.get('/keys/new', async (context) =>
    newKeyForm(deskOf(context), adapters, new URLSearchParams({ once: randomUUID() })),
  )
  pages.post('/keys', async (context) => {
    const desk = deskOf(context)
    const form = await readForm(context)
    const answered = await desk.api.send<MadeKeyAnswer>('POST', '/v1/keys', requestOf(form), {
      'idempotency-key': given(form, 'once'),
    })
    if (answered.ok) return madePage(desk, answered.body)
    // Another body is another key.
    form.set('once', randomUUID())
    return newKeyForm(desk, adapters, form, answered)
  })

  const show = async (desk: Desk, tried: Tried = {}) => {
    const answered = await desk.api.get<KeyReadAnswer>(`/v1${keyPath(desk.context.req.param('id') ?? '')}`)
    return answered.ok ? keyPage(desk, answered.body, adapters, tried) : desk.refuse(answered)
  }
  pages.get('/keys/:id', async (context) => show(deskOf(context)))
  pages.post('/keys/:id/revoke', async (context) => {
    const desk = deskOf(context)
    const form = await readForm(context)
    if (given(form, 'sure') !== 'yes') return show(desk, { unsure: true })
    const path = keyPath(context.req.param('id'))
    const answered = await desk.api.send('DELETE', `/v1${path}`)
    return answered.ok ? context.redirect(path, 303) : show(desk, { refused: answered })
  })
  pages.post('/keys/:id/replace', async (context) => {
    const desk = deskOf(context)
    const form = await readForm(context)
    const overlap = given(form, 'overlapHours')
    const answered = await desk.api.send<MadeKeyAnswer>(
      'POST',
      `/v1${keyPath(context.req.param('id'))}/replacements`,
      // What is no number is refused where numbers are judged.
      { overlapHours: /^\d{1,6}$/.test(overlap) ? Number(overlap) : overlap },
      { 'idempotency-key': given(form, 'once') },
    )
    return answered.ok ? madePage(desk, answered.body) : show(desk, { refused: answered, overlap })
  })
}

/** The one page a key stands on. */
function madePage(desk: Desk, made: MadeKeyAnswer): Promise<Response> {
  const { t, language, context } = desk
  const { origin } = new URL(context.req.url)
  const { key, name, role, id } = made
  return desk.show(
    { title: t('yourKey'), status: 201, here: keyPath(id), scripts: ['copy.js'] },
    html`<nav class="crumbs"><a href="/keys">${t('title')}</a></nav><h1>${name} <small>${say(language, roleNames[role])}</small></h1>
${secretBox(language, t('yourKey'), key)}
${
  key === undefined
    ? ''
    : html`<h2>${t('tryIt')}</h2><pre><code id="curl">curl -H 'Authorization: Bearer ${key}' ${origin}/v1/keys</code></pre><p>${copyButton(language, 'curl')}</p>`
}
<p><a href="${keyPath(id)}">${t('toKey')}</a></p>`,
  )
}
