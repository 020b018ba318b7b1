import { integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** What an operator ordered for an agency's lane 人工开合: stopped (`open`, as a breaker is) or resumed (`closed`). */
export const laneOrder = pgTable('lane_order', {
  agency: text('agency').primaryKey(),
  /** Counts the orders of this lane. */
  number: integer('number').notNull(),
  state: text('state').notNull(),
  reason: text('reason').notNull(),
  /** Name of the key it was ordered with. */
  by: text('by').notNull(),
  at: at('at').notNull(),
})

/** How a lane's breaker stands in one worker, as that worker says; worth nothing after `until`. */
export const laneReport = pgTable(
  'lane_report',
  {
    worker: text('worker').notNull(),
    agency: text('agency').notNull(),
    /** closed, open, half-open */
    state: text('state').notNull(),
    since: at('since').notNull(),
    until: at('until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.worker, table.agency] })],
)

/** Filings to be sent again 重发, as they were shown to an operator; carried out once it is confirmed. */
export const replay = pgTable('replay', {
  id: text('id').primaryKey(),
  /** SHA-256 over everything that was shown: a replay is confirmed by it. */
  digest: text('digest').notNull().unique(),
  /** What was asked for, as canonical JSON. */
  request: text('request').notNull(),
  /** What was not shown because it was too much for one replay. */
  leftOut: integer('left_out').notNull(),
  shownAt: at('shown_at').notNull(),
  /** The idempotency key it was confirmed with, with the hash of that body. */
  key: text('key').unique(),
  bodyHash: text('body_hash'),
  reason: text('reason'),
  by: text('by'),
  confirmedAt: at('confirmed_at'),
})

/** One filing of a replay: what was shown of it, and what became of it. */
export const replayFiling = pgTable(
  'replay_filing',
  {
    replayId: text('replay_id').notNull(),
    position: integer('position').notNull(),
    filingId: text('filing_id').notNull(),
    declarationId: text('declaration_id').notNull(),
    attempt: integer('attempt').notNull(),
    /** The instant it was encoded at when it was shown: the same bytes can be made again. */
    instant: at('instant').notNull(),
    /** SHA-256 over the bytes that were shown; absent when it cannot be sent. */
    bytes: text('bytes'),
    /** accepted, or why not; absent until it was its turn. */
    outcome: text('outcome'),
    detail: text('detail'),
  },
  (table) => [primaryKey({ columns: [table.replayId, table.filingId] })],
)

/** Where each polled agency's mailbox was read up to; leased like a delivery. */
export const mailbox = pgTable('mailbox', {
  agency: text('agency').primaryKey(),
  cursor: text('cursor').notNull().default('0'),
  dueAt: at('due_at').notNull(),
  leaseUntil: at('lease_until'),
  fence: integer('fence').notNull().default(0),
  error: text('error'),
  /** Since when it cannot be read. */
  failedAt: at('failed_at'),
})
