// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  simulatorCorridorRequest,
  simulatorCorridorsAnswer,
  simulatorCountsAnswer,
  simulatorJournalAnswer,
  simulatorRecordingAnswer,
  simulatorRecordingRequest,
  simulatorRecordingState,
  simulatorScriptAnswer,
} from '../../schemas/simulator.ts'
import type { Answer, Operation, RawBody } from '../operation.ts'

/** Simulator journal and scripts: what goes in and what comes back. */
export interface SimulatorJournalAndScriptsOperations {
  /** Scripts of a session, with their states: `GET /v1/simulator/control/scripts` */
  listSimulatorScripts: {
    input: {
      xSimSession?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof simulatorScriptAnswer>> }>
  }
  /** Load a script: YAML 1.2 or JSON: `POST /v1/simulator/control/scripts` */
  loadSimulatorScript: {
    input: {
      body: { name: string } | RawBody<'application/yaml' | 'text/plain'>
      xSimSession?: string
    }
    answer: Answer<201, z.output<typeof simulatorScriptAnswer>>
  }
  /** Take a script away: `DELETE /v1/simulator/control/scripts/{name}` */
  unloadSimulatorScript: {
    input: {
      name: string
      xSimSession?: string
    }
    answer: Answer<204, undefined>
  }
  /** The journal: every exchange, document, effect, and request that met nothing: `GET /v1/simulator/control/journal` */
  readSimulatorJournal: {
    input: {
      agency?: string
      reference?: string
      kind?: string
      method?: string
      path?: string
      status?: string
      direction?: string
      fault?: string
      directedBy?: string
      contains?: string
      since?: string
      until?: string
      after?: string | number
      limit?: string
      order?: string
      before?: string
      bodies?: string
      xSimSession?: string
    }
    answer: Answer<200, z.output<typeof simulatorJournalAnswer>>
  }
  /** Empty the journal: `DELETE /v1/simulator/control/journal` */
  clearSimulatorJournal: {
    input: {
      xSimSession?: string
    }
    answer: Answer<204, undefined>
  }
  /** Counts over the journal, to assert on: `GET /v1/simulator/control/journal/counts` */
  countSimulatorJournal: {
    input: {
      agency?: string
      reference?: string
      kind?: string
      method?: string
      path?: string
      status?: string
      direction?: string
      fault?: string
      directedBy?: string
      contains?: string
      since?: string
      until?: string
      after?: string | number
      by?: string
      xSimSession?: string
    }
    answer: Answer<200, z.output<typeof simulatorCountsAnswer>>
  }
  /** Recordings of real endpoints: `GET /v1/simulator/control/recordings` */
  listSimulatorRecordings: {
    input: {
      xSimSession?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof simulatorRecordingState>> }>
  }
  /** Have a real endpoint asked in an agency’s place, and keep what it says: `POST /v1/simulator/control/recordings` */
  beginSimulatorRecording: {
    input: {
      body: z.input<typeof simulatorRecordingRequest>
      xSimSession?: string
    }
    answer: Answer<201, z.output<typeof simulatorRecordingState>>
  }
  /** A recording with its exchanges: `GET /v1/simulator/control/recordings/{agency}` */
  readSimulatorRecording: {
    input: {
      agency: string
      xSimSession?: string
    }
    answer: Answer<200, z.output<typeof simulatorRecordingAnswer>>
  }
  /** Stop and forget a recording: `DELETE /v1/simulator/control/recordings/{agency}` */
  dropSimulatorRecording: {
    input: {
      agency: string
      xSimSession?: string
    }
    answer: Answer<204, undefined>
  }
  /** Scripts that answer as was recorded: `GET /v1/simulator/control/recordings/{agency}/scripts` */
  readSimulatorRecordingScripts: {
    input: {
      agency: string
      xSimSession?: string
    }
    answer: Answer<200, { data: Array<{ name: string }> }>
  }
  /** Ask the agency itself again; what was recorded stays: `POST /v1/simulator/control/recordings/{agency}/stop` */
  stopSimulatorRecording: {
    input: {
      agency: string
      xSimSession?: string
    }
    answer: Answer<200, z.output<typeof simulatorRecordingAnswer>>
  }
  /** Corridors that can be played, and those that were: `GET /v1/simulator/control/corridors` */
  listSimulatorCorridors: {
    input: {
      xSimSession?: string
    }
    answer: Answer<200, z.output<typeof simulatorCorridorsAnswer>>
  }
  /** Play a container’s journey along a corridor to this gateway: `POST /v1/simulator/control/corridors/{id}` */
  playSimulatorCorridor: {
    input: {
      id: string
      body: z.input<typeof simulatorCorridorRequest>
      xSimSession?: string
    }
    answer: Answer<202, {}>
  }
}

/** Simulator journal and scripts: how each is asked. */
export const simulatorJournalAndScripts = {
  listSimulatorScripts: {
    method: 'GET',
    path: '/v1/simulator/control/scripts',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  loadSimulatorScript: {
    method: 'POST',
    path: '/v1/simulator/control/scripts',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  unloadSimulatorScript: { method: 'DELETE', path: '/v1/simulator/control/scripts/{name}', headers: ['X-Sim-Session'] },
  readSimulatorJournal: {
    method: 'GET',
    path: '/v1/simulator/control/journal',
    query: [
      'agency',
      'reference',
      'kind',
      'method',
      'path',
      'status',
      'direction',
      'fault',
      'directedBy',
      'contains',
      'since',
      'until',
      'after',
      'limit',
      'order',
      'before',
      'bodies',
    ],
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  clearSimulatorJournal: { method: 'DELETE', path: '/v1/simulator/control/journal', headers: ['X-Sim-Session'] },
  countSimulatorJournal: {
    method: 'GET',
    path: '/v1/simulator/control/journal/counts',
    query: [
      'agency',
      'reference',
      'kind',
      'method',
      'path',
      'status',
      'direction',
      'fault',
      'directedBy',
      'contains',
      'since',
      'until',
      'after',
      'by',
    ],
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  listSimulatorRecordings: {
    method: 'GET',
    path: '/v1/simulator/control/recordings',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  beginSimulatorRecording: {
    method: 'POST',
    path: '/v1/simulator/control/recordings',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  readSimulatorRecording: {
    method: 'GET',
    path: '/v1/simulator/control/recordings/{agency}',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  dropSimulatorRecording: {
    method: 'DELETE',
    path: '/v1/simulator/control/recordings/{agency}',
    headers: ['X-Sim-Session'],
  },
  readSimulatorRecordingScripts: {
    method: 'GET',
    path: '/v1/simulator/control/recordings/{agency}/scripts',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  stopSimulatorRecording: {
    method: 'POST',
    path: '/v1/simulator/control/recordings/{agency}/stop',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  listSimulatorCorridors: {
    method: 'GET',
    path: '/v1/simulator/control/corridors',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
  playSimulatorCorridor: {
    method: 'POST',
    path: '/v1/simulator/control/corridors/{id}',
    headers: ['X-Sim-Session'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof SimulatorJournalAndScriptsOperations, Operation>
