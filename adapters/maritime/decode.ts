import type { Receipt, Reference } from '../../schemas/receipt.ts'
import { type Reply, Unintelligible } from '../adapter.ts'
import { fromShanghai } from '../instants.ts'
import { childOf, childrenOf, readXml, rootOf, textOf, type XmlNode } from '../xml.ts'
import { approvalSchemes, refusals, statuses } from './codes.ts'

/** The office's documents by their root. Source: specification §7. */
const documents: { readonly [root: string]: (document: XmlNode) => Receipt[] } = {
  MaritimeAcknowledgement: (document) => [said(document, 'ReceivedAt')],
  MaritimeReceipt: (document) => [receipt(document)],
  MaritimeRefusal: refusal,
  MaritimeState: state,
}

/**
 * The receipts 回执 in an answer or a pushed document.
 * @throws {Unintelligible} not a document of the maritime office
 */
export function decode(reply: Reply): Receipt[] {
  const document = readXml(reply.body, Object.keys(documents))
  const root = rootOf(document)
  return documents[root]?.(childOf(document, root)) ?? []
}

/** `MaritimeReceipt`: a decision, or a step to it. */
function receipt(document: XmlNode): Receipt {
  const openings = childrenOf(document, 'BoxOpening')
  const errors = childrenOf(childOf(document, 'Errors'), 'Error')
  const from = fromShanghai(textOf(document, 'ValidFrom'))
  const until = fromShanghai(textOf(document, 'ValidUntil'))
  const changed = childOf(document, 'Changed')
  const recognised = childrenOf(childOf(document, 'Recognised'), 'ResultId').map((one) => textOf(one, '#text'))
  return {
    ...said(document, 'OccurredAt'),
    ...(recognised.length > 0 ? { recognised } : {}), // 采信的互认结果
    details: {
      receiptId: textOf(document, 'ReceiptId'),
      textEn: textOf(document, 'TextEn'),
      ...(from === undefined ? {} : { validFrom: from }), // 有效期起
      ...(until === undefined ? {} : { validUntil: until }), // 有效期至
      ...(Object.keys(changed).length > 0 ? { changed: plain(changed) } : {}), // 所变更的申报
      ...(openings.length > 0 ? { boxOpenings: openings.map(boxOpening) } : {}), // 开箱检查
      ...(errors.length > 0 ? { errors: errors.map(plain) } : {}), // 不予理由
    },
  }
}

function boxOpening(opening: XmlNode) {
  const at = fromShanghai(textOf(opening, 'At'))
  return {
    ...plain(opening),
    ...(at === undefined ? {} : { at }),
    containerNumbers: childrenOf(opening, 'ContainerNumber').map((one) => textOf(one, '#text')),
  }
}

/** `MaritimeRefusal`: nothing was taken in. Without a name of the filing it is no answer to any, but a fault of ours. */
function refusal(document: XmlNode): Receipt[] {
  const code = textOf(document, 'Code')
  const textEn = textOf(document, 'TextEn')
  if (code === refusals.unknownHere) return []
  const references = referencesIn(document)
  if (references.length === 0)
    throw new Unintelligible(`The maritime office could not read our document: ${code} ${textEn}`)
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

/** `MaritimeState`: every receipt of every attempt; the newest attempt's own state where no receipt speaks of it yet. */
function state(document: XmlNode): Receipt[] {
  const receipts = childrenOf(childOf(document, 'Receipts'), 'MaritimeReceipt')
  const message = textOf(document, 'MessageId')
  const newestSpoken = receipts.some((one) => textOf(one, 'MessageId') === message)
  return [...receipts.map(receipt), ...(newestSpoken ? [] : [said(document, 'OccurredAt')])]
}

/** Who it is about, what it means, in whose words, and when it was said. */
function said(document: XmlNode, timeElement: string): Receipt {
  const code = textOf(document, 'Status')
  const at = fromShanghai(textOf(document, timeElement))
  const references = referencesIn(document)
  if (references.length === 0 || code === '') throw new Unintelligible('A receipt without OurReference or Status')
  return {
    references,
    ...(Object.hasOwn(statuses, code) ? statuses[code] : {}),
    code,
    text: textOf(document, 'TextZh'),
    ...(at === undefined ? {} : { at }),
  }
}

/** The names of the filing. The trader's own reference names the declaration, and all its filings alike: it finds none. */
const referencesIn = (document: XmlNode): Reference[] =>
  [
    { scheme: 'filing', value: textOf(document, 'OurReference') },
    { scheme: 'message', value: textOf(document, 'MessageId') },
    { scheme: 'receipt-number', value: textOf(document, 'ReceiptNumber') }, // 进出港报告编号
    { scheme: 'acceptance-number', value: textOf(document, 'AcceptanceNumber') }, // 受理编号
    { scheme: approvalScheme(textOf(document, 'Procedure')), value: textOf(document, 'ApprovalNumber') }, // 批准编号
    { scheme: 'permit-number', value: textOf(document, 'PermitNumber') }, // 出口岸许可证编号
    { scheme: 'change-number', value: textOf(document, 'ChangeNumber') }, // 变更编号
  ].filter(({ value }) => value !== '')

const approvalScheme = (procedure: string) =>
  (Object.hasOwn(approvalSchemes, procedure) ? approvalSchemes[procedure] : undefined) ?? 'approval-number'

/** An element's own values under lowerCamelCase names; containers are listed apart. */
const plain = (node: XmlNode) =>
  Object.fromEntries(
    Object.keys(node)
      .filter((name) => name !== 'ContainerNumber')
      .map((name) => [name.charAt(0).toLowerCase() + name.slice(1), textOf(node, name)]),
  )
