import type * as z from 'zod'
import type { problemAnswer } from '../schemas/problem.ts'
import { limits } from './limits.ts'

/** An RFC 9457 problem document, as the gateway answers it. */
export type ProblemDocument = z.output<typeof problemAnswer>
/** One thing wrong or missing, at a JSON pointer, in both languages. */
export type ProblemIssue = NonNullable<ProblemDocument['errors']>[number]

/** What was asked when it failed. */
export interface Asked {
  readonly operation: string
  readonly method: string
  readonly url: string
  /** The key it was sent under: asking again with it has no second effect. */
  readonly idempotencyKey: string | undefined
}

/** The gateway said no 拒绝: what, where, and who must act. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly status: number
  /** Kind of the problem, the last part of its page's address; `unexpected-answer` where the answer is no problem document. */
  readonly code: string
  readonly requestId: string | undefined
  /** Every issue at once. */
  readonly issues: readonly ProblemIssue[]
  /** How long the gateway asks to wait before the next try. */
  readonly retryAfterMs: number | undefined
  /**
   * An earlier try of the same call got no answer, and may have been carried out: this refusal may be but the echo of its
   * own success (a tag that is stale because the first try changed it). Read how things stand.
   */
  readonly mayBeDone: boolean
  readonly document: ProblemDocument | undefined
  readonly asked: Asked

  constructor(asked: Asked, said: Refusal, mayBeDone: boolean) {
    const { document } = said
    const issues = document?.errors ?? []
    const where = issues.slice(0, 3).map(({ pointer, detail }) => `${pointer} ${detail}`)
    const more = issues.length > where.length ? [`and ${issues.length - where.length} more`] : []
    const what = document === undefined ? said.excerpt : [document.detail, ...where, ...more].join('; ')
    super(`${asked.operation}: ${said.status} ${document?.code ?? 'unexpected-answer'}: ${what}`)
    this.status = said.status
    this.code = document?.code ?? 'unexpected-answer'
    this.requestId = document?.requestId ?? said.requestId
    this.issues = issues
    this.retryAfterMs = said.retryAfterMs
    this.mayBeDone = mayBeDone
    this.document = document
    this.asked = asked
  }

  /** Where something is wrong: JSON pointers into what was sent. */
  get pointers(): readonly string[] {
    return this.issues.map(({ pointer }) => pointer)
  }
}

/** An answer that is no good one. */
export interface Refusal {
  readonly status: number
  readonly document: ProblemDocument | undefined
  /** Beginning of an answer that is no problem document. */
  readonly excerpt: string
  readonly requestId: string | undefined
  readonly retryAfterMs: number | undefined
}

/**
 * No answer came 未知: a timeout, a connection cut. Whether the gateway did what was asked is unknown, unless `safe` says that
 * nothing was asked to change. Ask again under the same Idempotency-Key, or read how things stand.
 */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError'
  readonly why: 'timeout' | 'unreachable' | 'broken-answer'
  /** Whether the request could not have changed anything. */
  readonly safe: boolean
  /** How many times it was tried. */
  readonly tries: number
  readonly asked: Asked

  constructor(asked: Asked, why: UnknownOutcomeError['why'], tries: number, cause: unknown) {
    const safe = asked.method === 'GET'
    const unknown = safe ? '' : ': whether it was done is unknown'
    super(`${asked.operation}: ${words[why]} after ${tries} ${tries === 1 ? 'try' : 'tries'}${unknown}`, { cause })
    this.why = why
    this.safe = safe
    this.tries = tries
    this.asked = asked
  }
}

const words = {
  timeout: 'no answer in time',
  unreachable: 'no connection, or it was cut',
  'broken-answer': 'the answer broke off or cannot be read',
} as const

/** What a bad answer says: a problem document where it is one, else how it begins. */
export function refusalOf(status: number, headers: Headers, text: string, nowMs: number): Refusal {
  return {
    status,
    document: problemIn(headers, text),
    excerpt: text.slice(0, limits.excerpt),
    requestId: headers.get('request-id') ?? undefined,
    retryAfterMs: retryAfterMs(headers.get('retry-after'), nowMs),
  }
}

function problemIn(headers: Headers, text: string): ProblemDocument | undefined {
  if (!/^application\/(problem\+)?json\b/.test(headers.get('content-type') ?? '')) return undefined
  try {
    const read: unknown = JSON.parse(text)
    return isProblem(read) ? read : undefined
  } catch {
    return undefined
  }
}

const isProblem = (read: unknown): read is ProblemDocument => {
  if (typeof read !== 'object' || read === null) return false
  const { code, detail, errors } = read as Partial<Record<keyof ProblemDocument, unknown>>
  return typeof code === 'string' && typeof detail === 'string' && (errors === undefined || Array.isArray(errors))
}

/** `Retry-After` in milliseconds from now: seconds, or a date (RFC 9110 §10.2.3). */
export function retryAfterMs(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined
  if (/^\d{1,9}$/.test(value.trim())) return Number(value.trim()) * 1_000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs)
}
