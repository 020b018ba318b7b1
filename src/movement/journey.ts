import type { Leg, Place } from '../../schemas/declaration/consignment.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { DeclarationMovements, MovementFact } from '../../schemas/movement.ts'
import { movementModes } from '../../schemas/movement-codes.ts'
import { limits } from '../limits.ts'
import { hasHappened, movesGoods, type ShownPlace } from './facts.ts'

type ShownLeg = DeclarationMovements['legs'][number]
type LegTimes = ShownLeg['departure']
type Told = NonNullable<LegTimes['actual']>
type Conflict = DeclarationMovements['conflicts'][number]

/** Where goods are on their journey 在途状态: what was declared, planned and estimated, and what happened, leg by leg. */
export function journeyOf(
  declaration: Declaration,
  facts: readonly MovementFact[],
): Pick<DeclarationMovements, 'now' | 'from' | 'to' | 'expectedAt' | 'legs' | 'conflicts'> {
  const { legs } = declaration.goodsShipment.consignment
  const ends = legs.map((leg, at) => ({
    leg,
    at,
    departure: timesOf(leg.departureDateTime, factsAt(facts, leg, 'departure')),
    arrival: timesOf(leg.arrivalDateTime, factsAt(facts, leg, 'arrival')),
  }))
  const moved = facts.filter((fact) => hasHappened(fact) && movesGoods(fact) && fact.place !== undefined)
  const last = moved.at(-1)
  const arrival = ends.at(-1)?.arrival.times
  const expectedAt = arrival === undefined ? undefined : expectedOf(arrival)
  return {
    ...(last?.place === undefined ? {} : { now: { place: last.place, since: last.at, because: last } }),
    from: moved[0]?.place ?? shownPlace(legs[0]?.from),
    to: shownPlace(legs.at(-1)?.to),
    ...(expectedAt === undefined ? {} : { expectedAt }),
    legs: ends.map(({ leg, at, departure, arrival }) => ({
      sequence: at + 1,
      mode: modeOf(leg) ?? leg.modeCode,
      from: shownPlace(leg.from),
      to: shownPlace(leg.to),
      ...(leg.transportDocumentId === undefined ? {} : { transportDocumentId: leg.transportDocumentId }),
      departure: departure.times,
      arrival: arrival.times,
    })),
    conflicts: ends.flatMap(({ leg, at, departure, arrival }) => [
      ...conflictOf(departure.actuals, leg.from, at + 1, 'departure'),
      ...conflictOf(arrival.actuals, leg.to, at + 1, 'arrival'),
    ]),
  }
}

/** A mode of a leg in the words of events; undefined for those no event has (air, mail). */
const modeOf = ({ modeCode }: Pick<Leg, 'modeCode'>): string | undefined =>
  Object.entries(movementModes).find(([, { leg }]) => leg === modeCode)?.[0]

const shownPlace = (place: Place | undefined): ShownPlace => ({
  ...(place?.unLocode === undefined ? {} : { unLocode: place.unLocode }),
  ...(place?.countryCode === undefined ? {} : { countryCode: place.countryCode }),
  ...(place?.terminal === undefined ? {} : { facility: place.terminal }),
})

/** What a conveyance does at the two ends of a leg. */
const codesAt = { departure: 'DEPA', arrival: 'ARRI' } as const

/** What was told of one end of a leg, by whomever, and not taken back. */
function factsAt(facts: readonly MovementFact[], leg: Leg, end: keyof typeof codesAt): MovementFact[] {
  const place = end === 'departure' ? leg.from : leg.to
  const mode = modeOf(leg)
  return facts.filter(
    (fact) =>
      fact.retracted === undefined &&
      fact.code === codesAt[end] &&
      fact.mode === mode &&
      fact.place !== undefined &&
      samePlace(fact.place, place),
  )
}

/** The UN/LOCODE decides where both have one; else country and name of the terminal. */
function samePlace(told: ShownPlace, place: Place): boolean {
  if (told.unLocode !== undefined && place.unLocode !== undefined) return told.unLocode === place.unLocode
  return (
    told.countryCode === place.countryCode &&
    place.terminal !== undefined &&
    (told.facility === place.terminal || told.name === place.terminal)
  )
}

function timesOf(declared: string | undefined, facts: readonly MovementFact[]) {
  const newest = (classifier: MovementFact['classifier']) =>
    facts.filter((fact) => fact.classifier === classifier).reduce(later, undefined)
  const [planned, estimated] = [newest('PLN'), newest('EST')]
  // Of one publisher the newest word counts; what several say all stands there.
  const actuals = [...Map.groupBy(facts.filter(hasHappened), ({ publisher }) => publisher).values()]
    .flatMap((said) => said.reduce(later, undefined) ?? [])
    .toSorted((a, b) => Date.parse(a.knownAt) - Date.parse(b.knownAt))
  const actual = actuals[0]
  const basis = planned?.at ?? declared
  const known = actual?.at ?? estimated?.at
  const times: LegTimes = {
    ...(declared === undefined ? {} : { declared }),
    ...(planned === undefined ? {} : { planned: toldOf(planned) }),
    ...(estimated === undefined ? {} : { estimated: toldOf(estimated) }),
    ...(actual === undefined ? {} : { actual: toldOf(actual) }),
    ...(basis === undefined || known === undefined
      ? {}
      : { delayMinutes: Math.round((Date.parse(known) - Date.parse(basis)) / 60_000) }),
    disputed: spread(actuals) > limits.movementAgreeMs,
  }
  return { times, actuals }
}

const later = (best: MovementFact | undefined, fact: MovementFact): MovementFact =>
  best === undefined || Date.parse(fact.toldAt) >= Date.parse(best.toldAt) ? fact : best
const toldOf = ({ at, publisher, eventID, knownAt }: MovementFact): Told => ({ at, publisher, eventID, knownAt })

function spread(facts: readonly MovementFact[]): number {
  const times = facts.map(({ at }) => Date.parse(at))
  return times.length === 0 ? 0 : Math.max(...times) - Math.min(...times)
}

function conflictOf(actuals: readonly MovementFact[], place: Place, leg: number, end: Conflict['end']): Conflict[] {
  const difference = spread(actuals)
  if (difference <= limits.movementAgreeMs) return []
  const where = place.terminal ?? place.unLocode ?? place.countryCode
  const what =
    end === 'arrival'
      ? { en: `When it arrived at ${where}`, zh: `抵达${where}的时间` }
      : { en: `When it left ${where}`, zh: `驶离${where}的时间` }
  return [{ what, leg, end, said: actuals.map(toldOf), differenceMinutes: Math.round(difference / 60_000) }]
}

function expectedOf({ actual, estimated, planned, declared }: LegTimes): DeclarationMovements['expectedAt'] {
  if (actual !== undefined) return { ...actual, basis: 'actual' }
  if (estimated !== undefined) return { ...estimated, basis: 'estimated' }
  if (planned !== undefined) return { ...planned, basis: 'planned' }
  return declared === undefined ? undefined : { at: new Date(declared).toISOString(), basis: 'declared' }
}
