import { type CooperationNote, keepNotes } from '../db/cooperation.ts'
import type { Client } from '../db/database.ts'

export type { CooperationNote } from '../db/cooperation.ts'

/**
 * Tells agencies of one another's doings 协同通知: written in the caller's transaction, sent by the worker at least once, to each agency in
 * the order of writing (what two transactions write at the same time has none). The same note (agency, kind, id) is told once, whatever
 * else it says the second time.
 */
export const tellAgencies = (client: Client, notes: readonly CooperationNote[], now: Date): Promise<void> =>
  keepNotes(client, notes, now)
