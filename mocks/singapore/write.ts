/** What the window writes: transaction answers, TradenetResponse documents, the mailbox. */
import { enclosed } from '../enclosed.ts'
import { type FormatError, textOfError } from './checks.ts'
import type { Numbers, Urn } from './read.ts'
import { type ReasonCode, reasons } from './reasons.ts'
import { approvals, type ConditionCode, conditions, type MessageFamily } from './tables.ts'
import { escapeXml, leaf } from './xml.ts'

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const namespace = (name: string) => `urn:crimsonlogic:tn:schema:xsd:${name}`
const customs = 'SGCUSTOMS'

const answerErrors = {
  E10001: 'Message unreadable',
  E10002: 'Instance identifier already used for another message',
  E10003: 'An earlier declaration of this reference is still being processed',
  E10404: 'Reference unknown',
} as const
export type AnswerError = keyof typeof answerErrors

/** What a POST is answered with. */
export function writeTransaction(
  numbers: Partial<Numbers>,
  result: { readonly transactionId: string } | { readonly error: AnswerError; readonly why?: string },
  answeredAt: string,
): string {
  const isTaken = 'transactionId' in result
  const error = isTaken ? '' : leaf('ErrorCode', result.error) + leaf('ErrorDescription', whyOf(result))
  return (
    `${xmlDeclaration}<TransactionResponse xmlns="urn:x-sgwindow:xsd:transaction" dateTime="${answeredAt}">` +
    leaf('TransactionID', isTaken ? result.transactionId : undefined) +
    leaf('CommonAccessReference', numbers.ourReference) +
    leaf('TraderReference', numbers.traderReference) +
    leaf('InstanceIdentifier', numbers.instanceIdentifier) +
    leaf('Status', isTaken ? 'Received' : 'Processing Error') +
    (error === '' ? '' : `<Error>${error}</Error>`) +
    '</TransactionResponse>'
  )
}
const whyOf = ({ error, why }: { error: AnswerError; why?: string }) =>
  why === undefined ? answerErrors[error] : `${answerErrors[error]}: ${why}`

/** What a response can draw on. */
export interface Addressed {
  readonly numbers: Numbers
  readonly family: MessageFamily
  readonly urn: Urn
  readonly transactionId: string
}

export interface Pending {
  readonly agency: string
  readonly item?: string
}
export interface Permit {
  readonly number: string
  readonly validFrom: string
  readonly validTo: string
  readonly caApprovedAt: string | undefined
  readonly approvedAt: string
  readonly conditions: readonly { readonly by: 'SC' | 'CA'; readonly agency: string; readonly code: ConditionCode }[]
  /** The recognised status it relied on. */
  readonly recognised?: string
  /** In SGD, only where GST is due. */
  readonly assessment?: { readonly value: string; readonly gst: string }
}

/** What an update or a certificate's own fate is about. */
export interface Subject {
  readonly kind: 'Permit' | 'Certificate'
  readonly number: string
}

/** What a response says. */
export type Said =
  | { readonly kind: 'status'; readonly status: string; readonly pending?: readonly Pending[] }
  | { readonly kind: 'used'; readonly permitNumber: string; readonly usedAt: string }
  | { readonly kind: 'approved'; readonly permit: Permit; readonly amended?: true }
  | { readonly kind: 'certified'; readonly number: string; readonly acceptedAt: string }
  | { readonly kind: 'taken-back' | 'cancelled'; readonly subject: Subject; readonly cancelledAt: string }
  | { readonly kind: 'query'; readonly reason: ReasonCode; readonly agencies: readonly Pending[] }
  | {
      readonly kind: 'rejected'
      readonly reasons: readonly { readonly reason: ReasonCode; readonly of: Pending }[]
      readonly update?: true
    }
  | { readonly kind: 'error'; readonly errors: readonly FormatError[] }

const isApproval = ({ kind }: Said) => ['approved', 'certified', 'taken-back'].includes(kind)

/** A TradenetResponse element, without XML declaration. */
export function writeResponse(to: Addressed, said: Said, instanceIdentifier: string, dateTime: string): string {
  const { message, status, content } = bodyOf(said)
  const reference = isApproval(said) ? approvals[to.family] : to.family
  const prefix = message === 'StatusMessage' ? '' : 'msg:'
  const opening = prefix === '' ? message : `msg:${message} xmlns:msg="${namespace(message)}"`
  return (
    `<TradenetResponse xmlns="${namespace('TradenetResponse')}" xmlns:cbc="${namespace('CommonBasicComponents-2')}" ` +
    `xmlns:cac="${namespace('CommonAggregateComponents-2')}" dateTime="${dateTime}" ` +
    `instanceIdentifier="${escapeXml(instanceIdentifier)}">` +
    `<cbc:MessageVersion>041</cbc:MessageVersion>${leaf('cbc:SenderID', customs)}${leaf('cbc:RecipientID', to.urn.id)}` +
    `<cbc:TotalNumberOfResponse>1</cbc:TotalNumberOfResponse><OutboundMessage><${opening}>` +
    `${headerOf(to, reference, status)}${content}</${prefix}${message}></OutboundMessage></TradenetResponse>`
  )
}

function headerOf({ numbers, urn, transactionId }: Addressed, reference: string, status: string): string {
  return (
    `<cac:Header>${leaf('cbc:MessageReference', reference)}<cac:UniqueReferenceNumber>${leaf('cbc:ID', urn.id)}` +
    `${leaf('cbc:Date', urn.date)}${leaf('cbc:SequenceNumeric', urn.sequence)}</cac:UniqueReferenceNumber>` +
    leaf('cbc:CommonAccessReference', numbers.ourReference) +
    leaf('cbc:TraderReference', numbers.traderReference) +
    leaf('cbc:OriginalInstanceIdentifier', numbers.instanceIdentifier) +
    `${leaf('cbc:TransactionID', transactionId)}${leaf('cbc:Status', status)}</cac:Header>`
  )
}

const agencyAndItem = ({ agency, item }: Pending, between = '') =>
  leaf('cbc:AgencyCode', agency) + between + leaf('cbc:ItemSequenceNumeric', item)

function bodyOf(said: Said): { message: string; status: string; content: string } {
  switch (said.kind) {
    case 'status': {
      const pending = (said.pending ?? []).map((one) => `<cac:Pending>${agencyAndItem(one)}</cac:Pending>`)
      return { message: 'StatusMessage', status: said.status, content: pending.join('') }
    }
    case 'used': {
      const permit = leaf('cbc:PermitNumber', said.permitNumber) + leaf('cbc:UsedDatetime', said.usedAt)
      return { message: 'StatusMessage', status: 'Permit Used', content: `<cac:Permit>${permit}</cac:Permit>` }
    }
    case 'approved': {
      const status = said.amended === true ? 'Update Approved' : 'Declaration Approved'
      return { message: 'ApprovalMessage', status, content: permitOf(said.permit) }
    }
    case 'certified': {
      const certificate = leaf('cbc:CertificateNumber', said.number) + leaf('cbc:AcceptedDatetime', said.acceptedAt)
      const content = `<cac:Certificate>${certificate}</cac:Certificate>`
      return { message: 'ApprovalMessage', status: 'Certificate of Origin Approved', content }
    }
    case 'taken-back':
      return { message: 'ApprovalMessage', status: 'Cancellation Approved', content: cancelledOf(said) }
    case 'cancelled':
      return { message: 'StatusMessage', status: `${said.subject.kind} Cancelled`, content: cancelledOf(said) }
    case 'query': {
      const queries = said.agencies.map((one) => `<cac:Query>${agencyAndItem(one, reasonOf(said.reason))}</cac:Query>`)
      return { message: 'StatusMessage', status: 'Query', content: queries.join('') }
    }
    case 'rejected': {
      const rejections = said.reasons.map(
        ({ reason, of }) => `<cac:Rejection>${agencyAndItem(of, reasonOf(reason))}</cac:Rejection>`,
      )
      const content = leaf('cbc:RejectionCategory', 'CA/SC REJECT') + rejections.join('')
      const status = said.update === true ? 'Update Rejected' : 'Declaration Rejected'
      return { message: 'RejectionMessage', status, content }
    }
  }
  const errors = said.errors.map(({ code, path }) => {
    const text = leaf('cbc:ErrorCode', code) + leaf('cbc:ErrorDescription', textOfError(code))
    return `<cac:Error>${text}${leaf('cbc:ElementPath', path)}</cac:Error>`
  })
  const content = leaf('cbc:ErrorCategory', 'DCS ERROR') + errors.join('')
  return { message: 'ErrorMessage', status: 'Customs Error message', content }
}

const reasonOf = (reason: ReasonCode) => leaf('cbc:ReasonCode', reason) + leaf('cbc:ReasonDescription', reasons[reason])

function cancelledOf({ subject, cancelledAt }: Said & { kind: 'taken-back' | 'cancelled' }): string {
  const content = leaf(`cbc:${subject.kind}Number`, subject.number) + leaf('cbc:CancellationDatetime', cancelledAt)
  return `<cac:${subject.kind}>${content}</cac:${subject.kind}>`
}

function permitOf(permit: Permit): string {
  const conditionOf = (by: 'SC' | 'CA') =>
    permit.conditions
      .filter((condition) => condition.by === by)
      .map(({ agency, code }) => {
        const text = leaf('cbc:ConditionCode', code) + leaf('cbc:ConditionDescription', conditions[code])
        return `<cac:${by}ApprovalCondition>${leaf('cbc:AgencyCode', agency)}${text}</cac:${by}ApprovalCondition>`
      })
      .join('')
  const { assessment } = permit
  const sgd = (name: string, amount: string) => `<cbc:${name} currencyCode="SGD">${amount}</cbc:${name}>`
  return (
    `<cac:Permit>${leaf('cbc:PermitNumber', permit.number)}<cac:PermitValidityPeriod>` +
    `${leaf('cbc:StartDate', permit.validFrom)}${leaf('cbc:EndDate', permit.validTo)}</cac:PermitValidityPeriod>` +
    leaf('cbc:CAApprovalDatetime', permit.caApprovedAt) +
    leaf('cbc:PermitApprovalDatetime', permit.approvedAt) +
    `${conditionOf('SC')}${conditionOf('CA')}${leaf('cbc:RecognitionID', permit.recognised)}</cac:Permit>` +
    (assessment === undefined
      ? ''
      : `<cac:Assessment>${sgd('CustomsValue', assessment.value)}${sgd('GSTAmount', assessment.gst)}</cac:Assessment>`)
  )
}

/** A page of the mailbox, or the responses to one declaration. */
export function writeMailbox(
  after: number,
  posted: readonly { readonly sequence: number; readonly name: string; readonly body: string }[],
  more: boolean,
): string {
  const responses = posted.map(
    ({ sequence, name, body }) =>
      `<Response sequence="${sequence}" name="${escapeXml(name)}">${enclosed(body)}</Response>`,
  )
  const last = posted.at(-1)?.sequence ?? after
  return (
    `${xmlDeclaration}<ResponseMailbox xmlns="urn:x-sgwindow:xsd:mailbox" after="${after}" last="${last}" more="${more}">` +
    `${responses.join('')}</ResponseMailbox>`
  )
}
