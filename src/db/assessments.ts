import type { AssessmentReport, Finding, Level } from '../../schemas/fees/assessment.ts'
import type { RoundStatus } from '../../schemas/fees/assessment-answers.ts'
import type { Text } from '../../schemas/text.ts'
import type { Client, Queryable } from './database.ts'
import { everybody, placeOwnEvent } from './feed.ts'

/** A round of assessment 评估轮次 as it is kept, without its report. Days are those of Asia/Shanghai. */
export interface RoundRow {
  readonly id: string
  /** `2026-Q3`, where it is the quarter's own. */
  readonly quarter: string | null
  readonly title: string
  readonly from: string
  readonly to: string
  readonly edition: number | null
  readonly status: RoundStatus
  readonly revision: number
  readonly reportDigest: string | null
  readonly trouble: Text | null
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly computedAt: Date | null
  readonly repliesUntil: string | null
  readonly publishedAt: Date | null
  readonly publishedBy: string | null
  /** Fees by level, where it was computed. */
  readonly fees: AssessmentReport['fees'] | null
}

/** What people said of a finding: the payee's reply 答复 and the officer's decision 认定. */
export interface FindingRow {
  readonly number: number
  readonly level: Level
  readonly payee: string | null
  readonly reply: string | null
  readonly repliedBy: string | null
  readonly repliedAt: Date | null
  readonly decision: Level | null
  readonly remark: string | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
}

const columns = `id, quarter, title, period_from::text AS "from", period_to::text AS "to", edition, status, revision, report_digest AS "reportDigest",
  trouble::json AS trouble, requested_by AS "requestedBy", requested_at AS "requestedAt", computed_at AS "computedAt",
  replies_until::text AS "repliesUntil", published_at AS "publishedAt", published_by AS "publishedBy", report::json -> 'fees' AS fees`

/** Asks for a round. @returns whether it was made: of a quarter there is one, whoever asks first */
export async function makeRound(
  client: Queryable,
  round: Pick<RoundRow, 'id' | 'quarter' | 'title' | 'from' | 'to' | 'requestedBy'>,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO assessment_round (id, quarter, title, period_from, period_to, status, requested_by, requested_at)
     VALUES ($1, $2, $3, $4, $5, 'requested', $6, $7) ON CONFLICT (quarter) DO NOTHING`,
    [round.id, round.quarter, round.title, round.from, round.to, round.requestedBy, at],
  )
  return rowCount === 1
}

/** The newest quarter that has a round. */
export async function newestQuarter(client: Queryable): Promise<string | undefined> {
  const { rows } = await client.query<{ quarter: string }>(
    'SELECT quarter FROM assessment_round WHERE quarter IS NOT NULL ORDER BY quarter COLLATE "C" DESC LIMIT 1',
  )
  return rows[0]?.quarter
}

/** Rounds, the newest first. @param before the id of the last round of the page before */
export async function readRounds(
  client: Queryable,
  filter: { readonly statuses: readonly RoundStatus[]; readonly before: string | undefined; readonly limit: number },
): Promise<RoundRow[]> {
  const { rows } = await client.query<RoundRow>(
    `SELECT ${columns} FROM assessment_round WHERE status = ANY($1) AND ($2::text IS NULL OR id < $2)
     ORDER BY id DESC LIMIT $3`,
    [filter.statuses, filter.before ?? null, filter.limit],
  )
  return rows
}

/** A round. @param held nobody else changes it until the transaction ends */
export async function readRound(client: Queryable, id: string, held = false): Promise<RoundRow | undefined> {
  const { rows } = await client.query<RoundRow>(
    `SELECT ${columns} FROM assessment_round WHERE id = $1${held ? ' FOR UPDATE' : ''}`,
    [id],
  )
  return rows[0]
}

/** The report of a round, as it was computed. */
export async function readReport(client: Queryable, id: string): Promise<AssessmentReport | undefined> {
  const { rows } = await client.query<{ report: string | null }>('SELECT report FROM assessment_round WHERE id = $1', [
    id,
  ])
  const report = rows[0]?.report ?? undefined
  return report === undefined ? undefined : (JSON.parse(report) as AssessmentReport)
}

/** What was said of the findings of a round, by number. */
export async function readFindings(client: Queryable, id: string): Promise<FindingRow[]> {
  const { rows } = await client.query<FindingRow>(
    `SELECT ${findingColumns} FROM assessment_finding WHERE round = $1 ORDER BY number`,
    [id],
  )
  return rows
}
const findingColumns = `number, level, payee, reply, replied_by AS "repliedBy", replied_at AS "repliedAt", decision, remark,
  decided_by AS "decidedBy", decided_at AS "decidedAt"`

export async function readFinding(client: Queryable, id: string, number: number): Promise<FindingRow | undefined> {
  const { rows } = await client.query<FindingRow>(
    `SELECT ${findingColumns} FROM assessment_finding WHERE round = $1 AND number = $2`,
    [id, number],
  )
  return rows[0]
}

/** The round to be computed next: the oldest period first, so that each finds the one before it. */
export async function nextRequested(client: Queryable): Promise<RoundRow | undefined> {
  const { rows } = await client.query<RoundRow>(
    `SELECT ${columns} FROM assessment_round WHERE status = 'requested' ORDER BY period_to, id LIMIT 1`,
  )
  return rows[0]
}

/** The round before: of those computed whose period ended earlier, the newest. */
export async function previousRound(
  client: Queryable,
  to: string,
): Promise<{ readonly to: string; readonly edition: number } | undefined> {
  const { rows } = await client.query<{ to: string; edition: number }>(
    `SELECT period_to::text AS "to", edition FROM assessment_round
     WHERE status IN ('computed', 'published') AND period_to < $1 ORDER BY period_to DESC, id DESC LIMIT 1`,
    [to],
  )
  return rows[0]
}

/** What a round came to, with the day until which payees reply. @returns whether it was still to be computed */
export async function keepReport(
  client: Client,
  id: string,
  kept: {
    readonly edition: number
    readonly inputDigest: string
    readonly report: string
    readonly reportDigest: string
    readonly repliesUntil: string
  },
  findings: readonly Finding[],
  at: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE assessment_round SET status = 'computed', revision = revision + 1, edition = $2, input_digest = $3, report = $4,
       report_digest = $5, replies_until = $6, computed_at = $7, trouble = NULL
     WHERE id = $1 AND status = 'requested'`,
    [id, kept.edition, kept.inputDigest, kept.report, kept.reportDigest, kept.repliesUntil, at],
  )
  if (rowCount !== 1) return false
  await client.query(
    `INSERT INTO assessment_finding (round, number, rule, level, fee, kind, port, payee)
     SELECT $1, number, rule, level, fee, kind, port, payee
     FROM json_to_recordset($2) AS found (number int, rule text, level text, fee text, kind text, port text, payee text)`,
    [id, JSON.stringify(findings)],
  )
  return true
}

/** Why a round could not be computed. */
export async function failRound(client: Queryable, id: string, trouble: Text): Promise<void> {
  await client.query(
    `UPDATE assessment_round SET status = 'failed', revision = revision + 1, trouble = $2 WHERE id = $1 AND status = 'requested'`,
    [id, JSON.stringify(trouble)],
  )
}

/** Asks for a failed round once more. @returns whether it had failed */
export async function askAgain(client: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE assessment_round SET status = 'requested', revision = revision + 1, trouble = NULL WHERE id = $1 AND status = 'failed'`,
    [id],
  )
  return rowCount === 1
}

/** A published round never changes: whoever writes says what state it needs, and is refused by the database, not by good manners. */
const touched = `touched AS (UPDATE assessment_round SET revision = revision + 1 WHERE id = $1 AND status = 'computed' RETURNING id)`

/** Keeps a payee's reply. What was decided without it is to be decided again. @returns whether the round was open */
export async function keepReply(
  client: Client,
  { id, number, reply, by }: { id: string; number: number; reply: string; by: string },
  at: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `WITH ${touched} UPDATE assessment_finding SET reply = $3, replied_by = $4, replied_at = $5,
       decision = NULL, remark = NULL, decided_by = NULL, decided_at = NULL
     FROM touched WHERE round = touched.id AND number = $2`,
    [id, number, reply, by, at],
  )
  return rowCount === 1
}

/** Keeps an officer's decision. @returns whether the round was open */
export async function keepDecision(
  client: Client,
  decided: { id: string; number: number; level: Level; remark: string | undefined; by: string },
  at: Date,
): Promise<boolean> {
  const { id, number, level, remark = null, by } = decided
  const { rowCount } = await client.query(
    `WITH ${touched} UPDATE assessment_finding SET decision = $3, remark = $4, decided_by = $5, decided_at = $6
     FROM touched WHERE round = touched.id AND number = $2`,
    [id, number, level, remark, by, at],
  )
  return rowCount === 1
}

/** Publishes a round, all of whose findings are decided, and tells everybody who listens. @returns whether it was open */
export async function keepPublication(
  client: Client,
  id: string,
  by: string,
  data: object,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE assessment_round SET status = 'published', revision = revision + 1, published_at = $3, published_by = $2
     WHERE id = $1 AND status = 'computed' AND requested_by <> $2
       AND NOT EXISTS (SELECT FROM assessment_finding WHERE round = $1 AND decision IS NULL)`,
    [id, by, at],
  )
  if (rowCount !== 1) return false
  const type = 'assessment.published'
  const sourceId = `assessment-${id}`
  await placeOwnEvent(client, { sourceId, number: 1, tenant: everybody, type, data: JSON.stringify(data) }, at)
  return true
}

/** Costs of the baskets in rounds that were published before a round, and in that round, the oldest first. */
export async function readCosts(
  client: Queryable,
  { id, to }: Pick<RoundRow, 'id' | 'to'>,
  most: number,
): Promise<{ readonly to: string; readonly quarter: string | null; readonly costs: AssessmentReport['costs'] }[]> {
  const { rows } = await client.query<{ to: string; quarter: string | null; costs: AssessmentReport['costs'] }>(
    `SELECT period_to::text AS "to", quarter, report::json -> 'costs' AS costs FROM assessment_round
     WHERE id = $1 OR (status = 'published' AND period_to < $2) ORDER BY period_to DESC, id DESC LIMIT $3`,
    [id, to, most],
  )
  return rows.reverse()
}
