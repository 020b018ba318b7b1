import { type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel'
import { hastenDeliveries, type Lease, leaseDeliveries, leaseProbe } from '../db/deliveries.ts'
import { limits } from '../limits.ts'
import type { Workshop } from './workshop.ts'

/** When a lane rests, and with what it finds out whether its agency is back 熔断. */
export interface Rest {
  /** As it stands in this worker. */
  readonly breaker: CircuitBreakerPolicy
  /** Leases what may go now: as much as there is room for, one probe after a pause, nothing while it rests. */
  lease(underWay: number): Promise<Lease[]>
  /** A submission failed. */
  remember(filingId: string): void
  /** An operator resumed the lane: what the breaker has seen is forgotten. */
  resume(): void
  /** Waits for what is under way. */
  stop(): Promise<void>
}

/** Five failures in a row open it; one probe after a pause closes it. Answers of an agency, refusals included, are no failures. */
const breakerOf = (): CircuitBreakerPolicy =>
  circuitBreaker(handleAll, {
    halfOpenAfter: limits.breakerOpenMs,
    breaker: new ConsecutiveBreaker(limits.breakerFailures),
  })

/** @param onState called when the breaker may stand differently; @param onBack when what waited goes soon */
export function createRest(workshop: Workshop, agency: string, onState: () => void, onBack: () => void): Rest {
  const { database, log } = workshop
  let brokenAt = 0
  let hastening: Promise<void> = Promise.resolve()
  /** Submissions that have failed since the lane rests: the next probe is another's. */
  const failed = new Set<string>()

  const hasten = async () => {
    try {
      const hastened = await hastenDeliveries(database, agency, {
        most: limits.hastenMost,
        spacingMs: limits.hastenSpacingMs,
        againMs: limits.hastenAgainMs,
      })
      log.info({ agency, hastened }, 'lane is back; what waited goes soon')
      onBack()
    } catch (error) {
      log.error({ err: error, agency }, 'lane is back; what waited keeps its own pauses')
    }
  }
  const watched = () => {
    const policy = breakerOf()
    policy.onBreak(() => {
      brokenAt = Date.now()
    })
    policy.onReset(() => {
      failed.clear()
      hastening = hasten()
    })
    policy.onStateChange(onState)
    return policy
  }
  let breaker = watched()
  return {
    get breaker() {
      return breaker
    },
    async lease(underWay) {
      if (breaker.state === CircuitState.Closed) {
        const room = limits.laneWidth - underWay
        return room > 0 ? leaseDeliveries(database, agency, room, limits.leaseMs) : []
      }
      // An open breaker looks at the time only when something is brought to it: the probe.
      const rests = breaker.state === CircuitState.Open && Date.now() - brokenAt < limits.breakerOpenMs
      if (rests || underWay > 0) return []
      const times = { leaseMs: limits.leaseMs, earlyMs: limits.hastenAgainMs }
      const probe = await leaseProbe(database, agency, [...failed], times)
      return probe === undefined ? [] : [probe]
    },
    remember(filingId) {
      if (breaker.state === CircuitState.Closed) return
      failed.add(filingId)
      const [oldest] = failed
      if (failed.size > limits.probesRemembered && oldest !== undefined) failed.delete(oldest)
    },
    resume() {
      breaker = watched()
      failed.clear()
      onState()
    },
    stop: () => hastening,
  }
}
