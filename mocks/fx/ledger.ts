/** The ledger of declarations used 报关信息核验台账 and of class B quotas: what makes a double payment visible. */
import { Big } from 'big.js'
import type { Verified } from './read.ts'
import { classBQuotaUsd } from './register.ts'

interface Entry {
  readonly currency: string
  readonly declared: string
  /** Amount used, by the filing that uses it. */
  readonly uses: Map<string, Big>
}

const totalBut = (uses: ReadonlyMap<string, Big>, ourReference: string) =>
  [...uses].reduce((sum, [by, amount]) => (by === ourReference ? sum : sum.plus(amount)), new Big(0))

export function openLedger() {
  const entries = new Map<string, Entry>()
  const quotas = new Map<string, Map<string, Big>>()

  return {
    /** The currency a declaration is known with, once it was used. */
    currencyOf(number: string): string | undefined {
      return entries.get(number)?.currency
    },
    /** What is left of a declaration for a filing, of the amount first declared. */
    leftOf(row: Verified, ourReference: string): Big {
      const entry = entries.get(row.number)
      return new Big(entry?.declared ?? row.declared).minus(entry ? totalBut(entry.uses, ourReference) : 0)
    },
    quotaLeft(orgCode: string, ourReference: string): Big {
      return new Big(classBQuotaUsd).minus(totalBut(quotas.get(orgCode) ?? new Map(), ourReference))
    },
    /** Writes down what a filing uses. */
    use(ourReference: string, orgCode: string, rows: readonly Verified[], amountUsd: Big): void {
      this.giveBack(ourReference)
      for (const { number, currency, declared, used } of rows) {
        const entry = entries.get(number) ?? { currency, declared, uses: new Map<string, Big>() }
        entry.uses.set(ourReference, (entry.uses.get(ourReference) ?? new Big(0)).plus(used))
        entries.set(number, entry)
      }
      const quota = quotas.get(orgCode) ?? new Map<string, Big>()
      quota.set(ourReference, amountUsd)
      quotas.set(orgCode, quota)
    },
    /** After a return of funds. */
    giveBack(ourReference: string): void {
      for (const { uses } of entries.values()) uses.delete(ourReference)
      for (const quota of quotas.values()) quota.delete(ourReference)
    },
  }
}
export type Ledger = ReturnType<typeof openLedger>
