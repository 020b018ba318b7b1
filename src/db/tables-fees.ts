import {
  bigint,
  bigserial,
  customType,
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
const day = (name: string) => date(name, { mode: 'string' })
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** One version of an entry of the fee catalogue 收费目录条目: a port, a payee, a legal basis, a fee, a rule … Written once, never changed. */
export const catalogueRevision = pgTable(
  'catalogue_revision',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    type: text('type').notNull(),
    entryId: text('entry_id').notNull(),
    /** Canonical JSON. */
    content: text('content').notNull(),
    digest: text('digest').notNull(),
  },
  (table) => [uniqueIndex('catalogue_revision_content').on(table.type, table.entryId, table.digest)],
)

/** A published edition of the catalogue 目录版次: the whole list, from a day on. Only its withdrawal and what was told of it are written later. */
export const edition = pgTable('catalogue_edition', {
  number: integer('number').primaryKey(),
  draftId: text('draft_id').notNull(),
  title: text('title').notNull(),
  reason: text('reason').notNull(),
  /** When it was announced 公示; last day comments are taken; the first day it holds (Asia/Shanghai). */
  announcedAt: at('announced_at').notNull(),
  noticeUntil: day('notice_until').notNull(),
  validFrom: day('valid_from').notNull(),
  draftedBy: text('drafted_by').notNull(),
  approvedBy: text('approved_by').notNull(),
  entries: integer('entries').notNull(),
  previousDigest: text('previous_digest'),
  /** SHA-256 of its document; signature and key, base64url. */
  digest: text('digest').notNull(),
  signature: text('signature').notNull(),
  signingKey: text('signing_key').notNull(),
  withdrawnAt: at('withdrawn_at'),
  withdrawnFrom: day('withdrawn_from'),
  withdrawnBy: text('withdrawn_by'),
  withdrawnBecause: text('withdrawn_because'),
  /** When those who listen were told that it holds. */
  inForceToldAt: at('in_force_told_at'),
})

/** What an edition consists of. */
export const editionEntry = pgTable(
  'catalogue_edition_entry',
  {
    edition: integer('edition').notNull(),
    type: text('type').notNull(),
    entryId: text('entry_id').notNull(),
    revisionId: bigint('revision_id', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.edition, table.type, table.entryId] }),
    index('catalogue_edition_entry_history').on(table.type, table.entryId, table.edition),
  ],
)

/** Changes on their way to an edition 修订稿. */
export const draft = pgTable(
  'catalogue_draft',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    reason: text('reason').notNull(),
    /** The payee it may speak of; absent: all. */
    payee: text('payee'),
    /** The edition it changes. */
    base: integer('base').notNull(),
    /** open, submitted, returned, published, discarded */
    status: text('status').notNull(),
    revision: integer('revision').notNull().default(1),
    validFrom: day('valid_from').notNull(),
    /** Name and hash of the key of whoever drafted it: may not approve it. */
    author: text('author').notNull(),
    authorKey: text('author_key').notNull(),
    /** All who changed it: the hash of the key, a blank, the name. */
    contributors: text('contributors').array().notNull(),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    submittedAt: at('submitted_at'),
    decidedAt: at('decided_at'),
    decidedBy: text('decided_by'),
    remark: text('remark'),
    edition: integer('edition'),
  },
  (table) => [index('catalogue_draft_status').on(table.status, table.id)],
)

/** One entry a draft puts or takes out. */
export const draftChange = pgTable(
  'catalogue_draft_change',
  {
    draftId: text('draft_id').notNull(),
    type: text('type').notNull(),
    entryId: text('entry_id').notNull(),
    /** Canonical JSON; absent: the entry is taken out. */
    content: text('content'),
    /** Why an entry is taken out. */
    reason: text('reason'),
    /** Row of the import it came with. */
    importId: text('import_id'),
    row: integer('row'),
    by: text('by').notNull(),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.type, table.entryId] })],
)

/** What the public says to an announced edition 公众意见. */
export const editionComment = pgTable(
  'catalogue_comment',
  {
    id: text('id').primaryKey(),
    edition: integer('edition').notNull(),
    fee: text('fee'),
    name: text('name').notNull(),
    text: text('text').notNull(),
    at: at('at').notNull(),
    answer: text('answer'),
    answeredBy: text('answered_by'),
    answeredAt: at('answered_at'),
    /** Why it is not shown any more, and who decided that. */
    hiddenBecause: text('hidden_because'),
    hiddenBy: text('hidden_by'),
    hiddenAt: at('hidden_at'),
  },
  (table) => [index('catalogue_comment_edition').on(table.edition, table.id)],
)

/** What editions are signed with: sealed where the operator has a key for that. */
export const catalogueKey = pgTable('catalogue_key', {
  publicKey: text('public_key').primaryKey(),
  sealed: text('sealed').notNull(),
  createdAt: at('created_at').notNull(),
  retiredAt: at('retired_at'),
})

/** A file of fees read into a draft 批量导入. */
export const feeImport = pgTable(
  'fee_import',
  {
    id: text('id').primaryKey(),
    draftId: text('draft_id').notNull(),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    file: bytes('file'),
    fileDigest: text('file_digest').notNull(),
    /** waiting, reading, done, failed */
    status: text('status').notNull(),
    /** How often it was begun: a run that another one overtook writes no more. */
    run: integer('run').notNull().default(0),
    rowsTotal: integer('rows_total'),
    rowsRead: integer('rows_read').notNull().default(0),
    feesKept: integer('fees_kept').notNull().default(0),
    rowsRefused: integer('rows_refused').notNull().default(0),
    /** What is wrong with the file as a whole, as JSON. */
    trouble: text('trouble'),
    by: text('by').notNull(),
    byKey: text('by_key').notNull(),
    createdAt: at('created_at').notNull(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (table) => [index('fee_import_draft').on(table.draftId, table.id)],
)

/** What is wrong with one cell of an imported file. */
export const feeImportIssue = pgTable(
  'fee_import_issue',
  {
    importId: text('import_id').notNull(),
    number: integer('number').notNull(),
    row: integer('row').notNull(),
    column: text('column').notNull(),
    code: text('code').notNull(),
    detail: text('detail').notNull(),
    detailZh: text('detail_zh').notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.number] })],
)
