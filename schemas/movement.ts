import * as z from 'zod'
import { containerNumber, country, line, unLocode } from './formats.ts'
import { fails } from './issue.ts'
import {
  type Classifier,
  classifiers,
  documentTypes,
  equipmentCodes,
  facilityTypes,
  type MovementMode,
  movementModes,
  publisherRoles,
  shipmentCodes,
  transportCodes,
} from './movement-codes.ts'
import { issueAnswer } from './problem.ts'

/** Events of goods on their way 物流动态, in the shape of DCSA Track and Trace 3: what tells of an event, and what happened. */

const oneOf = <T extends object>(codes: T) => z.enum(Object.keys(codes) as [keyof T & string, ...(keyof T & string)[]])

/** An instant between 2000 and 2100: what a database, and a person, can do something with. */
const instant = z.iso
  .datetime({ offset: true })
  .refine(
    (text) => /^20\d\d-/.test(text) && !Number.isNaN(Date.parse(text)),
    fails('time-out-of-range', { en: 'An instant between 2000 and 2099', zh: '应为 2000 至 2099 年间的时间' }),
  )
const eventId = z.string().regex(/^[\w.:-]{1,100}$/)

const metadata = z.strictObject({
  eventID: eventId.describe('named by its publisher; the same event sent twice is one'),
  eventCreatedDateTime: instant.describe('when the publisher wrote it down'),
  eventType: z.enum(['SHIPMENT', 'TRANSPORT', 'EQUIPMENT']),
  retractedEventID: eventId
    .optional()
    .describe('an event of the same publisher that this one takes back; it may come before what it takes back'),
  publisher: z
    .strictObject({ partyName: line(100) })
    .optional()
    .describe('its name; who it is, the key tells'),
  publisherRole: oneOf(publisherRoles).optional(),
})

/** A place: a UN/LOCODE, or where there is none (团结村, 果园港) the name with the country. */
const location = z
  .strictObject({
    UNLocationCode: unLocode.optional(),
    locationName: line(100).optional(),
    countryCode: country.optional(),
    facilityName: line(100)
      .optional()
      .describe('a terminal within the place: 果园港, which has no UN/LOCODE, in CNCHQ'),
  })
  .refine(
    ({ UNLocationCode, locationName, countryCode }) =>
      UNLocationCode !== undefined || (locationName !== undefined && countryCode !== undefined),
    fails('place-unnamed', { en: 'A UN/LOCODE, or a name with a country', zh: '应填写 UN/LOCODE，或地名与国家' }),
  )

const transportCall = z.strictObject({
  transportCallReference: line(100).optional(),
  modeOfTransport: oneOf(movementModes),
  location,
  facilityTypeCode: oneOf(facilityTypes).optional(),
  vessel: z
    .strictObject({
      vesselIMONumber: z
        .string()
        .regex(/^\d{7}$/)
        .optional(),
      mmsi: z
        .string()
        .regex(/^\d{9}$/)
        .optional(),
      name: line(50).optional(),
    })
    .optional(),
  exportVoyageNumber: line(32).optional(),
  importVoyageNumber: line(32).optional(),
  railCar: line(35).optional().describe('wagon number 车号'),
  railService: line(35).optional().describe('train number 车次'),
  departureID: line(35).optional().describe('one run of a train 列车开行编号'),
  licensePlate: line(20).optional(),
})
export type TransportCall = z.infer<typeof transportCall>

const payload = z.strictObject({
  eventClassifierCode: oneOf(classifiers),
  eventDateTime: instant,
  transportEventTypeCode: oneOf(transportCodes).optional(),
  equipmentEventTypeCode: oneOf(equipmentCodes).optional(),
  shipmentEventTypeCode: oneOf(shipmentCodes).optional(),
  documentTypeCode: z.enum(documentTypes).optional(),
  documentID: line(100).optional(),
  delayReasonCode: line(10).optional(),
  reason: line(250).optional(),
  remark: line(250).optional(),
  transportCall: transportCall.optional(),
  equipmentReference: containerNumber.optional(),
  ISOEquipmentCode: z
    .string()
    .regex(/^[1-9A-Z]{2}[A-Z][0-9A-Z]$/)
    .optional(),
  emptyIndicatorCode: z.enum(['EMPTY', 'LADEN']).optional(),
  seals: z
    .array(z.strictObject({ number: line(35), source: line(10).optional() }))
    .max(10)
    .optional(),
  documentReferences: z
    .array(z.strictObject({ type: line(10), value: line(100) }))
    .max(20)
    .optional()
    .describe('bills, waybills, bookings the goods travel under'),
})

const codeNeeded = {
  TRANSPORT: 'transportEventTypeCode',
  EQUIPMENT: 'equipmentEventTypeCode',
  SHIPMENT: 'shipmentEventTypeCode',
} as const
/** What each kind of event must say beside its code. */
const saidNeeded = {
  TRANSPORT: ['transportCall'],
  EQUIPMENT: ['equipmentReference'],
  SHIPMENT: ['documentID'],
} as const

/** An event of goods on their way 物流动态. */
export const movement = z
  .strictObject({ metadata, payload: payload.optional() })
  .superRefine(({ metadata: about, payload: said }, context) => {
    const wrong = (path: readonly string[], code: string, en: string, zh: string) =>
      context.addIssue(fails(code, { en, zh }, path))
    if (about.retractedEventID === about.eventID)
      wrong(['metadata', 'retractedEventID'], 'retracts-itself', 'An event cannot take itself back', '不得撤回自身')
    if (said === undefined) {
      if (about.retractedEventID === undefined) wrong(['payload'], 'missing', 'Required, but missing', '必填，但缺少')
      return
    }
    for (const [type, field] of Object.entries(codeNeeded)) {
      const there = said[field] !== undefined
      if (there === (type === about.eventType)) continue
      if (there)
        wrong(['payload', field], 'code-of-another-type', `Not of a ${about.eventType} event`, '与事件类型不符')
      else wrong(['payload', field], 'missing', `A ${type} event has one`, '该类事件必填')
    }
    for (const field of saidNeeded[about.eventType])
      if (said[field] === undefined)
        wrong(['payload', field], 'missing', `A ${about.eventType} event has one`, '该类事件必填')
    if (
      said.eventClassifierCode === 'ACT' &&
      Date.parse(said.eventDateTime) > Date.parse(about.eventCreatedDateTime) + actualAheadMs
    )
      wrong(
        ['payload', 'eventDateTime'],
        'actual-in-future',
        'What has happened cannot be later than when it was written down',
        '实际发生时间不得晚于记录时间',
      )
  })
export type Movement = z.infer<typeof movement>

/** How far an event that has happened may be ahead of its own writing: two clocks of one publisher. */
const actualAheadMs = 300_000

/** One event, or up to a hundred; each is judged by itself, so here they may be anything. */
export const movementsRequest = z.union([
  z.strictObject({ events: z.array(z.unknown()).min(1).max(100) }),
  z.looseObject({ metadata: z.unknown() }),
])
/** The request as it is described. */
export const movementsDescribed = z.union([movement, z.strictObject({ events: z.array(movement).min(1).max(100) })])

/** What became of each event that was sent 逐条结果. */
export const movementsAnswer = z.object({
  results: z.array(
    z.object({
      index: z.int(),
      eventID: z.string().optional(),
      status: z.union([z.literal(201), z.literal(200), z.literal(409), z.literal(422)]),
      result: z
        .enum(['kept', 'known', 'differs', 'refused'])
        .describe('kept; known: it was sent before; differs: another event has this eventID; refused: see errors'),
      errors: z.array(issueAnswer).optional(),
    }),
  ),
})

const bilingual = z.object({ en: z.string(), zh: z.string() })
const moment = z.iso.datetime({ offset: true })
const placeAnswer = z.object({
  unLocode: z.string().optional(),
  name: z.string().optional(),
  countryCode: z.string().optional(),
  facility: z.string().optional(),
})

/** One thing somebody told 一条动态, with who told it and since when it is known. */
export const movementFact = z.object({
  eventID: z.string(),
  publisher: z.string(),
  publisherName: z.string().optional(),
  publisherRole: z.string().optional(),
  eventType: z.enum(['SHIPMENT', 'TRANSPORT', 'EQUIPMENT']),
  classifier: oneOf(classifiers).optional(),
  code: z.string().optional(),
  name: bilingual,
  at: moment.describe('when it happened or is to happen'),
  toldAt: moment.describe('when its publisher wrote it down'),
  knownAt: moment.describe('when it came here'),
  mode: oneOf(movementModes).optional(),
  place: placeAnswer.optional(),
  equipmentReference: z.string().optional(),
  conveyance: z.string().optional(),
  remark: z.string().optional(),
  joinedBy: z.string().optional().describe('document, conveyance, equipment: why it belongs to this declaration'),
  retracts: z.string().optional(),
  retracted: z.object({ by: z.string(), at: moment }).optional().describe('taken back: struck out, and kept'),
})
export type MovementFact = z.infer<typeof movementFact>

const told = z.object({ at: moment, publisher: z.string(), eventID: z.string(), knownAt: moment })
/** When a leg begins or ends: what was declared, planned, estimated, and what happened. */
export const legTimes = z.object({
  declared: z.string().optional(),
  planned: told.optional(),
  estimated: told.optional(),
  actual: told.optional(),
  delayMinutes: z
    .int()
    .optional()
    .describe('the actual, else the newest estimate, against what was declared or planned'),
  disputed: z.boolean().describe('publishers disagree on what happened: all of it stands in `conflicts`'),
})

const conflict = z.object({
  what: bilingual,
  leg: z.int(),
  end: z.enum(['departure', 'arrival']),
  said: z.array(told),
  differenceMinutes: z.int(),
})

/** Where the goods of a declaration are 动态可查、去向可溯、成本可控. */
export const declarationMovements = z.object({
  declarationId: z.string(),
  now: z
    .object({ place: placeAnswer, since: moment, because: movementFact })
    .optional()
    .describe('the last thing that happened; absent while nothing has'),
  from: placeAnswer.describe('where they come from: the first that happened, else as declared'),
  to: placeAnswer.describe('where they go'),
  expectedAt: told
    .extend({ basis: z.enum(['actual', 'estimated', 'planned', 'declared']) })
    .partial()
    .optional(),
  legs: z.array(
    z.object({
      sequence: z.int(),
      mode: z.string(),
      from: placeAnswer,
      to: placeAnswer,
      transportDocumentId: z.string().optional(),
      departure: legTimes,
      arrival: legTimes,
    }),
  ),
  conflicts: z.array(conflict),
  facts: z.array(movementFact).describe('everything that was told, in the order it happened'),
  more: z.boolean().describe('there is more than is shown'),
  waybills: z
    .array(z.object({ number: z.string(), negotiable: z.boolean(), href: z.string() }))
    .describe('single documents the caller is party to'),
  costs: z.object({
    duties: z.array(z.unknown()).describe('as in `costs` of the declaration'),
    portFees: z
      .object({
        currency: z.string(),
        least: z.string(),
        most: z.string().optional(),
        edition: z.int(),
        href: z.string(),
      })
      .optional(),
  }),
})
export type DeclarationMovements = z.infer<typeof declarationMovements>

export type { Classifier, MovementMode }
