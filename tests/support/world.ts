import type { Hono } from 'hono'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { issuers } from '../../adapters/issuers.ts'
import { adapters as registered } from '../../adapters/registry.ts'
import { issuers as offices } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator } from '../../mocks/server.ts'
import { sign } from '../../mocks/simulator/signature.ts'
import { realTimers } from '../../mocks/simulator/timers.ts'
import { createApp } from '../../src/app.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { createCertificateDesk } from '../../src/certificates/desk.ts'
import { developmentSecret } from '../../src/config.ts'
import { makeKey } from '../../src/db/keys.ts'
import { serialsFrom } from '../../src/db/serials.ts'
import { createDemonstrations } from '../../src/demonstration.ts'
import { createCatalogues } from '../../src/fees/catalogues.ts'
import { createAcceptor } from '../../src/filing/accept.ts'
import { createComposer } from '../../src/filing/compose.ts'
import { createHub } from '../../src/filing/hub.ts'
import { createRecorder } from '../../src/filing/recorder.ts'
import { startWorker } from '../../src/filing/worker.ts'
import { createMetrics } from '../../src/metrics.ts'
import { createBell } from '../../src/notices/bell.ts'
import { createVault } from '../../src/notices/vault.ts'
import { createRules } from '../../src/rules/rules.ts'
import type { Env, Services } from '../../src/services.ts'
import { ownDatabase } from './database.ts'
import { numberAnew, startAt } from './declared.ts'
import { type Accepted, describeSeen, type Seen } from './seen.ts'
import { serveSimulator } from './served.ts'
import { mailboxesAreRead, simulatedTransport } from './simulated.ts'
import type { World, WorldOptions } from './world-shape.ts'

export { declared, evBatteries, frozenBeef, laptops, startAt } from './declared.ts'
export { type Accepted, filingOf, type Seen, type SeenFiling } from './seen.ts'
export type { CallOptions, World, WorldOptions } from './world-shape.ts'

/** The broker whose declarations the samples are; invented. */
export const broker = '91500112MA5U0B0037'
/** Another firm, invented, whose declarations the broker must not see. */
export const stranger = '91500106MA5U0C102B'

/** Longest a story waits for one thing, in real time; far above what it takes. */
const patienceMs = 90_000
/** Short waits after which a declaration is looked at again though nothing was told of it: not everything that is shown is an event. */
const waitsUnseen = 10

/**
 * A gateway, a worker and the simulated agencies in one process, over in-memory HTTP, on a real PostgreSQL. The agencies'
 * clock stands still until a story moves it.
 */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  // Offices draw by a declaration's number: whom they inspect must not hang on the stories told before this one.
  numberAnew()
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

/** Numbers agencies give, in the words of an effect. */
const numbers = /:? *\b(?=\w*\d)[0-9A-Z]{8,}(-\d+)?\b/g

let pushed = 0
