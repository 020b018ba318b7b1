/** Where sessions are kept 会话保存: in a folder, where they outlive the process, or in memory. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClockMode } from './clock.ts'
import { type Budget, type Kept, type Ledger, memoryLedger, openLedger } from './ledger.ts'
import { limits } from './limits.ts'

/** What a session was made with. */
export interface Settings {
  /** What chance depends on. A memory keeps the seed it was begun with. */
  readonly seed?: string | undefined
  /** Part of the ids of its messages; two memories that push to one gateway must differ here. */
  readonly run?: string | undefined
  /** Epoch milliseconds its time starts at; absent: now. */
  readonly startAt?: number | undefined
  readonly mode: ClockMode
  /** Simulated time per real time. */
  readonly speed: number
  /** Where documents are pushed to: the origin of the customer's gateway. */
  readonly callbackUrl: string
  /** `whsec_…` by agency id; an agency without one signs with `developmentSecret(id)`. */
  readonly secrets?: Readonly<Record<string, string>> | undefined
}

/** A session as it was at an instant. */
export interface Snapshot {
  readonly name: string
  /** Simulated and real epoch milliseconds. */
  readonly at: number
  readonly real: number
  readonly mode: ClockMode
  readonly speed: number
  /** Of its ledger, each a text: in memory it shares them with the ledger. */
  readonly lines: Iterable<string>
}

export interface Keeper {
  /** Sessions of an earlier process, by id; the default one is none of them. */
  found(): ReadonlyMap<string, Settings>
  /** Keeps what a session was made with. */
  note(id: string, settings: Settings): void
  /** Begins a session's ledger, or goes on with it. */
  open(id: string): Ledger
  /** A ledger that holds these lines and no others. */
  replace(id: string, lines: Iterable<string>): Ledger
  remove(id: string): void
  keepSnapshot(id: string, snapshot: Snapshot): void
  snapshot(id: string, name: string): Snapshot | undefined
  snapshots(id: string): readonly string[]
  dropSnapshot(id: string, name: string): boolean
}

export const defaultId = 'default'

const parsed = (line: string) => JSON.parse(line) as Kept

export function keepInMemory(): Keeper {
  const budget: Budget = { bytes: limits.ledgerBytes, used: 0 }
  const snapshots = new Map<string, Map<string, Snapshot>>()
  return {
    found: () => new Map(),
    note: () => undefined,
    open: () => memoryLedger(budget),
    replace: (_, lines) => memoryLedger(budget, Array.from(lines, parsed)),
    remove: (id) => void snapshots.delete(id),
    keepSnapshot(id, snapshot) {
      const mine = snapshots.get(id) ?? new Map<string, Snapshot>()
      snapshots.set(id, mine.set(snapshot.name, snapshot))
    },
    snapshot: (id, name) => snapshots.get(id)?.get(name),
    snapshots: (id) => [...(snapshots.get(id)?.keys() ?? [])],
    dropSnapshot: (id, name) => snapshots.get(id)?.delete(name) === true,
  }
}

/**
 * In a folder: the default session lies in it, every other in `sessions/<id>`; beside each ledger its snapshots. What is
 * replaced is written whole beside the old and then put in its place, so that a kill leaves the one or the other.
 */
export function keepInFolder(folder: string): Keeper {
  const sessions = join(folder, 'sessions')
  const place = (id: string) => (id === defaultId ? folder : join(sessions, id))
  const ledger = (id: string) => join(place(id), 'simulator.jsonl')
  const shelf = (id: string) => join(place(id), 'snapshots')
  const file = (id: string, name: string) => join(shelf(id), `${name}.json`)
  const write = (path: string, text: string) => {
    writeFileSync(`${path}.new`, text, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  return {
    found() {
      if (!existsSync(sessions)) return new Map()
      const settings = (id: string) => join(sessions, id, 'session.json')
      // A kill between making the folder and writing the settings leaves a session nobody was told of.
      const ids = readdirSync(sessions).filter((id) => existsSync(settings(id)))
      return new Map(ids.map((id) => [id, JSON.parse(readFileSync(settings(id), 'utf8')) as Settings]))
    },
    note(id, settings) {
      mkdirSync(place(id), { recursive: true, mode: 0o700 })
      write(join(place(id), 'session.json'), JSON.stringify(settings))
    },
    open: (id) => openLedger(ledger(id)),
    replace(id, lines) {
      mkdirSync(place(id), { recursive: true, mode: 0o700 })
      write(ledger(id), Array.from(lines, (line) => `${line}\n`).join(''))
      return openLedger(ledger(id))
    },
    remove: (id) => rmSync(place(id), { recursive: true, force: true }),
    keepSnapshot(id, snapshot) {
      mkdirSync(shelf(id), { recursive: true, mode: 0o700 })
      write(file(id, snapshot.name), JSON.stringify({ ...snapshot, lines: Array.from(snapshot.lines, parsed) }))
    },
    snapshot(id, name) {
      if (!existsSync(file(id, name))) return undefined
      const { lines, ...kept } = JSON.parse(readFileSync(file(id, name), 'utf8')) as Omit<Snapshot, 'lines'> & {
        lines: Kept[]
      }
      return { ...kept, lines: lines.map((line) => JSON.stringify(line)) }
    },
    snapshots: (id) =>
      existsSync(shelf(id))
        ? readdirSync(shelf(id)).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []))
        : [],
    dropSnapshot(id, name) {
      if (!existsSync(file(id, name))) return false
      rmSync(file(id, name))
      return true
    },
  }
}
