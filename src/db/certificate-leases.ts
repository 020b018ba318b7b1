import type { Database } from './database.ts'

/** A use of a certificate leased to this worker: its id, and the fence it was leased under. */
export interface UseLease {
  readonly id: string
  readonly fence: number
  readonly tries: number
}

/** Leases what is to be told to an issuer. A lease that ran out may have been told: it is unknown. */
export async function leaseUses(
  { pool }: Database,
  issuer: string,
  most: number,
  leaseMs: number,
): Promise<UseLease[]> {
  const { rows } = await pool.query<UseLease>({
    name: 'lease-certificate-uses',
    text: `WITH due AS (
         SELECT id, lease_until IS NOT NULL AS abandoned FROM certificate_use
         WHERE issuer = $1 AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())
         ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )
       UPDATE certificate_use SET lease_until = now() + $3 * interval '1 millisecond', fence = fence + 1, tries = tries + 1,
         unknown = unknown OR due.abandoned
       FROM due WHERE certificate_use.id = due.id
       RETURNING certificate_use.id, fence, tries`,
    values: [issuer, most, leaseMs],
  })
  return rows
}

/** Notes that a use is about to be told: whatever becomes of this worker, its successor asks first. @returns whether the lease is still ours */
export async function markTelling({ pool }: Database, { id, fence }: UseLease): Promise<boolean> {
  const { rowCount } = await pool.query('UPDATE certificate_use SET unknown = true WHERE id = $1 AND fence = $2', [
    id,
    fence,
  ])
  return rowCount === 1
}

/** Puts a use off: its issuer gave no answer. */
export async function postponeUse(
  { pool }: Database,
  { id, fence }: UseLease,
  { dueAt, unknown, error }: { readonly dueAt: Date; readonly unknown: boolean; readonly error: string },
): Promise<void> {
  await pool.query(
    'UPDATE certificate_use SET lease_until = NULL, due_at = $3, unknown = $4, error = $5 WHERE id = $1 AND fence = $2',
    [id, fence, dueAt, unknown, error],
  )
}

/** An issuer answers again: what waits for it in its back-off is due now. Nobody waits here for what is worked on at this moment. */
export async function hastenUses({ pool }: Database, issuer: string): Promise<void> {
  await pool.query(
    `UPDATE certificate_use SET due_at = now() WHERE id IN (
       SELECT id FROM certificate_use WHERE issuer = $1 AND due_at > now() AND lease_until IS NULL AND error IS NOT NULL FOR UPDATE SKIP LOCKED)`,
    [issuer],
  )
}
