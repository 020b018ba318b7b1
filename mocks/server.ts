/**
 * The simulator 模拟器: every agency under `/{id}`, every issuer of certificates under `/issuers/{id}`, control under `/control`.
 *
 *     const simulator = createSimulator({ agencies, callbackUrl: 'http://127.0.0.1:8080' })
 *     await simulator.app.request('/customs/declare', { method: 'POST', body })
 */
import { type Context, Hono } from 'hono'
import type { Clock } from './simulator/clock.ts'
import { ConnectionReset, conclude, type Env, readBody } from './simulator/connection.ts'
import { createControl, problem } from './simulator/control.ts'
import { headersOf, serve } from './simulator/exchange.ts'
import type { FaultName } from './simulator/faults.ts'
import type { Journal } from './simulator/journal.ts'
import { limits } from './simulator/limits.ts'
import type { Undelivered } from './simulator/push.ts'
import { replay } from './simulator/replay.ts'
import { createWorld, type SimulatorOptions, type World } from './simulator/world.ts'

export type { SimulatorOptions } from './simulator/world.ts'

export interface Simulator {
  readonly app: Hono<Env>
  readonly clock: Clock
  readonly journal: Journal
  /** Resolves when the folder has been replayed. Requests wait for it by themselves; it rejects when the folder cannot be. */
  readonly ready: Promise<void>
  undelivered(): Undelivered[]
  /** Resolves when no exchange is being worked on and no push is being tried. */
  settled(): Promise<void>
  close(): Promise<void>
}

export function createSimulator(options: SimulatorOptions): Simulator {
  const world = createWorld(options)
  const { clock, journal, pusher, ledger } = world
  const closing = new AbortController()
  const ready = wake(world, options)
  // Whoever does not wait for `ready` hears of a failure from the first request.
  ready.catch(() => undefined)

  const app = new Hono<Env>()
  app.onError((error, c) => {
    if (error instanceof ConnectionReset) throw error
    console.error(error)
    return problem(c, 500, error.message)
  })
  app.use(async (_, next) => {
    await ready
    await next()
  })
  app.get('/', (c) =>
    c.json({ agencies: options.agencies.map(({ id, name }) => ({ id, name })), control: '/control/health' }),
  )
  // Loaded when it is first asked for: most simulators never play a corridor, and all of them start.
  let corridors: Promise<Hono> | undefined
  app.all('/control/corridors/*', async (c) => {
    corridors ??= import('./carriers/control.ts').then(({ corridorControl }) =>
      corridorControl(world.player, () => clock.now()),
    )
    return (await corridors).fetch(c.req.raw)
  })
  app.route('/control', controlOf(world, options))
  const counter = async (c: Context<Env>, id: string, prefix: string) => {
    const office = world.offices.get(id)
    if (office === undefined) return problem(c, 404, `agencies: ${[...world.offices.keys()].join(', ')}`)
    let idle = true
    world.exchanges += 1
    clock.look()
    try {
      const body = await readBody(c.req.raw)
      if (body === undefined) return problem(c, 413, `a request has at most ${limits.requestBytes} bytes`)
      const { pathname, search } = new URL(c.req.url)
      const path = `${pathname.slice(prefix.length) || '/'}${search}`
      const asked = { method: c.req.method, path, headers: headersOf(c.req.raw.headers), body }
      const served = await clock.still(() => serve(world, office, asked))
      idle = served.idle
      pusher.flush()
      return await conclude(c, served, world.timers, closing.signal)
    } finally {
      world.exchanges -= 1
      if (idle) clock.look()
      else clock.stir()
    }
  }
  const isIssuer = (id: string) => options.issuers?.some((issuer) => issuer.id === id) === true
  app.all('/issuers/:issuer/*', (c) => {
    const id = c.req.param('issuer')
    return isIssuer(id) ? counter(c, id, `/issuers/${id}`) : problem(c, 404, 'no such issuer')
  })
  app.all('/:agency/*', (c) => {
    const id = c.req.param('agency')
    return counter(c, isIssuer(id) ? '' : id, `/${id}`)
  })

  return {
    app,
    clock,
    journal,
    ready,
    undelivered: () => pusher.undelivered(),
    async settled() {
      await clock.still(() => undefined)
      await pusher.settled()
      await world.player.settled()
    },
    async close() {
      clock.stop()
      closing.abort()
      pusher.stop()
      world.player.stop()
      await clock.still(() => undefined)
      await pusher.settled()
      await world.player.settled()
      ledger.close()
    },
  }
}

/** Replays the folder, then lets time flow and pushes leave. */
async function wake(world: World, { mode = 'jump', speed = 1, startAt }: SimulatorOptions): Promise<void> {
  const { clock, ledger, pusher, timers } = world
  const last = ledger.before.reduce((latest, { at }) => Math.max(latest, at), 0)
  await replay(world)
  world.replaying = undefined
  // While the simulator was away time went on, unless its start was chosen by hand.
  if (last > 0) clock.moveTo(startAt === undefined ? Math.max(last, timers.now()) : last)
  clock.set(mode, speed)
  pusher.flush()
}

function controlOf(world: World, { agencies, issuers = [] }: SimulatorOptions): Hono {
  const { clock, faults, journal, pusher, post } = world
  return createControl({
    agencies,
    issuers,
    clock,
    faults,
    journal,
    pusher,
    inFlight: () => ({ exchanges: world.exchanges, pushes: pusher.waiting(), documents: post.unfetched() }),
    defects: () => world.defects,
    order: (agency: string, fault: FaultName, times) =>
      clock.still(() => {
        world.keep({ kept: 'fault', agency, fault, ...(times === undefined ? {} : { times }) })
        faults.order(agency, fault, times)
      }),
    clear: (agency, fault) =>
      clock.still(() => {
        world.keep({ kept: 'cleared', agency, ...(fault === undefined ? {} : { fault }) })
        faults.clear(agency, fault)
      }),
    again(id) {
      const found = pusher.again(id)
      if (found) world.keep({ kept: 'again', id })
      return found
    },
  })
}
