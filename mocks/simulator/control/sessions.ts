/** Control of sessions 会话控制: made, listed, reset, kept as snapshots, restored, deleted. */
import { Hono } from 'hono'
import * as z from 'zod'
import type { Env } from '../connection.ts'
import type { Settings, Snapshot } from '../keeping.ts'
import type { Session } from '../sessions.ts'
import { clockMode, clockSpeed, readingOf } from './clock.ts'
import { bodyOf, type Control, instant, isoOf } from './desk.ts'

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/i, 'letters, digits and hyphens, 63 at most, beginning with a letter or digit')
const ordered = z.strictObject({
  id: name.optional(),
  seed: z.string().min(1).max(200).optional(),
  /** Sessions of one seed send the same message ids; two that push to one gateway need runs of their own. */
  run: z
    .string()
    .regex(/^[a-z0-9]{1,16}$/, '1 to 16 lower-case letters and digits')
    .optional(),
  startAt: instant.optional(),
  mode: clockMode.optional(),
  speed: clockSpeed.optional(),
  callbackUrl: z.url({ protocol: /^https?$/ }).optional(),
  secrets: z.record(z.string(), z.string().regex(/^whsec_[A-Za-z0-9+/]+=*$/, 'whsec_ and base64')).optional(),
})
const named = z.strictObject({ name: name.optional() })
const restoring = z.strictObject({ snapshot: name })

export function sessionControl({ sessions }: Control): Hono<Env> {
  const app = new Hono<Env>()
  const told = (id: string) => describe(id, sessions.awake(id), sessions.snapshots)
  app.get('/', (c) => c.json({ data: sessions.ids().map(told) }))
  app.post('/', async (c) => {
    const { id, ...given } = await bodyOf(c, ordered)
    const { mode = 'frozen', speed = 1, callbackUrl = sessions.usual.settings.callbackUrl } = given
    const settings: Settings = { ...given, mode, speed, callbackUrl }
    const session = sessions.create(id, settings)
    await session.world.ready
    return c.json(told(session.id), 201, { location: `/control/sessions/${session.id}` })
  })
  app.get('/:id', async (c) => {
    const { id, world } = sessions.of(c.req.param('id'))
    await world.ready
    return c.json(told(id))
  })
  app.delete('/:id', async (c) => {
    await sessions.delete(c.req.param('id'))
    return c.body(null, 204)
  })
  app.post('/:id/reset', async (c) => c.json(told((await sessions.reset(c.req.param('id'))).id)))
  app.get('/:id/snapshots', (c) => c.json({ data: sessions.snapshots(c.req.param('id')) }))
  app.post('/:id/snapshots', async (c) => {
    const { name: wanted } = await bodyOf(c, named)
    return c.json(describeSnapshot(await sessions.snapshot(c.req.param('id'), wanted)), 201)
  })
  app.delete('/:id/snapshots/:name', (c) => {
    sessions.dropSnapshot(c.req.param('id'), c.req.param('name'))
    return c.body(null, 204)
  })
  app.post('/:id/restore', async (c) => {
    const { snapshot } = await bodyOf(c, restoring)
    return c.json(told((await sessions.restore(c.req.param('id'), snapshot)).id))
  })
  return app
}

function describe(id: string, session: Session | undefined, snapshots: (id: string) => readonly string[]) {
  if (session === undefined) return { id, state: 'asleep' }
  const { settings, world } = session
  return {
    id,
    state: 'awake',
    seed: world.seed,
    callbackUrl: settings.callbackUrl,
    clock: readingOf(world.clock),
    scripts: world.scripts.list().map((script) => script.name),
    journalDropped: world.journal.dropped(),
    snapshots: snapshots(id),
  }
}

const describeSnapshot = ({ name: taken, at, real, mode, speed, lines }: Snapshot) => ({
  name: taken,
  at: isoOf(at),
  realAt: isoOf(real),
  mode,
  speed,
  lines: Array.from(lines).length,
})
