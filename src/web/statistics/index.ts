import type { Hono } from 'hono'
import { html } from 'hono/html'
import {
  type ClearanceAnswer,
  type CostsAnswer,
  type Dimension,
  type FigureKind,
  groupings,
  measureNames,
  type StatisticsAnswer,
} from '../../../schemas/statistics.ts'
import type { Adapters } from '../../filing/plan.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { chartNames, partsOf } from '../../statistics/charts.ts'
import { type Answered, apiOf } from '../api.ts'
import { type Html, render } from '../layout.ts'
import { choice, problemBox, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { methodBox, monthsBox, targetsBox } from './method.ts'
import { agenciesTable, costTables, figuresTable, valueName } from './tables.ts'
import { statisticsWords } from './words.ts'

/** Clearance time and compliance cost 通关时间与合规成本, for everybody: figures, charts, costs, targets, how it is counted. */
export function statisticsPages(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get('/statistics', async (context) => {
    const language = context.get('language')
    const query = context.req.query()
    const period = { from: query['from'], to: query['to'] }
    const split = groupings.find((name) => name === query['by']) ?? 'mode'
    const api = apiOf(app, context)
    const ask = (measure: FigureKind, by: readonly Dimension[]) =>
      api.get<ClearanceAnswer>(withQuery('/v1/statistics/clearance', { ...period, measure, by: by.join(',') }))
    const byMonth = ['month', 'direction'] as const
    const [about, overall, declared, compared, agencies, costs] = await Promise.all([
      api.get<StatisticsAnswer>('/v1/statistics'),
      ask('overall', byMonth),
      ask('declared', byMonth),
      ask('overall', split === 'direction' ? ['direction'] : [split, 'direction']),
      ask('agency', ['agency']),
      api.get<CostsAnswer>(withQuery('/v1/statistics/costs', period)),
    ])
    const title = say(language, statisticsWords.title)
    const content = html`<h1>${title}</h1><p class="note">${say(language, statisticsWords.about)}</p>
${periodForm(language, query, split)}
${timesBox(language, period, overall, declared)}
${comparedBox(language, compared, split)}
${agencies.ok && agencies.body.data.length > 0 ? html`<section aria-labelledby="agencies"><h2 id="agencies">${say(language, statisticsWords.agencies)}</h2>${agenciesTable(language, adapters, agencies.body.data)}</section>` : ''}
${costs.ok ? html`<section aria-labelledby="costs"><h2 id="costs">${say(language, statisticsWords.costs)}</h2><ul class="note">${costs.body.notes.map((note) => html`<li>${say(language, note)}</li>`)}</ul>${costTables(language, costs.body)}<p><a href="${withQuery('/v1/statistics/costs.csv', period)}">CSV</a> · <a href="${withQuery('/v1/statistics/costs', period)}">JSON</a></p></section>` : ''}
${about.ok ? html`${targetsBox(language, about.body)}${methodBox(language, about.body)}${monthsBox(language, about.body)}` : ''}`
    return render(context, { title, at: 'statistics', status: overall.status, here: '/statistics' }, content)
  })
}

function periodForm(language: Language, query: Readonly<Record<string, string>>, split: Dimension): Html {
  const t = statisticsWords
  const field = (name: 'from' | 'to') =>
    html`<label>${say(language, t[name])} <input type="month" name="${name}" value="${query[name] ?? ''}" placeholder="2026-11" pattern="20\\d\\d-(0[1-9]|1[0-2])"></label>`
  return html`<search><form method="get" action="/statistics" class="filters">${field('from')}${field('to')}
${choice(
  { name: 'by', label: say(language, t.splitBy), chosen: split },
  groupings.map((value) => ({ value, name: say(language, t[value]) })),
)}
<button type="submit">${say(language, t.show)}</button></form></search>`
}

/** Overall time and that at the authority, month by month, with their charts. */
function timesBox(
  language: Language,
  period: { readonly from: string | undefined; readonly to: string | undefined },
  overall: Answered<ClearanceAnswer>,
  declared: Answered<ClearanceAnswer>,
): Html {
  const heading = html`<h2 id="times">${say(language, statisticsWords.times)}</h2>`
  if (!overall.ok)
    return html`<section aria-labelledby="times">${heading}${problemBox(language, overall.problem)}</section>`
  const answers = [overall, declared].flatMap((one) => (one.ok && one.body.data.length > 0 ? [one.body] : []))
  if (answers.length === 0)
    return html`<section aria-labelledby="times">${heading}<p>${say(language, statisticsWords.none)}</p></section>`
  const charts = chartNames.flatMap((name) => {
    const { measure, direction } = partsOf(name)
    const data = answers.find((one) => one.measure === measure)?.data.filter((one) => one.direction === direction) ?? []
    if (data.length === 0) return []
    const title = `${say(language, measureNames[measure])} · ${valueName(language, 'direction', direction)}`
    const figures = data.map(({ month = '', median }) => `${month} ${Number(median).toFixed(1)}`).join(', ')
    return [{ path: withQuery(`/v1/statistics/charts/${name}.svg`, { ...period, language }), title, figures }]
  })
  return html`<section aria-labelledby="times">${heading}
${answers.map(({ measure, data }) => figuresTable(language, say(language, measureNames[measure]), ['month', 'direction'], data))}
<p><a href="${withQuery('/v1/statistics/clearance.csv', { ...period, by: 'month,direction' })}">CSV</a> · <a href="${withQuery('/v1/statistics/clearance', { ...period, by: 'month,direction' })}">JSON</a></p>
${charts.map(({ path, title, figures }) => html`<figure class="chart" tabindex="0" role="region" aria-label="${title}"><a href="${path}"><img src="${path}" alt="${title}: ${figures}" loading="lazy"></a></figure>`)}</section>`
}

function comparedBox(language: Language, compared: Answered<ClearanceAnswer>, split: Dimension): Html | '' {
  if (!compared.ok || compared.body.data.length === 0) return ''
  const label = `${say(language, measureNames.overall)} · ${say(language, statisticsWords[split])}`
  return html`<section aria-labelledby="compared"><h2 id="compared">${say(language, statisticsWords.compared)}</h2>
${figuresTable(language, label, split === 'direction' ? ['direction'] : [split, 'direction'], compared.body.data)}</section>`
}
