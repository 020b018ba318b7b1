import { integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Days (UTC) no event can be dated in any more. */
export const closedDay = pgTable('closed_day', { day: text('day').primaryKey(), at: at('at').notNull() })

/** The seal of a closed day 日封: a Merkle root over the heads of every declaration that changed in it; append-only. */
export const seal = pgTable('seal', {
  day: text('day').primaryKey(),
  count: integer('count').notNull(),
  root: text('root').notNull(),
  /** Hash of the seal before. */
  previous: text('previous').notNull(),
  hash: text('hash').notNull(),
  at: at('at').notNull(),
  /** Ed25519 over the hash, and its public key, where the operator has one. */
  signature: text('signature'),
  key: text('key'),
})

/** That a declaration is in a day's seal: its head at the end of the day, and the way from there to the root; append-only. */
export const sealProof = pgTable(
  'seal_proof',
  {
    declarationId: text('declaration_id').notNull(),
    day: text('day').notNull(),
    position: integer('position').notNull(),
    head: text('head').notNull(),
    path: text('path').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.declarationId, table.day] }),
    uniqueIndex('seal_proof_position').on(table.day, table.position),
  ],
)
