// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  simulatorSessionAnswer,
  simulatorSessionRequest,
  simulatorSnapshotAnswer,
} from '../../schemas/simulator.ts'
import type { Answer, Operation } from '../operation.ts'

/** Simulator sessions: what goes in and what comes back. */
export interface SimulatorSessionsOperations {
  /** Sessions: `GET /v1/simulator/control/sessions` */
  listSimulatorSessions: {
    input: {}
    answer: Answer<200, { data: Array<z.output<typeof simulatorSessionAnswer>> }>
  }
  /** Make a session: `POST /v1/simulator/control/sessions` */
  makeSimulatorSession: {
    input: {
      body: z.input<typeof simulatorSessionRequest>
    }
    answer: Answer<201, z.output<typeof simulatorSessionAnswer>>
  }
  /** A session: `GET /v1/simulator/control/sessions/{id}` */
  readSimulatorSession: {
    input: {
      id: string
    }
    answer: Answer<200, z.output<typeof simulatorSessionAnswer>>
  }
  /** End a session, with all it remembers: `DELETE /v1/simulator/control/sessions/{id}` */
  endSimulatorSession: {
    input: {
      id: string
    }
    answer: Answer<204, undefined>
  }
  /** A session as it was made: the same numbers come again: `POST /v1/simulator/control/sessions/{id}/reset` */
  resetSimulatorSession: {
    input: {
      id: string
    }
    answer: Answer<200, z.output<typeof simulatorSessionAnswer>>
  }
  /** Snapshots of a session: `GET /v1/simulator/control/sessions/{id}/snapshots` */
  listSimulatorSnapshots: {
    input: {
      id: string
    }
    answer: Answer<200, { data: Array<string> }>
  }
  /** Keep a session as it is now: `POST /v1/simulator/control/sessions/{id}/snapshots` */
  takeSimulatorSnapshot: {
    input: {
      id: string
      body: { name?: string }
    }
    answer: Answer<201, z.output<typeof simulatorSnapshotAnswer>>
  }
  /** Forget a snapshot: `DELETE /v1/simulator/control/sessions/{id}/snapshots/{name}` */
  dropSimulatorSnapshot: {
    input: {
      id: string
      name: string
    }
    answer: Answer<204, undefined>
  }
  /** Go back to a snapshot, the clock with it: `POST /v1/simulator/control/sessions/{id}/restore` */
  restoreSimulatorSession: {
    input: {
      id: string
      body: { snapshot: string }
    }
    answer: Answer<200, z.output<typeof simulatorSessionAnswer>>
  }
}

/** Simulator sessions: how each is asked. */
export const simulatorSessions = {
  listSimulatorSessions: { method: 'GET', path: '/v1/simulator/control/sessions', accepts: 'application/json' },
  makeSimulatorSession: { method: 'POST', path: '/v1/simulator/control/sessions', accepts: 'application/json' },
  readSimulatorSession: { method: 'GET', path: '/v1/simulator/control/sessions/{id}', accepts: 'application/json' },
  endSimulatorSession: { method: 'DELETE', path: '/v1/simulator/control/sessions/{id}' },
  resetSimulatorSession: {
    method: 'POST',
    path: '/v1/simulator/control/sessions/{id}/reset',
    accepts: 'application/json',
  },
  listSimulatorSnapshots: {
    method: 'GET',
    path: '/v1/simulator/control/sessions/{id}/snapshots',
    accepts: 'application/json',
  },
  takeSimulatorSnapshot: {
    method: 'POST',
    path: '/v1/simulator/control/sessions/{id}/snapshots',
    accepts: 'application/json',
  },
  dropSimulatorSnapshot: { method: 'DELETE', path: '/v1/simulator/control/sessions/{id}/snapshots/{name}' },
  restoreSimulatorSession: {
    method: 'POST',
    path: '/v1/simulator/control/sessions/{id}/restore',
    accepts: 'application/json',
  },
} as const satisfies Record<keyof SimulatorSessionsOperations, Operation>
