import { Big } from 'big.js'

/**
 * Units of one kind 可换算计量单位, each in how many of the first: UN/ECE Rec 20 codes. Source: Rec 20 conversion factors. Units in no row
 * (bottles, boxes, sets) convert to nothing but themselves.
 */
const kinds: readonly { readonly [unitCode: string]: string }[] = [
  {
    KGM: '1',
    GRM: '0.001',
    MGM: '0.000001',
    TNE: '1000',
    DTN: '100',
    LTN: '1016.0469088',
    STN: '907.18474',
    CTM: '0.0002',
    LBR: '0.45359237',
    ONZ: '0.028349523125',
  },
  { C62: '1', EA: '1', H87: '1', NMB: '1', CEN: '100', MIL: '1000', DZN: '12' },
  { LTR: '1', MLT: '0.001', MTQ: '1000', K6: '1000' },
  { MTR: '1', KMT: '1000', CMT: '0.01', MMT: '0.001' },
  { MTK: '1', CMK: '0.0001' },
  { KWH: '1', MWH: '1000' },
]

/** A quantity in another unit, exactly; undefined where the units are not of one kind. Rounded up at ten decimals: never less than it is. */
export function converted(value: string, from: string, to: string): string | undefined {
  if (from === to) return new Big(value).toFixed()
  const kind = kinds.find((units) => Object.hasOwn(units, from) && Object.hasOwn(units, to))
  if (kind === undefined) return undefined
  const base = new Big(value).times(kind[from] ?? 1)
  const factor = new Big(kind[to] ?? 1)
  const quotient = base.div(factor).round(10, Big.roundDown)
  return (quotient.times(factor).lt(base) ? quotient.plus('0.0000000001') : quotient).toFixed()
}

/** What several lines come to in one unit: of each line the first quantity that converts; the place of a line with none. */
export function totalIn(
  unitCode: string,
  lines: readonly { readonly quantities: readonly { readonly value: string; readonly unitCode: string }[] }[],
): { readonly total: string } | { readonly line: number } {
  let total = new Big(0)
  for (const [line, { quantities }] of lines.entries()) {
    const found = quantities
      .map(({ value, unitCode: from }) => converted(value, from, unitCode))
      .find((one) => one !== undefined)
    if (found === undefined) return { line }
    total = total.plus(found)
  }
  return { total: total.toFixed() }
}
