/** Control of recordings 录制控制: a real endpoint is recorded in an agency's place, and what it said becomes scripts. */
import { type Context, Hono } from 'hono'
import type { Env } from '../connection.ts'
import { recordingOrder } from '../recorder-order.ts'
import { toScripts } from '../recorder-script.ts'
import { refuse } from '../refusal.ts'
import { bodyOf, type Control } from './desk.ts'

export function recordingControl({ agencies, issuers, worldOf }: Control): Hono<Env> {
  const all = [...agencies, ...issuers].map(({ id }) => id)
  const app = new Hono<Env>()
  app.get('/', async (c) => c.json({ data: (await worldOf(c)).recorder.list() }))
  app.post('/', async (c) => {
    const order = await bodyOf(c, recordingOrder)
    if (!all.includes(order.agency))
      return refuse(c, 404, 'no-such-agency', {
        en: `There is no agency ${order.agency}; agencies: ${all.join(', ')}`,
        zh: `没有机构 ${order.agency}；机构有：${all.join('、')}`,
      })
    const { recorder } = await worldOf(c)
    recorder.start(order)
    return c.json(
      recorder.list().find(({ agency }) => agency === order.agency),
      201,
    )
  })
  app.get('/:agency', async (c) => {
    const recording = (await worldOf(c)).recorder.recording(c.req.param('agency'))
    return recording === undefined ? none(c) : c.json(recording)
  })
  // Each of them can be posted to /control/scripts as it is.
  app.get('/:agency/scripts', async (c) => {
    const recording = (await worldOf(c)).recorder.recording(c.req.param('agency'))
    return recording === undefined ? none(c) : c.json({ data: toScripts(recording) })
  })
  app.post('/:agency/stop', async (c) => {
    const { recorder } = await worldOf(c)
    return recorder.stop(c.req.param('agency')) ? c.json(recorder.recording(c.req.param('agency'))) : none(c)
  })
  app.delete('/:agency', async (c) =>
    (await worldOf(c)).recorder.remove(c.req.param('agency')) ? c.body(null, 204) : none(c),
  )
  return app
}

const none = (c: Context) =>
  refuse(c, 404, 'no-such-recording', {
    en: `Nothing was recorded of ${c.req.param('agency')}`,
    zh: `没有 ${c.req.param('agency')} 的录制`,
  })
