// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.

import type { Answer, Operation } from '../operation.ts'

/** Health: what goes in and what comes back. */
export interface HealthOperations {
  /** Whether the process lives: `GET /healthz` */
  readLiveness: {
    input: {}
    answer: Answer<200, unknown>
  }
  /** Whether the database answers: `GET /readyz` */
  readReadiness: {
    input: {}
    answer: Answer<200, unknown>
  }
  /** Prometheus metrics: `GET /metrics` */
  readMetrics: {
    input: {}
    answer: Answer<200, string>
  }
}

/** Health: how each is asked. */
export const health = {
  readLiveness: { method: 'GET', path: '/healthz' },
  readReadiness: { method: 'GET', path: '/readyz' },
  readMetrics: { method: 'GET', path: '/metrics', accepts: 'text/plain' },
} as const satisfies Record<keyof HealthOperations, Operation>
