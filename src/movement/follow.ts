import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Client, type Database, transaction } from '../db/database.ts'
import {
  eventsOfBoxes,
  leaveJoins,
  lockNames,
  readClosings,
  readJoins,
  readNamed,
  readTracked,
  saveJoins,
} from '../db/movements.ts'
import {
  eventsAround,
  holdUpTo,
  keepTracked,
  moveUpTo,
  readUntracked,
  readVersions,
  renameTracked,
  type ToTrack,
  trackedHandles,
  trackedVersions,
  type VersionRow,
} from '../db/tracked.ts'
import type { Follower } from '../filing/follower.ts'
import { limits } from '../limits.ts'
import { belongingsOf } from './belong.ts'
import { handlesOfDeclaration, isBox, windowOf } from './handles.ts'

/**
 * Declarations are followed 跟踪 from soon after they were accepted: acceptance itself writes nothing for it. Three ways lead here:
 * a look through new declarations every minute, a new version that counts, and the first time somebody asks where the goods are.
 */
export const movementFollower: Follower = {
  id: 'movements',
  async follow({ client, now }, { cases, settled, happenings }) {
    const revised = new Set(happenings.flatMap(({ type, declarationId }) => (renews.has(type) ? [declarationId] : [])))
    for (const { at } of settled) revised.add(at.id)
    const wanted = [...cases].filter(({ id }) => revised.has(id)).map(({ id, version }) => ({ id, version }))
    if (wanted.length === 0) return
    const known = await trackedVersions(
      client,
      wanted.map(({ id }) => id),
    )
    const changed = wanted.filter(({ id, version }) => known.get(id) !== version)
    if (changed.length > 0) await track(client, await readVersions(client, changed), now)
  },
}
/** Happenings after which another version may count. */
const renews: ReadonlySet<string> = new Set(['declaration.revised', 'declaration.amended'])

/** Follows declarations from now on, by the names of these versions; events that came before them join. */
export async function track(client: Client, rows: readonly VersionRow[], now: Date): Promise<void> {
  const all = rows.map((row): ToTrack => {
    const declaration = JSON.parse(row.document) as Declaration
    const window = windowOf(declaration, row.acceptedAt)
    const handles = handlesOfDeclaration(declaration)
    return { declarationId: row.id, tenant: row.tenant, version: row.version, window, handles }
  })
  const kept = await keepTracked(client, all)
  const fresh = all.filter(({ declarationId }) => kept.has(declarationId))
  if (fresh.length === 0) return
  const ids = fresh.map(({ declarationId }) => declarationId)
  const before = await trackedHandles(client, ids)
  const after = fresh.flatMap(({ handles }) => handles)
  await lockNames(client, [...before, ...after])
  await renameTracked(client, fresh)
  const around = await eventsAround(client, fresh, limits.paperNamedOnceMs, limits.movementsAtOnce)
  await joinEvents(client, around, now)
}

/** Decides anew which declarations events belong to. Their names are held. */
export async function joinEvents(client: Client, ids: readonly number[], now: Date): Promise<void> {
  if (ids.length === 0) return
  const events = await readNamed(client, ids)
  const names = new Set(events.flatMap(({ handles }) => handles))
  const tracked = await readTracked(client, [...names])
  const before = await readJoins(client, ids)
  if (tracked.length === 0 && before.length === 0) return
  const boxes = [...names].filter(isBox).map((name) => name.slice(boxPrefix.length))
  const closings = await readClosings(client, boxes)
  const byName = new Map<string, typeof tracked>()
  for (const one of tracked)
    for (const name of one.handles) if (names.has(name)) byName.set(name, [...(byName.get(name) ?? []), one])
  const wanted = events.flatMap((event) => {
    const near = [...new Set(event.handles.flatMap((name) => byName.get(name) ?? []))]
    const box = event.handles.find(isBox)?.slice(boxPrefix.length)
    const emptied = box === undefined ? [] : (closings.get(box) ?? [])
    return belongingsOf(event, near, emptied).map((belonging) => ({ ...belonging, id: event.id }))
  })
  const key = ({ id, declarationId }: { id: number; declarationId: string }) => `${id} ${declarationId}`
  const is = new Map(before.map((join) => [key(join), join.by]))
  const willBe = new Set(wanted.map(key))
  await saveJoins(
    client,
    wanted.filter((join) => is.get(key(join)) !== join.by),
    now,
  )
  await leaveJoins(
    client,
    before.filter((join) => !willBe.has(key(join))),
    now,
  )
}
const boxPrefix = 'box '

/** All events of containers are looked at again: one was emptied, or was not after all. */
export async function rejoinBoxes(client: Client, boxes: readonly string[], now: Date): Promise<void> {
  await joinEvents(client, await eventsOfBoxes(client, boxes, limits.movementsAtOnce), now)
}

/** Takes up declarations that are new since the last look 补跟踪. @returns how many */
export async function trackNew(database: Database, now: Date): Promise<number> {
  for (let count = 0; ; ) {
    const taken = await transaction(database.pool, async (client) => {
      const after = await holdUpTo(client, new Date(now.getTime() - limits.trackedBackMs))
      if (after === undefined) return 0
      const rows = await readUntracked(client, after, limits.trackedAtOnce)
      await track(client, rows, now)
      if (rows.length < limits.trackedAtOnce) await moveUpTo(client, new Date(now.getTime() - limits.trackedLateMs))
      return rows.length
    })
    count += taken
    if (taken < limits.trackedAtOnce) return count
  }
}

/** Follows one declaration, if nobody does yet: who asks where goods are need not wait for the next look. */
export async function trackOne(database: Database, target: { id: string; version: number }, now: Date): Promise<void> {
  if ((await trackedVersions(database.pool, [target.id])).has(target.id)) return
  await transaction(database.pool, async (client) => track(client, await readVersions(client, [target]), now))
}
