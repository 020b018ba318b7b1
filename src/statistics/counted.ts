import { createHash } from 'node:crypto'
import { billsOf, grantOf, type MeasuredFiling, startsOf } from './measure.ts'

/**
 * What a declaration is counted by 统计口径取数, as a hash: which filings were granted, when, from where their times may start, and what was billed.
 * While it stays the same a receipt changes no figure, whatever else it says, and nothing is read for it. Arrivals are no
 * receipts: one that is reported counts anew by itself. Levels of credit and definitions that are given later for a day gone by count when all is
 * counted anew 重算.
 * @returns undefined where nothing was granted, so that nothing counts
 */
export function countedBy(version: number, filings: readonly MeasuredFiling[]): string | undefined {
  const granted = filings.flatMap((filing) => {
    const grant = grantOf(filing)
    return grant === undefined ? [] : [[filing.id, grant.at, ...startsOf(grant)]]
  })
  if (granted.length === 0) return undefined
  const bills = filings.map((filing) => [filing.id, ...billsOf(filing)])
  return createHash('sha256')
    .update(JSON.stringify([version, granted, bills]))
    .digest('base64url')
}
