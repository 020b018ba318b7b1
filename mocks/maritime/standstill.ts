import type { Joint } from './cooperate.ts'
import type { Attempt, Filing } from './filing.ts'
import type { Step } from './outcomes.ts'

/** What standing still takes of the office. */
interface Counter {
  find(ourReference: string): { readonly filing: Filing; readonly attempt: Attempt } | undefined
  tell(filing: Filing, attempt: Attempt, step: Step): void
}

/** What keeps a filing from going on because of another office: holds 暂缓, and an inspection together 联合查验 whose result is awaited. */
export function openStandstill({ find, tell }: Counter) {
  /** By our customer's number; also of what has not come in yet. */
  const holds = new Map<string, Set<string>>()
  const isHeld = (ourReference: string) => (holds.get(ourReference)?.size ?? 0) > 0

  return {
    /** Whether a step falls away or waits. Our own opening falls away where the box is opened with the other office. */
    keeps(attempt: Attempt, step: Step): boolean {
      const { joint, references, waiting } = attempt
      if (step.at === 'joint') return false
      if (joint !== undefined && step.status.startsWith('BOX_')) return true
      if (!isHeld(references.OurReference) && (joint === undefined || joint.result !== undefined)) return false
      waiting.push(step)
      return true
    },
    hold(ourReference: string, id: string): void {
      holds.set(ourReference, (holds.get(ourReference) ?? new Set()).add(id))
    },
    unhold(ourReference: string, id: string): void {
      if (!holds.get(ourReference)?.delete(id) || isHeld(ourReference)) return
      const known = find(ourReference)
      for (const step of known?.attempt.waiting.splice(0) ?? [])
        if (known !== undefined) tell(known.filing, known.attempt, step)
    },
    /** The box will be opened together. @returns whether it still can be */
    bind(ourReference: string, joint: Joint): boolean {
      const known = find(ourReference)
      if (known?.filing.path !== 'dangerous-cargo' || known.attempt.joint !== undefined) return false
      const { filing, attempt } = known
      if (!['SUBMITTED', 'ACCEPTED', 'IN_REVIEW', 'BOX_OPENING'].includes(attempt.status)) return false
      attempt.joint = joint
      tell(filing, attempt, { at: 'joint', status: 'BOX_OPENING' })
      return true
    },
    /** What the opening together found; what waited for it goes on where it passed. */
    conclude(ourReference: string, id: string, result: 'passed' | 'failed'): void {
      const known = find(ourReference)
      if (known?.attempt.joint?.id !== id || known.attempt.joint.result !== undefined) return
      const { filing, attempt } = known
      known.attempt.joint.result = result
      if (result === 'failed') {
        attempt.waiting.length = 0
        tell(filing, attempt, { at: 'joint', status: 'BOX_FOUND_WRONG', written: 'BOX_OPENED' })
        return
      }
      tell(filing, attempt, { at: 'joint', status: 'BOX_OPENED' })
      for (const step of attempt.waiting.splice(0)) tell(filing, attempt, step)
    },
  }
}
