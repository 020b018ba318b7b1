import { bigserial, date, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Versions of rule tables 规则表 that admins have published beside those that come with the project; append-only. */
export const ruleVersion = pgTable(
  'rule_version',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    table: text('rule_table').notNull(),
    /** The first day (Asia/Shanghai) it holds. Of one day the version published last counts. */
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    source: text('source').notNull(),
    evidence: text('evidence').notNull(),
    note: text('note'),
    /** JSON. */
    rows: text('rows').notNull(),
    reason: text('reason').notNull(),
    /** Name of the key it was published with. */
    by: text('by').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index('rule_version_table').on(table.table, table.validFrom, table.id)],
)
