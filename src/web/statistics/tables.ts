import { html } from 'hono/html'
import { findCode } from '../../../schemas/codes/index.ts'
import { transportModes } from '../../../schemas/declaration/consignment.ts'
import {
  type ClearanceFigures,
  type CostFigures,
  type CostsAnswer,
  type Dimension,
  others,
  unknownValue,
} from '../../../schemas/statistics.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Adapters } from '../../filing/plan.ts'
import type { Language } from '../../problem.ts'
import { directionNames } from '../fees/words.ts'
import type { Html } from '../layout.ts'
import { scrolling } from '../pieces.ts'
import { say } from '../words.ts'
import { statisticsWords } from './words.ts'

type Word = {
  [name in keyof typeof statisticsWords]: (typeof statisticsWords)[name] extends Text ? name : never
}[keyof typeof statisticsWords]
const t = (language: Language, name: Word): string => say(language, statisticsWords[name])

/** What a value of a grouping is called. */
export function valueName(language: Language, dimension: Dimension, value: string): string {
  if (value === others) return t(language, 'other')
  if (value === unknownValue) return t(language, 'unknown')
  if (dimension === 'direction' && Object.hasOwn(directionNames, value))
    return say(language, directionNames[value as keyof typeof directionNames])
  if (dimension === 'mode' && Object.hasOwn(transportModes, value))
    return say(language, transportModes[value as keyof typeof transportModes])
  if (dimension === 'district') {
    const { zh } = findCode('customs-offices', value) ?? {}
    return zh === undefined ? value : `${value} ${zh}`
  }
  return value
}

/** Hours for people: two digits behind the point. */
const hoursShown = (hours: string): string => Number(hours).toFixed(2)

/** Figures by what they are told apart by. */
export function figuresTable(
  language: Language,
  label: string,
  by: readonly Dimension[],
  figures: readonly ClearanceFigures[],
): Html {
  const heads = [...by, 'declarations', 'mean', 'median', 'p90'] as const
  return scrolling(
    label,
    html`<table class="figures"><caption>${label}</caption><thead><tr>${heads.map((name, at) => html`<th scope="col"${at < by.length ? '' : html` class="number"`}>${t(language, name)}</th>`)}</tr></thead>
<tbody>${figures.map(
      (one) =>
        html`<tr>${by.map((dimension, at) => {
          const name = valueName(language, dimension, one[dimension] ?? '')
          return at === 0 ? html`<th scope="row">${name}</th>` : html`<td>${name}</td>`
        })}<td class="number">${one.declarations}</td>
<td class="number">${hoursShown(one.mean)}</td><td class="number">${hoursShown(one.median)}</td><td class="number">${hoursShown(one.p90)}</td></tr>`,
    )}</tbody></table>`,
  )
}

/** Each agency's own time, procedure by procedure; that of the agency that releases as a whole. */
export function agenciesTable(language: Language, adapters: Adapters, figures: readonly ClearanceFigures[]): Html {
  const label = t(language, 'agencies')
  const heads = ['agency', 'procedure', 'declarations', 'mean', 'median', 'p90'] as const
  const nameOf = ({ agency = '', procedure }: ClearanceFigures) => {
    const adapter = Object.hasOwn(adapters, agency) ? adapters[agency] : undefined
    const named = procedure === undefined ? undefined : adapter?.procedures[procedure]
    return {
      agency: adapter === undefined ? agency : say(language, adapter.name),
      procedure: named === undefined ? (procedure ?? '–') : say(language, named.name),
    }
  }
  return scrolling(
    label,
    html`<table class="figures"><caption>${label}</caption><thead><tr>${heads.map((name, at) => html`<th scope="col"${at < 2 ? '' : html` class="number"`}>${t(language, name)}</th>`)}</tr></thead>
<tbody>${figures.map((one) => {
      const name = nameOf(one)
      return html`<tr><th scope="row">${name.agency}</th><td>${name.procedure}</td><td class="number">${one.declarations}</td>
<td class="number">${hoursShown(one.mean)}</td><td class="number">${hoursShown(one.median)}</td><td class="number">${hoursShown(one.p90)}</td></tr>`
    })}</tbody></table>`,
  )
}

const between = ({ least, most }: CostFigures['total']): string =>
  most === undefined ? `≥ ${least}` : most === least ? least : `${least} – ${most}`

/** What standard consignments cost a container in the newest month there is, and duties and taxes of each month. */
export function costTables(language: Language, { fees, duties }: CostsAnswer): Html {
  const newest = fees.at(-1)?.month
  const heads = ['consignment', 'direction', 'size', 'total', 'government', 'market'] as const
  const label = newest === undefined ? '' : `${t(language, 'costsOf')}, ${newest}`
  const dutyLabel = t(language, 'duties')
  const dutyHeads = ['month', 'direction', 'size', 'declarations', 'meanYuan', 'medianYuan'] as const
  return html`${
    newest === undefined
      ? html`<p>${t(language, 'noCosts')}</p>`
      : scrolling(
          label,
          html`<table class="figures"><caption>${label}</caption><thead><tr>${heads.map((name, at) => html`<th scope="col"${at < 3 ? '' : html` class="number"`}>${t(language, name)}</th>`)}</tr></thead>
<tbody>${fees
            .filter(({ month }) => month === newest)
            .map(
              ({ name, direction, size, total, government, market }) =>
                html`<tr><th scope="row">${say(language, name)}</th><td>${valueName(language, 'direction', direction)}</td><td>${size}′</td>
<td class="number">${between(total)}</td><td class="number">${between(government)}</td><td class="number">${between(market)}</td></tr>`,
            )}</tbody></table>`,
        )
  }${
    duties.length === 0
      ? ''
      : scrolling(
          dutyLabel,
          html`<table class="figures"><caption>${dutyLabel}</caption><thead><tr>${dutyHeads.map((name, at) => html`<th scope="col"${at < 3 ? '' : html` class="number"`}>${t(language, name)}</th>`)}</tr></thead>
<tbody>${duties.map(
            ({ month = '', direction = '', size, declarations, mean, median }) =>
              html`<tr><th scope="row">${month}</th><td>${valueName(language, 'direction', direction)}</td><td>${size}′</td>
<td class="number">${declarations}</td><td class="number">${mean}</td><td class="number">${median}</td></tr>`,
          )}</tbody></table>`,
        )
  }`
}
