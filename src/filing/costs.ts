import { Big } from 'big.js'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Money } from '../../schemas/receipt.ts'
import type { DeclarationView } from '../db/views.ts'
import { inAgencyOrder } from './fold.ts'
import { type Adapters, procedureOf } from './plan.ts'
import { readParticulars } from './prepare.ts'

/**
 * Duties, taxes and fees 税费 of a declaration: what it comes to by its own figures, with every step of the arithmetic, and what
 * agencies asked for, had and paid back, in their words.
 */
export function costsOf(adapters: Adapters, view: DeclarationView, declaration: Declaration) {
  const estimates = view.filings
    .filter(({ occasion }) => occasion !== 'change')
    .flatMap((filing) => {
      const { agency, procedure: id } = filing
      const procedure = procedureOf(adapters, agency, id)
      const particulars = readParticulars(procedure, filing.particulars)
      const duties = procedure.duties?.(declaration, particulars)
      return duties === undefined ? [] : [{ agency, procedure: id, ...duties }]
    })
  const said = view.filings.flatMap(({ id: filingId, agency, receipts }) => {
    const kept = receipts.map(({ id, attempt, receipt }) => ({
      id,
      attempt,
      receipt,
      status: receipt.status,
      at: receipt.at,
    }))
    const newest = new Map<string, Money & { agency: string; filingId: string; at?: string }>()
    for (const { receipt } of inAgencyOrder(kept))
      for (const one of receipt.money ?? [])
        newest.set(`${one.kind} ${one.of}`, {
          ...one,
          agency,
          filingId,
          ...(receipt.at === undefined ? {} : { at: receipt.at }),
        })
    return [...newest.values()]
  })
  return { estimates, said, totals: totalsOf(said) }
}

function totalsOf(said: readonly Money[]) {
  const currencies = [...new Set(said.map(({ currency }) => currency))].sort()
  return currencies.map((currency) => {
    const total = (kind: Money['kind']) =>
      said
        .filter((one) => one.currency === currency && one.kind === kind)
        .reduce((sum, { amount }) => sum.plus(amount), new Big(0))
        .toFixed(2)
    return { currency, due: total('due'), paid: total('paid'), refunded: total('refunded') }
  })
}
