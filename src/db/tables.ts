import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A declaration; its document is the newest row of `declarationVersion`. */
export const declaration = pgTable(
  'declaration',
  {
    id: text('id').primaryKey(),
    tenant: text('tenant').notNull(),
    functionalReferenceId: text('functional_reference_id').notNull(),
    direction: text('direction').notNull(),
    version: integer('version').notNull().default(1),
    plan: text('plan').notNull(),
    /** Number of events so far: the next one's number less one. */
    eventCount: integer('event_count').notNull(),
    /** Hash of the newest event: what the next one's is made from. */
    head: text('head').notNull(),
    /** Goes up with every change anybody can see: the ETag. */
    revision: integer('revision').notNull().default(1),
    /** What its figures in the statistics were last made from (src/statistics/counted.ts); absent: it counts for nothing. */
    counted: text('counted'),
    acceptedAt: at('accepted_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('declaration_reference').on(table.tenant, table.functionalReferenceId),
    index('declaration_tenant').on(table.tenant, table.id),
    // Found by how it begins.
    index('declaration_number').on(table.functionalReferenceId.op('text_pattern_ops')),
  ],
)

/** Every version of a declaration with the bytes it was handed in as; append-only. */
export const declarationVersion = pgTable(
  'declaration_version',
  {
    declarationId: text('declaration_id').notNull(),
    version: integer('version').notNull(),
    mediaType: text('media_type').notNull(),
    /** The bytes as they came, decompressed. */
    raw: text('raw').notNull(),
    /** Canonical JSON; absent when the bytes are that already. */
    document: text('document'),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.declarationId, table.version] })],
)

/** What was answered to a key: replayed to the same body, refused to another. */
export const idempotency = pgTable(
  'idempotency',
  {
    tenant: text('tenant').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    status: integer('status').notNull(),
    body: text('body').notNull(),
    location: text('location'),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.key] })],
)

/** One procedure with one agency for a declaration. Its id is our own number on the wire. */
export const filing = pgTable(
  'filing',
  {
    id: text('id').primaryKey(),
    declarationId: text('declaration_id').notNull(),
    position: smallint('position').notNull(),
    agency: text('agency').notNull(),
    procedure: text('procedure').notNull(),
    /** A short number of ours, for agencies that want one: counted for each agency. */
    serial: integer('serial').notNull(),
    attempt: integer('attempt').notNull().default(1),
    status: text('status').notNull(),
    rank: smallint('rank').notNull(),
    holds: text('holds').array().notNull().default([]),
    /** Why it cannot be sent yet: issues (particulars), conditions (another filing), or a text (blocked). JSON. */
    pending: text('pending'),
    /** The answer to its last submission never came. */
    unknown: boolean('unknown').notNull().default(false),
    particulars: text('particulars'),
    /** How it came about: `plan`, `request`, or `change`. */
    occasion: text('occasion').notNull().default('plan'),
    /** The version of the declaration that its agency holds, or that it will get. */
    version: integer('version').notNull().default(1),
    /** The change it is part of, and the filing it changes. */
    changeId: text('change_id'),
    changes: text('changes'),
    /** Further declarations it covers (a batch claim). */
    covers: text('covers').array().notNull().default([]),
    /** What must be out of the way before it goes, beside other filings; JSON, absent when there is nothing. */
    gates: text('gates'),
    revision: integer('revision').notNull().default(1),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    index('filing_declaration').on(table.declarationId, table.position),
    // Those an agency has: the oldest are looked for among them, which it says nothing of.
    index('filing_silent').on(table.updatedAt).where(sql`rank BETWEEN 20 AND 50`),
    index('filing_status').on(table.status, table.agency, table.declarationId),
    // What may want something of its trader (src/db/declaration-list.ts).
    index('filing_trader')
      .on(table.declarationId)
      .where(
        sql`status IN ('refused', 'awaiting-particulars', 'withdrawn', 'reversed', 'blocked') OR holds && ARRAY['inspection', 'payment-due', 'supplement']`,
      ),
  ],
)

/** A change 修撤单 of a declaration that agencies hold already: an amendment or a cancellation, with a filing for each agency concerned. */
export const change = pgTable(
  'change',
  {
    id: text('id').primaryKey(),
    declarationId: text('declaration_id').notNull(),
    /** amendment, cancellation */
    kind: text('kind').notNull(),
    /** The version an amendment would make; for a cancellation the one that is cancelled. */
    version: integer('version').notNull(),
    /** The version it was asked of. */
    before: integer('before').notNull(),
    reason: text('reason').notNull(),
    /** The plan of that version; JSON. */
    plan: text('plan').notNull(),
    /** granted, partly, refused, withdrawn; absent while an agency has still to answer. */
    outcome: text('outcome'),
    at: at('at').notNull(),
    settledAt: at('settled_at'),
  },
  (table) => [index('change_declaration').on(table.declarationId, table.id)],
)

/** What must be done in time 期限, as the receipts of a filing tell. */
export const deadline = pgTable(
  'deadline',
  {
    filingId: text('filing_id').notNull(),
    id: text('id').notNull(),
    declarationId: text('declaration_id').notNull(),
    /** Bilingual text; JSON. */
    what: text('what').notNull(),
    remindAt: at('remind_at').notNull(),
    dueAt: at('due_at').notNull(),
    /** What was told: nothing yet, `near`, `passed`. */
    told: text('told'),
    /** When something is to be told next; absent when nothing is left to tell. */
    nextAt: at('next_at'),
  },
  (table) => [
    primaryKey({ columns: [table.filingId, table.id] }),
    index('deadline_next').on(table.nextAt),
    index('deadline_told').on(table.declarationId).where(sql`told IS NOT NULL`),
  ],
)

/** Names of a filing: an agency's receipts are matched on any of them. */
export const filingReference = pgTable(
  'filing_reference',
  {
    agency: text('agency').notNull(),
    scheme: text('scheme').notNull(),
    value: text('value').notNull(),
    filingId: text('filing_id').notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agency, table.scheme, table.value, table.filingId] }),
    index('filing_reference_filing').on(table.filingId),
    index('filing_reference_value').on(table.value),
  ],
)

/** Every byte that went out and came in; append-only. */
export const message = pgTable(
  'message',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    filingId: text('filing_id'),
    agency: text('agency').notNull(),
    attempt: integer('attempt'),
    /** submission, answer, inquiry, push, document (out of a mailbox) */
    kind: text('kind').notNull(),
    method: text('method'),
    path: text('path'),
    status: integer('status'),
    contentType: text('content_type'),
    body: text('body'),
    /** What went wrong with it: no answer, unintelligible, … */
    error: text('error'),
    at: at('at').notNull(),
  },
  (table) => [index('message_filing').on(table.filingId, table.id)],
)

/** One thing an agency said. `filingId` is empty while nobody knows whom it speaks of. */
export const receipt = pgTable(
  'receipt',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    agency: text('agency').notNull(),
    filingId: text('filing_id'),
    attempt: integer('attempt'),
    messageId: bigint('message_id', { mode: 'number' }),
    /** SHA-256 over what it says: the same thing said twice is one receipt. */
    digest: text('digest').notNull(),
    at: at('at'),
    status: text('status'),
    code: text('code').notNull(),
    content: text('content').notNull(),
    receivedAt: at('received_at').notNull(),
  },
  (table) => [
    uniqueIndex('receipt_digest').on(table.agency, table.digest),
    index('receipt_filing').on(table.filingId, table.id),
    index('receipt_message').on(table.messageId),
  ],
)

/** The number of a transaction of the database server, which never comes again: a text here. */
export const transactionNumber = customType<{ data: string }>({ dataType: () => 'xid8' })

/** What happened to a declaration, numbered 1, 2, 3 …; append-only. */
export const event = pgTable(
  'event',
  {
    declarationId: text('declaration_id').notNull(),
    number: integer('number').notNull(),
    type: text('type').notNull(),
    filingId: text('filing_id'),
    data: text('data').notNull(),
    at: at('at').notNull(),
    /** What was kept together with it, a line each: kind, key, digest, instant (src/audit/bind.ts). */
    binds: text('binds').notNull().default(''),
    /** SHA-256 over all of it and the hash of the event before (src/audit/hash.ts). */
    hash: text('hash').notNull(),
    /** The transaction that wrote it: the order in which events are taken into the feed (src/db/feed.ts). */
    transaction: transactionNumber('transaction').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ columns: [table.declarationId, table.number] }),
    index('event_at').using('brin', table.at),
    index('event_transaction').on(table.transaction),
  ],
)

/** A submission on its way: one row a filing, leased by a worker, gone when the agency has answered. */
export const delivery = pgTable(
  'delivery',
  {
    filingId: text('filing_id').primaryKey(),
    lane: text('lane').notNull(),
    attempt: integer('attempt').notNull(),
    /** The instant the submission was encoded at: the same bytes can be made again. */
    instant: at('instant').notNull(),
    dueAt: at('due_at').notNull(),
    tries: integer('tries').notNull().default(0),
    leaseUntil: at('lease_until'),
    /** Goes up with each lease: who holds an older one has lost the row. */
    fence: integer('fence').notNull().default(0),
    /** The bytes may have gone out without an answer: ask before sending again. */
    unknown: boolean('unknown').notNull().default(false),
    /** Why the last try failed. */
    error: text('error'),
    /** When it was last taken out of its back-off before its time: to probe a lane, or because the lane had come back. */
    hastenedAt: at('hastened_at'),
    /** The last order for its lane that its timeline tells of; negative while that order is still to be told. */
    orderTold: integer('order_told').notNull().default(0),
  },
  (table) => [index('delivery_due').on(table.lane, table.dueAt)],
)

/** The next serial number of each agency's filings. */
export const serial = pgTable('serial', { agency: text('agency').primaryKey(), next: integer('next').notNull() })
