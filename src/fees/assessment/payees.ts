import { Big } from 'big.js'
import type { AssessedPayee, Comparison, Finding } from '../../../schemas/fees/assessment.ts'
import type { Verdict } from '../../../schemas/fees/bill.ts'
import { standardSigns } from './ceiling.ts'
import type { ComplaintSum, JudgedSum } from './inputs.ts'
import { levelCountsOf, standingOf } from './levels.ts'
import { count, type Material, notInList, sum } from './material.ts'
import { nameOf } from './names.ts'

/**
 * Each payee with its fees, prices and bills 收费主体情况: how many of its prices stand above and below what is laid down (高于/低于标准数量),
 * and the median of other ports.
 */
export function payeesOf(
  material: Material,
  findings: readonly Finding[],
  comparisons: readonly Comparison[],
): AssessedPayee[] {
  const { catalogue } = material.inputs
  const fees = Map.groupBy(material.fees, ({ fee }) => fee.payee)
  const lines = Map.groupBy(material.lines, ({ payee }) => payee)
  const complaints = Map.groupBy(material.complaints, ({ payee }) => payee)
  const signsOf = standardSigns(material)
  const compared = Map.groupBy(comparisons, ({ payee }) => payee)
  const ids = [...fees.keys(), ...lines.keys(), ...complaints.keys()].filter((id) => id !== undefined)
  return [...new Set(ids)].sort().map((payee) => {
    const creditCode = catalogue.of('payee').get(payee)?.creditCode
    const own = fees.get(payee) ?? []
    return {
      payee,
      name: nameOf(catalogue, 'payee', payee),
      ...(creditCode === undefined ? {} : { creditCode }),
      fees: own.length,
      levels: levelCountsOf(own, findings),
      standard: standingOf(own.flatMap(signsOf)),
      median: standingOf((compared.get(payee) ?? []).map(({ price, median }) => new Big(price).cmp(median))),
      lines: linesOf(lines.get(payee) ?? []),
      complaints: complaintsOf(complaints.get(payee) ?? []),
    }
  })
}

function linesOf(lines: readonly JudgedSum[]): AssessedPayee['lines'] {
  const of = (...verdicts: readonly Verdict[]) => count(lines.filter(({ verdict }) => verdicts.includes(verdict)))
  return {
    judged: count(lines) - of('undecided'),
    above: of('above-price'),
    outside: of(...notInList),
    doubled: of('doubled'),
    markedUp: of('marked-up'),
    over: sum(lines.map(({ over }) => over)),
  }
}

const openStatuses: readonly string[] = ['filed', 'answered', 'disputed']

function complaintsOf(all: readonly ComplaintSum[]): AssessedPayee['complaints'] {
  const filed = (some: readonly ComplaintSum[]) => some.reduce((total, { complaints }) => total + complaints, 0)
  const standing = all.filter(({ status }) => status !== 'withdrawn')
  return {
    filed: filed(standing),
    open: filed(standing.filter(({ status }) => openStatuses.includes(status))),
    amount: sum(standing.map(({ amount }) => amount)),
  }
}
