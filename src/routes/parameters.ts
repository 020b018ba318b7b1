import type { Context } from 'hono'
import * as z from 'zod'
import { issuesOf } from '../../schemas/issue.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'

/** Page parameters of every list. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(limits.pageMost).default(limits.pageDefault),
  after: z.string().max(200).optional(),
}

/** Query parameters by a schema; unknown ones are refused, so that a misspelt filter is not silently no filter. @throws {Problem} */
export function readQuery<T>(context: Context, shape: z.ZodType<T>): T {
  const read = shape.safeParse(context.req.query())
  if (!read.success) throw new Problem('invalid-parameter', { errors: issuesOf(read.error) })
  return read.data
}

/** Answers a page of a list with its cursor in body and `Link`. @param about what is said of the list itself */
export function page(
  context: Context,
  data: readonly unknown[],
  next: string | undefined,
  about: Readonly<Record<string, unknown>> = {},
): Response {
  if (next !== undefined) {
    const url = new URL(context.req.url)
    url.searchParams.set('after', next)
    context.header('Link', `<${url.pathname}${url.search}>; rel="next"`)
  }
  const body = { data, hasMore: next !== undefined, ...(next === undefined ? {} : { nextCursor: next }) }
  return context.json({ ...body, ...about })
}

/** Whether the caller has seen this very state (`If-None-Match`, compared weakly: RFC 9110 §13.1.2). */
export function isUnchanged(context: Context, etag: string): boolean {
  const known = (context.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return known.includes('*') || known.includes(etag)
}

/** Demands `If-Match` and compares it. @throws {Problem} if-match-missing, if-match-stale */
export function matching(context: Context, etagOf: (revision: number) => string): (revision: number) => void {
  const given = context.req.header('if-match')
  if (given === undefined) throw new Problem('if-match-missing')
  const accepted = given.split(',').map((tag) => tag.trim())
  return (revision) => {
    if (!accepted.includes('*') && !accepted.includes(etagOf(revision)))
      throw new Problem('if-match-stale', { headers: { ETag: etagOf(revision) } })
  }
}

/** `Prefer: wait=N` in milliseconds, bounded (RFC 7240); 0 when not asked for. */
export function preferWaitMs(context: Context): number {
  const seconds = /(?:^|[,;\s])wait=(\d{1,4})\b/.exec(context.req.header('prefer') ?? '')?.[1]
  return seconds === undefined ? 0 : Math.min(Number(seconds) * 1_000, limits.preferWaitMs)
}
