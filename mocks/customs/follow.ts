import type { Desk } from '../agency.ts'
import type { Step } from './outcomes.ts'

/**
 * Walks a course: each step at its drawn delay after the one before. `issue` acts on a step and calls `goOn` at once, or keeps
 * it until something arrives (the payment behind T). A step without delay follows in the same instant.
 */
export function follow(
  desk: Desk,
  key: string,
  steps: readonly Step[],
  issue: (step: Step, goOn: () => void) => void,
): void {
  const [step, ...rest] = steps
  if (step === undefined) return
  const act = () => issue(step, () => follow(desk, key, rest, issue))
  const [least, most] = step.afterMs
  const delayMs = least + Math.floor(desk.draw(`${key}:${step.channel}`) * (most - least))
  if (delayMs === 0) act()
  else desk.after(delayMs, act)
}
