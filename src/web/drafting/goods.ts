import { Big } from 'big.js'
import { rec20OfUnit } from '../../../schemas/codes/concordance.ts'
import { tariffLine } from '../../../schemas/codes/tariff.ts'
import { read, type Tree, write } from './document.ts'

const items = '/goodsShipment/items'
const containers = '/goodsShipment/consignment/containers'

/** The lines of goods, as far as they are lines. */
export function linesOf(document: Tree): readonly Tree[] {
  const found = read(document, items)
  return Array.isArray(found)
    ? found.map((one: unknown) => (typeof one === 'object' && one !== null ? (one as Tree) : {}))
    : []
}

/** What can be done with the lines of goods. */
export type GoodsMove = { readonly do: 'add' } | { readonly do: 'duplicate' | 'remove'; readonly index: number }

/** The lines of goods after a move, numbered anew; containers go on naming the lines they hold. */
export function moveGoods(document: Tree, move: GoodsMove): Tree {
  const lines = linesOf(document)
  const numbered = (all: readonly Tree[]) =>
    write(
      document,
      items,
      all.map((line, index) => ({ ...line, sequence: index + 1 })),
    )
  if (move.do === 'add') return numbered([...lines, {}])
  const line = lines[move.index]
  if (line === undefined) return document
  if (move.do === 'duplicate') return numbered([...lines, structuredClone(line)])
  return withoutInContainers(numbered(lines.filter((_, index) => index !== move.index)), move.index + 1)
}

function withoutInContainers(document: Tree, gone: number): Tree {
  const boxes = read(document, containers)
  if (!Array.isArray(boxes)) return document
  const shifted = (boxes as unknown[]).map((box) => {
    const held = (box as Tree | null)?.['goodsItemSequences']
    if (!Array.isArray(held)) return box
    const left = (held as unknown[])
      .filter((one) => one !== gone)
      .map((one) => (typeof one === 'number' && one > gone ? one - 1 : one))
    return { ...(box as Tree), goodsItemSequences: left }
  })
  return write(document, containers, shifted)
}

/** What follows for a line from what was said of it: its number, the units its tariff line is counted in, and its price where only that is missing. */
export function completeLine(document: Tree, index: number): Tree {
  const at = `${items}/${index}`
  const line = read(document, at)
  if (typeof line !== 'object' || line === null) return document
  let next = write(document, `${at}/sequence`, index + 1)
  const { hsCode, unitPrice, totalPrice } = line as Tree
  const units = typeof hsCode === 'string' ? (tariffLine(hsCode)?.statutoryUnits ?? []) : []
  for (const [place, customsCode] of units.entries()) {
    const unit = `${at}/statutoryQuantity${place + 1}/unitCode`
    const code = customsCode === undefined ? undefined : rec20OfUnit(customsCode)
    if (code !== undefined && read(next, unit) === undefined) next = write(next, unit, code)
  }
  const [price, quantity] = [unitPrice, read(line, '/quantity/value')].map(numberOf)
  if (totalPrice === undefined && price && quantity)
    next = write(next, `${at}/totalPrice`, price.times(quantity).round(2).toFixed())
  return next
}

const numberOf = (value: unknown): Big | undefined =>
  typeof value === 'string' && /^\d{1,20}(\.\d{1,10})?$/.test(value) ? new Big(value) : undefined

/** What the lines come to. A sum of what only some of them say is none. */
export interface Sums {
  readonly netMassKg: string | undefined
  readonly grossMassKg: string | undefined
  readonly totalPrice: string | undefined
  readonly currency: string | undefined
}
export function sumsOf(document: Tree): Sums {
  const lines = linesOf(document)
  const sum = (field: string) => {
    const numbers = lines.map((line) => numberOf(line[field]))
    if (numbers.length === 0 || numbers.includes(undefined)) return undefined
    return numbers.reduce((total: Big, number) => total.plus(number ?? 0), new Big(0)).toFixed()
  }
  const currencies = new Set(lines.map((line) => line['currency']))
  const [currency] = currencies
  return {
    netMassKg: sum('netMassKg'),
    grossMassKg: sum('grossMassKg'),
    totalPrice: sum('totalPrice'),
    currency: currencies.size === 1 && typeof currency === 'string' ? currency : undefined,
  }
}

/** Totals of the declaration that its lines add up to, and where the sum goes. */
export const totals = {
  net: { at: '/goodsShipment/totalNetMassKg', sum: 'netMassKg' },
  gross: { at: '/goodsShipment/totalGrossMassKg', sum: 'grossMassKg' },
} as const
export type TotalId = keyof typeof totals

/** A document whose total is what its lines come to. */
export function takeSum(document: Tree, total: TotalId): Tree {
  const sum = sumsOf(document)[totals[total].sum]
  return sum === undefined ? document : write(document, totals[total].at, sum)
}
