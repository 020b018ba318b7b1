/** What every part of the control reads its calls with. */
import type { Context } from 'hono'
import * as z from 'zod'
import type { Agency } from '../../agency.ts'
import type { Env } from '../connection.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import type { Sessions } from '../sessions.ts'
import type { World } from '../world.ts'

export interface Control {
  readonly sessions: Sessions
  readonly agencies: readonly Agency[]
  readonly issuers: readonly Agency[]
  readonly controlKey: string | undefined
  /** The world a call is about, awake. */
  readonly worldOf: (c: Context<Env>) => Promise<World>
}

export const isoOf = (at: number): string => new Date(at).toISOString()

/** A call's body as text. @throws {Refusal} 413 */
export async function textOf(c: Context): Promise<string> {
  const text = await c.req.text()
  if (text.length <= limits.controlBytes) return text
  throw new Refusal(413, 'too-large', {
    en: `A control call has at most ${limits.controlBytes} bytes`,
    zh: `控制请求最多 ${limits.controlBytes} 字节`,
  })
}

/**
 * A call's body by a schema; nothing at all counts as an empty object. @throws {Refusal} 400 with every mistake and where it is
 */
export async function bodyOf<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const text = await textOf(c)
  let body: unknown = {}
  try {
    if (text !== '') body = JSON.parse(text)
  } catch (error) {
    throw new Refusal(400, 'not-json', { en: `The body is not JSON: ${(error as Error).message}`, zh: '正文不是 JSON' })
  }
  return checked(schema, body)
}

/** A value by a schema. @throws {Refusal} 400 with every mistake and where it is */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const errors = read.error.issues.map(({ path, message }) => ({
    pointer: path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    detail: message,
  }))
  throw new Refusal(
    400,
    'invalid',
    {
      en: errors.map(({ pointer, detail }) => `${pointer || 'body'}: ${detail}`).join('; '),
      zh: `有 ${errors.length} 处错误，见 errors`,
    },
    { errors },
  )
}

/** An instant, as epoch milliseconds. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
