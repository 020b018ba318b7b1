import type { Attempt, Filing } from './filing.ts'
import type { Step } from './outcomes.ts'

/** What guarding takes of the office. */
interface Counter {
  find(ourReference: string): { readonly filing: Filing; readonly attempt: Attempt } | undefined
  say(filing: Filing, attempt: Attempt, step: Step): void
  tell(filing: Filing, attempt: Attempt, step: Step): void
}

/** States in which there is nothing left to guard. */
const over = ['REJECTED', 'NOT_GRANTED', 'CANCELLED', 'DEPARTED', 'ARRIVED']

/** Holds other offices asked for 协助监护, by our customer's number; also of what has not come in yet. */
export function openHolds({ find, say, tell }: Counter) {
  const holds = new Map<string, Set<string>>()
  const isHeld = (ourReference: string) => (holds.get(ourReference)?.size ?? 0) > 0
  return {
    isHeld,
    hold(ourReference: string, id: string): void {
      const first = !isHeld(ourReference)
      holds.set(ourReference, (holds.get(ourReference) ?? new Set()).add(id))
      const known = find(ourReference)
      if (first && known !== undefined && !over.includes(known.attempt.status))
        say(known.filing, known.attempt, { at: 0, status: 'HOLD' })
    },
    unhold(ourReference: string, id: string): void {
      if (!holds.get(ourReference)?.delete(id) || isHeld(ourReference)) return
      const known = find(ourReference)
      if (known === undefined) return
      const { filing, attempt } = known
      if (attempt.status === 'HOLD') say(filing, attempt, { at: 0, status: 'HOLD_LIFTED' })
      for (const step of attempt.waiting.splice(0)) tell(filing, attempt, step)
    },
  }
}
