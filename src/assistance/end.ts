import type { AssistanceStatus } from '../../schemas/assistance.ts'
import { tellAgencies } from '../cooperation/tell.ts'
import type { Assistance } from '../db/assistance.ts'
import { type Case, noChanges } from '../filing/case.ts'
import { Problem } from '../problem.ts'
import { type AssistanceRoom, isInForce, keep, lift, noteTo, step } from './room.ts'

/** Whether a request may still be answered, taken back, or run out. */
export const isLive = ({ status }: Pick<Assistance, 'status'>): boolean => status === 'open' || status === 'in-force'

/** @throws {Problem} not-changeable */
export function assertLive(one: Assistance): void {
  if (!isLive(one))
    throw new Problem('not-changeable', { detail: { en: `The request is ${one.status}`, zh: '该请求已办结' } })
}

/** Brings a request to its end 办结: a hold is lifted with it. */
export async function end(
  room: AssistanceRoom,
  at: Case,
  one: Assistance,
  status: Exclude<AssistanceStatus, 'open' | 'in-force'>,
  about: { readonly what: string; readonly by: string; readonly data: Record<string, unknown> },
): Promise<void> {
  const held = isInForce(one)
  one.status = status
  const changes = noChanges()
  const type = status === 'answered' || status === 'declined' ? 'assistance.answered' : 'assistance.closed'
  await step(room, at, one, { ...about, type }, changes)
  if (held) await lift(room, at, one, changes)
  else if (status === 'cancelled')
    await tellAgencies(room.client, [noteTo(one.to, one, 'over', { act: 'cancel', ends: one.id })], room.now)
  await keep(room, changes)
}

/** Takes back what this agency asked for 撤回. @throws {Problem} not-changeable */
export async function cancel(
  room: AssistanceRoom,
  at: Case,
  one: Assistance,
  by: string,
  reason: string,
): Promise<void> {
  assertLive(one)
  await end(room, at, one, 'cancelled', { what: 'cancelled', by: one.from, data: { by, reason } })
}
