import type { Client, Queryable } from './database.ts'

/** The answer kept for a key, if there is one. */
export async function keptAnswer(client: Queryable, tenant: string, key: string) {
  const { rows } = await client.query<{ body_hash: string; status: number; body: string; location: string | null }>(
    'SELECT body_hash, status, body, location FROM idempotency WHERE tenant = $1 AND key = $2',
    [tenant, key],
  )
  return rows[0]
}

/** Holds a key until the end of the transaction: a second request with it waits. */
export async function lockKey(client: Client, tenant: string, key: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('key ' || $1 || ' ' || $2, 0))", [tenant, key])
}

/** Keeps what was answered to a key. */
export async function keepAnswer(
  client: Client,
  slot: { readonly tenant: string; readonly key: string; readonly bodyHash: string },
  answer: { readonly status: number; readonly body: string; readonly location: string },
  at: Date,
): Promise<void> {
  await client.query(
    'INSERT INTO idempotency (tenant, key, body_hash, status, body, location, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [slot.tenant, slot.key, slot.bodyHash, answer.status, answer.body, answer.location, at],
  )
}
