/** A session's world 模拟世界: clock, post, journal, ledger, scripts and the offices of all agencies, wired to one another. */
import { createHash, randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import type { Agency } from '../agency.ts'
import { createPlayer, type Player } from '../carriers/player.ts'
import { type ClockMode, createClock } from './clock.ts'
import { createDesk, draw, untouched } from './desk.ts'
import { announce, type Counter, type Office } from './exchange.ts'
import { createFaultBook } from './faults.ts'
import { createJournal } from './journal.ts'
import type { SharedRoom } from './journal-room.ts'
import type { Settings } from './keeping.ts'
import type { Ledger, Opened, Unstamped } from './ledger.ts'
import { createPost } from './post.ts'
import { type Attempt, createPusher, type Pusher, type Send } from './push.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { replay } from './replay.ts'
import { createScripts } from './script/index.ts'
import { developmentSecret } from './signature.ts'
import type { Timers } from './timers.ts'
import { createWishes } from './wishes.ts'

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
  /** Journeys that carriers tell of. */
  readonly player: Player
  readonly ledger: Ledger
  readonly timers: Timers
  /** The office of an agency or issuer; undefined for a name nobody has. */
  officeOf(id: string): Office | undefined
  readonly seed: string
  /** Resolves when everything kept has been replayed. It rejects when that cannot be done. */
  readonly ready: Promise<void>
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
export function openWorld(house: House, settings: Settings, ledger: Ledger, resume: Resume): World {
  const { timers } = house
  const opened = begin(ledger, settings, timers)
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
  const room = house.room.enter()
  const journal = createJournal({
    room,
    simulatedNow: () => clock.now(),
    realNow: () => world.replaying ?? timers.now(),
  })
  const keep = (line: Unstamped, at = clock.now()) => {
    if (world.replaying === undefined) ledger.append({ ...line, at, real: timers.now() })
  }
  const wishes = createWishes()
  const faults = createFaultBook({ wishes, draw: (key) => draw(opened.seed, 'faults', key), now: () => clock.now() })
  const gatewayUrl = settings.callbackUrl.replace(/\/+$/, '')
  const pusher = createPusher({
    callbackUrl: gatewayUrl,
    secrets: new Map(house.agencies.map(({ id }) => [id, settings.secrets?.[id] ?? developmentSecret(id)])),
    timers,
    random: house.random,
    send: house.send,
    tried: (attempt) => noteAttempt(world, attempt),
  })
  const player = createPlayer({ clock, journal, timers, gatewayUrl, send: house.send })
  const post = createPost({ run: opened.run, clock, faults, journal, pusher })
  // An agency's office is opened when somebody comes to it: most sessions are about one, and offices are most of what a session weighs.
  const offices = new Map<string, Office>()
  const officeOf = (id: string): Office | undefined => {
    const open = offices.get(id)
    if (open !== undefined) return open
    const agency = house.agencies.find((one) => one.id === id)
    return agency && admit(agency)
  }
  const admit = (agency: Agency): Office => {
    const office = openOffice(world, agency)
    offices.set(agency.id, office)
    return office
  }
  const scripts = createScripts({
    now: () => clock.now(),
    after: (delayMs, act) => clock.after(delayMs, 'script', act),
    draw: (key) => draw(opened.seed, 'script', key),
    send(id, reference, document) {
      const office = officeOf(id)
      if (office !== undefined) post.send(office.agency, reference, document)
    },
    note: (what) => journal.note({ kind: 'script', agency: '', references: [], ...what }),
  })
  const ending = new AbortController()
  const settled = async () => {
    await clock.still(() => undefined)
    await pusher.settled()
    await player.settled()
  }
  const world: World = {
    house,
    clock,
    faults,
    journal,
    pusher,
    player,
    post,
    ledger,
    timers,
    keep,
    keeps: () => world.replaying === undefined && ledger.keeps(),
    officeOf,
    scripts,
    wishes,
    ending,
    recorder: createRecorder({ timers }),
    seed: opened.seed,
    ready: Promise.resolve(),
    exchanges: 0,
    defects: 0,
    replaying: opened.real,
    settled,
    defect(agency, what) {
      world.defects += 1
      journal.note({
        kind: 'defect',
        agency,
        references: [],
        what,
      })
      if (world.replaying === undefined) console.error(`simulator: defect in ${agency}: ${what}`)
    },
    async close() {
      clock.stop()
      ending.abort()
      world.recorder.close()
      pusher.stop()
      player.stop()
      await settled()
      ledger.close()
      room.leave()
    },
  }
  // What an issuer has issued is dated from the session's first instant.
  for (const issuer of house.issuers) admit(issuer)
  const ready = wake(world, resume)
  // Whoever does not wait for `ready` hears of a failure from the first request.
  ready.catch(() => undefined)
  return Object.assign(world, { ready })
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
  const { clock, post, journal, wishes, seed } = world
  const asked = (reference: string) => wishes.of(agency, reference)
  const desk = createDesk({ agency, seed, clock, post, journal, asked }, () => office.touched)
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
