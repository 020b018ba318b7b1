import type { Belonging, Named, Tracked } from '../movement/belong.ts'
import type { Client } from './database.ts'

/** An event as it is kept. */
export interface MovementRow {
  readonly publisher: string
  readonly eventId: string
  readonly retracts: string | undefined
  readonly classifier: string | undefined
  readonly code: string | undefined
  readonly equipment: string | undefined
  readonly closes: boolean
  readonly eventAt: Date
  readonly createdAt: Date
  readonly content: string
  readonly digest: string
  readonly handles: readonly string[]
}

/** First part of the advisory locks on names; the second is made of the name. */
const lockClass = 6_512_023

/**
 * Holds names until the transaction ends: who keeps an event and who begins to follow a declaration see each other, whoever comes
 * first. Always in one order; rows of `tracked_declaration` are taken before, rows of `movement_join` after.
 */
export async function lockNames(client: Client, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await client.query(
    `SELECT pg_advisory_xact_lock($1, name) FROM (SELECT DISTINCT hashtext(name) AS name FROM unnest($2::text[]) AS name ORDER BY 1) AS sorted`,
    [lockClass, names],
  )
}

/** Keeps events with their names. @returns ids of those that are new, by event id */
export async function keepMovements(
  client: Client,
  rows: readonly MovementRow[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const sorted = rows.toSorted((a, b) => (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0))
  const { rows: kept } = await client.query<{ id: number; event_id: string }>(
    `INSERT INTO movement (publisher, event_id, retracts, classifier, code, equipment, closes, event_at, created_at, received_at, content, digest)
     SELECT publisher, event_id, retracts, classifier, code, equipment, closes, event_at, created_at, $12, content, digest
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::timestamptz[], $9::timestamptz[], $10::text[], $11::text[])
       AS new (publisher, event_id, retracts, classifier, code, equipment, closes, event_at, created_at, content, digest)
     ON CONFLICT (publisher, event_id) DO NOTHING RETURNING id, event_id`,
    [
      sorted.map(({ publisher }) => publisher),
      sorted.map(({ eventId }) => eventId),
      sorted.map(({ retracts }) => retracts ?? null),
      sorted.map(({ classifier }) => classifier ?? null),
      sorted.map(({ code }) => code ?? null),
      sorted.map(({ equipment }) => equipment ?? null),
      sorted.map(({ closes }) => closes),
      sorted.map(({ eventAt }) => eventAt),
      sorted.map(({ createdAt }) => createdAt),
      sorted.map(({ content }) => content),
      sorted.map(({ digest }) => digest),
      now,
    ],
  )
  const ids = new Map(kept.map(({ id, event_id }) => [event_id, id]))
  const names = sorted.flatMap(({ eventId, eventAt, handles }) => {
    const id = ids.get(eventId)
    return id === undefined ? [] : handles.map((handle) => ({ id, eventAt, handle }))
  })
  await client.query(
    `INSERT INTO movement_handle (handle, movement_id, event_at) SELECT * FROM unnest($1::text[], $2::bigint[], $3::timestamptz[])`,
    [names.map(({ handle }) => handle), names.map(({ id }) => id), names.map(({ eventAt }) => eventAt)],
  )
  return ids
}

/** Digests of a publisher's events that are there already. */
export async function digestsOf(
  client: Client,
  publisher: string,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ event_id: string; digest: string }>(
    'SELECT event_id, digest FROM movement WHERE publisher = $1 AND event_id = ANY($2)',
    [publisher, eventIds],
  )
  return new Map(rows.map(({ event_id, digest }) => [event_id, digest]))
}

/** Whether an event was taken back by its publisher, now or before it came. @param of the table of the event in the statement */
export const isRetracted = (of: string): string =>
  `EXISTS (SELECT FROM movement taker WHERE taker.publisher = ${of}.publisher AND taker.retracts = ${of}.event_id)`

/** Events by their ids, with their names. */
export async function readNamed(client: Client, ids: readonly number[]): Promise<Named[]> {
  const { rows } = await client.query<{ id: number; at: Date; handles: string[] }>(
    `SELECT movement_id AS id, event_at AS at, array_agg(handle ORDER BY handle) AS handles FROM movement_handle
     WHERE movement_id = ANY($1) GROUP BY movement_id, event_at ORDER BY movement_id`,
    [ids],
  )
  return rows.map(({ id, at, handles }) => ({ id, at: at.getTime(), handles }))
}

/** Every event of containers. Of one that has far more than a life of journeys gives it, the newest. */
export async function eventsOfBoxes(client: Client, boxes: readonly string[], most: number): Promise<number[]> {
  if (boxes.length === 0) return []
  const { rows } = await client.query<{ id: number }>(
    'SELECT id FROM movement WHERE equipment = ANY($1) ORDER BY event_at DESC LIMIT $2',
    [boxes, most],
  )
  return rows.map(({ id }) => id)
}

/** Containers of a publisher's events. */
export async function boxesOf(client: Client, publisher: string, eventIds: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ equipment: string }>(
    'SELECT DISTINCT equipment FROM movement WHERE publisher = $1 AND event_id = ANY($2) AND closes AND equipment IS NOT NULL',
    [publisher, eventIds],
  )
  return rows.map(({ equipment }) => equipment)
}

/** Names of a publisher's events. */
export async function handlesOf(client: Client, publisher: string, eventIds: readonly string[]): Promise<string[]> {
  if (eventIds.length === 0) return []
  const { rows } = await client.query<{ handle: string }>(
    'SELECT DISTINCT handle FROM movement JOIN movement_handle ON movement_id = id WHERE publisher = $1 AND event_id = ANY($2)',
    [publisher, eventIds],
  )
  return rows.map(({ handle }) => handle)
}

/** When containers were emptied, as far as nobody took it back. */
export async function readClosings(
  client: Client,
  boxes: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const { rows } = await client.query<{ equipment: string; at: Date }>(
    `SELECT equipment, event_at AS at FROM movement WHERE equipment = ANY($1) AND closes AND classifier = 'ACT' AND NOT ${isRetracted('movement')}`,
    [boxes],
  )
  const found = Map.groupBy(rows, ({ equipment }) => equipment)
  return new Map([...found].map(([box, all]) => [box, all.map(({ at }) => at.getTime())]))
}

/** Followed declarations that go by any of these names. */
export async function readTracked(client: Client, handles: readonly string[]): Promise<Tracked[]> {
  const { rows } = await client.query<{ declaration_id: string; starts_at: Date; ends_at: Date; handles: string[] }>(
    `SELECT declaration_id, starts_at, ends_at,
       ARRAY(SELECT handle FROM tracked_handle WHERE tracked_handle.declaration_id = tracked_declaration.declaration_id) AS handles
     FROM tracked_declaration
     WHERE declaration_id IN (SELECT declaration_id FROM tracked_handle WHERE handle = ANY($1)) ORDER BY declaration_id`,
    [handles],
  )
  return rows.map((row) => ({
    declarationId: row.declaration_id,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    handles: new Set(row.handles),
  }))
}

/** Which declarations events belong to now. */
export async function readJoins(
  client: Client,
  ids: readonly number[],
): Promise<(Belonging & { readonly id: number })[]> {
  const { rows } = await client.query<Belonging & { id: number }>(
    'SELECT movement_id AS id, declaration_id AS "declarationId", by FROM movement_join WHERE movement_id = ANY($1) AND left_at IS NULL',
    [ids],
  )
  return rows
}

/** Makes events belong to declarations. What has happened is to be told unless it was taken back; what was told and was, is to be taken back there. */
export async function saveJoins(
  client: Client,
  joins: readonly (Belonging & { readonly id: number })[],
  now: Date,
): Promise<void> {
  if (joins.length === 0) return
  await client.query(
    `INSERT INTO movement_join (movement_id, declaration_id, by, joined_at, due)
     SELECT new.id, new.declaration_id, new.by, $4, CASE WHEN classifier = 'ACT' AND NOT ${isRetracted('movement')} THEN 'actual' END
     FROM unnest($1::bigint[], $2::text[], $3::text[]) AS new (id, declaration_id, by) JOIN movement ON movement.id = new.id
     ORDER BY new.id, new.declaration_id
     ON CONFLICT (movement_id, declaration_id) DO UPDATE
     SET by = excluded.by, left_at = NULL, due = CASE WHEN movement_join.told IS DISTINCT FROM 'actual' THEN excluded.due
       WHEN movement_join.due = 'retracted' OR excluded.due IS NULL THEN 'retracted' END
     WHERE movement_join.left_at IS NOT NULL OR movement_join.by <> excluded.by`,
    [joins.map(({ id }) => id), joins.map(({ declarationId }) => declarationId), joins.map(({ by }) => by), now],
  )
}

/** Events that turned out to belong elsewhere. */
export async function leaveJoins(
  client: Client,
  joins: readonly { readonly id: number; readonly declarationId: string }[],
  now: Date,
): Promise<void> {
  if (joins.length === 0) return
  await client.query(
    `UPDATE movement_join SET left_at = $3, due = CASE WHEN told = 'actual' THEN 'left' END
     FROM (SELECT * FROM unnest($1::bigint[], $2::text[]) AS one (id, declaration_id) ORDER BY 1, 2) AS gone
     WHERE movement_id = gone.id AND movement_join.declaration_id = gone.declaration_id AND left_at IS NULL`,
    [joins.map(({ id }) => id), joins.map(({ declarationId }) => declarationId), now],
  )
}

/** Events taken back: what was told of them is to be taken back too, what was not is not told. */
export async function retractJoins(client: Client, publisher: string, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length === 0) return
  await client.query(
    `UPDATE movement_join SET due = CASE WHEN told = 'actual' THEN 'retracted' END
     FROM movement WHERE movement.id = movement_id AND publisher = $1 AND event_id = ANY($2) AND left_at IS NULL`,
    [publisher, eventIds],
  )
}
