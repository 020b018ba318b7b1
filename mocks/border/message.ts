import { alpha3Of } from '../../schemas/codes/concordance.ts'
import { findCode } from '../../schemas/codes/index.ts'
import { type Element, type Fault, type Found, group, many, matches, may, must, number, oneOf, upTo } from './shape.ts'

// The submission 申报报文 as its specification tables it: names, order, required or not, formats.

function isDay(value: string): boolean {
  const at = Date.parse(`${value}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(value)
}
const isInstant = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  isDay(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value))
const isCountry = (value: string): boolean => /^[A-Z]{2}$/.test(value) && alpha3Of(value) !== undefined
const isLocode = matches(/^[A-Z]{2}[A-Z2-9]{3}$/)
const isListedPort = (value: string): boolean =>
  isLocode(value) && (!value.startsWith('CN') || findCode('locations', value) !== undefined)
const isYesOrNo = oneOf('true', 'false')

/** IMO number 船舶识别号: six digits weighted 7 to 2; the last digit of their sum is the seventh. Source: IMO A.1117(30). */
function isImoNumber(value: string): boolean {
  if (!/^\d{7}$/.test(value)) return false
  const sum = [7, 6, 5, 4, 3, 2].reduce((total, weight, at) => total + weight * Number(value.charAt(at)), 0)
  return sum % 10 === Number(value.charAt(6))
}

const place = { Name: may(upTo(70)), CountryCode: must(isCountry), UNLoCode: must(isLocode) }
const distantPlace = { ...place, UNLoCode: may(isLocode) }

/** Head of FAL 1 to 6; readable before anything else is looked at. */
export const header = {
  MessageId: must(matches(/^[A-Za-z0-9-]{1,40}$/)),
  OurReference: must(matches(/^[A-Z0-9]{1,20}$/)),
  TraderReference: must(matches(/^\S{1,36}$/)),
  SentAt: must(isInstant),
}

/** Port call 口岸停靠, FAL 1. */
const portCall = {
  Conveyance: group({
    Type: must(oneOf('SHIP', 'TRAIN', 'AIRCRAFT', 'TRUCK')),
    Name: may(upTo(70)),
    ImoNumber: may(isImoNumber),
    RegistrationId: may(upTo(35)),
    CallSign: may(upTo(10)),
    Flag: may(isCountry),
  }),
  Voyage: must(upTo(32)),
  Port: group({ ...place, UNLoCode: must(isListedPort) }),
  LastPort: group(distantPlace, { optional: true }),
  NextPort: group(distantPlace, { optional: true }),
  ETA: may(isInstant),
  ETD: may(isInstant),
  CrewCount: must(number(5)),
  PassengerCount: must(number(5)),
}

const idDocument = group(
  {
    Type: must(oneOf('PASSPORT', 'MUSTERBOOK', 'RESIDENTIAL_PERMIT', 'PICTURE_ID', 'OTHER')),
    IdNumber: must(matches(/^[A-Z0-9]{4,20}$/), { missing: 'BI-102', wrong: 'BI-102' }),
    IssuingNation: must(isCountry, { missing: 'BI-104' }),
    IssueDate: may(isDay),
    ExpirationDate: must(isDay),
  },
  { missing: 'BI-102' },
)

/** What both lists ask of a person before the rank, and of the document after it. */
const identity = {
  SequenceNumber: must(number(5)),
  Name: group(
    { FamilyName: must(upTo(70), { missing: 'BI-101' }), GivenName: must(upTo(70), { missing: 'BI-101' }) },
    { missing: 'BI-101' },
  ),
  Nationality: must(isCountry),
  Gender: may(oneOf('MALE', 'FEMALE', 'OTHER')),
  DateOfBirth: must(isDay),
  PlaceOfBirth: must(upTo(70)),
  CountryOfBirth: must(isCountry),
}

/** Crew member 船员, FAL 5. */
const crewMember = {
  ...identity,
  RankOrRating: must(upTo(35)),
  Master: may(isYesOrNo),
  IdDocument: idDocument,
  VisaNumber: may(upTo(35)),
  CrewEffects: may(upTo(512)),
}

/** Passenger 旅客, FAL 6. */
const passenger = {
  ...identity,
  IdDocument: idDocument,
  VisaNumber: may(upTo(35)),
  EmbarkationPort: group(place),
  DebarkationPort: group(place),
  Transit: must(isYesOrNo),
}

const persons = group({ CrewMember: many(group(crewMember), 1, 500), Passenger: many(group(passenger), 0, 5000) })
const procedure = must(oneOf('departure', 'arrival'))
const conveyanceAndPersons = { Procedure: procedure, PortCall: group(portCall), PersonsOnBoard: persons }

/** What is changed 变更, why, and who answers questions. */
const change = group({
  OurReference: must(matches(/^[A-Z0-9]{1,20}$/)),
  ClearanceNumber: may(matches(/^BJ\d{14}$/)),
  Reason: must(upTo(512)),
  Contact: group({ Name: must(upTo(70)), Phone: must(matches(/^[0-9+ -]{5,20}$/)) }, { optional: true }),
})

/** A result of another office of the port 互认结果. */
const recognisedResult = group({
  ResultId: must(matches(/^[A-Z0-9]{1,20}$/)),
  Authority: must(matches(/^[a-z]{1,20}$/)),
  Category: must(matches(/^[a-z-]{1,40}$/)),
  Number: must(upTo(64)),
  At: must(isInstant),
  Until: must(isInstant),
  Check: must(matches(/^[a-z-]{1,40}$/)),
})

const messageOf = <T>(body: Element<T>) =>
  group({ '@version': must(oneOf('1.0')), EPCMessageHeader: group(header), EPCRequestBody: body })

/** An original 新增. */
const original = messageOf(
  group({
    MessageFunction: may(oneOf('9')),
    ...conveyanceAndPersons,
    RecognisedResult: many(recognisedResult, 0, 5),
  }),
)
/** A replacement 修改: what is to stand in place of what lies here. */
const replacement = messageOf(group({ MessageFunction: must(oneOf('5')), Change: change, ...conveyanceAndPersons }))
/** A cancellation 撤销. */
const cancellation = messageOf(group({ MessageFunction: must(oneOf('1')), Change: change, Procedure: procedure }))

/** What a cancellation says nothing of. */
const nothing = {
  PortCall: group(portCall, { optional: true }).read([], '', []),
  PersonsOnBoard: { CrewMember: [], Passenger: [] } as ReturnType<typeof persons.read>,
}

/** Reads a message by the form of its function; the codes are those of UN/EDIFACT data element 1225. */
export function readMessage(found: Found, location: string, faults: Fault[]) {
  switch (functionOf(found)) {
    case '5': {
      const { EPCMessageHeader, EPCRequestBody } = replacement.read([found], location, faults)
      return { header: EPCMessageHeader, body: EPCRequestBody, amends: EPCRequestBody.Change }
    }
    case '1': {
      const { EPCMessageHeader, EPCRequestBody } = cancellation.read([found], location, faults)
      return { header: EPCMessageHeader, body: { ...EPCRequestBody, ...nothing }, cancels: EPCRequestBody.Change }
    }
    default: {
      const { EPCMessageHeader, EPCRequestBody } = original.read([found], location, faults)
      return { header: EPCMessageHeader, body: EPCRequestBody }
    }
  }
}

function functionOf(found: Found): string {
  const body = typeof found === 'object' ? [found.EPCRequestBody].flat()[0] : undefined
  const value = typeof body === 'object' ? (body as { readonly [name: string]: unknown }).MessageFunction : undefined
  return typeof value === 'string' ? value.trim() : ''
}

export type Change = ReturnType<typeof change.read>
type Content = ReturnType<typeof original.read>['EPCRequestBody']
export type Body = Pick<Content, 'Procedure' | 'PortCall' | 'PersonsOnBoard'> &
  Partial<Pick<Content, 'RecognisedResult'>>
export type PortCall = Body['PortCall']
export type Person = Body['PersonsOnBoard']['CrewMember' | 'Passenger'][number]
