import { type Database, snapshot } from '../db/database.ts'
import { type DraftRow, readDraft } from '../db/drafts.ts'
import { limits } from '../limits.ts'
import type { CheckIssue } from './checks/issues.ts'
import { proposalOf } from './proposal.ts'

/** What the checks say of a draft as it stood at a revision. */
export interface Checked {
  readonly revision: number
  readonly issues: readonly CheckIssue[]
}
export type DraftChecks = (draft: DraftRow, today: string) => Promise<Checked>

/** Checks drafts 校验修订稿, each revision once: a large catalogue takes a second. */
export function createDraftChecks({ pool }: Database): DraftChecks {
  const kept = new Map<string, Promise<Checked>>()
  return (draft, today) => {
    const key = `${draft.id} ${draft.revision} ${today}`
    const before = kept.get(key)
    if (before !== undefined) return before
    const checked = snapshot(pool, async (client) => {
      const now = (await readDraft(client, draft.id)) ?? draft
      return { revision: now.revision, issues: (await proposalOf(client, now, today)).issues }
    })
    kept.set(key, checked)
    const [first] = kept.size > limits.draftsChecked ? kept.keys() : []
    if (first !== undefined) kept.delete(first)
    // Neither a failure is kept nor what was changed before it was read.
    void checked.then(
      ({ revision }) => revision !== draft.revision && kept.delete(key),
      () => kept.delete(key),
    )
    return checked
  }
}

export const countIssues = (issues: readonly CheckIssue[]): { errors: number; warnings: number } => {
  const errors = issues.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: issues.length - errors }
}
