import { pgTable, text } from 'drizzle-orm/pg-core'
import { declarationDraft } from './tables-drafts.ts'

/** What was read from the documents a draft was proposed from 智能单证申报; gone with its draft. JSON. */
export const declarationDraftProposal = pgTable('declaration_draft_proposal', {
  draftId: text('draft_id')
    .primaryKey()
    .references(() => declarationDraft.id, { onDelete: 'cascade' }),
  proposal: text().notNull(),
})
