import { index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

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

/** A check of what was kept 审计验证, as an administrator asked for it: of everything, or of one declaration. */
export const auditVerification = pgTable(
  'audit_verification',
  {
    id: text('id').primaryKey(),
    /** Absent: everything there is. */
    declarationId: text('declaration_id'),
    /** What the seals are held against, known from elsewhere: a public key, the hash of a seal. */
    pinnedKey: text('pinned_key'),
    pinnedSeal: text('pinned_seal'),
    /** waiting, running, whole, broken, failed */
    status: text('status').notNull(),
    /** Declarations looked at so far, and how many there were when it began. */
    checked: integer('checked').notNull().default(0),
    total: integer('total').notNull().default(0),
    /** What was found: counts and the newest seal where it is whole, the first broken link where it is not; JSON. */
    found: text('found'),
    by: text('by').notNull(),
    requestedAt: at('requested_at').notNull(),
    doneAt: at('done_at'),
  },
  (table) => [index('audit_verification_status').on(table.status)],
)
