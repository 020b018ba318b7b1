import { html } from 'hono/html'
import type {
  SimulatorAgency,
  SimulatorCounts,
  SimulatorFault,
  SimulatorFaultRow,
} from '../../../../schemas/simulator.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { say } from '../../words.ts'
import type { Bench } from './bench.ts'
import { faultName, parameterName } from './fault-words.ts'

/** Where an agency is broken, and mended. */
export const agencyPath = (id: string): string => `/simulator/agencies/${encodeURIComponent(id)}`

/** What is broken now, before everything else. */
export function brokenBanner(bench: Bench, agencies: readonly SimulatorAgency[]): Html {
  const { t, language } = bench
  const broken = agencies.filter(({ faults }) => faults.length > 0)
  return html`<div id="sim-broken" data-live aria-live="polite">${
    broken.length === 0
      ? ''
      : html`<section class="problem sim-broken"><h2>${icon('bolt')} ${t('brokenNow')}</h2><ul>${broken.map(
          ({ id, name, faults }) =>
            html`<li><strong>${say(language, name)}</strong> ${standing(bench, id, faults)}</li>`,
        )}</ul></section>`
  }</div>`
}

/** Faults ordered against an agency, each with a way to lift it. */
export function standing({ t, language, link }: Bench, id: string, faults: readonly SimulatorFault[]): Html {
  return html`<form method="post" action="${link(`${agencyPath(id)}/lift`)}" class="sim-standing">${faults.map(
    ({ fault, times, ...parameters }) =>
      html`<span class="sim-fault"><code>${fault}</code> ${faultName(language, fault)}${Object.entries(parameters).map(
        ([name, value]) => html` · ${parameterName(language, name)} ${String(value)}`,
      )} · ${
        times === undefined ? t('untilLifted') : html`${times} ${t('left')}`
      } <button type="submit" class="quiet" name="fault" value="${fault}" aria-label="${t('lift')} ${fault}">${t('lift')}</button></span>`,
  )}${faults.length < 2 ? '' : html`<button type="submit" class="quiet" name="fault" value="">${t('liftAll')}</button>`}</form>`
}

/** Everybody who answers in a session, each with how it stands. */
export function agencyCards(
  bench: Bench,
  agencies: readonly SimulatorAgency[],
  counts: SimulatorCounts | undefined,
): Html {
  const { t } = bench
  const [own, issuers] = [
    agencies.filter(({ kind }) => kind === 'agency'),
    agencies.filter(({ kind }) => kind === 'issuer'),
  ]
  const cards = (some: readonly SimulatorAgency[]) =>
    html`<div class="cards sim-agencies">${some.map((agency) => card(bench, agency, counts))}</div>`
  return html`<section aria-labelledby="agencies"><h2 id="agencies">${t('agencies')}</h2><div id="sim-agencies" data-live>${cards(own)}</div>
${issuers.length === 0 ? '' : html`<h3>${t('issuers')}</h3>${cards(issuers)}`}</section>`
}

function card(bench: Bench, agency: SimulatorAgency, counts: SimulatorCounts | undefined): Html {
  const { t, language, link } = bench
  const { id, name, letter, replies, faults, recorded } = agency
  const mine = counts?.groups.filter((group) => group['agency'] === id) ?? []
  const countOf = (kind?: string) =>
    mine.reduce((sum, group) => (kind === undefined || group['kind'] === kind ? sum + group.count : sum), 0)
  const misses = countOf('unmatched')
  const isBroken = faults.length > 0
  return html`<article class="${isBroken ? 'sim-agency broken' : 'sim-agency'}"><h3>${say(language, name)} <small><code>${id}</code> ${letter}</small></h3>
<p class="${isBroken ? 'wrong' : 'good'}">${icon(isBroken ? 'exclamation-triangle' : 'check-circle')} ${isBroken ? html`${t('broken')}: ${faults.map(({ fault }) => fault).join(', ')}` : t('fine')}</p>
${recorded ? html`<p class="doubt">${t('recorded')}</p>` : ''}
<p class="note">${replies === 'polled' ? t('polled') : t('pushed')} · <a href="${link('/simulator/journal', { agency: id })}">${countOf()} ${t('entries')}</a>${misses === 0 ? '' : html` · <a class="wrong" href="${link('/simulator/journal', { agency: id, misses: 'yes' })}">${t('nearMisses')}: ${misses}</a>`}</p>
<p><a role="button" class="secondary outline" href="${link(agencyPath(id))}">${icon('bolt')} ${t('breakThis')}<span class="sim-unseen"> ${say(language, name)}</span></a></p></article>`
}

/** How long a fault may be ordered for, by a form. */
export const spans = ['1', '2', '5', '10', ''] as const
export const spanName = ({ t }: Bench, times: string): string =>
  times === '' ? t('untilLifted') : `${t('nextOnes')} ${times}`

/** The quick way to break an agency: with the fault's parameters as they are when nothing is said. */
export function breakPanel(
  bench: Bench,
  agencies: readonly SimulatorAgency[],
  rows: readonly SimulatorFaultRow[],
  tried: { readonly agency?: string; readonly fault?: string; readonly times?: string; readonly wrong?: Html } = {},
): Html {
  const { t, language, link } = bench
  const options = (on: SimulatorFaultRow['on'], label: string) =>
    html`<optgroup label="${label}">${rows
      .filter((row) => row.on === on)
      .map(
        ({ fault }) =>
          html`<option value="${fault}"${fault === tried.fault ? html` selected` : ''}>${fault} · ${faultName(language, fault)}</option>`,
      )}</optgroup>`
  return html`<section class="panel sim-break" aria-labelledby="break"><h2 id="break">${icon('bolt')} ${t('breakNow')}</h2><p class="note">${t('withParameters')}</p>${tried.wrong ?? ''}
<form method="post" action="${link('/simulator/break')}">
<label>${t('agency')} <select name="agency">${agencies.map(
    ({ id, name }) =>
      html`<option value="${id}"${id === tried.agency ? html` selected` : ''}>${say(language, name)}</option>`,
  )}</select></label>
<label>${t('fault')} <select name="fault">${options('exchange', t('onExchange'))}${options('document', t('onDocument'))}${options('both', t('onBoth'))}</select></label>
<label>${t('times')} <select name="times">${spans.map(
    (times) =>
      html`<option value="${times}"${times === tried.times ? html` selected` : ''}>${spanName(bench, times)}</option>`,
  )}</select></label>
<button type="submit">${t('breakIt')}</button></form></section>`
}
