import type { Client } from '../db/database.ts'
import type { Changes } from './case.ts'
import type { Adapters } from './plan.ts'

/**
 * What follows elsewhere from what happens to filings 联动: certificates are written off, results become recognitions, figures are counted.
 * Called in the transaction that keeps the changes, before they are written, with the cases still locked: all of it is kept, or
 * nothing. It may write its own tables, add happenings of these cases and set gates; it must not wait for anything outside.
 */
export interface Follower {
  /** One word for logs. */
  readonly id: string
  follow(room: FollowRoom, changes: Changes): Promise<void>
}
export interface FollowRoom {
  readonly client: Client
  readonly adapters: Adapters
  readonly now: Date
}
