import { boolean, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A run of the conformance kit 符合性测试 that somebody asked for. */
export const conformanceRun = pgTable(
  'conformance_run',
  {
    id: text('id').primaryKey(),
    /** The firm it was asked for; absent: an operator's. */
    tenant: text('tenant'),
    by: text('by').notNull(),
    /** adapter, agency */
    what: text('what').notNull(),
    /** Adapters and agencies by their ids, in the order they are judged. */
    targets: text('targets').array().notNull(),
    /** The endpoint that is judged; absent: the simulator's. */
    url: text('url'),
    /** waiting, running, done, failed */
    status: text('status').notNull().default('waiting'),
    /** Why it ended before its end. JSON. */
    trouble: text('trouble'),
    createdAt: at('created_at').notNull(),
    startedAt: at('started_at'),
    endedAt: at('ended_at'),
  },
  (table) => [index('conformance_run_tenant').on(table.tenant, table.id)],
)

/** What a run has found of one target so far. */
export const conformanceReport = pgTable(
  'conformance_report',
  {
    runId: text('run_id').notNull(),
    target: text('target').notNull(),
    /** Scenarios there are, and how those judged so far came out. */
    scenarios: integer('scenarios').notNull(),
    conformant: integer('conformant').notNull(),
    notConformant: integer('not_conformant').notNull(),
    notApplicable: integer('not_applicable').notNull(),
    /** Whether every scenario was judged. */
    complete: boolean('complete').notNull(),
    /** As the kit says it (conformance/verdict.ts); JSON. */
    report: text('report').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.target] })],
)

/** A report of a run as a document: for tools that read JUnit, for people who read Markdown. */
export const conformanceDocument = pgTable(
  'conformance_document',
  {
    runId: text('run_id').notNull(),
    format: text('format').notNull(),
    language: text('language').notNull(),
    content: text('content').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.format, table.language] })],
)
