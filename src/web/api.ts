import type { Context, Hono } from 'hono'
import type { Issue } from '../../schemas/issue.ts'
import type { Env } from '../services.ts'

/** What the gateway answered a page. */
export type Answered<T> =
  | { readonly ok: true; readonly status: number; readonly body: T; readonly headers: Headers }
  | { readonly ok: false; readonly status: number; readonly problem: ProblemShown; readonly headers: Headers }

/** A problem document as a page shows it. */
export interface ProblemShown {
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly errors?: readonly Issue[]
}

/** Who is behind a page: the caller's own session, and nothing more. */
export interface Api {
  get<T>(path: string): Promise<Answered<T>>
  send<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered<T>>
}

/** What of a request goes on to the gateway: who asks, from where, in which language. */
const handedOn = ['cookie', 'origin', 'host', 'x-forwarded-for'] as const

/**
 * The gateway as a page sees it: over its own HTTP interface, with the visitor's own session. So a page can show nothing that the
 * interface would not give the same key.
 */
export function apiOf(app: Hono<Env>, context: Context<Env>): Api {
  const send: Api['send'] = async (method, path, body, extra = {}) => {
    const headers: Record<string, string> = {
      'accept-language': context.get('language') === 'zh' ? 'zh-CN' : 'en',
      ...extra,
    }
    for (const name of handedOn) {
      const value = context.req.header(name)
      if (value !== undefined) headers[name] = value
    }
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData
    if (body !== undefined && !isRaw) headers['content-type'] ??= 'application/json'
    const response = await app.request(
      new URL(path, context.req.url).href,
      {
        method,
        headers,
        ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
      },
      context.env,
    )
    const { status } = response
    const text = await response.text()
    const value: unknown =
      text !== '' && /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
    return status < 400
      ? { ok: true, status, body: value as never, headers: response.headers }
      : { ok: false, status, problem: value as ProblemShown, headers: response.headers }
  }
  return { get: (path) => send('GET', path), send }
}
