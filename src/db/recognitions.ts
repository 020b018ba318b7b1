import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Covers } from '../../schemas/recognition.ts'
import { ownVersions } from '../../schemas/rules/index.ts'
import { type RecognitionRule, recognitionRules } from '../../schemas/rules/recognition-rules.ts'
import type { RuleVersion } from '../../schemas/rules/table.ts'
import { firmOf, type KeptResult, type Known } from '../recognition/stand-ins.ts'
import type { Client, Queryable } from './database.ts'

/** A result as PostgreSQL gives it as JSON. */
export interface ResultRow {
  readonly id: string
  readonly category: string
  readonly agency: string
  readonly procedure: string | null
  readonly filing_id: string | null
  readonly firm: string | null
  readonly number: string
  readonly covers: string
  readonly at: string
  readonly valid_until: string | null
  readonly revoked_at: string | null
}

/** Results of a declaration as one JSON value, and the newest published version of the rules: both for a statement that reads declarations. */
export const resultsSql = `(SELECT json_agg(json_build_object('id', id, 'category', category, 'agency', agency, 'procedure', procedure, 'filing_id', filing_id, 'firm', firm,
    'number', number, 'covers', covers, 'at', at, 'valid_until', valid_until, 'revoked_at', revoked_at) ORDER BY id)
  FROM recognition WHERE recognition.declaration_id = declaration.id)`
export const newestRuleSql = `(SELECT coalesce(max(id), 0) FROM rule_version WHERE rule_table = '${recognitionRules.id}')`

export const resultOf = (row: ResultRow): KeptResult => ({
  id: row.id,
  category: row.category,
  agency: row.agency,
  procedure: row.procedure ?? undefined,
  filingId: row.filing_id ?? undefined,
  firm: row.firm ?? undefined,
  number: row.number,
  covers: JSON.parse(row.covers) as Covers,
  at: new Date(row.at),
  validUntil: row.valid_until === null ? undefined : new Date(row.valid_until),
  revoked: row.revoked_at !== null,
})

/** All versions of the rules of recognition, in the order they take effect, as this transaction sees them. @param newest id of the newest published one, 0 for none, where that is known */
export async function recognitionVersions(
  client: Queryable,
  newest?: number,
): Promise<readonly RuleVersion<RecognitionRule>[]> {
  if (newest === 0) return ownVersions(recognitionRules)
  const { rows } = await client.query<{ validFrom: string; source: string; evidence: string; rows: string }>(
    `SELECT to_char(valid_from, 'YYYY-MM-DD') AS "validFrom", source, evidence, rows FROM rule_version
     WHERE rule_table = $1 ORDER BY valid_from, id`,
    [recognitionRules.id],
  )
  const published = rows.map(
    ({ rows: text, ...version }) =>
      ({ ...version, rows: JSON.parse(text) as RecognitionRule[] }) as RuleVersion<RecognitionRule>,
  )
  // Of one day what was published counts before what the project brought.
  return [...ownVersions(recognitionRules), ...published].toSorted((a, b) =>
    a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0,
  )
}

/** Results about the firms whose goods these declarations are of. @param ids declarations */
export async function firmResults(client: Queryable, ids: readonly string[]): Promise<Map<string, KeptResult[]>> {
  const { rows: documents } = await client.query<{ id: string; document: string }>(
    `SELECT declaration.id, coalesce(document, raw) AS document FROM declaration
     JOIN declaration_version handed ON declaration_id = declaration.id AND handed.version = declaration.version WHERE declaration.id = ANY($1)`,
    [ids],
  )
  const firms = new Map(documents.map(({ id, document }) => [id, firmOf(JSON.parse(document) as Declaration)]))
  const { rows } = await client.query<ResultRow>(
    'SELECT * FROM recognition WHERE firm IS NOT NULL AND firm = ANY($1) ORDER BY id',
    [[...new Set([...firms.values()].flatMap((firm) => firm ?? []))]],
  )
  const resultsOf = Map.groupBy(rows.map(resultOf), ({ firm }) => firm)
  return new Map([...firms].map(([id, firm]) => [id, firm === undefined ? [] : (resultsOf.get(firm) ?? [])]))
}

/** Filings that results about a firm may matter to, by the rules that come with the project and those published. */
const firmTargets = (versions: readonly RuleVersion<RecognitionRule>[]): Set<string> =>
  new Set(
    versions.flatMap(({ rows }) =>
      rows.flatMap(({ scope, to }) => (scope.includes('firm') ? [`${to.agency}/${to.procedure}`] : [])),
    ),
  )

/**
 * What is known of results for declarations. Most have none: those cost nothing.
 * @param heads with their results, as `resultsSql` and `newestRuleSql` gave them, and the filings that were not sent yet
 */
export async function knownFor(
  client: Queryable,
  heads: readonly {
    readonly id: string
    readonly results: readonly ResultRow[] | null
    readonly newestRule: number
    readonly unsent: readonly { readonly agency: string; readonly procedure: string }[]
  }[],
): Promise<Map<string, Known>> {
  const newest = Math.max(0, ...heads.map(({ newestRule }) => newestRule))
  if (heads.every(({ results, unsent }) => results === null && unsent.length === 0)) return new Map()
  const versions = await recognitionVersions(client, newest)
  const targets = firmTargets(versions)
  const asked = heads.filter(({ unsent }) =>
    unsent.some(({ agency, procedure }) => targets.has(`${agency}/${procedure}`)),
  )
  const ofFirms =
    asked.length === 0
      ? new Map<string, KeptResult[]>()
      : await firmResults(
          client,
          asked.map(({ id }) => id),
        )
  return new Map(
    heads.map(({ id, results }) => [
      id,
      { versions, results: [...(results ?? []).map(resultOf), ...(ofFirms.get(id) ?? [])] },
    ]),
  )
}

/** A result to be kept. */
export interface NewResult extends Omit<KeptResult, 'revoked'> {
  readonly declarationId: string | undefined
  readonly by: string | undefined
}

export async function keepResult(client: Client, result: NewResult, now: Date): Promise<void> {
  await client.query(
    `INSERT INTO recognition (id, category, agency, procedure, declaration_id, filing_id, firm, number, covers, at, valid_until, by, kept_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      result.id,
      result.category,
      result.agency,
      result.procedure ?? null,
      result.declarationId ?? null,
      result.filingId ?? null,
      result.firm ?? null,
      result.number,
      JSON.stringify(result.covers),
      result.at,
      result.validUntil ?? null,
      result.by ?? null,
      now,
    ],
  )
}

/** Results stand in for nothing any more. @returns those that did until now */
export async function revokeResults(
  client: Client,
  ids: readonly string[],
  { reason, by }: { readonly reason: string; readonly by: string },
  now: Date,
): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    `UPDATE recognition SET revoked_at = $2, revoked_reason = $3, revoked_by = $4 WHERE id = ANY($1) AND revoked_at IS NULL RETURNING id`,
    [ids, now, reason, by],
  )
  return new Set(rows.map(({ id }) => id))
}
