import { limits } from '../../limits.ts'
import type { Cell, OddCell } from './cell.ts'
import { columnAt } from './columns.ts'
import { FileTrouble, type SheetRow } from './header.ts'
import { fillMerged } from './merged.ts'
import { counter, tooLarge } from './sizes.ts'
import { type Archive, openArchive } from './zip.ts'

/** A sheet of a workbook 工作表 as it stands: its rows, and which of its cells are merged (`A2:A5`). */
export interface RawSheet {
  readonly name: string
  readonly rows: readonly SheetRow[]
  readonly merged: readonly string[]
}

/**
 * Reads the first visible sheet of a workbook 工作簿: cells as text, numbers to the digit, formulas told. Each part is unpacked as it is read.
 * @throws {FileTrouble} when it is no workbook, or larger than any honest one
 */
export async function readXlsx(bytes: Buffer): Promise<SheetRow[]> {
  for await (const { rows, merged } of readSheets(bytes)) return fillMerged(rows, merged)
  throw noSheet()
}

/**
 * Reads the visible sheets of a workbook, one after the other; a sheet of nothing but charts is passed over.
 * @param mostBytes all parts of the workbook may unpack to
 * @throws {FileTrouble} when it is no workbook, or larger than any honest one
 */
export async function* readSheets(bytes: Buffer, mostBytes?: number): AsyncGenerator<RawSheet> {
  const archive = openArchive(bytes, mostBytes)
  const book = await linkTo(archive, '', 'officeDocument')
  const links = await linksOf(archive, book)
  const sheets: { id: string; name: string }[] = []
  let from1904 = false
  await readXml(archive, book, (name, of) => {
    if (name === 'workbookPr') from1904 = ['1', 'true'].includes(of('date1904') ?? '')
    if (name === 'sheet' && (of('state') ?? 'visible') === 'visible')
      sheets.push({ id: of('id') ?? '', name: of('name') ?? '' })
  })
  const strings = links.find(({ type }) => type === 'sharedStrings')
  let texts: readonly string[] | undefined
  for (const { id, name } of sheets) {
    const sheet = links.find((link) => link.id === id && link.type === 'worksheet')
    if (sheet === undefined) continue
    texts ??= strings === undefined ? [] : await readStrings(archive, strings.part)
    yield { name, ...(await readRows(archive, sheet.part, texts, from1904)) }
  }
}

const noSheet = () =>
  new FileTrouble('no-sheet', { en: 'No visible sheet in the workbook', zh: '工作簿中没有可见的工作表' })

interface Link {
  readonly id: string
  readonly type: string
  /** Name of the part it leads to. */
  readonly part: string
}

/** Where a part's links lead: `xl/workbook.xml` has them in `xl/_rels/workbook.xml.rels`. */
async function linksOf(archive: Archive, part: string): Promise<Link[]> {
  const folder = part.replace(/[^/]*$/, '')
  const name = `${folder}_rels/${part.slice(folder.length)}.rels`
  const links: Link[] = []
  if (archive.has(name))
    await readXml(archive, name, (tag, of) => {
      if (tag !== 'Relationship') return
      const target = targetOf(of('Target') ?? '', folder)
      if (target !== undefined)
        links.push({ id: of('Id') ?? '', type: of('Type')?.split('/').at(-1) ?? '', part: target })
    })
  return links
}

/** The part a link means; undefined for an address that is none. */
function targetOf(target: string, folder: string): string | undefined {
  try {
    return decodeURI(new URL(target, `zip:///${folder}`).pathname).slice(1)
  } catch {
    return undefined
  }
}

async function linkTo(archive: Archive, part: string, wanted: string): Promise<string> {
  const link = (await linksOf(archive, part)).find(({ type }) => type === wanted)
  if (link === undefined)
    throw new FileTrouble('not-a-workbook', { en: 'Not an Excel workbook', zh: '不是 Excel 工作簿' })
  return link.part
}

type Attribute = (name: string) => string | undefined
interface Handlers {
  open(name: string, of: Attribute): void
  text?(text: string): void
  close?(name: string): void
}

/** Reads a part as XML. No document type: nothing is ever expanded. */
async function readXml(archive: Archive, part: string, handlers: Handlers | Handlers['open']): Promise<void> {
  const { SaxesParser } = await import('saxes')
  const { open, text, close } = typeof handlers === 'function' ? { open: handlers } : (handlers as Handlers)
  const parser = new SaxesParser({ position: false, xmlns: false })
  const bare = (name: string) => name.slice(name.indexOf(':') + 1)
  const refuse = (what: string) => {
    throw new FileTrouble('workbook-broken', { en: `${part}: ${what}`, zh: `工作簿部件 ${part} 无法读取：${what}` })
  }
  parser.on('error', ({ message }) => refuse(message.slice(0, limits.parserMessage)))
  parser.on('doctype', () => refuse('a document type'))
  parser.on('opentag', ({ name, attributes }) =>
    open(bare(name), (wanted) => {
      const own = attributes[wanted]
      if (own !== undefined) return own
      for (const key in attributes) if (bare(key) === wanted) return attributes[key]
      return undefined
    }),
  )
  if (text !== undefined) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  if (close !== undefined) parser.on('closetag', ({ name }) => close(bare(name)))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decoded = (chunk?: Buffer) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      return refuse('not UTF-8') ?? ''
    }
  }
  for await (const chunk of archive.open(part)) parser.write(decoded(chunk))
  parser.write(decoded()).close()
}

/** What a workbook writes for characters XML has no place for: `_x000D_`. Source: ISO/IEC 29500-1, 22.9.2.19. */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

/** Texts cells point to; of formatted ones the text, without its reading aid. */
async function readStrings(archive: Archive, part: string): Promise<string[]> {
  const texts: string[] = []
  let [text, inside, aside] = ['', false, false]
  await readXml(archive, part, {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') aside = true
      inside = name === 't' && !aside
    },
    text: (more) => {
      if (inside) text += more
    },
    close(name) {
      if (name === 't') inside = false
      if (name === 'rPh') aside = false
      if (name === 'si') texts.push(unescaped(text))
    },
  })
  return texts
}

async function readRows(archive: Archive, part: string, texts: readonly string[], from1904: boolean) {
  const rows: SheetRow[] = []
  const merged: string[] = []
  const counted = counter()
  let [row, column, type, text, inside, aside, formula] = [0, -1, 'n', '', false, false, false]
  let cells: (Cell | undefined)[] = []
  await readXml(archive, part, {
    open(name, of) {
      if (name === 'row') {
        const next = Number(of('r') ?? row + 1)
        if (!(next > row)) throw rowsAstray()
        ;[row, cells, column] = [next, [], -1]
      } else if (name === 'c') {
        const at = of('r')
        column = at === undefined ? column + 1 : columnAt(at)
        ;[type, text, formula] = [of('t') ?? 'n', '', false]
      } else if (name === 'f') formula = true
      else if (name === 'rPh') aside = true
      else if (name === 'mergeCell') merged.push(of('ref') ?? '')
      inside = name === 'v' || (name === 't' && !aside)
    },
    text: (more) => {
      if (inside) text += more
    },
    close(name) {
      if (name === 'v' || name === 't') inside = false
      else if (name === 'rPh') aside = false
      else if (name === 'c') {
        const cell = formula ? ({ is: 'formula', text } as const) : cellOf(type, text, texts, from1904)
        if (cell === '') return
        if (column < 0 || column >= limits.sheetColumns) throw tooLarge('sheetColumns')
        while (cells.length < column) cells.push(undefined)
        cells[column] = cell
      } else if (name === 'row' && cells.length > 0) {
        counted(cells)
        rows.push({ row, cells })
      }
    },
  })
  return { rows, merged }
}

const rowsAstray = () =>
  new FileTrouble('workbook-broken', { en: 'Rows are not in their order', zh: '工作表的行次序错误' })

function cellOf(type: string, text: string, texts: readonly string[], from1904: boolean): Cell {
  if (text === '') return ''
  if (type === 's') return texts[Number(text)] ?? ''
  if (type === 'inlineStr' || type === 'str') return unescaped(text)
  if (type === 'e') return { is: 'error', text }
  if (type === 'b') return { is: 'boolean', text: text === '1' ? 'TRUE' : 'FALSE' }
  if (type === 'd') return text.replace(/T00:00:00(\.0*)?Z?$/, '')
  return numberOf(text, from1904)
}

/** Digits a spreadsheet keeps of a number. */
const significantDigits = 15
/** Days a number may stand for: 2000 to 2199. A smaller one is a slip, as a year alone. */
const dayNumbers = { first: 36_526, last: 109_574, epoch: Date.UTC(1899, 11, 30), later1904: 1_462 } as const

function numberOf(text: string, from1904: boolean): OddCell {
  const value = Number(text)
  // The shortest text that means this number: Excel writes 1.1 as 1.1000000000000001.
  const shortest = String(value)
  if (!Number.isFinite(value)) return { is: 'error', text }
  if (shortest.replace(/e.*/, '').replaceAll(/\D/g, '').replace(/^0+/, '').length > significantDigits)
    return { is: 'inexact', text: shortest }
  const number = value + (from1904 ? dayNumbers.later1904 : 0)
  if (!Number.isInteger(number) || number < dayNumbers.first || number > dayNumbers.last)
    return { is: 'number', text: shortest }
  const day = new Date(dayNumbers.epoch + number * 86_400_000).toISOString().slice(0, 10)
  return { is: 'number', text: shortest, day }
}
