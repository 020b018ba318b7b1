import { tellAgencies } from '../cooperation/tell.ts'
import { type Assistance, declarationOf, keepStep, lockAssistance } from '../db/assistance.ts'
import { loadDocuments, lockCases } from '../db/cases.ts'
import type { Client } from '../db/database.ts'
import { type Case, type Changes, type EventType } from '../filing/case.ts'
import { keepChanges } from '../filing/keep.ts'
import type { Adapters } from '../filing/plan.ts'
import { release } from '../filing/release.ts'

/** What a step of assistance is taken with: a transaction, and the time. */
export interface AssistanceRoom {
  readonly client: Client
  readonly adapters: Adapters
  readonly now: Date
}

/** A request with the declaration it is about, both locked: the declaration first, so that nobody waits in a circle. */
export async function lockBoth(
  { client }: AssistanceRoom,
  id: string,
): Promise<{ readonly at: Case; readonly one: Assistance } | undefined> {
  const declarationId = await declarationOf(client, id)
  if (declarationId === undefined) return undefined
  const at = (await lockCases(client, [declarationId])).get(declarationId)
  const one = await lockAssistance(client, id)
  return at === undefined || one === undefined ? undefined : { at, one }
}

/** Whether a hold keeps filings: until it is released, answered so, or over. */
export const isInForce = ({ act, status }: Pick<Assistance, 'act' | 'status'>): boolean =>
  act === 'hold' && (status === 'open' || status === 'in-force')

/** The log, and the timeline where the trader may see it. Nothing of a confidential request becomes an event, nor moves a revision. */
export async function step(
  { client, now }: AssistanceRoom,
  at: Case,
  one: Assistance,
  about: {
    readonly what: string
    readonly by: string
    readonly data: Record<string, unknown>
    readonly type: EventType
  },
  changes: Changes,
): Promise<void> {
  await keepStep(client, one, about, now)
  if (one.visibility !== 'trader') return
  changes.cases.add(at)
  changes.happenings.push({
    declarationId: at.id,
    type: about.type,
    data: {
      assistance: one.id,
      act: one.act,
      from: one.from,
      to: one.to,
      status: one.status,
      step: about.what,
      by: about.by,
      ...(one.act === 'inspect-together' && one.appointment !== undefined ? { appointment: one.appointment } : {}),
    },
  })
}

/** A note about a request. The id tells its steps apart: each is told once. */
export const noteTo = (
  agency: string,
  one: Assistance,
  suffix: string,
  body: Record<string, unknown>,
): Parameters<typeof tellAgencies>[1][number] => ({
  agency,
  kind: 'assistance',
  id: suffix === '' ? one.id : `${one.id}-${suffix}`,
  about: { declarationId: one.declarationId },
  body: { id: one.id, act: one.act, from: one.from, dueAt: one.dueAt.toISOString(), ...body },
})

/**
 * Whoever may hold the goods is told of a hold and of its end: the agency that is asked, with the reason, and every other that has a filing
 * of the declaration or is about to get it, without.
 */
export function tellHolders(
  { client, now }: AssistanceRoom,
  at: Case,
  one: Assistance,
  suffix: { readonly asked: string; readonly others: string },
  body: Record<string, unknown>,
): Promise<void> {
  const others = new Set(at.filings.filter(mayHaveIt).map(({ agency }) => agency))
  others.delete(one.to)
  const notes = [
    noteTo(one.to, one, suffix.asked, { ...body, reason: one.reason }),
    ...[...others].toSorted().map((agency) => noteTo(agency, one, suffix.others, body)),
  ]
  return tellAgencies(client, notes, now)
}

const mayHaveIt = ({ status }: Case['filings'][number]): boolean =>
  !['planned', 'awaiting-particulars', 'waiting', 'blocked', 'closed', 'refused', 'withdrawn', 'reversed'].includes(
    status,
  )

/** Ends a hold 解除: the gate opens where no other hold keeps it shut, and whoever was told to hold is told. */
export async function lift(room: AssistanceRoom, at: Case, one: Assistance, changes: Changes): Promise<void> {
  at.assistance = at.assistance.filter(({ id }) => id !== one.id)
  const documents = (await loadDocuments(room.client, [at])).get(at.id)
  if (documents !== undefined) release(room.adapters, at, documents, room.now, changes)
  await tellHolders(room, at, one, { asked: 'over', others: 'over' }, { act: 'release', ends: one.id })
}

/** Keeps what a step changed, where it changed anything anybody may see. */
export async function keep({ client, adapters, now }: AssistanceRoom, changes: Changes): Promise<void> {
  if (changes.cases.size > 0) await keepChanges({ client, adapters, now }, changes)
}
