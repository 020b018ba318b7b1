/** Reads what customers send 业务申请: receipt and payment brought to what the bank checks and books. */
import { type Misfit, misfits, paymentShape, receiptShape, type Shape } from './shapes.ts'
import { all, at, type Element, readXml, textAt, Unreadable } from './xml.ts'

export type FxProcedure = 'receipt' | 'payment'
/** Whatever may be handed in: those two, and applications to change or delete their records. */
export type Handed = FxProcedure | 'amendment' | 'cancellation'

/** A customs declaration this money pays or is paid for. */
export interface Verified {
  readonly number: string
  readonly currency: string
  readonly declared: string
  readonly used: string
  readonly mode: string
}

/** The numbers of a document. */
export interface Numbers {
  readonly ourReference: string
  readonly messageId: string
  readonly traderReference: string
}

/** A receipt or payment as the bank sees it. Amounts are decimals as text, empty text is "not given". */
export interface Application extends Numbers {
  readonly procedure: FxProcedure
  readonly submittedAt: string
  readonly creditCode: string
  readonly orgCode: string
  readonly currency: string
  readonly amount: string
  /** What the whole amount is said to be: TXAMT, and TXCCY. */
  readonly declaredAmount: string
  readonly declaredCurrency: string
  readonly transactions: readonly { readonly code: string; readonly amount: string; readonly remark: string }[]
  readonly payType: string
  readonly registration: string
  readonly approval: string
  readonly purpose: string
  readonly counterparty: string
  /** The other side's country, alpha-2 as in the payment data and alpha-3 as in the declaration. */
  readonly country: string
  readonly declaredCountry: string
  readonly reportDate: string
  readonly customs: readonly Verified[]
  /** Only a receipt has these. */
  readonly receipt?: {
    readonly reportNumber: string
    readonly creditDay: string
    readonly bankNumber: string
    readonly declaredBankNumber: string
  }
  /** Only a payment has these. */
  readonly payment?: {
    readonly controlSum: string
    readonly executionDay: string
    readonly accountCurrency: string
    readonly bics: readonly [own: string, other: string]
    readonly references: readonly string[]
    readonly reportingDays: readonly string[]
    readonly reportingCurrencies: readonly string[]
    readonly reportingCountries: readonly string[]
  }
}

export type Reading =
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'malformed'; readonly numbers: Partial<Numbers>; readonly misfits: readonly Misfit[] }
  | { readonly kind: 'read'; readonly application: Application }

const roots: { readonly [procedure in FxProcedure]: { readonly namespace: string; readonly shape: Shape } } = {
  receipt: { namespace: 'urn:x-bankfront:xsd:receipt.001', shape: receiptShape },
  payment: { namespace: 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09', shape: paymentShape },
}

export function read(procedure: FxProcedure, body: string): Reading {
  const { namespace, shape } = roots[procedure]
  let root: Element
  try {
    root = readXml(body)
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', why: error.message }
    throw error
  }
  if (root.name !== 'Document' || root.namespace !== namespace)
    return { kind: 'unreadable', why: '根元素或命名空间错误' }
  const found = misfits(root, shape)
  if (found.length > 0) return { kind: 'malformed', numbers: partialNumbers(procedure, root), misfits: found }
  const application = procedure === 'receipt' ? receiptOf(root) : paymentOf(root)
  if (Number.isNaN(Date.parse(application.submittedAt))) {
    const misfit = { path: 'CreDtTm', text: '不是有效的时间' }
    return { kind: 'malformed', numbers: partialNumbers(procedure, root), misfits: [misfit] }
  }
  return { kind: 'read', application }
}

const numberPaths: { readonly [procedure in FxProcedure]: { readonly [name in keyof Numbers]: string } } = {
  receipt: {
    ourReference: 'RctDcltn/GrpHdr/OurRef',
    messageId: 'RctDcltn/GrpHdr/MsgId',
    traderReference: 'RctDcltn/GrpHdr/TrdrRef',
  },
  payment: {
    ourReference: 'CstmrCdtTrfInitn/PmtInf/PmtInfId',
    messageId: 'CstmrCdtTrfInitn/GrpHdr/MsgId',
    traderReference: 'CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/SplmtryData/Envlp/FxAppl/TrdrRef',
  },
}
export const numberForms: { readonly [name in keyof Numbers]: RegExp } = {
  ourReference: /^[A-Z0-9]{1,20}$/,
  messageId: /^[A-Za-z0-9-]{1,35}$/,
  traderReference: /^[^\p{Cc}]{1,36}$/u,
}

/** Which of the numbers are good enough to answer under. */
function partialNumbers(procedure: FxProcedure, root: Element): Partial<Numbers> {
  const good = Object.entries(numberPaths[procedure]).flatMap(([number, path]) => {
    const text = textAt(root, path)
    return numberForms[number as keyof Numbers].test(text) ? [[number, text]] : []
  })
  return Object.fromEntries(good) as Partial<Numbers>
}

function numbersOf(procedure: FxProcedure, root: Element): Numbers {
  const paths = numberPaths[procedure]
  return {
    ourReference: textAt(root, paths.ourReference),
    messageId: textAt(root, paths.messageId),
    traderReference: textAt(root, paths.traderReference),
  }
}

export function customsOf(parent: Element | undefined): Verified[] {
  return all(parent, 'CUSTOMS/CUSTOM').map((row) => ({
    number: textAt(row, 'CUSTOMN'),
    currency: textAt(row, 'CUSTCCY'),
    declared: textAt(row, 'CUSTAMT'),
    used: textAt(row, 'OFFAMT'),
    mode: textAt(row, 'TRADEMODE'),
  }))
}

/** The one or two transaction codes of SAFE's record. */
export function transactionsOf(record: Element | undefined): Application['transactions'] {
  const second = {
    code: textAt(record, 'TXCODE2'),
    amount: textAt(record, 'TC2AMT'),
    remark: textAt(record, 'TX2REM'),
  }
  return [
    { code: textAt(record, 'TXCODE'), amount: textAt(record, 'TC1AMT'), remark: textAt(record, 'TXREM') },
    ...(Object.values(second).some((text) => text !== '') ? [second] : []),
  ]
}

function receiptOf(root: Element): Application {
  const declaration = at(root, 'RctDcltn')
  const advice = at(declaration, 'CdtAdvc')
  const record = at(declaration, 'REC')
  return {
    ...numbersOf('receipt', root),
    procedure: 'receipt',
    submittedAt: textAt(declaration, 'GrpHdr/CreDtTm'),
    creditCode: textAt(declaration, 'GrpHdr/InitgPty/Id'),
    orgCode: textAt(record, 'CUSTCOD'),
    currency: at(advice, 'Amt')?.attributes.Ccy ?? '',
    amount: textAt(advice, 'Amt'),
    declaredAmount: textAt(record, 'TXAMT'),
    declaredCurrency: textAt(record, 'TXCCY'),
    transactions: transactionsOf(record),
    payType: textAt(record, 'PAYTYPE'),
    registration: textAt(record, 'REGNO'),
    approval: textAt(record, 'BILLNO'),
    purpose: textAt(advice, 'Purp'),
    counterparty: textAt(record, 'OPPUSER'),
    country: textAt(advice, 'Dbtr/Ctry'),
    declaredCountry: textAt(record, 'COUNTRY'),
    reportDate: textAt(record, 'RPTDATE'),
    customs: customsOf(declaration),
    receipt: {
      reportNumber: textAt(record, 'RPTNO'),
      creditDay: textAt(advice, 'BookgDt'),
      bankNumber: textAt(advice, 'AcctSvcrRef'),
      declaredBankNumber: textAt(record, 'BUSCODE'),
    },
  }
}

function paymentOf(root: Element): Application {
  const header = at(root, 'CstmrCdtTrfInitn/GrpHdr')
  const order = at(root, 'CstmrCdtTrfInitn/PmtInf')
  const transfer = at(order, 'CdtTrfTxInf')
  const form = at(transfer, 'SplmtryData/Envlp/FxAppl')
  const details = all(transfer, 'RgltryRptg/Dtls')
  const currency = at(transfer, 'Amt/InstdAmt')?.attributes.Ccy ?? ''
  return {
    ...numbersOf('payment', root),
    procedure: 'payment',
    submittedAt: textAt(header, 'CreDtTm'),
    creditCode: textAt(header, 'InitgPty/Id/OrgId/Othr/Id'),
    orgCode: textAt(form, 'CUSTCOD'),
    currency,
    amount: textAt(transfer, 'Amt/InstdAmt'),
    declaredAmount: '',
    declaredCurrency: currency,
    transactions: details.map((detail) => ({
      code: textAt(detail, 'Cd'),
      amount: textAt(detail, 'Amt'),
      remark: textAt(detail, 'Inf'),
    })),
    payType: textAt(form, 'PAYTYPE'),
    registration: textAt(form, 'REGNO'),
    approval: 'N/A',
    purpose: textAt(transfer, 'Purp/Prtry'),
    counterparty: textAt(form, 'OPPUSER'),
    country: textAt(transfer, 'Cdtr/PstlAdr/Ctry'),
    declaredCountry: textAt(form, 'COUNTRY'),
    reportDate: textAt(form, 'RPTDATE'),
    customs: customsOf(form),
    payment: {
      controlSum: textAt(header, 'CtrlSum'),
      executionDay: textAt(order, 'ReqdExctnDt/Dt'),
      accountCurrency: textAt(order, 'DbtrAcct/Ccy'),
      bics: [textAt(order, 'DbtrAgt/FinInstnId/BICFI'), textAt(transfer, 'CdtrAgt/FinInstnId/BICFI')],
      references: [textAt(order, 'PmtInfId'), textAt(transfer, 'PmtId/InstrId'), textAt(transfer, 'PmtId/EndToEndId')],
      reportingDays: details.map((detail) => textAt(detail, 'Dt')),
      reportingCurrencies: details.map((detail) => at(detail, 'Amt')?.attributes.Ccy ?? ''),
      reportingCountries: details.map((detail) => textAt(detail, 'Ctry')),
    },
  }
}
