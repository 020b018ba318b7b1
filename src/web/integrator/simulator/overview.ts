import type { Hono } from 'hono'
import { html } from 'hono/html'
import type {
  SimulatorAgency,
  SimulatorCounts,
  SimulatorHealth,
  SimulatorOutcomes,
  SimulatorUndelivered,
} from '../../../../schemas/simulator.ts'
import { Problem } from '../../../problem.ts'
import type { Env } from '../../../services.ts'
import type { Refused } from '../../desk.ts'
import { given, readForm } from '../../form.ts'
import type { Html } from '../../layout.ts'
import { problemBox } from '../../pieces.ts'
import { agencyCards, breakPanel, brokenBanner } from './agencies.ts'
import { type Bench, benchOf, headingOf, headOf, noSimulator } from './bench.ts'
import { orderOf } from './break.ts'
import { type ClockTry, clockPanel, modeOf, strideOf } from './clock.ts'
import { type SessionTry, sessionSection } from './sessions.ts'

/** What was tried from this page and refused. */
interface Tried {
  readonly clock?: ClockTry
  readonly broke?: { readonly form: URLSearchParams; readonly refused: Refused }
  readonly session?: SessionTry
}

/** The simulator at a glance 模拟器: what is broken, what time it is, who answers, what is in flight. */
export function overviewPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/simulator', (context) => overviewPage(benchOf(app, context, 'simulator')))
  pages.post('/simulator/clock', async (context) => {
    const bench = benchOf(app, context, 'simulator')
    const form = await readForm(context)
    const refused = await bench.order('PUT', '/clock', modeOf(form))
    if (!refused.ok) return overviewPage(bench, { clock: { form, refused } })
    return context.redirect(bench.link('/simulator'), 303)
  })
  pages.post('/simulator/clock/advance', async (context) => {
    const bench = benchOf(app, context, 'simulator')
    const form = await readForm(context)
    const refused = await bench.order('POST', '/clock/advance', strideOf(form))
    if (!refused.ok) return overviewPage(bench, { clock: { form, refused } })
    return context.redirect(bench.link('/simulator'), 303)
  })
  pages.post('/simulator/break', async (context) => {
    const bench = benchOf(app, context, 'simulator')
    const form = await readForm(context)
    const path = `/agencies/${encodeURIComponent(given(form, 'agency'))}/faults`
    const refused = await bench.order('PUT', path, orderOf(form, undefined))
    if (!refused.ok) return overviewPage(bench, { broke: { form, refused } })
    return context.redirect(bench.link('/simulator'), 303)
  })
  pages.post('/simulator/undelivered/:id/retry', async (context) => {
    const bench = benchOf(app, context, 'simulator')
    const done = await bench.order('POST', `/undelivered/${encodeURIComponent(context.req.param('id'))}/retry`)
    return done.ok ? context.redirect(bench.link('/simulator'), 303) : bench.refuse(done)
  })
}

/** The page, after whatever was tried from it. */
export async function overviewPage(bench: Bench, tried: Tried = {}): Promise<Response> {
  const { t } = bench
  const [head, health, agencies, counts, outcomes] = await Promise.all([
    headOf(bench),
    bench.ask<SimulatorHealth>('/health'),
    bench.ask<{ readonly data: readonly SimulatorAgency[] }>('/agencies'),
    bench.ask<SimulatorCounts>('/journal/counts?by=agency,kind'),
    bench.api.get<SimulatorOutcomes>('/v1/simulator/outcomes'),
  ])
  if (!head.ok) return noSimulator(bench, head)
  const title = t('simulator')
  const heading = html`${headingOf(bench, head.body, title, '/simulator')}<p class="note">${t('about')}</p>`
  const missing = [health, agencies, counts, outcomes].find((one) => !one.ok)
  if (missing?.ok === false)
    return bench.show(
      { title, status: missing.status, here: '/simulator' },
      html`${heading}${problemBox(bench.language, missing.problem)}`,
    )
  if (!health.ok || !agencies.ok || !counts.ok || !outcomes.ok) throw new Problem('defect')
  const undelivered = health.body.undelivered === 0 ? [] : await undeliveredOf(bench)
  const { clock, broke, session } = tried
  const refused = clock?.refused ?? broke?.refused ?? session?.refused
  const status = refused?.status ?? (session === undefined ? 200 : 422)
  // What has a field of its own stands there; the rest before everything else.
  const atTop = clock !== undefined && !clock.form.has('local') ? clock.refused : undefined
  return bench.show(
    { title, status, here: '/simulator', scripts: ['simulator-live.js'] },
    html`${heading}${atTop === undefined ? '' : problemBox(bench.language, atTop.problem)}
${brokenBanner(bench, agencies.body.data)}
<div class="sim-columns">${clockPanel(bench, health.body.clock, clock)}
${breakPanel(bench, agencies.body.data, outcomes.body.faults, brokeAgain(bench, broke))}</div>
${agencyCards(bench, agencies.body.data, counts.body)}
${flight(bench, health.body, undelivered)}
${sessionSection(bench, head.body, session)}`,
  )
}

const brokeAgain = ({ language }: Bench, tried: Tried['broke']) =>
  tried === undefined
    ? {}
    : {
        agency: given(tried.form, 'agency'),
        fault: given(tried.form, 'fault'),
        times: given(tried.form, 'times'),
        wrong: problemBox(language, tried.refused.problem),
      }

async function undeliveredOf(bench: Bench): Promise<readonly SimulatorUndelivered[]> {
  const answered = await bench.ask<{ readonly data: readonly SimulatorUndelivered[] }>('/undelivered')
  return answered.ok ? answered.body.data : []
}

/** What is on its way, and what did not get there. */
function flight({ t, link }: Bench, health: SimulatorHealth, undelivered: readonly SimulatorUndelivered[]): Html {
  const { inFlight, scripts, journeys, defects, journalDropped } = health
  const figure = (name: string, value: number, isBad = false) =>
    html`<div${isBad && value > 0 ? html` class="bad"` : ''}><dt>${name}</dt><dd>${value}</dd></div>`
  return html`<section aria-labelledby="flight"><h2 id="flight">${t('inFlight')}</h2><div id="sim-flight" data-live><dl class="sums sim-sums">
${figure(t('exchanges'), inFlight.exchanges)}${figure(t('pushes'), inFlight.pushes)}${figure(t('documents'), inFlight.documents)}
${figure(t('undelivered'), health.undelivered, true)}${figure(t('scripts'), scripts)}${figure(t('journeys'), journeys)}
${figure(t('defects'), defects, true)}${figure(t('dropped'), journalDropped, true)}</dl></div>
${
  undelivered.length === 0
    ? ''
    : html`<ul class="sim-snapshots">${undelivered.map(
        ({
          id,
          agency,
          name,
          reference,
          tries,
          last,
        }) => html`<li><span><code>${agency}</code> ${name} ${reference} · ${tries} ${t('tries')} · ${last}</span>
<form method="post" action="${link(`/simulator/undelivered/${encodeURIComponent(id)}/retry`)}"><button type="submit" class="quiet" aria-label="${t('retry')}: ${name}">${t('retry')}</button></form></li>`,
      )}</ul>`
}</section>`
}
