import type { Adapter, WireMessage } from '../../adapters/adapter.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import { readCase } from '../db/cases.ts'
import { type Lease, never } from '../db/deliveries.ts'
import { limits } from '../limits.ts'
import { Unreachable } from '../transport/transport.ts'
import { namedAttempt } from './case.ts'
import { backoffMs, type Exchange, exchange } from './exchange.ts'
import { procedureOf } from './plan.ts'
import { digestOf, type News } from './record.ts'
import { submissionIn } from './submission.ts'
import type { Workshop } from './workshop.ts'

/** Sends one submission: asks first where it may have arrived already, and sends only when the agency does not know it. */
export async function send(
  workshop: Workshop,
  agency: string,
  adapter: Adapter,
  lease: Lease,
): Promise<{ failed: boolean; news: News }> {
  const trace = { messageId: `${lease.filingId}-${lease.attempt}` }
  const call = (wire: WireMessage, kind: 'answer' | 'inquiry') =>
    exchange(
      () => workshop.transport.call(agency, wire, trace),
      (reply) => adapter.decode(reply),
      wire,
      kind,
    )
  if (lease.unknown) {
    const inquiry = await inquiryOf(workshop, agency, lease)
    const asked = await call(inquiry, 'inquiry')
    if (asked.kind === 'failed')
      return { failed: true, news: newsOf(workshop, agency, lease, { ...asked, unknown: true }) }
    if (await isOfThisAttempt(workshop, lease, asked.receipts))
      return { failed: false, news: newsOf(workshop, agency, lease, asked) }
    // It is not known there, or only its earlier attempt: that answer is kept too, and the submission goes out again.
    const answers = { filingId: lease.filingId, attempt: lease.attempt }
    await workshop.recorder.record({ agency, message: asked.message, receipts: [], answers })
  }
  const wire: WireMessage = {
    method: lease.method,
    path: lease.path,
    ...(lease.contentType === undefined ? {} : { contentType: lease.contentType }),
    ...(lease.body === undefined ? {} : { body: lease.body }),
  }
  const told = await call(wire, 'answer')
  if (told.kind === 'answered' && told.receipts.length === 0) {
    // An answer that says nothing of the filing is none: the next try asks.
    const error = 'The answer says nothing of the filing'
    return {
      failed: true,
      news: newsOf(workshop, agency, lease, {
        kind: 'failed',
        message: { ...told.message, error },
        unknown: true,
        error,
      }),
    }
  }
  return { failed: told.kind === 'failed', news: newsOf(workshop, agency, lease, told) }
}

/**
 * Whether an answer to an inquiry speaks of the attempt that was asked for: an agency that does not know it may still tell of
 * an earlier one, in the words it used then.
 */
async function isOfThisAttempt(workshop: Workshop, lease: Lease, receipts: readonly Receipt[]): Promise<boolean> {
  if (lease.attempt === 1) return receipts.length > 0
  const { rows } = await workshop.database.pool.query<{ content: string }>(
    'SELECT content FROM receipt WHERE filing_id = $1 AND attempt < $2',
    [lease.filingId, lease.attempt],
  )
  const before = new Set(rows.map(({ content }) => digestOf(JSON.parse(content) as Receipt, undefined)))
  return receipts.some((receipt) => {
    const named = namedAttempt(lease.filingId, receipt)
    return named === undefined ? !before.has(digestOf(receipt, undefined)) : named === lease.attempt
  })
}

async function inquiryOf(workshop: Workshop, agency: string, lease: Lease): Promise<WireMessage> {
  const { at, documents } = await readCase(workshop.database, lease.declarationId)
  const filing = at?.filings.find(({ id }) => id === lease.filingId)
  if (at === undefined || filing === undefined || documents === undefined)
    throw new Unreachable('The declaration is gone', 'unknown')
  const procedure = procedureOf(workshop.adapters, agency, lease.procedure)
  const submission = submissionIn(workshop.adapters, at, filing, documents, lease.instant.toISOString())
  return procedure.encodeInquiry({
    ...submission,
    attempt: lease.attempt,
    messageId: `${lease.filingId}-${lease.attempt}`,
  })
}

function newsOf(workshop: Workshop, agency: string, lease: Lease, told: Exchange): News {
  const about = { agency, message: told.message, answers: { filingId: lease.filingId, attempt: lease.attempt } }
  const delivery = { filingId: lease.filingId, attempt: lease.attempt, fence: lease.fence }
  if (told.kind === 'answered')
    return { ...about, receipts: told.receipts, delivery: { ...delivery, verdict: 'answered' } }
  return {
    ...about,
    receipts: [],
    delivery: {
      ...delivery,
      verdict: 'later',
      dueAt: nextTry(workshop, lease, told.retryAfterMs ?? 0),
      unknown: lease.unknown || told.unknown,
      error: told.error,
      first: lease.tries === 1,
    },
  }
}

/** When a submission that failed is tried again, not before the agency asked for. One that was taken early keeps its time. */
function nextTry(workshop: Workshop, lease: Lease, patienceMs: number): Date {
  const patience = workshop.now() + patienceMs
  if (lease.early !== undefined) return new Date(Math.max(lease.early.getTime(), patience))
  if (lease.tries >= limits.deliveryTries) return never
  return new Date(Math.max(patience, workshop.now() + backoffMs(lease.tries, workshop.random)))
}
