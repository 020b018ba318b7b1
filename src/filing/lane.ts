import { BrokenCircuitError, type CircuitBreakerPolicy } from 'cockatiel'
import type { Adapter } from '../../adapters/adapter.ts'
import { type Lease, renewDeliveries, returnDeliveries } from '../db/deliveries.ts'
import { limits } from '../limits.ts'
import { send } from './deliver.ts'
import type { News } from './record.ts'
import { createRest } from './rest.ts'
import type { Workshop } from './workshop.ts'

/** One agency's lane: what waits for this agency is sent by nobody else's pace. */
export interface Lane {
  /** There may be work: look at once. */
  wake(): void
  /** An operator resumed the lane: what its breaker has seen is forgotten. */
  resume(): void
  /** Takes no new work, and waits for what is under way. */
  stop(): Promise<void>
  /** As it stands in this worker. */
  readonly breaker: CircuitBreakerPolicy
}

/** Starts the lane of one agency. @param onState called when its breaker may stand differently */
export function startLane(workshop: Workshop, agency: string, adapter: Adapter, onState: () => void): Lane {
  const { database, log, recorder } = workshop
  const underWay = new Map<Lease, Promise<void>>()
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false

  const look = async () => {
    do {
      again = false
      if (stopped) return
      for (const lease of await rest.lease(underWay.size)) {
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
      const news = await rest.breaker.execute(async () => {
        const told = await send(workshop, agency, adapter, lease)
        if (told.failed) throw new Failed(told.news)
        return told.news
      })
      await recorder.record(news)
    } catch (error) {
      if (error instanceof Failed) {
        rest.remember(lease.filingId)
        await recorder.record(error.news)
      } else if (error instanceof BrokenCircuitError)
        await returnDeliveries(database, [lease], new Date(workshop.now() + limits.breakerOpenMs))
      else throw error
    }
  }
  const rest = createRest(workshop, agency, onState, wake)
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
    resume() {
      rest.resume()
      wake()
    },
    get breaker() {
      return rest.breaker
    },
    async stop() {
      stopped = true
      clearInterval(poll)
      await looking
      await Promise.allSettled(underWay.values())
      await rest.stop()
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
