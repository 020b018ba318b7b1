import { searchFields } from '../../schemas/sharing/view.ts'
import { tellAgencies } from '../cooperation/tell.ts'
import { newId } from '../db/ids.ts'
import { type ReadBy, readersOf } from '../db/sharing-reads.ts'
import { anySubscription, type Matched, matchSubscriptions } from '../db/sharing-subscriptions.ts'
import type { Follower, FollowRoom } from '../filing/follower.ts'
import { type Rules, rulesIn } from '../rules/rules.ts'
import { type Changed, changedIn } from './changed.ts'
import { takeKeys } from './keys.ts'
import { allowedAmong, permissionFor } from './permission.ts'

/** Somebody who is to be told, and of what. */
interface Told {
  readonly agency: string
  readonly purpose: string
  readonly caseNumber: string
  readonly because: 'subscription' | 'correction'
  readonly subscriptionId?: string
  readonly changed: readonly string[]
}

/**
 * Tells agencies of what they may see that it changed 变更通知: those who subscribed, and of a correction everybody who read what was
 * corrected. They are told where to look, never a value: each reads again by what the policy allows it, and that reading is logged like any other.
 */
export const tellShared: Follower = {
  id: 'sharing',
  async follow(room, changes) {
    const { client } = room
    const changed = (await changedIn(client, changes)).filter(
      ({ corrected, moved }) => corrected.length + moved.length > 0,
    )
    const corrected = changed.filter((one) => one.corrected.length > 0)
    const subscribed = changed.length > 0 && (await anySubscription(client))
    if (!subscribed && corrected.length === 0) return
    const ids = changed.map(({ at }) => at.id)
    const documents = corrected.filter((one) => one.corrected.some((pointer) => pointer.startsWith('/declaration/')))
    // Who subscribed to what it was before the correction is told of it, too.
    const before = subscribed && documents.length > 0 ? await matchSubscriptions(client, ids, searchFields) : []
    if (documents.length > 0)
      await takeKeys(
        client,
        documents.map(({ at }) => at),
        true,
      )
    if (subscribed)
      await takeKeys(
        client,
        changed.map(({ at }) => at),
        false,
      )
    const matched = subscribed ? [...before, ...(await matchSubscriptions(client, ids, searchFields))] : []
    const readers = await readersOf(
      client,
      corrected.map(({ at }) => at.id),
    )
    if (matched.length === 0 && readers.length === 0) return
    const rules = await rulesIn(client)
    for (const one of changed) {
      const mine = <T extends { readonly declarationId: string }>(all: readonly T[]) =>
        all.filter(({ declarationId }) => declarationId === one.at.id)
      await tell(room, one, [
        ...mine(matched).flatMap((match) => bySubscription(rules, room.now, one, match)),
        ...mine(readers).flatMap((reader) => byCorrection(rules, room.now, one, reader)),
      ])
    }
  },
}

/** The fields an agency may see now, of this declaration. */
function fieldsFor(rules: Rules, now: Date, { at }: Changed, agency: string, purpose: string): readonly string[] {
  const permission = permissionFor(rules, agency, purpose, now.getTime())
  if (permission === undefined) return []
  const isConcerned = at.filings.some((filing) => filing.agency === agency)
  return permission.reach === 'all' || isConcerned ? permission.fields : []
}

function bySubscription(rules: Rules, now: Date, one: Changed, { subscription, pattern }: Matched): Told[] {
  const { id, agency, purpose, caseNumber } = subscription
  const fields = fieldsFor(rules, now, one, agency, purpose)
  // Found by what it may no longer see: then it is not to learn of it that way.
  if (pattern !== undefined && allowedAmong(fields, [pattern]).length === 0) return []
  const seen = allowedAmong(fields, [...one.corrected, ...one.moved])
  const changed = subscription.fields === undefined ? seen : allowedAmong(subscription.fields, seen)
  if (changed.length === 0) return []
  return [{ agency, purpose, caseNumber, because: 'subscription', subscriptionId: id, changed }]
}

/** Who read of the declaration saw every field it may see, or saw that it was empty. */
function byCorrection(rules: Rules, now: Date, one: Changed, { agency, purpose, caseNumber }: ReadBy): Told[] {
  const changed = allowedAmong(fieldsFor(rules, now, one, agency, purpose), one.corrected)
  return changed.length === 0 ? [] : [{ agency, purpose, caseNumber, because: 'correction', changed }]
}

async function tell({ client, now }: FollowRoom, { at }: Changed, all: readonly Told[]): Promise<void> {
  // Who subscribed and had read is told once; found by two of its values, too.
  const first = new Map<string, Told>()
  for (const one of all) {
    const name = JSON.stringify([one.agency, one.purpose, one.caseNumber, one.subscriptionId])
    const covered = one.because === 'correction' && all.some((other) => covers(other, one))
    if (!covered && !first.has(name)) first.set(name, one)
  }
  const notes = [...first.values()].map(({ agency, ...told }) => ({
    agency,
    kind: 'shared' as const,
    id: newId(now.getTime()),
    about: { declarationId: at.id },
    body: {
      purpose: told.purpose,
      case: told.caseNumber,
      because: told.because,
      ...(told.subscriptionId === undefined ? {} : { subscriptionId: told.subscriptionId }),
      version: at.version,
      changed: told.changed,
      href: `/v1/shared/declarations/${at.id}?${new URLSearchParams({ purpose: told.purpose, case: told.caseNumber }).toString()}`,
    },
  }))
  if (notes.length > 0) await tellAgencies(client, notes, now)
}

/** A subscription of the same agency, purpose and case tells all that a correction would. */
const covers = (other: Told, one: Told): boolean =>
  other.because === 'subscription' &&
  other.agency === one.agency &&
  other.purpose === one.purpose &&
  other.caseNumber === one.caseNumber &&
  one.changed.every((pointer) => other.changed.includes(pointer))
