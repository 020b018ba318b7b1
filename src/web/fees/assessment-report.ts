import { html } from 'hono/html'
import { type LevelCounts, levelNames, levels } from '../../../schemas/fees/assessment.ts'
import type { AssessmentAnswer } from '../../../schemas/fees/assessment-answers.ts'
import type { Language } from '../../problem.ts'
import type { Html } from '../layout.ts'
import { scrolling } from '../pieces.ts'
import { say } from '../words.ts'
import { assessmentWords } from './assessment-words.ts'
import { between } from './quote.ts'

type Report = NonNullable<AssessmentAnswer['report']>

/** How many fees came to each level. */
export const levelTable = (language: Language, counts: LevelCounts): Html =>
  html`${levels.map((level) => html`<span class="level ${level}">${say(language, levelNames[level])} ${counts[level]}</span> `)}`

/** The report 评估报告: charts, what containers cost, each payee, the rules. */
export function reportBox(language: Language, { links }: AssessmentAnswer, report: Report): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const charts = (links.charts ?? []).filter((path) => !/\/prices-[^/]+$/.test(path))
  const byKind = (links.charts ?? []).filter((path) => !charts.includes(path))
  const picture = (path: string) =>
    html`<figure><img src="${path}?language=${language}" alt="${path.split('/').at(-1)?.replace('.svg', '') ?? ''}" loading="lazy"></figure>`
  return html`<section aria-labelledby="charts"><h2 id="charts">${t('charts')}</h2>${charts.map(picture)}
${byKind.length === 0 ? '' : html`<ul>${byKind.map((path) => html`<li><a href="${path}?language=${language}">${path.split('/').at(-1)}</a></li>`)}</ul>`}</section>
${costs(language, report)}${payees(language, report)}${rules(language, report)}`
}

function costs(language: Language, { costs }: Report): Html | '' {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  if (costs.length === 0) return ''
  const heads = (['total', 'government', 'market', 'change'] as const).map(
    (name) => html`<th scope="col" class="number">${t(name)}</th>`,
  )
  return html`<section aria-labelledby="costs"><h2 id="costs">${t('costs')}</h2>${scrolling(
    t('costs'),
    html`<table><thead><tr><th scope="col"></th>${heads}</tr></thead><tbody>${costs.map(
      ({ name, total, government, market, percent }) =>
        html`<tr><th scope="row">${say(language, name)}</th>${[total, government, market].map((sum) => html`<td class="number">${between(language, sum)}</td>`)}<td class="number">${percent === undefined ? '' : `${percent} %`}</td></tr>`,
    )}</tbody></table>`,
  )}</section>`
}

function payees(language: Language, { payees }: Report): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const standing = ({ above, below }: { above: number; below: number }) =>
    html`<span class="above">${t('above')} ${above}</span> · <span class="below">${t('below')} ${below}</span>`
  const heads = (['fees', 'standard', 'median', 'judged', 'over'] as const).map(
    (name) => html`<th scope="col">${t(name)}</th>`,
  )
  return html`<section aria-labelledby="payees"><h2 id="payees">${t('payees')}</h2>${scrolling(
    t('payees'),
    html`<table><thead><tr><th scope="col"></th>${heads}</tr></thead><tbody>${payees.map(
      ({ name, levels: counts, standard, median, lines }) =>
        html`<tr><th scope="row">${say(language, name)}</th><td>${levelTable(language, counts)}</td><td>${standing(standard)}</td><td>${standing(median)}</td>
<td class="number">${lines.judged}</td><td class="number">${lines.over}</td></tr>`,
    )}</tbody></table>`,
  )}</section>`
}

function rules(language: Language, { rules }: Report): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  return html`<section aria-labelledby="rules"><h2 id="rules">${t('rules')}</h2><ul>${rules.map(
    ({ rule, applied, because, name, source, thresholds = {} }) =>
      html`<li><strong>${name === undefined ? rule : say(language, name)}</strong>: ${applied ? t('applied') : t('notApplied')}. ${say(language, because)}
${source === undefined ? '' : html`<br><small>${say(language, source)}</small>`}${Object.entries(thresholds).map(([key, value]) => html` <code>${key} ${value}</code>`)}</li>`,
  )}</ul></section>`
}
