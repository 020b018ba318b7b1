/** What the window holds: permits and certificates it gave, and what became of them. */
import type { Desk } from '../agency.ts'
import type { Attempt } from './attempts.ts'
import { say } from './course.ts'
import type { Declaration } from './read.ts'
import { approvals, paidAt } from './tables.ts'
import { addDays, dayMs, hourMs, singaporeDay, singaporeTime, startOfDay } from './time.ts'
import type { Addressed, Permit } from './write.ts'

interface Held {
  readonly number: string
  readonly attempt: Attempt
  readonly address: Addressed
  state: 'valid' | 'used' | 'cancelled'
  /** Sender's number of the update that is being processed. */
  updating?: string
}

export interface HeldPermit extends Held {
  /** As it stands: amendments put another in its place. */
  declaration: Declaration
  permit: Permit
  readonly approvedMs: number
  /** Counts how often its use was planned; only the last plan holds. */
  plan: number
}

export interface HeldCertificate extends Held {
  readonly permitNumber: string
}

export type Register = ReturnType<typeof openRegister>

export function openRegister(desk: Desk) {
  const permits = new Map<string, HeldPermit>()
  const certificates = new Map<string, HeldCertificate>()
  let issued = 0

  /** The goods go when the declaration says, as it stands; a plan made before is void. */
  function planUse(held: HeldPermit): void {
    held.plan += 1
    const { plan } = held
    const travelled = startOfDay(held.declaration.transport.day) ?? desk.now()
    const at = Math.max(addDays(travelled, 1) + 12 * hourMs, held.approvedMs + dayMs, desk.now())
    desk.after(at - desk.now(), () => {
      if (held.plan !== plan || held.state !== 'valid') return
      held.state = 'used'
      say(desk, held.attempt, held.address, {
        kind: 'used',
        permitNumber: held.number,
        usedAt: singaporeTime(desk.now()),
      })
      desk.effect(held.address.numbers.traderReference, `permit used ${held.number}`)
    })
  }

  return {
    permit: (number: string) => permits.get(number),
    certificate: (number: string) => certificates.get(number),
    enter(declaration: Declaration, permit: Permit, attempt: Attempt, address: Addressed): HeldPermit {
      const { number } = permit
      const held = {
        number,
        attempt,
        address,
        declaration,
        permit,
        approvedMs: desk.now(),
        state: 'valid',
        plan: 0,
      } as const
      permits.set(number, { ...held })
      return permits.get(number) as HeldPermit
    },
    planUse,
    amend(held: HeldPermit, declaration: Declaration, permit: Permit): void {
      held.declaration = declaration
      held.permit = permit
      planUse(held)
    },
    certify(number: string, permitNumber: string, attempt: Attempt, address: Addressed): void {
      certificates.set(number, { number, permitNumber, attempt, address, state: 'valid' })
    },
    /** Whether a certificate of origin that is not cancelled names the permit. */
    hasCertificate: (number: string): boolean =>
      [...certificates.values()].some(({ permitNumber, state }) => permitNumber === number && state === 'valid'),
    nextSerial: (): number => (issued += 1),
  }
}

/** Whether tax is due on it and was taken by an instant: late on the day of approval. */
export function isPaid({ address, approvedMs }: HeldPermit, now: number): boolean {
  if (approvals[address.family] !== approvals.IPTDEC) return false
  const day = startOfDay(singaporeDay(approvedMs)) ?? approvedMs
  return now >= day + paidAt.hour * hourMs + paidAt.minute * 60_000
}
