// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.

import type { Answer, Operation } from '../operation.ts'

/** Simulator: what goes in and what comes back. */
export interface SimulatorOperations {
  /** What the simulator does on which magic value: `GET /v1/simulator/outcomes` */
  listOutcomes: {
    input: {}
    answer: Answer<200, unknown>
  }
}

/** Simulator: how each is asked. */
export const simulator = {
  listOutcomes: { method: 'GET', path: '/v1/simulator/outcomes' },
} as const satisfies Record<keyof SimulatorOperations, Operation>
