/** Control of a session's clock 时钟控制. */
import { Hono } from 'hono'
import * as z from 'zod'
import { type Clock, clockModes } from '../clock.ts'
import type { Env } from '../connection.ts'
import { durationMs } from '../duration.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import { bodyOf, type Control, instant, isoOf } from './desk.ts'

export const clockMode = z.enum(clockModes)
export const clockSpeed = z.number().positive().max(limits.clockSpeed)

const setting = z.strictObject({ mode: clockMode.optional(), speed: clockSpeed.optional() })
const far = z.number().min(0).max(limits.advanceSimulatedMs)
const advance = z
  .union([
    z.strictObject({ ms: far }),
    z.strictObject({ by: z.iso.duration().transform(durationMs).pipe(far) }),
    z.strictObject({ to: instant }),
    z.strictObject({ next: z.literal(true) }),
  ])
  .catch((context) => {
    throw new Refusal(
      400,
      'invalid',
      {
        en: `One of {"by": "PT2H"}, {"to": "2026-11-22T08:00:00Z"}, {"ms": 0 … ${limits.advanceSimulatedMs}}, {"next": true}`,
        zh: '应为 {"by": "PT2H"}、{"to": "2026-11-22T08:00:00Z"}、{"ms": 毫秒数} 或 {"next": true} 之一',
      },
      { received: context.value },
    )
  })

export function clockControl({ worldOf }: Control): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', async (c) => c.json(readingOf((await worldOf(c)).clock)))
  app.put('/', async (c) => {
    const { clock } = await worldOf(c)
    const { mode = clock.read().mode, speed = clock.read().speed } = await bodyOf(c, setting)
    await clock.still(() => clock.set(mode, speed))
    return c.json(readingOf(clock))
  })
  // Answered when everything that fell due on the way was done, in order, and what was pushed has been tried.
  app.post('/advance', async (c) => {
    const world = await worldOf(c)
    const { clock } = world
    const order = await bodyOf(c, advance)
    if ('next' in order) await clock.advanceToNext()
    else if ('to' in order) await advanceTo(clock, order.to)
    else await clock.advance('ms' in order ? order.ms : order.by)
    await world.settled()
    return c.json(readingOf(clock))
  })
  return app
}

async function advanceTo(clock: Clock, to: number): Promise<void> {
  const now = clock.now()
  if (to < now)
    throw new Refusal(409, 'time-runs-forward', {
      en: `It is ${isoOf(now)} in this session; time does not run backwards. A snapshot can be restored, and a session reset.`,
      zh: `该会话现在是 ${isoOf(now)}，时间不能倒流。可以恢复快照或重置会话。`,
    })
  if (to - now > limits.advanceSimulatedMs)
    throw new Refusal(400, 'too-far', {
      en: `One call moves the clock by at most ${limits.advanceSimulatedMs} ms`,
      zh: `一次最多推进 ${limits.advanceSimulatedMs} 毫秒`,
    })
  await clock.advanceTo(to)
}

export function readingOf(clock: Clock) {
  const { now, nextAt, ...rest } = clock.read()
  return { now: isoOf(now), ...rest, nextAt: nextAt === undefined ? null : isoOf(nextAt) }
}
