/**
 * A session's ledger 台账: what a world needs to become again what it was, line by line, written before the answer is given.
 * In a file these are plain appends without fsync: it outlives a killed process, not a machine that loses power.
 */
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { FaultName, FaultOrder } from './faults.ts'
import type { Script } from './script/index.ts'
import { Tape } from './tape.ts'

/** Simulated and real epoch milliseconds. */
interface Stamped {
  readonly at: number
  readonly real: number
}

/** The first line: what everything after depends on. */
export interface Opened extends Stamped {
  readonly kept: 'opened'
  readonly version: 1
  /** Distinguishes the messages of this memory from those of every other. */
  readonly run: string
  readonly seed: string
}

/** Time was moved to this instant, and what was due by then was done. */
export interface Moved extends Stamped {
  readonly kept: 'moved'
}

export interface Exchanged extends Stamped {
  readonly kept: 'exchange'
  readonly agency: string
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  /** Text where it is valid UTF-8, else base64. */
  readonly body: string
  readonly base64?: true
  /** What it was answered: a replay that answers otherwise is reported. */
  readonly status: number
  readonly digest: string
  /** The whole answer, where it came from a real endpoint that was recorded: a replay does not ask there again. */
  readonly recorded?: { readonly headers: readonly (readonly [string, string])[]; readonly base64: string }
}

/** What became of a pushed document: acknowledged, stopped (refused with a 4xx), expired, or asked for again. */
export interface Delivered extends Stamped {
  readonly kept: 'acknowledged' | 'stopped' | 'expired' | 'again'
  readonly id: string
  readonly status?: number
}

/** A fault was ordered, with its parameters. */
export type Ordered = Stamped &
  FaultOrder & { readonly kept: 'fault'; readonly agency: string; readonly times?: number }

export interface Cleared extends Stamped {
  readonly kept: 'cleared'
  readonly agency: string
  readonly fault?: FaultName
}

/** A script was loaded. */
export interface Scripted extends Stamped {
  readonly kept: 'script'
  readonly script: Script
}

export interface Unscripted extends Stamped {
  readonly kept: 'unscripted'
  readonly name: string
}

/** A line without its stamps. */
export type Unstamped<Line = Kept> = Line extends unknown ? Omit<Line, keyof Stamped> : never

export type Kept = Opened | Moved | Exchanged | Delivered | Ordered | Cleared | Scripted | Unscripted

export interface Ledger {
  /** What was kept before, by an earlier process or in the snapshot restored; empty once it was replayed. */
  before: readonly Kept[]
  /** @throws {Error} when it cannot be written, and from then on always: a simulator that cannot remember must not answer. */
  append(line: Kept): void
  /** Whether what is appended is kept; not where memory did not suffice. */
  keeps(): boolean
  /** Everything kept so far, each line a text, and nothing that is kept later; undefined where memory did not suffice. */
  lines(): Iterable<string> | undefined
  close(): void
}

/** Memory that all ledgers without a file share. */
export interface Budget {
  readonly bytes: number
  used: number
}

/** A ledger in memory. Where the budget is used up it forgets everything, and says so; the session goes on. */
export const memoryLedger = (budget: Budget, before: readonly Kept[] = []): Ledger => new MemoryLedger(budget, before)

class MemoryLedger implements Ledger {
  before: readonly Kept[]
  readonly #budget: Budget
  #kept: Tape | undefined = new Tape()

  constructor(budget: Budget, before: readonly Kept[]) {
    this.#budget = budget
    this.before = before
    for (const line of before) this.append(line)
  }

  append(line: Kept): void {
    const kept = this.#kept
    if (kept === undefined) return
    const before = kept.size
    kept.append(`${JSON.stringify(line)}\n`)
    this.#budget.used += kept.size - before
    if (this.#budget.used > this.#budget.bytes) this.close()
  }

  keeps(): boolean {
    return this.#kept !== undefined
  }

  lines(): Iterable<string> | undefined {
    return this.#kept?.lines()
  }

  /** Forgets everything, and gives back what it took. */
  close(): void {
    this.#budget.used -= this.#kept?.size ?? 0
    this.#kept = undefined
  }
}

/** A ledger in a file, begun or continued. */
export function openLedger(path: string): Ledger {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'a+', 0o600)
  const bytes = readFileSync(path)
  // A kill in the middle of a write, or a full disk, leaves half a line, whose answer was never given: it did not happen.
  const whole = bytes.lastIndexOf(0x0a) + 1
  if (whole < bytes.length) ftruncateSync(file, whole)
  let failure: Error | undefined
  return {
    before: parse(bytes.subarray(0, whole), path),
    keeps: () => true,
    append(line) {
      if (failure !== undefined) throw failure
      const text = Buffer.from(`${JSON.stringify(line)}\n`)
      try {
        for (let written = 0; written < text.length; ) written += writeSync(file, text, written)
      } catch (cause) {
        failure = new Error(`${path} cannot be written: start the simulator again when it can`, { cause })
        throw failure
      }
    },
    lines: () => readFileSync(path, 'utf8').split('\n').slice(0, -1),
    close: () => closeSync(file),
  }
}

function parse(bytes: Buffer, path: string): Kept[] {
  const lines: Kept[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start)
    try {
      lines.push(JSON.parse(bytes.toString('utf8', start, end)) as Kept)
    } catch (cause) {
      throw new Error(`${path}: line ${lines.length + 1} is not JSON; move the file away to start afresh`, { cause })
    }
    start = end + 1
  }
  const [first] = lines
  if (first !== undefined && (first.kept !== 'opened' || first.version !== 1)) {
    throw new Error(`${path}: not a simulator's ledger of version 1; move the file away to start afresh`)
  }
  return lines
}
