/** The shapes of what customers send 报文结构: elements in their order, how often, and what each may hold. */
import type { Element } from './xml.ts'

interface Field {
  readonly name: string
  readonly least: 0 | 1
  readonly most: number
  /** What its text matches, or its children in order. */
  readonly holds: RegExp | Shape
  readonly attributes?: { readonly [name: string]: RegExp }
  readonly namespace?: string
}
export type Shape = readonly Field[]

type More = Pick<Field, 'attributes' | 'namespace'>
const one = (name: string, holds: RegExp | Shape, more: More = {}): Field => ({
  name,
  least: 1,
  most: 1,
  holds,
  ...more,
})
const maybe = (name: string, holds: RegExp | Shape): Field => ({ name, least: 0, most: 1, holds })
const many = (name: string, least: 0 | 1, most: number, holds: Shape): Field => ({ name, least, most, holds })
const line = (max: number) => new RegExp(`^[^\\p{Cc}]{1,${max}}$`, 'u')

const messageId = /^[A-Za-z0-9-]{1,35}$/
const ourReference = /^[A-Z0-9]{1,20}$/
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
const day = /^\d{4}-\d{2}-\d{2}$/
const compactDay = /^\d{8}$/
const currency = /^[A-Z]{3}$/
const money = /^(0|[1-9]\d{0,13})\.\d{2}$/
const whole = /^[1-9]\d{0,13}$/
const alpha2 = /^[A-Z]{2}$/
const alpha3 = /^[A-Z]{3}$/
const creditCode = /^[0-9A-Z]{18}$/
const orgCode = /^[0-9A-Z]{9}$/
const account = /^\d{8,32}$/
const transaction = /^\d{6}$/
const counterparty = /^\((JW|JN)\)[^\p{Cc}]{1,124}$/u

const customs = maybe('CUSTOMS', [
  many('CUSTOM', 1, 99, [
    one('CUSTOMN', /^\d{18}$/),
    one('CUSTCCY', currency),
    one('CUSTAMT', money),
    one('OFFAMT', money),
    maybe('TRADEMODE', /^\d{4}$/),
  ]),
])

/** 涉外收入申报 */
export const receiptShape: Shape = [
  one('RctDcltn', [
    one('GrpHdr', [
      one('MsgId', messageId),
      one('CreDtTm', instant),
      one('OurRef', ourReference),
      one('TrdrRef', line(36)),
      one('InitgPty', [one('Nm', line(128)), one('Id', creditCode)]),
    ]),
    one('CdtAdvc', [
      one('AcctSvcrRef', line(22)),
      one('BookgDt', day),
      one('Amt', money, { attributes: { Ccy: currency } }),
      one('CdtrAcct', account),
      one('Dbtr', [one('Nm', line(140)), one('Ctry', alpha2)]),
      maybe('Purp', line(10)),
    ]),
    one('REC', [
      one('RPTNO', line(22)),
      one('CUSTYPE', /^C$/),
      one('CUSTCOD', orgCode),
      one('CUSTNM', line(128)),
      one('OPPUSER', counterparty),
      one('TXCCY', currency),
      one('TXAMT', whole),
      one('METHOD', /^[LGCTDMO]$/),
      one('BUSCODE', line(22)),
      one('COUNTRY', alpha3),
      one('PAYTYPE', /^[ARO]$/),
      one('TXCODE', transaction),
      one('TC1AMT', whole),
      one('TXREM', line(50)),
      maybe('TXCODE2', transaction),
      maybe('TC2AMT', whole),
      maybe('TX2REM', line(50)),
      one('ISREF', /^[YN]$/),
      one('BILLNO', line(50)),
      one('PAYATTR', /^[FTNDO]$/),
      one('CRTUSER', line(20)),
      one('INPTELC', line(20)),
      one('RPTDATE', compactDay),
      one('REGNO', line(20)),
    ]),
    customs,
  ]),
]

const application: Shape = [
  one('TrdrRef', line(36)),
  one('CUSTYPE', /^C$/),
  one('CUSTCOD', orgCode),
  one('OPPUSER', counterparty),
  one('METHOD', /^[LGCTDMO]$/),
  one('COUNTRY', alpha3),
  one('PAYTYPE', /^[APRO]$/),
  one('ISREF', /^[YN]$/),
  maybe('IMPDATE', compactDay),
  one('CONTRNO', line(20)),
  one('INVOINO', line(35)),
  maybe('CUSMNO', /^[0-9A-Z]{10,12}$/),
  customs,
  one('CRTUSER', line(20)),
  one('INPTELC', line(20)),
  one('RPTDATE', compactDay),
  one('REGNO', line(20)),
]

const regulatoryDetails: Shape = [
  one('Tp', /^BOP$/),
  one('Dt', day),
  one('Ctry', alpha2),
  one('Cd', transaction),
  one('Amt', whole, { attributes: { Ccy: currency } }),
  one('Inf', line(50)),
]

const transfer: Shape = [
  one('PmtId', [one('InstrId', ourReference), one('EndToEndId', ourReference)]),
  one('Amt', [one('InstdAmt', money, { attributes: { Ccy: currency } })]),
  one('CdtrAgt', [one('FinInstnId', [one('BICFI', line(11))])]),
  one('Cdtr', [one('Nm', line(140)), one('PstlAdr', [one('Ctry', alpha2)])]),
  one('CdtrAcct', [one('Id', [one('Othr', [one('Id', /^[A-Z0-9]{4,34}$/)])])]),
  maybe('Purp', [one('Prtry', line(10))]),
  one('RgltryRptg', [
    one('DbtCdtRptgInd', /^DEBT$/),
    one('Authrty', [one('Nm', /^SAFE$/), one('Ctry', /^CN$/)]),
    many('Dtls', 1, 2, regulatoryDetails),
  ]),
  maybe('RmtInf', [one('Ustrd', line(140))]),
  one('SplmtryData', [one('Envlp', [one('FxAppl', application, { namespace: 'urn:x-bankfront:xsd:payment.001' })])]),
]

/** 境外汇款申请书, after pain.001 */
export const paymentShape: Shape = [
  one('CstmrCdtTrfInitn', [
    one('GrpHdr', [
      one('MsgId', messageId),
      one('CreDtTm', instant),
      one('NbOfTxs', /^1$/),
      one('CtrlSum', money),
      one('InitgPty', [one('Nm', line(128)), one('Id', [one('OrgId', [one('Othr', [one('Id', creditCode)])])])]),
    ]),
    one('PmtInf', [
      one('PmtInfId', ourReference),
      one('PmtMtd', /^TRF$/),
      one('ReqdExctnDt', [one('Dt', day)]),
      one('Dbtr', [one('Nm', line(140))]),
      one('DbtrAcct', [one('Id', [one('Othr', [one('Id', account)])]), one('Ccy', currency)]),
      one('DbtrAgt', [one('FinInstnId', [one('BICFI', line(11))])]),
      one('ChrgBr', /^(SHAR|DEBT|CRED)$/),
      one('CdtTrfTxInf', transfer),
    ]),
  ]),
]

const changeHead: Shape = [
  one('MsgId', messageId),
  one('CreDtTm', instant),
  one('OurRef', ourReference),
  one('TrdrRef', line(36)),
  one('InitgPty', [one('Nm', line(128)), one('Id', creditCode)]),
]
const changed: Shape = [
  one('OrgnlRef', ourReference),
  one('OrgnlTp', /^(RECEIPT|PAYMENT)$/),
  one('AcctSvcrRef', line(22)),
  one('RPTNO', line(22)),
]
const signed = [one('CRTUSER', line(20)), one('INPTELC', line(20)), one('RPTDATE', compactDay)]
const receiptsOnly = [one('BILLNO', line(50)), one('PAYATTR', /^[FTNDO]$/)]
const paymentsOnly = [maybe('IMPDATE', compactDay), one('CONTRNO', line(20)), one('INVOINO', line(35))]

/** 申报修改 of a receipt or of a payment. */
export const amendmentShape = (kind: 'receipt' | 'payment'): Shape => [
  one('RcrdChg', [
    one('GrpHdr', changeHead),
    one('Orgnl', changed),
    one('REC', [
      one('ACTIONTYPE', /^C$/),
      one('ACTIONDESC', line(128)),
      one('COUNTRY', alpha3),
      one('PAYTYPE', kind === 'receipt' ? /^[ARO]$/ : /^[APRO]$/),
      one('TXCODE', transaction),
      one('TC1AMT', whole),
      one('TXREM', line(50)),
      maybe('TXCODE2', transaction),
      maybe('TC2AMT', whole),
      maybe('TX2REM', line(50)),
      one('ISREF', /^[YN]$/),
      ...(kind === 'receipt' ? receiptsOnly : paymentsOnly),
      ...signed,
      one('REGNO', line(20)),
    ]),
    customs,
  ]),
]

/** 申报删除 */
export const cancellationShape: Shape = [
  one('RcrdChg', [
    one('GrpHdr', changeHead),
    one('Orgnl', changed),
    one('REC', [one('ACTIONTYPE', /^D$/), one('ACTIONDESC', line(128)), ...signed]),
  ]),
]

/** Where a document leaves its shape: path and what is wrong there. */
export interface Misfit {
  readonly path: string
  readonly text: string
}

/** Every place where an element's content leaves its shape. */
export function misfits(element: Element, shape: Shape, path = ''): Misfit[] {
  const known = new Set(shape.map(({ name }) => name))
  const strays = element.children
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => ({ path: `${path}${name}`, text: '未定义的元素' }))
  const inOrder = element.children
    .map(({ name }) => shape.findIndex((field) => field.name === name))
    .filter((at) => at >= 0)
  const disorder = inOrder.some((at, index) => at < (inOrder[index - 1] ?? 0)) ? [{ path, text: '元素顺序错误' }] : []
  return [...strays, ...disorder, ...shape.flatMap((field) => fieldMisfits(element, field, path))]
}

function fieldMisfits(parent: Element, field: Field, path: string): Misfit[] {
  const found = parent.children.filter(({ name }) => name === field.name)
  const here = `${path}${field.name}`
  if (found.length < field.least) return [{ path: here, text: '缺少必填元素' }]
  if (found.length > field.most) return [{ path: here, text: `最多${field.most}个` }]
  return found.flatMap((element, index) => {
    const place = field.most > 1 ? `${here}[${index + 1}]` : here
    const expected = field.namespace ?? parent.namespace
    if (element.namespace !== expected) return [{ path: place, text: '命名空间错误' }]
    const wrongAttributes = Object.entries(field.attributes ?? {})
      .filter(([name, form]) => !form.test(element.attributes[name] ?? ''))
      .map(([name]) => ({ path: `${place}/@${name}`, text: '格式错误' }))
    if (field.holds instanceof RegExp) {
      const wrong = element.children.length > 0 || !field.holds.test(element.text)
      return wrong ? [{ path: place, text: '格式错误' }, ...wrongAttributes] : wrongAttributes
    }
    return [...wrongAttributes, ...misfits(element, field.holds, `${place}/`)]
  })
}
