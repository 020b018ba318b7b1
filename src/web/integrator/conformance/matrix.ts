import { html } from 'hono/html'
import {
  type ConformanceFinding,
  type ConformanceGroup,
  conformanceGroups,
  type JudgedScenario,
  type RunReadAnswer,
} from '../../../../schemas/conformance.ts'
import { limits } from '../../../limits.ts'
import type { Language } from '../../../problem.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { scrolling } from '../../pieces.ts'
import { say } from '../../words.ts'
import type { Desk } from './run.ts'
import { notJudged, verdictLooks } from './words.ts'

const verdictOf = (language: Language, verdict: JudgedScenario['verdict'] | undefined): Html => {
  if (verdict === undefined) return html`<span class="judged-as tone-idle">${say(language, notJudged)}</span>`
  const { name, look } = verdictLooks[verdict]
  return html`<span class="judged-as tone-${look[0]}">${icon(look[1])} ${say(language, name)}</span>`
}
const placeOf = (target: string, id: string): string => `found-${target}-${id}`

/** The matrix 符合性矩阵: scenarios by group, a column for each target, a verdict in each cell. */
export function matrixBox({ t, language }: Desk, { targets, reports }: RunReadAnswer): Html | '' {
  const scenarios = new Map(reports.flatMap(({ judged }) => judged.map((one) => [one.id, one] as const)))
  if (scenarios.size === 0) return ''
  const of = (target: string, id: string) =>
    reports.find((one) => one.target === target)?.judged.find((one) => one.id === id)
  const groups = Object.keys(conformanceGroups) as ConformanceGroup[]
  const rows = groups.flatMap((group) => {
    const those = [...scenarios.values()].filter((one) => one.group === group)
    if (those.length === 0) return []
    return [
      html`<tr class="group"><th scope="colgroup" colspan="${targets.length + 1}">${say(language, conformanceGroups[group])}</th></tr>`,
      ...those.map(
        ({ id, title }) =>
          html`<tr><th scope="row">${say(language, title)}</th>${targets.map((target) => {
            const judged = of(target.id, id)
            const verdict = verdictOf(language, judged?.verdict)
            return html`<td data-label="${say(language, target.name)}">${judged?.verdict === 'not-conformant' ? html`<a href="#${placeOf(target.id, id)}">${verdict}</a>` : verdict}</td>`
          })}</tr>`,
      ),
    ]
  })
  return html`<section aria-labelledby="matrix"><h2 id="matrix">${t('matrix')}</h2>${scrolling(
    t('matrix'),
    html`<table class="stack matrix"><thead><tr><th scope="col">${t('scenario')}</th>${targets.map(({ name }) => html`<th scope="col">${say(language, name)}</th>`)}</tr></thead>
<tbody>${rows}</tbody><tfoot><tr><th scope="row">${t('sum')}</th>${targets.map(
      (target) =>
        html`<td data-label="${say(language, target.name)}"><span>${target.conformant} ${icon('check-circle')} ${target.notConformant} ${icon('x-circle')} ${target.notApplicable} ${icon('pause-circle')}</span></td>`,
    )}</tr></tfoot></table>`,
  )}</section>`
}

/** What was found 不符合之处, each to be unfolded with the exchange that shows it. */
export function foundBox({ t, language }: Desk, { status, targets, reports }: RunReadAnswer): Html | '' {
  const nameOf = (id: string) => {
    const name = targets.find((one) => one.id === id)?.name
    return name === undefined ? id : say(language, name)
  }
  const broken = reports.flatMap(({ target, judged }) =>
    judged.flatMap((one) => (one.verdict === 'not-conformant' ? [{ target, one }] : [])),
  )
  if (broken.length === 0)
    return status === 'done' ? html`<p class="notice" role="status">${icon('check-circle')} ${t('allKept')}</p>` : ''
  return html`<section aria-labelledby="found"><h2 id="found">${t('found')}</h2>${broken.map(
    ({ target, one: { id, title, findings = [] } }, at) =>
      html`<details class="change found" id="${placeOf(target, id)}"${at === 0 ? html` open` : ''}><summary>${verdictOf(language, 'not-conformant')} <strong>${nameOf(target)}</strong> · ${say(language, title)} <code>${id}</code></summary>
<ul>${findings.slice(0, limits.conformanceFindingsShown).map((finding) => html`<li>${findingBox({ t }, finding)}</li>`)}</ul>${
        findings.length > limits.conformanceFindingsShown
          ? html`<p>${findings.length - limits.conformanceFindingsShown} ${t('moreFound')}</p>`
          : ''
      }</details>`,
  )}</section>`
}

function findingBox({ t }: Pick<Desk, 't'>, { what, pointer, exchange }: ConformanceFinding): Html {
  return html`<p class="lines">${what}${pointer === undefined ? '' : html` <small>${t('where')} <code>${pointer}</code></small>`}</p>${
    exchange === undefined
      ? ''
      : html`<div class="exchange"><figure><figcaption>${t('asked')}</figcaption><pre tabindex="0">${textOf(`${exchange.request.method} ${exchange.request.url}`, exchange.request)}</pre></figure>
<figure><figcaption>${t('answered')}</figcaption><pre tabindex="0">${exchange.response === undefined ? (exchange.error ?? '') : textOf(String(exchange.response.status), exchange.response)}</pre></figure></div>`
  }`
}

function textOf(
  head: string,
  { headers, body = '' }: { headers: Readonly<Record<string, string>>; body?: string | undefined },
): string {
  const whole = [head, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', body].join('\n')
  const most = limits.conformanceExchangeShown
  return whole.length > most ? `${whole.slice(0, most)}\n…` : whole.trimEnd()
}

/** Why some scenarios were not put to some targets. */
export function reasonsBox({ t, language }: Desk, { reports }: RunReadAnswer): Html | '' {
  const said = Map.groupBy(
    reports.flatMap(({ target, judged }) =>
      judged.flatMap(({ title, reason }) =>
        reason === undefined ? [] : [{ target, title: say(language, title), reason }],
      ),
    ),
    ({ title, reason }) => `${title}: ${reason}`,
  )
  if (said.size === 0) return ''
  return html`<details class="change" id="reasons"><summary>${t('reasons')}</summary><ul>${[...said].map(
    ([line, those]) => html`<li>${line} <small>${those.map(({ target }) => target).join(', ')}</small></li>`,
  )}</ul></details>`
}
