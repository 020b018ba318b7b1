import * as z from 'zod'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import { type MailboxDocument, type MailboxPage, type Reply, Unintelligible } from '../adapter.ts'
import { rowOf } from '../tables.ts'
import { childOf, childrenOf, readXml, rootOf, sourcesOf, textOf, type XmlNode } from '../xml.ts'
import { holds, isUpdate, otherContent, statuses, unknownFiling } from './codes.ts'

/**
 * The receipts in an answer of the window, or in a response of its mailbox. The answer to an inquiry is a mailbox of its own.
 * @throws {Unintelligible} none of these, or a document that names no filing
 */
export function decode(reply: Reply): Receipt[] {
  const document = readXml(reply.body, ['TransactionResponse', 'TradenetResponse', 'Response', 'ResponseMailbox'])
  const root = rootOf(document)
  const node = childOf(document, root)
  if (root === 'TransactionResponse') return transactionOf(node)
  if (root === 'ResponseMailbox') return childrenOf(node, 'Response').flatMap(responseOf)
  return root === 'Response' ? responseOf(node) : messagesOf(node)
}

/** A page of the mailbox 信箱. @throws {Unintelligible} it is none */
export function decodeMailbox(reply: Reply): MailboxPage {
  const cursor = textOf(readXml(reply.body, 'ResponseMailbox'), 'ResponseMailbox', '@last')
  if (!/^\d+$/.test(cursor)) throw new Unintelligible('The mailbox does not say where its next page starts')
  return { documents: sourcesOf(reply.body, 'Response').map(documentOf), cursor }
}

/** One response as it lay in the mailbox. Nonsense in one does not close the mailbox for the others. */
function documentOf(body: string): MailboxDocument {
  const contentType = 'application/xml; charset=utf-8'
  const response = childOf(readXml(body, 'Response'), 'Response')
  const name = textOf(response, '@name')
  try {
    return { name, contentType, body, receipts: responseOf(response) }
  } catch (error) {
    if (!(error instanceof Unintelligible)) throw error
    return { name, contentType, body, unintelligible: error.message, receipts: [] }
  }
}

const responseOf = (response: XmlNode): Receipt[] => messagesOf(childOf(response, 'TradenetResponse'))

/** First answer 接收回执: taken for processing, or why not. */
function transactionOf(answer: XmlNode): Receipt[] {
  const status = textOf(answer, 'Status')
  const error = textOf(answer, 'Error', 'ErrorCode')
  if (status === '') throw new Unintelligible('An answer without a status')
  if (error === unknownFiling) return []
  return [
    {
      references: referencesOf({
        filing: textOf(answer, 'CommonAccessReference'),
        message: textOf(answer, 'InstanceIdentifier'),
        'transaction-number': textOf(answer, 'TransactionID'),
      }),
      ...(error === otherContent ? {} : statusOf('TransactionResponse', status)),
      code: error || status,
      text: textOf(answer, 'Error', 'ErrorDescription') || status,
      ...timeOf(textOf(answer, '@dateTime')),
    },
  ]
}

/** The messages of a TradenetResponse 新加坡单一窗口回执; there is one in practice. */
function messagesOf(response: XmlNode): Receipt[] {
  const outbound = childOf(response, 'OutboundMessage')
  const messages = Object.keys(outbound).flatMap((kind) =>
    childrenOf(outbound, kind).map((message) => ({ kind, message })),
  )
  if (messages.length === 0) throw new Unintelligible('A response without a message')
  return messages.map(({ kind, message }) => messageOf(kind, message, textOf(response, '@dateTime')))
}

/** One message: a status, an approval, a decision against, or a fault of format. The code of a refusal tells which of the two. */
function messageOf(kind: string, message: XmlNode, at: string): Receipt {
  const header = childOf(message, 'Header')
  const status = textOf(header, 'Status')
  // Of an update the permit or certificate it is about is told, and no name of its own.
  const own = !isUpdate(textOf(header, 'MessageReference'))
  const category = textOf(message, 'RejectionCategory') || textOf(message, 'ErrorCategory')
  const faults = [
    ...['Rejection', 'Query'].flatMap((kind) => childrenOf(message, kind).map(rejectionOf)),
    ...childrenOf(message, 'Error').map(errorOf),
  ]
  const urn = ['ID', 'Date', 'SequenceNumeric'].map((part) => textOf(header, 'UniqueReferenceNumber', part))
  if (status === '') throw new Unintelligible('A message without a status')
  return {
    references: referencesOf({
      filing: textOf(header, 'CommonAccessReference'),
      message: textOf(header, 'OriginalInstanceIdentifier'),
      'transaction-number': textOf(header, 'TransactionID'),
      'unique-reference-number': urn.every((part) => part !== '') ? urn.join('-') : '',
      'permit-number': own ? textOf(message, 'Permit', 'PermitNumber') : '',
      'certificate-number': own ? textOf(message, 'Certificate', 'CertificateNumber') : '',
    }),
    ...statusOf(kind, status),
    ...rowOf(holds, status),
    code: category || status,
    text: faults.map(({ text }) => text).join('; ') || status,
    ...timeOf(at),
    ...recognisedIn(message),
    ...detailsOf(message, faults, own),
  }
}

/** Results a decision relied on 采信的互认结果. */
function recognisedIn(message: XmlNode): Pick<Receipt, 'recognised'> {
  const id = textOf(message, 'Permit', 'RecognitionID')
  return id === '' ? {} : { recognised: [id] }
}

const statusOf = (kind: string, status: string) => {
  const brings = rowOf(statuses[kind] ?? {}, status)
  return brings === undefined ? {} : { status: brings }
}

interface Fault {
  readonly agency?: string
  readonly code: string
  readonly text: string
  readonly item?: string
  readonly element?: string
}

/** A decision against 不批准: which agency, why, which item. */
const rejectionOf = (rejection: XmlNode): Fault => ({
  agency: textOf(rejection, 'AgencyCode'),
  code: textOf(rejection, 'ReasonCode'),
  text: textOf(rejection, 'ReasonDescription'),
  ...optional('item', textOf(rejection, 'ItemSequenceNumeric')),
})

/** A fault of format 格式错误 and the element it lies in. */
const errorOf = (error: XmlNode): Fault => ({
  code: textOf(error, 'ErrorCode'),
  text: textOf(error, 'ErrorDescription'),
  ...optional('element', textOf(error, 'ElementPath')),
})

const optional = (name: string, value: string): { readonly [name: string]: string } =>
  value === '' ? {} : { [name]: value }

/** What a person wants to read of a message: permit and conditions, tax, who is deciding, what was wrong. */
function detailsOf(message: XmlNode, faults: readonly Fault[], own: boolean): Pick<Receipt, 'details'> {
  const permit = childOf(message, 'Permit')
  const certificate = childOf(message, 'Certificate')
  const conditions = (['SC', 'CA'] as const).flatMap((by) =>
    childrenOf(permit, `${by}ApprovalCondition`).map((condition) => ({
      by,
      agency: textOf(condition, 'AgencyCode'),
      code: textOf(condition, 'ConditionCode'),
      text: textOf(condition, 'ConditionDescription'),
    })),
  )
  const pending = childrenOf(message, 'Pending').map((one) => ({
    agency: textOf(one, 'AgencyCode'),
    ...optional('item', textOf(one, 'ItemSequenceNumeric')),
  }))
  const assessment = childOf(message, 'Assessment')
  const details = {
    ...(own ? {} : optional('permitNumber', textOf(permit, 'PermitNumber'))),
    ...(own ? {} : optional('certificateNumber', textOf(certificate, 'CertificateNumber'))),
    ...optional('acceptedAt', textOf(certificate, 'AcceptedDatetime')),
    ...optional('cancelledAt', textOf(permit, 'CancellationDatetime') || textOf(certificate, 'CancellationDatetime')),
    ...optional('validFrom', textOf(permit, 'PermitValidityPeriod', 'StartDate')),
    ...optional('validTo', textOf(permit, 'PermitValidityPeriod', 'EndDate')),
    ...optional('usedAt', textOf(permit, 'UsedDatetime')),
    ...optional('customsValue', textOf(assessment, 'CustomsValue')),
    ...optional('gst', textOf(assessment, 'GSTAmount')),
    ...optional('currency', textOf(assessment, 'GSTAmount', '@currencyCode')),
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(pending.length > 0 ? { pending } : {}),
    ...(faults.length > 0 ? { faults } : {}),
  }
  return Object.keys(details).length > 0 ? { details } : {}
}

function referencesOf(named: { readonly [scheme: string]: string }): Reference[] {
  const references = Object.entries(named).flatMap(([scheme, value]) => (value === '' ? [] : [{ scheme, value }]))
  if (references.length === 0) throw new Unintelligible('The document names no filing')
  return references
}

const withOffset = z.iso.datetime({ offset: true })
const timeOf = (at: string) => (withOffset.safeParse(at).success ? { at } : {})
