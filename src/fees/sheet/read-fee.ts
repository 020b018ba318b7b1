import { entryId, type Fee, fee as feeSchema } from '../../../schemas/fees/entries.ts'
import { type Issue, issuesOf } from '../../../schemas/issue.ts'
import { limits } from '../../limits.ts'
import { type Cell, emptyList, type Read, trouble, wording } from './cell.ts'
import { type Column, type ColumnId, columnIds, columnOf } from './columns.ts'
import { type CellIssue, type Header, isBlank, type SheetRow, textOf } from './header.ts'

/** A fee as its rows have it: either it is whole, or its issues say why not. */
export interface ReadFee {
  readonly fee: Fee | undefined
  readonly issues: readonly CellIssue[]
}
type Fields = Record<string, unknown>

/** Reads the rows of one fee 逐项读取. All of what is wrong is told at once, each at its cell. */
export function readFee(id: string, rows: readonly SheetRow[], header: Header): ReadFee {
  const issues: CellIssue[] = []
  const told = new Set<string>()
  /** Tells once of a cell. */
  const tell = (row: number, column: ColumnId, { code, text }: Pick<CellIssue, 'code' | 'text'>) => {
    const place = header.indexOf(column)
    if (told.has(`${row} ${column}`)) return
    told.add(`${row} ${column}`).add(columnOf(column).of === 'fee' ? column : '')
    issues.push({ row, column: place === undefined ? columnOf(column).zh : header.nameOf(place), code, text })
  }
  const own: Fields = {}
  const rates: { row: number; fields: Fields }[] = []
  const exemptions: { row: number; fields: Fields }[] = []
  const first = rows[0]
  for (const one of rows) {
    const parts = { fee: own, rate: {} as Fields, exemption: {} as Fields }
    for (const [index, cell] of one.cells.entries()) {
      const name = header.ids[index]
      const text = textOf(cell)
      if (name === undefined && !isBlank(cell)) issues.push({ row: one.row, column: header.nameOf(index), ...headless })
      if (name === undefined || cell === undefined || text === '') continue
      const column = columnOf(name)
      if (isBlank(cell) && column.form !== wording) continue
      const again = column.of === 'fee' && one !== first
      if (again && sameText(cell, first?.cells[index])) continue
      const read = readCell(column, cell)
      if ('code' in read) tell(one.row, name, read)
      else if (!again) put(parts[column.of], column.path, read.value)
      else if (JSON.stringify(read.value) !== JSON.stringify(at(own, column.path))) tell(one.row, name, disagrees)
    }
    if (Object.keys(parts.rate).length > 0) rates.push({ row: one.row, fields: parts.rate })
    if (Object.keys(parts.exemption).length > 0) exemptions.push({ row: one.row, fields: parts.exemption })
  }
  const top = first?.row ?? 0
  if (!entryId.safeParse(id).success) tell(top, 'id', malformedId)
  for (const [place, { row, fields }] of rates.entries())
    if (rates.slice(0, place).some((before) => JSON.stringify(before.fields) === JSON.stringify(fields)))
      tell(row, 'form', repeated)
  for (const name of columnIds) {
    const { of, path, empty } = columnOf(name)
    if (of === 'fee' && empty !== undefined && at(own, path) === undefined && needed(own, name)) put(own, path, empty)
  }
  const content = composed(
    own,
    rates.map(({ fields }) => fields),
    exemptions.map(({ fields }) => fields),
    (name) => tell(rates[0] !== undefined && name === 'form' ? rates[0].row : top, name, notWanted),
  )
  const checked = feeSchema.safeParse(content)
  if (!checked.success)
    for (const issue of issuesOf(checked.error)) {
      const { of, place, name } = columnAt(issue)
      // What follows from a cell that could not be read is no news.
      if (told.has(name)) continue
      tell((of === 'rate' ? rates : of === 'exemption' ? exemptions : [])[place]?.row ?? top, name, worded(issue))
    }
  return { fee: checked.success && issues.length === 0 ? checked.data : undefined, issues }
}

/** What a cell says, by the form of its column. */
function readCell({ form }: Column, cell: Cell): Read<unknown> {
  if (textOf(cell).length > limits.sheetCell) return tooLong
  if (typeof cell === 'string') return form.read(cell)
  if (cell.is !== 'number') return oddCells[cell.is]
  if (form.numbers === 'digits') return form.read(cell.text)
  return form.numbers === 'day' ? (cell.day === undefined ? noDay : { value: cell.day }) : bareNumber
}

const sameText = (a: Cell, b: Cell | undefined) => typeof a === 'string' && a === b

const at = (fields: Fields, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Fields | undefined)?.[name], fields)

function put(fields: Fields, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) fields[name] = value
  else put((fields[name] ??= {}) as Fields, rest, value)
}

/** Whether an empty cell has something to say: of a price that is charged by rates, nobody says more. */
const needed = (own: Fields, name: ColumnId): boolean =>
  (name !== 'saidZh' && name !== 'saidEn') || ['pass-through', 'agreement'].includes(String(at(own, ['price', 'kind'])))

/** The fee these fields make, right or wrong. @param unwanted told of columns that have no place in it */
function composed(own: Fields, rates: Fields[], exemptions: Fields[], unwanted: (name: ColumnId) => void): Fields {
  const { id: _, price, arises, ...fields } = own
  const { kind, said } = (price ?? {}) as { kind?: string; said?: Fields }
  const list = (all: readonly Fields[], none: string) => (all.length === 1 && all[0]?.[none] === emptyList ? [] : all)
  const currency = 'CNY'
  const priced: Fields = { kind, currency }
  if (kind === 'pass-through') priced['of'] = said
  else if (kind === 'agreement') {
    priced['disclosure'] = said
    if (rates.length > 0) priced['reference'] = list(rates, 'form')
  } else priced['rates'] = rates
  if (kind === 'pass-through' && rates.length > 0) unwanted('form')
  if (kind === 'rates' && said !== undefined) unwanted(said['zh'] === undefined ? 'saidEn' : 'saidZh')
  return {
    ...fields,
    price: priced,
    ...(arises === undefined
      ? {}
      : {
          arises:
            arises === 'always' || arises === 'on-request' ? { when: arises } : { when: 'on-event', event: arises },
        }),
    ...(exemptions.length === 0 ? {} : { exemptions: list(exemptions, 'event') }),
  }
}

/** The column an issue is about, and which rate or exemption. */
function columnAt({ pointer }: Issue): { of: Column['of']; place: number; name: ColumnId } {
  const [first = '', second = '', third = '', ...more] = pointer.split('/').slice(1)
  if (first === 'exemptions')
    return { of: 'exemption', place: Number(second), name: nearest('exemption', [third, ...more]) }
  if (first === 'price' && ['rates', 'reference'].includes(second))
    return { of: 'rate', place: Number(third), name: third === '' ? 'form' : nearest('rate', more) }
  const said = first === 'price' && ['of', 'disclosure'].includes(second)
  return { of: 'fee', place: 0, name: nearest('fee', [first, said ? 'said' : second, third]) }
}

/** The column whose field it is, or is part of, or that is a part of it. */
function nearest(of: Column['of'], path: readonly string[]): ColumnId {
  const common = (name: ColumnId) => {
    const { path: own } = columnOf(name)
    const differs = own.findIndex((segment, index) => segment !== path[index])
    return differs === -1 ? own.length : differs
  }
  const candidates = columnIds.filter((name) => columnOf(name).of === of)
  return candidates.reduce((best, name) => (common(name) > common(best) ? name : best), candidates[0] ?? 'id')
}

const notWanted = trouble('cell-not-wanted', 'Leave this empty here', '此处应留空')
/** An issue of the language, in words of a sheet. */
const worded = ({ code, detail, detailZh }: Issue) =>
  code === 'unknown-field'
    ? notWanted
    : // What decides about the rest is one of its words, or empty.
      code === 'invalid-union'
      ? missing
      : { code, text: { en: detail, zh: detailZh } }

const missing = trouble('missing', 'Required, but missing', '必填，但缺少')
const headless = trouble('header-none', 'This column has no header', '该列没有表头')
const malformedId = trouble(
  'id-malformed',
  'An id has two characters or more: small letters, digits, and single hyphens between them',
  '编号至少两个字符，由小写字母、数字组成，其间可有单个连字符',
)
const disagrees = trouble(
  'row-disagrees',
  'Another row of the same fee says something else: write it the same or leave it empty',
  '与同一收费项目的首行不一致，应相同或留空',
)
const repeated = trouble(
  'row-repeated',
  'Another row of the same fee has this very rate',
  '该收费标准与同一项目的另一行重复',
)
const tooLong = trouble('cell-too-long', `At most ${limits.sheetCell} characters`, `不得超过${limits.sheetCell}个字符`)
const noDay = trouble('cell-no-day', 'This number is no day: write 2026-04-01', '该数字不是日期，应写作 2026-04-01')
const bareNumber = trouble(
  'cell-number',
  'This is a number where a text belongs: leading zeros may be lost. Format the cell as text',
  '此处应为文本而非数字（前导零可能丢失），请将单元格设为文本格式',
)
const oddCells = {
  formula: trouble('cell-formula', 'A formula is not taken: write its value', '不接受公式，请填写数值'),
  error: trouble('cell-error', 'The cell holds an error', '单元格为错误值'),
  boolean: trouble('cell-boolean', 'TRUE or FALSE says nothing here', '此处不接受 TRUE/FALSE'),
  inexact: trouble(
    'cell-inexact',
    'The spreadsheet lost digits of this number: write it as text',
    '该数字在表格软件中已丢失精度，请以文本填写',
  ),
  merged: trouble('cell-merged', 'Cells merged across columns say nothing', '不接受跨列合并的单元格'),
} as const
