import { alpha3Of } from '../../schemas/codes/concordance.ts'
import { findCode } from '../../schemas/codes/index.ts'
import { group, many, matches, may, must, number, oneOf, upTo } from './shape.ts'

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

export const message = group({
  '@version': must(oneOf('1.0')),
  EPCMessageHeader: group(header),
  EPCRequestBody: group({
    Procedure: must(oneOf('departure', 'arrival')),
    PortCall: group(portCall),
    PersonsOnBoard: group({
      CrewMember: many(group(crewMember), 1, 500),
      Passenger: many(group(passenger), 0, 5000),
    }),
  }),
})

export type Message = ReturnType<typeof message.read>
export type Body = Message['EPCRequestBody']
export type PortCall = Body['PortCall']
export type Person = Body['PersonsOnBoard']['CrewMember' | 'Passenger'][number]
