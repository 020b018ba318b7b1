/**
 * A script at work 状态机: one machine for the session, or one for each value `stateOf` finds. It moves when a step takes a request,
 * and by itself when a state has been held long enough; one that would never come to rest is stopped, and says why.
 */
import type { Outgoing } from '../../agency.ts'
import { limits } from '../limits.ts'
import type { Program, Sending, Step } from './program.ts'
import type { Seen } from './request.ts'
import { type Filling, fill, holdRequest, type Template } from './template.ts'

/** What scripts may touch: the session's clock, chance, post and journal. */
export interface ScriptHost {
  /** Simulated epoch milliseconds. */
  now(): number
  after(delayMs: number, act: () => void): void
  /** A number in [0, 1) that depends on the seed and `key` alone. */
  draw(key: string): number
  send(agency: string, reference: string, document: Outgoing): void
  note(what: { script: string; step?: string; state?: string; stopped?: string }): void
}

const rest = { moves: 0, atOnce: 0, at: Number.NaN, trail: [] }

export interface Machine {
  /** What `stateOf` found; '' of a script with one machine. */
  readonly key: string
  state: string
  /** Counts entries into states: what was planned in an earlier stay does not happen. */
  stay: number
  /** How often each step has gone, by its place. */
  readonly counts: number[]
  /** What it has done by itself since it was last asked: how many moves, how many of them at `at`, the last states it left. */
  alone: { moves: number; atOnce: number; at: number; trail: readonly string[] }
  forgotten: boolean
}

/** A script that is loaded. */
export interface Running {
  readonly program: Program
  readonly machines: Map<string, Machine>
  /** The machine used last. */
  latest: Machine | undefined
  /** Automatic steps and documents that are due in the future. */
  planned: number
  /** Machines that had to make room, and how often each step had gone in them. */
  forgotten: number
  readonly counts: number[]
  stopped: string | undefined
  removed: boolean
}

export function run(program: Program, host: ScriptHost): Running {
  const running: Running = {
    program,
    latest: undefined,
    stopped: undefined,
    removed: false,
    planned: 0,
    machines: new Map(),
    forgotten: 0,
    counts: program.steps.map(() => 0),
  }
  if (program.stateOf === undefined) begin(running, '', host)
  return running
}

/** The machine a request is for, as it stands or would begin; undefined when `stateOf` finds nothing, or nothing to remember. */
export function keyFor({ program: { stateOf } }: Running, seen: Seen): string | undefined {
  if (stateOf === undefined) return ''
  const key = stateOf.map((spot) => seen.at(spot)).find((value) => value !== undefined)
  return key === undefined || key === '' || key.length > limits.scriptKeyCharacters ? undefined : key
}

/** Whether a step may go: its script is not stopped, its state is held, and it has not gone too often. */
export function isOpen(running: Running, step: Step, key: string | undefined): boolean {
  if (running.stopped !== undefined || key === undefined) return false
  const machine = machineOf(running, key)
  return step.in?.has(machine?.state ?? running.program.starts) !== false && !isSpent(step, machine)
}

/** The machine for a key, most often the one used last. */
const machineOf = ({ latest, machines }: Running, key: string): Machine | undefined =>
  latest?.key === key ? latest : machines.get(key)

/** Whether a step has gone as often as it may. */
export function isSpent({ times, place }: Step, machine: Machine | undefined): boolean {
  return times !== undefined && (machine?.counts[place] ?? 0) >= times
}

/** A step goes because a request has asked for it. @returns what its templates are filled with */
export function take(running: Running, step: Step, key: string, seen: Seen, host: ScriptHost): Filling {
  const machine = machineOf(running, key) ?? begin(running, key, host)
  // The machine used last is the last to be forgotten.
  if (machine !== running.latest) {
    running.machines.delete(key)
    running.machines.set(key, machine)
    running.latest = machine
  }
  machine.alone = rest
  const filling = count(running, machine, step, host, (spot) => seen.at(spot))
  go(running, machine, step, filling, host)
  return filling
}

function begin(running: Running, key: string, host: ScriptHost): Machine {
  const { machines, program } = running
  if (machines.size >= limits.scriptMachines) {
    const [oldest] = machines.values()
    if (oldest !== undefined) {
      oldest.forgotten = true
      machines.delete(oldest.key)
      running.forgotten += 1
      oldest.counts.forEach((count, place) => {
        running.counts[place] = (running.counts[place] ?? 0) + count
      })
    }
  }
  const machine: Machine = { key, state: program.starts, stay: 0, counts: [], alone: rest, forgotten: false }
  machines.set(key, machine)
  running.latest = machine
  planAutomatic(running, machine, host)
  return machine
}

function go(running: Running, machine: Machine, step: Step, filling: Filling, host: ScriptHost): void {
  for (const sending of step.sends) planSending(running, sending, filling, host)
  // An exchange says itself which step took it; what else there is to tell is a move, and what a script does by itself.
  if (step.enters !== undefined || step.match === undefined)
    host.note({ script: running.program.name, step: step.name, state: step.enters ?? machine.state })
  if (step.enters === undefined) return
  machine.state = step.enters
  machine.stay += 1
  planAutomatic(running, machine, host)
}

function planAutomatic(running: Running, machine: Machine, host: ScriptHost): void {
  const { stay } = machine
  for (const step of running.program.steps) {
    if (step.match !== undefined || step.in?.has(machine.state) === false) continue
    plan(running, step.afterMs, host, () => {
      if (!machine.forgotten && machine.stay === stay) fire(running, machine, step, host)
    })
  }
}

/** A step goes by itself. */
function fire(running: Running, machine: Machine, step: Step, host: ScriptHost): void {
  if (isSpent(step, machine)) return
  const loop = step.enters === undefined ? undefined : loopOf(machine, host.now())
  if (loop !== undefined) return stop(running, loop, host)
  go(running, machine, step, count(running, machine, step, host), host)
}

/** Counts a move nobody asked for. @returns why the machine will not come to rest; undefined when it may */
function loopOf(machine: Machine, now: number): string | undefined {
  const { moves, atOnce, at, trail } = machine.alone
  const left = [...trail, machine.state].slice(-limits.scriptTrail)
  machine.alone = { moves: moves + 1, atOnce: at === now ? atOnce + 1 : 1, at: now, trail: left }
  if (machine.alone.atOnce > limits.scriptMovesAtOnce) return `it goes in circles without time passing: ${circle(left)}`
  if (machine.alone.moves > limits.scriptMoves)
    return `it went on by itself ${limits.scriptMoves} times while nobody asked it anything: ${circle(left)}`
  return undefined
}

/** The way back to the last state: `open → lost → open`. */
function circle(states: readonly string[]): string {
  const before = states.slice(0, -1).lastIndexOf(states.at(-1) ?? '')
  return states.slice(Math.max(before, 0)).join(' → ')
}

/** Stops a script for good; everything else goes on. */
function stop(running: Running, reason: string, host: ScriptHost): void {
  running.stopped = reason
  host.note({ script: running.program.name, stopped: reason })
}

function plan(running: Running, delayMs: number, host: ScriptHost, act: () => void): void {
  if (running.stopped !== undefined) return
  if (running.planned >= limits.scriptPlans)
    return stop(running, `more than ${limits.scriptPlans} steps and documents of it are due in the future`, host)
  running.planned += 1
  host.after(delayMs, () => {
    running.planned -= 1
    if (running.stopped === undefined && !running.removed) act()
  })
}

function planSending(running: Running, sending: Sending, filling: Filling, host: ScriptHost): void {
  const held = (template: Template) => holdRequest(template, filling)
  const [reference, name] = [held(sending.reference), held(sending.name)]
  const [contentType, body] = [held(sending.contentType), held(sending.body)]
  const { now, count, key, draw } = filling
  plan(running, sending.afterMs, host, () => {
    const then: Filling = { now, count, key, draw, at: () => undefined }
    host.send(sending.agency, fill(reference, then), {
      name: fill(name, then),
      contentType: fill(contentType, then),
      body: fill(body, then),
    })
  })
}

/** Counts that a step goes, and says what its templates are filled with. */
function count(
  running: Running,
  machine: Machine,
  step: Step,
  host: ScriptHost,
  at: Filling['at'] = () => undefined,
): Filling {
  const times = (machine.counts[step.place] ?? 0) + 1
  machine.counts[step.place] = times
  const whose = `${running.program.name}|${machine.key}`
  let drawn = 0
  return {
    now: () => new Date(host.now()).toISOString(),
    count: times,
    key: machine.key,
    at,
    draw(name) {
      if (name !== undefined) return host.draw(`${whose}|${name}`)
      drawn += 1
      return host.draw(`${whose}|${step.name}|${times}|${drawn}`)
    },
  }
}
