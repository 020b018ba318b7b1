import { keepAnswer, keptAnswer, lockKey } from '../db/answers.ts'
import { type Client, type Database, transaction } from '../db/database.ts'
import { Problem } from '../problem.ts'

/** An answer as it is given, kept and replayed. */
export interface Given {
  readonly status: number
  readonly body: string
  readonly location?: string
  readonly replayed: boolean
}

/** Whose key it is, and what was sent with it. */
export interface Slot {
  readonly tenant: string
  readonly key: string
  readonly bodyHash: string
}

/**
 * Does something once for an idempotency key: its answer is kept in the transaction of what it did, and given again to the same
 * body. A twin waits for the first. What ends in a problem keeps nothing: the key is free again.
 * @throws {Problem} idempotency-key-reused, and whatever `act` throws
 */
export async function once(
  database: Database,
  slot: Slot,
  now: Date,
  act: (client: Client) => Promise<{ readonly status: number; readonly body: unknown; readonly location: string }>,
): Promise<Given> {
  try {
    return await transaction(database.pool, async (client) => {
      await lockKey(client, slot.tenant, slot.key)
      const kept = await keptAnswer(client, slot.tenant, slot.key)
      if (kept !== undefined) return replayed(kept, slot.bodyHash)
      const { status, body, location } = await act(client)
      const answer = { status, body: JSON.stringify(body), location }
      await keepAnswer(client, slot, answer, now)
      return { ...answer, replayed: false }
    })
  } catch (error) {
    // A declaration was accepted under this very key meanwhile: acceptance takes no lock.
    const kept = isUniqueViolation(error) ? await keptAnswer(database.pool, slot.tenant, slot.key) : undefined
    if (kept === undefined) throw error
    return replayed(kept, slot.bodyHash)
  }
}

/** Somebody was there before us: a key, a number or a name stands already (SQLSTATE 23505). */
export const isUniqueViolation = (error: unknown): boolean => (error as { code?: string }).code === '23505'

/** A kept answer, given again. @throws {Problem} idempotency-key-reused */
export function replayed(kept: NonNullable<Awaited<ReturnType<typeof keptAnswer>>>, bodyHash: string): Given {
  if (kept.body_hash !== bodyHash) throw new Problem('idempotency-key-reused')
  return {
    status: kept.status,
    body: kept.body,
    ...(kept.location === null ? {} : { location: kept.location }),
    replayed: true,
  }
}
