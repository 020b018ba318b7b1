/** A request to an agency comes in 收件: read, served alone in its session's world, answered as its faults want it. */
import type { Context } from 'hono'
import { conclude, type Env, readBody } from './connection.ts'
import { headersOf, headersOfRaw, serve } from './exchange.ts'
import { limits } from './limits.ts'
import { refuse } from './refusal.ts'
import type { World } from './world.ts'

/** @param prefix what stands before the path inside the agency */
export async function receive(c: Context<Env>, world: World, id: string, prefix: string): Promise<Response> {
  const office = world.officeOf(id)
  if (office === undefined)
    return refuse(c, 404, 'no-such-agency', {
      en: `There is no agency ${id}; agencies: ${world.house.agencies.map((one) => one.id).join(', ')}`,
      zh: `没有机构 ${id}；机构有：${world.house.agencies.map((one) => one.id).join('、')}`,
    })
  const { clock, pusher } = world
  let idle = true
  world.exchanges += 1
  clock.look()
  try {
    const { method, url } = c.req
    const read = readBody(c.req.raw)
    const body = read instanceof Uint8Array ? read : await read
    if (body === undefined)
      return refuse(c, 413, 'too-large', {
        en: `A request has at most ${limits.requestBytes} bytes`,
        zh: `请求最多 ${limits.requestBytes} 字节`,
      })
    const path = url.slice(url.indexOf('/', url.indexOf('://') + 3) + prefix.length) || '/'
    const raw = c.env?.incoming?.rawHeaders
    const headers = raw === undefined ? headersOf(c.req.raw.headers) : headersOfRaw(raw)
    const asked = { method, path, headers, body }
    const recorded = world.records(id) ? await world.recorder.serve(id, asked) : undefined
    const served = await clock.still(() => serve(world, office, asked, recorded))
    idle = served.idle
    pusher.flush()
    return await conclude(c, served, world.timers, world.ending)
  } finally {
    world.exchanges -= 1
    if (idle) clock.look()
    else clock.stir()
  }
}
