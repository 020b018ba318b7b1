import type { Content, Entry, Fee } from '../../schemas/fees/entries.ts'
import { catalogueOf } from '../../src/fees/catalogue.ts'
import { checksOf } from '../../src/fees/checks/index.ts'
import { orderlyEntries } from './drafting.ts'

/** The first day of the list that is checked. */
export const day = '2026-12-15'
/** What the checks say of a list that is in order but for these. */
export const found = (...entries: readonly Entry[]): string[] => {
  const put = new Map(orderlyEntries().map((entry) => [`${entry.type} ${entry.id}`, entry]))
  for (const entry of entries) put.set(`${entry.type} ${entry.id}`, entry)
  const next = catalogueOf({ number: 2, title: 'next', validFrom: day, digest: '' }, put.values())
  return checksOf(next)
    .map(({ severity, pointer, code }) => `${severity} ${pointer} ${code}`)
    .filter((one) => !usual.includes(one))
    .sort()
}
/** What stands in the list the tests begin with: a guided price no document bounds. */
const usual = ['warning /fee/guoyuan-pilotage/price/rates/0 ceiling-missing']

/** A fee of the list, changed. */
export const changed = (id: string, changes: Partial<Fee>): Entry => {
  const one = orderlyEntries().find((entry) => entry.type === 'fee' && entry.id === id)
  if (one?.type !== 'fee') throw new Error(`No fee ${id}`)
  return { ...one, content: { ...one.content, ...changes } }
}
/** A document of the list, changed. */
export const document = (id: string, changes: Partial<Content<'basis'>>): Entry => {
  const one = orderlyEntries().find((entry) => entry.type === 'basis' && entry.id === id)
  if (one?.type !== 'basis') throw new Error(`No basis ${id}`)
  return { ...one, content: { ...one.content, ...changes } }
}
