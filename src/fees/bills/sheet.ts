import { type Issue, issue } from '../../../schemas/issue.ts'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import type { Cell } from '../sheet/cell.ts'
import { lettersOf } from '../sheet/columns.ts'
import { FileTrouble, isBlank, type SheetRow, textOf } from '../sheet/header.ts'
import { type SheetType, sheetReaders } from '../sheet/read-fees.ts'

/** Columns of a bill 账单表头, as field names, in Chinese and in English. */
const columns = {
  description: ['description', '收费项目', '项目', '项目名称', '费目', '名称', '费用名称', 'item'],
  fee: ['fee', '项目编号', 'fee id'],
  kind: ['kind', '项目类别'],
  quantity: ['quantity', '数量', 'qty'],
  unit: ['unit', '计价单位', '单位'],
  unitPrice: ['unitPrice', '单价', 'unit price', 'price'],
  amount: ['amount', '金额', '金额（元）', 'amount (cny)'],
  handedOnFrom: ['handedOn.from', '代收单位', '实收单位', 'handed on from'],
  handedOnAmount: ['handedOn.amount', '代收金额', '凭证金额', 'voucher'],
} as const
type Column = keyof typeof columns
const numeric: readonly Column[] = ['quantity', 'unitPrice', 'amount', 'handedOnAmount']
const fieldOf: Readonly<Record<string, string>> = { handedOnFrom: 'handedOn/from', handedOnAmount: 'handedOn/amount' }

const folded = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/gu, '').toLowerCase()
const known = new Map(
  (Object.keys(columns) as Column[]).flatMap((column) =>
    columns[column].map((name) => [folded(name), column] as const),
  ),
)

/** The lines of a bill as a file has them, not yet judged by the schema. */
export interface SheetLines {
  readonly lines: readonly Record<string, unknown>[]
  /** What stands in the row 合计, where there is one at the end. */
  readonly total: string | undefined
  readonly issues: readonly Issue[]
  /** "row 5": where a line stands in the file. */
  rowOf(line: number): Text
}

/** Reads the lines of a bill from CSV or XLSX. @throws {FileTrouble} when there is something wrong with all of it */
export async function readBillLines(type: SheetType, bytes: Buffer): Promise<SheetLines> {
  const rows = (await sheetReaders[type](bytes)).filter((row) => !row.cells.every(isBlank))
  const [first, ...below] = rows
  if (first === undefined) throw new FileTrouble('file-empty', { en: 'The file is empty', zh: '文件为空' })
  const header = headerOf(first)
  const last = below.at(-1)
  const total = last === undefined ? undefined : totalOf(last, header)
  const given = total === undefined ? below : below.slice(0, -1)
  if (given.length > limits.billLines)
    throw new FileTrouble('file-too-large', {
      en: `A bill has at most ${limits.billLines} lines`,
      zh: `账单不得超过${limits.billLines}行`,
    })
  const issues: Issue[] = []
  const lines = given.map((row, at) =>
    lineOf(row, header, (column, code, text) => {
      issues.push(issue(`/lines/${at}/${fieldOf[column] ?? column}`, code, placed(row, header.indexOf(column), text)))
    }),
  )
  return {
    lines,
    total,
    issues,
    rowOf: (line) => {
      const { row = 0 } = given[line] ?? {}
      return { en: `row ${row}`, zh: `第${row}行` }
    },
  }
}

type Header = readonly (Column | undefined)[]

function headerOf({ cells }: SheetRow): Header {
  const header = cells.map((cell) => (isBlank(cell) ? undefined : known.get(folded(textOf(cell)))))
  const unknown = cells.flatMap((cell, at) =>
    isBlank(cell) || header[at] !== undefined ? [] : [textOf(cell).trim().slice(0, 100)],
  )
  const twice = header.filter((column, at) => column !== undefined && header.indexOf(column) !== at)
  const missing = (['description', 'amount'] as const).filter((column) => !header.includes(column))
  const faults: Text[] = [
    ...unknown.map((name) => ({ en: `No column is called "${name}"`, zh: `没有名为“${name}”的列` })),
    ...twice.map((column = 'amount') => ({
      en: `The column "${column}" is there twice`,
      zh: `“${columns[column][1]}”列重复`,
    })),
    ...missing.map((column) => ({ en: `The column "${column}" is missing`, zh: `缺少“${columns[column][1]}”列` })),
  ]
  if (faults.length > 0)
    throw new FileTrouble('header-wrong', {
      en: faults.map(({ en }) => en).join('; '),
      zh: faults.map(({ zh }) => zh).join('；'),
    })
  return header
}

/** The sum in a last row that is nothing but that. */
function totalOf({ cells }: SheetRow, header: Header): string | undefined {
  const [name, amount] = [header.indexOf('description'), header.indexOf('amount')]
  const others = cells.some((cell, at) => at !== name && at !== amount && !isBlank(cell))
  if (others || !/^(合计|总计|total|sum)[:：]?$/i.test(textOf(cells[name]).replaceAll(/\s/g, ''))) return undefined
  return figureOf(cells[amount])
}

type Tell = (column: Column, code: string, text: Text) => void

function lineOf({ cells }: SheetRow, header: Header, tell: Tell): Record<string, unknown> {
  const line: { [field: string]: unknown } = {}
  const handedOn: { [field: string]: unknown } = {}
  header.forEach((column, at) => {
    const cell = cells[at]
    if (column === undefined || cell === undefined || isBlank(cell)) return
    const trouble = typeof cell === 'string' ? undefined : troubles[cell.is]
    if (trouble !== undefined) tell(column, `cell-${typeof cell === 'string' ? '' : cell.is}`, trouble)
    const value = numeric.includes(column) ? figureOf(cell) : textOf(cell).trim()
    if (column === 'handedOnFrom') handedOn['from'] = value
    else if (column === 'handedOnAmount') handedOn['amount'] = value
    else line[column] = value
  })
  return Object.keys(handedOn).length === 0 ? line : { ...line, handedOn }
}

const troubles: Readonly<Record<string, Text>> = {
  inexact: {
    en: 'A number of more digits than a spreadsheet keeps: write it as text',
    zh: '数字位数超出电子表格精度，请以文本填写',
  },
  error: { en: 'The cell holds an error', zh: '单元格为错误值' },
  merged: { en: 'Merged cells cannot be read here', zh: '此处不支持合并单元格' },
}

/** An amount or a quantity as people print it: ￥1,440.00, 1440元, (100.00). What is none stays as it is, for the schema to refuse. */
function figureOf(cell: Cell | undefined): string {
  const text = textOf(cell).normalize('NFKC').replaceAll(/\s/g, '')
  const bare = text.replace(/^(-?)(?:¥|cny|rmb)/i, '$1').replace(/元$/, '')
  const [, inBrackets] = /^\((.+)\)$/.exec(bare) ?? []
  const signed = inBrackets === undefined ? bare : `-${inBrackets}`
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(signed) ? signed.replaceAll(',', '') : signed
  // What a formula came to is written in binary: 86.4 as 86.400000000000006.
  if (typeof cell !== 'string' && cell?.is === 'formula' && /^-?\d+\.\d{5,}$/.test(plain))
    return String(Number(Number(plain).toPrecision(12)))
  return plain
}

const placed = ({ row }: SheetRow, column: number, { en, zh }: Text): Text => ({
  en: `${en} (row ${row}, column ${lettersOf(Math.max(0, column))})`,
  zh: `${zh}（第${row}行${lettersOf(Math.max(0, column))}列）`,
})
