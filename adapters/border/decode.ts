import type { Receipt, Reference } from '../../schemas/receipt.ts'
import { type Reply, Unintelligible } from '../adapter.ts'
import { childOf, childrenOf, readXml, rootOf, textOf, type XmlNode } from '../xml.ts'
import { refusals, statuses } from './codes.ts'

/** The office's documents by their root. Source: specification §4, §5. */
const documents: { readonly [root: string]: (document: XmlNode) => Receipt[] } = {
  EPCAcknowledgement: (document) => [said(document, 'ReceivedAt')],
  EPCReceipt: (document) => [receipt(document)],
  EPCRefusal: refusal,
  EPCState: state,
}

/**
 * The receipts 回执 in an answer or a pushed document.
 * @throws {Unintelligible} not a document of border inspection
 */
export function decode(reply: Reply): Receipt[] {
  const document = readXml(reply.body, Object.keys(documents))
  const root = rootOf(document)
  return documents[root]?.(childOf(document, root)) ?? []
}

/** `EPCReceipt`: a decision, or a step to it. */
function receipt(document: XmlNode): Receipt {
  const inspection = childOf(document, 'Inspection')
  const guard = childOf(document, 'Guard')
  const persons = childrenOf(childOf(document, 'RefusedPersons'), 'Person')
  const errors = childrenOf(childOf(document, 'Errors'), 'Error')
  const changed = childOf(document, 'Changed')
  const recognised = childrenOf(childOf(document, 'Recognised'), 'ResultId').map((one) => textOf(one, '#text'))
  return {
    ...said(document, 'OccurredAt'),
    ...(recognised.length > 0 ? { recognised } : {}), // 采信的互认结果
    details: {
      receiptId: textOf(document, 'ReceiptId'),
      textEn: textOf(document, 'TextEn'),
      ...(isEmpty(changed) ? {} : { changed: plain(changed) }), // 所变更的申报
      ...(isEmpty(inspection) ? {} : { inspection: plain(inspection) }), // 登临检查
      ...(isEmpty(guard) ? {} : { guard: plain(guard) }), // 监护
      ...(persons.length > 0 ? { refusedPersons: persons.map(plain) } : {}), // 不准出入境人员
      ...(errors.length > 0 ? { errors: errors.map(plain) } : {}), // 退回原因
    },
  }
}

/** `EPCRefusal`: nothing was taken in. Without a name of the filing it is no answer to any, but a fault of ours. */
function refusal(document: XmlNode): Receipt[] {
  const code = textOf(document, 'Code')
  const textEn = textOf(document, 'TextEn')
  if (code === refusals.unknownHere) return []
  const references = referencesIn(document)
  if (references.length === 0)
    throw new Unintelligible(`Border inspection could not read our document: ${code} ${textEn}`)
  return [
    {
      references,
      ...(code === refusals.messageUsed ? {} : { status: 'refused' as const }),
      code,
      text: textOf(document, 'TextZh'),
      details: { textEn },
    },
  ]
}

/** `EPCState`: every receipt of every attempt; the newest attempt's own state where no receipt speaks of it yet. */
function state(document: XmlNode): Receipt[] {
  const receipts = childrenOf(childOf(document, 'Receipts'), 'EPCReceipt')
  const message = textOf(document, 'MessageId')
  const newestSpoken = receipts.some((one) => textOf(one, 'MessageId') === message)
  return [...receipts.map(receipt), ...(newestSpoken ? [] : [said(document, 'OccurredAt')])]
}

/** Who it is about, what it means, in whose words, and when it was said. */
function said(document: XmlNode, timeElement: string): Receipt {
  const code = textOf(document, 'Status')
  const time = textOf(document, timeElement)
  const references = referencesIn(document)
  if (references.length === 0 || code === '') throw new Unintelligible('A receipt without OurReference or Status')
  return {
    references,
    ...(Object.hasOwn(statuses, code) ? statuses[code] : {}),
    code,
    text: textOf(document, 'TextZh'),
    ...(isInstant(time) ? { at: time } : {}),
  }
}

/** The names of the filing. The trader's own reference names the declaration, and all its filings alike: it finds none. */
const referencesIn = (document: XmlNode): Reference[] =>
  [
    { scheme: 'filing', value: textOf(document, 'OurReference') },
    { scheme: 'message', value: textOf(document, 'MessageId') },
    { scheme: 'clearance-number', value: textOf(document, 'ClearanceNumber') },
    { scheme: 'change-number', value: textOf(document, 'ChangeNumber') },
  ].filter(({ value }) => value !== '')

const isInstant = (time: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(time) && !Number.isNaN(Date.parse(time))

const isEmpty = (node: XmlNode) => Object.keys(node).length === 0

/** An element's own values under lowerCamelCase names. */
const plain = (node: XmlNode) =>
  Object.fromEntries(
    Object.keys(node).map((name) => [name.charAt(0).toLowerCase() + name.slice(1), textOf(node, name)]),
  )
