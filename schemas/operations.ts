import * as z from 'zod'
import { line } from './formats.ts'
import { fails } from './issue.ts'
import { receipt } from './receipt.ts'
import { filingStatus } from './status.ts'
import { text } from './text.ts'

const at = z.iso.datetime({ offset: true })
const agency = z.string().max(20)

/** Why an operator does something 原因: it stands on every timeline it concerns. */
const reason = line(500)

/** Stopping a lane by hand (open, as a breaker is), or resuming it (closed) 人工开合. */
export const laneRequest = z.strictObject({ state: z.enum(['open', 'closed']), reason })

/** Which filings are meant: one; what waits in an agency's lane; or what went out in a time range. */
const selection = z
  .strictObject({
    filingId: z.string().max(30).optional(),
    filingIds: z.array(z.string().max(30)).min(1).max(100).optional().describe('several, each named'),
    agency: agency.optional(),
    from: at.optional(),
    to: at.optional(),
    after: z.string().max(30).optional().describe('the last filing of the replay before: only later ones'),
  })
  .check(({ value, issues }) => {
    const { filingId, filingIds, agency, from, to } = value
    const ranged = from !== undefined || to !== undefined
    const say = (code: string, en: string, zh: string, path: string[] = []) =>
      issues.push({ ...fails(code, { en, zh }, path), input: value })
    if (filingId === undefined && filingIds === undefined && agency === undefined && !ranged)
      say('missing', 'Name a filing, an agency or a time range', '请指定申报事项、机构或时间段')
    if (filingId !== undefined && (filingIds !== undefined || agency !== undefined || ranged))
      say('one-of', 'A filing is named alone', '指定申报事项时不应再有其他条件', ['filingId'])
    if (filingIds !== undefined && (agency !== undefined || ranged))
      say('one-of', 'Filings are named alone', '指定申报事项时不应再有其他条件', ['filingIds'])
    if (ranged && (from === undefined || to === undefined || Date.parse(from) >= Date.parse(to)))
      say('range', 'A time range has a beginning and a later end', '时间段须有起止，且止晚于起', ['to'])
  })

/** Sending filings again 重发: shown first (`dryRun`), then confirmed by the digest of what was shown. */
export const replayRequest = z.strictObject({
  select: selection,
  from: z.enum(['stored', 'encoded']).describe('the bytes as stored, or as the encoder makes them now'),
  force: z.boolean().default(false).describe('also what its agency has answered'),
  reason,
  dryRun: z.boolean().default(false),
  confirm: z.string().max(100).optional().describe('the digest of the dry run'),
})

const replayed = {
  filingId: z.string(),
  declarationId: z.string(),
  agency,
  procedure: z.string(),
  attempt: z.int(),
  outcome: z.string().describe('accepted, would-be-sent, open (not its turn yet), or why not'),
  detail: text.optional(),
}

/** 200 to a dry run: filing by filing what would go out. */
export const replayShownAnswer = z.object({
  confirm: z.string(),
  until: at,
  filings: z.array(
    z.object({
      ...replayed,
      status: filingStatus,
      bytes: z.string().optional().describe('SHA-256 over what would go out'),
      size: z.int().optional(),
      asksFirst: z.boolean().optional().describe('its outcome is unknown: the agency is asked first'),
      difference: z
        .object({ added: z.int(), removed: z.int(), unified: z.string(), cut: z.boolean() })
        .optional()
        .describe('against the stored bytes, line by line'),
    }),
  ),
  left: z.int().describe('further filings of the selection'),
  answered: z.int().describe('filings of the time range that were left out because their agency has answered'),
  after: z.string().optional().describe('`select.after` of the next replay'),
})

const confirmed = {
  id: z.string(),
  from: z.enum(['stored', 'encoded']),
  force: z.boolean(),
  reason: z.string(),
  by: z.string(),
  confirmedAt: at,
  links: z.object({ self: z.string() }),
}

/** A replay that was confirmed, and what became of each filing. */
export const replayAnswer = z.object({
  ...confirmed,
  filings: z.array(
    z.object({
      ...replayed,
      bytes: z.string().optional(),
    }),
  ),
  left: z.int(),
})

/** How a filing that was sent again stands by now. */
export const replayStandingAnswer = z.object({
  filingId: z.string(),
  status: filingStatus,
  waiting: z.boolean().describe('it is still on its way in its lane'),
  error: z.string().optional().describe('why its last try failed'),
})

/** A replay in the list of them. */
export const replaySummaryAnswer = z.object({
  ...confirmed,
  filings: z.int(),
  accepted: z.int().describe('put on their way again'),
  open: z.int().describe('not their turn yet'),
})

/** One thing that is stuck, since when and why. */
export const stuckAnswer = z.object({
  cause: z.string(),
  causeName: text,
  agency,
  since: at,
  error: z.string().optional(),
  worker: z.string().optional(),
  declarationId: z.string().optional(),
  filingId: z.string().optional(),
  procedure: z.string().optional(),
  attempt: z.int().optional(),
  status: filingStatus.optional(),
  tries: z.int().optional(),
  nextAttemptAt: at.optional(),
  unknown: z.boolean().optional(),
  certificate: z
    .object({
      typeCode: z.string(),
      number: z.string(),
      asking: z.enum(['reserve', 'commit', 'release']).describe('What its issuer is still to be told'),
    })
    .optional(),
  href: z.string().optional(),
})

/** How much is stuck for one cause at one agency. */
export const stuckCountAnswer = z.object({ cause: z.string(), causeName: text, agency, count: z.int(), oldest: at })

export const orphanAnswer = z.object({
  id: z.int(),
  agency,
  receipt,
  receivedAt: at,
  messageId: z.int().optional(),
})

export const laneAnswer = z.object({
  agency,
  state: z.enum(['open', 'closed']).describe('open: stopped by an operator, nothing leaves'),
  order: z.object({ state: z.enum(['open', 'closed']), reason: z.string(), by: z.string(), at }).optional(),
  workers: z.array(z.object({ worker: z.string(), state: z.enum(['closed', 'open', 'half-open']), since: at })),
  ratePerMinute: z.number().describe('submissions that went out, over the last five minutes'),
  failures: z.int().describe('tries that failed, of all that waits'),
  waiting: z.int(),
  leased: z.int(),
  unknown: z.int(),
  exhausted: z.int(),
  oldest: at.optional(),
  lastError: z.string().optional(),
  mailbox: z
    .object({ cursor: z.string(), dueAt: at, error: z.string().optional(), failedAt: at.optional() })
    .optional(),
})

/** What waits for an issuer of certificates 发证机关. */
const issuerStanding = z.object({
  issuer: z.string(),
  name: text,
  waiting: z.int().describe('reservations, write-offs and releases it is still to be told'),
  unknown: z.int().describe('told, but an answer never came'),
  oldest: at.optional(),
  silentSince: at.optional(),
  lastError: z.string().optional(),
})

/** How the window runs 运行状况, and what waits for an administrator today 今日事项. */
export const operationsAnswer = z.object({
  at,
  database: z.object({ answerMs: z.number() }),
  workers: z.array(z.string()).describe('that have reported within ten seconds'),
  jobs: z.object({
    runners: z.int().describe('processes that run background jobs'),
    waiting: z.int(),
    running: z.int(),
    failed: z.int().describe('for good: left to the operator'),
    oldest: at.optional().describe('since when the oldest one is due'),
    failures: z.array(z.object({ task: z.string(), count: z.int(), error: z.string().optional() })),
  }),
  notices: z.object({ waiting: z.int(), oldest: at.optional().describe('when the first of them is due, or was') }),
  issuers: z.array(issuerStanding),
  audit: z.object({
    sealedUpTo: z.string().optional(),
    verification: z.object({ id: z.string(), status: z.string(), at }).optional().describe('the newest'),
  }),
  today: z.object({
    day: z.string().describe('of the port’s clock'),
    draftsToDecide: z.int(),
    draftsReturned: z.int(),
    findingsToDecide: z.int(),
    complaintsOpen: z.int(),
    complaintsOverdue: z.int(),
    complaintsToDecide: z.int(),
    assistanceOverdue: z.int(),
    recountsUnderWay: z.int(),
    creditsGiven: z.int(),
    lotsDrawn: z.int(),
  }),
})
export type OperationsAnswer = z.infer<typeof operationsAnswer>

/** What came of looking again for the filings of receipts nobody knew. */
export const matchedAnswer = z.object({ matched: z.int() })
