import { Big } from 'big.js'
import { findCode } from '../../../schemas/codes/index.ts'
import type { Bill, BillLine, Judgement } from '../../../schemas/fees/bill.ts'
import { absurdAmount } from '../../../schemas/fees/price.ts'
import { type Issue, issue } from '../../../schemas/issue.ts'
import type { Text } from '../../../schemas/text.ts'
import { Problem } from '../../problem.ts'
import type { Catalogue } from '../catalogue.ts'
import type { Catalogues } from '../catalogues.ts'
import { billersOf, serviceDayOf } from './context.ts'
import { judgeBill } from './judge.ts'

/**
 * Judges a bill by the edition of its day 账单核对.
 * @throws {Problem} body-invalid: amounts that contradict each other or are absurd, a port or payee that is not there, a day without an edition
 */
export async function checkBill(catalogues: Catalogues, bill: Bill): Promise<Judgement> {
  const today = catalogues.today()
  const catalogue = await catalogues.on(serviceDayOf(bill))
  const issues = [
    ...(bill.issuedOn > today ? [issue('/issuedOn', 'day-in-future', futureDay)] : []),
    ...(catalogue === undefined ? [noEdition(bill)] : placeIssues(catalogue, bill)),
    ...kindIssues(bill),
    ...amountIssues('/total', bill.total),
    ...bill.lines.flatMap((line, at) => lineIssues(line, `/lines/${at}`)),
  ]
  if (catalogue === undefined || issues.length > 0) throw new Problem('body-invalid', { errors: issues })
  return judgeBill(catalogue, await historyOf(catalogues, catalogue, today), bill)
}

const futureDay: Text = { en: 'The bill is of a day that is still to come', zh: '账单日期晚于今天' }

const noEdition = (bill: Bill): Issue =>
  issue(bill.shipment.day === undefined ? '/issuedOn' : '/shipment/day', 'no-edition', {
    en: `No edition of the list holds on ${serviceDayOf(bill)}`,
    zh: `${serviceDayOf(bill)}没有生效的目录清单`,
  })

/** Editions a fee may stand in that the one of the day has not: the one before, and the one of today. */
async function historyOf(catalogues: Catalogues, { edition }: Catalogue, today: string): Promise<Catalogue[]> {
  const others = await Promise.all([catalogues.edition(edition.number - 1), catalogues.on(today)])
  return others.filter((other) => other !== undefined && other.edition.number !== edition.number) as Catalogue[]
}

function placeIssues(catalogue: Catalogue, bill: Bill): Issue[] {
  const { port } = bill.shipment
  const billers = billersOf(catalogue, bill)
  const ids = billers.map(({ id }) => id).join(', ')
  return [
    ...(catalogue.of('port').has(port)
      ? []
      : [
          issue('/shipment/port', 'unknown-port', {
            en: `The list has no port "${port}"`,
            zh: `目录中没有口岸“${port}”`,
          }),
        ]),
    ...(typeof bill.payee === 'string' && billers.length === 0
      ? [
          issue('/payee', 'unknown-payee', {
            en: `The list has no payee "${bill.payee}"`,
            zh: `目录中没有收费主体“${bill.payee}”`,
          }),
        ]
      : []),
    ...(billers.length > 1
      ? [
          issue('/payee/name', 'payee-ambiguous', {
            en: `Several payees are called that: ${ids}`,
            zh: `多个收费主体同名：${ids}`,
          }),
        ]
      : []),
  ]
}

/** A kind nobody knows is a slip: what it was meant to say would be lost. */
function kindIssues({ lines, shipment }: Bill): Issue[] {
  const named = [
    ...lines.map(({ kind }, at) => [`/lines/${at}/kind`, kind] as const),
    ...(shipment.requested ?? []).map((kind, at) => [`/shipment/requested/${at}`, kind] as const),
  ]
  return named.flatMap(([pointer, kind]) =>
    kind === undefined || findCode('fee-kinds', kind) !== undefined
      ? []
      : [
          issue(pointer, 'unknown-code', {
            en: `"${kind}" is not in the list fee-kinds`,
            zh: `“${kind}”不在代码表 fee-kinds 中`,
          }),
        ],
  )
}

/** An amount that is paid has fen and nothing smaller, and is not absurd. */
function amountIssues(pointer: string, amount: string | undefined, most = absurdAmount): Issue[] {
  if (amount === undefined) return []
  if (!/^-?\d+(\.\d\d?)?$/.test(amount))
    return [issue(pointer, 'amount-precision', { en: 'An amount ends with fen: two decimals', zh: '金额最多两位小数' })]
  return new Big(amount).abs().gt(most)
    ? [issue(pointer, 'amount-absurd', { en: `No amount is above ${most} yuan`, zh: `金额不可能超过${most}元` })]
    : []
}

function lineIssues({ quantity, unitPrice, amount, handedOn }: BillLine, pointer: string): Issue[] {
  const found = amountIssues(`${pointer}/amount`, amount)
  const charged = new Big(amount)
  if (unitPrice !== undefined && new Big(unitPrice).abs().gt(absurdAmount))
    found.push(
      issue(`${pointer}/unitPrice`, 'amount-absurd', {
        en: `No unit costs more than ${absurdAmount} yuan`,
        zh: `单价不可能超过${absurdAmount}元`,
      }),
    )
  if (unitPrice !== undefined && new Big(unitPrice).times(charged).lt(0))
    found.push(
      issue(`${pointer}/unitPrice`, 'amounts-contradict', {
        en: 'Unit price and amount have different signs',
        zh: '单价与金额符号相反',
      }),
    )
  if (quantity !== undefined && new Big(quantity).eq(0) && !charged.eq(0))
    found.push(
      issue(`${pointer}/quantity`, 'amounts-contradict', {
        en: 'Nothing was done, and yet it costs',
        zh: '数量为零而金额不为零',
      }),
    )
  if (handedOn !== undefined) {
    found.push(...amountIssues(`${pointer}/handedOn/amount`, handedOn.amount))
    if (new Big(handedOn.amount).lt(0))
      found.push(
        issue(`${pointer}/handedOn/amount`, 'amount-negative', {
          en: 'A voucher is not negative',
          zh: '凭证金额不得为负',
        }),
      )
  }
  return found
}
