import { Big } from 'big.js'
import type { GuessSource } from '../../schemas/proposal.ts'
import type { Column } from './columns.ts'
import type { GridCell } from './grid.ts'
import { decimalOf, exactNumber, numberIn, type Point } from './numbers.ts'
import type { Table, TableRow } from './tables.ts'
import { currencyIn, type NamedCurrency } from './words/currencies.ts'
import { hasHan } from './words/fold.ts'
import { kilogramsOf, unitOf } from './words/units.ts'

/** A value with the cell it stands in. */
export interface Found<T = string> {
  readonly value: T
  readonly source: GuessSource
  /** The header or label it stands under, as it is printed. */
  readonly under: string
}

/** One line of goods 商品行 as a document has it. Masses in kilograms. */
export interface GoodsLine {
  readonly source: GuessSource
  readonly number?: string
  readonly article?: string
  readonly name?: Found
  readonly nameEn?: Found
  readonly specification?: Found
  readonly elements?: Found
  readonly brand?: Found
  readonly hsCode?: Found
  readonly quantity?: Found
  readonly unit?: Found
  readonly unitPrice?: Found
  readonly amount?: Found
  readonly currency?: Found<NamedCurrency>
  readonly packages?: Found
  readonly packageType?: Found
  readonly grossKg?: Found
  readonly netKg?: Found
  readonly origin?: Found
  readonly container?: Found
  /** Columns whose cell counts for several lines together: merged over them. */
  readonly shared: readonly Column[]
}

/** What a table says in a row of its own about all its lines. */
export type Totals = Pick<GoodsLine, 'quantity' | 'amount' | 'packages' | 'packageType' | 'grossKg' | 'netKg'>

type Heads = Table['heads']
const codeInText = /(?:H\.?\s?S\.?|商品编码|税号|海关编码)\s*(?:code|no)?[.:：\s]{0,3}([\d.]{6,15})/i

/** Reads a row of a table of goods. */
export function readLine(row: TableRow, heads: Heads, point: Point): GoodsLine {
  const found = (column: Column): Found | undefined => {
    const cell = row.get(column)
    return cell && { value: cell.text, source: cell.source, under: underOf(heads, column) }
  }
  const numbers = readNumbers(row, heads, point)
  const names = namesOf(found('description'), found('descriptionZh'), found('descriptionEn'))
  const coded = found('hsCode') ?? codeIn(found('description'))
  const first = [...row.values()][0]
  return defined({
    source: first?.source ?? { file: '' },
    number: found('line')?.value,
    article: found('article')?.value,
    ...names,
    specification: found('specification') ?? (names.name === undefined ? undefined : found('article')),
    elements: found('elements'),
    brand: found('brand'),
    hsCode: coded,
    ...numbers,
    origin: found('origin'),
    container: found('container'),
    shared: [...row].filter(([, cell]) => cell.repeats || (cell.rows ?? 1) > 1).map(([column]) => column),
  }) as GoodsLine
}

/** Reads the row of totals of a table. */
export const readTotals = (row: TableRow, heads: Heads, point: Point): Totals => readNumbers(row, heads, point)

const underOf = (heads: Heads, column: Column) =>
  heads.get(column)?.cell.text.replaceAll(/\s+/g, ' ').slice(0, 60) ?? ''

function readNumbers(
  row: TableRow,
  heads: Heads,
  point: Point,
): Totals & Pick<GoodsLine, 'unit' | 'unitPrice' | 'currency'> {
  const at = (column: Column) => numberOf(row.get(column), point)
  const found = <T>(column: Column, value: T | undefined): Found<T> | undefined => {
    const cell = row.get(column)
    return cell === undefined || value === undefined || cell.repeats
      ? undefined
      : { value, source: cell.source, under: underOf(heads, column) }
  }
  const [quantity, price, amount] = [at('quantity'), at('unitPrice'), at('amount')]
  const packages = at('packages')
  const unitWord = unitOf(row.get('unit')?.text ?? '')
  const unit =
    unitWord === undefined
      ? found('quantity', unitOf(quantity?.behind ?? '') ?? unitOf(heads.get('quantity')?.head.word ?? ''))
      : found('unit', unitWord)
  const money = (column: Column, read: typeof price) =>
    found(column, currencyIn(`${read?.before ?? ''} ${read?.behind ?? ''}`) ?? named(heads.get(column)?.head.currency))
  const packed = packages?.behind.replace(/[()（）]/g, '') || heads.get('packages')?.head.word
  return defined({
    quantity: found('quantity', quantity?.value),
    unit,
    unitPrice: found('unitPrice', price?.value),
    amount: found('amount', amount?.value),
    currency:
      found('currency', currencyIn(row.get('currency')?.text ?? '')) ??
      money('amount', amount) ??
      money('unitPrice', price),
    packages: found('packages', packages?.value),
    packageType: found('packageType', row.get('packageType')?.text) ?? found('packages', packed),
    grossKg: found('gross', massOf(at('gross'), heads.get('gross')?.head.kilograms)),
    netKg: found('net', massOf(at('net'), heads.get('net')?.head.kilograms)),
  })
}
const named = (code: string | undefined): NamedCurrency | undefined =>
  code === undefined ? undefined : { code, others: [] }

/** The number in a cell, with what stands around it. */
export function numberOf(cell: Pick<GridCell, 'text' | 'exact'> | undefined, point: Point) {
  if (cell === undefined) return undefined
  if (!cell.exact) return numberIn(cell.text, point)
  const value = exactNumber(cell.text)
  return value === undefined ? undefined : { value, before: '', behind: '' }
}

/** A mass in kilograms: in the unit beside it, else the header's, else kilograms. */
export function massOf(read: { value: string; behind: string } | undefined, ofHeader?: string): string | undefined {
  if (read === undefined) return undefined
  const factor = kilogramsOf(unitOf(read.behind.replace(/[()（）]/g, ''))) ?? ofHeader ?? '1'
  return decimalOf(new Big(read.value).times(factor))
}

/** Chinese and English names: in columns of their own, or in one cell under or beside each other. */
function namesOf(both?: Found, zh?: Found, en?: Found): Pick<GoodsLine, 'name' | 'nameEn'> {
  const text = both?.value.replace(codeInText, ' ').replaceAll(/[ \t]+/g, ' ') ?? ''
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const part = (value: string): Found | undefined =>
    both === undefined || value === '' ? undefined : { ...both, value }
  if (lines.length > 1) {
    const han = lines.filter(hasHan).join(' ')
    const latin = lines.filter((line) => !hasHan(line)).join(' ')
    return defined({ name: zh ?? part(han), nameEn: en ?? part(latin) })
  }
  const line = lines[0] ?? ''
  // 笔记本电脑 NOTEBOOK COMPUTER: two names, where the Latin part is words, not a model.
  const split = /^([^A-Za-z]*\p{Script=Han}[^A-Za-z]*?)[\s/(（]+([A-Za-z][A-Za-z\s,.'-]{5,})[)）]?$/u.exec(line)
  const turned = /^([A-Za-z][A-Za-z\s,.'-]{5,}?)[\s/(（]+(\p{Script=Han}[^A-Za-z]*?)[)）]?$/u.exec(line)
  const [han, latin] = split === null ? [turned?.[2], turned?.[1]] : [split[1], split[2]]
  if (han !== undefined && latin !== undefined)
    return defined({ name: zh ?? part(han.trim()), nameEn: en ?? part(latin.trim()) })
  return defined(hasHan(line) ? { name: zh ?? part(line), nameEn: en } : { name: zh, nameEn: en ?? part(line) })
}

function codeIn(description: Found | undefined): Found | undefined {
  const code = codeInText.exec(description?.value ?? '')?.[1]
  return description && code ? { ...description, value: code } : undefined
}

/** A record without what is undefined. */
export const defined = <T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never
