/** The scripts of a session 会话脚本: they say what becomes of a request before its agency sees it. `script.md` explains the language. */
import type { Direction, Miss } from '../direction.ts'
import { limits } from '../limits.ts'
import { directionOf } from './directed.ts'
import { isOpen, keyFor, type Running, run, type ScriptHost, take } from './machine.ts'
import { nearest } from './nearest.ts'
import { problem, ScriptRefused } from './problem.ts'
import type { Step } from './program.ts'
import { programOf } from './programs.ts'
import { type ScriptRequest, seeRequest } from './request.ts'
import type { Script } from './schema.ts'
import { Shelf, type Shelved } from './shelf.ts'

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
  readonly shelved: readonly Candidate[]
  /** Agencies that refuse what this script does not take. */
  readonly refusing: readonly string[]
}
interface Candidate extends Shelved {
  readonly running: Running
  readonly step: Step
}

export const createScripts = (host: ScriptHost): Scripts => new LoadedScripts(host)

class LoadedScripts implements Scripts {
  readonly #host: ScriptHost
  readonly #loaded = new Map<string, Loaded>()
  readonly #shelf = new Shelf<Candidate>()
  /** How many scripts refuse for an agency. */
  readonly #refusals = new Map<string, number>()
  /** Kept beside the map: every request of a session asks whether there is any. */
  #size = 0
  #last = 0

  constructor(host: ScriptHost) {
    this.#host = host
  }

  get size(): number {
    return this.#size
  }

  get looked(): number {
    return this.#shelf.looked
  }

  load(script: Script): void {
    const before = this.#loaded.get(script.name)
    if (before === undefined && this.#loaded.size >= limits.scripts) throw new ScriptRefused([tooMany])
    if (before !== undefined) this.#unshelve(before)
    const rank = before?.rank ?? (this.#last += limits.scriptSteps)
    this.#loaded.set(script.name, this.#shelve(run(programOf(script), this.#host), rank))
    this.#size = this.#loaded.size
  }

  remove(name: string): boolean {
    const one = this.#loaded.get(name)
    if (one !== undefined) this.#unshelve(one)
    this.#loaded.delete(name)
    this.#size = this.#loaded.size
    return one !== undefined
  }

  list(): readonly ScriptState[] {
    return [...this.#loaded.values()].map(stateOf)
  }

  direct(request: ScriptRequest): Direction | undefined {
    const seen = seeRequest(request)
    for (const { running, step } of this.#shelf.takers(seen)) {
      const key = keyFor(running, seen)
      if (key === undefined || !isOpen(running, step, key)) continue
      const filling = take(running, step, key, seen, this.#host)
      return step.always ?? directionOf(running.program.name, step, filling)
    }
    return undefined
  }

  misses(request: ScriptRequest): readonly Miss[] {
    return nearest(this.#loaded.values(), seeRequest(request))
  }

  refuses(agency: string): boolean {
    return (this.#refusals.get(agency) ?? 0) > 0
  }

  #shelve(running: Running, rank: number): Loaded {
    const { program } = running
    const shelved = program.steps.flatMap((step): Candidate[] =>
      step.match === undefined ? [] : [{ rank: rank + step.place, match: step.match, running, step }],
    )
    for (const one of shelved) this.#shelf.add(one.step.agency ?? '', one)
    const refusing = program.refuses ? [...new Set(shelved.map(({ step }) => step.agency ?? ''))] : []
    for (const agency of refusing) this.#refusals.set(agency, (this.#refusals.get(agency) ?? 0) + 1)
    return Object.assign(running, { rank, shelved, refusing })
  }

  #unshelve(one: Loaded): void {
    one.removed = true
    for (const shelved of one.shelved) this.#shelf.remove(shelved.step.agency ?? '', shelved)
    for (const agency of one.refusing) this.#refusals.set(agency, (this.#refusals.get(agency) ?? 0) - 1)
  }
}

const tooMany = problem({ line: 1, column: 1 }, '', 'too-many-scripts', {
  en: `A session holds at most ${limits.scripts} scripts`,
  zh: `每个会话最多 ${limits.scripts} 个脚本`,
})

function stateOf({ program, machines, counts, forgotten, stopped }: Running): ScriptState {
  const gone = (place: number) =>
    machines.values().reduce((sum, machine) => sum + (machine.counts[place] ?? 0), counts[place] ?? 0)
  const states = new Map<string, number>()
  for (const { state } of machines.values()) states.set(state, (states.get(state) ?? 0) + 1)
  return {
    name: program.name,
    states: [...states].map(([state, many]) => ({ state, machines: many })),
    machines: [...machines.values()].slice(-limits.scriptMachinesShown).map(({ key, state }) => ({ key, state })),
    forgotten,
    steps: program.steps.map((step, place) => ({ name: step.name, count: gone(place) })),
    ...(stopped === undefined ? {} : { stopped }),
  }
}
