import * as z from 'zod'
import {
  simulatorAdvanceRequest,
  simulatorAgencyAnswer,
  simulatorAnswer,
  simulatorClockAnswer,
  simulatorClockRequest,
  simulatorCorridorRequest,
  simulatorCorridorsAnswer,
  simulatorCountsAnswer,
  simulatorCountsQuery,
  simulatorFault,
  simulatorHealthAnswer,
  simulatorJournalAnswer,
  simulatorJournalQuery,
  simulatorOutcomesAnswer,
  simulatorRecordingAnswer,
  simulatorRecordingRequest,
  simulatorRecordingState,
  simulatorScriptAnswer,
  simulatorSessionAnswer,
  simulatorSessionRequest,
  simulatorSnapshotAnswer,
  simulatorUndeliveredAnswer,
} from '../../schemas/simulator.ts'
import type { Operation } from './describe.ts'
import { calling, reading } from './describe-problems.ts'

const tag = 'Simulator'
const sessions = { tag: 'Simulator sessions' } as const
const scripts = { tag: 'Simulator journal and scripts' } as const
/** Every order is about the session this header names. */
const headers = ['X-Sim-Session']
const asked = [...calling, 'invalid-parameter', 'unavailable'] as const
const named = [...reading, 'invalid-parameter', 'unavailable'] as const
const sent = [...reading, 'malformed-body', 'body-too-large', 'unavailable'] as const
const listOf = (schema: z.ZodType) => z.object({ data: z.array(schema) })
const told = (description: string, schema?: z.ZodType, status = 200) => ({
  answer: { status, description, ...(schema === undefined ? {} : { schema }) },
})
const gone = told('Done', undefined, 204)

/**
 * What integrators order the simulator through this gateway 模拟器控制. Everything below `/control` is passed on and back as it is: what the
 * simulator itself refuses is a problem document of its own, with a `code` and both languages.
 */
export const simulatorOperations = {
  listOutcomes: {
    summary: 'What the simulator does on which magic value, and which faults there are',
    tag,
    ...told('The tables', simulatorOutcomesAnswer),
    problems: ['unavailable'],
    public: true,
  },
  readSimulator: {
    summary: 'Where the simulator is, and the session this gateway files in',
    tag,
    ...told('The place', simulatorAnswer),
    problems: [...calling, 'unavailable'],
  },
  readSimulatorHealth: {
    summary: 'How a session stands: its clock, and what is in flight',
    tag,
    description:
      'Everything below `/v1/simulator/control` is passed to the simulator and back as it is, once and never again: what it refuses is a problem document of its own. `X-Sim-Session` names the session; without it, the one this gateway files in. The answer names it in the same header.',
    headers,
    ...told('The session', simulatorHealthAnswer),
    problems: named,
  },
  listSimulatorUndelivered: {
    summary: 'Documents whose push was not taken',
    tag,
    headers,
    ...told('Each with what the last try met', listOf(simulatorUndeliveredAnswer)),
    problems: named,
  },
  retrySimulatorUndelivered: {
    summary: 'Push a document again',
    tag,
    headers,
    ...told('It will be', undefined, 202),
    problems: named,
  },
  listSimulatorSessions: {
    summary: 'Sessions',
    ...sessions,
    ...told('All of them', listOf(simulatorSessionAnswer)),
    problems: asked,
  },
  makeSimulatorSession: {
    summary: 'Make a session',
    ...sessions,
    description:
      'With an `id` of your own it is made once: sent again, it is refused with 409. Where its documents go (`callbackUrl`) only an admin may say, unless this gateway may call inside addresses.',
    body: simulatorSessionRequest,
    ...told('Made', simulatorSessionAnswer, 201),
    problems: sent,
  },
  readSimulatorSession: {
    summary: 'A session',
    ...sessions,
    ...told('The session', simulatorSessionAnswer),
    problems: named,
  },
  endSimulatorSession: { summary: 'End a session, with all it remembers', ...sessions, ...gone, problems: named },
  resetSimulatorSession: {
    summary: 'A session as it was made: the same numbers come again',
    ...sessions,
    ...told('The session', simulatorSessionAnswer),
    problems: named,
  },
  listSimulatorSnapshots: {
    summary: 'Snapshots of a session',
    ...sessions,
    ...told('Their names', listOf(z.string())),
    problems: named,
  },
  takeSimulatorSnapshot: {
    summary: 'Keep a session as it is now',
    ...sessions,
    body: z.looseObject({ name: z.string().optional() }),
    ...told('Kept', simulatorSnapshotAnswer, 201),
    problems: sent,
  },
  dropSimulatorSnapshot: { summary: 'Forget a snapshot', ...sessions, ...gone, problems: named },
  restoreSimulatorSession: {
    summary: 'Go back to a snapshot, the clock with it',
    ...sessions,
    body: z.looseObject({ snapshot: z.string() }),
    ...told('The session', simulatorSessionAnswer),
    problems: sent,
  },
  readSimulatorClock: {
    summary: 'The clock of a session',
    tag,
    headers,
    ...told('The clock', simulatorClockAnswer),
    problems: named,
  },
  setSimulatorClock: {
    summary: 'Let the clock stand, run or jump',
    tag,
    headers,
    body: simulatorClockRequest,
    ...told('The clock', simulatorClockAnswer),
    problems: sent,
  },
  advanceSimulatorClock: {
    summary: 'Move the clock on',
    tag,
    description:
      'Answered when everything that fell due was done, in order, and what was pushed has been tried. `to` moves it once however often it is sent; `by`, `ms` and `next` move it each time.',
    headers,
    body: simulatorAdvanceRequest,
    ...told('The clock', simulatorClockAnswer),
    problems: sent,
  },
  listSimulatorAgencies: {
    summary: 'Agencies and issuers, with the faults ordered against each',
    tag,
    headers,
    ...told('All of them', listOf(simulatorAgencyAnswer)),
    problems: named,
  },
  listSimulatorFaults: {
    summary: 'Faults ordered against an agency',
    tag,
    headers,
    ...told('The faults', listOf(simulatorFault)),
    problems: named,
  },
  orderSimulatorFault: {
    summary: 'Break an agency now',
    tag,
    description:
      'For the next `times` exchanges or documents, or until it is lifted. The same fault again replaces it.',
    headers,
    body: simulatorFault,
    ...told('All that stands against it', listOf(simulatorFault)),
    problems: sent,
  },
  liftSimulatorFaults: {
    summary: 'Lift a fault of an agency, or all',
    tag,
    headers,
    query: z.object({ fault: z.string().optional() }),
    ...gone,
    problems: named,
  },
  listSimulatorScripts: {
    summary: 'Scripts of a session, with their states',
    ...scripts,
    headers,
    ...told('The scripts', listOf(simulatorScriptAnswer)),
    problems: named,
  },
  loadSimulatorScript: {
    summary: 'Load a script: YAML 1.2 or JSON',
    ...scripts,
    description: 'One of the same name is replaced. Mistakes are named by line and column in `errors`.',
    headers,
    body: z.looseObject({ name: z.string() }),
    otherBodies: ['application/yaml', 'text/plain'],
    ...told('Loaded', simulatorScriptAnswer, 201),
    problems: sent,
  },
  unloadSimulatorScript: { summary: 'Take a script away', ...scripts, headers, ...gone, problems: named },
  readSimulatorJournal: {
    summary: 'The journal: every exchange, document, effect, and request that met nothing',
    ...scripts,
    headers,
    query: simulatorJournalQuery,
    ...told('A page', simulatorJournalAnswer),
    problems: named,
  },
  countSimulatorJournal: {
    summary: 'Counts over the journal, to assert on',
    ...scripts,
    headers,
    query: simulatorCountsQuery,
    ...told('Counts', simulatorCountsAnswer),
    problems: named,
  },
  clearSimulatorJournal: { summary: 'Empty the journal', ...scripts, headers, ...gone, problems: named },
  listSimulatorRecordings: {
    summary: 'Recordings of real endpoints',
    ...scripts,
    headers,
    ...told('The recordings', listOf(simulatorRecordingState)),
    problems: named,
  },
  beginSimulatorRecording: {
    summary: 'Have a real endpoint asked in an agency’s place, and keep what it says',
    ...scripts,
    description: 'For an admin, unless this gateway may call inside addresses.',
    headers,
    body: simulatorRecordingRequest,
    ...told('Begun', simulatorRecordingState, 201),
    problems: sent,
  },
  readSimulatorRecording: {
    summary: 'A recording with its exchanges',
    ...scripts,
    headers,
    ...told('The recording', simulatorRecordingAnswer),
    problems: named,
  },
  dropSimulatorRecording: { summary: 'Stop and forget a recording', ...scripts, headers, ...gone, problems: named },
  stopSimulatorRecording: {
    summary: 'Ask the agency itself again; what was recorded stays',
    ...scripts,
    headers,
    ...told('The recording', simulatorRecordingAnswer),
    problems: named,
  },
  readSimulatorRecordingScripts: {
    summary: 'Scripts that answer as was recorded',
    ...scripts,
    headers,
    ...told('Each can be loaded as it is', listOf(z.looseObject({ name: z.string() }))),
    problems: named,
  },
  listSimulatorCorridors: {
    summary: 'Corridors that can be played, and those that were',
    ...scripts,
    headers,
    ...told('The corridors', simulatorCorridorsAnswer),
    problems: named,
  },
  playSimulatorCorridor: {
    summary: 'Play a container’s journey along a corridor to this gateway',
    ...scripts,
    headers,
    body: simulatorCorridorRequest,
    ...told('Begun', z.looseObject({}), 202),
    problems: sent,
  },
} as const satisfies Record<string, Operation>
