import { bigserial, boolean, index, integer, numeric, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * A certificate 监管证件 as its issuer told it last, and how much of it this gateway's declarations have taken: the sums of its entries. No
 * declaration takes of it what these say is gone, whatever its issuer answers.
 */
export const certificate = pgTable(
  'certificate',
  {
    typeCode: text('type_code').notNull(),
    number: text('number').notNull(),
    issuer: text('issuer').notNull(),
    /** Firm that holds it; absent before the issuer told. */
    holder: text('holder'),
    /** JSON. */
    facts: text('facts'),
    /** What it is for, in `unitCode`; absent: not for a quantity. */
    quantity: numeric('quantity'),
    unitCode: text('unit_code'),
    /** How often it may be used; absent: without limit. */
    uses: integer('uses'),
    reserved: numeric('reserved').notNull().default('0'),
    committed: numeric('committed').notNull().default('0'),
    usesTaken: integer('uses_taken').notNull().default(0),
    seenAt: at('seen_at'),
  },
  (table) => [primaryKey({ columns: [table.typeCode, table.number] }), index('certificate_holder').on(table.holder)],
)

/** What one filing uses of one certificate, and what is still to be told to its issuer: the outbox, leased like a delivery. Its id is our number of the reservation. */
export const certificateUse = pgTable(
  'certificate_use',
  {
    id: text('id').primaryKey(),
    declarationId: text('declaration_id').notNull(),
    filingId: text('filing_id').notNull(),
    tenant: text('tenant').notNull(),
    traderReference: text('trader_reference').notNull(),
    issuer: text('issuer').notNull(),
    typeCode: text('type_code').notNull(),
    number: text('number').notNull(),
    /** What is wanted, JSON: a use that says the same is the same. */
    use: text('use').notNull(),
    /** The line of the rule table it is networked by, JSON. */
    rule: text('rule').notNull(),
    /** wanted, reserved, refused, committed, released */
    status: text('status').notNull().default('wanted'),
    /** What the issuer is still to be told: reserve, commit, release. */
    asking: text('asking'),
    /** Its filing is granted: to be written off once it is reserved. */
    granted: boolean('granted').notNull().default(false),
    /** The use it takes the place of; that one is given back when this one stands. */
    replaces: text('replaces'),
    /** The filing of a change that would do without it. */
    droppedBy: text('dropped_by'),
    /** In the unit of the certificate. Absent before our own ledger has set it aside. */
    quantity: numeric('quantity'),
    /** What of it counts in our ledger now: less than `quantity` while it shares with what it replaces. */
    held: numeric('held'),
    heldUses: integer('held_uses').notNull().default(0),
    /** The issuer's words against it, JSON. */
    findings: text('findings'),
    /** The issuer's own number of the reservation. */
    reference: text('reference'),
    dueAt: at('due_at'),
    tries: integer('tries').notNull().default(0),
    leaseUntil: at('lease_until'),
    fence: integer('fence').notNull().default(0),
    /** The issuer may have been told without our having its answer. */
    unknown: boolean('unknown').notNull().default(false),
    error: text('error'),
    /** Since when its issuer gives no answer. */
    silentSince: at('silent_since'),
    at: at('at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    index('certificate_use_due').on(table.issuer, table.dueAt),
    index('certificate_use_filing').on(table.filingId),
    index('certificate_use_declaration').on(table.declarationId, table.id),
    index('certificate_use_certificate').on(table.typeCode, table.number, table.id),
  ],
)

/** Every change of what is taken of a certificate 台账; append-only. */
export const certificateEntry = pgTable(
  'certificate_entry',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    typeCode: text('type_code').notNull(),
    number: text('number').notNull(),
    useId: text('use_id').notNull(),
    /** reserve, commit, release, reverse, succeed */
    kind: text('kind').notNull(),
    reserved: numeric('reserved').notNull(),
    committed: numeric('committed').notNull(),
    uses: integer('uses').notNull(),
    at: at('at').notNull(),
  },
  (table) => [index('certificate_entry_certificate').on(table.typeCode, table.number, table.id)],
)

/** Every byte that went to an issuer and came back; append-only. */
export const certificateMessage = pgTable(
  'certificate_message',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** Absent for a check that reserves nothing. */
    useId: text('use_id'),
    issuer: text('issuer').notNull(),
    /** verify, reserve, commit, release, inquiry */
    kind: text('kind').notNull(),
    method: text('method').notNull(),
    path: text('path').notNull(),
    body: text('body'),
    status: integer('status'),
    answer: text('answer'),
    error: text('error'),
    at: at('at').notNull(),
  },
  (table) => [index('certificate_message_use').on(table.useId, table.id)],
)
