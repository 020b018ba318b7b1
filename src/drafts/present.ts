import type { DraftGuess } from '../../schemas/declaration-draft.ts'
import type { DraftLine, KeptDraft } from '../db/declaration-drafts.ts'

type Tree = { readonly [key: string]: unknown }

/** A draft in a list. */
export const presentDraftLine = ({ guessCount, ...draft }: DraftLine) => ({
  ...presentHead(draft),
  guesses: guessCount,
})

/** A draft, whole. */
export const presentDraft = (draft: KeptDraft) => ({
  ...presentHead(draft),
  document: JSON.parse(draft.document) as Tree,
  guesses: JSON.parse(draft.guesses) as DraftGuess[],
  ...(draft.reason === null ? {} : { reason: draft.reason }),
  ...(draft.particulars === null ? {} : { particulars: JSON.parse(draft.particulars) as Tree }),
})

function presentHead(draft: Omit<DraftLine, 'guessCount'>) {
  const { id, title, functionalReferenceId, direction, basis } = draft
  const self = `/v1/declaration-drafts/${id}`
  return {
    id,
    ...(title === null ? {} : { title }),
    ...(functionalReferenceId === null ? {} : { functionalReferenceId }),
    ...(direction === null ? {} : { direction }),
    items: draft.items,
    ...(basis === undefined
      ? {}
      : {
          basis: {
            ...basis,
            current: draft.current ?? basis.version,
            href: `/v1/declarations/${basis.declarationId}`,
          },
        }),
    revision: draft.revision,
    createdAt: draft.createdAt.toISOString(),
    updatedAt: draft.updatedAt.toISOString(),
    updatedBy: draft.updatedBy,
    links: { self, check: `${self}/check`, submissions: `${self}/submissions` },
  }
}
