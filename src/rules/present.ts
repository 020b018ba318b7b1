import * as z from 'zod'
import type { RuleTable } from '../../schemas/rules/index.ts'
import { type KnownVersion, type Rules, versionId } from './rules.ts'

/** A version as it is shown, without its rows. */
export const presentVersion = (version: KnownVersion) => {
  const { validFrom, source, evidence, note, rows, by, at, reason } = version
  return {
    id: versionId(version),
    validFrom,
    source,
    evidence,
    ...(note === undefined ? {} : { note }),
    rowCount: rows.length,
    ...(by === undefined || at === undefined || reason === undefined
      ? {}
      : { published: { by, at: at.toISOString(), reason } }),
  }
}

const headOf = ({ id, title, purpose }: RuleTable, holds: KnownVersion | undefined) => ({
  id,
  title,
  purpose,
  ...(holds === undefined ? {} : { holds: presentVersion(holds) }),
})

/** A table in the list of them. */
export const presentTable = (table: RuleTable, rules: Rules, now: number) => ({
  ...headOf(table, rules.versionAt(table, now)),
  versionCount: rules.versions(table).length,
  href: `/v1/rules/${table.id}`,
})

/** JSON Schema of a row. */
export function rowSchemaOf({ row }: RuleTable): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(row, { io: 'input', unrepresentable: 'any' })
  return schema as Record<string, unknown>
}

/** A table as it holds on a day. */
export const presentTableOn = (table: RuleTable, version: KnownVersion | undefined, on: string) => ({
  ...headOf(table, version),
  on,
  rowSchema: rowSchemaOf(table),
  rows: version?.rows ?? [],
})

/** What differs between two versions 版本差异, whole rows, in the order each version has them. */
export function presentDifferences(from: KnownVersion, to: KnownVersion) {
  return { from: presentVersion(from), to: presentVersion(to), ...compareRows(from.rows, to.rows) }
}

/** What a version that is not published would change, against the one that would hold without it. */
export const presentWouldChange = (
  from: KnownVersion | undefined,
  { validFrom, rows }: { readonly validFrom: string; readonly rows: readonly unknown[] },
) => ({
  ...(from === undefined ? {} : { from: presentVersion(from) }),
  validFrom,
  ...compareRows(from?.rows ?? [], rows),
})

function compareRows(before: readonly unknown[], after: readonly unknown[]) {
  const left = Map.groupBy(before, canonical)
  const come = after.filter((row) => left.get(canonical(row))?.pop() === undefined)
  const rest = new Set([...left.values()].flat())
  return { gone: before.filter((row) => rest.has(row)), come, unchangedCount: after.length - come.length }
}

/** The same text for the same row, in whatever order its keys stand. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
