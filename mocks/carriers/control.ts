/** Control of corridors 通道控制: which scripts there are, and an order to play one. Nothing of it outlives the process. */
import { Hono } from 'hono'
import * as z from 'zod'
import { isContainerNumber } from '../../schemas/formats.ts'
import type { Env } from '../simulator/connection.ts'
import { bodyOf, type Control, instant } from '../simulator/control/desk.ts'
import { refuse } from '../simulator/refusal.ts'
import { corridors } from './corridors.ts'
import { type Disorder, disorders } from './script.ts'

const key = z.string().regex(/^[\w-]{20,200}$/, 'is an API key')
const order = z
  .strictObject({
    equipment: z.string().refine(isContainerNumber, 'is a container number (ISO 6346)'),
    /** Absent: now, by the session's clock. */
    start: instant.optional(),
    speed: z.number().positive().max(100_000).default(1),
    delayHours: z.number().min(-1_000).max(1_000).default(0),
    papers: z.array(z.string().max(100)).max(20).default([]),
    disorder: z.array(z.enum(Object.keys(disorders) as Disorder[])).default([]),
    /** The key of a carrier; and keys of their own for some publishers. */
    key: key.optional(),
    keys: z.record(z.string(), key).default({}),
  })
  .refine((one) => one.key !== undefined || Object.keys(one.keys).length > 0, {
    path: ['key'],
    message: 'is the API key of a carrier; or keys, one for each publisher',
  })

export function corridorControl({ worldOf }: Control): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', async (c) =>
    c.json({
      corridors: [...corridors.values()].map(({ id, name, source, publishers, steps }) => ({
        id,
        name,
        source,
        publishers,
        steps: steps.length,
      })),
      disorders,
      played: (await worldOf(c)).player.played(),
    }),
  )
  app.post('/:id', async (c) => {
    const corridor = corridors.get(c.req.param('id'))
    if (corridor === undefined) {
      const known = [...corridors.keys()]
      return refuse(c, 404, 'no-such-corridor', {
        en: `There is no corridor ${c.req.param('id')}; corridors: ${known.join(', ')}`,
        zh: `没有通道 ${c.req.param('id')}；通道有：${known.join('、')}`,
      })
    }
    const { key: common = '', keys, start, disorder, ...wanted } = await bodyOf(c, order)
    const { player, clock } = await worldOf(c)
    const journey = { ...wanted, startAt: start ?? clock.now(), disorder: new Set(disorder) }
    const byPublisher = new Map(Object.entries(keys))
    return c.json(
      player.play(corridor, journey, (publisher) => byPublisher.get(publisher) ?? common),
      202,
    )
  })
  return app
}
