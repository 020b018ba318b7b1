/**
 * The simulator's ledger 台账: what a simulator needs to become again what it was, one JSON line each, written before the
 * answer is given. Plain appends without fsync: it outlives a killed process, not a machine that loses power.
 */
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { FaultName } from './faults.ts'

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
}

/** What became of a pushed document: acknowledged, stopped (refused with a 4xx), expired, or asked for again. */
export interface Delivered extends Stamped {
  readonly kept: 'acknowledged' | 'stopped' | 'expired' | 'again'
  readonly id: string
  readonly status?: number
}

export interface Ordered extends Stamped {
  readonly kept: 'fault'
  readonly agency: string
  readonly fault: FaultName
  readonly times?: number
}

export interface Cleared extends Stamped {
  readonly kept: 'cleared'
  readonly agency: string
  readonly fault?: FaultName
}

/** A line without its stamps. */
export type Unstamped<Line = Kept> = Line extends unknown ? Omit<Line, keyof Stamped> : never

export type Kept = Opened | Moved | Exchanged | Delivered | Ordered | Cleared

export interface Ledger {
  /** What was kept by the simulator before. */
  readonly before: readonly Kept[]
  /** @throws {Error} when it cannot be written, and from then on always: a simulator that cannot remember must not answer. */
  append(line: Kept): void
  close(): void
}

/** A simulator without a folder remembers nothing beyond its process. */
export const noLedger: Ledger = { before: [], append: () => undefined, close: () => undefined }

export function openLedger(folder: string): Ledger {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'simulator.jsonl')
  const file = openSync(path, 'a+', 0o600)
  const bytes = readFileSync(path)
  // A kill in the middle of a write, or a full disk, leaves half a line, whose answer was never given: it did not happen.
  const whole = bytes.lastIndexOf(0x0a) + 1
  if (whole < bytes.length) ftruncateSync(file, whole)
  let failure: Error | undefined
  return {
    before: parse(bytes.subarray(0, whole), path),
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
