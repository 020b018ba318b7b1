import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { transactionNumber } from './tables.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Every event of every trader in one order 事件流: positions are given one after the other, so that a reader never skips one. Append-only. */
export const feed = pgTable(
  'feed',
  {
    position: bigint('position', { mode: 'number' }).primaryKey(),
    /** The declaration or endpoint it happened to, or `edition-<number>`; with `number` the event's id. */
    sourceId: text('source_id').notNull(),
    number: integer('number').notNull(),
    /** The firm it concerns; `*`: everybody. */
    tenant: text('tenant').notNull(),
    type: text('type').notNull(),
    /** What happened, as JSON, to an endpoint; a declaration's events say it themselves. */
    data: text('data'),
    at: at('at').notNull(),
  },
  (table) => [
    uniqueIndex('feed_event').on(table.sourceId, table.number),
    index('feed_tenant').on(table.tenant, table.position),
    index('feed_tenant_at').on(table.tenant, table.at),
  ],
)

/** Where the feed ends: one row, locked by whoever adds to it. */
export const feedHead = pgTable('feed_head', {
  one: boolean('one').primaryKey().default(true),
  position: bigint('position', { mode: 'number' }).notNull(),
  /** Events of transactions before this one are in the feed. */
  transaction: transactionNumber('transaction').notNull(),
})

/** Where a trader wants to be told 接收地址. */
export const webhookEndpoint = pgTable(
  'webhook_endpoint',
  {
    id: text('id').primaryKey(),
    tenant: text('tenant').notNull(),
    url: text('url').notNull(),
    description: text('description'),
    /** Names of event types, or `prefix.*`; none: all. */
    types: text('types').array().notNull(),
    enabled: boolean('enabled').notNull(),
    /** owner, gone (it answered 410), failing (for too long) */
    disabledBecause: text('disabled_because'),
    disabledAt: at('disabled_at'),
    /** Failures in a row; since when; and until when its lane rests because of them. */
    failures: integer('failures').notNull().default(0),
    failingSince: at('failing_since'),
    restUntil: at('rest_until'),
    /** Number of events of its own so far: pings, and that it was disabled. */
    eventCount: integer('event_count').notNull().default(0),
    revision: integer('revision').notNull().default(1),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    /** Taken away by its owner; its notices go bit by bit, and it with the last. */
    deletedAt: at('deleted_at'),
  },
  (table) => [index('webhook_endpoint_tenant').on(table.tenant, table.id)],
)

/** What an endpoint's notices are signed with: sealed where the operator has a key for that. */
export const webhookSecret = pgTable(
  'webhook_secret',
  {
    endpointId: text('endpoint_id').notNull(),
    number: integer('number').notNull(),
    sealed: text('sealed').notNull(),
    createdAt: at('created_at').notNull(),
    /** The end of its overlap with a newer one. */
    validUntil: at('valid_until'),
  },
  (table) => [primaryKey({ columns: [table.endpointId, table.number] })],
)

/** One event on its way to one endpoint 通知: leased by a worker like a delivery, kept a while after it has arrived. */
export const notice = pgTable(
  'notice',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    endpointId: text('endpoint_id').notNull(),
    sourceId: text('source_id').notNull(),
    number: integer('number').notNull(),
    type: text('type').notNull(),
    /** Instant of the event, and what happened where it is an endpoint's: see `feed`. */
    at: at('at').notNull(),
    data: text('data'),
    /** waiting, delivered, exhausted, dropped */
    status: text('status').notNull().default('waiting'),
    dueAt: at('due_at').notNull(),
    /** Tries in all, and since it was last asked for: the place in the schedule. */
    tries: integer('tries').notNull().default(0),
    step: smallint('step').notNull().default(0),
    leaseUntil: at('lease_until'),
    /** Goes up with each lease: who holds an older one has lost the row. */
    fence: integer('fence').notNull().default(0),
    createdAt: at('created_at').notNull(),
    settledAt: at('settled_at'),
  },
  (table) => [
    uniqueIndex('notice_event').on(table.endpointId, table.sourceId, table.number),
    index('notice_log').on(table.endpointId, table.id),
    index('notice_waiting').on(table.endpointId, table.dueAt, table.id).where(sql`status = 'waiting'`),
  ],
)

/** One try to deliver a notice, and what came of it. */
export const noticeTry = pgTable(
  'notice_try',
  {
    noticeId: bigint('notice_id', { mode: 'number' }).notNull(),
    number: integer('number').notNull(),
    at: at('at').notNull(),
    /** HTTP status of the answer; absent when none came. */
    status: smallint('status'),
    latencyMs: integer('latency_ms').notNull(),
    excerpt: text('excerpt'),
    error: text('error'),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.number] })],
)

/** How tries ended, since the beginning and in every process: one row. */
export const noticeTally = pgTable('notice_tally', {
  one: boolean('one').primaryKey().default(true),
  delivered: bigint('delivered', { mode: 'number' }).notNull().default(0),
  failed: bigint('failed', { mode: 'number' }).notNull().default(0),
  exhausted: bigint('exhausted', { mode: 'number' }).notNull().default(0),
  disabled: bigint('disabled', { mode: 'number' }).notNull().default(0),
})
