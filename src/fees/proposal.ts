import type { Entry } from '../../schemas/fees/entries.ts'
import type { Queryable } from '../db/database.ts'
import { readProposed } from '../db/draft-entries.ts'
import { type DraftRow } from '../db/drafts.ts'
import { validFromOf } from '../db/editions.ts'
import { Problem } from '../problem.ts'
import type { WrittenEntry } from './canonical.ts'
import { catalogueOf } from './catalogue.ts'
import { beginningIssues } from './checks/beginning.ts'
import { checksOf } from './checks/index.ts'
import { type CheckIssue, draftError } from './checks/issues.ts'

/** The catalogue as a draft would have it 拟发布目录, and what is wrong with it. */
export interface Proposal {
  /** In the order of an edition's document. */
  readonly entries: readonly WrittenEntry[]
  readonly issues: readonly CheckIssue[]
}

/** @param today the day it would be announced on; undefined: it is a list to begin with, and may have begun already */
export async function proposalOf(client: Queryable, draft: DraftRow, today: string | undefined): Promise<Proposal> {
  const entries = await readProposed(client, draft)
  const parsed = entries.map(
    ({ type, id, content }) => ({ type, id, content: JSON.parse(content) as unknown }) as Entry,
  )
  const { title, validFrom, base } = draft
  const next = catalogueOf({ number: base + 1, title, validFrom, digest: '' }, parsed)
  return {
    entries,
    issues: [...(today === undefined ? [] : await draftIssues(client, draft, today)), ...checksOf(next)],
  }
}

async function draftIssues(client: Queryable, draft: DraftRow, today: string): Promise<CheckIssue[]> {
  const beginning = beginningIssues(draft.validFrom, today, await validFromOf(client, draft.base))
  if (draft.put + draft.removed > 0) return beginning
  return [
    draftError('', 'nothing-changed', { en: 'The draft changes nothing', zh: '修订稿没有任何变更' }),
    ...beginning,
  ]
}

/** @throws {Problem} draft-invalid, with every error there is */
export function refuseErrors(issues: readonly CheckIssue[]): void {
  const errors = issues.flatMap(({ severity, ...found }) => (severity === 'error' ? [found] : []))
  if (errors.length > 0) throw new Problem('draft-invalid', { errors })
}
