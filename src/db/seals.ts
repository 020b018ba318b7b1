import type { SealLine } from '../../schemas/export.ts'
import { limits } from '../limits.ts'
import { type Client, type Database, transaction } from './database.ts'

/** Advisory lock of whoever seals: one of all workers at a time. */
const sealLock = 6_512_022

/** The first day (UTC) that has events and no seal, of those that ended before an instant. */
export async function nextUnsealed({ pool }: Database, before: Date): Promise<string | undefined> {
  const { rows } = await pool.query<{ day: string | null }>(
    `SELECT to_char(min(at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM event
     WHERE at >= coalesce((SELECT (max(day)::timestamp + interval '1 day') AT TIME ZONE 'UTC' FROM seal), '-infinity')
       AND at < date_trunc('day', $1::timestamptz AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'`,
    [before],
  )
  return rows[0]?.day ?? undefined
}

/**
 * Closes a day: from now on no event can be dated in it or earlier (a trigger on `event` refuses it). Waits for whoever is
 * writing events, so that none is on its way when the day is closed; who comes meanwhile waits for us and then sees it closed.
 * @returns false when somebody wrote for too long
 */
export async function closeDay({ pool }: Database, day: string, now: Date): Promise<boolean> {
  const { rows } = await pool.query('SELECT FROM closed_day WHERE day >= $1 LIMIT 1', [day])
  if (rows.length > 0) return true
  try {
    await transaction(pool, async (client) => {
      await client.query(`SET LOCAL lock_timeout = ${limits.closeWaitMs}`)
      await client.query('LOCK TABLE event IN SHARE MODE')
      await client.query('INSERT INTO closed_day (day, at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [day, now])
    })
    return true
  } catch (error) {
    if ((error as { code?: string }).code === lockNotAvailable) return false
    throw error
  }
}
const lockNotAvailable = '55P03'

/** A declaration that changed in a day, and the hash of its last event of that day. */
export interface DayHead {
  readonly declarationId: string
  readonly hash: string
}

/** A closed day on its way to its seal. */
export interface Sealing {
  /** Hash of the newest seal; undefined when this is the first. */
  readonly previous: string | undefined
  /** The heads of the day, sorted by declaration, a page at a time; each call begins anew. */
  heads(): AsyncGenerator<DayHead[]>
  keepProofs(proofs: readonly { declarationId: string; position: number; head: string; path: string }[]): Promise<void>
  keepSeal(seal: Omit<SealLine, 'record'>): Promise<void>
}

/**
 * Seals a closed day in one transaction, unless somebody else does or did.
 * @returns whether `work` was done
 */
export function sealing({ pool }: Database, day: string, work: (sealing: Sealing) => Promise<void>): Promise<boolean> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [sealLock])
    if (rows[0]?.mine !== true) return false
    const { rows: last } = await client.query<{ day: string; hash: string }>(
      'SELECT day, hash FROM seal ORDER BY day DESC LIMIT 1',
    )
    if (last[0] !== undefined && last[0].day >= day) return false
    await client.query(
      `DECLARE heads SCROLL CURSOR FOR SELECT DISTINCT ON (declaration_id COLLATE "C") declaration_id AS "declarationId", hash FROM event
       WHERE at >= ${startOf(client, day)} AND at < ${startOf(client, day)} + interval '1 day' ORDER BY declaration_id COLLATE "C", number DESC`,
    )
    await work({
      previous: last[0]?.hash,
      async *heads() {
        await client.query('MOVE ABSOLUTE 0 IN heads')
        for (;;) {
          const { rows: page } = await client.query<DayHead>(`FETCH ${limits.sealPage} FROM heads`)
          if (page.length === 0) return
          yield page
        }
      },
      async keepProofs(proofs) {
        await client.query(
          `INSERT INTO seal_proof (declaration_id, day, position, head, path)
           SELECT declaration_id, $1, position, head, path FROM unnest($2::text[], $3::int[], $4::text[], $5::text[]) AS new (declaration_id, position, head, path)`,
          [
            day,
            proofs.map(({ declarationId }) => declarationId),
            proofs.map(({ position }) => position),
            proofs.map(({ head }) => head),
            proofs.map(({ path }) => path),
          ],
        )
      },
      async keepSeal({ day: its, count, root, previous, hash, at, signature, key }) {
        await client.query(
          'INSERT INTO seal (day, count, root, previous, hash, at, signature, key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
          [its, count, root, previous, hash, at, signature, key],
        )
      },
    })
    return true
  })
}

/** The first instant of a day, as SQL: a cursor takes no parameters. */
const startOf = (client: Client, day: string) => `${client.escapeLiteral(`${day}T00:00:00Z`)}::timestamptz`
