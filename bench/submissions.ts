import { Pool } from 'undici'
import type { Database } from '../src/db/database.ts'
import { nowMs } from './measure.ts'

/** The bytes of one filing, as the gateway keeps and sends them. */
export interface Submission {
  readonly filingId: string
  readonly agency: string
  readonly path: string
  readonly contentType: string
  readonly body: string
}

/** What the gateway would send for these filings, from its own database. */
export async function submissionsOf(
  { pool }: Database,
  filingIds: readonly string[],
): Promise<Map<string, Submission>> {
  const { rows } = await pool.query<Submission>(
    `SELECT filing_id AS "filingId", agency, path, content_type AS "contentType", body FROM message
     WHERE kind = 'submission' AND filing_id = ANY($1)`,
    [filingIds],
  )
  return new Map(rows.map((row) => [row.filingId, row]))
}

export const messageIdOf = (filingId: string): string => `${filingId}-1`

/** Calls the mocks directly, with the library and the number of connections an agency the gateway's own transport has. */
export function directCaller(mocksUrl: string, connections: number) {
  const pools = new Map<string, Pool>()
  const poolOf = (agency: string) => {
    const pool = pools.get(agency) ?? new Pool(mocksUrl, { connections })
    pools.set(agency, pool)
    return pool
  }
  return {
    async send({ filingId, agency, path, contentType, body }: Submission): Promise<void> {
      const headers = {
        accept: 'application/xml, application/json',
        'content-type': contentType,
        'message-id': messageIdOf(filingId),
      }
      const answer = await poolOf(agency).request({ method: 'POST', path: `/${agency}${path}`, headers, body })
      const text = await answer.body.text()
      if (answer.statusCode >= 300) throw new Error(`${agency} answered ${answer.statusCode}: ${text.slice(0, 500)}`)
    },
    close: () => Promise.all([...pools.values()].map((pool) => pool.close())),
  }
}

/** When the mocks held what they were sent since the last time they were asked, by message id. */
export async function heldBy(mocksUrl: string): Promise<Map<string, number>> {
  return new Map((await (await fetch(`${mocksUrl}/bench/held`)).json()) as [string, number][])
}

/** When each of these was held. Waits for those that are not yet. @throws {Error} after `mostMs` */
export async function whenHeld(
  mocksUrl: string,
  messageIds: readonly string[],
  mostMs: number,
): Promise<Map<string, number>> {
  const held = new Map<string, number>()
  for (const end = nowMs() + mostMs; ; ) {
    for (const [id, at] of await heldBy(mocksUrl)) held.set(id, Math.min(at, held.get(id) ?? at))
    if (messageIds.every((id) => held.has(id))) return held
    if (nowMs() > end)
      throw new Error(`${messageIds.filter((id) => !held.has(id)).length} filings were not held in ${mostMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
