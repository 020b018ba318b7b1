/** What the simulator itself refuses 模拟器拒绝: a problem document (RFC 9457) with a stable code, in both languages. */
import { STATUS_CODES } from 'node:http'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Text } from '../../schemas/text.ts'

/** The bytes of a problem document; `more` are members of its own, such as `errors` or `closest`. */
export function problemText(status: number, code: string, { en, zh }: Text, more: object = {}): string {
  const title = STATUS_CODES[status] ?? 'Error'
  return JSON.stringify({ type: `about:blank#${code}`, title, status, code, detail: en, detailZh: zh, ...more })
}

export const problemType = 'application/problem+json'

/** Answers a call with a refusal. */
export function refuse(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  said: Text,
  more: object = {},
): Response {
  return c.body(problemText(status, code, said, more), status, { 'content-type': problemType })
}

/** A refusal thrown from where there is no context. */
export class Refusal extends HTTPException {
  readonly code: string
  readonly said: Text
  readonly more: object
  constructor(status: ContentfulStatusCode, code: string, said: Text, more: object = {}) {
    super(status, { message: said.en })
    this.code = code
    this.said = said
    this.more = more
  }
}

export const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal

/** What is thrown while a call is answered, as its answer; what is no refusal goes on to whoever knows it. */
export function refusing(error: unknown, c: Context): Response {
  if (!isRefusal(error)) throw error
  return refuse(c, error.status as ContentfulStatusCode, error.code, error.said, error.more)
}
