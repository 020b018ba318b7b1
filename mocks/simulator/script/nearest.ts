/** Near misses 近似未匹配: the steps that came closest to taking a request, with everything in which they differ from it. */
import type { Miss } from '../direction.ts'
import { limits } from '../limits.ts'
import { isSpent, keyFor, type Running } from './machine.ts'
import { difference, holds, takesMethod, takesPath } from './match.ts'
import type { Match, Step } from './program.ts'
import { type Seen, spotKey } from './request.ts'

/** How much a difference counts: a request meant for a step goes to its agency and path first of all. */
const weights = { agency: 8, path: 4, method: 2, other: 1, machine: 0.2 } as const

interface Difference {
  readonly said: string
  readonly weight: number
}

/** The closest first. Looks at a bounded number of steps, those of the scripts loaded first. */
export function nearest(scripts: Iterable<Running>, seen: Seen): Miss[] {
  const found: { readonly miss: Miss; readonly far: number }[] = []
  let looked = 0
  for (const running of scripts) {
    for (const step of running.program.steps) {
      if (step.match === undefined) continue
      looked += 1
      if (looked > limits.nearMissSteps) break
      const differences = [...ofRequest(step, step.match, seen), ...ofMachine(running, step, seen)]
      const far = differences.reduce((sum, { weight }) => sum + weight, 0)
      const differs = differences.map(({ said }) => said)
      found.push({ miss: { script: running.program.name, step: step.name, differs }, far })
    }
  }
  return found
    .sort((a, b) => a.far - b.far)
    .slice(0, limits.nearMisses)
    .map(({ miss }) => miss)
}

function* ofRequest({ agency }: Step, match: Match, seen: Seen): Iterable<Difference> {
  if (agency !== seen.agency) yield { said: `agency: expected ${agency}, got ${seen.agency}`, weight: weights.agency }
  if (!takesMethod(match, seen))
    yield { said: `method: expected ${match.methods?.join(' or ')}, got ${seen.method}`, weight: weights.method }
  if (!takesPath(match, seen)) {
    const wanted = match.path?.written ?? ''
    yield { said: `path: expected ${wanted}, got ${seen.path}`, weight: weights.path * apart(wanted, seen.path) }
  }
  for (const condition of match.conditions) {
    if (holds(condition, seen)) continue
    const value = seen.at(condition.spot) ?? ''
    yield { said: difference(condition, seen), weight: weights.other * apart(condition.equals ?? '', value) }
  }
}

function* ofMachine(running: Running, step: Step, seen: Seen): Iterable<Difference> {
  const { stopped, program, machines } = running
  const weight = weights.machine
  if (stopped !== undefined) yield { said: `script: is stopped, since ${stopped}`, weight }
  const key = keyFor(running, seen)
  const machine = key === undefined ? undefined : machines.get(key)
  const state = machine?.state ?? program.starts
  if (key === undefined && program.stateOf !== undefined)
    yield { said: `stateOf ${program.stateOf.map(spotKey).join(', ')}: nothing there`, weight }
  else if (step.in?.has(state) === false)
    yield { said: `state: is ${state}, step needs ${[...step.in].join(' or ')}`, weight }
  if (isSpent(step, machine)) yield { said: `times: has gone ${step.times} of ${step.times} times`, weight }
}

/** How far two texts are from being the same, in (0, 1]: by what they have in common at both ends. */
function apart(wanted: string, got: string): number {
  const [a, b] = [wanted.slice(0, limits.nearMissCharacters), got.slice(0, limits.nearMissCharacters)]
  const length = Math.max(a.length, b.length, 1)
  let head = 0
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1
  return 0.25 + 0.75 * (1 - (head + tail) / length)
}
