import { createHash } from 'node:crypto'
import { billsOf, grantOf, type MeasuredFiling, startsOf } from './measure.ts'

/**
 * What a declaration is counted by 统计口径取数, as a hash: which filings were granted, when, from where their times may start, and what was billed.
 * While it stays the same a receipt changes no figure, whatever else it says, and nothing is read for it. Arrivals, levels of credit and definitions
 * are no receipts: whoever learns of them counts anew without asking here.
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
