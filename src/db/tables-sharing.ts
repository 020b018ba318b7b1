import { index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Every time an agency read of a declaration what its purpose allows 共享查询日志; append-only, each row tied to the one before it. */
export const sharedRead = pgTable(
  'shared_read',
  {
    declarationId: text('declaration_id').notNull(),
    /** 1, 2, 3 … within the declaration. */
    number: integer('number').notNull(),
    /** What the trader knows it by: a number would tell how many are not disclosed yet. */
    id: text('id').notNull(),
    agency: text('agency').notNull(),
    /** Name of the key it was read with. */
    by: text('by').notNull(),
    purpose: text('purpose').notNull(),
    /** What it was read for, in the agency's own numbering. */
    caseNumber: text('case_number').notNull(),
    /** read, search */
    kind: text('kind').notNull(),
    /** The version of the declaration that was read. */
    version: integer('version').notNull(),
    /** The version of the policy it was allowed by. */
    policy: text('policy').notNull(),
    /** The legal basis, bilingual; JSON. */
    basis: text('basis').notNull(),
    /** Patterns of the fields whose values were shown; JSON. */
    fields: text('fields').notNull(),
    at: at('at').notNull(),
    /** When the trader may see it. */
    discloseAt: at('disclose_at').notNull(),
    /** SHA-256 over all of it and the hash of the row before (src/sharing/chain.ts). */
    hash: text('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.declarationId, table.number] }),
    index('shared_read_id').on(table.declarationId, table.id),
  ],
)

/** Values declarations are searched by 查询键, of the version that counts; a pattern each. */
export const sharedKey = pgTable(
  'shared_key',
  {
    pattern: text('pattern').notNull(),
    value: text('value').notNull(),
    declarationId: text('declaration_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.pattern, table.value, table.declarationId] }),
    index('shared_key_declaration').on(table.declarationId),
  ],
)

/** Declarations whose values are in `sharedKey`, and of which version. */
export const sharedKeyed = pgTable('shared_keyed', {
  declarationId: text('declaration_id').primaryKey(),
  version: integer('version').notNull(),
})

/** Up to which declaration (by id) all have been looked at for `sharedKey`; one row. */
export const sharedKeyCursor = pgTable('shared_key_cursor', {
  id: integer('id').primaryKey(),
  declarationId: text('declaration_id').notNull(),
})

/** What an agency wants to be told of 共享订阅. */
export const sharedSubscription = pgTable(
  'shared_subscription',
  {
    id: text('id').primaryKey(),
    agency: text('agency').notNull(),
    by: text('by').notNull(),
    purpose: text('purpose').notNull(),
    caseNumber: text('case_number').notNull(),
    /** By what declarations are found: `declaration`, or a kind of search. */
    filter: text('filter').notNull(),
    value: text('value').notNull(),
    /** Patterns; JSON; absent: all the purpose allows. */
    fields: text('fields'),
    at: at('at').notNull(),
    endedAt: at('ended_at'),
  },
  (table) => [index('shared_subscription_agency').on(table.agency, table.id)],
)
