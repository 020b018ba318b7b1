import type { Declaration } from '../../schemas/declaration/index.ts'
import { internationalLeg, type PlacedLeg } from '../../schemas/declaration/journey.ts'
import { hasImoCheckDigit } from '../../schemas/formats.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { compactDay } from '../instants.ts'
import { conveyanceTypes, isImoNumber } from './codes.ts'
import { type BorderProcedure, encode } from './encode.ts'
import type { Particulars, Person } from './particulars.ts'

/** Longest voyage, train or flight number. Source: specification §3. */
const voyageLength = 17

/** Largest document in bytes. Source: specification §1. */
const documentBytes = 1024 * 1024

/** So many persons cannot outgrow it: each has some 850 characters of free text, six bytes each when escaped, and its tags: below 10 KB. */
const fewPersons = 100

export const report = (at: string, code: string, en: string, zh: string): Issue => issue(at, code, { en, zh }, 'border')

/** What is not there yet of FAL 1 and FAL 5: the conveyance that crosses the border, its port and its time, its crew. */
export function missing(
  procedure: BorderProcedure,
  declaration: Declaration,
  particulars: Particulars | undefined,
): Issue[] {
  const placed = internationalLeg(declaration)
  const crew = particulars?.crew === undefined
  return [
    ...(placed === undefined ? [] : missingOfLeg(procedure, placed)),
    ...(crew
      ? [
          report(
            `/particulars/border/${procedure}/crew`,
            'missing',
            'The crew list (FAL 5) is missing',
            '缺少船员/乘务员名单（FAL 5）',
          ),
        ]
      : []),
  ]
}

function missingOfLeg(procedure: BorderProcedure, { leg, pointer }: PlacedLeg): Issue[] {
  const type = conveyanceTypes[leg.modeCode]
  const time = procedure === 'departure' ? 'departureDateTime' : 'arrivalDateTime'
  const { conveyance } = leg
  const rows: readonly [is: boolean, below: string, en: string, zh: string][] = [
    [type === undefined, 'modeCode', 'Name the mode that crosses the border', '须填明跨境段的实际运输方式'],
    [conveyance === undefined, 'conveyance', 'The conveyance that crosses the border', '缺少跨境运输工具'],
    [
      conveyance !== undefined && conveyance.id === undefined,
      'conveyance/id',
      'The IMO number, train number, registration or plate of the conveyance',
      '缺少运输工具编号（IMO编号/车次/机号/车牌）',
    ],
    [
      conveyance !== undefined && type === 'SHIP' && conveyance.flagCountry === undefined,
      'conveyance/flagCountry',
      'The flag of the ship',
      '缺少船旗国',
    ],
    [leg.voyageNumber === undefined, 'voyageNumber', 'The voyage, train or flight number', '缺少航次/车次/航班号'],
    [leg.from.unLocode === undefined, 'from/unLocode', 'The port it leaves (UN/LOCODE)', '缺少启运口岸代码'],
    [leg.to.unLocode === undefined, 'to/unLocode', 'The port it goes to (UN/LOCODE)', '缺少抵达口岸代码'],
    // A day is not enough: the office takes an instant.
    [
      (leg[time]?.length ?? 0) <= 'yyyy-MM-dd'.length,
      time,
      'The day and time of the crossing, with offset',
      '缺少预计离开/抵达的日期和时间',
    ],
  ]
  return rows.filter(([is]) => is).map(([, below, en, zh]) => report(`${pointer}/${below}`, 'missing', en, zh))
}

/** What border inspection would send back, as far as its clock and registers are not needed. */
export function check(
  procedure: BorderProcedure,
  declaration: Declaration,
  particulars: Particulars,
  spareBytes = 0,
): Issue[] {
  const placed = internationalLeg(declaration)
  if (placed === undefined) return []
  const { leg } = placed
  const travelDay = compactDay(procedure === 'departure' ? leg.departureDateTime : leg.arrivalDateTime)
  const persons = listed(procedure, particulars)
  return [
    ...checkLeg(placed),
    ...persons.flatMap(([at, person]) => checkDocument(at, person, travelDay)),
    ...checkTwice(persons),
    ...checkMaster(procedure, particulars),
    ...(persons.length > fewPersons ? checkSize(procedure, declaration, particulars, documentBytes - spareBytes) : []),
  ]
}

function checkLeg({ leg, pointer }: PlacedLeg): Issue[] {
  const { id = '' } = leg.conveyance ?? {}
  const { voyageNumber = '' } = leg
  return [
    ...(conveyanceTypes[leg.modeCode] === 'SHIP' && isImoNumber(id) && !hasImoCheckDigit(id)
      ? [
          report(
            `${pointer}/conveyance/id`,
            'imo-number-invalid',
            `The check digit of IMO ${id} is wrong (BI-002)`,
            `IMO编号${id}校验码错误（BI-002）`,
          ),
        ]
      : []),
    ...(voyageNumber.length > voyageLength
      ? [
          report(
            `${pointer}/voyageNumber`,
            'too-long',
            `Border inspection takes at most ${voyageLength} characters (BI-002)`,
            `边检航次号最长${voyageLength}个字符（BI-002）`,
          ),
        ]
      : []),
  ]
}

/** All persons on board with their pointers. */
const listed = (
  procedure: BorderProcedure,
  { crew = [], passengers = [] }: Particulars,
): [pointer: string, Person][] => {
  const base = `/particulars/border/${procedure}`
  return [
    ...crew.map((one, at): [string, Person] => [`${base}/crew/${at}`, one]),
    ...passengers.map((one, at): [string, Person] => [`${base}/passengers/${at}`, one]),
  ]
}

const checkDocument = (at: string, { identityDocument }: Person, travelDay: string): Issue[] =>
  compactDay(identityDocument.expiryDate) < travelDay
    ? [
        report(
          `${at}/identityDocument/expiryDate`,
          'document-expired',
          `The document expires on ${identityDocument.expiryDate}, before the journey (BI-103)`,
          `证件于${identityDocument.expiryDate}到期，早于行程日期（BI-103）`,
        ),
      ]
    : []

function checkTwice(persons: readonly [pointer: string, Person][]): Issue[] {
  const first = new Map<string, string>()
  return persons.flatMap(([at, { identityDocument }]) => {
    const key = `${identityDocument.issuingCountry} ${identityDocument.number}`
    const before = first.get(key)
    if (before === undefined) {
      first.set(key, at)
      return []
    }
    const text = [`The same traveller as at ${before} (BI-105)`, `与 ${before} 为同一人（BI-105）`] as const
    return [report(`${at}/identityDocument/number`, 'traveller-repeated', ...text)]
  })
}

function checkMaster(procedure: BorderProcedure, { crew = [] }: Particulars): Issue[] {
  const masters = crew.filter(({ isMaster }) => isMaster === true).length
  return masters === 1
    ? []
    : [
        report(
          `/particulars/border/${procedure}/crew`,
          'master-not-one',
          `Exactly one member of the crew is the master, not ${masters} (BI-204)`,
          `船员名单中应有且仅有一名船长/列车长/机长/驾驶员，现有${masters}名（BI-204）`,
        ),
      ]
}

/** Long passenger lists outgrow the document. Its head is always of one length, so any numbers measure it. */
function checkSize(
  procedure: BorderProcedure,
  declaration: Declaration,
  particulars: Particulars,
  mostBytes: number,
): Issue[] {
  const [reference, instant] = ['0'.repeat(20), '2026-01-01T00:00:00Z']
  const head = { reference, messageId: `${reference}-100`, serial: 1, references: {}, attempt: 100, instant }
  const bytes = new TextEncoder().encode(encode(procedure, { ...head, declaration, particulars }).body).length
  return bytes <= mostBytes
    ? []
    : [
        report(
          `/particulars/border/${procedure}/passengers`,
          'too-large',
          `The document has ${bytes} bytes, border inspection takes ${mostBytes} (BI-905)`,
          `申报报文${bytes}字节，超过边检上限${mostBytes}字节（BI-905）`,
        ),
      ]
}
