import { read } from '../../src/web/drafting/document.ts'
import { itemSections, type Section, type StepId, steps } from '../../src/web/drafting/steps.ts'
import type { Fields } from './clerk.ts'

/** What a form is filled in with so that a value stands at a JSON pointer: one field for each of its leaves. */
export function leavesOf(value: unknown, at: string): Fields {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object') return { [at]: String(value as string | number | boolean) }
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, child]) =>
      leavesOf(child, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    ),
  ) as Fields
}

const ofSections = (document: unknown, sections: readonly Section[]): Fields =>
  Object.assign(
    {},
    ...sections.flatMap(({ at, fields }) =>
      fields.map((name) => leavesOf(read(document, `${at}/${name}`), `${at}/${name}`)),
    ),
  ) as Fields

/** What the form of a step is filled in with for a declaration. */
export const fieldsOfStep = (document: unknown, step: StepId): Fields => ofSections(document, steps[step].sections)

/** The same of one line of goods. */
export const fieldsOfLine = (document: unknown, index: number): Fields => ({
  ...ofSections(document, itemSections(index)),
  ...leavesOf(
    read(document, `/goodsShipment/items/${index}/declarationElements`),
    `/goodsShipment/items/${index}/declarationElements`,
  ),
})
