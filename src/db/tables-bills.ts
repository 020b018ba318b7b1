import { sql } from 'drizzle-orm'
import { date, index, integer, numeric, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const day = (name: string) => date(name, { mode: 'string' })

/** A bill that was checked against the list 账单核对. */
export const billCheck = pgTable(
  'bill_check',
  {
    id: text('id').primaryKey(),
    tenant: text('tenant').notNull(),
    /** The bill as it was given and what was found, as JSON. */
    bill: text('bill').notNull(),
    findings: text('findings').notNull(),
    edition: integer('edition').notNull(),
    port: text('port').notNull(),
    payee: text('payee'),
    issuedOn: day('issued_on').notNull(),
    at: at('at').notNull(),
  },
  (table) => [index('bill_check_tenant').on(table.tenant, table.id), index('bill_check_issued').on(table.issuedOn)],
)

/** One judged line of a checked bill, for those who count. */
export const billCheckLine = pgTable(
  'bill_check_line',
  {
    checkId: text('check_id').notNull(),
    line: integer('line').notNull(),
    verdict: text('verdict').notNull(),
    fee: text('fee'),
    kind: text('kind'),
    port: text('port').notNull(),
    payee: text('payee'),
    issuedOn: day('issued_on').notNull(),
    charged: numeric('charged', { precision: 18, scale: 2 }).notNull(),
    /** What should have been charged at most; absent where it cannot be said. */
    most: numeric('most', { precision: 18, scale: 2 }),
    over: numeric('over', { precision: 18, scale: 2 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.checkId, table.line] }),
    index('bill_check_line_issued').on(table.issuedOn, table.payee),
  ],
)

/** A trader's complaint about a bill 价格投诉. */
export const feeComplaint = pgTable(
  'fee_complaint',
  {
    /** Case number 受理编号. */
    number: text('number').primaryKey(),
    checkId: text('check_id').notNull(),
    tenant: text('tenant').notNull(),
    payee: text('payee').notNull(),
    /** The payee's firm when it was filed: whose keys may read and answer it. */
    payeeTenant: text('payee_tenant'),
    port: text('port').notNull(),
    lines: integer('lines').array().notNull(),
    amount: numeric('amount', { precision: 18, scale: 2 }).notNull(),
    /** filed, answered, settled, disputed, decided, withdrawn */
    status: text('status').notNull(),
    revision: integer('revision').notNull().default(1),
    filedAt: at('filed_at').notNull(),
    dueOn: day('due_on').notNull(),
    closedAt: at('closed_at'),
  },
  (table) => [
    index('fee_complaint_tenant').on(table.tenant, table.number),
    index('fee_complaint_payee').on(table.payee, table.number),
    index('fee_complaint_payee_tenant').on(table.payeeTenant, table.number),
    index('fee_complaint_check').on(table.checkId),
    index('fee_complaint_open').on(table.dueOn).where(sql`closed_at IS NULL`),
  ],
)

/** What happened to a complaint, in order. Append-only. */
export const feeComplaintStep = pgTable(
  'fee_complaint_step',
  {
    number: text('number').notNull(),
    step: integer('step').notNull(),
    what: text('what').notNull(),
    by: text('by').notNull(),
    text: text('text').notNull(),
    /** What goes with it, as JSON: an offered refund, a decision. */
    data: text('data'),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.number, table.step] })],
)

/** A round of assessment 定期评估. */
export const assessmentRound = pgTable(
  'assessment_round',
  {
    id: text('id').primaryKey(),
    /** `2026-Q3` where it is the quarter's own, else absent. */
    quarter: text('quarter').unique(),
    title: text('title').notNull(),
    periodFrom: day('period_from').notNull(),
    periodTo: day('period_to').notNull(),
    edition: integer('edition'),
    /** requested, computed, published, failed */
    status: text('status').notNull(),
    revision: integer('revision').notNull().default(1),
    /** SHA-256 over everything it was computed from; and the report, as canonical JSON, with its own. */
    inputDigest: text('input_digest'),
    report: text('report'),
    reportDigest: text('report_digest'),
    trouble: text('trouble'),
    requestedBy: text('requested_by').notNull(),
    requestedAt: at('requested_at').notNull(),
    computedAt: at('computed_at'),
    /** Last day payees may reply. */
    repliesUntil: day('replies_until'),
    publishedAt: at('published_at'),
    publishedBy: text('published_by'),
  },
  (table) => [index('assessment_round_status').on(table.status, table.id)],
)

/** A finding of a round, the payee's reply and the officer's decision. */
export const assessmentFinding = pgTable(
  'assessment_finding',
  {
    round: text('round').notNull(),
    number: integer('number').notNull(),
    rule: text('rule').notNull(),
    /** reasonable, watch, high, violation: as computed. */
    level: text('level').notNull(),
    fee: text('fee'),
    kind: text('kind'),
    port: text('port'),
    payee: text('payee'),
    reply: text('reply'),
    repliedBy: text('replied_by'),
    repliedAt: at('replied_at'),
    /** The level an officer decided on, and why. */
    decision: text('decision'),
    remark: text('remark'),
    decidedBy: text('decided_by'),
    decidedAt: at('decided_at'),
  },
  (table) => [
    primaryKey({ columns: [table.round, table.number] }),
    index('assessment_finding_payee').on(table.payee, table.round),
  ],
)
