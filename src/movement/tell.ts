import type { Movement } from '../../schemas/movement.ts'
import { nameOfMovement } from '../../schemas/movement-codes.ts'
import { lockCases } from '../db/cases.ts'
import { type Database, transaction } from '../db/database.ts'
import { type DueJoin, declarationsDue, joinsDue, settleDue } from '../db/movement-reads.ts'
import { type Happening, noChanges } from '../filing/case.ts'
import { keepChanges } from '../filing/keep.ts'
import type { Adapters } from '../filing/plan.ts'
import { limits } from '../limits.ts'
import { placeOf } from './facts.ts'

/**
 * Tells the timelines of declarations what has happened to their goods 动态上链: only what has happened, never what is planned or
 * estimated; and that it was taken back, or belonged elsewhere, if it was told. Apart from taking events in, so that a carrier never
 * waits for a declaration, and cannot tell from its waiting that there is one.
 * @returns how many things were told
 */
export async function tellMovements(database: Database, adapters: Adapters, now: Date): Promise<number> {
  let count = 0
  for (let after = ''; ; ) {
    const ids = await declarationsDue(database, after, limits.trackedAtOnce)
    count += await transaction(database.pool, async (client) => {
      const cases = await lockCases(client, ids)
      const due = await joinsDue(client, ids)
      const changes = noChanges()
      for (const join of due) {
        const at = cases.get(join.declarationId)
        // Taken back between joining and now: it was never told, and is not.
        if (at === undefined || (join.due === 'actual' && join.retracted)) continue
        changes.cases.add(at)
        changes.happenings.push(happeningOf(join))
      }
      await settleDue(client, due)
      await keepChanges({ client, adapters, now }, changes)
      return changes.happenings.length
    })
    after = ids.at(-1) ?? ''
    if (ids.length < limits.trackedAtOnce) return count
  }
}

const types = { actual: 'movement.actual', retracted: 'movement.retracted', left: 'movement.left' } as const

function happeningOf(join: DueJoin): Happening {
  const { metadata, payload } = JSON.parse(join.content) as Movement
  const code = join.code ?? ''
  return {
    declarationId: join.declarationId,
    type: types[join.due],
    data: {
      eventID: metadata.eventID,
      publisher: join.publisher,
      ...(metadata.publisher === undefined ? {} : { publisherName: metadata.publisher.partyName }),
      code,
      name: nameOfMovement(code),
      happenedAt: join.eventAt.toISOString(),
      ...(payload?.transportCall === undefined
        ? {}
        : { mode: payload.transportCall.modeOfTransport, place: placeOf(payload.transportCall.location) }),
      ...(join.equipment === null ? {} : { equipmentReference: join.equipment }),
      joinedBy: join.by,
      digest: join.digest,
    },
  }
}
