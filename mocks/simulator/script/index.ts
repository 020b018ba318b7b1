/** The scripts of a session 会话脚本: they say what becomes of a request before its agency sees it. `script.md` explains the language. */
import type { Direction, Miss } from '../direction.ts'
import { limits } from '../limits.ts'
import { compile } from './compile.ts'
import { isOpen, keyFor, type Running, run, type ScriptHost, take } from './machine.ts'
import { nearest } from './nearest.ts'
import { problem, ScriptRefused } from './problem.ts'
import type { Program, Step } from './program.ts'
import { type ScriptRequest, seeRequest } from './request.ts'
import type { Script } from './schema.ts'
import { createShelf, type Shelved } from './shelf.ts'
import { type Filling, fill } from './template.ts'

export { type Known } from './check.ts'
export type { ScriptHost } from './machine.ts'
export { type Place, type ScriptProblem, ScriptRefused } from './problem.ts'
export { readScript } from './read.ts'
export type { ScriptRequest } from './request.ts'
export type { Script } from './schema.ts'

/** Where a script stands, to look at and to assert on. */
export interface ScriptState {
  readonly name: string
  /** How many state machines stand in each state. */
  readonly states: readonly { readonly state: string; readonly machines: number }[]
  /** The machines used last, with the value of `stateOf` each is for; '' of the only one. */
  readonly machines: readonly { readonly key: string; readonly state: string }[]
  /** Machines that had to make room for others: what they knew is lost. */
  readonly forgotten: number
  /** How often each step has gone. */
  readonly steps: readonly { readonly name: string; readonly count: number }[]
  /** Why the script goes on no longer. */
  readonly stopped?: string
}

export interface Scripts {
  /** One of the same name is replaced, at its place. @throws {ScriptRefused} when there are too many */
  load(script: Script): void
  remove(name: string): boolean
  list(): readonly ScriptState[]
  /** What is wanted of a request: by the first step that takes it, of the script loaded first. Counts, moves its state, plans documents. */
  direct(request: ScriptRequest): Direction | undefined
  /** What nearly took a request; changes nothing. Costs as much as there are steps: not for every request. */
  misses(request: ScriptRequest): readonly Miss[]
  /** Whether requests to an agency that no step takes are refused. */
  refuses(agency: string): boolean
  readonly size: number
  /** How many conditions have been looked at for requests: grows with requests, not with scripts. */
  readonly looked: number
}

interface Loaded extends Running {
  /** Its place among the scripts: that of its first step among all steps. */
  readonly rank: number
  readonly shelved: readonly Shelved<Candidate>[]
  /** Agencies that refuse what this script does not take. */
  readonly refusing: readonly string[]
}
interface Candidate {
  readonly running: Running
  readonly step: Step
}

export function createScripts(host: ScriptHost): Scripts {
  const loaded = new Map<string, Loaded>()
  const shelf = createShelf<Candidate>()
  /** How many scripts refuse for an agency. */
  const refusals = new Map<string, number>()
  let last = 0

  const shelve = (running: Running, rank: number): Loaded => {
    const { program } = running
    const shelved = program.steps.flatMap((step): Shelved<Candidate>[] =>
      step.match === undefined ? [] : [{ rank: rank + step.place, match: step.match, what: { running, step } }],
    )
    for (const one of shelved) shelf.add(one.what.step.agency ?? '', one)
    const refusing = program.refuses ? [...new Set(shelved.map(({ what }) => what.step.agency ?? ''))] : []
    for (const agency of refusing) refusals.set(agency, (refusals.get(agency) ?? 0) + 1)
    return Object.assign(running, { rank, shelved, refusing })
  }
  const unshelve = (one: Loaded): void => {
    one.removed = true
    for (const shelved of one.shelved) shelf.remove(shelved.what.step.agency ?? '', shelved)
    for (const agency of one.refusing) refusals.set(agency, (refusals.get(agency) ?? 0) - 1)
  }

  return {
    load(script) {
      const before = loaded.get(script.name)
      if (before === undefined && loaded.size >= limits.scripts) throw new ScriptRefused([tooMany])
      if (before !== undefined) unshelve(before)
      const rank = before?.rank ?? (last += limits.scriptSteps)
      loaded.set(script.name, shelve(run(compile(script, cannotBe), host), rank))
    },
    remove(name) {
      const one = loaded.get(name)
      if (one !== undefined) unshelve(one)
      return loaded.delete(name)
    },
    list: () => [...loaded.values()].map(stateOf),
    direct(request) {
      const seen = seeRequest(request)
      for (const { running, step } of shelf.takers(seen)) {
        const key = keyFor(running, seen)
        if (key === undefined || !isOpen(running, step, key)) continue
        return directionOf(running.program, step, take(running, step, key, seen, host))
      }
      return undefined
    },
    misses: (request) => nearest(loaded.values(), seeRequest(request)),
    refuses: (agency) => (refusals.get(agency) ?? 0) > 0,
    get size() {
      return loaded.size
    },
    get looked() {
      return shelf.looked
    },
  }
}

const tooMany = problem({ line: 1, column: 1 }, '', 'too-many-scripts', {
  en: `A session holds at most ${limits.scripts} scripts`,
  zh: `每个会话最多 ${limits.scripts} 个脚本`,
})

/** A script is compiled when it is read: what is loaded can be. */
function cannotBe(path: readonly (string | number)[], code: string): never {
  throw new Error(`a script that was never read: ${code} at /${path.join('/')}`)
}

function directionOf({ name }: Program, step: Step, filling: Filling): Direction {
  const { reply, outcomes, faults, delayMs } = step
  const by = `script ${name} / ${step.name}`
  if (reply === undefined) return { by, outcomes, faults, delayMs }
  const headers = reply.headers.map(([header, value]) => [header, fill(value, filling)] as const)
  return { by, outcomes, faults, delayMs, reply: { status: reply.status, headers, body: fill(reply.body, filling) } }
}

function stateOf({ program, machines, counts, forgotten, stopped }: Running): ScriptState {
  const states = new Map<string, number>()
  for (const { state } of machines.values()) states.set(state, (states.get(state) ?? 0) + 1)
  return {
    name: program.name,
    states: [...states].map(([state, many]) => ({ state, machines: many })),
    machines: [...machines.values()].slice(-limits.scriptMachinesShown).map(({ key, state }) => ({ key, state })),
    forgotten,
    steps: program.steps.map((step, place) => ({ name: step.name, count: counts[place] ?? 0 })),
    ...(stopped === undefined ? {} : { stopped }),
  }
}
