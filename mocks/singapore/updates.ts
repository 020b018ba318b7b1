/** Amendments and cancellations: what speaks against them, and what they do. */
import { Big } from 'big.js'
import type { Desk } from '../agency.ts'
import type { Attempt } from './attempts.ts'
import { assess, say } from './course.ts'
import type { Declaration, Item, Message } from './read.ts'
import type { Reason } from './reasons.ts'
import { type HeldCertificate, type HeldPermit, isPaid, type Register } from './register.ts'
import { approvals, cancelDaysAfterEnd, permitDays } from './tables.ts'
import { addDays, singaporeDay, singaporeTime, startOfDay } from './time.ts'
import type { Addressed, Permit, Subject } from './write.ts'

export type UpdateMessage = Extract<Message, { what: 'amendment' | 'cancellation' }>
type Held = HeldPermit | HeldCertificate

/** What an update is about, when the window holds it, for this agent, in this family. */
function heldBy(register: Register, { update, head }: UpdateMessage): Held | undefined {
  const held = head.family === 'COOUPD' ? register.certificate(update.subject) : register.permit(update.subject)
  if (held === undefined || held.address.urn.id !== head.agent) return undefined
  const updated = { IPTDEC: 'IPTUPD', OUTDEC: 'OUTUPD', COODEC: 'COOUPD' } as const
  const { family } = held.address
  return family in updated && updated[family as keyof typeof updated] === head.family ? held : undefined
}

/** Everything that speaks against an update received at an instant, as things stand now. */
export function against(register: Register, message: UpdateMessage, receivedAt: number): Reason[] {
  const held = heldBy(register, message)
  if (held === undefined) return [{ reason: 'U10' }]
  if (held.updating !== undefined && held.updating !== message.head.ourReference) return [{ reason: 'U11' }]
  if (held.state === 'cancelled') return [{ reason: 'U34' }]
  if (held.state === 'used') return [{ reason: 'U30' }]
  if (!('permit' in held)) return []
  const days = message.what === 'amendment' ? 0 : cancelDaysAfterEnd
  const isLate = receivedAt >= addDays(startOfDay(held.permit.validTo) ?? receivedAt, days + 1)
  if (message.what === 'amendment')
    return [...(isLate ? [{ reason: 'U21' as const }] : []), ...notAmendable(held.declaration, message.declaration)]
  return [
    ...(isLate ? [{ reason: 'U31' as const }] : []),
    ...(isPaid(held, receivedAt) ? [{ reason: 'U32' as const }] : []),
    ...(held.address.family === 'OUTDEC' && register.hasCertificate(held.number) ? [{ reason: 'U33' as const }] : []),
  ]
}

/** Fields that are cancelled for, not amended: of the whole, and of each item. [parameter of 2026-11-22] */
const fixed = ({ trader, licences, invoice, items }: Declaration) =>
  JSON.stringify([trader, licences, invoice.term, items.length])
const fixedOfItem = ({ hsCode, description, quantity, unit, origin, value, product }: Item) =>
  JSON.stringify([hsCode, description, new Big(quantity).toFixed(), unit, origin, value, product])

function notAmendable(before: Declaration, after: Declaration): Reason[] {
  if (fixed(before) !== fixed(after)) return [{ reason: 'U20' }]
  return after.items.flatMap((item, at) => {
    const was = before.items[at]
    const isSame = was !== undefined && fixedOfItem(was) === fixedOfItem(item)
    return isSame ? [] : [{ reason: 'U20' as const, item: item.sequence }]
  })
}

/** Keeps others off what an update is about, until it is decided. */
export function claim(register: Register, message: UpdateMessage): void {
  const held = heldBy(register, message)
  if (held !== undefined) held.updating ??= message.head.ourReference
}

export function release(register: Register, message: UpdateMessage): void {
  const held = heldBy(register, message)
  if (held?.updating === message.head.ourReference) delete held.updating
}

/** Does what an update asks, and tells of it: under its own numbers, and for a cancellation under those of what it was about. */
export function grant(
  desk: Desk,
  register: Register,
  message: UpdateMessage,
  attempt: Attempt,
  address: Addressed,
): void {
  const held = heldBy(register, message)
  if (held === undefined) throw new RangeError(`Nothing is held under ${message.update.subject}`)
  const now = singaporeTime(desk.now())
  if (message.what === 'amendment' && 'permit' in held) {
    const permit = amended(held, message.declaration, desk.now())
    say(desk, attempt, address, { kind: 'approved', permit, amended: true })
    desk.effect(address.numbers.traderReference, `permit amended ${held.number}`)
    register.amend(held, message.declaration, permit)
    return
  }
  const subject: Subject = { kind: 'permit' in held ? 'Permit' : 'Certificate', number: held.number }
  held.state = 'cancelled'
  say(desk, attempt, address, { kind: 'taken-back', subject, cancelledAt: now })
  desk.effect(address.numbers.traderReference, `${subject.kind.toLowerCase()} cancelled ${held.number}`)
  say(desk, held.attempt, held.address, { kind: 'cancelled', subject, cancelledAt: now })
}

/** The permit with the amendment in it: its number stays; goods that come after its end give it another term. */
function amended({ permit, address }: HeldPermit, declaration: Declaration, now: number): Permit {
  const validTo = declaration.transport.day > permit.validTo ? singaporeDay(addDays(now, permitDays)) : permit.validTo
  const assessment = approvals[address.family] === approvals.IPTDEC ? { assessment: assess(declaration) } : {}
  return { ...permit, validTo, approvedAt: singaporeTime(now), ...assessment }
}
