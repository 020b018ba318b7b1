import { expect } from 'vitest'
import type { DeclarationDraftAnswer } from '../../schemas/declaration-draft.ts'
import { freshKey } from '../routes/support.ts'
import { openWorld } from '../support/world.ts'
import { type Clerk, clerkOf, type Seen } from './clerk.ts'

/** The form of a draft's page. */
export const form = /\/drafts\/\w{20}\/[\w/-]+$/
/** The draft a page led to. */
export const idOf = ({ location }: Seen): string => /\/drafts\/(\w{20})/.exec(location)?.[1] ?? ''

/** A trader who draws up declarations on pages, without a browser. */
export async function openDraftPages() {
  const world = await openWorld()
  const clerk = await clerkOf(world, world.keys.trader)
  const root = '/v1/declaration-drafts'
  return {
    world,
    clerk,
    async made(body: unknown): Promise<DeclarationDraftAnswer> {
      const response = await world.call('POST', root, { body, headers: freshKey() })
      expect(response.status).toBe(201)
      return (await response.json()) as DeclarationDraftAnswer
    },
    readDraft: async (id: string) =>
      (await (await world.call('GET', `${root}/${id}`)).json()) as DeclarationDraftAnswer,
    at: (id: string, place: string, by: Clerk = clerk) => by.get(`/drafts/${id}/${place}`),
    heldByCustoms: (id: string) =>
      world.until(id, ({ filings }) =>
        filings.some(
          ({ agency, status }) => agency === 'customs' && ['registered', 'in-review', 'approved'].includes(status),
        ),
      ),
  }
}
