/** A session's world 模拟世界: clock, post, journal, ledger, scripts and the offices of all agencies, wired to one another. */
import { createHash, randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import type { Agency } from '../agency.ts'
import { createPlayer, type Player } from '../carriers/player.ts'
import { type Clock, type ClockMode, createClock } from './clock.ts'
import { createDesk, draw, untouched } from './desk.ts'
import { announce, type Counter, type Office } from './exchange.ts'
import { createFaultBook, type FaultBook } from './faults.ts'
import { createJournal, type Journal, type JournalOptions } from './journal.ts'
import type { SharedRoom } from './journal-room.ts'
import type { Settings } from './keeping.ts'
import type { Ledger, Opened, Unstamped } from './ledger.ts'
import { createPost, type Post } from './post.ts'
import { type Attempt, createPusher, type Pusher, type Send } from './push.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { replay } from './replay.ts'
import { createScripts, type Scripts } from './script/index.ts'
import { developmentSecret } from './signature.ts'
import type { Timers } from './timers.ts'
import { createWishes, type Wishes } from './wishes.ts'

/** What all sessions of a simulator share. */
export interface House {
  readonly agencies: readonly Agency[]
  /** Issuers of certificates, each at `/issuers/{id}`; their ids are nobody else's. */
  readonly issuers: readonly Agency[]
  readonly timers: Timers
  /** Jitter of the waits between two tries of a push. */
  readonly random: () => number
  /** How pushes leave. */
  readonly send: Send
  /** What the journals of all sessions share. */
  readonly room: SharedRoom
}

/** How time goes on when everything kept has been replayed. */
export interface Resume {
  /** The instant time goes on from, when it is later than the last one kept. */
  readonly at: number
  readonly mode: ClockMode
  readonly speed: number
}

export interface World extends Counter {
  readonly house: House
  readonly pusher: Pusher
  readonly recorder: Recorder
  /** Whether requests to an agency go to an endpoint that is being recorded. */
  records(agency: string): boolean
  /** Journeys that carriers tell of. */
  readonly player: Player
  readonly ledger: Ledger
  readonly timers: Timers
  /** The office of an agency or issuer; undefined for a name nobody has. */
  officeOf(id: string): Office | undefined
  readonly seed: string
  /** The first instant, in simulated epoch milliseconds. */
  readonly began: number
  /** Resolves when everything kept has been replayed. It rejects when that cannot be done. */
  readonly ready: Promise<void>
  /** Whether it has been: then nobody need wait for that. */
  isReady: boolean
  /** Aborted when the world ends: whoever waits for an answer is let go. */
  readonly ending: AbortController
  /** Requests being served. */
  exchanges: number
  defects: number
  /** The real time of what is being replayed; undefined when it is happening. */
  replaying: number | undefined
  defect(agency: string, what: string): void
  /** Resolves when no exchange is being worked on and no push is being tried. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Part of the message ids of a memory begun with a seed by hand: the same seed gives the same bytes. */
export function runOf(seed: string): string {
  return createHash('sha256').update(`run ${seed}`).digest('hex').slice(0, 8)
}

/** @throws {Error} when the ledger was begun with another seed */
export const openWorld = (house: House, settings: Settings, ledger: Ledger, resume: Resume): World =>
  new OwnWorld(house, settings, ledger, resume)

/** Its fields stand in the order requests need them, those that few need last. */
class OwnWorld implements World, JournalOptions {
  isReady = false
  exchanges = 0
  /** The office asked last. */
  #latest: Office | undefined
  readonly clock: Clock
  /** Where anything was ever recorded: nearly never. */
  #recorder: Recorder | undefined
  readonly scripts: Scripts
  readonly faults: FaultBook
  readonly journal: Journal
  replaying: number | undefined
  readonly timers: Timers
  readonly ledger: Ledger
  readonly pusher: Pusher
  readonly ending = new AbortController()
  readonly house: House
  readonly wishes: Wishes
  readonly post: Post
  readonly player: Player
  readonly room: ReturnType<SharedRoom['enter']>
  readonly seed: string
  readonly began: number
  readonly ready: Promise<void>
  defects = 0
  /** An agency's office is opened when somebody comes to it: most sessions are about one, and offices are most of what a session weighs. */
  readonly #offices = new Map<string, Office>()

  constructor(house: House, settings: Settings, ledger: Ledger, resume: Resume) {
    const { timers } = house
    const { seed, run, at, real } = begin(ledger, settings, timers)
    const gatewayUrl = settings.callbackUrl.replace(/\/+$/, '')
    this.house = house
    this.ledger = ledger
    this.timers = timers
    this.seed = seed
    this.began = at
    this.replaying = real
    this.clock = createClock({
      timers,
      startAt: at,
      busy: () => this.#isBusy(),
      moving: (to) => this.keep({ kept: 'moved' }, to),
      moved: () => {
        if (this.replaying === undefined) this.pusher.flush()
      },
      defect: (whose, error) => this.defect(whose, String(error instanceof Error ? error.stack : error)),
    })
    this.room = house.room.enter()
    this.journal = createJournal(this)
    this.wishes = createWishes()
    this.faults = createFaultBook({
      wishes: this.wishes,
      draw: (key) => draw(seed, 'faults', key),
      now: () => this.clock.now(),
    })
    this.pusher = createPusher({
      callbackUrl: gatewayUrl,
      secrets: new Map(house.agencies.map(({ id }) => [id, settings.secrets?.[id] ?? developmentSecret(id)])),
      timers,
      random: house.random,
      send: house.send,
      tried: (attempt) => noteAttempt(this, attempt),
    })
    const { clock, journal, faults, pusher } = this
    this.player = createPlayer({ clock, journal, timers, gatewayUrl, send: house.send })
    this.post = createPost({ run, clock, faults, journal, pusher })
    this.scripts = createScripts({
      now: () => clock.now(),
      after: (delayMs, act) => clock.after(delayMs, 'script', act),
      draw: (key) => draw(seed, 'script', key),
      send: (id, reference, document) => {
        const office = this.officeOf(id)
        if (office !== undefined) this.post.send(office.agency, reference, document)
      },
      note: (what) => journal.note({ kind: 'script', agency: '', references: [], ...what }),
    })
    this.ready = wake(this, resume)
    // Whoever does not wait for `ready` hears of a failure from the first request.
    this.ready.catch(() => undefined)
  }

  get recorder(): Recorder {
    return (this.#recorder ??= createRecorder({ timers: this.timers }))
  }

  records(agency: string): boolean {
    return this.#recorder?.records(agency) === true
  }

  officeOf(id: string): Office | undefined {
    if (this.#latest?.agency.id !== id) this.#latest = this.#offices.get(id) ?? this.#admit(id)
    return this.#latest
  }

  keep(line: Unstamped, at = this.clock.now()): void {
    if (this.replaying === undefined) this.ledger.append({ ...line, at, real: this.timers.now() })
  }

  keeps(): boolean {
    return this.replaying === undefined && this.ledger.keeps()
  }

  simulatedNow(): number {
    return this.clock.now()
  }

  realNow(): number {
    return this.replaying ?? this.timers.now()
  }

  defect(agency: string, what: string): void {
    this.defects += 1
    this.journal.note({ kind: 'defect', agency, references: [], what })
    if (this.replaying === undefined) console.error(`simulator: defect in ${agency}: ${what}`)
  }

  async settled(): Promise<void> {
    await this.clock.still(() => undefined)
    await this.pusher.settled()
    await this.player.settled()
  }

  async close(): Promise<void> {
    this.clock.stop()
    this.ending.abort()
    this.#recorder?.close()
    this.pusher.stop()
    this.player.stop()
    await this.settled()
    this.ledger.close()
    this.room.leave()
  }

  #isBusy(): boolean {
    return this.exchanges > 0 || this.pusher.waiting() > 0 || this.player.waiting() > 0 || this.post.unfetched() > 0
  }

  #admit(id: string): Office | undefined {
    const { agencies, issuers } = this.house
    const agency = [...agencies, ...issuers].find((one) => one.id === id)
    if (agency === undefined) return undefined
    const office = openOffice(this, agency)
    this.#offices.set(id, office)
    return office
  }
}

/** Replays what was kept, then lets time flow and pushes leave. */
async function wake(world: World, { at, mode, speed }: Resume): Promise<void> {
  const { clock, ledger, pusher } = world
  const isNew = ledger.before.length === 0
  const last = ledger.before.reduce((latest, line) => Math.max(latest, line.at), 0)
  await replay(world)
  ledger.before = []
  world.replaying = undefined
  if (!isNew) clock.moveTo(Math.max(last, at))
  clock.set(mode, speed)
  world.isReady = true
  pusher.flush()
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

function openOffice(world: World, agency: Agency): Office {
  const office = { agency, touched: untouched() }
  const { clock, post, journal, wishes, seed, began } = world
  const asked = (reference: string) => wishes.of(agency, reference)
  const desk = createDesk({ agency, seed, began, clock, post, journal, asked }, () => office.touched)
  const app: Hono = agency.open(desk)
  announce(app)
  return Object.assign(office, { app })
}

/** What the memory was begun with, or begins with now. */
function begin(ledger: Ledger, { seed, run, startAt }: Settings, timers: Timers): Opened {
  const [first] = ledger.before
  if (first?.kept === 'opened') {
    if (seed !== undefined && seed !== first.seed) {
      throw new Error(
        `This memory was begun with the seed ${first.seed}, not ${seed}: what it holds depends on it. Another folder, or a reset, begins a new one.`,
      )
    }
    return first
  }
  const real = timers.now()
  const opened: Opened = {
    kept: 'opened',
    version: 1,
    run: run ?? randomUUID().slice(0, 8),
    seed: seed ?? 'yuchuang',
    at: startAt ?? real,
    real,
  }
  ledger.append(opened)
  return opened
}
