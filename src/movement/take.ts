import { issue, issuesOf } from '../../schemas/issue.ts'
import { type Movement, movement } from '../../schemas/movement.ts'
import { digestOf } from '../audit/hash.ts'
import { type Database, transaction } from '../db/database.ts'
import {
  boxesOf,
  digestsOf,
  handlesOf,
  keepMovements,
  lockNames,
  type MovementRow,
  retractJoins,
} from '../db/movements.ts'
import { shown } from '../problem.ts'
import { joinEvents, rejoinBoxes } from './follow.ts'
import { handlesOfMovement } from './handles.ts'

/** What became of one event that was sent. */
export interface Taken {
  readonly index: number
  readonly eventID?: string
  readonly status: 201 | 200 | 409 | 422
  readonly result: 'kept' | 'known' | 'differs' | 'refused'
  readonly errors?: ReturnType<typeof shown>['errors']
}

/**
 * Takes in what a publisher tells 接收动态: each event is judged by itself, those in order are kept together, and join the declarations they
 * belong to in the same transaction. What is answered is the same whether anybody's goods are concerned or nobody's.
 * @param publisher the firm whose key it came with: its events are named by it, and nobody else takes them back
 */
export async function takeMovements(
  database: Database,
  publisher: string,
  candidates: readonly unknown[],
  now: Date,
): Promise<Taken[]> {
  const read = candidates.map((candidate) => movement.safeParse(candidate))
  const first = new Map<string, MovementRow>()
  for (const one of read) {
    if (!one.success) continue
    const row = rowOf(publisher, one.data)
    if (!first.has(row.eventId)) first.set(row.eventId, row)
  }
  const kept =
    first.size === 0
      ? noneKept
      : await transaction(database.pool, (client) => keep(client, publisher, [...first.values()], now))
  const told = new Set<string>()
  return read.map((one, index): Taken => {
    if (!one.success) {
      const eventID = eventIdOf(candidates[index])
      const { errors } = shown(issuesOf(one.error))
      return { index, ...(eventID === undefined ? {} : { eventID }), status: 422, result: 'refused', errors }
    }
    const { eventId: eventID, digest } = rowOf(publisher, one.data)
    if (kept.digests.get(eventID) !== digest)
      return { index, eventID, status: 409, result: 'differs', errors: [differs] }
    const isNew = kept.fresh.has(eventID) && !told.has(eventID)
    told.add(eventID)
    return isNew ? { index, eventID, status: 201, result: 'kept' } : { index, eventID, status: 200, result: 'known' }
  })
}

interface Kept {
  readonly fresh: ReadonlySet<string>
  readonly digests: ReadonlyMap<string, string>
}
const noneKept: Kept = { fresh: new Set(), digests: new Map() }
const differs = issue('/metadata/eventID', 'event-differs', {
  en: 'Another event of this publisher has this eventID: a correction is a new event that names it in retractedEventID',
  zh: '该发布方已有同一 eventID 的不同事件；更正应以新事件并在 retractedEventID 中指明',
})

async function keep(
  client: Parameters<Parameters<typeof transaction>[1]>[0],
  publisher: string,
  rows: readonly MovementRow[],
  now: Date,
): Promise<Kept> {
  const ids = await keepMovements(client, rows, now)
  const fresh = rows.filter(({ eventId }) => ids.has(eventId))
  const digests = await digestsOf(
    client,
    publisher,
    rows.map(({ eventId }) => eventId),
  )
  const retracted = fresh.flatMap(({ retracts }) => retracts ?? [])
  const reopened = await boxesOf(client, publisher, retracted)
  const emptied = fresh.flatMap(({ closes, equipment }) => (closes && equipment !== undefined ? [equipment] : []))
  const boxes = [...new Set([...reopened, ...emptied])]
  await lockNames(client, [
    ...fresh.flatMap(({ handles }) => handles),
    // Who takes a declaration up meanwhile either knows that they are taken back, or has joined them before.
    ...(await handlesOf(client, publisher, retracted)),
    ...boxes.map((box) => `box ${box}`),
    ...[...fresh.map(({ eventId }) => eventId), ...retracted].map((id) => `event ${publisher} ${id}`),
  ])
  await joinEvents(client, [...ids.values()], now)
  await rejoinBoxes(client, boxes, now)
  await retractJoins(client, publisher, retracted)
  return { fresh: new Set(ids.keys()), digests }
}

/** A container's journey ends with these; EMPTY ones where the container is given back. */
const closing = new Set(['STRP'])
const closingEmpty = new Set(['GTIN', 'DROP'])

function rowOf(publisher: string, event: Movement): MovementRow {
  const { metadata, payload } = event
  const code = payload?.transportEventTypeCode ?? payload?.equipmentEventTypeCode ?? payload?.shipmentEventTypeCode
  const content = JSON.stringify(event)
  return {
    publisher,
    eventId: metadata.eventID,
    retracts: metadata.retractedEventID,
    classifier: payload?.eventClassifierCode,
    code,
    equipment: payload?.equipmentReference,
    closes:
      code !== undefined && (closing.has(code) || (closingEmpty.has(code) && payload?.emptyIndicatorCode === 'EMPTY')),
    eventAt: new Date(payload?.eventDateTime ?? metadata.eventCreatedDateTime),
    createdAt: new Date(metadata.eventCreatedDateTime),
    content,
    digest: digestOf(content),
    handles: handlesOfMovement(event),
  }
}

/** What an event that is none calls itself, where it says so. */
function eventIdOf(candidate: unknown): string | undefined {
  const { metadata } = (candidate ?? {}) as { metadata?: { eventID?: unknown } }
  const said = metadata?.eventID
  return typeof said === 'string' && said.length <= 100 ? said : undefined
}
