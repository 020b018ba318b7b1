import type { RuleVersion } from '../../schemas/rules/index.ts'
import type { Client, Queryable } from './database.ts'

/** A version of a rule table that an admin has published. */
export interface PublishedVersion extends RuleVersion {
  readonly id: number
  readonly table: string
  readonly reason: string
  readonly by: string
  readonly at: Date
}

/** Every version admins have published, in the order they take effect: by their first day, then as they were published. */
export async function readPublished(queryable: Queryable): Promise<PublishedVersion[]> {
  const { rows } = await queryable.query<
    Omit<PublishedVersion, 'rows' | 'note'> & { rows: string; note: string | null }
  >(
    `SELECT id, rule_table AS table, to_char(valid_from, 'YYYY-MM-DD') AS "validFrom", source, evidence, note, rows, reason, by, at
     FROM rule_version ORDER BY rule_table, valid_from, id`,
  )
  return rows.map(({ rows: text, note, ...version }) => ({
    ...version,
    ...(note === null ? {} : { note }),
    rows: JSON.parse(text) as unknown[],
  }))
}

/**
 * Publishes a version in a transaction of the caller's; nobody else publishes meanwhile.
 * @param check is told how many versions of the table are published already, and throws when that is not what the publisher saw
 * @returns its id
 */
export async function publishVersion(
  client: Client,
  version: Omit<PublishedVersion, 'id'>,
  check: (published: number) => void,
): Promise<number> {
  await client.query('LOCK TABLE rule_version IN SHARE ROW EXCLUSIVE MODE')
  const { rows: counted } = await client.query<{ count: number }>(
    'SELECT count(*) AS count FROM rule_version WHERE rule_table = $1',
    [version.table],
  )
  check(counted[0]?.count ?? 0)
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO rule_version (rule_table, valid_from, source, evidence, note, rows, reason, by, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      version.table,
      version.validFrom,
      version.source,
      version.evidence,
      version.note ?? null,
      JSON.stringify(version.rows),
      version.reason,
      version.by,
      version.at,
    ],
  )
  await client.query("SELECT pg_notify('yuchuang_rules', $1)", [version.table])
  return rows[0]?.id ?? 0
}
