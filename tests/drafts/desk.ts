import { expect } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import {
  type DeclarationDraftAnswer,
  type DeclarationDraftCheck,
  declarationDraftAnswer,
  declarationDraftCheck,
} from '../../schemas/declaration-draft.ts'
import { freshKey } from '../routes/support.ts'
import { openWorld } from '../support/world.ts'

export const root = '/v1/declaration-drafts'
/** A draft as it was seen. */
export interface SeenDraft {
  readonly id: string
  readonly revision: number
}
export const tagOf = ({ id, revision }: SeenDraft) => ({ 'if-match': `"${id}.${revision}"` })

/** A document of a draft with something else in it. */
export function edited(draft: DeclarationDraftAnswer, change: (document: Declaration) => void): Declaration {
  const document = structuredClone(draft.document) as unknown as Declaration
  change(document)
  return document
}

/** A world in which a trader draws up declarations. */
export async function openDraftDesk() {
  const world = await openWorld()
  const put = (draft: SeenDraft, body: unknown) =>
    world.call('PUT', `${root}/${draft.id}`, { body, headers: tagOf(draft) })
  return {
    world,
    put,
    async begin(body: unknown = {}): Promise<DeclarationDraftAnswer> {
      const response = await world.call('POST', root, { body, headers: freshKey() })
      expect(response.status).toBe(201)
      const draft = declarationDraftAnswer.strict().parse(await response.json())
      expect(response.headers.get('location')).toBe(`${root}/${draft.id}`)
      expect(response.headers.get('etag')).toBe(tagOf(draft)['if-match'])
      return draft
    },
    read: async (id: string): Promise<DeclarationDraftAnswer> =>
      declarationDraftAnswer.strict().parse(await (await world.call('GET', `${root}/${id}`)).json()),
    async replace(draft: SeenDraft, body: unknown): Promise<DeclarationDraftAnswer> {
      const response = await put(draft, body)
      expect(response.status).toBe(200)
      return declarationDraftAnswer.strict().parse(await response.json())
    },
    async check(id: string): Promise<DeclarationDraftCheck> {
      const response = await world.call('GET', `${root}/${id}/check`)
      expect(response.status).toBe(200)
      return declarationDraftCheck.strict().parse(await response.json())
    },
    handIn: (draft: SeenDraft, headers = freshKey()) =>
      world.call('POST', `${root}/${draft.id}/submissions`, { headers: { ...tagOf(draft), ...headers } }),
    /** Waits until customs holds a declaration. */
    heldByCustoms: (id: string) =>
      world.until(id, ({ filings }) =>
        filings.some(
          ({ agency, status }) => agency === 'customs' && ['registered', 'in-review', 'approved'].includes(status),
        ),
      ),
  }
}
