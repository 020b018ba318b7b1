import * as z from 'zod'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import { type MailboxDocument, type MailboxPage, type Reply, Unintelligible } from '../adapter.ts'
import { rowOf } from '../tables.ts'
import { childOf, childrenOf, readXml, sourcesOf, textOf, type XmlNode } from '../xml.ts'
import {
  changeDocument,
  changeStatuses,
  moneyPlaces,
  otherContent,
  transactionStatuses,
  unknownFiling,
} from './codes.ts'
import { safeResult } from './decode-safe.ts'

/**
 * The receipts in an answer of the bank, or in a delivery of its mailbox.
 * @throws {Unintelligible} neither, or a document that names no filing
 */
export function decode(reply: Reply): Receipt[] {
  const document = readXml(reply.body, ['Document', 'Delivery'])
  return document['Delivery'] === undefined
    ? receiptsOf(childOf(document, 'Document'))
    : deliveryOf(childOf(document, 'Delivery'))
}

/** A page of the mailbox 信箱. @throws {Unintelligible} it is none */
export function decodeMailbox(reply: Reply): MailboxPage {
  const cursor = textOf(readXml(reply.body, 'Mailbox'), 'Mailbox', '@last')
  if (!/^\d+$/.test(cursor)) throw new Unintelligible('The mailbox does not say where its next page starts')
  return { documents: sourcesOf(reply.body, 'Delivery').map(documentOf), cursor }
}

/** One delivery as it lay in the mailbox. Nonsense in one does not close the mailbox for the others. */
function documentOf(body: string): MailboxDocument {
  const contentType = 'application/xml; charset=utf-8'
  const delivery = childOf(readXml(body, 'Delivery'), 'Delivery')
  const name = textOf(delivery, '@name')
  try {
    return { name, contentType, body, receipts: deliveryOf(delivery) }
  } catch (error) {
    if (!(error instanceof Unintelligible)) throw error
    return { name, contentType, body, unintelligible: error.message, receipts: [] }
  }
}

/** One delivery 投递: what its envelope names and its files say. A kind not known is kept and moves nothing. */
function deliveryOf(delivery: XmlNode): Receipt[] {
  const kind = textOf(delivery, 'Kind')
  const references = referencesOf({
    filing: textOf(delivery, 'OurRef'),
    message: textOf(delivery, 'OrgnlMsgId'),
    ...numbersOf(textOf(delivery, 'ActnTp') !== '', textOf(delivery, 'AcctSvcrRef'), textOf(delivery, 'RPTNO')),
  })
  const files = childrenOf(delivery, 'File').map((file) => textOf({ file }, 'file'))
  if (kind === 'STATUS' || kind === 'RETURN')
    return receiptsOf(childOf(readXml(files[0] ?? '', 'Document'), 'Document'), references)
  const result = kind === 'SAFE' ? safeResult(delivery, files) : { code: kind, text: '' }
  return [{ references, ...result, ...timeOf(textOf(delivery, 'DlvrdAt')) }]
}

/** The bank's numbers of a filing. A change has one of its own; the 申报号码 is that of the record it changes, and names that. */
const numbersOf = (isChange: boolean, bankNumber: string, reportNumber: string) =>
  isChange ? { 'change-number': bankNumber } : { 'bank-reference': bankNumber, 'report-number': reportNumber }

/** A document of the bank: a status report pain.002 or a return of funds pacs.004. */
function receiptsOf(document: XmlNode, known: readonly Reference[] = []): Receipt[] {
  if (document['CstmrPmtStsRpt'] !== undefined) return statusOf(childOf(document, 'CstmrPmtStsRpt'), known)
  if (document['PmtRtr'] !== undefined) return [returnOf(childOf(document, 'PmtRtr'), known)]
  throw new Unintelligible('Neither a status report nor a return of funds')
}

/** Status report 业务状态报告 (pain.002). An inquiry for a number not known brings no receipt. */
function statusOf(report: XmlNode, known: readonly Reference[]): Receipt[] {
  const transaction = childOf(report, 'OrgnlPmtInfAndSts', 'TxInfAndSts')
  const code = textOf(transaction, 'TxSts') || textOf(report, 'OrgnlGrpInfAndSts', 'GrpSts')
  if (code === '') throw new Unintelligible('A status report without a status')
  const reasons = childrenOf(transaction, 'StsRsnInf').map(reasonOf)
  if (reasons.some((reason) => reason.code === unknownFiling)) return []
  const isChange = textOf(report, 'OrgnlGrpInfAndSts', 'OrgnlMsgNmId') === changeDocument
  const effects = reasons.some((reason) => reason.code === otherContent)
    ? []
    : [
        rowOf(isChange ? changeStatuses : transactionStatuses, code) ?? {},
        ...reasons.map(({ reason }) => rowOf(moneyPlaces, reason) ?? {}),
      ]
  const status = effects[0]?.status
  const reportNumber = textOf(transaction, 'SplmtryData', 'Envlp', 'FxSts', 'RPTNO')
  const details = {
    ...(reasons.length > 0 ? { reasons } : {}),
    ...(isChange && reportNumber !== '' ? { reportNumber } : {}),
  }
  const sets = effects.flatMap((effect) => effect.sets ?? [])
  const lifts = effects.flatMap((effect) => effect.lifts ?? [])
  return [
    {
      references: referencesOf(
        {
          filing: textOf(report, 'OrgnlPmtInfAndSts', 'OrgnlPmtInfId') || textOf(transaction, 'OrgnlInstrId'),
          message: textOf(report, 'OrgnlGrpInfAndSts', 'OrgnlMsgId'),
          ...numbersOf(isChange, textOf(transaction, 'AcctSvcrRef'), reportNumber),
        },
        known,
      ),
      ...(status === undefined ? {} : { status }),
      code,
      text: reasons.map(({ text, reason }) => text || reason).join('；'),
      ...timeOf(textOf(report, 'GrpHdr', 'CreDtTm')),
      ...(sets.length > 0 ? { sets } : {}),
      ...(lifts.length > 0 ? { lifts } : {}),
      ...(Object.keys(details).length > 0 ? { details } : {}),
    },
  ]
}

/** A reason 原因: `code|element|text` for a fault, plain text otherwise. */
function reasonOf(information: XmlNode) {
  const reason = textOf(information, 'Rsn', 'Cd') || textOf(information, 'Rsn', 'Prtry')
  const said = textOf(information, 'AddtlInf')
  const [, code = '', element = '', text = said] = /^(FX-\d+)\|([^|]*)\|(.*)$/s.exec(said) ?? []
  return { reason, code, element, text }
}

/** Return of funds 退汇 (pacs.004): money that was settled came back. */
function returnOf(returned: XmlNode, known: readonly Reference[]): Receipt {
  const transaction = childOf(returned, 'TxInf')
  const amount = textOf(transaction, 'RtrdIntrBkSttlmAmt')
  const currency = textOf(transaction, 'RtrdIntrBkSttlmAmt', '@Ccy')
  return {
    references: referencesOf(
      { filing: textOf(transaction, 'OrgnlInstrId'), 'return-number': textOf(transaction, 'RtrId') },
      known,
    ),
    status: 'reversed',
    code: textOf(transaction, 'RtrRsnInf', 'Rsn', 'Cd'),
    text: textOf(transaction, 'RtrRsnInf', 'AddtlInf'),
    ...timeOf(textOf(returned, 'GrpHdr', 'CreDtTm')),
    details: { amount, currency },
  }
}

/** The names a document gives a filing, and those its envelope gave already. */
function referencesOf(named: { readonly [scheme: string]: string }, known: readonly Reference[] = []): Reference[] {
  const own = Object.entries(named).flatMap(([scheme, value]) => (value === '' ? [] : [{ scheme, value }]))
  const others = known.filter((one) => !own.some(({ scheme, value }) => scheme === one.scheme && value === one.value))
  if (own.length + others.length === 0) throw new Unintelligible('The document names no filing')
  return [...own, ...others]
}

const withOffset = z.iso.datetime({ offset: true })
const timeOf = (at: string) => (withOffset.safeParse(at).success ? { at } : {})
