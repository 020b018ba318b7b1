/** What a claim uses of the goods exported and of the invoices they were bought with 占用数量与金额. */
import { Big } from 'big.js'
import type { Use } from './ledger.ts'
import type { Claim } from './read.ts'

/** How much there is in all; empty text and nothing both mean: the row is about all of it. */
export const wholeOf = (told: string | undefined): string | undefined => (told === '' ? undefined : told)

export const exportsOf = ({ ckmx }: Pick<Claim, 'ckmx'>): Use[] =>
  ckmx.map(({ ckbgdh, dzxxsl, cksl }) => ({ number: ckbgdh, whole: wholeOf(dzxxsl), used: new Big(cksl) }))

/** An invoice 进货凭证 may stand in several rows. */
export function invoicesOf({ jhmx }: Pick<Claim, 'jhmx'>): Use[] {
  const invoices = new Map<string, Use>()
  for (const { jhpzh: number, fpje, jsje } of jhmx) {
    const before = invoices.get(number)
    invoices.set(number, {
      number,
      whole: before?.whole ?? wholeOf(fpje),
      used: new Big(jsje).plus(before?.used ?? 0),
    })
  }
  return [...invoices.values()]
}
