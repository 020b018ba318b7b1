/**
 * The simulator 模拟器: every agency under `/{id}`, every issuer of certificates under `/issuers/{id}`, control under `/control`.
 * The header `X-Sim-Session`, or the prefix `/sessions/{id}`, chooses the session; without it, the default one.
 *
 *     const simulator = createSimulator({ agencies, callbackUrl: 'http://127.0.0.1:8080' })
 *     await simulator.app.request('/customs/declare', { method: 'POST', body })
 */
import { type Context, Hono } from 'hono'
import type { Agency } from './agency.ts'
import type { Clock, ClockMode } from './simulator/clock.ts'
import { ConnectionReset, type Env } from './simulator/connection.ts'
import { controlOf } from './simulator/control/index.ts'
import type { Journal } from './simulator/journal.ts'
import { createRoom } from './simulator/journal-room.ts'
import { keepInFolder, keepInMemory } from './simulator/keeping.ts'
import type { Send, Undelivered } from './simulator/push.ts'
import { sendByUndici } from './simulator/push-undici.ts'
import { receive } from './simulator/reception.ts'
import { isRefusal, refuse, refusing } from './simulator/refusal.ts'
import { createSessions, type Sessions } from './simulator/sessions.ts'
import { realTimers, type Timers } from './simulator/timers.ts'
import type { House, World } from './simulator/world.ts'

export interface SimulatorOptions {
  readonly agencies: readonly Agency[]
  /** Issuers of certificates, each at `/issuers/{id}`; their ids are nobody else's. */
  readonly issuers?: readonly Agency[]
  /** Where documents of the default session are pushed to: the origin of the customer's gateway. */
  readonly callbackUrl: string
  /** `whsec_…` by agency id; an agency without one signs with `developmentSecret(id)`. */
  readonly secrets?: Readonly<Record<string, string>>
  /** What chance depends on. A folder keeps the seed it was begun with. */
  readonly seed?: string | undefined
  /** Part of the ids of messages; by chance where it is left out. */
  readonly run?: string | undefined
  /** Default `jump`. */
  readonly mode?: ClockMode
  /** Simulated time per real time; default 1. */
  readonly speed?: number
  /** Epoch milliseconds the simulated time starts at; default now. */
  readonly startAt?: number
  /** Where to remember; without it a simulator forgets everything when it ends. */
  readonly folder?: string | undefined
  /** What `/control` asks of whoever does not come from this machine; without it nobody else may. */
  readonly controlKey?: string | undefined
  readonly timers?: Timers
  /** Jitter of the waits between two tries of a push. */
  readonly random?: () => number
  /** How pushes leave, e.g. `(url, request) => gateway.request(url, request)` in tests. */
  readonly fetch?: Send
}

export interface Simulator {
  readonly app: Hono<Env>
  readonly sessions: Sessions
  /** Of the default session, as all below. */
  readonly clock: Clock
  readonly journal: Journal
  /** Resolves when what was kept has been replayed. Requests wait for it by themselves; it rejects when it cannot be. */
  readonly ready: Promise<void>
  undelivered(): Undelivered[]
  /** Resolves when no exchange is being worked on and no push is being tried. */
  settled(): Promise<void>
  close(): Promise<void>
}

export const sessionHeader = 'x-sim-session'

export function createSimulator(options: SimulatorOptions): Simulator {
  const sessions = openSessions(options)
  const usual = () => sessions.usual.world
  return {
    app: createApp(sessions, options),
    sessions,
    get clock() {
      return usual().clock
    },
    get journal() {
      return usual().journal
    },
    get ready() {
      return usual().ready
    },
    undelivered: () => usual().pusher.undelivered(),
    settled: () => usual().settled(),
    close: () => sessions.close(),
  }
}

const firstSegment = (path: string): string => path.split('/', 2)[1] ?? ''

function openSessions(options: SimulatorOptions): Sessions {
  const house: House = {
    agencies: options.agencies,
    issuers: options.issuers ?? [],
    timers: options.timers ?? realTimers,
    random: options.random ?? Math.random,
    send: options.fetch ?? sendByUndici,
    room: createRoom(),
  }
  const keeper = options.folder === undefined ? keepInMemory() : keepInFolder(options.folder)
  const { mode = 'jump', speed = 1, callbackUrl, seed, run, startAt, secrets } = options
  return createSessions(house, keeper, { mode, speed, callbackUrl, seed, run, startAt, secrets })
}

function createApp(sessions: Sessions, { agencies, issuers = [], controlKey }: SimulatorOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.onError((error, c) => {
    if (error instanceof ConnectionReset) throw error
    if (isRefusal(error)) return refusing(error, c)
    // The customer hung up in the middle of a request: nobody waits for an answer, and nothing was served.
    if ((error as { code?: unknown }).code === 'ECONNRESET') return c.body(null, 400)
    console.error(error)
    return refuse(c, 500, 'defect', { en: error.message, zh: '模拟器内部错误' })
  })
  const worldOf = async (c: Context<Env>): Promise<World> => {
    const { session, incoming } = c.env ?? {}
    const header = incoming === undefined ? c.req.header(sessionHeader) : incoming.headers[sessionHeader]?.toString()
    const id = session ?? header
    const world = id === undefined ? sessions.usual.world : sessions.worldOf(id)
    if (!world.isReady) await world.ready
    return world
  }
  app.get('/', (c) => c.json({ agencies: agencies.map(({ id, name }) => ({ id, name })), control: '/control/health' }))
  app.route('/control', controlOf({ sessions, agencies, issuers, controlKey, worldOf }))
  app.all('/sessions/:session/*', (c) => {
    const id = c.req.param('session')
    const { pathname, search } = new URL(c.req.url)
    const inside = new URL(`${pathname.slice(`/sessions/${id}`.length)}${search}`, c.req.url)
    return app.fetch(new Request(inside, c.req.raw), { ...c.env, session: id })
  })
  const isIssuer = (id: string) => issuers.some((issuer) => issuer.id === id)
  app.all('/issuers/:issuer/*', async (c) => {
    const id = c.req.param('issuer')
    if (isIssuer(id)) return receive(c, await worldOf(c), id, `/issuers/${id}`)
    return refuse(c, 404, 'no-such-issuer', {
      en: `There is no issuer ${id}; issuers: ${issuers.map((issuer) => issuer.id).join(', ')}`,
      zh: `没有发证机构 ${id}；发证机构有：${issuers.map((issuer) => issuer.id).join('、')}`,
    })
  })
  for (const { id } of agencies) app.all(`/${id}/*`, async (c) => receive(c, await worldOf(c), id, `/${id}`))
  // No route of its own: with a name in the first place the router would have to walk a tree for every request.
  app.notFound(async (c: Context<Env>) => {
    const id = firstSegment(c.req.path)
    if (isIssuer(id))
      return refuse(c, 404, 'no-such-agency', {
        en: `${id} is an issuer: /issuers/${id}`,
        zh: `${id} 是发证机构：/issuers/${id}`,
      })
    return receive(c, await worldOf(c), id, `/${id}`)
  })
  return app
}
