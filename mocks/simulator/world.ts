/** The simulator's world 模拟世界: clock, post, journal, ledger and the offices of all agencies, wired to one another. */
import { randomUUID } from 'node:crypto'
import type { Agency } from '../agency.ts'
import { createPlayer, type Player } from '../carriers/player.ts'
import { type Clock, type ClockMode, createClock } from './clock.ts'
import { createDesk, untouched } from './desk.ts'
import type { Counter, Office } from './exchange.ts'
import { createFaultBook, type FaultBook } from './faults.ts'
import { createJournal, type Journal } from './journal.ts'
import { type Ledger, noLedger, type Opened, openLedger, type Unstamped } from './ledger.ts'
import { createPost, type Post } from './post.ts'
import { type Attempt, createPusher, type Pusher, type Send, sendByUndici } from './push.ts'
import { developmentSecret } from './signature.ts'
import { realTimers, type Timers } from './timers.ts'

export interface SimulatorOptions {
  readonly agencies: readonly Agency[]
  /** Issuers of certificates, each at `/issuers/{id}`; their ids are nobody else's. */
  readonly issuers?: readonly Agency[]
  /** Where documents are pushed to: the origin of the customer's gateway. */
  readonly callbackUrl: string
  /** `whsec_…` by agency id; an agency without one signs with `developmentSecret(id)`. */
  readonly secrets?: Readonly<Record<string, string>>
  /** What chance depends on. A folder keeps the seed it was begun with. */
  readonly seed?: string | undefined
  /** Default `jump`. */
  readonly mode?: ClockMode
  /** Simulated time per real time; default 1. */
  readonly speed?: number
  /** Epoch milliseconds the simulated time starts at; default now. */
  readonly startAt?: number
  /** Where to remember; without it a simulator forgets everything when it ends. */
  readonly folder?: string | undefined
  readonly timers?: Timers
  /** Jitter of the waits between two tries of a push. */
  readonly random?: () => number
  /** How pushes leave, e.g. `(url, request) => gateway.request(url, request)` in tests. */
  readonly fetch?: Send
}

export interface World extends Counter {
  readonly clock: Clock
  readonly faults: FaultBook
  readonly journal: Journal
  readonly pusher: Pusher
  readonly post: Post
  /** Journeys that carriers tell of. */
  readonly player: Player
  readonly ledger: Ledger
  readonly timers: Timers
  readonly offices: ReadonlyMap<string, Office>
  /** Requests being served. */
  exchanges: number
  defects: number
  /** The real time of what is being replayed; undefined when it is happening. */
  replaying: number | undefined
  keep(line: Unstamped): void
  defect(agency: string, what: string): void
}

export function createWorld(options: SimulatorOptions): World {
  const { timers = realTimers } = options
  const ledger = options.folder === undefined ? noLedger : openLedger(options.folder)
  const opened = open(ledger, options, timers)
  const realNow = () => world.replaying ?? timers.now()
  const clock = createClock({
    timers,
    startAt: opened.at,
    busy: () => world.exchanges > 0 || pusher.waiting() > 0 || player.waiting() > 0 || post.unfetched() > 0,
    moving: (to) => keep({ kept: 'moved' }, to),
    moved: () => {
      if (world.replaying === undefined) pusher.flush()
    },
    defect: (whose, error) => world.defect(whose, String(error instanceof Error ? error.stack : error)),
  })
  const faults = createFaultBook()
  const journal = createJournal({ simulatedNow: () => clock.now(), realNow })
  const pusher = createPusher({
    callbackUrl: options.callbackUrl.replace(/\/+$/, ''),
    secrets: new Map(options.agencies.map(({ id }) => [id, options.secrets?.[id] ?? developmentSecret(id)])),
    timers,
    random: options.random ?? Math.random,
    send: options.fetch ?? sendByUndici,
    tried: (attempt) => noteAttempt(world, attempt),
  })
  const player = createPlayer({
    clock,
    journal,
    timers,
    gatewayUrl: options.callbackUrl.replace(/\/+$/, ''),
    send: options.fetch ?? sendByUndici,
  })
  const post = createPost({ run: opened.run, clock, faults, journal, pusher })
  const keep = (line: Unstamped, at = clock.now()) => {
    if (world.replaying === undefined) ledger.append({ ...line, at, real: timers.now() })
  }
  const world: World = {
    clock,
    faults,
    journal,
    pusher,
    player,
    post,
    ledger,
    timers,
    keep,
    offices: new Map(),
    exchanges: 0,
    defects: 0,
    replaying: opened.real,
    defect(agency, what) {
      world.defects += 1
      journal.note({ kind: 'defect', agency, references: [], what })
      if (world.replaying === undefined) console.error(`simulator: defect in ${agency}: ${what}`)
    },
  }
  const offices = [...options.agencies, ...(options.issuers ?? [])].map(
    (agency) => [agency.id, openOffice(world, agency, opened.seed)] as const,
  )
  return Object.assign(world, { offices: new Map(offices) })
}

/** Notes a try to push a document, and keeps what became of it. */
export function noteAttempt(world: World, { parcel, path, status, error, state }: Attempt): void {
  world.journal.note({
    kind: 'exchange',
    agency: parcel.agency,
    direction: 'out',
    references: [parcel.reference],
    method: 'POST',
    path,
    body: parcel.document.body,
    ...(status === undefined ? {} : { status }),
    ...(error === undefined ? {} : { error }),
  })
  if (state !== 'waiting') world.keep({ kept: state, id: parcel.id, ...(status === undefined ? {} : { status }) })
  world.clock.stir()
}

function openOffice(world: World, agency: Agency, seed: string): Office {
  const office = { agency, touched: untouched() }
  const { clock, post, journal } = world
  const desk = createDesk({ agency, seed, clock, post, journal }, () => office.touched)
  return Object.assign(office, { app: agency.open(desk) })
}

/** What the memory was begun with, or begins with now. */
function open(ledger: Ledger, options: SimulatorOptions, timers: Timers): Opened {
  const [first] = ledger.before
  if (first?.kept === 'opened') {
    if (options.seed !== undefined && options.seed !== first.seed) {
      throw new Error(
        `${options.folder} was begun with the seed ${first.seed}, not ${options.seed}: what it holds depends on it`,
      )
    }
    return first
  }
  const real = timers.now()
  const { seed = 'yuchuang', startAt: at = real } = options
  const opened: Opened = { kept: 'opened', version: 1, run: randomUUID().slice(0, 8), seed, at, real }
  ledger.append(opened)
  return opened
}
