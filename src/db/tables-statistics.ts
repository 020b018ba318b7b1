import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
/** Kinds of figures, whose time it is and the groupings, joined by `|` (src/statistics/cell.ts). */
const cell = () => text('cell').notNull()

/** What a declaration counts for in the statistics 统计贡献, as far as its receipts tell by now: one row a figure. */
export const clearanceContribution = pgTable(
  'clearance_contribution',
  {
    declarationId: text('declaration_id').notNull(),
    kind: text('kind').notNull(),
    /** The filing whose time it is; empty for what is of the declaration as a whole. */
    filingId: text('filing_id').notNull(),
    month: text('month').notNull(),
    cell: cell(),
    firm: text('firm').notNull(),
    start: text('start').notNull(),
    bucket: integer('bucket').notNull(),
    /** Seconds, or fen a container. */
    amount: bigint('amount', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.declarationId, table.kind, table.filingId] })],
)

/** What is still to be added to the cells, or taken out: appended with what is recorded, folded in by a job. Nobody waits for a cell. */
export const clearanceDelta = pgTable('clearance_delta', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  month: text('month').notNull(),
  cell: cell(),
  firm: text('firm').notNull(),
  start: text('start').notNull(),
  bucket: integer('bucket').notNull(),
  amount: bigint('amount', { mode: 'number' }).notNull(),
  /** 1 or -1. */
  sign: smallint('sign').notNull(),
})

/** The finest groups of a month: how many, how much, and from where their times start. */
export const clearanceCell = pgTable(
  'clearance_cell',
  {
    month: text('month').notNull(),
    cell: cell(),
    start: text('start').notNull(),
    count: integer('count').notNull(),
    amount: bigint('amount', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.month, table.cell, table.start] }),
    index('clearance_cell_empty').on(table.month).where(sql`count = 0`),
  ],
)

/** Histogram of each cell. */
export const clearanceBucket = pgTable(
  'clearance_bucket',
  {
    month: text('month').notNull(),
    cell: cell(),
    bucket: integer('bucket').notNull(),
    count: integer('count').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.month, table.cell, table.bucket] }),
    index('clearance_bucket_empty').on(table.month).where(sql`count = 0`),
  ],
)

/** How many of a cell's declarations are whose: never published, only looked at before something is. */
export const clearanceFirm = pgTable(
  'clearance_firm',
  {
    month: text('month').notNull(),
    cell: cell(),
    firm: text('firm').notNull(),
    count: integer('count').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.month, table.cell, table.firm] }),
    index('clearance_firm_empty').on(table.month).where(sql`count = 0`),
  ],
)

/** Months whose figures were published 统计发布, once and for good; append-only. */
export const clearancePublication = pgTable('clearance_publication', {
  month: text('month').primaryKey(),
  publishedAt: at('published_at').notNull(),
  /** The rules it was made by; JSON. */
  rules: text('rules').notNull(),
  /** What it covers; JSON. */
  covered: text('covered').notNull(),
})

/** The published figures: every table that can be asked for, ready; append-only. Small groups are merged or left out before anything comes here. */
export const clearanceFigure = pgTable(
  'clearance_figure',
  {
    month: text('month').notNull(),
    kind: text('kind').notNull(),
    /** Which groupings it is split by, one bit each; all of them for the groups everything else is summed from. */
    split: smallint('split').notNull(),
    agency: text('agency').notNull(),
    procedure: text('procedure').notNull(),
    direction: text('direction').notNull(),
    mode: text('mode').notNull(),
    district: text('district').notNull(),
    credit: text('credit').notNull(),
    count: integer('count').notNull(),
    amount: bigint('amount', { mode: 'number' }).notNull(),
    /** Packed (src/statistics/histogram.ts). */
    histogram: bytes('histogram').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.kind,
        table.split,
        table.month,
        table.agency,
        table.procedure,
        table.direction,
        table.mode,
        table.district,
        table.credit,
      ],
    }),
  ],
)

/** Counting anew 重算 on an admin's word. */
export const clearanceRecount = pgTable('clearance_recount', {
  id: text('id').primaryKey(),
  requestedAt: at('requested_at').notNull(),
  by: text('by').notNull(),
  /** The last declaration it has looked at: it goes on from there. */
  after: text('after').notNull().default(''),
  declarations: integer('declarations').notNull().default(0),
  corrected: integer('corrected').notNull().default(0),
  doneAt: at('done_at'),
})
