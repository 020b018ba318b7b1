import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { RunAnswer, RunReadAnswer } from '../../../../schemas/conformance.ts'
import type { Env, Services } from '../../../services.ts'
import { openDesk, problemOver, type Refused, signedIn } from '../../desk.ts'
import { given, lineField, readForm, someField, unseen, wrongAt } from '../../form.ts'
import type { Html } from '../../layout.ts'
import { choice, withQuery } from '../../pieces.ts'
import { say } from '../../words.ts'
import { type Desk, runPage, runPath, runsTable } from './run.ts'
import { conformanceWords } from './words.ts'

interface Runs {
  readonly data: readonly RunAnswer[]
  readonly nextCursor?: string
}

/** Conformance 符合性测试: a run is started, followed, and read as a matrix. */
export function conformancePages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  pages.use('/conformance', signedIn)
  pages.use('/conformance/*', signedIn)
  const deskOf = (context: Context<Env>): Desk => openDesk(app, context, 'conformance', conformanceWords)

  const show = async (desk: Desk, form: URLSearchParams, refused?: Refused) => {
    const { after } = desk.context.req.query()
    const answered = await desk.api.get<Runs>(withQuery('/v1/conformance-runs', { after, limit: '20' }))
    if (!answered.ok) return desk.refuse(answered)
    const { t } = desk
    const { data, nextCursor } = answered.body
    return desk.show(
      { title: t('title'), status: refused?.status ?? 200, scripts: ['copy.js'], here: '/conformance' },
      html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
${startForm(desk, services, form, refused)}
<section aria-labelledby="runs"><h2 id="runs">${t('runs')}</h2>${runsTable(desk, data)}
${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery('/conformance', { after: nextCursor })}">${t('more')}</a></p>`}</section>`,
    )
  }
  pages.get('/conformance', (context) => show(deskOf(context), new URLSearchParams({ once: randomUUID() })))
  pages.post('/conformance', async (context) => {
    const desk = deskOf(context)
    const form = await readForm(context)
    const [ids, url] = [form.getAll('ids'), given(form, 'url').trim()]
    const answered = await desk.api.send<RunAnswer>(
      'POST',
      '/v1/conformance-runs',
      { what: given(form, 'what'), ...(ids.length === 0 ? {} : { ids }), ...(url === '' ? {} : { url }) },
      { 'idempotency-key': given(form, 'once') },
    )
    if (answered.ok) return context.redirect(runPath(answered.body.id), 303)
    // Another body is another run.
    form.set('once', randomUUID())
    return show(desk, form, answered)
  })
  pages.get('/conformance/:id', async (context) => {
    const desk = deskOf(context)
    const answered = await desk.api.get<RunReadAnswer>(
      `/v1/conformance-runs/${encodeURIComponent(context.req.param('id'))}`,
    )
    return answered.ok ? runPage(desk, answered.body) : desk.refuse(answered)
  })
}

function startForm(desk: Desk, { adapters }: Services, form: URLSearchParams, refused?: Refused): Html {
  const { t, language } = desk
  const errors = refused?.problem.errors
  const which = Object.entries(adapters).map(([value, { name }]) => ({ value, name: say(language, name) }))
  const wrongIds = (errors ?? []).filter(({ pointer }) => pointer.startsWith('/ids'))
  return html`<section class="panel" aria-labelledby="start"><h2 id="start">${t('start')}</h2>${refused === undefined ? '' : problemOver(desk, refused)}
<form method="post" action="/conformance" novalidate data-once>${unseen('once', given(form, 'once'))}
${choice(
  { name: 'what', label: t('what'), chosen: given(form, 'what') || 'adapter' },
  (['adapter', 'agency'] as const).map((value) => ({ value, name: t(value) })),
)}
${someField(
  {
    name: 'ids',
    label: t('which'),
    value: '',
    errors: wrongIds.map((one) => (language === 'zh' ? one.detailZh : one.detail)),
  },
  form.getAll('ids'),
  which,
)}<p class="note">${t('whichHelp')}</p>
${lineField({
  name: 'url',
  label: t('url'),
  value: given(form, 'url'),
  errors: wrongAt(errors, '/url', language),
  help: t('urlHelp'),
  max: 2_048,
})}
<button type="submit">${t('start')}</button></form></section>`
}
