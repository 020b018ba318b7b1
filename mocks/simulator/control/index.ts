/**
 * The simulator's control 控制接口: what a person or a test may ask of it and order it, each call about the session its header
 * names. Plain JSON, refusals as RFC 9457 problems.
 */
import { Hono } from 'hono'
import type { Agency } from '../../agency.ts'
import type { Env } from '../connection.ts'
import { faults, parameterSchemasOf } from '../faults.ts'
import { refuse, refusing } from '../refusal.ts'
import { clockControl, readingOf } from './clock.ts'
import type { Control } from './desk.ts'
import { faultControl } from './faults.ts'
import { guard } from './guard.ts'
import { journalControl } from './journal.ts'
import { recordingControl } from './recordings.ts'
import { scriptControl } from './scripts.ts'
import { sessionControl } from './sessions.ts'

export function controlOf(control: Control): Hono<Env> {
  const { agencies, issuers, worldOf } = control
  const rowsOf = (all: readonly Agency[]) =>
    all.map(({ id, letter, name, replies, outcomes }) => ({
      id,
      letter,
      name,
      replies,
      // How a row brings about what it does is nobody's business.
      outcomes: outcomes.map(({ magic, procedure, does }) => ({ magic, procedure, does })),
    }))
  const app = new Hono<Env>()
  app.use(guard(control.controlKey))
  app.get('/health', async (c) => {
    const { clock, pusher, player, post, journal, scripts, ...world } = await worldOf(c)
    return c.json({
      status: 'ok',
      agencies: agencies.map(({ id }) => id),
      issuers: issuers.map(({ id }) => id),
      clock: readingOf(clock),
      inFlight: { exchanges: world.exchanges, pushes: pusher.waiting(), documents: post.unfetched() },
      undelivered: pusher.undelivered().length,
      defects: world.defects,
      journalDropped: journal.dropped(),
      scripts: scripts.size,
      journeys: player.waiting(),
    })
  })
  // The tables stay as they are while it runs: written when they are first asked for.
  let tables: string | undefined
  app.get('/outcomes', (c) => {
    tables ??= JSON.stringify({
      agencies: rowsOf(agencies),
      issuers: rowsOf(issuers),
      faults: faults.map((one) => ({ ...one, parameters: parameterSchemasOf(one.fault) })),
    })
    return c.body(tables, 200, { 'content-type': 'application/json' })
  })
  app.get('/undelivered', async (c) => c.json({ data: (await worldOf(c)).pusher.undelivered() }))
  app.post('/undelivered/:id/retry', async (c) => {
    const world = await worldOf(c)
    const { pusher } = world
    const id = c.req.param('id')
    if (!pusher.again(id))
      return refuse(c, 404, 'no-such-document', {
        en: 'No document of that id was stopped or has expired',
        zh: '没有该编号的已停止或已过期回执',
      })
    world.keep({ kept: 'again', id })
    return c.body(null, 202)
  })
  app.route('/sessions', sessionControl(control))
  app.route('/clock', clockControl(control))
  app.route('/agencies', faultControl(control))
  app.route('/scripts', scriptControl(control))
  app.route('/journal', journalControl(control))
  app.route('/recordings', recordingControl(control))
  // Loaded when it is first asked for: most simulators never play a corridor, and all of them start.
  let corridors: Promise<Hono<Env>> | undefined
  app.all('/corridors/*', async (c) => {
    corridors ??= import('../../carriers/control.ts').then(({ corridorControl }) =>
      new Hono<Env>().onError(refusing).route('/control/corridors', corridorControl(control)),
    )
    return (await corridors).fetch(c.req.raw, c.env)
  })
  return app
}
