/** What is told of one journey, and when 动态清单: a corridor's script with a start, a pace, and whatever disorder was asked for. */
import { createHash } from 'node:crypto'
import type { Corridor } from './corridors.ts'

export const disorders = {
  late: 'every third event that happened comes 36 hours later',
  twice: 'every event comes twice, the second time an hour later',
  retraction: 'the first arrival is told six hours too early, and corrected two hours later',
  'retraction-first': 'the same, but the correction comes first',
  gap: 'every fourth event of the container never comes',
} as const
export type Disorder = keyof typeof disorders

/** A journey somebody ordered. */
export interface Journey {
  readonly equipment: string
  /** Epoch milliseconds. */
  readonly startAt: number
  /** How much faster than the script it goes. */
  readonly speed: number
  /** How much later than planned everything after the first departure happens. */
  readonly delayHours: number
  /** Bills the goods travel under: every event names them. */
  readonly papers: readonly string[]
  readonly disorder: ReadonlySet<Disorder>
}

/** One event on its way: who tells it, when, and what. */
export interface Telling {
  readonly by: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly event: object
}

interface Told {
  readonly step: Corridor['steps'][number]
  readonly index: number
  readonly classifier: 'PLN' | 'EST' | 'ACT'
  readonly happensAt: number
  readonly toldAt: number
}

const hourMs = 3_600_000

/** Everything that is told of a journey, in the order it is sent. The same journey always tells the same. */
export function tellingsOf(corridor: Corridor, journey: Journey): Telling[] {
  const { steps } = corridor
  const planned = (index: number) => journey.startAt + ((steps[index]?.hours ?? 0) * hourMs) / journey.speed
  const departs = steps.findIndex(({ code }) => code === 'DEPA')
  const delayMs = (journey.delayHours * hourMs) / journey.speed
  const happens = (index: number) => planned(index) + (index > departs ? delayMs : 0)
  const told = steps.flatMap((step, index): Told[] => {
    const actual: Told = { step, index, classifier: 'ACT', happensAt: happens(index), toldAt: happens(index) }
    if (step.type !== 'TRANSPORT') return [actual]
    const plan: Told = { ...actual, classifier: 'PLN', happensAt: planned(index), toldAt: journey.startAt }
    // Whoever leaves says when it will be there.
    const left = steps.findLastIndex(({ code }, at) => at < index && code === 'DEPA')
    const estimate: Told[] =
      step.code === 'ARRI' && left !== -1 ? [{ ...actual, classifier: 'EST', toldAt: happens(left) }] : []
    return [plan, ...estimate, actual]
  })
  return disordered(corridor, journey, told).toSorted((a, b) => a.at - b.at)
}

function disordered(corridor: Corridor, journey: Journey, told: readonly Told[]): Telling[] {
  const { disorder, speed } = journey
  const hours = (count: number) => (count * hourMs) / speed
  const firstArrival = told.find(({ step, classifier }) => step.code === 'ARRI' && classifier === 'ACT')
  const ofContainer = corridor.steps.filter(({ type }) => type === 'EQUIPMENT')
  const kept = told.filter(({ step }) => !(disorder.has('gap') && ofContainer.indexOf(step) % 4 === 3))
  const sent = kept.flatMap((one): Telling[] => {
    const late = disorder.has('late') && one.classifier === 'ACT' && one.index % 3 === 2
    const telling = tell(corridor, journey, one, one.toldAt + (late ? hours(36) : 0))
    const corrected = disorder.has('retraction') || disorder.has('retraction-first')
    if (one !== firstArrival || !corrected) return [telling]
    const wrong = { ...one, happensAt: one.happensAt - hours(6) }
    const said = idOf(corridor, journey, wrong, 'wrong')
    const [wrongAt, rightAt] = disorder.has('retraction-first') ? [hours(2), 0] : [0, hours(2)]
    return [
      tell(corridor, journey, wrong, one.toldAt + wrongAt, { id: said }),
      tell(corridor, journey, one, one.toldAt + rightAt, { retracts: said }),
    ]
  })
  return disorder.has('twice') ? sent.flatMap((one) => [one, { ...one, at: one.at + hours(1) }]) : sent
}

function tell(
  corridor: Corridor,
  journey: Journey,
  told: Told,
  at: number,
  { id = idOf(corridor, journey, told), retracts }: { id?: string; retracts?: string } = {},
): Telling {
  const { step, classifier, happensAt, toldAt } = told
  const publisher = corridor.publishers[step.by]
  const call = step.leg === undefined ? undefined : corridor.legs[step.leg]
  const iso = (instant: number) => new Date(instant).toISOString()
  const code = step.type === 'TRANSPORT' ? 'transportEventTypeCode' : 'equipmentEventTypeCode'
  return {
    by: step.by,
    at,
    event: {
      metadata: {
        eventID: id,
        eventCreatedDateTime: iso(toldAt),
        eventType: step.type,
        ...(retracts === undefined ? {} : { retractedEventID: retracts }),
        publisher: { partyName: publisher?.name ?? step.by },
        publisherRole: publisher?.role ?? 'CA',
      },
      payload: {
        eventClassifierCode: classifier,
        eventDateTime: iso(happensAt),
        [code]: step.code,
        transportCall: { modeOfTransport: modeAt(corridor, step), ...call, location: corridor.places[step.place] },
        equipmentReference: journey.equipment,
        emptyIndicatorCode: 'LADEN',
        ...(journey.papers.length === 0
          ? {}
          : { documentReferences: journey.papers.map((value) => ({ type: 'TRD', value })) }),
        ...(step.remark === undefined ? {} : { remark: step.remark }),
      },
    },
  }
}

/** A step without a leg is of the next one's mode: gated in for the barge. */
function modeAt(corridor: Corridor, step: Corridor['steps'][number]): string {
  const from = corridor.steps.indexOf(step)
  const near =
    corridor.steps.slice(from).find(({ leg }) => leg !== undefined) ??
    corridor.steps.findLast(({ leg }) => leg !== undefined)
  return corridor.legs[near?.leg ?? '']?.modeOfTransport ?? 'TRUCK'
}

const idOf = (corridor: Corridor, journey: Journey, { index, classifier }: Told, variant = ''): string =>
  createHash('sha256')
    .update([corridor.id, journey.equipment, journey.startAt, index, classifier, variant].join('|'))
    .digest('hex')
    .slice(0, 32)
