import { html } from 'hono/html'
import { type LevelCounts, levelNames, levels } from '../../../schemas/fees/assessment.ts'
import type { AssessmentAnswer } from '../../../schemas/fees/assessment-answers.ts'
import { kindName } from '../../fees/assessment/names.ts'
import type { Language } from '../../problem.ts'
import type { Html } from '../layout.ts'
import { scrolling } from '../pieces.ts'
import { say } from '../words.ts'
import { assessmentWords } from './assessment-words.ts'
import { ruleNames, thresholdCalled } from './figure-words.ts'
import { between, yuan } from './money.ts'
import { chartBox } from './round-charts.ts'

type Report = NonNullable<AssessmentAnswer['report']>

/** How many fees came to each level. */
export const levelCounts = (language: Language, counts: LevelCounts): Html =>
  html`${levels
    .filter((level) => counts[level] > 0)
    .map((level) => html`<span class="level ${level}">${say(language, levelNames[level])} ${counts[level]}</span> `)}`

/** The report 评估报告: charts, what consignments cost, each payee, each price against others, what moved, the rules. */
export const reportBox = (language: Language, round: AssessmentAnswer, report: Report, movement: Html): Html =>
  html`${chartBox(language, round, report)}${costs(language, report)}${payees(language, report)}${comparisons(language, report)}${movement}${rules(language, report)}`

function costs(language: Language, { costs }: Report): Html | '' {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  if (costs.length === 0) return ''
  const names = ['total', 'government', 'market', 'before', 'change'] as const
  const cell = (name: (typeof names)[number], value: string, mark = '') =>
    html`<td class="number${mark}" data-label="${t(name)}">${value}</td>`
  return html`<section><h2 id="costs">${t('costs')}</h2>${scrolling(
    t('costs'),
    html`<table class="stack"><thead><tr><th scope="col">${t('basket')}</th>${names.map((name) => html`<th scope="col" class="number">${t(name)}</th>`)}</tr></thead><tbody>${costs.map(
      ({ name, total, government, market, before, percent }) =>
        html`<tr><th scope="row">${say(language, name)}</th>${cell('total', between(language, total))}${cell('government', between(language, government))}${cell('market', between(language, market))}
${cell('before', before === undefined ? '–' : between(language, before))}${percent === undefined ? cell('change', '–') : cell('change', `${percent}%`, percent.startsWith('-') ? ' below' : /[1-9]/.test(percent) ? ' above' : '')}</tr>`,
    )}</tbody></table>`,
  )}</section>`
}

function payees(language: Language, { payees }: Report): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const standing = (name: 'standard' | 'median', { above, below }: { above: number; below: number }) =>
    html`<td data-label="${t(name)}"><span>${above + below === 0 ? '–' : html`<span${above > 0 ? html` class="above"` : ''}>${t('above')} ${above}</span> · <span${below > 0 ? html` class="below"` : ''}>${t('below')} ${below}</span>`}</span></td>`
  const heads = (['payee', 'fees', 'standard', 'median'] as const).map((name) => html`<th scope="col">${t(name)}</th>`)
  const numbers = (['judged', 'over', 'complaints'] as const).map(
    (name) => html`<th scope="col" class="number">${t(name)}</th>`,
  )
  return html`<section><h2 id="payees">${t('payees')}</h2>${scrolling(
    t('payees'),
    html`<table class="stack"><thead><tr>${heads}${numbers}</tr></thead><tbody>${payees.map(
      ({ name, levels: counts, standard, median, lines, complaints }) =>
        html`<tr><th scope="row">${say(language, name)}</th><td data-label="${t('fees')}"><span>${levelCounts(language, counts)}</span></td>${standing('standard', standard)}${standing('median', median)}
<td class="number" data-label="${t('judged')}">${lines.judged}</td><td class="number${lines.over === '0.00' ? '' : ' above'}" data-label="${t('over')}">${yuan(lines.over)}</td><td class="number" data-label="${t('complaints')}">${complaints.filed}</td></tr>`,
    )}</tbody></table>`,
  )}</section>`
}

function comparisons(language: Language, { comparisons: rows, payees }: Report): Html | '' {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  if (rows.length === 0) return ''
  const payeeCalled = (id: string) => payees.find(({ payee }) => payee === id)?.name[language] ?? id
  const names = ['price', 'middle', 'range', 'percentile', 'others'] as const
  const cell = (name: (typeof names)[number], value: string | number, mark = '') =>
    html`<td class="number${mark}" data-label="${t(name)}">${value}</td>`
  return html`<section><h2 id="comparisons">${t('comparisons')}</h2><details class="more"><summary>${t('allPrices')} (${rows.length})</summary>${scrolling(
    t('comparisons'),
    html`<table class="stack"><thead><tr>${(['kind', 'payee', 'thing'] as const).map((name) => html`<th scope="col">${t(name)}</th>`)}${names.map((name) => html`<th scope="col" class="number">${t(name)}</th>`)}</tr></thead>
<tbody>${rows.map(
      ({ fee, kind, payee, thing, price, median, least, most, percentile, others, ratio }) =>
        html`<tr><th scope="row"><a href="/fees/items/${fee}">${say(language, kindName(kind))}</a></th><td data-label="${t('payee')}">${payeeCalled(payee)}</td><td data-label="${t('thing')}">${say(language, thing)}</td>
${cell('price', yuan(price), ratio === undefined || Number(ratio) === 1 ? '' : Number(ratio) > 1 ? ' above' : ' below')}${cell('middle', yuan(median))}${cell('range', `${yuan(least)} – ${yuan(most)}`)}${cell('percentile', `${percentile}%`)}${cell('others', others)}</tr>`,
    )}</tbody></table>`,
  )}</details></section>`
}

function rules(language: Language, { rules }: Report): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const colon = language === 'zh' ? '：' : ': '
  return html`<section><h2 id="rules">${t('rules')}</h2><ul class="rules">${rules.map(
    ({ rule, applied, because, name, source, thresholds = {} }) =>
      html`<li><p><strong>${say(language, name ?? ruleNames[rule])}</strong> <span class="tag">${applied ? t('applied') : t('notApplied')}</span> ${say(language, because)}</p>
${source === undefined ? '' : html`<p class="note">${say(language, source)}</p>`}${
  Object.keys(thresholds).length === 0
    ? ''
    : html`<p class="note">${Object.entries(thresholds)
        .map(([key, value]) => `${thresholdCalled(language, key)}${colon}${value}`)
        .join(' · ')}</p>`
}</li>`,
  )}</ul></section>`
}
