import { integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** What was done with a key 密钥留痕: made, replaced, revoked, by whom; append-only. */
export const apiKeyStep = pgTable(
  'api_key_step',
  {
    keyId: text('key_id').notNull(),
    number: integer('number').notNull(),
    /** made, replaced, revoked */
    what: text('what').notNull(),
    /** Name of whose key did it; absent: the operator, by the command line. */
    by: text('by'),
    byKey: text('by_key'),
    /** Of a replacement: the new key, and when the old one ends. JSON. */
    data: text('data').notNull().default('{}'),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.number] })],
)
