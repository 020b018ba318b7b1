import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { SimulatorAgency, SimulatorCounts, SimulatorJournal } from '../../../../schemas/simulator.ts'
import { limits } from '../../../limits.ts'
import { Problem } from '../../../problem.ts'
import type { Env } from '../../../services.ts'
import { given, readForm } from '../../form.ts'
import type { Html } from '../../layout.ts'
import { choice, choices, problemBox, withQuery } from '../../pieces.ts'
import { say } from '../../words.ts'
import { type Bench, benchOf, headingOf, headOf, noSimulator, sureField } from './bench.ts'
import { entryPage, entryTable } from './entry.ts'
import { kindNames, statusNames } from './words.ts'

const path = '/simulator/journal'
/** What the journal is asked by, as the form's fields are called. */
const filters = ['agency', 'kind', 'status', 'fault', 'reference', 'contains'] as const

/** The journal 日志: every exchange with every agency, the newest first, near misses loud. */
export function journalPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get(path, (context) => journalPage(benchOf(app, context, 'journal')))
  pages.get(`${path}/:sequence{[0-9]{1,15}}`, (context) =>
    entryPage(benchOf(app, context, 'journal'), Number(context.req.param('sequence'))),
  )
  pages.post(`${path}/clear`, async (context) => {
    const bench = benchOf(app, context, 'journal')
    const isSure = given(await readForm(context), 'sure') === 'yes'
    if (!isSure) return journalPage(bench, true)
    const done = await bench.order('DELETE', '/journal')
    return done.ok ? context.redirect(bench.link(path), 303) : bench.refuse(done)
  })
}

async function journalPage(bench: Bench, isUnsure = false): Promise<Response> {
  const { t, link, context, language } = bench
  const query = context.req.query()
  const asked = Object.fromEntries(filters.map((name) => [name, query[name]]))
  const wanted = query['misses'] === 'yes' ? { ...asked, kind: 'unmatched' } : asked
  const before = query['before']
  const limit = String(limits.simulatorEntriesShown)
  const [head, agencies, found, counts] = await Promise.all([
    headOf(bench),
    bench.ask<{ readonly data: readonly SimulatorAgency[] }>('/agencies'),
    bench.ask<SimulatorJournal>(withQuery('/journal', { ...wanted, order: 'newest', bodies: 'none', limit, before })),
    bench.ask<SimulatorCounts>(withQuery('/journal/counts', { ...wanted, by: 'kind' })),
  ])
  if (!head.ok) return noSimulator(bench, head)
  const title = t('journal')
  const heading = headingOf(bench, head.body, title, path)
  if (!agencies.ok)
    return bench.show(
      { title, status: agencies.status, here: path },
      html`${heading}${problemBox(language, agencies.problem)}`,
    )
  const form = filterForm(bench, agencies.body.data, query)
  const refused = [found, counts].find((one) => !one.ok)
  if (refused?.ok === false)
    return bench.show(
      { title, status: refused.status, here: path },
      html`${heading}${form}${problemBox(language, refused.problem)}`,
    )
  if (!found.ok || !counts.ok) throw new Problem('defect')
  const { data, hasMore, nextCursor } = found.body
  const isFiltered = Object.values(wanted).some((value) => value !== undefined && value !== '')
  return bench.show(
    { title, status: isUnsure ? 422 : 200, here: path, scripts: ['simulator-live.js'] },
    html`${heading}${form}
<p class="actions on-screen"><a role="button" class="outline${query['misses'] === 'yes' ? '' : ' secondary'}" href="${link(path, { ...asked, kind: undefined, misses: query['misses'] === 'yes' ? undefined : 'yes' })}">${query['misses'] === 'yes' ? t('everything') : t('onlyMisses')}</a><a href="${link('/simulator/recordings')}">${t('recordings')}</a></p>
<p class="note" id="sim-live" role="status" aria-live="polite" data-live-says="${t('liveNew')}" data-live-pause="${t('pause')}" data-live-resume="${t('resume')}"></p>
<div id="sim-entries" data-live>${countsBox(bench, counts.body)}
${data.length === 0 ? html`<p>${isFiltered ? t('nothingSuch') : t('emptyJournal')}</p>` : entryTable(bench, data, agencies.body.data)}
<p class="actions">${before === undefined ? '' : html`<a href="${link(path, { ...asked, misses: query['misses'] })}">${t('newest')}</a>`}
${hasMore && nextCursor !== null ? html`<a rel="next" href="${link(path, { ...asked, misses: query['misses'], before: String(nextCursor) })}">${t('older')}</a>` : ''}</p></div>
<details class="more"${isUnsure ? html` open` : ''}><summary>${t('clear')}</summary><form method="post" action="${link(`${path}/clear`)}" class="sim-danger" novalidate><p class="note">${t('clearHelp')}</p>${sureField(bench, 'sure', isUnsure)}<button type="submit" class="secondary">${t('clear')}</button></form></details>`,
  )
}

function filterForm(
  { t, language, session }: Bench,
  agencies: readonly SimulatorAgency[],
  query: Readonly<Record<string, string>>,
): Html {
  const { dropped: _, ...kinds } = kindNames
  const text = (name: 'reference' | 'contains' | 'fault') =>
    html`<label>${t(name)} <input name="${name}" value="${query[name] ?? ''}" maxlength="200"></label>`
  const all = t('allAgencies')
  return html`<search><form method="get" action="${path}" class="filters">${session === undefined ? '' : html`<input type="hidden" name="session" value="${session}">`}
${choice(
  { name: 'agency', label: t('agency'), all, chosen: query['agency'] },
  agencies.map(({ id, name }) => ({ value: id, name: say(language, name) })),
)}
${choice({ name: 'kind', label: t('kind'), all, chosen: query['kind'] }, choices(language, kinds))}
${choice({ name: 'status', label: t('status'), all, chosen: query['status'] }, choices(language, statusNames))}
${text('fault')}${text('reference')}${text('contains')}
${query['misses'] === 'yes' ? html`<input type="hidden" name="misses" value="yes">` : ''}<button type="submit">${t('find')}</button></form></search>`
}

/** How much there is of what, and what is missing from that. */
function countsBox({ t, language }: Bench, { total, groups, dropped }: SimulatorCounts): Html {
  const of = groups.map((group) => ({ kind: String(group['kind']), count: group.count }))
  return html`<dl class="sums sim-sums"><div class="main"><dt>${t('total')}</dt><dd>${total}</dd></div>${of.map(
    ({ kind, count }) =>
      html`<div${kind === 'unmatched' || kind === 'defect' ? html` class="bad"` : ''}><dt>${kindNames[kind] === undefined ? kind : say(language, kindNames[kind])}</dt><dd>${count}</dd></div>`,
  )}</dl>${dropped === 0 ? '' : html`<p class="problem" role="note"><strong>${dropped}</strong> ${t('droppedHelp')}</p>`}`
}
