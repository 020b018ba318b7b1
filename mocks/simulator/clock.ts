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

export const createClock = (options: ClockOptions): Clock => new SimulatedClock(options)

/** A class, not closures: a simulator with a hundred sessions touches one object here instead of a dozen, none of them in the processor's cache. */
class SimulatedClock implements Clock {
  #mode: ClockMode | 'stopped' = 'frozen'
  /** Whether something runs alone, and what waits until it has. */
  #isTaken = false
  #line: (() => void)[] | undefined
  /** Whether time stands still at the instant shown: of an exchange, or of what is due. */
  #stands = false
  /** The instant shown last: time never runs backwards, even when the machine's clock is set. */
  #shown: number
  /** The first in the queue: nothing is looked for where nothing is due. */
  #next: Due | undefined
  readonly #queue: Due[] = []
  #cancel: (() => void) | undefined
  readonly #options: ClockOptions
  #speed = 1
  /** The simulated instant `#base` was the real instant `#anchor`. */
  #base: number
  #anchor: number
  #quietSince: number

  constructor(options: ClockOptions) {
    this.#options = options
    this.#base = options.startAt
    this.#anchor = options.timers.now()
    this.#shown = options.startAt
    this.#quietSince = this.#anchor
  }

  now(): number {
    if (this.#stands || !this.#flows()) return this.#shown
    const elapsed = (this.#options.timers.now() - this.#anchor) * this.#speed
    this.#shown = Math.max(this.#shown, Math.floor(this.#base + elapsed))
    return this.#shown
  }

  after(delayMs: number, whose: string, act: () => void): void {
    if (!Number.isFinite(delayMs)) throw new RangeError(`${whose}: a delay is a number of milliseconds, not ${delayMs}`)
    const at = this.now() + Math.max(0, Math.round(delayMs))
    let low = 0
    let high = this.#queue.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#queue[middle]?.at ?? 0) <= at) low = middle + 1
      else high = middle
    }
    this.#queue.splice(low, 0, { at, whose, act })
    this.#next = this.#queue[0]
    this.look()
  }

  async still<T>(run: () => T | Promise<T>): Promise<T> {
    if (this.#isTaken) await this.#turn()
    this.#isTaken = true
    try {
      this.#flowTo(this.now())
      this.#stands = true
      return await run()
    } finally {
      this.#stands = false
      this.look()
      // The next in line takes over before anybody else can.
      const next = this.#line?.shift()
      if (next === undefined) this.#isTaken = false
      else next()
    }
  }

  advance(ms: number): Promise<void> {
    return this.still(() => this.#move(this.#shown + ms))
  }

  advanceTo(at: number): Promise<void> {
    return this.still(() => this.moveTo(at))
  }

  advanceToNext(): Promise<boolean> {
    return this.still(() => {
      const next = this.#next
      if (next !== undefined) this.moveTo(next.at)
      return next !== undefined
    })
  }

  moveTo(at: number): void {
    this.#move(Math.max(at, this.#shown))
  }

  set(mode: ClockMode, speed = this.#speed): void {
    if (!(speed > 0 && Number.isFinite(speed)))
      throw new RangeError(`a clock's speed is a number above 0, not ${speed}`)
    this.#rebase(this.now())
    this.#mode = mode
    this.#speed = speed
    this.stir()
  }

  stir(): void {
    // In the other modes nobody waits for quiet.
    if (this.#mode === 'jump') this.#quietSince = this.#options.timers.now()
    this.look()
  }

  /** Sets the one timer for the next thing this clock will do by itself. */
  look(): void {
    this.#cancel?.()
    this.#cancel = undefined
    const next = this.#next
    if (next === undefined || this.#stands || !this.#flows()) return
    const dueInMs = (next.at - this.now()) / this.#speed
    const delayMs = Math.min(dueInMs, this.#jumpInMs(), limits.timerMs)
    this.#cancel = this.#options.timers.start(Math.max(0, Math.ceil(delayMs)), () => this.#wake())
  }

  read(): ClockReading {
    return {
      now: this.now(),
      mode: this.#mode === 'stopped' ? 'frozen' : this.#mode,
      speed: this.#speed,
      pending: this.#queue.length,
      nextAt: this.#next?.at,
    }
  }

  stop(): void {
    this.#mode = 'stopped'
    this.look()
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#line = [...(this.#line ?? []), resolve]
    })
  }

  #flows(): boolean {
    return this.#mode === 'jump' || this.#mode === 'run'
  }

  #rebase(at: number): void {
    this.#base = at
    this.#anchor = this.#options.timers.now()
  }

  /** Does everything due until an instant, in order, including what becomes due on the way. */
  #fire(until: number): void {
    const [stood, shown] = [this.#stands, this.#shown]
    this.#stands = true
    for (let due = this.#next; due !== undefined && due.at <= until; due = this.#next) {
      this.#queue.shift()
      this.#next = this.#queue[0]
      this.#shown = due.at
      try {
        due.act()
      } catch (error) {
        this.#options.defect(due.whose, error)
      }
    }
    this.#shown = Math.max(shown, until)
    this.#stands = stood
    this.#options.moved()
  }

  /** Time has come to an instant by itself. */
  #flowTo(at: number): void {
    const next = this.#next
    if (next === undefined || next.at > at) return
    this.#options.moving(at)
    this.#fire(at)
  }

  /** Somebody, or the jumping clock, wants it to be another instant. */
  #move(at: number): void {
    this.#options.moving(at)
    this.#fire(at)
    this.#rebase(at)
  }

  #jumpInMs(): number {
    if (this.#mode !== 'jump' || this.#options.busy()) return Number.POSITIVE_INFINITY
    return this.#quietSince + (this.#options.quietMs ?? limits.quietMs) - this.#options.timers.now()
  }

  #wake(): void {
    // An exchange is being served: when it is done the clock plans again.
    if (this.#stands) return
    const next = this.#next
    if (next !== undefined && next.at > this.now() && this.#jumpInMs() <= 0) {
      this.#move(next.at)
      this.#quietSince = this.#options.timers.now()
    } else this.#flowTo(this.now())
    this.look()
  }
}
