import { issue } from '../../schemas/issue.ts'
import { readEditions } from '../db/catalogue-reads.ts'
import { type CommentRow, hasFee, hideComment, keepComment, keepCommentAnswer, readComment } from '../db/comments.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { dayAt } from './days.ts'

/** Whether the public may still speak to an edition 公示期内. */
export const takesComments = (
  { noticeUntil, withdrawn }: { readonly noticeUntil: string; readonly withdrawn: unknown },
  today: string,
): boolean => withdrawn === undefined && today <= noticeUntil

export interface Comment {
  readonly name: string
  readonly text: string
  readonly fee?: string | undefined
}

/** Keeps what somebody says to an announced edition. @throws {Problem} not-found, notice-over, body-invalid, limit-reached */
export async function comment(client: Client, edition: number, said: Comment, at: Date): Promise<CommentRow> {
  const record = (await readEditions(client)).find(({ number }) => number === edition)
  if (record === undefined) throw new Problem('not-found')
  if (!takesComments(record, dayAt(at.getTime())))
    throw new Problem('notice-over', {
      detail: { en: `Comments were taken until ${record.noticeUntil}`, zh: `意见征集已于 ${record.noticeUntil} 截止` },
    })
  if (said.fee !== undefined && !(await hasFee(client, edition, said.fee)))
    throw new Problem('body-invalid', {
      errors: [issue('/fee', 'unknown-entry', { en: 'The edition has no such fee', zh: '该版次没有此收费项目' })],
    })
  const id = newId(at.getTime())
  const fresh = { id, edition, fee: said.fee ?? null, name: said.name, text: said.text }
  if (!(await keepComment(client, fresh, limits.comments, at)))
    throw new Problem('limit-reached', {
      detail: { en: `At most ${limits.comments} comments`, zh: `意见至多 ${limits.comments} 条` },
    })
  return found(client, edition, id)
}

/** @throws {Problem} not-found */
async function found(client: Client, edition: number, id: string): Promise<CommentRow> {
  const row = await readComment(client, edition, id)
  if (row === undefined) throw new Problem('not-found')
  return row
}
const done = (en: string, zh: string) => new Problem('not-changeable', { detail: { en, zh } })

/** An officer answers 答复, once: what was answered in public is not changed. @throws {Problem} not-found, not-changeable */
export async function answerComment(
  client: Client,
  about: { readonly edition: number; readonly id: string },
  answer: { readonly text: string; readonly by: string },
  at: Date,
): Promise<CommentRow> {
  await found(client, about.edition, about.id)
  if (!(await keepCommentAnswer(client, about.id, answer, at))) throw done('It is answered', '该意见已答复')
  return found(client, about.edition, about.id)
}

/** An officer hides a comment 屏蔽, with a reason that is shown in its place. @throws {Problem} not-found, not-changeable */
export async function hide(
  client: Client,
  about: { readonly edition: number; readonly id: string },
  hiding: { readonly because: string; readonly by: string },
  at: Date,
): Promise<CommentRow> {
  await found(client, about.edition, about.id)
  if (!(await hideComment(client, about.id, hiding, at))) throw done('It is hidden', '该意见已屏蔽')
  return found(client, about.edition, about.id)
}

/** A comment as everybody sees it: of one that is hidden only why. */
export const presentComment = (row: CommentRow) => ({
  id: row.id,
  at: row.at.toISOString(),
  ...(row.hiddenBecause === null || row.hiddenAt === null
    ? { name: row.name, text: row.text }
    : { hidden: { because: row.hiddenBecause, at: row.hiddenAt.toISOString() } }),
  ...(row.fee === null ? {} : { fee: row.fee }),
  ...(row.answer === null || row.answeredAt === null
    ? {}
    : { answer: { text: row.answer, by: row.answeredBy ?? '', at: row.answeredAt.toISOString() } }),
})
