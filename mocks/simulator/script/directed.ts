/** What a step wants of a request 步骤的安排. */
import type { Direction } from '../direction.ts'
import type { Step } from './program.ts'
import { type Filling, fill, isConstant } from './template.ts'

type Wanting = Pick<Step, 'name' | 'reply' | 'outcomes' | 'faults' | 'delayMs'>

/** @param program the name of the step's script */
export function directionOf(program: string, step: Wanting, filling: Filling): Direction {
  const { reply, outcomes, faults, delayMs } = step
  const by = `script ${program} / ${step.name}`
  if (reply === undefined) return { by, outcomes, faults, delayMs }
  const headers = reply.headers.map(([header, value]) => [header, fill(value, filling)] as const)
  return { by, outcomes, faults, delayMs, reply: { status: reply.status, headers, body: fill(reply.body, filling) } }
}

/** The same for a step that wants the same of every request; undefined of others. */
export function alwaysOf(program: string, step: Wanting): Direction | undefined {
  const { reply } = step
  const templates = reply === undefined ? [] : [reply.body, ...reply.headers.map(([, value]) => value)]
  return templates.every(isConstant) ? directionOf(program, step, unfilled) : undefined
}

const unfilled: Filling = { now: () => '', count: 0, key: '', at: () => undefined, draw: () => 0 }
