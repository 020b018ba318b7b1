import { assistanceSuperiors } from '../../schemas/rules/assistance-superiors.ts'
import { tellAgencies } from '../cooperation/tell.ts'
import { type Assistance, dueAssistance } from '../db/assistance.ts'
import { type Database, transaction } from '../db/database.ts'
import { type Case, noChanges } from '../filing/case.ts'
import type { Adapters } from '../filing/plan.ts'
import { limits } from '../limits.ts'
import type { Rules } from '../rules/rules.ts'
import { end, isLive } from './end.ts'
import { type AssistanceRoom, keep, lockBoth, noteTo, step } from './room.ts'

/** What the sweep works with. */
export interface SweepRoom {
  readonly database: Database
  readonly adapters: Adapters
  readonly rules: Rules
  now(): number
}

/**
 * Escalates what was not answered in time, once, and ends holds that have run out. Each in a transaction of its own, looked at again under
 * its lock: two processes escalate once.
 * @returns how many were dealt with
 */
export async function sweepAssistance({ database, adapters, rules, now }: SweepRoom): Promise<number> {
  let count = 0
  for (;;) {
    const ids = await dueAssistance(database, new Date(now()), limits.assistanceAtOnce)
    const failed: unknown[] = []
    for (const id of ids) {
      const done = await transaction(database.pool, async (client) => {
        const room = { client, adapters, now: new Date(now()) }
        const found = await lockBoth(room, id)
        return found !== undefined && judge(room, rules, found.at, found.one)
      }).catch((error: unknown) => void failed.push(error))
      if (done === true) count += 1
    }
    // One that fails keeps none of the others waiting; the next round looks at it again.
    if (failed.length > 0) throw new AggregateError(failed, 'Some requests for assistance could not be looked at')
    if (ids.length < limits.assistanceAtOnce) return count
  }
}

async function judge(room: AssistanceRoom, rules: Rules, at: Case, one: Assistance): Promise<boolean> {
  const now = room.now.getTime()
  if (!isLive(one)) return false
  if (one.expiresAt !== undefined && one.expiresAt.getTime() <= now) {
    await end(room, at, one, 'expired', { what: 'expired', by: 'window', data: {} })
    return true
  }
  if (one.status !== 'open' || one.escalatedAt !== undefined || one.dueAt.getTime() > now) return false
  one.escalatedAt = room.now
  const superior = rules.rowsAt(assistanceSuperiors, now).find(({ agency }) => agency === one.to)?.superior
  const to = superior ?? { en: 'the operator of the window', zh: '单一窗口运维' }
  const changes = noChanges()
  await step(room, at, one, { what: 'escalated', by: 'window', data: { to }, type: 'assistance.escalated' }, changes)
  const note = noteTo(one.to, one, 'escalated', { act: 'escalate', superior: to, reason: one.reason })
  await tellAgencies(room.client, [note], room.now)
  await keep(room, changes)
  return true
}
