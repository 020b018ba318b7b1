import { html } from 'hono/html'
import type { SimulatorClock } from '../../../../schemas/simulator.ts'
import type { Refused } from '../../desk.ts'
import { given, lineField, wrongAt } from '../../form.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import type { Bench } from './bench.ts'
import { atClock, instantOf, later, localOf } from './instants.ts'

const hourMs = 3_600_000
const strides = [
  { word: 'hour', by: 'PT1H', ms: hourMs },
  { word: 'day', by: 'P1D', ms: 24 * hourMs },
  { word: 'week', by: 'P7D', ms: 168 * hourMs },
] as const
const modes = ['frozen', 'run', 'jump'] as const

/** What was tried with the clock and refused, to be shown at its field. */
export interface ClockTry {
  readonly form: URLSearchParams
  readonly refused: Refused
}

/** The clock of a session 时钟: what it shows, and how it is moved. */
export function clockPanel(bench: Bench, clock: SimulatorClock, tried?: ClockTry): Html {
  const { t, link } = bench
  const isFrozen = clock.mode === 'frozen'
  return html`<section class="panel sim-clock" aria-labelledby="clock"><h2 id="clock">${icon('clock')} ${t('clock')}</h2>
<div id="sim-clock" data-live><p class="sim-now"><time datetime="${clock.now}">${atClock(clock.now)}</time> <span class="tag mode-${clock.mode}">${modeName(bench, clock.mode)}${clock.mode === 'run' ? ` × ${clock.speed}` : ''}</span></p>
<p class="note">${t('portTime')} · <code>${clock.now}</code></p>
<p>${clock.nextAt === null ? t('nothingPlanned') : html`${t('nextDue')}: <time datetime="${clock.nextAt}">${atClock(clock.nextAt)}</time> · ${clock.pending} ${t('planned')}`}</p></div>
<form method="post" action="${link('/simulator/clock/advance')}" class="sim-buttons" aria-label="${t('advance')}">
${clock.nextAt === null ? '' : html`<button type="submit" name="${isFrozen ? 'to' : 'next'}" value="${isFrozen ? clock.nextAt : 'yes'}">${icon('forward')} ${t('toNext')}</button>`}
${strides.map(
  ({ word, by, ms }) =>
    // Where the clock stands, an instant is sent: pressed twice, it has moved once.
    html`<button type="submit" class="secondary outline" name="${isFrozen ? 'to' : 'by'}" value="${isFrozen ? later(clock.now, ms) : by}">${t(word)}</button>`,
)}</form>
<form method="post" action="${link('/simulator/clock/advance')}" class="sim-inline" novalidate>
${lineField({
  name: 'local',
  label: t('toInstant'),
  value: tried === undefined ? localOf(clock.now) : given(tried.form, 'local') || localOf(clock.now),
  help: t('toInstantHelp'),
  example: '2026-11-22T09:00',
  errors: tried !== undefined && tried.form.has('local') ? [tried.refused.problem.detail] : [],
})}<button type="submit" class="secondary outline">${t('go')}</button></form>
${modeForm(bench, clock, tried)}</section>`
}

function modeForm({ t, link, language }: Bench, clock: SimulatorClock, tried?: ClockTry): Html {
  const isTried = tried?.form.has('mode') === true
  const mode = isTried ? given(tried.form, 'mode') : clock.mode
  return html`<details class="more"${isTried ? html` open` : ''}><summary>${t('changeMode')}</summary>
<form method="post" action="${link('/simulator/clock')}" novalidate><fieldset class="field"><legend>${t('mode')}</legend>
${modes.map((one) => html`<label><input type="radio" name="mode" value="${one}"${one === mode ? html` checked` : ''}> ${t(one)}</label>`)}</fieldset>
<div class="sim-inline">${lineField({
    name: 'speed',
    label: t('speed'),
    value: isTried ? given(tried.form, 'speed') : String(clock.speed),
    help: t('speedHelp'),
    digits: 'decimal',
    errors: isTried ? wrongAt(tried.refused.problem.errors, '/speed', language) : [],
  })}<button type="submit" class="secondary outline">${t('setMode')}</button></div></form></details>`
}

const isMode = (mode: string): mode is (typeof modes)[number] => modes.some((one) => one === mode)
/** How a clock goes, in a word. */
export const modeName = ({ t }: Pick<Bench, 't'>, mode: string): string => (isMode(mode) ? t(`${mode}Short`) : mode)

/** How far a form asks the clock to go. */
export function strideOf(form: URLSearchParams): object {
  if (form.has('local')) return { to: instantOf(given(form, 'local')) }
  if (form.has('to')) return { to: given(form, 'to') }
  if (form.has('by')) return { by: given(form, 'by') }
  return { next: true }
}

/** How a form asks the clock to go on. What is no number is sent as it was written, to be refused. */
export function modeOf(form: URLSearchParams): object {
  const speed = given(form, 'speed').trim()
  const number = Number(speed)
  return {
    mode: given(form, 'mode'),
    ...(speed === '' ? {} : { speed: Number.isNaN(number) ? speed : number }),
  }
}
