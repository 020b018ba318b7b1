import { limits } from '../limits.ts'
import type { Database } from './database.ts'

/** What keeps the window going, at a glance 运行状况. */
export interface StatusView {
  readonly workers: readonly string[]
  /** Processes that run background jobs. */
  readonly runners: number
  readonly noticesWaiting: number
  readonly noticeOldest: Date | null
  readonly sealDay: string | null
}

/** How workers, runners, notices and seals stand. */
export async function readStatus({ pool }: Database): Promise<StatusView> {
  const { rows } = await pool.query<StatusView>(
    `SELECT coalesce((SELECT json_agg(DISTINCT worker) FROM lane_report WHERE until > now()), '[]'::json) AS workers,
       (SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'yuchuang jobs alive' AND datname = current_database()) AS runners,
       notices.waiting AS "noticesWaiting", notices.oldest AS "noticeOldest", (SELECT max(day) FROM seal) AS "sealDay"
     FROM (SELECT count(*)::int AS waiting, min(due_at) AS oldest FROM notice WHERE status = 'waiting') notices`,
  )
  return rows[0] as StatusView
}

/** A kind of background job that failed for good, and how. */
export interface JobFailure {
  readonly task: string
  readonly count: number
  readonly error: string | null
}

/** Background jobs: the oldest that is due, and those that failed for good. None where the queue was never made. */
export async function readJobTrouble({ pool }: Database): Promise<{ oldest: Date | null; failures: JobFailure[] }> {
  const { rows: there } = await pool.query<{ queue: string | null }>(
    "SELECT to_regclass('graphile_worker.jobs') AS queue",
  )
  if (there[0]?.queue == null) return { oldest: null, failures: [] }
  const { rows } = await pool.query<{ oldest: Date | null; failures: JobFailure[] }>(
    `SELECT (SELECT min(run_at) FROM graphile_worker.jobs WHERE locked_at IS NULL AND run_at <= now() AND attempts < max_attempts) AS oldest,
       coalesce((SELECT json_agg(failed) FROM (
         SELECT task_identifier AS task, count(*)::int AS count, left((array_agg(last_error ORDER BY updated_at DESC))[1], 300) AS error
         FROM graphile_worker.jobs WHERE locked_at IS NULL AND attempts >= max_attempts GROUP BY 1 ORDER BY 1 LIMIT ${limits.jobFailuresShown}) failed), '[]'::json) AS failures`,
  )
  return rows[0] ?? { oldest: null, failures: [] }
}

/** What an issuer of certificates is still to be told, and since when it gives no answer. */
export interface IssuerView {
  readonly issuer: string
  readonly waiting: number
  readonly unknown: number
  readonly oldest: string | null
  readonly silentSince: string | null
  readonly error: string | null
}

/** One row an issuer, in the order given. */
export async function readIssuers({ pool }: Database, issuers: readonly string[]): Promise<IssuerView[]> {
  const { rows } = await pool.query<IssuerView>(
    `SELECT lane.issuer, count(waiting.id)::int AS waiting, count(*) FILTER (WHERE waiting.unknown)::int AS unknown,
       min(waiting.updated_at) AS oldest, min(waiting.silent_since) AS "silentSince",
       (array_agg(waiting.error ORDER BY tries DESC) FILTER (WHERE waiting.error IS NOT NULL))[1] AS error
     FROM unnest($1::text[]) WITH ORDINALITY AS lane (issuer, place)
     LEFT JOIN certificate_use waiting ON waiting.issuer = lane.issuer AND waiting.asking IS NOT NULL
     GROUP BY lane.issuer, lane.place ORDER BY lane.place`,
    [issuers],
  )
  return rows
}

/** What is to be done, or was done today 今日事项: each a number. */
export interface TodayView {
  readonly draftsToDecide: number
  readonly draftsReturned: number
  readonly findingsToDecide: number
  readonly complaintsOpen: number
  readonly complaintsOverdue: number
  readonly complaintsToDecide: number
  readonly assistanceOverdue: number
  readonly recountsUnderWay: number
  readonly creditsGiven: number
  readonly lotsDrawn: number
}

/** @param day of the port's clock, with the instant it began @param agencies whose draws count */
export async function readToday(
  { pool }: Database,
  day: string,
  since: Date,
  agencies: readonly string[],
): Promise<TodayView> {
  const { rows } = await pool.query<TodayView>(
    `SELECT (SELECT count(*)::int FROM catalogue_draft WHERE status = 'submitted') AS "draftsToDecide",
       (SELECT count(*)::int FROM catalogue_draft WHERE status = 'returned') AS "draftsReturned",
       (SELECT count(*)::int FROM assessment_finding finding JOIN assessment_round round ON round.id = finding.round
          WHERE round.status = 'computed' AND finding.decision IS NULL) AS "findingsToDecide",
       (SELECT count(*)::int FROM fee_complaint WHERE closed_at IS NULL) AS "complaintsOpen",
       (SELECT count(*)::int FROM fee_complaint WHERE closed_at IS NULL AND status = 'filed' AND due_on < $1::date) AS "complaintsOverdue",
       (SELECT count(*)::int FROM fee_complaint WHERE closed_at IS NULL AND status = 'disputed') AS "complaintsToDecide",
       (SELECT count(*)::int FROM assistance WHERE status = 'open' AND escalated_at IS NOT NULL) AS "assistanceOverdue",
       (SELECT count(*)::int FROM clearance_recount WHERE done_at IS NULL) AS "recountsUnderWay",
       (SELECT count(*)::int FROM (SELECT at FROM firm_credit ORDER BY id DESC LIMIT ${limits.creditCounted}) newest WHERE at >= $2) AS "creditsGiven",
       (SELECT coalesce(sum((SELECT coalesce(max(number), 0) FROM draw_lot WHERE draw_lot.agency = one.agency AND day = $1::date)), 0)::int
          FROM unnest($3::text[]) AS one (agency)) AS "lotsDrawn"`,
    [day, since, agencies],
  )
  return rows[0] as TodayView
}
