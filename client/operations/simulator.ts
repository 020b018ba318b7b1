// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  simulatorAdvanceRequest,
  simulatorAgencyAnswer,
  simulatorAnswer,
  simulatorClockAnswer,
  simulatorClockRequest,
  simulatorFault,
  simulatorHealthAnswer,
  simulatorOutcomesAnswer,
  simulatorUndeliveredAnswer,
} from '../../schemas/simulator.ts'
import type { Answer, Operation } from '../operation.ts'

/** Simulator: what goes in and what comes back. */
export interface SimulatorOperations {
  /** Where the simulator is, and the session this gateway files in: `GET /v1/simulator` */
  readSimulator: {
    input: {}
    answer: Answer<200, z.output<typeof simulatorAnswer>>
  }
  /** What the simulator does on which magic value, and which faults there are: `GET /v1/simulator/outcomes` */
  listOutcomes: {
    input: {}
    answer: Answer<200, z.output<typeof simulatorOutcomesAnswer>>
  }
  /** How a session stands: its clock, and what is in flight: `GET /v1/simulator/control/health` */
  readSimulatorHealth: {
    input: {
      xSimSession?: string
    }
    answer: Answer<200, z.output<typeof simulatorHealthAnswer>>
  }
  /** Documents whose push was not taken: `GET /v1/simulator/control/undelivered` */
  listSimulatorUndelivered: {
    input: {
      xSimSession?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof simulatorUndeliveredAnswer>> }>
  }
  /** Push a document again: `POST /v1/simulator/control/undelivered/{id}/retry` */
  retrySimulatorUndelivered: {
    input: {
      id: string
      xSimSession?: string
    }
    answer: Answer<202, unknown>
  }
  /** The clock of a session: `GET /v1/simulator/control/clock` */
  readSimulatorClock: {
    input: {
      xSimSession?: string
    }
    answer: Answer<200, z.output<typeof simulatorClockAnswer>>
  }
  /** Let the clock stand, run or jump: `PUT /v1/simulator/control/clock` */
  setSimulatorClock: {
    input: {
      body: z.input<typeof simulatorClockRequest>
      xSimSession?: string
    }
    answer: Answer<200, z.output<typeof simulatorClockAnswer>>
  }
  /** Move the clock on: `POST /v1/simulator/control/clock/advance` */
  advanceSimulatorClock: {
    input: {
      body: z.input<typeof simulatorAdvanceRequest>
      xSimSession?: string
    }
    answer: Answer<200, z.output<typeof simulatorClockAnswer>>
  }
  /** Agencies and issuers, with the faults ordered against each: `GET /v1/simulator/control/agencies` */
  listSimulatorAgencies: {
    input: {
      xSimSession?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof simulatorAgencyAnswer>> }>
  }
  /** Faults ordered against an agency: `GET /v1/simulator/control/agencies/{id}/faults` */
  listSimulatorFaults: {
    input: {
      id: string
      xSimSession?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof simulatorFault>> }>
  }
  /** Break an agency now: `PUT /v1/simulator/control/agencies/{id}/faults` */
  orderSimulatorFault: {
    input: {
      id: string
      body: z.input<typeof simulatorFault>
      xSimSession?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof simulatorFault>> }>
  }
  /** Lift a fault of an agency, or all: `DELETE /v1/simulator/control/agencies/{id}/faults` */
  liftSimulatorFaults: {
    input: {
      id: string
      fault?: string
      xSimSession?: string
    }
    answer: Answer<204, undefined>
  }
}

/** Simulator: how each is asked. */
export const simulator = {
  readSimulator: { method: 'GET', path: '/v1/simulator', accepts: 'application/json' },
  listOutcomes: { method: 'GET', path: '/v1/simulator/outcomes', accepts: 'application/json' },
  readSimulatorHealth: {
    method: 'GET',
    path: '/v1/simulator/control/health',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  listSimulatorUndelivered: {
    method: 'GET',
    path: '/v1/simulator/control/undelivered',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  retrySimulatorUndelivered: {
    method: 'POST',
    path: '/v1/simulator/control/undelivered/{id}/retry',
    headers: ['X-Sim-Session'],
  },
  readSimulatorClock: {
    method: 'GET',
    path: '/v1/simulator/control/clock',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  setSimulatorClock: {
    method: 'PUT',
    path: '/v1/simulator/control/clock',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  advanceSimulatorClock: {
    method: 'POST',
    path: '/v1/simulator/control/clock/advance',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  listSimulatorAgencies: {
    method: 'GET',
    path: '/v1/simulator/control/agencies',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  listSimulatorFaults: {
    method: 'GET',
    path: '/v1/simulator/control/agencies/{id}/faults',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  orderSimulatorFault: {
    method: 'PUT',
    path: '/v1/simulator/control/agencies/{id}/faults',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  liftSimulatorFaults: {
    method: 'DELETE',
    path: '/v1/simulator/control/agencies/{id}/faults',
    query: ['fault'],
    headers: ['X-Sim-Session'],
  },
} as const satisfies Record<keyof SimulatorOperations, Operation>
