/** The kinds of messages the window takes, by the element they come in. */
import {
  certificateCancellationShape,
  certificateShape,
  inPaymentAmendmentShape,
  inPaymentCancellationShape,
  inPaymentShape,
  outwardAmendmentShape,
  outwardCancellationShape,
  outwardShape,
  type Shape,
} from './shapes.ts'
import type { Family, MessageFamily } from './tables.ts'
import { type Element, textAt } from './xml.ts'

/** What a message asks for: the outcome table's word. */
export type What = 'permit' | 'amendment' | 'cancellation' | 'origin-certificate'

/** One kind of message. */
export interface Kind {
  readonly what: What
  readonly family: MessageFamily
  /** Of the declaration inside. */
  readonly declares?: Family
  readonly shape: Shape
}

export const namespace = (name: string) => `urn:crimsonlogic:tn:schema:xsd:${name}`
/** The elements a message may be, by name and update indicator. */
const kinds: { readonly [element: string]: Kind & { readonly namespace: string } } = {
  InPaymentDeclaration: {
    what: 'permit',
    family: 'IPTDEC',
    declares: 'IPTDEC',
    shape: inPaymentShape,
    namespace: namespace('InPayment'),
  },
  OutwardDeclaration: {
    what: 'permit',
    family: 'OUTDEC',
    declares: 'OUTDEC',
    shape: outwardShape,
    namespace: namespace('OutwardDeclaration'),
  },
  InPaymentUpdate: {
    what: 'amendment',
    family: 'IPTUPD',
    declares: 'IPTDEC',
    shape: inPaymentAmendmentShape,
    namespace: namespace('InPayment'),
  },
  OutwardUpdate: {
    what: 'amendment',
    family: 'OUTUPD',
    declares: 'OUTDEC',
    shape: outwardAmendmentShape,
    namespace: namespace('OutwardDeclaration'),
  },
  'InPaymentUpdate CNL': {
    what: 'cancellation',
    family: 'IPTUPD',
    shape: inPaymentCancellationShape,
    namespace: namespace('InPayment'),
  },
  'OutwardUpdate CNL': {
    what: 'cancellation',
    family: 'OUTUPD',
    shape: outwardCancellationShape,
    namespace: namespace('OutwardDeclaration'),
  },
  CertificateOfOriginDeclaration: {
    what: 'origin-certificate',
    family: 'COODEC',
    shape: certificateShape,
    namespace: namespace('CertificateOfOrigin'),
  },
  'CertificateOfOriginUpdate CNL': {
    what: 'cancellation',
    family: 'COOUPD',
    shape: certificateCancellationShape,
    namespace: namespace('CertificateOfOrigin'),
  },
}

/** The kind of a message, by the element it holds. */
export function kindOf(content: Element | undefined): (typeof kinds)[string] | undefined {
  const cancels = textAt(content, 'Header/UpdateIndicator') === 'CNL' ? ' CNL' : ''
  const name = `${content?.name ?? ''}${cancels}`
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined
}
