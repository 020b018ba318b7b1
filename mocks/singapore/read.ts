/** Reads what declarants send: the envelope at once, the declaration when it is processed. */
import { type Certificate, certificateOf } from './certificate.ts'
import { type Kind, kindOf, namespace } from './kinds.ts'
import { type Misfit, misfits, type Shape } from './shapes.ts'
import type { Family, MessageFamily } from './tables.ts'
import { all, at, type Element, readXml, textAt, Unreadable } from './xml.ts'

/** The numbers of a message. */
export interface Numbers {
  readonly instanceIdentifier: string
  readonly ourReference: string
  readonly traderReference: string
}

/** A unique reference number (URN). */
export interface Urn {
  readonly id: string
  readonly date: string
  readonly sequence: string
}

export interface Value {
  readonly amount: string
  readonly currency: string
}

export interface Item {
  readonly sequence: string
  readonly hsCode: string
  readonly description: string
  readonly quantity: string
  readonly unit: string
  readonly origin: string
  readonly value: Value
  readonly product: string
  readonly gstRate: string
}

/** A status another country gave, which this one recognises by arrangement. */
export interface Operator {
  readonly country: string
  readonly code: string
  readonly validTo: string
  readonly id: string
}

export interface Declaration extends Numbers {
  readonly family: Family
  readonly submittedAt: string
  readonly sender: string
  readonly messageReference: string
  readonly urn: Urn
  readonly declarationType: string
  readonly packing: string
  readonly releaseLocation: string
  readonly transport: {
    readonly mode: string
    readonly name: string
    readonly bill: string
    readonly day: string
    readonly port: string
    readonly destination: string
  }
  readonly containers: readonly string[]
  readonly agent: string
  /** The trader abroad as an authorised economic operator of its country. */
  readonly operator: Operator | undefined
  /** The Singapore trader: importer in, exporter out. */
  readonly trader: string
  readonly foreignCountry: string
  readonly licences: readonly string[]
  readonly invoice: { readonly date: string; readonly term: string; readonly value: Value }
  readonly items: readonly Item[]
  readonly summary: {
    readonly items: string
    readonly value: Value
    readonly grossUnit: string
    readonly gross: string
  }
}

/** What every message says of itself, whatever it is about. */
export interface Head extends Numbers {
  readonly family: MessageFamily
  readonly submittedAt: string
  readonly sender: string
  readonly urn: Urn
  readonly agent: string
}

/** An update: which permit or certificate it is about, and why. */
export interface Update extends Head {
  readonly subject: string
  readonly reasonCode: string
}

export type Message =
  | { readonly what: 'permit'; readonly head: Head; readonly declaration: Declaration }
  | {
      readonly what: 'amendment'
      readonly head: Head
      readonly update: Update
      /** As it is to be. */
      readonly declaration: Declaration
    }
  | { readonly what: 'cancellation'; readonly head: Head; readonly update: Update }
  | { readonly what: 'origin-certificate'; readonly head: Head; readonly certificate: Certificate }

export type Reading =
  | { readonly kind: 'unreadable'; readonly why: string; readonly numbers: Partial<Numbers> }
  | {
      readonly kind: 'malformed'
      readonly what: Message['what']
      readonly head: Head
      readonly misfits: readonly Misfit[]
    }
  | { readonly kind: 'read'; readonly message: Message }

const envelopeShape: Shape = [
  { name: 'MessageVersion', least: 1, most: 1, holds: /^041$/ },
  { name: 'SenderID', least: 1, most: 1, holds: /^[0-9A-Z]{9,10}$/ },
  { name: 'RecipientID', least: 1, most: 1, holds: /^SGCUSTOMS$/ },
  { name: 'TotalNumberOfDeclaration', least: 1, most: 1, holds: /^1$/ },
]

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
const numberForms: { readonly [name in keyof Numbers]: RegExp } = {
  instanceIdentifier: /^[A-Za-z0-9-]{1,35}$/,
  ourReference: /^[A-Z0-9]{1,20}$/,
  traderReference: /^[^\p{Cc}]{1,36}$/u,
}

export function read(body: string): Reading {
  let root: Element
  try {
    root = readXml(body)
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', why: error.message, numbers: {} }
    throw error
  }
  if (root.name !== 'TradenetDeclaration' || root.namespace !== namespace('TradenetDeclaration'))
    return { kind: 'unreadable', why: 'Root element or namespace unknown', numbers: {} }

  const [content, ...more] = at(root, 'InboundMessage')?.children ?? []
  const kind = kindOf(content)
  if (content === undefined || kind === undefined || more.length > 0 || content.namespace !== kind.namespace)
    return { kind: 'unreadable', why: 'Exactly one declaration of a known family expected', numbers: {} }

  const numbers = numbersOf(root, content)
  const { instanceIdentifier, ourReference, traderReference } = numbers
  const submittedAt = root.attributes.dateTime ?? ''
  if (instanceIdentifier === undefined || ourReference === undefined || traderReference === undefined)
    return { kind: 'unreadable', why: 'Reference fields missing or of wrong format', numbers }
  if (!instant.test(submittedAt) || Number.isNaN(Date.parse(submittedAt)))
    return { kind: 'unreadable', why: 'dateTime missing or of wrong format', numbers }

  const envelope = { ...root, children: root.children.filter(({ name }) => name !== 'InboundMessage') }
  const found = [...misfits(envelope, envelopeShape), ...misfits(content, kind.shape)]
  const head: Head = {
    instanceIdentifier,
    ourReference,
    traderReference,
    submittedAt,
    family: kind.family,
    sender: textAt(root, 'SenderID'),
    urn: urnOf(content),
    agent: textAt(content, 'Party/DeclaringAgentParty/ID'),
  }
  return found.length > 0
    ? { kind: 'malformed', what: kind.what, head, misfits: found }
    : { kind: 'read', message: messageOf(kind, head, content) }
}

function messageOf({ what, declares }: Kind, head: Head, content: Element): Message {
  if (what === 'origin-certificate') return { what, head, certificate: certificateOf(content, head) }
  const update: Update = {
    ...head,
    subject: textAt(content, 'Header/PermitNumber') || textAt(content, 'Header/CertificateNumber'),
    reasonCode: textAt(content, 'Header/UpdateReason/ReasonCode'),
  }
  if (what === 'cancellation' || declares === undefined) return { what: 'cancellation', head, update }
  const declaration = declarationOf(head, content, declares)
  return what === 'permit' ? { what, head, declaration } : { what, head, update, declaration }
}

function numbersOf(root: Element, content: Element): Partial<Numbers> {
  const given: Numbers = {
    instanceIdentifier: root.attributes.instanceIdentifier ?? '',
    ourReference: textAt(content, 'Header/CommonAccessReference'),
    traderReference: textAt(content, 'Header/TraderReference'),
  }
  const good = Object.entries(given).filter(([name, text]) => numberForms[name as keyof Numbers].test(text as string))
  return Object.fromEntries(good) as Partial<Numbers>
}

function urnOf(content: Element): Urn {
  const urn = at(content, 'Header/UniqueReferenceNumber')
  return { id: textAt(urn, 'ID'), date: textAt(urn, 'Date'), sequence: textAt(urn, 'SequenceNumeric') }
}

function valueOf(element: Element | undefined): Value {
  return { amount: element?.text ?? '', currency: element?.attributes.currencyCode ?? '' }
}

function declarationOf(head: Head, content: Element, family: Family): Declaration {
  const inward = family === 'IPTDEC'
  const transport = at(content, inward ? 'Transport/InwardTransport' : 'Transport/OutwardTransport')
  const party = at(content, 'Party')
  const summary = at(content, 'Summary')
  return {
    ...head,
    family,
    // An update carries the reference of its own family.
    messageReference: head.family === family ? textAt(content, 'Header/MessageReference') : family,
    declarationType: textAt(content, 'Header/DeclarationType'),
    packing: textAt(content, 'Cargo/CargoPackingType'),
    releaseLocation: textAt(content, 'Cargo/ReleaseLocation'),
    transport: {
      mode: textAt(transport, 'ModeCode'),
      name: textAt(transport, 'TransportMeansName'),
      bill: textAt(transport, 'MAWBOUCROBLNumber'),
      day: textAt(transport, inward ? 'ArrivalDate' : 'DepartureDate'),
      port: textAt(transport, inward ? 'LoadingPort' : 'DischargePort'),
      destination: textAt(transport, 'FinalDestinationCountry'),
    },
    containers: all(at(content, 'Transport'), 'Container').map((container) => textAt(container, 'ContainerNumber')),
    trader: textAt(party, inward ? 'ImporterParty/ID' : 'ExporterParty/ID'),
    foreignCountry: textAt(party, inward ? 'ExporterParty/CountryCode' : 'ConsigneeParty/CountryCode'),
    operator: operatorOf(content),
    licences: all(content, 'Licence').map((licence) => textAt(licence, 'ReferenceID')),
    invoice: {
      date: textAt(content, 'Invoice/InvoiceDate'),
      term: textAt(content, 'Invoice/TermType'),
      value: valueOf(at(content, 'Invoice/TotalInvoiceValue')),
    },
    items: all(content, 'Item').map(itemOf),
    summary: {
      items: textAt(summary, 'NumberOfItems'),
      value: valueOf(at(summary, 'TotalCIFFOBValue')),
      gross: textAt(summary, 'TotalGrossWeight'),
      grossUnit: at(summary, 'TotalGrossWeight')?.attributes.unitCode ?? '',
    },
  }
}

function operatorOf(content: Element): Operator | undefined {
  const procedure = at(content, 'Header/CustomsProcedure')
  if (procedure === undefined) return undefined
  return {
    country: textAt(procedure, 'ProcessingCode1'),
    code: textAt(procedure, 'ProcessingCode2'),
    validTo: textAt(procedure, 'ValidTo'),
    id: textAt(procedure, 'RecognitionID'),
  }
}

function itemOf(item: Element): Item {
  return {
    sequence: textAt(item, 'ItemSequenceNumeric'),
    hsCode: textAt(item, 'ItemHarmonizedSystemCode'),
    description: textAt(item, 'GoodsDescription'),
    quantity: textAt(item, 'HarmonizedSystemQuantity'),
    unit: at(item, 'HarmonizedSystemQuantity')?.attributes.unitCode ?? '',
    origin: textAt(item, 'OriginCountry'),
    value: valueOf(at(item, 'ItemCIFFOBValue')),
    product: textAt(item, 'CASCProduct/Code'),
    gstRate: textAt(item, 'Tariff/GSTRate'),
  }
}
