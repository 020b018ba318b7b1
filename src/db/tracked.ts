import type { Window } from '../movement/handles.ts'
import type { Client, Queryable } from './database.ts'
import { newId } from './ids.ts'

/** A declaration as it is to be followed. */
export interface ToTrack {
  readonly declarationId: string
  readonly tenant: string
  readonly version: number
  readonly window: Window
  readonly handles: readonly string[]
}

/** A version of a declaration, to be looked through for names. */
export interface VersionRow {
  readonly id: string
  readonly tenant: string
  readonly version: number
  readonly acceptedAt: Date
  readonly document: string
}

/** The smallest id given out at an instant. */
const idFrom = (at: number) => newId(at).slice(0, 10).padEnd(20, '0')

/** Holds the place up to where declarations are followed; undefined while another process has it. */
export async function holdUpTo(client: Client, from: Date): Promise<string | undefined> {
  await client.query('INSERT INTO tracked_up_to (declaration_id) VALUES ($1) ON CONFLICT DO NOTHING', [
    idFrom(from.getTime()),
  ])
  const { rows } = await client.query<{ declaration_id: string }>(
    'SELECT declaration_id FROM tracked_up_to FOR UPDATE SKIP LOCKED',
  )
  return rows[0]?.declaration_id
}

export async function moveUpTo(client: Client, to: Date): Promise<void> {
  await client.query('UPDATE tracked_up_to SET declaration_id = $1 WHERE declaration_id < $1', [idFrom(to.getTime())])
}

const versionSql = `SELECT declaration.id, tenant, declaration.version, accepted_at AS "acceptedAt", coalesce(document, raw) AS document
  FROM declaration JOIN declaration_version ON declaration_id = declaration.id`

/** Declarations after an id that nobody follows yet. */
export async function readUntracked(client: Client, after: string, limit: number): Promise<VersionRow[]> {
  const { rows } = await client.query<VersionRow>(
    `${versionSql} AND declaration_version.version = declaration.version
     WHERE declaration.id > $1 AND NOT EXISTS (SELECT FROM tracked_declaration WHERE declaration_id = declaration.id)
     ORDER BY declaration.id LIMIT $2`,
    [after, limit],
  )
  return rows
}

/** Versions of declarations. */
export async function readVersions(
  client: Queryable,
  wanted: readonly { readonly id: string; readonly version: number }[],
): Promise<VersionRow[]> {
  const { rows } = await client.query<VersionRow>(
    `SELECT declaration.id, tenant, declaration_version.version, accepted_at AS "acceptedAt", coalesce(document, raw) AS document
     FROM unnest($1::text[], $2::int[]) AS wanted (id, number) JOIN declaration ON declaration.id = wanted.id
     JOIN declaration_version ON declaration_id = declaration.id AND declaration_version.version = number ORDER BY declaration.id`,
    [wanted.map(({ id }) => id), wanted.map(({ version }) => version)],
  )
  return rows
}

/** Versions of declarations that are followed. */
export async function trackedVersions(client: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ declaration_id: string; version: number }>(
    'SELECT declaration_id, version FROM tracked_declaration WHERE declaration_id = ANY($1)',
    [ids],
  )
  return new Map(rows.map(({ declaration_id, version }) => [declaration_id, version]))
}

/**
 * Writes down which versions are followed. A declaration that is followed by a newer version already stays as it is.
 * @returns those that were written down
 */
export async function keepTracked(client: Client, all: readonly ToTrack[]): Promise<Set<string>> {
  const { rows } = await client.query<{ declaration_id: string }>(
    `INSERT INTO tracked_declaration (declaration_id, tenant, version, starts_at, ends_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[], $5::timestamptz[]) AS new (id) ORDER BY id
     ON CONFLICT (declaration_id) DO UPDATE SET version = excluded.version, starts_at = excluded.starts_at, ends_at = excluded.ends_at
     WHERE tracked_declaration.version < excluded.version RETURNING declaration_id`,
    [
      all.map(({ declarationId }) => declarationId),
      all.map(({ tenant }) => tenant),
      all.map(({ version }) => version),
      all.map(({ window }) => new Date(window.startsAt)),
      all.map(({ window }) => new Date(window.endsAt)),
    ],
  )
  return new Set(rows.map(({ declaration_id }) => declaration_id))
}

/** Names declarations go by at present. */
export async function trackedHandles(client: Client, ids: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ handle: string }>(
    'SELECT DISTINCT handle FROM tracked_handle WHERE declaration_id = ANY($1)',
    [ids],
  )
  return rows.map(({ handle }) => handle)
}

/** Gives declarations the names they go by now. */
export async function renameTracked(client: Client, all: readonly ToTrack[]): Promise<void> {
  const names = all.flatMap(({ declarationId, handles }) => handles.map((handle) => ({ declarationId, handle })))
  await client.query('DELETE FROM tracked_handle WHERE declaration_id = ANY($1)', [
    all.map(({ declarationId }) => declarationId),
  ])
  await client.query(
    'INSERT INTO tracked_handle (handle, declaration_id) SELECT * FROM unnest($1::text[], $2::text[])',
    [names.map(({ handle }) => handle), names.map(({ declarationId }) => declarationId)],
  )
}

/** Events that may belong to declarations by their names and their time, and those that do at present. */
export async function eventsAround(
  client: Client,
  all: readonly ToTrack[],
  marginMs: number,
  most: number,
): Promise<number[]> {
  const wanted = all.flatMap(({ handles, window }) =>
    handles.map((handle) => ({
      handle,
      from: new Date(window.startsAt - marginMs),
      to: new Date(window.endsAt + marginMs),
    })),
  )
  const boxesOf = ({ handles }: ToTrack) => handles.flatMap((name) => (name.startsWith('box ') ? [name.slice(4)] : []))
  // Another container's events need not be looked at, unless a declaration names no container at all.
  const boxes = all.every((one) => boxesOf(one).length > 0) ? all.flatMap(boxesOf) : []
  const { rows } = await client.query<{ id: number }>(
    `SELECT id FROM (
       SELECT movement_id AS id FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS wanted (name, since, until)
       JOIN movement_handle ON handle = name AND event_at BETWEEN since AND until JOIN movement ON movement.id = movement_id
       WHERE equipment IS NULL OR equipment = ANY($4) OR $4 = '{}'
       UNION SELECT movement_id FROM movement_join WHERE declaration_id = ANY($5) AND left_at IS NULL
     ) AS around ORDER BY id DESC LIMIT $6`,
    [
      wanted.map(({ handle }) => handle),
      wanted.map(({ from }) => from),
      wanted.map(({ to }) => to),
      boxes,
      all.map(({ declarationId }) => declarationId),
      most,
    ],
  )
  return rows.map(({ id }) => id)
}
