import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { leaseNotices, type NoticeLease, returnNotice, type Tried } from '../db/notices.ts'
import { limits } from '../limits.ts'
import type { Carrier } from './carrier.ts'
import { presentFeedEvent } from './present.ts'
import { pauseMs } from './schedule.ts'
import { createSettler } from './settler.ts'
import { signedHeaders } from './signature.ts'
import type { Vault } from './vault.ts'

/** What notices are sent with: everything that is not pure comes in through here. */
export interface PostRoom {
  readonly database: Database
  readonly carrier: Carrier
  readonly vault: Vault
  readonly log: Logger
  now(): number
  random(): number
}

/** Sends what is due, to each endpoint at its own pace. */
export interface Sender {
  /** There may be work: look at once. */
  wake(): void
  /** Resolves when nothing is under way and nothing more was due. */
  idle(): Promise<void>
  /** Takes no new work, and waits for what is under way. */
  stop(): Promise<void>
}

/**
 * Starts sending. Lanes are counted, not threads: an endpoint has so many notices under way here, never more than its share of what is
 * free, so a slow one fills its own lane and a dead one rests.
 */
export function createSender(room: PostRoom): Sender {
  const { database, log } = room
  const settle = createSettler(database, log)
  const underWay = new Map<NoticeLease, Promise<void>>()
  const busy = new Map<string, number>()
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false

  const count = (endpoint: string, by: number) => {
    const now = (busy.get(endpoint) ?? 0) + by
    if (now > 0) busy.set(endpoint, now)
    else busy.delete(endpoint)
  }
  const look = async () => {
    do {
      again = false
      const free = limits.noticesInFlight - underWay.size
      if (stopped || free <= 0) return
      const width = Math.max(1, Math.min(limits.noticesPerEndpoint, Math.floor(free / limits.noticeShare)))
      // Half of what is free at a time: what the next ones get is measured by what is left then.
      const most = Math.ceil(free / 2)
      const leases = await leaseNotices(database, new Date(room.now()), most, width, busy)
      if (leases.length === most) again = true
      for (const lease of leases) {
        count(lease.endpointId, 1)
        const work = send(room, lease)
          .then((tried) => tried && settle(tried))
          .catch((error: unknown) =>
            log.error({ err: error, notice: lease.id }, 'a try was not recorded; its lease runs out'),
          )
          .finally(() => {
            underWay.delete(lease)
            count(lease.endpointId, -1)
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
      .catch((error: unknown) => log.error({ err: error }, 'could not look for notices'))
      .finally(() => {
        looking = undefined
        // Woken after the last look: look again now, not at the next poll.
        if (again) wake()
      })
  }
  return {
    wake,
    async idle() {
      wake()
      const isBusy = () => looking !== undefined || underWay.size > 0
      while (isBusy()) await Promise.all([looking, ...underWay.values()])
    },
    async stop() {
      stopped = true
      await looking
      await Promise.allSettled(underWay.values())
    },
  }
}

/** Statuses by which an endpoint asks for less of everything, not only of this. */
const throttling = new Set([429, 502, 503, 504])

/** Sends one notice and judges the answer; undefined when it could not be sent for a reason of the operator's. */
async function send(room: PostRoom, lease: NoticeLease): Promise<Tried | undefined> {
  const at = room.now()
  const id = `${lease.sourceId}.${lease.number}`
  const body = JSON.stringify(presentFeedEvent(lease))
  let headers: Record<string, string>
  try {
    const secrets = lease.sealed.map((sealed) => room.vault.open(sealed, lease.endpointId))
    headers = signedHeaders(secrets, { id, body, at })
  } catch (error) {
    room.log.error(
      { err: error, endpoint: lease.endpointId },
      'a notice cannot be signed: is WEBHOOK_KEYS the one it was sealed with?',
    )
    await returnNotice(room.database, lease, new Date(at + limits.noticeKeyRestMs))
    return undefined
  }
  const answer = await room.carrier.post(
    lease.url,
    { 'content-type': 'application/cloudevents+json', ...headers },
    body,
  )
  const { status, latencyMs, excerpt, retryAfterMs } = answer
  const verdict =
    status === undefined ? 'failed' : status >= 200 && status < 300 ? 'delivered' : status === 410 ? 'gone' : 'failed'
  // A ping is one try: who asked for it is looking.
  const pause =
    verdict === 'failed' && lease.type !== 'endpoint.ping'
      ? pauseMs(lease.step + 1, retryAfterMs, room.random)
      : undefined
  const throttled = throttling.has(status ?? 0) && retryAfterMs !== undefined
  const ended = room.now()
  return {
    lease,
    verdict,
    dueAt: pause === undefined ? undefined : new Date(ended + pause),
    restUntil: throttled ? new Date(ended + Math.min(retryAfterMs, limits.noticeRestMostMs)) : undefined,
    at: new Date(ended),
    status,
    latencyMs,
    excerpt,
    error: answer.error ?? (verdict === 'failed' ? `HTTP ${status}` : undefined),
  }
}
