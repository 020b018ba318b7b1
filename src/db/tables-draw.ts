import {
  bigint,
  bigserial,
  boolean,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const drawKey = { agency: text('agency').notNull(), day: date('day', { mode: 'string' }).notNull() }

/** The officers 执法检查人员名录 an agency draws from, each version whole; append-only. Names are never published. */
export const drawRoster = pgTable(
  'draw_roster',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    agency: text('agency').notNull(),
    revision: integer('revision').notNull(),
    /** Code, name, whether on duty, firms they must not inspect 回避; canonical JSON. */
    officers: text('officers').notNull(),
    by: text('by').notNull(),
    at: at('at').notNull(),
  },
  (table) => [uniqueIndex('draw_roster_revision').on(table.agency, table.revision)],
)

/** The draw 双随机抽查 of an agency and a day, as it was committed to before it began; append-only. */
export const draw = pgTable(
  'draw',
  {
    ...drawKey,
    beginsAt: at('begins_at').notNull(),
    endsAt: at('ends_at').notNull(),
    /** Seed and salt, sealed with the operator's key where there is one. */
    seed: text('seed').notNull(),
    salt: text('salt').notNull(),
    /** SHA-256 of the seed and of the salt, hexadecimal. */
    seedHash: text('seed_hash').notNull(),
    saltHash: text('salt_hash').notNull(),
    /** Codes of the officers on duty, JSON; the roster as a whole is committed to under the salt. */
    officers: text('officers').notNull(),
    /** How many of them are drawn for each declaration that is selected. */
    officersDrawn: integer('officers_drawn').notNull(),
    rosterHash: text('roster_hash').notNull(),
    rosterRevision: integer('roster_revision').notNull(),
    committedAt: at('committed_at').notNull(),
    /** Hash of everything above that is published: the first link of the chain of lots. */
    hash: text('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.agency, table.day] })],
)

/** Declarations registered with an agency that wait to be drawn, written where they are registered; gone once they have their lot. */
export const drawCandidate = pgTable(
  'draw_candidate',
  {
    agency: text('agency').notNull(),
    declarationId: text('declaration_id').notNull(),
    registeredAt: at('registered_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agency, table.declarationId] }),
    index('draw_candidate_order').on(table.agency, table.registeredAt, table.declarationId),
  ],
)

/** A declaration's lot 签 in a draw, chained to the one before; append-only. */
export const drawLot = pgTable(
  'draw_lot',
  {
    ...drawKey,
    number: integer('number').notNull(),
    declarationId: text('declaration_id').notNull(),
    /** What it is called in public. */
    lot: text('lot').notNull(),
    ppm: integer('ppm').notNull(),
    /** The kept risk the probability is of. */
    risk: bigint('risk', { mode: 'number' }).notNull(),
    /** Days of the versions of the rule tables, JSON. */
    rules: text('rules').notNull(),
    /** Codes of officers who must not inspect this one, JSON. */
    excused: text('excused').notNull(),
    /** It was registered before the seed was committed to. */
    early: boolean('early').notNull(),
    hash: text('hash').notNull(),
    /** Codes of the officers drawn for it, JSON; absent when it was not selected. Nobody's but the agency's before the day is over. */
    officers: text('officers'),
    at: at('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agency, table.day, table.number] }),
    uniqueIndex('draw_lot_declaration').on(table.agency, table.declarationId),
  ],
)

/** The end of a draw's day: how many lots there are, committed to before the seed is told; append-only. */
export const drawClosing = pgTable(
  'draw_closing',
  {
    ...drawKey,
    count: integer('count').notNull(),
    root: text('root').notNull(),
    head: text('head').notNull(),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.agency, table.day] })],
)

/** That the seed of a closed draw is public, and what it is; append-only. */
export const drawReveal = pgTable(
  'draw_reveal',
  { ...drawKey, seed: text('seed').notNull(), selected: integer('selected').notNull(), at: at('at').notNull() },
  (table) => [primaryKey({ columns: [table.agency, table.day] })],
)

/** What an inspection of a selected declaration found 抽查结果, and corrections of it, chained; append-only. */
export const drawResult = pgTable(
  'draw_result',
  {
    ...drawKey,
    number: integer('number').notNull(),
    lotNumber: integer('lot_number').notNull(),
    outcome: text('outcome').notNull(),
    /** The day of the inspection. */
    inspectedOn: date('inspected_on', { mode: 'string' }).notNull(),
    hash: text('hash').notNull(),
    by: text('by').notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agency, table.day, table.number] }),
    index('draw_result_lot').on(table.agency, table.day, table.lotNumber),
  ],
)
