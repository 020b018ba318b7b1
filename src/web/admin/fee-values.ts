import type { Fee } from '../../../schemas/fees/entries.ts'
import { type ColumnId, columnIds, columnOf } from '../../fees/sheet/columns.ts'
import { rowsOf } from '../../fees/sheet/fee-rows.ts'
import type { CellIssue, Header, SheetRow } from '../../fees/sheet/header.ts'
import { readFee } from '../../fees/sheet/read-fee.ts'
import type { Language } from '../../problem.ts'
import { given, type Said } from '../form.ts'
import { say } from '../words.ts'
import { feeFormWords, feeHelp } from './fee-words.ts'

/**
 * A fee as a form has it 表单: the columns of an imported sheet, so that both are written in one way. Row 0 has the fee's own fields; a field of
 * its first rate is `rate.0.amount`, of its second exemption `exemption.1.exemptionZh`.
 */
export interface FeeValues {
  readonly own: { readonly [column in ColumnId]?: string }
  readonly payers: readonly string[]
  readonly rates: readonly Row[]
  readonly exemptions: readonly Row[]
}
export type Row = { readonly [column in ColumnId]?: string }
type Part = 'fee' | 'rate' | 'exemption'

export const columnsOf = (part: Part): ColumnId[] => columnIds.filter((id) => columnOf(id).of === part)
/** The name of a field. */
export const fieldName = (id: ColumnId, at = 0): string => {
  const { of } = columnOf(id)
  return of === 'fee' ? id : `${of}.${at}.${id}`
}
/** Chosen from a list: the form has the values themselves, the list their words. */
const chosen: readonly ColumnId[] = [
  'kind',
  'nature',
  'payers',
  'arises',
  'price',
  'form',
  'exemptionEvent',
  'evidence',
]

/** What a form shows of a fee that is there. */
export function valuesOf(id: string, fee: Fee, language: Language): FeeValues {
  const words = rowsOf(id, fee, language)
  const values = rowsOf(id, fee, 'en')
  const cell = (row: number, column: ColumnId) =>
    (chosen.includes(column) ? values : words)[row]?.[columnIds.indexOf(column)] ?? ''
  const part = (columns: readonly ColumnId[]) =>
    words
      .map((_, row) => Object.fromEntries(columns.map((column) => [column, cell(row, column)])) as Row)
      .filter((row) => !isBlank(row))
  return {
    own: Object.fromEntries(columnsOf('fee').map((column) => [column, cell(0, column)])),
    payers: fee.payers,
    rates: part(columnsOf('rate')),
    exemptions: part(columnsOf('exemption')),
  }
}

export const isBlank = (row: Row): boolean => Object.values(row).every((value) => value.trim() === '')

/** What was filled in. Rows keep their places, empty ones as well: what is wrong is told at its place. */
export function valuesFrom(form: URLSearchParams): FeeValues {
  const row = (part: 'rate' | 'exemption', at: number): Row =>
    Object.fromEntries(columnsOf(part).map((column) => [column, given(form, fieldName(column, at))]))
  const rows = (part: 'rate' | 'exemption') => {
    const places = [...form.keys()].flatMap((name) => {
      const [of, at] = name.split('.')
      return of === part && /^\d{1,3}$/.test(at ?? '') ? [Number(at)] : []
    })
    return Array.from({ length: Math.min(Math.max(-1, ...places) + 1, mostRows) }, (_, at) => row(part, at))
  }
  return {
    own: Object.fromEntries(columnsOf('fee').map((column) => [column, given(form, column)])),
    payers: form.getAll('payers'),
    rates: rows('rate'),
    exemptions: rows('exemption'),
  }
}
/** More than any price has. */
const mostRows = 200

/** What is wrong, by the name of the field. */
export type Wrong = ReadonlyMap<string, readonly string[]>
type ReadValues = { readonly id: string; readonly fee: Fee } | { readonly wrong: Wrong }

/** The fee these values make, or what is wrong with each. */
export function feeFrom({ own, payers, rates, exemptions }: FeeValues, language: Language): ReadValues {
  const id = (own.id ?? '').trim()
  const header: Header = {
    row: 0,
    ids: columnIds,
    nameOf: (index) => columnIds[index] ?? '',
    indexOf: (column) => columnIds.indexOf(column),
  }
  const rows = Array.from(
    { length: Math.max(1, rates.length, exemptions.length) },
    (_, row): SheetRow => ({
      row,
      cells: columnIds.map((column) => {
        const { of } = columnOf(column)
        if (of === 'fee') return row > 0 ? undefined : column === 'payers' ? payers.join(';') : own[column]
        return (of === 'rate' ? rates : exemptions)[row]?.[column]
      }),
    }),
  )
  const { fee, issues } = readFee(id, rows, header)
  if (fee !== undefined) return { id, fee }
  return {
    wrong: collect(issues.map((issue) => [nameAt(issue.column, issue.row), saidOf(issue, language)] as const)),
  }
}

/** What is wrong, in words: that a pattern was not met says nothing to anybody, what is to be written does. */
function saidOf({ column, code, text }: CellIssue, language: Language): string {
  const help = code === 'invalid-format' ? feeHelp[column as ColumnId] : undefined
  return help === undefined ? say(language, text) : `${say(language, feeFormWords.otherwise)} ${say(language, help)}`
}

const nameAt = (column: string, row: number): string =>
  columnIds.includes(column as ColumnId) ? fieldName(column as ColumnId, row) : column

/** Issues of the interface at their fields, by JSON pointer. What has no field of its own is at none. */
export function wrongOf(errors: readonly Said[], language: Language): Wrong {
  return collect(
    errors.flatMap(({ pointer, detail, detailZh }) => {
      const [first = '', second = '', place = '', ...rest] = pointer.split('/').slice(1)
      const isRate = first === 'price' && ['rates', 'reference'].includes(second)
      const part: Part = isRate ? 'rate' : first === 'exemptions' ? 'exemption' : 'fee'
      const said = first === 'price' && ['of', 'disclosure'].includes(second)
      const path = isRate ? rest : first === 'exemptions' ? [place, ...rest] : [first, said ? 'said' : second, place]
      const found = columnsOf(part).find((id) => columnOf(id).path.every((segment, at) => segment === path[at]))
      const at = Number(isRate ? place : second)
      return found === undefined
        ? []
        : [[fieldName(found, part === 'fee' ? 0 : at), language === 'zh' ? detailZh : detail]]
    }),
  )
}

function collect(found: readonly (readonly [string, string])[]): Wrong {
  const wrong = new Map<string, string[]>()
  for (const [name, text] of found) wrong.set(name, [...(wrong.get(name) ?? []), text])
  return wrong
}
