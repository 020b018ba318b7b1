import type { Client, Queryable } from './database.ts'

/** What somebody of the public said to an edition 公众意见. */
export interface CommentRow {
  readonly id: string
  readonly edition: number
  readonly fee: string | null
  readonly name: string
  readonly text: string
  readonly at: Date
  readonly answer: string | null
  readonly answeredBy: string | null
  readonly answeredAt: Date | null
  readonly hiddenBecause: string | null
  readonly hiddenAt: Date | null
}

const viewSql = `
SELECT id, edition, fee, name, text, at, answer, answered_by AS "answeredBy", answered_at AS "answeredAt", hidden_because AS "hiddenBecause",
  hidden_at AS "hiddenAt"
FROM catalogue_comment`

/** Comments on an edition, oldest first. */
export async function listComments(
  client: Queryable,
  edition: number,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<CommentRow[]> {
  const { rows } = await client.query<CommentRow>(
    `${viewSql} WHERE edition = $1 AND ($2::text IS NULL OR id > $2) ORDER BY id LIMIT $3`,
    [edition, after ?? null, limit],
  )
  return rows
}

export async function readComment(client: Queryable, edition: number, id: string): Promise<CommentRow | undefined> {
  const { rows } = await client.query<CommentRow>(`${viewSql} WHERE edition = $1 AND id = $2`, [edition, id])
  return rows[0]
}

export type NewComment = Pick<CommentRow, 'id' | 'edition' | 'fee' | 'name' | 'text'>

/** Keeps a comment; false when its edition has as many as `most`. */
export async function keepComment(client: Client, comment: NewComment, most: number, at: Date): Promise<boolean> {
  const { id, edition, fee, name, text } = comment
  // Those on one edition are counted by one at a time.
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('fee comments ' || $1, 0))", [String(edition)])
  const { rowCount } = await client.query(
    `INSERT INTO catalogue_comment (id, edition, fee, name, text, at)
     SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM catalogue_comment WHERE edition = $2) < $7`,
    [id, edition, fee, name, text, at, most],
  )
  return rowCount === 1
}

/** Answers a comment, once; false when it was. */
export async function keepCommentAnswer(
  client: Client,
  id: string,
  answer: { readonly text: string; readonly by: string },
  at: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'UPDATE catalogue_comment SET answer = $2, answered_by = $3, answered_at = $4 WHERE id = $1 AND answer IS NULL',
    [id, answer.text, answer.by, at],
  )
  return rowCount === 1
}

/** Hides a comment, once; false when it was. Its words are kept. */
export async function hideComment(
  client: Client,
  id: string,
  hiding: { readonly because: string; readonly by: string },
  at: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'UPDATE catalogue_comment SET hidden_because = $2, hidden_by = $3, hidden_at = $4 WHERE id = $1 AND hidden_at IS NULL',
    [id, hiding.because, hiding.by, at],
  )
  return rowCount === 1
}

/** Whether an edition has a fee. */
export async function hasFee(client: Queryable, edition: number, id: string): Promise<boolean> {
  const { rows } = await client.query(
    "SELECT FROM catalogue_edition_entry WHERE edition = $1 AND type = 'fee' AND entry_id = $2",
    [edition, id],
  )
  return rows.length > 0
}
