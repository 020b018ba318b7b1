import { index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A draft of a declaration 申报草稿. */
export const declarationDraft = pgTable(
  'declaration_draft',
  {
    id: text('id').primaryKey(),
    tenant: text('tenant').notNull(),
    revision: integer('revision').notNull().default(1),
    title: text('title'),
    /** As JSON: the declaration as far as it is filled in, the values nobody has confirmed, the particulars of an amendment itself. */
    document: text('document').notNull(),
    guesses: text('guesses').notNull(),
    particulars: text('particulars'),
    reason: text('reason'),
    /** Of the document, for lists. */
    functionalReferenceId: text('functional_reference_id'),
    direction: text('direction'),
    items: integer('items').notNull(),
    guessCount: integer('guess_count').notNull(),
    /** The declaration it corrects or amends, as of which version. */
    declarationId: text('declaration_id'),
    purpose: text('purpose'),
    version: integer('version'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    updatedBy: text('updated_by').notNull(),
  },
  (table) => [index('declaration_draft_tenant').on(table.tenant, table.id)],
)

/** What became of a draft that was handed in. Written in the transaction that hands it in and takes it out. */
export const declarationDraftOutcome = pgTable('declaration_draft_outcome', {
  draftId: text('draft_id').primaryKey(),
  tenant: text('tenant').notNull(),
  declarationId: text('declaration_id').notNull(),
  at: at('at').notNull(),
})
