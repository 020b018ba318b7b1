import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** What a carrier, a station, a port or a depot told of goods on their way 物流动态, as it was told; append-only. */
export const movement = pgTable(
  'movement',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** The firm whose key told it; its events are named by it. */
    publisher: text('publisher').notNull(),
    eventId: text('event_id').notNull(),
    /** The publisher's own event that this one takes back. */
    retracts: text('retracts'),
    /** PLN, EST, ACT; absent where it only takes back. */
    classifier: text('classifier'),
    /** ARRI, LOAD, …; absent where it only takes back. */
    code: text('code'),
    /** Container it is about. */
    equipment: text('equipment'),
    /** A container's journey ends with it: emptied, given back empty. */
    closes: boolean('closes').notNull().default(false),
    /** When it happened or is to happen; when it was said where it only takes back. */
    eventAt: at('event_at').notNull(),
    createdAt: at('created_at').notNull(),
    receivedAt: at('received_at').notNull(),
    /** The event as JSON, and SHA-256 over it. */
    content: text('content').notNull(),
    digest: text('digest').notNull(),
  },
  (table) => [
    uniqueIndex('movement_event').on(table.publisher, table.eventId),
    index('movement_retracts').on(table.publisher, table.retracts),
    index('movement_equipment').on(table.equipment, table.eventAt),
  ],
)

/** The names an event goes by: container, document, ship with voyage, wagon; append-only. */
export const movementHandle = pgTable(
  'movement_handle',
  {
    handle: text('handle').notNull(),
    movementId: bigint('movement_id', { mode: 'number' }).notNull(),
    eventAt: at('event_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.handle, table.eventAt, table.movementId] }),
    index('movement_handle_movement').on(table.movementId),
  ],
)

/** A declaration whose goods are followed 跟踪: which version of it, and when they are on their way. */
export const tracked = pgTable(
  'tracked_declaration',
  {
    declarationId: text('declaration_id').primaryKey(),
    tenant: text('tenant').notNull(),
    version: integer('version').notNull(),
    startsAt: at('starts_at').notNull(),
    endsAt: at('ends_at').notNull(),
  },
  (table) => [index('tracked_declaration_tenant').on(table.tenant)],
)

/** The names a declaration's goods go by. */
export const trackedHandle = pgTable(
  'tracked_handle',
  {
    handle: text('handle').notNull(),
    declarationId: text('declaration_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.handle, table.declarationId] }),
    index('tracked_handle_declaration').on(table.declarationId),
  ],
)

/** Up to where new declarations have been looked through: one row. */
export const trackedUpTo = pgTable('tracked_up_to', {
  one: boolean('one').primaryKey().default(true),
  /** Every declaration with a smaller id is tracked, or was there before anybody followed goods. */
  declarationId: text('declaration_id').notNull(),
})

/** Which events belong to which declaration, and by what name. */
export const movementJoin = pgTable(
  'movement_join',
  {
    movementId: bigint('movement_id', { mode: 'number' }).notNull(),
    declarationId: text('declaration_id').notNull(),
    /** document, conveyance, equipment */
    by: text('by').notNull(),
    joinedAt: at('joined_at').notNull(),
    /** It turned out to belong elsewhere. */
    leftAt: at('left_at'),
    /** What is still to be told on the timeline: actual, retracted, left. */
    due: text('due'),
    /** What was told last. */
    told: text('told'),
  },
  (table) => [
    primaryKey({ columns: [table.movementId, table.declarationId] }),
    index('movement_join_declaration').on(table.declarationId),
    index('movement_join_due').on(table.declarationId).where(sql`due IS NOT NULL`),
  ],
)

/** A single document for a carriage by several modes 多式联运“一单制”单证, as it stands. */
export const waybill = pgTable('waybill', {
  number: text('number').primaryKey(),
  /** The firm that issues it. */
  carrier: text('carrier').notNull(),
  negotiable: boolean('negotiable').notNull(),
  status: text('status').notNull(),
  /** The one firm that holds it 持有人; absent where it is no document of title. */
  holder: text('holder'),
  version: integer('version').notNull(),
  /** Entries of its chain so far, and the hash of the newest. */
  entryCount: integer('entry_count').notNull(),
  head: text('head').notNull(),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
})

/** Every version of a single document; append-only. */
export const waybillVersion = pgTable(
  'waybill_version',
  {
    number: text('number').notNull(),
    version: integer('version').notNull(),
    document: text('document').notNull(),
    sha256: text('sha256').notNull(),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.number, table.version] })],
)

/** Everything done with a single document 流转记录, each entry with the hash of the one before; append-only. */
export const waybillEntry = pgTable(
  'waybill_entry',
  {
    number: text('number').notNull(),
    entry: integer('entry').notNull(),
    version: integer('version').notNull(),
    action: text('action').notNull(),
    actor: text('actor').notNull(),
    recipient: text('recipient'),
    note: text('note'),
    at: at('at').notNull(),
    documentSha256: text('document_sha256').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.number, table.entry] })],
)

/** Who has, or had, to do with a single document: to list them by. */
export const waybillParty = pgTable(
  'waybill_party',
  { party: text('party').notNull(), number: text('number').notNull() },
  (table) => [primaryKey({ columns: [table.party, table.number] })],
)
