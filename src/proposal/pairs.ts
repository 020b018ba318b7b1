import type { GuessSource } from '../../schemas/proposal.ts'
import { limits } from '../limits.ts'
import type { Grid, GridCell } from './grid.ts'
import { type Label, labelOf } from './labels.ts'
import { placeNamed } from './words/places.ts'

/** What stands beside a label 标签与值. */
export interface Fact {
  readonly label: Label
  /** The label as it is printed. */
  readonly said: string
  /** The value, line by line: an address has several. */
  readonly lines: readonly string[]
  readonly source: GuessSource
  readonly day?: string
  readonly exact?: true
}

const parties: ReadonlySet<Label> = new Set(['seller', 'buyer', 'consignee', 'sellerAddress', 'buyerAddress', 'marks'])
const colon = /[:：]/

/** Everything a sheet says beside a label, outside of its tables. @param isTable whether a row, from 0, belongs to a table */
export function findPairs(grid: Grid, isTable: (row: number) => boolean): Fact[] {
  const facts: Fact[] = []
  for (const [row, cells] of grid.rows.entries()) {
    if (isTable(row)) continue
    for (const [column, cell] of cells.entries())
      if (cell !== undefined && cell.repeats === undefined && cell.text.length <= limits.proposalText * 4)
        facts.push(...factsIn(grid, cell, row, column, isTable))
  }
  return facts
}

function factsIn(grid: Grid, cell: GridCell, row: number, column: number, isTable: (row: number) => boolean): Fact[] {
  const found: Fact[] = []
  const lines = linesOf(cell.text)
  for (const [at, line] of lines.entries()) {
    const packed = /^packed\s+in\s+(\d[\d,]{0,8}\s+[a-z ]{3,30})/i.exec(line)?.[1]
    if (packed !== undefined) found.push({ label: 'packages', said: 'packed in', lines: [packed], source: cell.source })
    const route = routeIn(line, cell.source)
    if (route.length > 0) {
      found.push(...route)
      continue
    }
    for (const { label, said, value } of labelled(line)) {
      if (label === '-') continue
      if (value !== '' && !parties.has(label)) {
        found.push({ label, said, lines: [value], source: cell.source })
        continue
      }
      // Of a cell with more lines the value goes on in the next ones, as far as they are no labels themselves.
      const below = lines.slice(at + 1)
      const end = below.findIndex((one) => labelled(one).length > 0)
      const own = [...(value === '' ? [] : [value]), ...(end === -1 ? below : below.slice(0, end))]
      if (own.length > 0) found.push({ label, said, lines: ownLines(label, own), source: cell.source })
      else if (at === lines.length - 1) found.push(...besides(grid, label, said, row, column, isTable))
    }
  }
  return found
}

const ownLines = (label: Label, lines: readonly string[]) =>
  lines.slice(0, parties.has(label) ? limits.proposalAddressRows : 1)

const linesOf = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** The value of a label that stands alone in its cell: to the right, else below. */
function besides(
  grid: Grid,
  label: Label,
  said: string,
  row: number,
  column: number,
  isTable: (row: number) => boolean,
): Fact[] {
  const right = grid.rows[row]?.slice(column + 1).findIndex((cell) => cell !== undefined) ?? -1
  const start = right === -1 ? undefined : column + 1 + right
  const beside = start === undefined ? undefined : grid.rows[row]?.[start]
  const isBeside = beside !== undefined && labelled(linesOf(beside.text)[0] ?? '').length === 0
  const at = isBeside ? { row, column: start ?? column } : { row: row + 1, column }
  const first = grid.rows[at.row]?.[at.column]
  if (first === undefined || isTable(at.row)) return []
  const lines: string[] = []
  const most = parties.has(label) ? limits.proposalAddressRows : 1
  for (let next = at.row; lines.length < most && next < at.row + most; next++) {
    const cell = isTable(next) ? undefined : grid.rows[next]?.[at.column]
    if (cell === undefined || cell.repeats || isOther(cell)) break
    // A label of its own to the left: what follows is the value of that one.
    const left = next === at.row ? undefined : grid.rows[next]?.[column]
    if (isBeside && left !== undefined && !left.repeats && isOther(left)) break
    lines.push(...linesOf(cell.text))
  }
  if (lines.length === 0) return []
  const { source, day, exact } = first
  const number = { ...(day === undefined ? {} : { day }), ...(exact === undefined ? {} : { exact }) }
  return [{ label, said, lines: lines.slice(0, most), source, ...number }]
}

/** Whether a cell begins with something of its own. */
function isOther(cell: GridCell): boolean {
  const first = linesOf(cell.text)[0] ?? ''
  return labelled(first).length > 0 || routeIn(first, cell.source).length > 0
}

interface Labelled {
  readonly label: Label | '-'
  readonly said: string
  readonly value: string
}

/** The labels of one line with what follows each: `Invoice No.: A-1  Date: 2026-11-18` has two. Empty where there is none. */
export function labelled(line: string): Labelled[] {
  const parts = line.slice(0, limits.proposalText).split(colon)
  const found: { label: Label | '-'; said: string; value: string }[] = []
  if (parts.length > 12) return []
  for (const [at, part] of parts.entries()) {
    const last = found.at(-1)
    if (at === parts.length - 1) {
      if (last !== undefined) last.value = joined(last.value, part)
      break
    }
    const cut = labelAtEnd(part, at === 0)
    if (cut === undefined) {
      if (last === undefined) return unmarked(line)
      last.value = `${joined(last.value, part)}:`
      continue
    }
    if (last !== undefined) last.value = joined(last.value, cut.before)
    found.push({ label: cut.label, said: cut.said, value: '' })
  }
  return found.length > 0 ? found.map((one) => ({ ...one, value: one.value.trim() })) : unmarked(line)
}
const joined = (before: string, part: string) => `${before}${before === '' ? '' : ' '}${part.trim()}`.trim()

/** The label a piece ends with, before its colon. The first piece is one as a whole, or none. */
function labelAtEnd(piece: string, isWhole: boolean) {
  const words = piece.trim().split(/\s+/)
  for (let taken = isWhole ? words.length : Math.min(5, words.length); taken > 0; taken--) {
    const said = words.slice(-taken).join(' ')
    const label = labelOf(said)
    if (label !== undefined) return { label, said, before: words.slice(0, -taken).join(' ') }
    if (isWhole) return undefined
  }
  return undefined
}

/** A label without a colon: alone, or of several words with its value behind it. */
function unmarked(line: string): Labelled[] {
  const whole = labelOf(line)
  if (whole !== undefined) return [{ label: whole, said: line, value: '' }]
  const words = line.split(/\s+/)
  for (let taken = Math.min(6, words.length - 1); taken > 0; taken--) {
    const said = words.slice(0, taken).join(' ')
    if (taken === 1 && !/^\p{Script=Han}{3,}/u.test(said)) continue
    const label = labelOf(said)
    if (label !== undefined) return [{ label, said, value: words.slice(taken).join(' ') }]
  }
  return []
}

const way = /^\W*(?:shipped\s+|shipment\s+)?from\s+(.{2,60}?)\s+to\s+(.{2,60}?)(?:\s+(?:by|via)\s+(.{2,40}))?$/i

/** `FROM CHONGQING TO SINGAPORE BY SEA`, and 从…到…. */
function routeIn(line: string, source: GuessSource): Fact[] {
  const text = line.length > 160 ? '' : line.replace(/^[^:：]{1,40}[:：]\s*(?=from\b|从|自)/i, '')
  const [, from, to, by] =
    way.exec(text) ?? /^[从自]\s*(.{2,30}?)\s*[到至]\s*(.{2,30}?)(?:\s*[，,]\s*(.{2,20}))?$/.exec(text) ?? []
  if (from === undefined || to === undefined) return []
  if (placeNamed(from) === undefined || placeNamed(to) === undefined) return []
  const fact = (label: Label, value: string): Fact => ({ label, said: 'from … to …', lines: [value], source })
  return [fact('loading', from), fact('discharge', to), ...(by === undefined ? [] : [fact('mode', by)])]
}
