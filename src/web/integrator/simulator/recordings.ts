import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { SimulatorAgency, SimulatorRecording } from '../../../../schemas/simulator.ts'
import type { Env } from '../../../services.ts'
import type { Refused } from '../../desk.ts'
import { choiceField, given, lineField, readForm, wrongAt } from '../../form.ts'
import type { Html } from '../../layout.ts'
import { problemBox, scrolling } from '../../pieces.ts'
import { say } from '../../words.ts'
import { type Bench, benchOf, headingOf, headOf, noSimulator, sureField } from './bench.ts'

const path = '/simulator/recordings'
const recordingPath = (agency: string, ...more: readonly string[]) =>
  ['/recordings', encodeURIComponent(agency), ...more].join('/')
interface Tried {
  readonly form: URLSearchParams
  readonly refused: Refused
}

/** Recordings 录制: a real endpoint in an agency's place, and what it said. */
export function recordingPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get(path, (context) => recordingsPage(benchOf(app, context, 'journal')))
  pages.post(path, async (context) => {
    const bench = benchOf(app, context, 'journal')
    const form = await readForm(context)
    const fields = given(form, 'fields')
      .split(/[,，\s]+/)
      .filter((one) => one !== '')
    const order = { agency: given(form, 'agency'), target: given(form, 'target').trim(), mask: { fields } }
    const refused = await bench.order('POST', '/recordings', order)
    return refused.ok ? context.redirect(bench.link(path), 303) : recordingsPage(bench, { form, refused })
  })
  pages.post(`${path}/:agency/:step{stop|drop}`, async (context) => {
    const bench = benchOf(app, context, 'journal')
    const agency = context.req.param('agency')
    const isStop = context.req.param('step') === 'stop'
    if (!isStop && given(await readForm(context), 'sure') !== 'yes') return recordingsPage(bench, undefined, agency)
    const done = await bench.order(isStop ? 'POST' : 'DELETE', recordingPath(agency, ...(isStop ? ['stop'] : [])))
    return done.ok ? context.redirect(bench.link(path), 303) : bench.refuse(done)
  })
  // A link names no header: what is downloaded goes through here, with its session.
  pages.get(`${path}/:agency/:file{recording\\.json|scripts\\.json}`, async (context) => {
    const bench = benchOf(app, context, 'journal')
    const isScripts = context.req.param('file') === 'scripts.json'
    const agency = context.req.param('agency')
    const found = await bench.ask<object>(recordingPath(agency, ...(isScripts ? ['scripts'] : [])))
    return found.ok ? downloaded(context, found.body) : bench.refuse(found)
  })
}

function downloaded(context: Context<Env>, body: object): Response {
  context.header('Content-Disposition', 'attachment')
  context.header('Cache-Control', 'private, no-store')
  return context.body(JSON.stringify(body, undefined, 2), 200, { 'content-type': 'application/json' })
}

async function recordingsPage(bench: Bench, tried?: Tried, unsure?: string): Promise<Response> {
  const { t, language, link } = bench
  const [head, recordings, agencies] = await Promise.all([
    headOf(bench),
    bench.ask<{ readonly data: readonly SimulatorRecording[] }>('/recordings'),
    bench.ask<{ readonly data: readonly SimulatorAgency[] }>('/agencies'),
  ])
  if (!head.ok) return noSimulator(bench, head)
  const title = t('recordings')
  const heading = html`<p class="crumbs"><a href="${link('/simulator/journal')}">${t('journal')}</a></p>${headingOf(bench, head.body, title, path)}`
  if (!recordings.ok || !agencies.ok) {
    const refused = recordings.ok ? agencies : recordings
    return refused.ok
      ? bench.show({ title }, heading)
      : bench.show(
          { title, status: refused.status, here: path },
          html`${heading}${problemBox(language, refused.problem)}`,
        )
  }
  const value = (name: string) => (tried === undefined ? '' : given(tried.form, name))
  const errors = tried?.refused.problem.errors
  const at = (name: string) => wrongAt(errors, `/${name}`, language)
  const status = tried?.refused.status ?? (unsure === undefined ? 200 : 422)
  return bench.show(
    { title, status, here: path },
    html`${heading}<p class="note">${t('recordingsHelp')}</p>
${recordings.body.data.length === 0 ? html`<p>${t('noRecordings')}</p>` : recordingTable(bench, recordings.body.data, agencies.body.data, unsure)}
${tried !== undefined && (errors ?? []).length === 0 ? problemBox(language, tried.refused.problem) : ''}
<form method="post" action="${link(path)}" class="entry" novalidate><h2>${t('begin')}</h2><div class="fields">
${choiceField(
  { name: 'agency', label: t('agency'), value: value('agency'), required: true, errors: at('agency') },
  agencies.body.data.map(({ id, name }) => ({ value: id, name: say(language, name) })),
)}
${lineField({ name: 'target', label: t('target'), value: value('target'), required: true, example: 'https://test.example/declarations', errors: at('target') })}
${lineField({ name: 'fields', label: t('mask'), value: value('fields'), example: 'EntOpName, EntOpPhone', errors: maskErrors(tried, language) })}
</div><button type="submit">${t('begin')}</button></form>`,
  )
}

const maskErrors = (tried: Tried | undefined, language: Bench['language']): string[] =>
  (tried?.refused.problem.errors ?? [])
    .filter(({ pointer }) => pointer.startsWith('/mask'))
    .map((one) => (language === 'zh' ? one.detailZh : one.detail))

function recordingTable(
  bench: Bench,
  recordings: readonly SimulatorRecording[],
  agencies: readonly SimulatorAgency[],
  unsure: string | undefined,
): Html {
  const { t, language, link } = bench
  const nameOf = (id: string) => {
    const agency = agencies.find((one) => one.id === id)
    return agency === undefined ? id : say(language, agency.name)
  }
  return scrolling(
    t('recordings'),
    html`<table class="stack"><thead><tr>${(['agency', 'target', 'state', 'kept', 'content', 'moves'] as const).map((word) => html`<th scope="col">${t(word)}</th>`)}</tr></thead><tbody>${recordings.map(
      ({ agency, target, on, exchanges, leftOut }) => {
        const own = `${path}/${encodeURIComponent(agency)}`
        return html`<tr><th scope="row">${nameOf(agency)}</th><td data-label="${t('target')}"><code>${target}</code></td>
<td data-label="${t('state')}"><span class="tag ${on ? 'late' : ''}">${on ? t('on') : t('off')}</span></td><td data-label="${t('kept')}">${exchanges}${leftOut === 0 ? '' : html` (${leftOut} ${t('leftOut')})`}</td>
<td data-label="${t('content')}"><span><a href="${link(`${own}/recording.json`)}">${t('download')}</a> · <a href="${link(`${own}/scripts.json`)}">${t('asScripts')}</a></span></td>
<td data-label="${t('moves')}"><div>${on ? html`<form method="post" action="${link(`${own}/stop`)}"><button type="submit" class="quiet">${t('stop')}</button></form>` : ''}
<form method="post" action="${link(`${own}/drop`)}" class="sim-inline" novalidate>${sureField(bench, `sure-${agency}`, unsure === agency)}<button type="submit" class="quiet">${t('drop')}</button></form></div></td></tr>`
      },
    )}</tbody></table>`,
  )
}
