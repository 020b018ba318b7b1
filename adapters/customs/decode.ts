import type { Receipt, Reference } from '../../schemas/receipt.ts'
import { type MailboxDocument, type MailboxPage, type Reply, Unintelligible } from '../adapter.ts'
import { fromCompactDay, fromShanghai } from '../instants.ts'
import { childOf, childrenOf, readXml, rootOf, textOf, type XmlNode } from '../xml.ts'
import { channels } from './codes.ts'
import { paymentResponse, readBill } from './decode-bill.ts'
import { approvalResult, modificationResponse } from './decode-modification.ts'
import { summaryNames } from './steps.ts'

/** Success in DecImportResponse. Other documents of this window have other codes for it: this one is for this document only. */
const taken = '0'
/** 查无此单: an inquiry for something the window never took in. */
const unknownHere = '901'
/** Step of a two-step declaration that is its summary 概要申报. */
const summaryStep = '5'

/** What is left of a record without its empty entries; undefined when nothing is. */
function known(record: { readonly [name: string]: unknown }): { details?: { [name: string]: unknown } } {
  const entries = Object.entries(record).filter(([, value]) => value !== '' && value !== undefined)
  return entries.length === 0 ? {} : { details: Object.fromEntries(entries) }
}

const named = (scheme: string, value: string): Reference[] => (value === '' ? [] : [{ scheme, value }])

/** Names of a declaration, or of the summary of one: each step of a two-step declaration is a filing with names of its own. */
const numbered = (ofSummary: boolean, seqNo: string, entryId: string): Reference[] => [
  ...named(ofSummary ? summaryNames.seqNo : 'unified-number', seqNo),
  ...named(ofSummary ? summaryNames.entryId : 'entry-number', entryId),
]

/** Errors and warnings that customs lists by element: `field` is section.element, `item` the goods item it concerns. */
function listed(list: XmlNode, element: string) {
  const rows = childrenOf(list, element).map((row) => ({
    ...(textOf(row, '@field') === '' ? {} : { field: textOf(row, '@field') }),
    ...(textOf(row, '@item') === '' ? {} : { item: textOf(row, '@item') }),
    ...(textOf(row, '@code') === '' ? {} : { code: textOf(row, '@code') }),
    text: textOf(row, '#text'),
  }))
  return rows.length === 0 ? undefined : rows
}

/** The window's own answer 导入响应 DecImportResponse: taken in, or refused with all it found. */
function importResponse(response: XmlNode): Receipt[] {
  const code = textOf(response, 'ResponseCode')
  const references = [
    ...numbered(textOf(response, 'DeclareStep') === summaryStep, textOf(response, 'SeqNo'), ''),
    ...named('client-number', textOf(response, 'ClientSeqNo')),
  ]
  if (code === unknownHere) return []
  if (code === '' || references.length === 0)
    throw new Unintelligible('A DecImportResponse without a code or a number of the declaration')
  return [
    {
      references,
      status: code === taken ? 'acknowledged' : 'refused',
      code,
      text: textOf(response, 'ErrorMessage'),
      ...known({
        declareTimes: textOf(response, 'DeclareTimes'),
        transitNumber: textOf(response, 'TrnPreId'),
        errors: listed(childOf(response, 'Errors'), 'Error'),
        warnings: listed(childOf(response, 'Warnings'), 'Warning'),
      }),
    },
  ]
}

/** A business receipt 业务回执 DEC_RESULT; its time is Shanghai's. A channel nobody published moves nothing. */
function decResult(result: XmlNode, more: { readonly [name: string]: unknown } = {}): Receipt {
  const channel = textOf(result, 'CHANNEL')
  const references = numbered(
    channel.startsWith('Sp') || textOf(result, 'DECLARE_STEP') === summaryStep,
    textOf(result, 'CUS_CIQ_NO') || textOf(result, 'SEQ_NO'),
    textOf(result, 'ENTRY_ID'),
  )
  if (channel === '' || references.length === 0)
    throw new Unintelligible('A DEC_RESULT without a channel or a number of the declaration')
  const at = fromShanghai(textOf(result, 'NOTICE_DATE'))
  const brings = Object.hasOwn(channels, channel) ? channels[channel] : undefined
  const bill = channel === 'T' ? readBill(textOf(result, 'NOTE')) : undefined
  const holds = bill?.holds ?? brings
  return {
    references: [...references, ...named('tax-bill', bill?.number ?? '')],
    ...(brings === undefined ? {} : { status: brings.status }),
    code: channel,
    text: textOf(result, 'NOTE') || (brings?.zh ?? ''),
    ...(at === undefined ? {} : { at }),
    ...(holds?.sets === undefined ? {} : { sets: [...holds.sets] }),
    ...(holds?.lifts === undefined ? {} : { lifts: [...holds.lifts] }),
    ...known({
      office: textOf(result, 'CUSTOM_MASTER'),
      declarationDate: fromCompactDay(textOf(result, 'D_DATE')),
      importExportDate: fromCompactDay(textOf(result, 'I_E_DATE')),
      ...bill?.details,
      ...more,
    }),
    ...(bill === undefined || bill.money.length === 0 ? {} : { money: [...bill.money] }),
  }
}

/** The old wrapper DEC_DATA: a DEC_RESULT and one line of text beside it. */
const decData = (data: XmlNode): Receipt[] =>
  childrenOf(data, 'DEC_RESULT').map((result) => decResult(result, { resultInfo: textOf(data, 'RESULT_INFO') }))

/** Any document of customs: an answer to a declaration, an application or an inquiry, a receipt, or what became of an application. */
function receiptsOf(body: string): Receipt[] {
  const document = readXml(body, [
    'DecImportResponse',
    'DEC_RESULT',
    'DEC_DATA',
    'DecModResponse',
    'HzApprovalResult',
    'TaxPaymentResponse',
  ])
  const root = rootOf(document)
  const node = childOf(document, root)
  if (root === 'DecImportResponse') return importResponse(node)
  if (root === 'DecModResponse') return modificationResponse(node, listed(childOf(node, 'Errors'), 'Error'))
  if (root === 'HzApprovalResult') return approvalResult(node)
  if (root === 'TaxPaymentResponse') return paymentResponse(node)
  const receipts = root === 'DEC_DATA' ? decData(node) : [decResult(node)]
  if (receipts.length === 0) throw new Unintelligible('A DEC_DATA without a DEC_RESULT')
  return receipts
}

export const decode = ({ body }: Reply): Receipt[] => receiptsOf(body)

/** A file of the mailbox. One that is nonsense keeps its bytes and does not stop the others. */
function file(name: string, body: string): MailboxDocument {
  const document = { name, contentType: 'application/xml; charset=utf-8', body }
  try {
    return { ...document, receipts: receiptsOf(body) }
  } catch (error) {
    if (!(error instanceof Unintelligible)) throw error
    return { ...document, receipts: [], unintelligible: error.message }
  }
}

/** The mailbox 收件箱 of all declarations: asking again with the same cursor gives the same files. */
export const mailbox = {
  encode: (cursor: string) => ({
    method: 'GET' as const,
    path: `/mailbox?${new URLSearchParams({ after: cursor, limit: '200' }).toString()}`,
  }),
  decode({ body }: Reply): MailboxPage {
    const inbox = childOf(readXml(body, 'InBox'), 'InBox')
    const next = textOf(inbox, '@next')
    if (!/^\d+$/.test(next)) throw new Unintelligible('An InBox without a number to go on from')
    const documents = childrenOf(inbox, 'File').map((one) => file(textOf(one, '@name'), textOf(one, '#text')))
    return { documents, cursor: next }
  },
}
