import { sql } from 'drizzle-orm'
import { bigserial, date, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** What agencies are told of one another's doings 协同通知, in the order it goes out to each; leased like a delivery. */
export const cooperationNote = pgTable(
  'cooperation_note',
  {
    number: bigserial('number', { mode: 'number' }).primaryKey(),
    agency: text('agency').notNull(),
    kind: text('kind').notNull(),
    /** Names what it is about within its kind: the same thing told twice is told once. */
    noteId: text('note_id').notNull(),
    declarationId: text('declaration_id'),
    firm: text('firm'),
    /** JSON. */
    body: text('body').notNull(),
    at: at('at').notNull(),
    /** waiting, told, refused (it will not have it), set-aside (it fails at this one for good: a person must look) */
    state: text('state').notNull().default('waiting'),
    dueAt: at('due_at').notNull(),
    tries: integer('tries').notNull().default(0),
    leaseUntil: at('lease_until'),
    fence: integer('fence').notNull().default(0),
    error: text('error'),
    /** What the agency answered, as it came. */
    answer: text('answer'),
    answeredAt: at('answered_at'),
  },
  (table) => [
    uniqueIndex('cooperation_note_once').on(table.agency, table.kind, table.noteId),
    index('cooperation_note_waiting').on(table.agency, table.number).where(sql`state = 'waiting'`),
  ],
)

/** Results of one agency that others may let stand in for checks of their own 互认结果. Never changed but to be revoked. */
export const recognition = pgTable(
  'recognition',
  {
    id: text('id').primaryKey(),
    category: text('category').notNull(),
    /** Whose result it is, and of which procedure where a filing brought it. */
    agency: text('agency').notNull(),
    procedure: text('procedure'),
    /** Of a declaration, or of a firm. */
    declarationId: text('declaration_id'),
    filingId: text('filing_id'),
    firm: text('firm'),
    /** What the agency calls it. */
    number: text('number').notNull(),
    /** JSON: the containers and goods it covers. */
    covers: text('covers').notNull(),
    /** The agency's time. */
    at: at('at').notNull(),
    /** Until when, as the agency itself says; a rule may end it sooner. */
    validUntil: at('valid_until'),
    /** Name of the key it was recorded with; null where a receipt brought it. */
    by: text('by'),
    keptAt: at('kept_at').notNull(),
    revokedAt: at('revoked_at'),
    revokedReason: text('revoked_reason'),
    revokedBy: text('revoked_by'),
  },
  (table) => [
    index('recognition_declaration').on(table.declarationId),
    index('recognition_firm').on(table.firm).where(sql`firm IS NOT NULL`),
    uniqueIndex('recognition_once').on(table.filingId, table.category, table.number).where(sql`filing_id IS NOT NULL`),
  ],
)

/** Submissions that carried a recognised result, and what came of it. */
export const recognitionUse = pgTable(
  'recognition_use',
  {
    recognitionId: text('recognition_id').notNull(),
    filingId: text('filing_id').notNull(),
    attempt: integer('attempt').notNull(),
    /** The check it stands in for, by the rule's word. */
    check: text('saved_check').notNull(),
    /** First day of the version of the rule it was used by. */
    rule: date('rule', { mode: 'string' }).notNull(),
    at: at('at').notNull(),
    /** carried; honoured (the agency says it made no check of its own); dropped (it was encoded anew without it) */
    state: text('state').notNull(),
    honouredAt: at('honoured_at'),
  },
  (table) => [
    primaryKey({ columns: [table.recognitionId, table.filingId, table.attempt] }),
    index('recognition_use_filing').on(table.filingId),
  ],
)

/** What one agency asks of another 执法互助. Its steps stand in `assistance_step`. */
export const assistance = pgTable(
  'assistance',
  {
    id: text('id').primaryKey(),
    /** hold, verify, inspect-together, inform */
    act: text('act').notNull(),
    fromAgency: text('from_agency').notNull(),
    toAgency: text('to_agency').notNull(),
    declarationId: text('declaration_id').notNull(),
    /** trader (it may see the request), confidential */
    visibility: text('visibility').notNull(),
    reason: text('reason').notNull(),
    /** open, in-force, answered, declined, cancelled, released, expired */
    status: text('status').notNull(),
    /** What an inspection together is about, and its result: JSON. */
    appointment: text('appointment'),
    result: text('result'),
    dueAt: at('due_at').notNull(),
    /** When a hold ends by itself. */
    expiresAt: at('expires_at'),
    escalatedAt: at('escalated_at'),
    revision: integer('revision').notNull().default(1),
    steps: integer('steps').notNull().default(1),
    by: text('by').notNull(),
    at: at('at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    index('assistance_declaration').on(table.declarationId),
    index('assistance_from').on(table.fromAgency, table.id),
    index('assistance_to').on(table.toAgency, table.id),
    index('assistance_open').on(table.dueAt).where(sql`status IN ('open', 'in-force')`),
  ],
)

/** Every step of a request for assistance; append-only. */
export const assistanceStep = pgTable(
  'assistance_step',
  {
    assistanceId: text('assistance_id').notNull(),
    number: integer('number').notNull(),
    /** asked, told, accepted, answered, declined, escalated, released, cancelled, expired, result, refused */
    what: text('what').notNull(),
    /** An agency, or the window. */
    by: text('by').notNull(),
    /** JSON. */
    data: text('data').notNull(),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.assistanceId, table.number] })],
)
