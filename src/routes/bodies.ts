import type { Context } from 'hono'
import type * as z from 'zod'
import { issue, issuesOf } from '../../schemas/issue.ts'
import { mediaTypeOf, readBody, textOfBody } from '../body.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { readStrictJson } from '../strict-json.ts'

/** A JSON body by its schema, with the bytes it was read from. @throws {Problem} unsupported-media-type, malformed-body, body-invalid */
export async function readJsonBody<T>(
  context: Context,
  shape: z.ZodType<T>,
): Promise<{ readonly value: T; readonly bytes: Uint8Array }> {
  if (mediaTypeOf(context) !== 'application/json') throw new Problem('unsupported-media-type')
  const bytes = await readBody(context)
  const read = readStrictJson(textOfBody(bytes))
  if (read.issues !== undefined) throw new Problem('malformed-body', { errors: read.issues })
  const parsed = shape.safeParse(read.value)
  if (!parsed.success) throw new Problem('body-invalid', { errors: issuesOf(parsed.error) })
  return { value: parsed.data, bytes }
}

/** The key under which a request is done once. @throws {Problem} idempotency-key-missing, invalid-parameter */
export function idempotencyKeyOf(context: Context): string {
  const key = context.req.header('idempotency-key')
  if (key === undefined || key === '') throw new Problem('idempotency-key-missing')
  if (key.length > limits.idempotencyKeyLength)
    throw new Problem('invalid-parameter', {
      errors: [
        issue('/Idempotency-Key', 'too-long', {
          en: `At most ${limits.idempotencyKeyLength} characters`,
          zh: `不得超过${limits.idempotencyKeyLength}个字符`,
        }),
      ],
    })
  return key
}
