import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { SimulatorCorridors, SimulatorOutcomes, SimulatorScript } from '../../../../schemas/simulator.ts'
import type { Adapters } from '../../../filing/plan.ts'
import { Problem } from '../../../problem.ts'
import type { Env } from '../../../services.ts'
import type { Html } from '../../layout.ts'
import { choice, problemBox, scrolling } from '../../pieces.ts'
import { say } from '../../words.ts'
import { type Bench, benchOf, headingOf, headOf, noSimulator } from './bench.ts'
import { type CorridorTry, corridorSection } from './corridor-form.ts'
import { faultName, parameterName } from './fault-words.ts'
import { type ScriptTry, scriptSection } from './script-form.ts'

interface Tried {
  readonly script?: ScriptTry
  readonly corridor?: CorridorTry
}
type Row = SimulatorOutcomes['agencies'][number]

/** Scenarios 场景: how an agency is told what to do, by reference, by header, by script. */
export function scenarioPages(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get('/simulator/scenarios', (context) => scenarioPage(benchOf(app, context, 'scenarios'), adapters))
}

export async function scenarioPage(bench: Bench, adapters: Adapters, tried: Tried = {}): Promise<Response> {
  const { t, context } = bench
  const [head, outcomes, scripts, corridors] = await Promise.all([
    headOf(bench),
    bench.api.get<SimulatorOutcomes>('/v1/simulator/outcomes'),
    bench.ask<{ readonly data: readonly SimulatorScript[] }>('/scripts'),
    bench.ask<SimulatorCorridors>('/corridors'),
  ])
  const title = t('scenarios')
  // Whoever is not signed in any more keeps what was written, and can go on here.
  if (!head.ok && head.status === 401 && tried.script !== undefined)
    return bench.show(
      { title, status: 401 },
      html`<h1>${title}</h1>${scriptSection(bench, [], undefined, tried.script)}`,
    )
  if (!head.ok) return noSimulator(bench, head)
  const heading = headingOf(bench, head.body, title, '/simulator/scenarios')
  const missing = [outcomes, scripts, corridors].find((one) => !one.ok)
  if (missing?.ok === false)
    return bench.show(
      { title, status: missing.status, here: '/simulator/scenarios' },
      html`${heading}${problemBox(bench.language, missing.problem)}`,
    )
  if (!outcomes.ok || !scripts.ok || !corridors.ok) throw new Problem('defect')
  const { q = '', agency = '' } = context.req.query()
  const { agencies, issuers, faults } = outcomes.body
  const rows = [...agencies, ...issuers]
  const [first] = rows
  const status = tried.script?.refused.status ?? tried.corridor?.refused?.status ?? 200
  return bench.show(
    { title, status, here: '/simulator/scenarios', scripts: ['simulator-script.js'] },
    html`${heading}<nav class="sim-toc" aria-label="${title}"><ul class="tags">${(
      [
        ['magic', 'magic'],
        ['faults', 'faultsTable'],
        ['header', 'header'],
        ['scripts', 'scripts'],
        ['corridors', 'corridors'],
      ] as const
    ).map(([id, word]) => html`<li><a href="#${id}">${t(word)}</a></li>`)}</ul></nav>
${magicSection(bench, adapters, rows, { q, agency })}
${faultSection(bench, faults)}
<section aria-labelledby="header"><h2 id="header">${t('header')}</h2><p class="note">${t('headerHelp')}</p>
<p><code>X-Sim-Scenario: ${first?.outcomes[0]?.magic ?? ''}, ${faults[0]?.fault ?? ''}</code></p></section>
${scriptSection(bench, scripts.body.data, first, tried.script)}
${corridorSection(bench, corridors.body, tried.corridor)}`,
  )
}

/** The tables that decide, by agency; found in by what is written. */
function magicSection(
  bench: Bench,
  adapters: Adapters,
  rows: readonly Row[],
  { q, agency }: { readonly q: string; readonly agency: string },
): Html {
  const { t, language, session } = bench
  const wanted = q.trim().toLowerCase()
  const procedureName = (id: string, procedure: string) => {
    const named = Object.hasOwn(adapters, id) ? adapters[id]?.procedures[procedure] : undefined
    return named === undefined ? procedure : say(language, named.name)
  }
  const found = rows
    .filter(({ id }) => agency === '' || id === agency)
    .map((row) => ({
      ...row,
      outcomes: row.outcomes.filter(
        ({ magic, procedure, does }) =>
          wanted === '' ||
          [magic, procedure, procedureName(row.id, procedure), does.en, does.zh].some((text) =>
            text.toLowerCase().includes(wanted),
          ),
      ),
    }))
    .filter(({ outcomes }) => outcomes.length > 0)
  return html`<section aria-labelledby="magic"><h2 id="magic">${t('magic')}</h2><p class="note">${t('magicHelp')}</p>
<search><form method="get" action="/simulator/scenarios#magic" class="filters">${session === undefined ? '' : html`<input type="hidden" name="session" value="${session}">`}
<label>${t('search')} <input type="search" name="q" value="${q}" maxlength="100" placeholder="${t('searchHelp')}"></label>
${choice(
  { name: 'agency', label: t('agency'), all: t('allAgencies'), chosen: agency },
  rows.map(({ id, name }) => ({ value: id, name: say(language, name) })),
)}<button type="submit">${t('search')}</button></form></search>
${found.length === 0 ? html`<p>${t('noneFound')}</p>` : ''}${found.map(({ id, letter, name, outcomes }) => {
  const label = `${say(language, name)} (${letter})`
  return html`<details class="more sim-magic"${wanted === '' && agency === '' ? '' : html` open`}><summary>${label} <small>${outcomes.length}</small></summary>${scrolling(
    label,
    html`<table class="stack"><thead><tr><th scope="col">${t('magicValue')}</th><th scope="col">${t('procedure')}</th><th scope="col">${t('does')}</th></tr></thead><tbody>${outcomes.map(
      ({ magic, procedure, does }) =>
        html`<tr><th scope="row"><code>-${letter}.${magic}</code></th><td data-label="${t('procedure')}"><span>${procedureName(id, procedure)}</span></td><td data-label="${t('does')}"><span>${say(language, does)}</span></td></tr>`,
    )}</tbody></table>`,
  )}</details>`
})}</section>`
}

function faultSection({ t, language }: Bench, faults: SimulatorOutcomes['faults']): Html {
  return html`<section aria-labelledby="faults"><h2 id="faults">${t('faultsTable')}</h2><p class="note">${t('faultsHelp')}</p>
<details class="more"><summary>${t('faultsTable')} <small>${faults.length}</small></summary>${scrolling(
    t('faultsTable'),
    html`<table class="stack"><thead><tr>${(['fault', 'does', 'parameters', 'byReference'] as const).map((word) => html`<th scope="col">${t(word)}</th>`)}</tr></thead><tbody>${faults.map(
      ({ fault, does, byReference, parameters }) =>
        html`<tr><th scope="row"><code>${fault}</code><small>${faultName(language, fault)}</small></th><td data-label="${t('does')}"><span>${say(language, does)}</span></td>
<td data-label="${t('parameters')}"><span>${Object.entries(parameters).map(
          ([name, { default: usual }]) =>
            html`<code>${name}</code>${usual === undefined ? '' : ` ${String(usual)}`} <small>${parameterName(language, name)}</small>`,
        )}</span></td><td data-label="${t('byReference')}">${byReference ? t('yes') : t('no')}</td></tr>`,
    )}</tbody></table>`,
  )}</details></section>`
}
