import { bigint, bigserial, date, index, integer, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Credit levels 信用等级 of firms as their agencies gave them, the whole history; append-only. The newest by its own day holds. */
export const firmCredit = pgTable(
  'firm_credit',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** Unified social credit code. */
    firm: text('firm').notNull(),
    scheme: text('scheme').notNull(),
    agency: text('agency').notNull(),
    level: text('level').notNull(),
    /** Its place in the scheme when it was given: 1 is the best. */
    rank: smallint('rank').notNull(),
    /** The first day (Asia/Shanghai) it holds. */
    since: date('since', { mode: 'string' }).notNull(),
    /** rating, repair, correction */
    occasion: text('occasion').notNull(),
    reason: text('reason').notNull(),
    basis: text('basis').notNull(),
    /** The row it stands instead of: that one was a mistake and no longer counts. */
    corrects: bigint('corrects', { mode: 'number' }).unique(),
    /** Name of the key it was given with. */
    by: text('by').notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    index('firm_credit_firm').on(table.firm, table.scheme, table.since, table.id),
    index('firm_credit_level').on(table.scheme, table.level, table.firm),
  ],
)

/** What followed elsewhere from a level of a firm 联动: a bound on its level in another scheme, or a factor of risk; append-only. */
export const creditConsequence = pgTable(
  'credit_consequence',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    firm: text('firm').notNull(),
    /** The row of `firmCredit` it follows from. */
    cause: bigint('cause', { mode: 'number' }).notNull(),
    /** at-most, risk */
    kind: text('kind').notNull(),
    /** Whom it concerns. */
    agency: text('agency').notNull(),
    /** at-most: the level in that agency's scheme that is the best it may have. */
    scheme: text('scheme'),
    level: text('level'),
    rank: smallint('rank'),
    /** risk: what the probability of inspection is multiplied by. */
    factor: text('factor'),
    /** The rule: the day of its version, its source, and why in both languages; JSON. */
    rule: text('rule').notNull(),
    at: at('at').notNull(),
  },
  (table) => [index('credit_consequence_firm').on(table.firm, table.id)],
)

/** When a consequence ended: its cause was lifted, or its rule; append-only. */
export const creditConsequenceEnd = pgTable('credit_consequence_end', {
  consequence: bigint('consequence', { mode: 'number' }).primaryKey(),
  at: at('at').notNull(),
})

/** The probability of inspection of a declaration as it was computed 查验概率, with every factor; append-only. */
export const declarationRisk = pgTable(
  'declaration_risk',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    declarationId: text('declaration_id').notNull(),
    agency: text('agency').notNull(),
    version: integer('version').notNull(),
    /** In millionths. */
    ppm: integer('ppm').notNull(),
    /** Factors with their rules; canonical JSON. */
    basis: text('basis').notNull(),
    at: at('at').notNull(),
  },
  (table) => [index('declaration_risk_declaration').on(table.declarationId, table.agency, table.id)],
)
