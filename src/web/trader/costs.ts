import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { z } from 'zod'
import type { costsAnswer, timesAnswer } from '../../../schemas/answers.ts'
import type { Step } from '../../../schemas/duties.ts'
import type { Quote } from '../../../schemas/fees/quote.ts'
import { drawChart } from '../../fees/charts.ts'
import type { Env } from '../../services.ts'
import { between } from '../fees/money.ts'
import type { Html } from '../layout.ts'
import { atPort, scrolling } from '../pieces.ts'
import { say } from '../words.ts'
import { type DeclarationShown, declarationHead, selfOf } from './head.ts'
import { openPartDesk, type PartDesk } from './part-desk.ts'
import type { PartWord } from './part-words.ts'
import { timesChart } from './times-chart.ts'

type Costs = z.infer<typeof costsAnswer>
type Times = z.infer<typeof timesAnswer>

/** Costs and times 费用与时间 of a declaration: what agencies ask for, what it comes to by itself, port fees, and how long each step took. */
export function costsPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/declarations/:id/costs', async (context) => {
    const desk = openPartDesk(app, context)
    const self = selfOf(context.req.param('id'))
    const [read, fees] = await Promise.all([
      desk.api.get<DeclarationShown>(self),
      desk.api.get<Quote>(`${self}/port-fees`),
    ])
    if (!read.ok) return desk.refuse(read)
    const declaration = read.body
    return desk.show(
      { title: `${desk.trader.t('costs')} · ${declaration.functionalReferenceId}` },
      html`${declarationHead(desk.trader, declaration, 'costs')}
${declaration.costs === undefined ? '' : html`${askedBox(desk, declaration, declaration.costs)}${estimatesBox(desk, declaration, declaration.costs)}`}
<section aria-labelledby="port-fees"><h2 id="port-fees">${desk.t('portFees')}</h2>${fees.ok ? portFeesBox(desk, fees.body) : html`<p class="note">${fees.status === 404 ? desk.t('noPortFees') : fees.problem.title}${fees.problem.detail === fees.problem.title ? '' : html`: ${fees.problem.detail}`}</p>`}</section>
${timesBox(desk, declaration, `/declarations/${declaration.id}/times.svg`)}`,
    )
  })

  pages.get('/declarations/:id/times.svg', async (context) => {
    const desk = openPartDesk(app, context)
    const read = await desk.api.get<DeclarationShown>(selfOf(context.req.param('id')))
    if (!read.ok) return desk.refuse(read)
    const svg = await drawChart(timesChart(desk.language, desk.t('chart'), read.body))
    context.header('Content-Type', 'image/svg+xml')
    context.header('Cache-Control', 'private, no-cache')
    return context.body(svg)
  })
}

const agencyOf = ({ language }: PartDesk, { filings }: DeclarationShown, agency: string): string => {
  const filing = filings.find((one) => one.agency === agency)
  return filing === undefined ? agency : say(language, filing.agencyName)
}

/** What agencies ask for, had and paid back, in sums and one by one. */
export function askedBox(desk: PartDesk, declaration: DeclarationShown, { said, totals }: Costs): Html {
  const { t } = desk
  if (said.length === 0)
    return html`<section aria-labelledby="asked"><h2 id="asked">${t('asked')}</h2><p class="note">${t('nothingAsked')}</p></section>`
  return html`<section aria-labelledby="asked"><h2 id="asked">${t('asked')}</h2>
${totals.map(({ currency, ...sums }) => html`<dl class="sums">${(['due', 'paid', 'refunded'] as const).map((kind) => html`<div${kind === 'due' ? html` class="main"` : ''}><dt>${t(kind)}</dt><dd>${sums[kind]} ${currency}</dd></div>`)}</dl>`)}
${scrolling(
  t('asked'),
  html`<table class="stack"><thead><tr><th scope="col">${desk.trader.t('agency')}</th><th scope="col">${t('details')}</th><th scope="col">${t('when')}</th><th scope="col" class="number">${t('amount')}</th></tr></thead><tbody>${said.map(
    (
      one,
    ) => html`<tr><th scope="row">${agencyOf(desk, declaration, one.agency)}</th><td data-label="${t('details')}">${t(one.kind)} · ${one.of}</td>
<td data-label="${t('when')}">${one.at === undefined ? '–' : atPort(one.at)}</td><td class="number" data-label="${t('amount')}">${one.amount} ${one.currency}</td></tr>`,
  )}</tbody></table>`,
)}</section>`
}

/** What a declaration comes to by its own figures, with the arithmetic behind a click. */
export function estimatesBox(desk: PartDesk, declaration: DeclarationShown, { estimates }: Costs): Html | '' {
  const { language, t } = desk
  const shown = estimates.filter(
    ({ totals, notes, shared = [], values = [] }) => totals.length + notes.length + shared.length + values.length > 0,
  )
  if (shown.length === 0) return ''
  return html`<section aria-labelledby="estimate"><h2 id="estimate">${t('estimate')}</h2>${shown.map(
    ({
      agency,
      currency,
      day,
      totals,
      total,
      notes,
      lines,
      shared = [],
      values = [],
    }) => html`<h3>${agencyOf(desk, declaration, agency)} <small><time datetime="${day}">${day}</time></small></h3>
${totals.length === 0 ? '' : html`<table class="sums"><tbody>${totals.map((one) => html`<tr><th scope="row">${say(language, one.name)}${one.waived === undefined ? '' : html` <small>${say(language, one.waived)}</small>`}</th><td class="number">${one.amount} ${currency}</td></tr>`)}</tbody><tfoot><tr><th scope="row">${t('total')}</th><td class="number">${total} ${currency}</td></tr></tfoot></table>`}
<ul class="note">${notes.map((note) => html`<li>${say(language, note)}</li>`)}</ul>
<details class="further"><summary>${t('arithmetic')}</summary>${stepsBox(desk, shared)}${values.map(({ item, steps }) => html`<h4>${t('item')} ${item}</h4>${stepsBox(desk, steps)}`)}${lines.map(({ name, item, regime, steps }) => html`<h4>${say(language, name)}${item === undefined ? '' : ` · ${t('item')} ${item}`}${regime === undefined ? '' : html` <small>${say(language, regime)}</small>`}</h4>${stepsBox(desk, steps)}`)}</details>`,
  )}</section>`
}

const stepsBox = ({ language, t }: PartDesk, steps: readonly Step[]): Html | '' =>
  steps.length === 0
    ? ''
    : html`<ol class="stretches">${steps.map(
        ({ what, formula, result, unit, bases }) =>
          html`<li>${say(language, what)}: <span class="formula">${formula} = <strong>${result}</strong> ${unit}</span>${bases.map((basis) => html`<small>${say(language, basis.name)}: ${basis.value} · ${basis.source}${basis.unverified ? ` · ${t('unverified')}` : ''}</small>`)}</li>`,
      )}</ol>`

/** Port fees by the list that holds today. */
export function portFeesBox({ language, t }: PartDesk, quote: Quote): Html {
  const sums = [
    ['total', quote.total],
    ['government', quote.government],
    ['market', quote.market],
  ] as const satisfies readonly (readonly [PartWord, Quote['total']])[]
  return html`<dl class="sums">${sums.map(([name, sum]) => html`<div${name === 'total' ? html` class="main"` : ''}><dt>${t(name)}</dt><dd>${between(language, sum)} ${quote.currency}</dd></div>`)}</dl>
<p class="note"><a href="/fees/editions/${quote.edition}">${t('edition')} ${quote.edition}</a> · <time datetime="${quote.day}">${quote.day}</time></p>
${quote.lines.length === 0 ? '' : html`<table class="sums"><tbody>${quote.lines.map((one) => html`<tr><th scope="row"><a href="/fees/items/${one.fee}">${say(language, one.name)}</a> <small>${say(language, one.payeeName)}</small></th><td class="number">${between(language, one)}</td></tr>`)}</tbody></table>`}
${quote.uncertain.length === 0 ? '' : html`<details class="further"><summary>${t('uncertain')} (${quote.uncertain.length})</summary><ul>${quote.uncertain.map((one) => html`<li>${say(language, one)}</li>`)}</ul></details>`}`
}

/** How long each step took, by the agencies' own clocks. @param chart where its chart is drawn */
export function timesBox(desk: PartDesk, declaration: DeclarationShown, chart: string | undefined): Html {
  const { language, t } = desk
  const { times } = declaration
  const granted = times.filings.some(({ hours }) => hours !== undefined)
  return html`<section aria-labelledby="times"><h2 id="times">${t('times')}</h2>
<p>${t('overall')}: <strong>${times.overallHours === undefined ? t('notReleased') : `${times.overallHours.toFixed(2)} ${t('hoursWord')}`}</strong></p>
${chart === undefined || !granted ? '' : html`<figure class="chart" tabindex="0" role="region" aria-label="${t('chart')}"><img src="${chart}" alt="${t('chart')}: ${grantedHours(desk, declaration)}" loading="lazy"></figure>`}
${scrolling(
  t('times'),
  html`<table class="stack"><thead><tr><th scope="col">${desk.trader.t('procedure')}</th><th scope="col" class="number">${t('toGrant')}</th><th scope="col">${desk.trader.t('status')}</th></tr></thead><tbody>${times.filings.map(
    (
      one,
    ) => html`<tr><th scope="row">${nameOf(desk, declaration, one.filingId)}</th><td class="number" data-label="${t('toGrant')}">${one.hours === undefined ? '–' : `${one.hours.toFixed(2)} ${t('hoursWord')}`}</td>
<td data-label="${desk.trader.t('status')}"><div><ol class="stretches">${one.steps.map((step) => html`<li>${say(language, step.name)} <time datetime="${step.from}">${atPort(step.from)}</time>${step.hours === undefined ? '' : html` <small>${step.hours.toFixed(2)} ${t('hoursWord')}</small>`}</li>`)}</ol></div></td></tr>`,
  )}</tbody></table>`,
)}</section>`
}

const nameOf = ({ language }: PartDesk, { filings }: DeclarationShown, filingId: string): string => {
  const filing = filings.find(({ id }) => id === filingId)
  return filing === undefined
    ? filingId
    : `${say(language, filing.agencyName)} · ${say(language, filing.procedureName)}`
}
const grantedHours = (desk: PartDesk, declaration: DeclarationShown & { times: Times }): string =>
  declaration.times.filings
    .flatMap(({ filingId, hours }) =>
      hours === undefined ? [] : [`${nameOf(desk, declaration, filingId)} ${hours.toFixed(2)}`],
    )
    .join('; ')
