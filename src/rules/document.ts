import type { RuleTable } from '../../schemas/rules/index.ts'
import { byteOrderMark, csvLines } from '../fees/sheet/write-csv.ts'
import { rowSchemaOf } from './present.ts'
import { type Rules, versionId } from './rules.ts'

/** Cells of a row: texts as they are, what is more than a text as JSON. */
const cellOf = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/** Columns of rows: every key any of them has, in the order they are first met. */
const columnsOf = (rows: readonly unknown[]): string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row as object))),
]

/** Rows of a table as a CSV file (RFC 4180). */
export async function ruleCsv(rows: readonly unknown[]): Promise<string> {
  const columns = columnsOf(rows)
  const cells = rows.map((row) => columns.map((column) => cellOf((row as { [key: string]: unknown })[column])))
  return byteOrderMark + (await csvLines([columns, ...cells]))
}

/**
 * The documentation of every rule table 规则表说明: what is decided by it, what its rows hold, where each version is from and how well that is
 * established. Written from the tables themselves: it cannot fall behind them.
 */
export function ruleDocument(tables: readonly RuleTable[], rules: Rules, now: number): string {
  return [
    '# Rule tables 规则表',
    '',
    'Whatever a law or an authority could change is a row of one of these tables. What is `assumed` was set by this project and is no law;',
    '`secondary` was read about; `sourced` was read in the text that made it. 标注 assumed 的内容为本项目设定，并非现行法律规定。',
    ...tables.flatMap((table) => ['', ...sectionOf(table, rules, now)]),
    '',
  ].join('\n')
}

function sectionOf(table: RuleTable, rules: Rules, now: number): string[] {
  const holds = rules.versionAt(table, now)
  const fields = Object.entries(propertiesOf(rowSchemaOf(table)))
  return [
    `## ${table.title.en} ${table.title.zh}`,
    '',
    `\`${table.id}\` · [rows](/v1/rules/${table.id}) · [CSV](/v1/rules/${table.id}/rows.csv) · [versions](/v1/rules/${table.id}/versions)`,
    '',
    table.purpose.en,
    '',
    table.purpose.zh,
    '',
    ...(fields.length === 0
      ? []
      : ['| field | meaning |', '|---|---|', ...fields.map(([name, said]) => `| \`${name}\` | ${inCell(said)} |`), '']),
    '| version | holds from | rows | evidence | source | note |',
    '|---|---|---|---|---|---|',
    ...rules.versions(table).map((version) => {
      const { validFrom, rows, evidence, source, note = '' } = version
      const now = version === holds ? ' (holds now)' : ''
      return `| ${versionId(version)}${now} | ${validFrom} | ${rows.length} | ${evidence} | ${inCell(source)} | ${inCell(note)} |`
    }),
  ]
}

/** Fields of a row with what their schema says of them; of rows of several kinds, those of every kind. */
function propertiesOf(schema: Record<string, unknown>): Record<string, string> {
  const kinds = (schema['anyOf'] ?? schema['oneOf'] ?? [schema]) as readonly Record<string, unknown>[]
  return Object.fromEntries(
    kinds.flatMap((kind) =>
      Object.entries((kind['properties'] ?? {}) as Record<string, Property>).map(
        ([name, property]) => [name, meaningOf(property)] as const,
      ),
    ),
  )
}

interface Property {
  readonly description?: string
  readonly enum?: readonly string[]
  readonly type?: string
}
/** What a field's schema says of it; where that is nothing, what may stand in it. */
const meaningOf = ({ description, enum: values, type = '' }: Property): string =>
  description ?? (values === undefined ? type : values.map((value) => `\`${value}\``).join(', '))

const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
