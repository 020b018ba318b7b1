/** Control of faults 故障控制: which agency is to misbehave, how, and how often. */
import { Hono } from 'hono'
import * as z from 'zod'
import type { Env } from '../connection.ts'
import { faultOrder, faults, isFault } from '../faults.ts'
import { refuse } from '../refusal.ts'
import { bodyOf, type Control, checked } from './desk.ts'

const times = z.looseObject({ times: z.int().positive().optional() })

export function faultControl({ agencies, issuers, worldOf }: Control): Hono<Env> {
  const all = [...agencies, ...issuers]
  const app = new Hono<Env>()
  // Everybody at once, each with what stands ordered against it: one look at what is broken now.
  app.get('/', async (c) => {
    const world = await worldOf(c)
    const book = world.faults
    return c.json({
      data: all.map((agency) => ({
        id: agency.id,
        kind: agencies.includes(agency) ? 'agency' : 'issuer',
        letter: agency.letter,
        name: agency.name,
        replies: agency.replies,
        faults: book.ordered(agency.id),
        recorded: world.records(agency.id),
      })),
    })
  })
  app.use('/:id/faults', async (c, next) => {
    if (all.some(({ id }) => id === c.req.param('id'))) return next()
    return refuse(c, 404, 'no-such-agency', {
      en: `There is no agency ${c.req.param('id')}; agencies: ${all.map(({ id }) => id).join(', ')}`,
      zh: `没有机构 ${c.req.param('id')}；机构有：${all.map(({ id }) => id).join('、')}`,
    })
  })
  app.get('/:id/faults', async (c) => c.json({ data: (await worldOf(c)).faults.ordered(c.req.param('id')) }))
  app.put('/:id/faults', async (c) => {
    const world = await worldOf(c)
    const { clock, faults: book } = world
    const agency = c.req.param('id')
    const { times: often, ...rest } = await bodyOf(c, times)
    const line = { ...checked(faultOrder, rest), ...(often === undefined ? {} : { times: often }) }
    await clock.still(() => {
      world.keep({ kept: 'fault', agency, ...line })
      book.order(agency, line)
    })
    return c.json({ data: book.ordered(agency) })
  })
  app.delete('/:id/faults', async (c) => {
    const world = await worldOf(c)
    const { clock, faults: book } = world
    const [agency, fault] = [c.req.param('id'), c.req.query('fault')]
    if (fault !== undefined && !isFault(fault))
      return refuse(c, 400, 'no-such-fault', {
        en: `There is no fault ${fault}; faults: ${faults.map((one) => one.fault).join(', ')}`,
        zh: `没有故障 ${fault}；故障有：${faults.map((one) => one.fault).join('、')}`,
      })
    await clock.still(() => {
      world.keep({ kept: 'cleared', agency, ...(fault === undefined ? {} : { fault }) })
      book.clear(agency, fault)
    })
    return c.body(null, 204)
  })
  return app
}
