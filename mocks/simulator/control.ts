/** The simulator's control 控制接口: what a person or a test may ask of it and order it. Plain JSON, refusals as RFC 9457 problems. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Agency } from '../agency.ts'
import { type Clock, type ClockMode, clockModes } from './clock.ts'
import { type FaultBook, type FaultName, faults, isFault } from './faults.ts'
import { type Journal, journalKinds } from './journal.ts'
import { limits } from './limits.ts'
import type { Pusher } from './push.ts'

export interface InFlight {
  /** Requests being served. */
  readonly exchanges: number
  /** Documents pushed and not acknowledged. */
  readonly pushes: number
  /** Documents in mailboxes that nobody has fetched. */
  readonly documents: number
}

export interface ControlOptions {
  readonly agencies: readonly Agency[]
  /** Issuers of certificates. */
  readonly issuers: readonly Agency[]
  readonly clock: Clock
  readonly faults: FaultBook
  readonly journal: Journal
  readonly pusher: Pusher
  inFlight(): InFlight
  /** How many defects were noted, replays that came out otherwise among them. */
  defects(): number
  /** Orders a fault, so that it is remembered. */
  readonly order: (agency: string, fault: FaultName, times: number | undefined) => Promise<void>
  readonly clear: (agency: string, fault: FaultName | undefined) => Promise<void>
  again(id: string): boolean
}

export function createControl(options: ControlOptions): Hono {
  const { agencies, issuers, clock, journal, pusher } = options
  const rowsOf = (all: readonly Agency[]) =>
    all.map(({ id, letter, name, replies, outcomes }) => ({ id, letter, name, replies, outcomes }))
  const app = new Hono()
  app.onError((error, c) => {
    if (error instanceof HTTPException) return problem(c, 400, error.message)
    throw error
  })
  app.get('/health', (c) =>
    c.json({
      status: 'ok',
      agencies: agencies.map(({ id }) => id),
      issuers: issuers.map(({ id }) => id),
      clock: reading(clock),
      inFlight: options.inFlight(),
      undelivered: pusher.undelivered().length,
      defects: options.defects(),
      journalDropped: journal.dropped(),
    }),
  )
  app.get('/outcomes', (c) =>
    c.json({
      agencies: rowsOf(agencies),
      issuers: rowsOf(issuers),
      faults,
    }),
  )
  app.get('/journal', (c) => {
    const { agency, reference, kind, after, limit } = c.req.query()
    const known = journalKinds.find((one) => one === kind)
    if (kind !== undefined && known === undefined) return problem(c, 400, `kind is one of ${journalKinds.join(', ')}`)
    const cursors = { after: whole(after), limit: whole(limit) }
    if (Object.values(cursors).some(Number.isNaN)) return problem(c, 400, 'after and limit are whole numbers')
    return c.json(journal.find({ agency, reference, kind: known, ...cursors }))
  })
  app.get('/undelivered', (c) => c.json({ data: pusher.undelivered() }))
  app.post('/undelivered/:id/retry', (c) =>
    options.again(c.req.param('id'))
      ? c.body(null, 202)
      : problem(c, 404, 'no document of that id was stopped or has expired'),
  )
  app.route('/clock', clockControl(clock))
  app.route('/agencies', faultControl(options))
  return app
}

function clockControl(clock: Clock): Hono {
  const app = new Hono()
  app.get('/', (c) => c.json(reading(clock)))
  app.put('/', async (c) => {
    const { mode = clock.read().mode, speed = clock.read().speed } = await bodyOf(c)
    if (!clockModes.includes(mode as ClockMode)) return problem(c, 400, `mode is one of ${clockModes.join(', ')}`)
    if (!(typeof speed === 'number' && speed > 0)) return problem(c, 400, 'speed is a number above 0')
    await clock.still(() => clock.set(mode as ClockMode, speed))
    return c.json(reading(clock))
  })
  app.post('/advance', async (c) => {
    const { ms, next } = await bodyOf(c)
    if (next === true) await clock.advanceToNext()
    else if (typeof ms === 'number' && ms >= 0 && ms <= limits.advanceSimulatedMs) await clock.advance(ms)
    else return problem(c, 400, `either {"next": true} or {"ms": 0 … ${limits.advanceSimulatedMs}}`)
    return c.json(reading(clock))
  })
  return app
}

function faultControl({ agencies: own, issuers, faults: book, order, clear }: ControlOptions): Hono {
  const agencies = [...own, ...issuers]
  const app = new Hono()
  app.use('/:id/faults', async (c, next) => {
    if (agencies.some(({ id }) => id === c.req.param('id'))) return next()
    return problem(c, 404, `agencies: ${agencies.map(({ id }) => id).join(', ')}`)
  })
  app.get('/:id/faults', (c) => c.json({ data: book.ordered(c.req.param('id')) }))
  app.put('/:id/faults', async (c) => {
    const { fault, times } = await bodyOf(c)
    if (!isFault(fault)) return problem(c, 400, `fault is one of ${faults.map((one) => one.fault).join(', ')}`)
    if (times !== undefined && !(Number.isSafeInteger(times) && Number(times) > 0)) {
      return problem(c, 400, 'times is a whole number above 0, or absent: until cleared')
    }
    await order(c.req.param('id'), fault, times === undefined ? undefined : Number(times))
    return c.json({ data: book.ordered(c.req.param('id')) })
  })
  app.delete('/:id/faults', async (c) => {
    const fault = c.req.query('fault')
    if (fault !== undefined && !isFault(fault)) return problem(c, 400, `there is no fault ${fault}`)
    await clear(c.req.param('id'), fault)
    return c.body(null, 204)
  })
  return app
}

export function problem(c: Context, status: 400 | 404 | 413 | 500, detail: string): Response {
  const title = { 400: 'Bad Request', 404: 'Not Found', 413: 'Content Too Large', 500: 'Internal Server Error' }[status]
  return c.body(JSON.stringify({ type: 'about:blank', title, status, detail }), status, {
    'content-type': 'application/problem+json',
  })
}

function reading(clock: Clock) {
  const { now, nextAt, ...rest } = clock.read()
  const iso = (at: number) => new Date(at).toISOString()
  return { now: iso(now), ...rest, nextAt: nextAt === undefined ? null : iso(nextAt) }
}

/** A JSON object; nothing at all counts as an empty one. */
async function bodyOf(c: Context): Promise<Record<string, unknown>> {
  const text = await c.req.text()
  if (text === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>
  } catch (cause) {
    throw new HTTPException(400, { message: 'the body is not JSON', cause })
  }
  throw new HTTPException(400, { message: 'the body is not a JSON object' })
}

function whole(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
}
