import { saveChanges } from '../db/changes.ts'
import type { Changes } from './case.ts'
import type { FollowRoom } from './follower.ts'
import { followers } from './followers.ts'

/** Keeps what a step changed, and all that follows from it, in the transaction it was made in. */
export async function keepChanges(room: FollowRoom, changes: Changes): Promise<void> {
  for (const follower of followers) await follower.follow(room, changes)
  await saveChanges(room.client, changes, room.now)
}
