import { html } from 'hono/html'
import type { SimulatorAgency, SimulatorEntry, SimulatorJournal, SimulatorMiss } from '../../../../schemas/simulator.ts'
import { Problem } from '../../../problem.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { fact, problemBox, scrolling } from '../../pieces.ts'
import { laidOut } from '../../pretty.ts'
import { say } from '../../words.ts'
import { type Bench, headingOf, headOf, noSimulator } from './bench.ts'
import { atClock } from './instants.ts'
import { kindNames } from './words.ts'

const path = (sequence: number) => `/simulator/journal/${sequence}`
const kindOf = ({ language }: Bench, kind: string) => {
  const name = kindNames[kind]
  return name === undefined ? kind : say(language, name)
}

/** Entries of the journal, one a row; a request that met nothing says at once what came closest. */
export function entryTable(
  bench: Bench,
  entries: readonly SimulatorEntry[],
  agencies: readonly SimulatorAgency[],
): Html {
  const { t, language, link } = bench
  const names = new Map(agencies.map(({ id, name }) => [id, say(language, name)]))
  const heads = ['time', 'agency', 'kind', 'request', 'status', 'reference'] as const
  const row = (entry: SimulatorEntry) => {
    const { sequence, kind, agency, references, simulatedAt, repeated } = entry
    if (kind === 'dropped') return html`<tr class="sim-dropped"><td colspan="6">${entry.what}</td></tr>`
    const isMiss = kind === 'unmatched'
    return html`<tr${isMiss ? html` class="sim-miss"` : ''}><th scope="row" class="sim-short"><a href="${link(path(sequence))}"><time datetime="${simulatedAt}">${atClock(simulatedAt)}</time></a><small>#${sequence}${repeated === undefined ? '' : html` · ${repeated} ${t('repeated')}`}</small></th>
<td class="sim-short" data-label="${t('agency')}">${names.get(agency) ?? agency}</td><td class="sim-short" data-label="${t('kind')}"><span>${isMiss ? html`<strong class="wrong">${icon('exclamation-triangle')} ${kindOf(bench, kind)}</strong>` : kindOf(bench, kind)}${entry.direction === undefined ? '' : html`<small>${entry.direction === 'in' ? t('incoming') : t('outgoing')}</small>`}</span></td>
<td data-label="${t('request')}"><div class="sim-what">${whatOf(bench, entry)}${isMiss ? missBox(bench, entry.closest ?? []) : ''}</div></td>
<td data-label="${t('status')}">${outcomeOf(bench, entry)}</td><td data-label="${t('reference')}">${references.length === 0 ? '' : html`<span class="sim-what">${references.slice(0, 3).join(', ')}</span>`}</td></tr>`
  }
  return scrolling(
    t('journal'),
    html`<table class="stack sim-journal"><thead><tr>${heads.map((head) => html`<th scope="col">${t(head)}</th>`)}</tr></thead><tbody>${entries.map(row)}</tbody></table>`,
  )
}

/** In one line, what an entry is about. */
function whatOf({ t }: Bench, entry: SimulatorEntry): Html | string {
  const { kind, method, path: asked, what, name, script, step, state, stopped, closest } = entry
  if (kind === 'unmatched')
    return (closest ?? []).length === 0
      ? html`<strong>${what}</strong>`
      : html`<strong>${t('noMatch')}</strong> <code>${method} ${asked}</code>`
  if (method !== undefined) return html`<code>${method} ${asked}</code>`
  if (script !== undefined)
    return `${script}${step === undefined ? '' : ` / ${step}`} ${state === undefined ? '' : `→ ${state}`} ${stopped ?? ''}`
  return what ?? name ?? ''
}

function outcomeOf({ t }: Bench, { kind, status, error, fault, by }: SimulatorEntry): Html {
  const isBad = status === undefined || status >= 400
  const shown =
    status !== undefined
      ? html`<strong class="${isBad ? 'wrong' : 'good'}">${status}</strong>`
      : kind === 'exchange'
        ? html`<strong class="wrong">${t('noAnswer')}</strong> ${error ?? ''}`
        : ''
  return html`<span>${shown}${fault === undefined ? '' : html` <span class="tag sim-faulty">${icon('bolt')} ${fault}</span>`}${by === undefined ? '' : html` <small>${t('directedBy')}: ${by}</small>`}</span>`
}

/** What came closest to a request that met nothing, and in what it differs. */
function missBox({ t }: Bench, closest: readonly SimulatorMiss[]): Html {
  if (closest.length === 0) return html``
  return html`<ul class="sim-closest">${closest.map(
    ({ script, step, differs }) =>
      html`<li>${t('closest')}: <strong>${script} / ${step}</strong>${differs.length === 0 ? '' : html` ${t('differsIn')} <ul>${differs.map((one) => html`<li><code>${one}</code></li>`)}</ul>`}</li>`,
  )}</ul>`
}

/** One entry with all it says: request and answer side by side. */
export async function entryPage(bench: Bench, sequence: number): Promise<Response> {
  const { t, language, link } = bench
  const [head, found, agencies] = await Promise.all([
    headOf(bench),
    bench.ask<SimulatorJournal>(`/journal?after=${Math.max(0, sequence - 1)}&limit=1`),
    bench.ask<{ readonly data: readonly SimulatorAgency[] }>('/agencies'),
  ])
  if (!head.ok) return noSimulator(bench, head)
  const title = `${t('journal')} #${sequence}`
  const heading = html`<p class="crumbs"><a href="${link('/simulator/journal')}">${t('journal')}</a></p>${headingOf(bench, head.body, title, '/simulator/journal')}`
  if (!found.ok)
    return bench.show({ title, status: found.status }, html`${heading}${problemBox(language, found.problem)}`)
  const entry = found.body.data.find((one) => one.sequence === sequence && one.kind !== 'dropped')
  if (entry === undefined) throw new Problem('not-found')
  const { kind, agency, references, simulatedAt, realAt, method, path: asked, answer, body } = entry
  const known = agencies.ok ? agencies.body.data.find(({ id }) => id === agency) : undefined
  return bench.show(
    { title, here: path(sequence) },
    html`${heading}${
      kind === 'unmatched'
        ? html`<section class="problem"><h2>${icon('exclamation-triangle')} ${t('noMatch')}</h2>${(entry.closest ?? []).length === 0 ? html`<p>${entry.what}</p>` : missBox(bench, entry.closest ?? [])}</section>`
        : ''
    }<dl class="facts">${fact(t('kind'), kindOf(bench, kind))}${fact(t('agency'), known === undefined ? agency : say(language, known.name))}
${fact(t('time'), html`<time datetime="${simulatedAt}">${atClock(simulatedAt)}</time>`)}${fact(t('realTime'), html`<time datetime="${realAt}">${atClock(realAt)}</time>`)}
${fact(t('reference'), references.length === 0 ? undefined : html`${references.map((one) => html`<a href="${link('/simulator/journal', { reference: one })}">${one}</a> `)}`)}
${kind === 'unmatched' ? '' : fact(t('does'), whatOf(bench, entry))}${fact(t('status'), outcomeOf(bench, entry))}</dl>
${
  body === undefined && answer === undefined && method === undefined
    ? ''
    : html`<div class="sim-sides">${side(bench, 'request', method === undefined ? (entry.name ?? '') : `${method} ${asked}`, body)}${
        kind === 'document'
          ? ''
          : side(
              bench,
              'answer',
              entry.status === undefined ? (entry.error ?? t('noAnswer')) : String(entry.status),
              answer,
            )
      }</div>`
}`,
  )
}

function side({ t }: Bench, word: 'request' | 'answer', head: string, body = ''): Html {
  return html`<section aria-labelledby="side-${word}"><h2 id="side-${word}">${t(word)}</h2><p><code>${head}</code></p>${
    body === ''
      ? html`<p class="note">${t('noBody')}</p>`
      : html`${scrolling(t(word), laidOut(body))}<details class="more"><summary>${t('raw')}</summary><pre tabindex="0" aria-label="${t('raw')}"><code>${body}</code></pre></details>`
  }</section>`
}
