import * as z from 'zod'
import { text } from './text.ts'

const instant = z.iso.datetime({ offset: true })

/** What the simulator says of its clock 时钟. */
export const simulatorClockAnswer = z.object({
  now: instant,
  mode: z.string().describe('frozen (moves when told), run, jump (to the next thing due)'),
  speed: z.number().describe('simulated per real time, where it runs'),
  nextAt: instant.nullable().describe('when the next thing is due'),
  pending: z.int().describe('how many things are due some time'),
})
export type SimulatorClock = z.infer<typeof simulatorClockAnswer>

/** Where the simulator is, and in which of its sessions 会话 this gateway files. */
export const simulatorAnswer = z.object({
  url: z.string().describe('its address: agencies lie below it by their ids'),
  session: z.string().describe('the session whose agencies this gateway files with'),
})
export type SimulatorPlace = z.infer<typeof simulatorAnswer>

/** How a session stands. */
export const simulatorHealthAnswer = z.object({
  agencies: z.array(z.string()),
  issuers: z.array(z.string()),
  clock: simulatorClockAnswer,
  inFlight: z.object({
    exchanges: z.int(),
    pushes: z.int(),
    documents: z.int().describe('posted, and not fetched yet'),
  }),
  undelivered: z.int().describe('documents whose push was refused again and again'),
  defects: z.int().describe('mistakes of the simulator itself'),
  journalDropped: z.int(),
  scripts: z.int(),
  journeys: z.int().describe('corridors being played'),
})
export type SimulatorHealth = z.infer<typeof simulatorHealthAnswer>

/** A session 会话: a world of its own. Asleep until something is asked of it after a restart; then only its id is told. */
export const simulatorSessionAnswer = z.object({
  id: z.string(),
  state: z.enum(['awake', 'asleep']),
  seed: z.string().optional().describe('what chance depends on'),
  callbackUrl: z.string().optional().describe('where its documents are pushed to'),
  clock: simulatorClockAnswer.optional(),
  scripts: z.array(z.string()).optional(),
  journalDropped: z.int().optional(),
  snapshots: z.array(z.string()).optional(),
})
export type SimulatorSession = z.infer<typeof simulatorSessionAnswer>

export const simulatorSessionRequest = z.looseObject({
  id: z.string().optional(),
  seed: z.string().optional(),
  run: z.string().optional().describe('two sessions of one seed that push to one gateway need runs of their own'),
  startAt: instant.optional(),
  mode: z.string().optional(),
  speed: z.number().optional(),
  callbackUrl: z.string().optional(),
  secrets: z.record(z.string(), z.string()).optional(),
})

export const simulatorSnapshotAnswer = z.object({
  name: z.string(),
  at: instant.describe('simulated'),
  realAt: instant,
  mode: z.string(),
  speed: z.number(),
  lines: z.int(),
})

/** How far the clock is to go: exactly one of the four. */
export const simulatorAdvanceRequest = z.looseObject({
  to: instant.optional().describe('sent twice, it moves once'),
  by: z.string().optional().describe('ISO 8601, PT2H'),
  ms: z.number().optional(),
  next: z.literal(true).optional().describe('to the next thing due'),
})
export const simulatorClockRequest = z.looseObject({ mode: z.string().optional(), speed: z.number().optional() })

/** A fault 故障 as it stands ordered, with its parameters; without `times` until it is lifted. */
export const simulatorFault = z.looseObject({ fault: z.string(), times: z.int().optional() })
export type SimulatorFault = z.infer<typeof simulatorFault>

/** An agency or an issuer, and what is ordered against it. */
export const simulatorAgencyAnswer = z.object({
  id: z.string(),
  kind: z.enum(['agency', 'issuer']),
  letter: z.string(),
  name: text,
  replies: z.string(),
  faults: z.array(simulatorFault),
  recorded: z.boolean().describe('a real endpoint is asked in its place'),
})
export type SimulatorAgency = z.infer<typeof simulatorAgencyAnswer>

const outcomes = z.array(
  z.object({
    id: z.string(),
    letter: z.string(),
    name: text,
    replies: z.string(),
    outcomes: z.array(z.object({ magic: z.string(), procedure: z.string(), does: text })),
  }),
)
const faultParameter = z.looseObject({
  type: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  format: z.string().optional(),
})
export type SimulatorFaultParameter = z.infer<typeof faultParameter>
/** The tables that decide: magic values by agency, and the faults all share. */
export const simulatorOutcomesAnswer = z.object({
  agencies: outcomes,
  issuers: outcomes,
  faults: z.array(
    z.object({
      fault: z.string(),
      on: z.enum(['exchange', 'document', 'both']),
      byReference: z.boolean(),
      does: text,
      parameters: z.record(z.string(), faultParameter).describe('JSON Schema of each'),
    }),
  ),
})
export type SimulatorOutcomes = z.infer<typeof simulatorOutcomesAnswer>
export type SimulatorFaultRow = SimulatorOutcomes['faults'][number]

/** A session script 会话脚本, and where it stands. */
export const simulatorScriptAnswer = z.object({
  name: z.string(),
  states: z.array(z.object({ state: z.string(), machines: z.int() })),
  machines: z.array(z.object({ key: z.string(), state: z.string() })).describe('those used last'),
  forgotten: z.int(),
  steps: z.array(z.object({ name: z.string(), count: z.int() })),
  stopped: z.string().optional().describe('why it goes on no longer'),
})
export type SimulatorScript = z.infer<typeof simulatorScriptAnswer>

const miss = z.object({ script: z.string(), step: z.string(), differs: z.array(z.string()) })
export type SimulatorMiss = z.infer<typeof miss>
/** An entry of the journal 日志; what it has beside these depends on its kind. */
export const simulatorEntryAnswer = z.looseObject({
  sequence: z.int(),
  kind: z.string().describe('exchange, document, effect, defect, unmatched, script, fault, dropped'),
  agency: z.string(),
  references: z.array(z.string()),
  simulatedAt: instant,
  realAt: instant,
  repeated: z.int().optional(),
  direction: z.enum(['in', 'out']).optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  body: z.string().optional(),
  status: z.int().optional(),
  answer: z.string().optional(),
  error: z.string().optional(),
  fault: z.string().optional(),
  by: z.string().optional().describe('who directed it: header, or a step of a script'),
  name: z.string().optional(),
  contentType: z.string().optional(),
  what: z.string().optional(),
  closest: z.array(miss).optional(),
  script: z.string().optional(),
  step: z.string().optional(),
  state: z.string().optional(),
  stopped: z.string().optional(),
})
export type SimulatorEntry = z.infer<typeof simulatorEntryAnswer>

export const simulatorJournalAnswer = z.object({
  data: z.array(simulatorEntryAnswer),
  hasMore: z.boolean(),
  nextCursor: z.int().nullable().describe('`after` of the next page; `before` where the newest come first'),
  dropped: z.int(),
})
export type SimulatorJournal = z.infer<typeof simulatorJournalAnswer>

export const simulatorCountsAnswer = z.object({
  total: z.int(),
  groups: z.array(z.looseObject({ count: z.int() })),
  dropped: z.int().describe('entries that might have counted and are gone: an assertion holds only where this is 0'),
  unsure: z.int(),
})
export type SimulatorCounts = z.infer<typeof simulatorCountsAnswer>

const filters = {
  agency: z.string().optional(),
  reference: z.string().optional(),
  kind: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  status: z.string().optional().describe('404, 4xx, or none: nobody answered'),
  direction: z.string().optional(),
  fault: z.string().optional(),
  directedBy: z.string().optional(),
  contains: z.string().optional(),
  since: z.string().optional(),
  until: z.string().optional(),
  after: z.string().optional(),
}
export const simulatorJournalQuery = z.object({
  ...filters,
  limit: z.string().optional(),
  order: z.string().optional().describe('oldest (unless said otherwise) or newest'),
  before: z.string().optional(),
  bodies: z.string().optional().describe('all (unless said otherwise) or none'),
})
export const simulatorCountsQuery = z.object({ ...filters, by: z.string().optional() })

/** A recording 录制: an agency's real endpoint asked in its place, what it said kept masked. */
export const simulatorRecordingAnswer = z.looseObject({ agency: z.string(), target: z.string(), leftOut: z.int() })
export const simulatorRecordingState = z.object({
  agency: z.string(),
  target: z.string(),
  on: z.boolean(),
  exchanges: z.int(),
  leftOut: z.int(),
})
export type SimulatorRecording = z.infer<typeof simulatorRecordingState>
export const simulatorRecordingRequest = z.looseObject({
  agency: z.string(),
  target: z.string(),
  mask: z.looseObject({ headers: z.array(z.string()).optional(), fields: z.array(z.string()).optional() }).optional(),
})

/** Corridors 通道: journeys of a container that can be played to a gateway. */
export const simulatorCorridorsAnswer = z.looseObject({
  corridors: z.array(
    z.looseObject({ id: z.string(), name: text, publishers: z.record(z.string(), z.unknown()), steps: z.int() }),
  ),
  disorders: z.record(z.string(), z.string()),
  played: z.array(
    z.object({
      corridor: z.string(),
      equipment: z.string(),
      events: z.int(),
      firstAt: instant,
      lastAt: instant,
      taken: z.int(),
      refused: z.int(),
      lost: z.int(),
    }),
  ),
})
export type SimulatorCorridors = z.infer<typeof simulatorCorridorsAnswer>
export const simulatorCorridorRequest = z.looseObject({
  equipment: z.string(),
  start: instant.optional(),
  speed: z.number().optional(),
  delayHours: z.number().optional(),
  papers: z.array(z.string()).optional(),
  disorder: z.array(z.string()).optional(),
  key: z.string().optional().describe('API key of a carrier'),
})

/** A document the customer would not take, with what the last try met. */
export const simulatorUndeliveredAnswer = z.object({
  id: z.string(),
  agency: z.string(),
  reference: z.string(),
  name: z.string(),
  state: z.string(),
  tries: z.int(),
  last: z.string(),
  nextTryAt: instant.optional(),
})
export type SimulatorUndelivered = z.infer<typeof simulatorUndeliveredAnswer>
