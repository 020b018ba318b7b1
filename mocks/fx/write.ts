/** What the bank writes 报文: status reports, returns, the mailbox. */
import { enclosed } from '../enclosed.ts'
import { type Fault, faultKinds, type IsoReason } from './faults.ts'
import type { TxStatus, Word } from './outcomes.ts'
import type { Handed, Numbers } from './read.ts'
import { escapeXml, leaf } from './xml.ts'

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** What a status report says of a filing; written out with the bank's number and time by `writeStatus`. */
export interface StatusReport {
  readonly procedure: Handed
  readonly numbers: Partial<Numbers>
  readonly status: TxStatus
  readonly words?: readonly Word[]
  readonly faults?: readonly Fault[]
  readonly bankNumber?: string
  readonly reportNumber?: string
}

const wordTexts: { readonly [word in Word]: string } = {
  CURRENT_ACCOUNT: '款项入经常项目账户',
  BANK_REVIEW: '银行审核中',
  HELD_IN_VERIFICATION_ACCOUNT: '款项在待核查账户，待核查',
  RELEASED: '核查通过，转出待核查账户',
  DECLARED_LATE: '超过入账后5个工作日申报',
  ALREADY_SETTLED: '资金已划转，仅更正申报信息',
  BOP_ACCEPTED: '外汇局已接收申报信息，业务办结',
  RETURNED: '资金已退回',
  DECLARATION_CHANGED: '报关单金额减少或已撤销，核注金额超出，请说明或补充报关单',
  DECLARATION_MATCHED: '核注金额与报关单相符',
  RECORD_CHANGED: '申报信息已修改',
  RECORD_DELETED: '申报信息已删除',
}
const originalNames: { readonly [procedure in Handed]: string } = {
  receipt: 'receipt.001',
  payment: 'pain.001.001.09',
  amendment: 'change.001',
  cancellation: 'change.001',
}

/** pain.002 支付状态报告 */
export function writeStatus(report: StatusReport, messageId: string, createdAt: string): string {
  const { procedure, numbers, status, words = [], faults = [], bankNumber, reportNumber } = report
  const reasons = [
    ...words.map((word) => reasonOf(leaf('Prtry', word), wordTexts[word])),
    ...faults.map(({ code, element, text }) => {
      const { reason, text: words }: { reason: IsoReason; text: string } = faultKinds[code]
      return reasonOf(leaf('Cd', reason), `${code}|${element}|${text ?? words}`)
    }),
  ].join('')
  const supplement = leaf('TrdrRef', numbers.traderReference) + leaf('RPTNO', reportNumber)
  return (
    `${declaration}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>` +
    `<GrpHdr>${leaf('MsgId', messageId)}${leaf('CreDtTm', createdAt)}</GrpHdr>` +
    `<OrgnlGrpInfAndSts>${leaf('OrgnlMsgId', numbers.messageId)}${leaf('OrgnlMsgNmId', originalNames[procedure])}` +
    `${leaf('GrpSts', status)}</OrgnlGrpInfAndSts>` +
    `<OrgnlPmtInfAndSts>${leaf('OrgnlPmtInfId', numbers.ourReference)}<TxInfAndSts>` +
    `${leaf('StsId', messageId)}${leaf('OrgnlInstrId', numbers.ourReference)}${leaf('TxSts', status)}${reasons}` +
    `${leaf('AcctSvcrRef', bankNumber)}${supplement === '' ? '' : inEnvelope(supplement)}` +
    `</TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`
  )
}

const reasonOf = (reason: string, text: string) =>
  `<StsRsnInf><Rsn>${reason}</Rsn>${leaf('AddtlInf', text)}</StsRsnInf>`
const inEnvelope = (content: string) =>
  `<SplmtryData><Envlp><FxSts xmlns="urn:x-bankfront:xsd:status.001">${content}</FxSts></Envlp></SplmtryData>`

/** pacs.004 退汇 */
export function writeReturn(
  moved: { ourReference: string; bankNumber: string; currency: string; amount: string },
  messageId: string,
  createdAt: string,
): string {
  const why = `${moved.currency === 'CNY' ? '/RGOD/' : ''}收款人账号有误，资金退回`
  return (
    `${declaration}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.004.001.09"><PmtRtr>` +
    `<GrpHdr>${leaf('MsgId', messageId)}${leaf('CreDtTm', createdAt)}</GrpHdr>` +
    `<TxInf>${leaf('RtrId', `R${moved.bankNumber.slice(1)}`)}${leaf('OrgnlInstrId', moved.ourReference)}` +
    `<RtrdIntrBkSttlmAmt Ccy="${escapeXml(moved.currency)}">${escapeXml(moved.amount)}</RtrdIntrBkSttlmAmt>` +
    `<RtrRsnInf><Rsn><Cd>AC01</Cd></Rsn>${leaf('AddtlInf', why)}</RtrRsnInf></TxInf></PmtRtr></Document>`
  )
}

/** A file inside a delivery. */
export interface File {
  readonly name: string
  readonly content: string
}

/** A delivery 投递: what lies in the mailbox about one filing, without its sequence number. */
export interface Delivery {
  readonly kind: 'STATUS' | 'SAFE' | 'RETURN'
  /** It speaks of a change: 修改 or 删除. */
  readonly action?: 'C' | 'D'
  readonly numbers: Numbers
  readonly bankNumber: string
  readonly reportNumber: string
  readonly deliveredAt: string
  /** Data files that carried the record. */
  readonly sent?: readonly string[]
  readonly files: readonly File[]
}

export function writeDelivery(delivery: Delivery): string {
  const { numbers, kind, action, bankNumber, reportNumber, deliveredAt, sent = [], files } = delivery
  return [
    leaf('OurRef', numbers.ourReference),
    leaf('TrdrRef', numbers.traderReference),
    leaf('OrgnlMsgId', numbers.messageId),
    leaf('AcctSvcrRef', bankNumber),
    leaf('RPTNO', reportNumber),
    leaf('ActnTp', action),
    leaf('Kind', kind),
    leaf('DlvrdAt', deliveredAt),
    ...sent.map((name) => leaf('Sent', name)),
    ...files.map(({ name, content }) => `<File name="${escapeXml(name)}">${inCdata(content)}</File>`),
  ].join('')
}

const inCdata = (content: string) => `<![CDATA[${content.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** A page of the mailbox 信箱. */
export function writeMailbox(
  after: number,
  posted: readonly { readonly sequence: number; readonly name: string; readonly body: string }[],
  more: boolean,
): string {
  const deliveries = posted.map(
    ({ sequence, name, body }) =>
      `<Delivery sequence="${sequence}" name="${escapeXml(name)}">${enclosed(body)}</Delivery>`,
  )
  const last = posted.at(-1)?.sequence ?? after
  return (
    `${declaration}<Mailbox xmlns="urn:x-bankfront:xsd:mailbox.001" after="${after}" last="${last}" more="${more}">` +
    `${deliveries.join('')}</Mailbox>`
  )
}
