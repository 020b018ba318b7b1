import { issue, pointer } from '../../schemas/issue.ts'
import type { Text } from '../../schemas/text.ts'
import type { Database } from '../db/database.ts'
import { type DraftRow, noteChange } from '../db/drafts.ts'
import { dropSettled, newestEdition, type RebaseRow, readConflicts } from '../db/editions.ts'
import { Problem } from '../problem.ts'
import { type AboutDraft, again, withDraft } from './draft.ts'

/**
 * Puts a draft's changes onto the newest edition 更新基准: what was changed there in the same way is no change any more. It is open again, and
 * to be submitted as it now is. Who rebases writes nothing, and may approve.
 * @throws {Problem} rebase-conflict, with every entry both have changed: nothing is done
 */
export const rebaseDraft = (database: Database, about: AboutDraft): Promise<DraftRow> =>
  withDraft(database, about, ['open', 'returned', 'submitted'], async (client, draft) => {
    const onto = (await newestEdition(client))?.number ?? 0
    if (onto === draft.base) return draft
    const conflicts = await readConflicts(client, draft, onto)
    if (conflicts.length > 0)
      throw new Problem('rebase-conflict', {
        errors: conflicts.map((row) => {
          const { code, text } = said(row)
          return issue(pointer(row.type, row.id), code, text)
        }),
      })
    await dropSettled(client, draft, onto)
    await noteChange(client, draft.id, undefined, about.at, { base: onto })
    return again(client, draft.id)
  })

function said({ was, is }: RebaseRow): { code: string; text: Text } {
  if (!is)
    return {
      code: 'removed-meanwhile',
      text: { en: 'The newest edition does not have it any more', zh: '最新版次已撤下该条目' },
    }
  if (!was)
    return {
      code: 'added-meanwhile',
      text: { en: 'The newest edition has another one of this id', zh: '最新版次已新增同名条目' },
    }
  return {
    code: 'changed-meanwhile',
    text: {
      en: 'The newest edition changed it too: undo the change here, rebase, and make it anew',
      zh: '最新版次也修改了该条目，请撤销此处修改、更新基准后重新修改',
    },
  }
}
