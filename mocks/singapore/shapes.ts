/** The shape of a TradeNet declaration: elements in their order, how often, and what each may hold. */
import type { Element } from './xml.ts'

interface Field {
  readonly name: string
  readonly least: 0 | 1
  readonly most: number
  /** What its text matches, or its children in order. */
  readonly holds: RegExp | Shape
  readonly attributes?: { readonly [name: string]: RegExp }
}
export type Shape = readonly Field[]

type Attributes = NonNullable<Field['attributes']>
const one = (name: string, holds: RegExp | Shape, attributes: Attributes = {}): Field => ({
  name,
  least: 1,
  most: 1,
  holds,
  attributes,
})
const maybe = (name: string, holds: RegExp | Shape, attributes: Attributes = {}): Field => ({
  ...one(name, holds, attributes),
  least: 0,
})
const many = (name: string, least: 0 | 1, most: number, holds: RegExp | Shape): Field => ({ name, least, most, holds })
const line = (max: number) => new RegExp(`^[^\\p{Cc}]{1,${max}}$`, 'u')

const day = /^\d{8}$/
const uen = /^[0-9A-Z]{9,10}$/
const alpha2 = /^[A-Z]{2}$/
const port = /^[A-Z]{2}[A-Z2-9]{3}$/
const money = /^(0|[1-9]\d{0,13})\.\d{2}$/
const quantity = /^(0|[1-9]\d{0,13})(\.\d{1,4})?$/
const currency = { currencyCode: /^[A-Z]{3}$/ }
const unit = { unitCode: /^[A-Z0-9]{2,3}$/ }

const permitNumber = /^[A-Z]{2}\d[A-L]\d{6}[A-Z]$/
const names = (reference: RegExp): Shape => [
  one('MessageReference', reference),
  one('UniqueReferenceNumber', [one('ID', uen), one('Date', day), one('SequenceNumeric', /^(?!0000)\d{4}$/)]),
  one('CommonAccessReference', /^[A-Z0-9]{1,20}$/),
  one('TraderReference', line(36)),
]
const remarks = maybe('Remarks', [many('FreeText', 1, 5, line(512))])
const headerOf = (reference: RegExp): Shape => [
  ...names(reference),
  one('DeclarationType', /^[A-Z]{3}$/),
  maybe('DeclarationIndicator', line(3)),
  maybe('PreviousPermitNumber', permitNumber),
  remarks,
]
const header: Shape = [
  ...headerOf(/^(IPTDEC|OUTDEC)$/),
  many('CustomsProcedure', 0, 1, [
    one('Code', /^AEO$/),
    one('ProcessingCode1', alpha2),
    one('ProcessingCode2', /^[0-9A-Z]{10,20}$/),
    one('ValidTo', day),
    one('RecognitionID', /^[A-Z0-9]{1,20}$/),
  ]),
]

const cargo: Shape = [
  one('CargoPackingType', /^[59]$/),
  one('ReleaseLocation', /^(CZ|PPZ|CW|O)$/),
  one('ReceiptLocation', /^(CZ|PPZ|CW|O)$/),
]

const conveyance: Shape = [
  one('ModeCode', /^[1-4]$/),
  one('ConveyanceReferenceNumber', line(17)),
  maybe('TransportMeansName', line(35)),
  maybe('MAWBOUCROBLNumber', line(35)),
]
const container = many('Container', 0, 99, [one('ContainerNumber', /^[A-Z]{4}\d{7}$/), maybe('SealNumber', line(35))])

const entity: Shape = [one('ID', uen), one('Name', line(140))]
const foreignParty: Shape = [one('Name', line(140)), one('CountryCode', alpha2)]
const ownParties: Shape = [
  one('DeclarantParty', [one('ID', line(17)), one('Name', line(70)), one('Telephone', line(20))]),
  one('DeclaringAgentParty', entity),
]

const itemFields: Shape = [
  one('ItemSequenceNumeric', /^[1-9]\d?$/),
  one('ItemHarmonizedSystemCode', line(18)),
  one('GoodsDescription', line(512)),
  one('HarmonizedSystemQuantity', quantity, unit),
  one('OriginCountry', alpha2),
  one('ItemCIFFOBValue', money, currency),
  maybe('LastSellingPriceValue', money, currency),
  maybe('UnitPriceValue', quantity, currency),
  maybe('CASCProduct', [one('Code', line(17)), one('Quantity', quantity, unit)]),
  maybe('BrandName', line(100)),
  maybe('Model', line(100)),
]

const documents: Shape = [
  many('Licence', 0, 5, [one('ReferenceID', line(35))]),
  many('SupportingDocumentReference', 0, 9, [one('DocumentID', line(35)), one('Filename', line(100))]),
  one('Invoice', [
    one('InvoiceNumber', line(35)),
    one('InvoiceDate', day),
    one('TermType', line(3)),
    one('TotalInvoiceValue', money, currency),
  ]),
]
const summary = one('Summary', [
  one('NumberOfItems', /^[1-9]\d?$/),
  one('TotalCIFFOBValue', money, currency),
  one('TotalOuterPack', /^[1-9]\d{0,7}$/, { unitCode: /^[A-Z0-9]{2}$/ }),
  one('TotalGrossWeight', quantity, unit),
])

const inPayment: Shape = [
  one('Cargo', cargo),
  one('Transport', [
    one('InwardTransport', [...conveyance, one('ArrivalDate', day), one('LoadingPort', port)]),
    container,
  ]),
  one('Party', [...ownParties, one('ImporterParty', entity), one('ExporterParty', foreignParty)]),
  ...documents,
  many('Item', 1, 50, [...itemFields, one('Tariff', [one('GSTRate', /^\d{1,2}\.\d{2}$/)])]),
  summary,
]

const outward: Shape = [
  one('Cargo', cargo),
  one('Transport', [
    one('OutwardTransport', [
      ...conveyance,
      one('DepartureDate', day),
      one('DischargePort', port),
      one('FinalDestinationCountry', alpha2),
    ]),
    container,
  ]),
  one('Party', [...ownParties, one('ExporterParty', entity), one('ConsigneeParty', foreignParty)]),
  ...documents,
  many('Item', 1, 50, itemFields),
  summary,
]

/** In-Payment (IPTDEC): goods come in and GST is due. */
export const inPaymentShape: Shape = [one('Header', header), ...inPayment]
/** Outward (OUTDEC): goods leave Singapore. */
export const outwardShape: Shape = [one('Header', header), ...outward]

const amending = (reference: RegExp): Shape => [
  ...headerOf(reference),
  one('UpdateIndicator', /^AME$/),
  one('PermitNumber', permitNumber),
  one('UpdateReason', [one('Description', line(512))]),
]
/** An amendment (AME): the declaration as it is to be. */
export const inPaymentAmendmentShape: Shape = [one('Header', amending(/^IPTUPD$/)), ...inPayment]
export const outwardAmendmentShape: Shape = [one('Header', amending(/^OUTUPD$/)), ...outward]

/** A cancellation (CNL) of a permit, or of a certificate of origin. */
const cancelling = (reference: RegExp, subject: Field): Shape => [
  one('Header', [
    ...names(reference),
    one('UpdateIndicator', /^CNL$/),
    subject,
    one('UpdateReason', [one('ReasonCode', /^C(0[1-9]|1[0-3])$/), one('Description', line(512))]),
    maybe('ReplacementPermitNumber', permitNumber),
  ]),
  one('Party', ownParties),
]
export const inPaymentCancellationShape = cancelling(/^IPTUPD$/, one('PermitNumber', permitNumber))
export const outwardCancellationShape = cancelling(/^OUTUPD$/, one('PermitNumber', permitNumber))
export const certificateCancellationShape = cancelling(/^COOUPD$/, one('CertificateNumber', line(35)))

const trader: Shape = [maybe('ID', uen), one('Name', line(140)), one('CountryCode', alpha2)]

/** A certificate of origin (COODEC). */
export const certificateShape: Shape = [
  one('Header', [...names(/^COODEC$/), maybe('PermitNumber', permitNumber), remarks]),
  one('Certificate', [
    one('SchemeCode', line(10)),
    one('IssuingCountry', alpha2),
    maybe('CertificateNumber', line(35)),
    maybe('IssuingAuthority', line(70)),
    maybe('IssueDate', day),
    one('IssuedRetroactively', /^[YN]$/),
  ]),
  one('Transport', [
    one('ModeCode', /^[1-4]$/),
    maybe('ConveyanceReferenceNumber', line(17)),
    maybe('TransportMeansName', line(35)),
    one('DepartureDate', day),
    one('LoadingPort', port),
    one('DischargePort', port),
  ]),
  one('Party', [...ownParties, one('ExporterParty', trader), one('ConsigneeParty', trader)]),
  one('Invoice', [one('InvoiceNumber', line(35)), one('InvoiceDate', day)]),
  many('Item', 1, 50, [
    one('ItemSequenceNumeric', /^[1-9]\d?$/),
    one('HarmonizedSystemSubheading', /^\d{6}$/),
    one('GoodsDescription', line(512)),
    one('OriginCriterion', line(10)),
    maybe('RegionalValueContent', /^(100|[1-9]?\d)(\.\d{1,2})?$/),
    one('OriginCountry', alpha2),
    one('HarmonizedSystemQuantity', quantity, unit),
    maybe('ItemFOBValue', money, currency),
  ]),
  one('Summary', [
    one('NumberOfItems', /^[1-9]\d?$/),
    one('TotalOuterPack', /^[1-9]\d{0,7}$/, { unitCode: /^[A-Z0-9]{2}$/ }),
    one('TotalGrossWeight', quantity, unit),
  ]),
]

/** Where a declaration leaves its shape. `E20001` is missing, stray or out of order, `E20002` a wrong format. */
export interface Misfit {
  readonly code: 'E20001' | 'E20002'
  readonly path: string
}

/** Every place where an element's content leaves its shape. */
export function misfits(element: Element, shape: Shape, path = ''): Misfit[] {
  const places = element.children.map(({ name }) => shape.findIndex((field) => field.name === name))
  const wrongPlaces = element.children
    .filter((_, index) => {
      const place = places[index] ?? -1
      return place < 0 || places.slice(0, index).some((before) => before > place)
    })
    .map(({ name }) => ({ code: 'E20001' as const, path: `${path}${name}` }))
  return [...wrongPlaces, ...shape.flatMap((field) => fieldMisfits(element, field, path))]
}

function fieldMisfits(parent: Element, field: Field, path: string): Misfit[] {
  const found = parent.children.filter(({ name }) => name === field.name)
  const here = `${path}${field.name}`
  if (found.length < field.least || found.length > field.most) return [{ code: 'E20001', path: here }]
  return found.flatMap((element, index) => {
    const place = field.most > 1 ? `${here}[${index + 1}]` : here
    const wrongAttributes = Object.entries(field.attributes ?? {})
      .filter(([name, form]) => !form.test(element.attributes[name] ?? ''))
      .map(([name]) => ({ code: 'E20002' as const, path: `${place}/@${name}` }))
    if (!(field.holds instanceof RegExp)) return [...wrongAttributes, ...misfits(element, field.holds, `${place}/`)]
    const isWrong = element.children.length > 0 || !field.holds.test(element.text)
    return isWrong ? [{ code: 'E20002', path: place }, ...wrongAttributes] : wrongAttributes
  })
}
