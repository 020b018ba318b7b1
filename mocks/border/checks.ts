import { type GroundCode, groundOf } from './codes.ts'
import type { Body, Person } from './message.ts'
import { listDeadlineHours, portsWithoutForeignShips, register } from './parameters.ts'
import type { Fault } from './shape.ts'

type Check = (body: Body, now: number) => Fault[]

const base = '/EPCMessage/EPCRequestBody'
const call = `${base}/PortCall`
const fault = (code: string, location: string): Fault => ({ code, location })
const when = (wrong: boolean, code: string, location: string): Fault[] => (wrong ? [fault(code, location)] : [])

/** Everyone aboard with the list and place they stand in. */
export interface Aboard {
  readonly list: 'CrewMember' | 'Passenger'
  readonly person: Person
  readonly location: string
}

export function everyone(body: Body): Aboard[] {
  const { CrewMember, Passenger } = body.PersonsOnBoard
  const placed = (list: Aboard['list'], persons: readonly Person[]) =>
    persons.map((person, at) => ({ list, person, location: `${base}/PersonsOnBoard/${list}[${at + 1}]` }))
  return [...placed('CrewMember', CrewMember), ...placed('Passenger', Passenger)]
}

/** The instant the border is passed: ETD of a departure, ETA of an arrival; '' when it cannot be read. */
export const passageOf = (body: Body): string => (body.Procedure === 'arrival' ? body.PortCall.ETA : body.PortCall.ETD)

/** The day an instant falls on in Beijing. */
const beijingDay = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)

/** What each kind of conveyance must be known by: one element of each row. */
const knownBy: { readonly [type: string]: readonly (readonly ('Name' | 'ImoNumber' | 'RegistrationId' | 'Flag')[])[] } =
  {
    SHIP: [['Name'], ['ImoNumber', 'RegistrationId'], ['Flag']],
    TRAIN: [['RegistrationId']],
    AIRCRAFT: [['RegistrationId']],
    TRUCK: [['RegistrationId']],
  }

/** BI-001: what only one kind of conveyance, or one direction, must say. */
const conditional: Check = ({ Procedure, PortCall }) => {
  const { Conveyance, LastPort, NextPort, ETA, ETD } = PortCall
  const unnamed = (knownBy[Conveyance.Type] ?? []).filter((ways) => ways.every((way) => Conveyance[way] === ''))
  const due: { readonly [name: string]: string } =
    Procedure === 'arrival'
      ? { LastPort: LastPort.CountryCode, ETA }
      : Procedure === 'departure'
        ? { NextPort: NextPort.CountryCode, ETD }
        : {}
  return [
    ...unnamed.map(([way]) => fault('BI-001', `${call}/Conveyance/${way}`)),
    ...Object.entries(due).flatMap(([name, value]) => when(value === '', 'BI-001', `${call}/${name}`)),
  ]
}

/** BI-002: a place lies in the country it is said to lie in. */
const places: Check = (body) => {
  const { Port, LastPort, NextPort } = body.PortCall
  const ofPersons = body.PersonsOnBoard.Passenger.flatMap(({ EmbarkationPort, DebarkationPort }, at) => [
    { place: EmbarkationPort, location: `${base}/PersonsOnBoard/Passenger[${at + 1}]/EmbarkationPort` },
    { place: DebarkationPort, location: `${base}/PersonsOnBoard/Passenger[${at + 1}]/DebarkationPort` },
  ])
  const all = [
    { place: Port, location: `${call}/Port` },
    { place: LastPort, location: `${call}/LastPort` },
    { place: NextPort, location: `${call}/NextPort` },
    ...ofPersons,
  ]
  return all.flatMap(({ place: { CountryCode, UNLoCode }, location }) =>
    when(CountryCode !== '' && UNLoCode !== '' && !UNLoCode.startsWith(CountryCode), 'BI-002', `${location}/UNLoCode`),
  )
}

/** BI-103: a document that has run out before its holder passes. */
const expired: Check = (body) => {
  const passage = passageOf(body)
  if (passage === '') return []
  const day = beijingDay(passage)
  return everyone(body).flatMap(({ person: { IdDocument }, location }) =>
    when(
      IdDocument.ExpirationDate !== '' && IdDocument.ExpirationDate < day,
      'BI-103',
      `${location}/IdDocument/ExpirationDate`,
    ),
  )
}

/** BI-105: the same document twice aboard, the same sequence number twice in a list. */
const twice: Check = (body) => {
  const seen = new Set<string>()
  const repeated = (key: string) => seen.has(key) || (seen.add(key), false)
  return everyone(body).flatMap(({ list, person: { SequenceNumber, IdDocument }, location }) => {
    const { IssuingNation, IdNumber } = IdDocument
    return [
      ...when(
        IssuingNation !== '' && IdNumber !== '' && repeated(`${IssuingNation} ${IdNumber}`),
        'BI-105',
        `${location}/IdDocument/IdNumber`,
      ),
      ...when(
        SequenceNumber !== '' && repeated(`${list} ${Number(SequenceNumber)}`),
        'BI-105',
        `${location}/SequenceNumber`,
      ),
    ]
  })
}

/** BI-201: lists must lie here some time before the border is passed. */
const late: Check = (body, now) => {
  const passage = passageOf(body)
  const deadline = Date.parse(passage) - listDeadlineHours.value * 3_600_000
  return when(passage !== '' && now > deadline, 'BI-201', `${call}/${body.Procedure === 'arrival' ? 'ETA' : 'ETD'}`)
}

/** BI-202: not every port is open to every conveyance. */
const closedPort: Check = ({ PortCall: { Conveyance, Port } }) => {
  const port = Port.UNLoCode
  const foreignShip = Conveyance.Type === 'SHIP' && Conveyance.Flag !== '' && Conveyance.Flag !== 'CN'
  const upriver = portsWithoutForeignShips.value.some((one) => one === port)
  return when(port !== '' && (!port.startsWith('CN') || (foreignShip && upriver)), 'BI-202', `${call}/Port/UNLoCode`)
}

/** BI-203: FAL 1 says how many stand in FAL 5 and 6. */
const counts: Check = ({ PortCall: { CrewCount, PassengerCount }, PersonsOnBoard: { CrewMember, Passenger } }) => [
  ...when(CrewCount !== '' && Number(CrewCount) !== CrewMember.length, 'BI-203', `${call}/CrewCount`),
  ...when(PassengerCount !== '' && Number(PassengerCount) !== Passenger.length, 'BI-203', `${call}/PassengerCount`),
]

/** BI-204: one person answers for the conveyance. */
const master: Check = ({ PersonsOnBoard: { CrewMember } }) =>
  when(CrewMember.filter(({ Master }) => Master === 'true').length !== 1, 'BI-204', `${base}/PersonsOnBoard`)

const checks: readonly Check[] = [conditional, places, expired, twice, late, closedPort, counts, master]

/** Everything wrong with what could be read of a submission, at the office's clock. */
export const check: Check = (body, now) => checks.flatMap((one) => one(body, now))

/** A person who may not travel, and why. */
export interface Refused extends Aboard {
  readonly code: GroundCode
  readonly ground: string
}

const refuse = (aboard: Aboard, code: GroundCode): Refused => ({ ...aboard, code, ground: groundOf[code] })

/** Persons the register knows by their document: the screening 人员核查 itself. */
export function screen(body: Body): Refused[] {
  return everyone(body).flatMap((aboard) => {
    const code = register[aboard.person.IdDocument.IdNumber]
    return code === undefined ? [] : [refuse(aboard, code)]
  })
}

/** Whom a magic value lets the register hit: a passenger, else a crew member, the master only when alone. */
export function pickOne(body: Body): Refused[] {
  const isMaster = ({ person }: Aboard) => 'Master' in person && person.Master === 'true'
  const [first] = everyone(body).sort((a, b) => rank(a) - rank(b))
  function rank(one: Aboard): number {
    return one.list === 'Passenger' ? 0 : isMaster(one) ? 2 : 1
  }
  return first === undefined ? [] : [refuse(first, 'BI-301')]
}
