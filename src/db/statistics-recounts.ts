import type { Client, Queryable } from './database.ts'

/** A counting anew, as far as it is. */
export interface RecountRow {
  readonly id: string
  readonly requestedAt: Date
  readonly after: string
  readonly declarations: number
  readonly corrected: number
  readonly doneAt: Date | null
}
const columns = `id, requested_at AS "requestedAt", after, declarations, corrected, done_at AS "doneAt"`

export async function makeRecount(client: Client, id: string, by: string, at: Date): Promise<void> {
  await client.query('INSERT INTO clearance_recount (id, requested_at, by) VALUES ($1, $2, $3)', [id, at, by])
}

export async function readRecount(queryable: Queryable, id: string): Promise<RecountRow | undefined> {
  const { rows } = await queryable.query<RecountRow>(`SELECT ${columns} FROM clearance_recount WHERE id = $1`, [id])
  return rows[0]
}

/** The oldest that is not done, held until the transaction's end. */
export async function lockOpenRecount(client: Client): Promise<RecountRow | undefined> {
  const { rows } = await client.query<RecountRow>(
    `SELECT ${columns} FROM clearance_recount WHERE done_at IS NULL ORDER BY requested_at, id LIMIT 1 FOR UPDATE`,
  )
  return rows[0]
}

/** Declarations after one, by id. */
export async function readIdsAfter(client: Client, after: string, most: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM declaration WHERE id > $1 ORDER BY id LIMIT $2', [
    after,
    most,
  ])
  return rows.map(({ id }) => id)
}

export async function noteRecount(
  client: Client,
  { id, after, declarations, corrected, doneAt }: RecountRow,
): Promise<void> {
  await client.query(
    'UPDATE clearance_recount SET after = $2, declarations = $3, corrected = $4, done_at = $5 WHERE id = $1',
    [id, after, declarations, corrected, doneAt],
  )
}
