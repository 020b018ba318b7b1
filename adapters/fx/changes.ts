import { Big } from 'big.js'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import { rankOf } from '../../schemas/status.ts'
import type { About, Change, Filed } from '../adapter.ts'
import { checkPayment, checkReceipt, missingInPayment, missingInReceipt } from './check.ts'
import { counterpartyOf, enterpriseOf, moneyOf } from './money.ts'
import type { ChangeParticulars, FxParticulars, PaymentParticulars, ReceiptParticulars } from './particulars.ts'

/** Longest reason ACTIONDESC 修改/删除原因. Source: safe data-collection interface, files A to N. */
export const longestReason = 128

type Kind = 'amendment' | 'cancellation'
type Given = ChangeParticulars | undefined

/** The reason as bank and SAFE get it. */
export const reasonOf = ({ reason }: Change, particulars: Given): string => particulars?.description ?? reason

/** What must be there before a record can be corrected: all that the filing itself would wait for. */
export function missingInAmendment(declaration: Declaration, _: Given, { change }: About = {}): Issue[] {
  if (change?.after === undefined) return []
  const { particulars } = change.after
  return change.procedure === 'receipt'
    ? missingInReceipt(declaration, particulars as ReceiptParticulars | undefined)
    : missingInPayment(declaration, particulars as PaymentParticulars | undefined)
}

/**
 * What bank or SAFE would refuse of a correction: base data of the bank, and all they would refuse of the filing. That a payment is no
 * longer worth what its declarations are is not refused: the bank asks about it.
 */
export function checkAmendment(declaration: Declaration, particulars: Given, { change }: About = {}): Issue[] {
  if (change?.after === undefined) return []
  const { after, before } = change
  const content =
    change.procedure === 'receipt'
      ? checkReceipt(declaration, after.particulars as ReceiptParticulars)
      : checkPayment(declaration, after.particulars as PaymentParticulars)
  return [
    ...reversed('amendment', change),
    ...reasonIssues('amendment', change, particulars),
    ...baseDataIssues(change.procedure, before, { ...after, declaration }),
    ...content.filter(({ code }) => code !== 'declarations-differ'),
  ]
}

/** What the bank would refuse of a deletion. Whether money can still be stopped, or comes back first, only the bank knows. */
export const checkCancellation = (_: Declaration, particulars: Given, { change }: About = {}): Issue[] =>
  change === undefined
    ? []
    : [...reversed('cancellation', change), ...reasonIssues('cancellation', change, particulars)]

/** Money that came back leaves nothing to change. */
function reversed(kind: Kind, { status, procedure }: Change): Issue[] {
  if (rankOf(status) < rankOf('reversed')) return []
  const code = kind === 'amendment' ? 'not-amendable' : 'not-cancellable'
  const text = { en: 'The funds came back: there is nothing left to change', zh: '资金已退回，不得修改或删除' }
  return [issue(pointer('particulars', 'fx', procedure), code, text, 'fx')]
}

function reasonIssues(kind: Kind, change: Change, particulars: Given): Issue[] {
  if (reasonOf(change, particulars).length <= longestReason) return []
  const text = {
    en: `The reason has more than ${longestReason} characters: a shorter one goes here`,
    zh: `修改或删除原因超过${longestReason}个字符，请在此另填`,
  }
  return [issue(pointer('particulars', 'fx', kind, 'description'), 'too-long', text, 'fx')]
}

/**
 * Base data 基础信息 (files A and B) is the bank's: parties, money, account, method. Where currency or amount were wrong the record is
 * deleted and declared anew. Source: 通过银行进行国际收支统计申报业务实施细则 (汇发〔2022〕22号).
 */
function baseDataIssues(procedure: string, before: Filed, after: Filed): Issue[] {
  const [was, is] = [baseDataOf(before), baseDataOf(after)]
  const party = after.declaration.direction === 'export' ? 'exporter' : 'importer'
  const places: { readonly [field in keyof typeof was]: string } = {
    enterprise: pointer('goodsShipment', party, 'id'),
    enterpriseName: pointer('goodsShipment', party, 'name'),
    counterparty: pointer('particulars', 'fx', procedure, 'counterparty', 'name'),
    money: pointer('particulars', 'fx', procedure, procedure === 'receipt' ? 'advice' : 'payment'),
    method: pointer('particulars', 'fx', procedure, 'method'),
    purpose: pointer('particulars', 'fx', procedure, 'purpose'),
  }
  const text = {
    en: "The bank's base data is not amended: delete the declaration and declare anew",
    zh: '基础信息由银行报送，不得修改，应删除后重新申报',
  }
  return Object.entries(places).flatMap(([field, at]) =>
    was[field as keyof typeof was] === is[field as keyof typeof is] ? [] : [issue(at, 'not-amendable', text, 'fx')],
  )
}

/** What the bank keeps of a filing, each as a text to compare. */
function baseDataOf({ declaration, particulars }: Filed) {
  const said = particulars as FxParticulars | undefined
  const { name, prefix } = counterpartyOf(declaration, said)
  const money = moneyOf(said)
  return {
    enterprise: enterpriseOf(declaration)?.id,
    enterpriseName: enterpriseOf(declaration)?.name,
    counterparty: `${prefix}${name ?? ''}`,
    money: money === undefined ? undefined : JSON.stringify({ ...money, amount: new Big(money.amount).toFixed(2) }),
    method: said?.method,
    purpose: said?.purpose,
  }
}
