/** The ledger of declarations used 报关信息核验台账 and of class B quotas: what makes a double payment visible. */
import { Big } from 'big.js'
import type { Verified } from './read.ts'
import { classBQuotaUsd } from './register.ts'

interface Entry {
  readonly currency: string
  /** As first told; an amendment tells it anew. */
  declared: string
  /** Amount used, by the filing that uses it. */
  readonly uses: Map<string, Big>
}

const totalBut = (uses: ReadonlyMap<string, Big>, ourReference: string) =>
  [...uses].reduce((sum, [by, amount]) => (by === ourReference ? sum : sum.plus(amount)), new Big(0))

const sumOf = (rows: readonly Verified[]) => {
  const sums = new Map<string, Verified>()
  for (const row of rows) {
    const before = sums.get(row.number)
    const used = before === undefined ? row.used : new Big(before.used).plus(row.used).toFixed(2)
    sums.set(row.number, { ...row, used })
  }
  return [...sums.values()]
}

export function openLedger() {
  const entries = new Map<string, Entry>()
  const quotas = new Map<string, Map<string, Big>>()

  function giveBack(ourReference: string): void {
    for (const [number, { uses }] of entries) {
      uses.delete(ourReference)
      // What nobody uses is forgotten: the next filing tells its amount anew.
      if (uses.size === 0) entries.delete(number)
    }
    for (const quota of quotas.values()) quota.delete(ourReference)
  }

  function use(ourReference: string, orgCode: string, rows: readonly Verified[], amountUsd: Big): void {
    giveBack(ourReference)
    for (const { number, currency, declared, used } of sumOf(rows)) {
      const entry = entries.get(number) ?? { currency, declared, uses: new Map<string, Big>() }
      entry.uses.set(ourReference, new Big(used))
      entries.set(number, entry)
    }
    const quota = quotas.get(orgCode) ?? new Map<string, Big>()
    quota.set(ourReference, amountUsd)
    quotas.set(orgCode, quota)
  }

  const usedBy = (number: string, ourReference: string) => entries.get(number)?.uses.get(ourReference) ?? new Big(0)

  return {
    /** The currency others know a declaration with. */
    currencyOf(number: string, ourReference: string): string | undefined {
      const entry = entries.get(number)
      return entry !== undefined && [...entry.uses.keys()].some((by) => by !== ourReference)
        ? entry.currency
        : undefined
    },
    /** What is left of a declaration for a filing, of the amount first declared. */
    leftOf(row: Verified, ourReference: string): Big {
      const entry = entries.get(row.number)
      return new Big(entry?.declared ?? row.declared).minus(entry ? totalBut(entry.uses, ourReference) : 0)
    },
    /** What an amendment may use of a declaration: what the new amount leaves, or what its filing used before as far as it is still declared. */
    leftAnew(row: Verified, ourReference: string): Big {
      const others = totalBut(entries.get(row.number)?.uses ?? new Map(), ourReference)
      const left = new Big(row.declared).minus(others)
      const before = usedBy(row.number, ourReference)
      const kept = before.gt(row.declared) ? new Big(row.declared) : before
      return left.gt(kept) ? left : kept
    },
    quotaLeft(orgCode: string, ourReference: string): Big {
      return new Big(classBQuotaUsd).minus(totalBut(quotas.get(orgCode) ?? new Map(), ourReference))
    },
    /** Writes down what a filing uses, instead of what it used before. */
    use,
    /** As long as an amendment is open its filing holds both what it uses and what it wants to use. */
    reserve(ourReference: string, orgCode: string, wanted: readonly Verified[], amountUsd: Big): void {
      // Nobody counts with the new amount before it is granted.
      const told = ({ number, declared }: Verified) => entries.get(number)?.declared ?? declared
      const rows = new Map(sumOf(wanted).map((row) => [row.number, { ...row, declared: told(row) }]))
      for (const [number, { currency, declared, uses }] of entries) {
        const before = uses.get(ourReference)
        if (before?.gte(rows.get(number)?.used ?? 0) === true)
          rows.set(number, { number, currency, declared, used: before.toFixed(2), mode: '' })
      }
      use(ourReference, orgCode, [...rows.values()], amountUsd)
    },
    /** Customs' amounts as an amendment tells them: they count for every filing. */
    declare(rows: readonly Verified[]): void {
      for (const { number, declared } of rows) {
        const entry = entries.get(number)
        if (entry !== undefined) entry.declared = declared
      }
    },
    /** Filings together use more of a declaration than it is worth. */
    isExceeded(number: string): boolean {
      const entry = entries.get(number)
      return entry !== undefined && totalBut(entry.uses, '').gt(entry.declared)
    },
    /** After a return of funds, or when a record was deleted. */
    giveBack,
    /** Every declaration used, with its amount and what is used of it. */
    balances: () =>
      [...entries].map(([number, { declared, uses }]) => ({ number, declared, used: totalBut(uses, '') })),
  }
}
export type Ledger = ReturnType<typeof openLedger>
