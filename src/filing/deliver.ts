import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
} from 'cockatiel'
import type { Adapter, WireMessage } from '../../adapters/adapter.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import { loadDocuments } from '../db/cases.ts'
import { type Lease, leaseDeliveries, renewDeliveries, returnDeliveries } from '../db/deliveries.ts'
import { limits } from '../limits.ts'
import { Unreachable } from '../transport/transport.ts'
import { namedAttempt } from './case.ts'
import { backoffMs, type Exchange, exchange } from './exchange.ts'
import { procedureOf } from './plan.ts'
import { submissionOf } from './prepare.ts'
import { digestOf, type News } from './record.ts'
import type { Workshop } from './workshop.ts'

/** One agency's lane: what waits for this agency is sent by nobody else's pace. */
export interface Lane {
  /** There may be work: look at once. */
  wake(): void
  /** Takes no new work, and waits for what is under way. */
  stop(): Promise<void>
  readonly breaker: CircuitBreakerPolicy
}

/** Five failures in a row open it; one probe after a pause closes it. Answers of an agency, refusals included, are no failures. */
export const breakerOf = (): CircuitBreakerPolicy =>
  circuitBreaker(handleAll, {
    halfOpenAfter: limits.breakerOpenMs,
    breaker: new ConsecutiveBreaker(limits.breakerFailures),
  })

/** Starts the lane of one agency. */
export function startLane(workshop: Workshop, agency: string, adapter: Adapter, breaker: CircuitBreakerPolicy): Lane {
  const { database, log, recorder } = workshop
  const underWay = new Map<Lease, Promise<void>>()
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false

  let brokenAt = 0
  breaker.onBreak(() => {
    brokenAt = Date.now()
  })
  /** How many more may be under way. An open breaker looks at the time only when something is brought to it: the probe. */
  const roomLeft = () => {
    if (breaker.state === CircuitState.Closed) return limits.laneWidth - underWay.size
    if (breaker.state === CircuitState.Open && Date.now() - brokenAt < limits.breakerOpenMs) return 0
    return 1 - underWay.size
  }

  const look = async () => {
    do {
      again = false
      const room = stopped ? 0 : roomLeft()
      if (room <= 0) return
      const leases = await leaseDeliveries(database, agency, room, limits.leaseMs)
      for (const lease of leases) {
        const work = deliver(lease)
          .catch((error: unknown) =>
            log.error({ err: error, filing: lease.filingId }, 'delivery failed; its lease runs out'),
          )
          .finally(() => {
            underWay.delete(lease)
            wake()
          })
        underWay.set(lease, work)
      }
    } while (again)
  }
  const wake = () => {
    if (stopped) return
    again = true
    looking ??= look()
      .catch((error: unknown) => log.error({ err: error, agency }, 'lane could not look for work'))
      .finally(() => {
        looking = undefined
        // Woken after the last look: look again now, not at the next poll.
        if (again) wake()
      })
  }

  const deliver = async (lease: Lease) => {
    try {
      const news = await breaker.execute(async () => {
        const told = await send(workshop, agency, adapter, lease)
        if (told.failed) throw new Failed(told.news)
        return told.news
      })
      await recorder.record(news)
    } catch (error) {
      if (error instanceof Failed) await recorder.record(error.news)
      else if (error instanceof BrokenCircuitError)
        await returnDeliveries(database, [lease], new Date(workshop.now() + limits.breakerOpenMs))
      else throw error
    }
  }

  const poll = setInterval(wake, limits.lanePollMs)
  const renew = setInterval(() => {
    if (underWay.size > 0)
      renewDeliveries(database, [...underWay.keys()], limits.leaseMs).catch((error: unknown) =>
        log.error({ err: error }, 'leases not renewed'),
      )
  }, limits.leaseRenewMs)
  wake()
  return {
    wake,
    breaker,
    async stop() {
      stopped = true
      clearInterval(poll)
      await looking
      await Promise.allSettled(underWay.values())
      clearInterval(renew)
    },
  }
}

/** A failed exchange on its way through the breaker, with what is to be kept of it. */
class Failed extends Error {
  readonly news: News
  constructor(news: News) {
    super('failed')
    this.news = news
  }
}

/** Sends one submission: asks first where it may have arrived already, and sends only when the agency does not know it. */
async function send(
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
  const { rows } = await workshop.database.pool.query<{ particulars: string | null }>(
    'SELECT particulars FROM filing WHERE id = $1',
    [lease.filingId],
  )
  const { rows: names } = await workshop.database.pool.query<{ scheme: string; value: string }>(
    'SELECT scheme, value FROM filing_reference WHERE filing_id = $1',
    [lease.filingId],
  )
  const document = (await loadDocuments(workshop.database.pool, [lease.declarationId])).get(lease.declarationId)
  if (document === undefined) throw new Unreachable('The declaration is gone', 'unknown')
  const particulars: unknown = typeof rows[0]?.particulars === 'string' ? JSON.parse(rows[0].particulars) : undefined
  const filing = {
    id: lease.filingId,
    serial: lease.serial,
    agency,
    procedure: lease.procedure,
    attempt: lease.attempt,
    particulars,
  }
  const procedure = procedureOf(workshop.adapters, agency, lease.procedure)
  return procedure.encodeInquiry(
    submissionOf(procedure, document, filing, { [agency]: names }, lease.instant.toISOString()),
  )
}

function newsOf(workshop: Workshop, agency: string, lease: Lease, told: Exchange): News {
  const about = { agency, message: told.message, answers: { filingId: lease.filingId, attempt: lease.attempt } }
  const delivery = { filingId: lease.filingId, attempt: lease.attempt, fence: lease.fence }
  if (told.kind === 'answered')
    return { ...about, receipts: told.receipts, delivery: { ...delivery, verdict: 'answered' } }
  const exhausted = lease.tries >= limits.deliveryTries
  const wait = Math.max(told.retryAfterMs ?? 0, backoffMs(lease.tries, workshop.random))
  const dueAt = exhausted ? new Date('9999-12-31T00:00:00Z') : new Date(workshop.now() + wait)
  return {
    ...about,
    receipts: [],
    delivery: {
      ...delivery,
      verdict: 'later',
      dueAt,
      unknown: lease.unknown || told.unknown,
      error: told.error,
      first: lease.tries === 1,
    },
  }
}
