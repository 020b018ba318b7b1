import type { Hono } from 'hono'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { issuers } from '../../adapters/issuers.ts'
import { adapters as registered } from '../../adapters/registry.ts'
import { issuers as offices } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator, type Simulator } from '../../mocks/server.ts'
import { sign } from '../../mocks/simulator/signature.ts'
import { realTimers } from '../../mocks/simulator/timers.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type SampleName, sampleDeclaration } from '../../seeds/samples.ts'
import { createApp } from '../../src/app.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { createCertificateDesk } from '../../src/certificates/desk.ts'
import { developmentSecret } from '../../src/config.ts'
import type { Database } from '../../src/db/database.ts'
import { makeKey } from '../../src/db/keys.ts'
import { serialsFrom } from '../../src/db/serials.ts'
import { createDemonstrations } from '../../src/demonstration.ts'
import { type Catalogues, createCatalogues } from '../../src/fees/catalogues.ts'
import { createAcceptor } from '../../src/filing/accept.ts'
import { createComposer } from '../../src/filing/compose.ts'
import { createHub } from '../../src/filing/hub.ts'
import type { Adapters } from '../../src/filing/plan.ts'
import { createRecorder } from '../../src/filing/recorder.ts'
import { startWorker, type Worker } from '../../src/filing/worker.ts'
import { createMetrics } from '../../src/metrics.ts'
import { createBell } from '../../src/notices/bell.ts'
import { createVault } from '../../src/notices/vault.ts'
import { createRules } from '../../src/rules/rules.ts'
import type { Env, Services } from '../../src/services.ts'
import type { Transport } from '../../src/transport/transport.ts'
import { Unreachable } from '../../src/transport/transport.ts'
import { ownDatabase } from './database.ts'
import { type Accepted, describeSeen, type Seen } from './seen.ts'
import { serveSimulator } from './served.ts'

export { type Accepted, filingOf, type Seen, type SeenFiling } from './seen.ts'

/** The broker whose declarations the samples are; invented. */
export const broker = '91500112MA5U0B0037'
/** Another firm, invented, whose declarations the broker must not see. */
export const stranger = '91500106MA5U0C102B'

/** The instant every story starts at: a Saturday morning in Chongqing. */
export const startAt = Date.parse('2026-11-21T01:00:00Z')

/** Longest a story waits for one thing, in real time; far above what it takes. */
const patienceMs = 90_000
/** Short waits after which a declaration is looked at again though nothing was told of it: not everything that is shown is an event. */
const waitsUnseen = 10

export interface World {
  readonly app: Hono<Env>
  /** What the gateway is made of, to make another beside it. */
  readonly services: Services
  readonly database: Database
  /** Address of the database. */
  readonly url: string
  readonly simulator: Simulator
  /** Where it answers, if it is served. */
  readonly simulatorUrl: string | undefined
  readonly worker: Worker
  readonly catalogues: Catalogues
  readonly keys: {
    readonly trader: string
    readonly stranger: string
    readonly admin: string
    readonly integrator: string
  }
  /** The story's time: it starts at `startAt`, whatever day it is, and goes on as time does. */
  now(): number
  /** A request as some key's holder; JSON unless a content type is given. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>
  /** Hands in a declaration and gives the answer. */
  post(body: unknown, options?: CallOptions): Promise<{ status: number; body: Accepted; headers: Headers }>
  read(id: string): Promise<Seen>
  /** Pushes a document as an agency would, signed with its secret. */
  push(agency: string, document: { body: string; contentType?: string }): Promise<Response>
  /** Lets the agencies' clock move, from event to event or in strides, until the declaration is as wanted. */
  until(id: string, wanted: (seen: Seen) => boolean, strideMs?: number): Promise<Seen>
  /** Lets the gateway go on until the declaration is as wanted, while the agencies' clock stands still. */
  meanwhile(id: string, wanted: (seen: Seen) => boolean): Promise<Seen>
  /** Whether everything that was on its way has arrived, and nobody works on anything. */
  calm(): Promise<boolean>
  /** Lets the gateway go on until something is so, while the agencies' clock stands still. */
  eventually(wanted: () => Promise<boolean>): Promise<void>
  /** What the agencies' world has because of a declaration, oldest first, numbers left out: nothing of it may stand there twice. */
  effects(lrn: string): string[]
  /** Documents an agency sent about a declaration, oldest first. */
  documents(agency: string, lrn: string): string[]
  /**
   * Lets everything that can happen happen, until the agencies have nothing more to say.
   * @param strideMs how far their clock moves at a time, when not from event to event
   */
  idle(strideMs?: number): Promise<void>
}
export interface CallOptions {
  readonly key?: string | undefined
  readonly body?: unknown
  readonly contentType?: string
  readonly headers?: Record<string, string>
}
export interface WorldOptions {
  readonly adapters?: Adapters
  /** Puts something between the gateway and the agencies. */
  readonly transport?: (agencies: Transport) => Transport
  readonly seed?: string
  /** Requests a key may make in a minute, and an address of what needs none; without it more than any story makes. */
  readonly ratePerWindow?: number
  /** Agencies the others' clock does not wait for: what is on its way to them may stay there. */
  readonly apart?: readonly string[]
  /** The simulator can be ordered about through the gateway: it answers over HTTP, too. */
  readonly simulatorServed?: boolean
  /** Whether anybody may try the gateway without a key; so it is, if not told otherwise. */
  readonly demonstrates?: boolean
  /** Its connections to the database are meant to break. */
  readonly troubled?: boolean
}

/**
 * A gateway, a worker and the simulated agencies in one process, over in-memory HTTP, on a real PostgreSQL. The agencies'
 * clock stands still until a story moves it.
 */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  // Offices draw by a declaration's number: whom they inspect must not hang on the stories told before this one.
  run = 0
  const { url, database } = await ownDatabase({ troubled: options.troubled ?? false })
  const adapters = options.adapters ?? registered
  const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' })
  // Never ahead of the machine's own clock: what is due now must not look like tomorrow's to the database.
  const opened = Date.now()
  const now = () => Math.min(startAt, opened) + Date.now() - opened
  // Set once the gateway stands; agencies push nothing before.
  const gateway: { app?: Hono<Env> } = {}
  const simulator = createSimulator({
    agencies,
    issuers: offices,
    callbackUrl: 'http://gateway.test',
    mode: 'frozen',
    startAt,
    seed: options.seed ?? 'stories',
    timers: { ...realTimers, now },
    fetch: async (url, init) => {
      if (gateway.app === undefined) throw new Error('no gateway yet')
      return gateway.app.request(url, init as RequestInit)
    },
  })
  await simulator.ready
  const recorder = createRecorder(database, adapters, now, log)
  const hub = await createHub(database)
  const catalogues = await createCatalogues(database, now)
  const rules = await createRules(database, (error) => log.error(error))
  const direct = simulatedTransport(simulator)
  const transport = options.transport?.(direct) ?? direct
  const certificates = createCertificateDesk(database, issuers, transport, rules, (error) => log.error(error))
  const acceptor = createAcceptor(database, createComposer(adapters, serialsFrom(database)), now, certificates)
  const services: Services = {
    database,
    adapters,
    acceptor,
    recorder,
    hub,
    metrics: createMetrics(database),
    log,
    callbackSecretOf: developmentSecret,
    simulatorUrl: options.simulatorServed === true ? await serveSimulator(simulator) : undefined,
    simulatorKey: undefined,
    notices: { vault: createVault([]), bell: await createBell(database), allowPrivate: true },
    catalogues,
    rules,
    certificates,
    demonstrations:
      options.demonstrates === false
        ? undefined
        : createDemonstrations({
            database,
            acceptor,
            now,
            agenciesNow: async () => new Date(simulator.clock.read().now),
          }),
    now,
  }
  const app = createApp(services, options.ratePerWindow ?? 1_000_000)
  gateway.app = app
  const worker = await startWorker(
    { database, adapters, transport, recorder, rules, log, now: Date.now, random: () => 0 },
    // A mailbox is read when something lies in it: nobody looks into empty ones all the time.
    { mailboxBusyMs: 5, mailboxLookMs: 500 },
  )
  afterAll(async () => {
    await worker.stop()
    await simulator.close()
    await acceptor.stop()
    // Whatever a story did, everything it kept is vouched for.
    if (options.troubled !== true) await verifyDatabase(database.pool)
  })
  const keys = {
    trader: await makeKey(database, { name: 'broker', role: 'trader', tenant: broker }),
    stranger: await makeKey(database, { name: 'stranger', role: 'trader', tenant: stranger }),
    admin: await makeKey(database, { name: 'admin', role: 'admin' }),
    integrator: await makeKey(database, { name: 'integrator', role: 'integrator', tenant: broker }),
  }

  const call: World['call'] = async (
    method,
    path,
    { key = keys.trader, body, contentType = 'application/json', headers = {} } = {},
  ) =>
    app.request(path, {
      method,
      headers: {
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': contentType }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body) }),
    })
  const read = async (id: string) =>
    (await (await call('GET', `/v1/declarations/${id}`, { key: keys.admin })).json()) as Seen

  /** Nothing is on its way in the gateway, and the agencies have nothing left to say at this instant. */
  const calm = async () => {
    await simulator.settled()
    if (!(await mailboxesAreRead(simulator))) return false
    // What was fetched is kept before its mailbox is let go.
    const { rows } = await database.pool.query<{ busy: boolean }>(
      `SELECT EXISTS (SELECT FROM delivery WHERE due_at <= now() + interval '2 seconds' AND lane <> ALL($1))
         OR EXISTS (SELECT FROM certificate_use WHERE due_at <= now() + interval '2 seconds' AND issuer <> ALL($1))
         OR EXISTS (SELECT FROM mailbox WHERE lease_until > now() AND agency <> ALL($1))
         OR EXISTS (SELECT FROM cooperation_note WHERE state = 'waiting' AND due_at <= now() + interval '2 seconds' AND agency <> ALL($1)) AS busy`,
      [options.apart ?? []],
    )
    return rows[0]?.busy === false
  }
  /**
   * Something is on its way: its arrival wakes us; the short timer is for what announces itself nowhere (a mailbox read empty).
   * @returns whether something was told of the declaration
   */
  const news = async (id?: string) => {
    if (!(await mailboxesAreRead(simulator))) worker.readMailboxes()
    return new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => (stop(), resolve(false)), 5)
      const told = () => (clearTimeout(timer), stop(), resolve(true))
      const stop = id === undefined ? () => undefined : hub.watch(id, told)
    })
  }
  const step = async (strideMs = 0) => {
    const { now: at, nextAt = at } = simulator.clock.read()
    if (nextAt - at < strideMs) await simulator.clock.advance(strideMs)
    else await simulator.clock.advanceToNext()
    await simulator.settled()
  }
  /** Goes on until there may be something to see: it is told, all that was on its way has arrived, or the clock was moved on. */
  const turn = async (id: string, strideMs = 0) => {
    for (let waits = 0; waits < waitsUnseen; waits++) {
      if (!(await calm())) {
        if (await news(id)) return
      } else if (waits > 0) return
      else return step(strideMs)
    }
  }
  const seeing = async (id: string, wanted: (seen: Seen) => boolean, next: (id: string) => Promise<unknown>) => {
    for (const end = Date.now() + patienceMs; ; ) {
      const seen = await read(id)
      if (seen.filings === undefined) throw new Error(`No such declaration: ${describeSeen(seen)}`)
      if (wanted(seen)) return seen
      if (Date.now() > end) throw new Error(`It did not come to that: ${describeSeen(seen)}`)
      await next(id)
    }
  }
  return {
    app,
    services,
    database,
    url,
    simulator,
    simulatorUrl: services.simulatorUrl,
    worker,
    catalogues,
    keys,
    now,
    call,
    read,
    calm,
    async push(agency, { body, contentType = 'application/xml' }) {
      const id = `msg_story_${pushed++}`
      const timestamp = String(Math.floor(now() / 1_000))
      return app.request(`/v1/agencies/${agency}/receipts`, {
        method: 'POST',
        headers: {
          'content-type': contentType,
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': sign(developmentSecret(agency), id, timestamp, body),
        },
        body,
      })
    },
    until: (id, wanted, strideMs) => seeing(id, wanted, () => turn(id, strideMs)),
    meanwhile: (id, wanted) => seeing(id, wanted, news),
    async eventually(wanted) {
      for (const end = Date.now() + patienceMs; !(await wanted()); ) {
        if (Date.now() > end) throw new Error('It did not come to that')
        await news()
      }
    },
    effects: (lrn) =>
      simulator.journal
        .find({ kind: 'effect', reference: lrn, limit: 1_000 })
        .data.flatMap((entry) =>
          entry.kind === 'effect' ? [`${entry.agency}: ${entry.what.replace(numbers, '').trim()}`] : [],
        ),
    documents: (agency, lrn) =>
      simulator.journal
        .find({ kind: 'document', agency, reference: lrn, limit: 1_000 })
        .data.flatMap((entry) => (entry.kind === 'document' ? [entry.body] : [])),
    async post(body, { headers, ...rest } = {}) {
      const response = await call('POST', '/v1/declarations', {
        ...rest,
        body,
        headers: { 'idempotency-key': `key-${Math.random()}`, ...headers },
      })
      return { status: response.status, body: (await response.json()) as Accepted, headers: response.headers }
    },
    async idle(strideMs = 0) {
      for (const end = Date.now() + patienceMs * 8; Date.now() < end; ) {
        if (!(await calm())) await news()
        else if (simulator.clock.read().pending === 0) return
        else await step(strideMs)
      }
      throw new Error('The world did not come to rest')
    },
  }
}

/** Calls the simulated agencies without a network. */
export function simulatedTransport(simulator: Simulator): Transport {
  return {
    async call(agency, message, trace) {
      const headers: Record<string, string> = {}
      if (message.contentType !== undefined) headers['content-type'] = message.contentType
      if (trace.messageId !== undefined) headers['message-id'] = trace.messageId
      try {
        const response = await simulator.app.request(`/${agency}${message.path}`, {
          method: message.method,
          headers,
          ...(message.body === undefined ? {} : { body: message.body }),
        })
        return {
          status: response.status,
          contentType: response.headers.get('content-type') ?? '',
          body: await response.text(),
        }
      } catch (cause) {
        throw new Unreachable((cause as Error).message, 'unknown', { cause })
      }
    },
    close: async () => undefined,
  }
}

/** Whether every mailbox document was fetched. */
function mailboxesAreRead(simulator: Simulator): Promise<boolean> {
  return Promise.resolve(simulator.app.request('/control/health'))
    .then((response) => response.json() as Promise<{ inFlight: { documents: number; pushes: number } }>)
    .then(({ inFlight }) => inFlight.documents === 0 && inFlight.pushes === 0)
}

/** Numbers agencies give, in the words of an effect. */
const numbers = /:? *\b(?=\w*\d)[0-9A-Z]{8,}(-\d+)?\b/g

let pushed = 0
let run = 0
/** A sample under a number of its own that carries magic values, e.g. `-C.INSPECT`. @param on the agencies' day, where a story has moved it */
export function declared(name: SampleName, magic = '', on = new Date(startAt)): Declaration {
  run += 1
  return sampleDeclaration(name, {
    lrn: `${name.slice(0, 2).toUpperCase()}${run}${magic}`,
    on,
    today: new Date(startAt),
    run,
  })
}
/** The sample that concerns every agency. */
export const evBatteries = (magic = '', on?: Date): Declaration => declared('ev-batteries', magic, on)
/** Laptops by river and sea: an ordinary export. */
export const laptops = (magic = '', on?: Date): Declaration => declared('laptops', magic, on)
/** Frozen beef by rail: an import that is taxed and needs papers. */
export const frozenBeef = (magic = '', on?: Date): Declaration => declared('frozen-beef', magic, on)
