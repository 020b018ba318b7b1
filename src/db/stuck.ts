import type { Receipt } from '../../schemas/receipt.ts'
import type { FilingStatus } from '../../schemas/status.ts'
import type { Pending } from '../filing/prepare.ts'
import { limits } from '../limits.ts'
import type { Database } from './database.ts'
import { never } from './deliveries.ts'
import type { MessageRow } from './reads.ts'

export const causes = [
  'undelivered',
  'exhausted',
  'unknown',
  'stopped',
  'breaker-open',
  'trouble',
  'silent',
  'orphan',
  'unintelligible',
  'mailbox',
  'note',
  'unanswered',
  'certificate',
] as const
export type Cause = (typeof causes)[number]

/** One thing that does not go on by itself, or not as it should. */
export interface StuckRow {
  readonly cause: Cause
  /** Its name among those of its cause: a filing, a receipt, a message, a worker. */
  readonly id: string
  readonly agency: string
  readonly since: Date
  /** The same in microseconds: what the list is sorted and continued by. */
  readonly place: string
  readonly error: string | null
  readonly filing: {
    readonly id: string
    readonly declarationId: string
    readonly procedure: string
    readonly attempt: number
    readonly status: FilingStatus
    readonly pending: Pending | null
    readonly delivery: { readonly tries: number; readonly dueAt: string; readonly unknown: boolean } | null
    /** What an issuer is to be told because of it, of a certificate it names. */
    readonly certificate: {
      readonly typeCode: string
      readonly number: string
      readonly asking: 'reserve' | 'commit' | 'release'
      readonly tries: number
      readonly dueAt: string
      readonly unknown: boolean
    } | null
  } | null
}

export interface StuckFilter {
  readonly agency: string | undefined
  readonly cause: Cause | undefined
  /** Where the page before ended. */
  readonly after: { readonly place: string; readonly cause: string; readonly id: string } | undefined
  readonly limit: number
  /** Agencies that have said nothing since are silent. */
  readonly silentBefore: Date
}

const columns = 'cause, id, agency, since, error, filing_id'
// One branch a cause: PostgreSQL plans away those a filter leaves out. A delivery is stuck for one cause, the gravest.
const stuckSql = `
SELECT CASE WHEN delivery.due_at >= $1 THEN 'exhausted' WHEN delivery.unknown THEN 'unknown' ELSE 'undelivered' END AS cause,
    delivery.filing_id AS id, lane AS agency, instant AS since, delivery.error, delivery.filing_id
  FROM delivery WHERE delivery.unknown OR delivery.error IS NOT NULL
UNION ALL
SELECT 'stopped', agency, agency, at, reason, NULL FROM lane_order WHERE state = 'open'
UNION ALL
SELECT 'breaker-open', worker || ' ' || agency, agency, since, NULL, NULL FROM lane_report WHERE state <> 'closed' AND until > now()
UNION ALL
SELECT 'trouble', id, agency, updated_at, pending::jsonb -> 'trouble' ->> 'en', id FROM filing WHERE status = 'blocked' AND pending::jsonb ? 'trouble'
UNION ALL
SELECT 'silent', id, agency, updated_at, NULL, id FROM filing
  WHERE rank BETWEEN 20 AND 50 AND holds = '{}' AND updated_at < $2 AND NOT EXISTS (SELECT FROM delivery WHERE filing_id = filing.id)
UNION ALL
SELECT 'orphan', id::text, agency, received_at, NULL, NULL FROM receipt WHERE filing_id IS NULL
UNION ALL
SELECT 'unintelligible', id::text, agency, at, error, NULL FROM message WHERE filing_id IS NULL AND error IS NOT NULL
UNION ALL
SELECT 'mailbox', agency, agency, failed_at, error, NULL FROM mailbox WHERE failed_at IS NOT NULL
UNION ALL
SELECT 'note', number::text, agency, at, error, NULL FROM cooperation_note
  WHERE state IN ('refused', 'set-aside') OR (state = 'waiting' AND tries >= ${limits.deliveryTriesShown})
UNION ALL
SELECT 'unanswered', id, to_agency, due_at, NULL, NULL FROM assistance WHERE status = 'open' AND escalated_at IS NOT NULL
UNION ALL
SELECT 'certificate', id, issuer, silent_since, error, filing_id FROM certificate_use WHERE asking IS NOT NULL AND silent_since IS NOT NULL`

/** What is stuck, oldest first. */
export async function readStuck({ pool }: Database, filter: StuckFilter): Promise<StuckRow[]> {
  const { agency, cause, after, limit, silentBefore } = filter
  const { rows } = await pool.query<StuckRow>(
    `WITH page AS (
       SELECT *, (extract(epoch FROM since) * 1000000)::bigint AS place FROM (${stuckSql}) stuck (${columns})
       WHERE ($3::text IS NULL OR agency = $3) AND ($4::text IS NULL OR cause = $4)
         AND ($5::bigint IS NULL OR ((extract(epoch FROM since) * 1000000)::bigint, cause, id) > ($5, $6::text, $7::text))
       ORDER BY place, cause, id LIMIT $8
     )
     SELECT cause, page.id, page.agency, since, place::text, page.error, CASE WHEN filing.id IS NOT NULL THEN json_build_object(
         'id', filing.id, 'declarationId', filing.declaration_id, 'procedure', filing.procedure, 'attempt', filing.attempt, 'status', filing.status, 'pending', filing.pending::json,
         'delivery', (SELECT json_build_object('tries', tries, 'dueAt', due_at, 'unknown', unknown) FROM delivery WHERE delivery.filing_id = filing.id),
         'certificate', (SELECT json_build_object('typeCode', type_code, 'number', number, 'asking', asking, 'tries', tries, 'dueAt', due_at, 'unknown', unknown)
           FROM certificate_use WHERE page.cause = 'certificate' AND certificate_use.id = page.id)
       ) END AS filing
     FROM page LEFT JOIN filing ON filing.id = page.filing_id ORDER BY page.place, cause, page.id`,
    [
      never,
      silentBefore,
      agency ?? null,
      cause ?? null,
      after?.place ?? null,
      after?.cause ?? null,
      after?.id ?? null,
      limit,
    ],
  )
  return rows
}

/** How much is stuck for one cause at one agency. */
export interface StuckCount {
  readonly cause: Cause
  readonly agency: string
  readonly count: number
  readonly oldest: Date
}

/** How much is stuck, by cause and agency. */
export async function countStuck({ pool }: Database, silentBefore: Date): Promise<StuckCount[]> {
  const { rows } = await pool.query<StuckCount>(
    `SELECT cause, agency, count(*)::int AS count, min(since) AS oldest FROM (${stuckSql}) stuck (${columns}) GROUP BY cause, agency ORDER BY oldest`,
    [never, silentBefore],
  )
  return rows
}

/** Documents that could not be understood and belong to no filing, oldest first. */
export async function readStrays(
  { pool }: Database,
  agency: string | undefined,
  after: number,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await pool.query<MessageRow>(
    `SELECT *, false AS shared FROM message WHERE filing_id IS NULL AND error IS NOT NULL AND id > $2 AND ($1::text IS NULL OR agency = $1) ORDER BY id LIMIT $3`,
    [agency ?? null, after, limit],
  )
  return rows
}

/** A message by its number: what an orphan came in, or what could not be understood. */
export async function readMessage({ pool }: Database, id: number): Promise<MessageRow | undefined> {
  const { rows } = await pool.query<MessageRow>('SELECT *, false AS shared FROM message WHERE id = $1', [id])
  return rows[0]
}

/** A receipt nobody knows the filing of. */
export interface Orphan {
  readonly id: number
  readonly agency: string
  readonly receipt: Receipt
  readonly receivedAt: Date
  readonly messageId: number | null
}

/** Receipts nobody knows the filing of, oldest first. */
export async function readOrphans(
  { pool }: Database,
  agency: string | undefined,
  after: number,
  limit: number,
): Promise<Orphan[]> {
  const { rows } = await pool.query<Omit<Orphan, 'receipt'> & { content: string }>(
    `SELECT id, agency, content, received_at AS "receivedAt", message_id AS "messageId" FROM receipt
     WHERE filing_id IS NULL AND id > $2 AND ($1::text IS NULL OR agency = $1) ORDER BY id LIMIT $3`,
    [agency ?? null, after, limit],
  )
  return rows.map(({ content, ...row }) => ({ ...row, receipt: JSON.parse(content) as Receipt }))
}
