import type { FileKind } from '../../schemas/proposal.ts'
import type { Grid } from './grid.ts'
import type { Label } from './labels.ts'
import { type GoodsLine, readLine, readTotals, type Totals } from './lines.ts'
import { type Point, pointOf } from './numbers.ts'
import { type Fact, findPairs } from './pairs.ts'
import { findTables, type Table } from './tables.ts'
import { fold, partsOf } from './words/fold.ts'

/** One sheet as it was understood 单证: what it is, what it says beside labels, and its lines of goods. */
export interface Paper {
  readonly file: string
  readonly kind: FileKind
  readonly grid: Grid
  readonly point: Point
  readonly facts: readonly Fact[]
  readonly lines: readonly GoodsLine[]
  readonly totals: Totals | undefined
  /** Tables of containers. */
  readonly containers: readonly Table[]
  readonly tables: readonly Table[]
  readonly isCut: boolean
}

/** Reads a sheet; undefined where nothing of it is known. */
export function readPaper(grid: Grid): Paper | undefined {
  const tables = findTables(grid)
  const isTable = (row: number) => tables.some(({ from, to }) => row >= from && row < to)
  const facts = findPairs(grid, isTable)
  const goods = tables.filter(({ heads }) => isGoods(heads))
  if (goods.length === 0 && facts.length < 2) return undefined
  const point = pointOf(numbersIn(grid))
  const lines = goods.flatMap(({ rows, heads }) => rows.map((row) => readLine(row, heads, point)))
  // Several tables of one sheet have totals each: only where there is one table do they hold for all.
  const [only, ...more] = goods
  const totals = only?.totals && more.length === 0 ? readTotals(only.totals, only.heads, point) : undefined
  return {
    file: grid.file,
    kind: kindOf(grid, goods),
    grid,
    point,
    facts: [...facts, ...termsInHeaders(goods), ...termsInCells(grid)],
    lines,
    totals,
    containers: tables.filter(({ heads }) => heads.has('container')),
    tables,
    isCut: goods.some((table) => table.isCut),
  }
}

const isGoods = (heads: Table['heads']) =>
  (['description', 'descriptionZh', 'descriptionEn', 'hsCode', 'article'] as const).some((column) => heads.has(column))

function* numbersIn({ rows }: Grid): Generator<string> {
  for (const row of rows) for (const cell of row) if (cell !== undefined && !cell.exact) yield cell.text
}

/** `Unit price FOB Chongqing` says the trade term. */
const termsInHeaders = (tables: readonly Table[]): Fact[] =>
  tables.flatMap(({ heads }) =>
    [...heads.values()].flatMap(({ head, cell }): Fact[] =>
      head.terms === undefined
        ? []
        : [{ label: 'terms', said: cell.text.slice(0, 60), lines: [head.terms], source: cell.source }],
    ),
  )

const term = /^(?:FOB|CIF|CFR|CNF|C&F|EXW|FCA|CPT|CIP|DAP|DDP|DPU|FAS)\s+[A-Z]/i
/** A trade term with its place in a cell of its own, as it often stands over the prices. */
const termsInCells = ({ rows }: Grid): Fact[] =>
  rows.flatMap((row) =>
    row.flatMap((cell): Fact[] =>
      cell === undefined || cell.text.length > 60 || !term.test(cell.text)
        ? []
        : [{ label: 'terms', said: cell.text, lines: [cell.text], source: cell.source }],
    ),
  )

const titles: Readonly<Record<string, FileKind>> = {
  commercialinvoice: 'invoice',
  invoice: 'invoice',
  proformainvoice: 'invoice',
  taxinvoice: 'invoice',
  商业发票: 'invoice',
  发票: 'invoice',
  形式发票: 'invoice',
  出口发票: 'invoice',
  packinglist: 'packing-list',
  packinglistweightlist: 'packing-list',
  packinglistweightmemo: 'packing-list',
  装箱单: 'packing-list',
  箱单: 'packing-list',
  装箱清单: 'packing-list',
}
const titleRows = 12

/** What a sheet is: by its title, else its name, else its columns. */
function kindOf({ sheet, rows }: Grid, tables: readonly Table[]): FileKind {
  const cells = rows.slice(0, titleRows).flatMap((row) => row.map((cell) => cell?.text ?? ''))
  for (const text of [...cells, sheet ?? '']) {
    if (text.length > 60) continue
    const folded = fold(text)
    const { han, latin } = partsOf(folded)
    for (const name of [folded, latin, han]) if (Object.hasOwn(titles, name)) return titles[name] ?? 'other'
  }
  const has = (...columns: Parameters<Table['heads']['has']>[0][]) =>
    tables.some(({ heads }) => columns.some((column) => heads.has(column)))
  if (has('amount', 'unitPrice')) return 'invoice'
  return has('gross', 'net', 'packages') ? 'packing-list' : 'other'
}

/** All that papers say, in the order in which they are believed. */
export interface Said {
  readonly papers: readonly Paper[]
  /** What stands beside a label, of every paper; of one kind first where that knows better. */
  facts(label: Label, first?: FileKind): readonly (Fact & { readonly paper: Paper })[]
  fact(label: Label, first?: FileKind): (Fact & { readonly paper: Paper }) | undefined
}

const order: Readonly<Record<FileKind, number>> = { declaration: 0, invoice: 1, 'packing-list': 2, other: 3 }

export function listen(papers: readonly Paper[]): Said {
  const sorted = papers.toSorted((a, b) => order[a.kind] - order[b.kind])
  const facts: Said['facts'] = (label, first) => {
    const ranked =
      first === undefined ? sorted : sorted.toSorted((a, b) => Number(b.kind === first) - Number(a.kind === first))
    return ranked.flatMap((paper) =>
      paper.facts.filter((fact) => fact.label === label).map((fact) => ({ ...fact, paper })),
    )
  }
  return { papers: sorted, facts, fact: (label, first) => facts(label, first)[0] }
}
