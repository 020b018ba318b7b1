/**
 * The simulated clock 模拟时钟 all agencies share, with the queue of what is due.
 *
 * - `jump`: time runs at a speed and, when nothing has been in flight for a quiet period, jumps to the next due event;
 * - `run`: time runs at a speed;
 * - `frozen`: time stands still until it is moved.
 *
 * Whatever changes the agencies' world happens one thing after another and at one instant each: while an exchange is
 * being served time stands still. Only so can the ledger say at which instant, and after which events, it was served.
 */
import { limits } from './limits.ts'
import type { Timers } from './timers.ts'

export const clockModes = ['jump', 'run', 'frozen'] as const
export type ClockMode = (typeof clockModes)[number]

export interface ClockOptions {
  readonly timers: Timers
  /** Epoch milliseconds the simulated time starts at. */
  readonly startAt: number
  readonly quietMs?: number
  /** Whether something is in flight: then the clock does not jump. */
  busy(): boolean
  /** Called before time is moved on to an instant, when something is due by then or somebody asked for the move. */
  moving(to: number): void
  /** Called when everything due has been done. */
  moved(): void
  /** Called when what was due has thrown; what is due after it is done nevertheless. */
  defect(whose: string, error: unknown): void
}

export interface ClockReading {
  readonly now: number
  readonly mode: ClockMode
  readonly speed: number
  /** How many events are due in the future, and when the first of them is. */
  readonly pending: number
  readonly nextAt: number | undefined
}

export interface Clock {
  /** Epoch milliseconds; what is due sees its own due time. */
  now(): number
  /** Does `act` when the time has moved on by `delayMs`; equal times in the order they were asked for. */
  after(delayMs: number, whose: string, act: () => void): void
  /** Runs alone: everything due by now is done before, and time stands still until `run` has settled. */
  still<T>(run: () => T | Promise<T>): Promise<T>
  /** Moves time on, doing everything due on the way. */
  advance(ms: number): Promise<void>
  /** Moves time on to an instant, doing everything due on the way; time does not run backwards. */
  advanceTo(at: number): Promise<void>
  /** Moves time on to the next due event; false when there is none. */
  advanceToNext(): Promise<boolean>
  /** Moves time to an instant at once: for the replay of a ledger, when nothing else runs. */
  moveTo(at: number): void
  set(mode: ClockMode, speed?: number): void
  /** Something happened that another party may react to: the quiet period begins anew. */
  stir(): void
  /** What is in flight has changed: the clock looks again whether it may jump. */
  look(): void
  read(): ClockReading
  stop(): void
}

interface Due {
  readonly at: number
  readonly whose: string
  readonly act: () => void
}

interface Works {
  readonly options: ClockOptions
  readonly queue: Due[]
  mode: ClockMode | 'stopped'
  speed: number
  /** The simulated instant `base` was the real instant `anchor`. */
  base: number
  anchor: number
  /** The instant shown last: time never runs backwards, even when the machine's clock is set. */
  shown: number
  /** The instant time stands still at: of an exchange, or of what is due. Undefined while it flows. */
  standing: number | undefined
  quietSince: number
  cancel: (() => void) | undefined
  line: Promise<unknown>
}

export function createClock(options: ClockOptions): Clock {
  const { timers, startAt } = options
  const works: Works = {
    options,
    queue: [],
    mode: 'frozen',
    speed: 1,
    base: startAt,
    anchor: timers.now(),
    shown: startAt,
    standing: undefined,
    quietSince: timers.now(),
    cancel: undefined,
    line: Promise.resolve(),
  }
  return {
    now: () => now(works),
    after: (delayMs, whose, act) => enqueue(works, delayMs, whose, act),
    still: (run) => still(works, run),
    advance: (ms) => still(works, () => move(works, works.shown + ms)),
    advanceTo: (at) => still(works, () => move(works, Math.max(at, works.shown))),
    advanceToNext: () =>
      still(works, () => {
        const next = works.queue[0]
        if (next !== undefined) move(works, Math.max(next.at, works.shown))
        return next !== undefined
      }),
    moveTo: (at) => move(works, Math.max(at, works.shown)),
    set(mode, speed = works.speed) {
      if (!(speed > 0 && Number.isFinite(speed)))
        throw new RangeError(`a clock's speed is a number above 0, not ${speed}`)
      rebase(works, now(works))
      Object.assign(works, { mode, speed, quietSince: timers.now() })
      plan(works)
    },
    stir() {
      works.quietSince = timers.now()
      plan(works)
    },
    look: () => plan(works),
    read: () => ({
      now: now(works),
      mode: works.mode === 'stopped' ? 'frozen' : works.mode,
      speed: works.speed,
      pending: works.queue.length,
      nextAt: works.queue[0]?.at,
    }),
    stop() {
      works.mode = 'stopped'
      plan(works)
    },
  }
}

function flows(works: Works): boolean {
  return works.mode === 'jump' || works.mode === 'run'
}

function now(works: Works): number {
  if (works.standing !== undefined) return works.standing
  const elapsed = flows(works) ? (works.options.timers.now() - works.anchor) * works.speed : 0
  works.shown = Math.max(works.shown, Math.floor(works.base + elapsed))
  return works.shown
}

function rebase(works: Works, at: number): void {
  works.base = at
  works.anchor = works.options.timers.now()
}

function enqueue(works: Works, delayMs: number, whose: string, act: () => void): void {
  if (!Number.isFinite(delayMs)) throw new RangeError(`${whose}: a delay is a number of milliseconds, not ${delayMs}`)
  const at = now(works) + Math.max(0, Math.round(delayMs))
  let low = 0
  let high = works.queue.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((works.queue[middle]?.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  works.queue.splice(low, 0, { at, whose, act })
  plan(works)
}

/** Does everything due until an instant, in order, including what becomes due on the way. */
function fire(works: Works, until: number): void {
  const stood = works.standing
  for (let due = works.queue[0]; due !== undefined && due.at <= until; due = works.queue[0]) {
    works.queue.shift()
    works.standing = due.at
    try {
      due.act()
    } catch (error) {
      works.options.defect(due.whose, error)
    }
  }
  works.shown = Math.max(works.shown, until)
  works.standing = stood === undefined ? undefined : until
  works.options.moved()
}

/** Time has come to an instant by itself. */
function flowTo(works: Works, at: number): void {
  const next = works.queue[0]
  if (next === undefined || next.at > at) return
  works.options.moving(at)
  fire(works, at)
}

/** Somebody, or the jumping clock, wants it to be another instant. */
function move(works: Works, at: number): void {
  works.options.moving(at)
  fire(works, at)
  rebase(works, at)
}

function still<T>(works: Works, run: () => T | Promise<T>): Promise<T> {
  const turn = works.line.then(async () => {
    const at = now(works)
    flowTo(works, at)
    works.standing = at
    try {
      return await run()
    } finally {
      works.standing = undefined
      plan(works)
    }
  })
  // The caller hears of the failure through `turn`; the next in line is not concerned.
  works.line = turn.catch(() => undefined)
  return turn
}

/** Sets the one timer for the next thing this clock will do by itself. */
function plan(works: Works): void {
  works.cancel?.()
  works.cancel = undefined
  const next = works.queue[0]
  if (next === undefined || works.standing !== undefined || !flows(works)) return
  const dueInMs = (next.at - now(works)) / works.speed
  const delayMs = Math.min(dueInMs, jumpInMs(works), limits.timerMs)
  works.cancel = works.options.timers.start(Math.max(0, Math.ceil(delayMs)), () => wake(works))
}

function jumpInMs(works: Works): number {
  if (works.mode !== 'jump' || works.options.busy()) return Number.POSITIVE_INFINITY
  return works.quietSince + (works.options.quietMs ?? limits.quietMs) - works.options.timers.now()
}

function wake(works: Works): void {
  // An exchange is being served: when it is done the clock plans again.
  if (works.standing !== undefined) return
  const next = works.queue[0]
  if (next !== undefined && next.at > now(works) && jumpInMs(works) <= 0) {
    move(works, next.at)
    works.quietSince = works.options.timers.now()
  } else flowTo(works, now(works))
  plan(works)
}
