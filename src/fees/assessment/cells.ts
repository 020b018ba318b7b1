import { Big } from 'big.js'
import { type Conditions, type Dimension, dimensions } from '../../../schemas/fees/conditions.ts'
import type { Fee } from '../../../schemas/fees/entries.ts'
import { type Factor, type Measure, measures, type Rate } from '../../../schemas/fees/price.ts'
import { overlapOf } from '../pricing/conditions.ts'

/** Values of the dimensions that matter: one that is not named, or all of whose values are, does not. */
type Scope = ReadonlyMap<Dimension, ReadonlySet<string>>

/** A part of a measure: above `from`, up to and including `upTo` where it ends. */
export interface Interval {
  readonly form: 'slices' | 'bands'
  readonly of: Measure
  readonly from: Big
  readonly upTo: Big | undefined
}

/**
 * One price of a fee 价格单元: what one unit of one thing costs. Of a range it is the upper bound: what may be charged. Prices of different
 * fees can be compared where one is for the very thing the other is for.
 */
export interface Cell {
  readonly scope: Scope
  /** What is counted, in the order of names: the product does not mind. */
  readonly per: string
  readonly part: 'amount' | 'minimum' | 'maximum'
  readonly interval: Interval | undefined
  readonly price: Big
  /** Cells of one shape are for the same thing. */
  readonly shape: string
}

/** The prices of a fee, cell by cell. What is by agreement or handed on has none. */
export const cellsOf = (fee: Fee): Cell[] =>
  fee.price.kind === 'rates' ? fee.price.rates.flatMap((rate) => rateCells(rate, fee.applies)) : []

/** The prices of one rate, under the conditions of what it belongs to. None where the two exclude each other. */
export function rateCells(rate: Rate, applies: Conditions | undefined): Cell[] {
  const per = perOf(rate.per)
  const scope = scopeOf(per, applies, rate.when)
  if (scope === undefined) return []
  const cell = (part: Cell['part'], price: string, interval?: Interval) => cellOf(scope, per, part, price, interval)
  const bounds = (['minimum', 'maximum'] as const).flatMap((part) => {
    const bound = rate[part]
    return bound === undefined ? [] : [cell(part, bound)]
  })
  switch (rate.form) {
    case 'fixed':
      return [cell('amount', rate.amount), ...bounds]
    case 'range':
      return [cell('amount', rate.most), ...bounds]
    default: {
      const { form, of, steps } = rate
      const stepped = steps.map(({ upTo, amount }, at) =>
        cell('amount', amount, {
          form,
          of,
          from: new Big(steps[at - 1]?.upTo ?? 0),
          upTo: upTo === undefined ? undefined : new Big(upTo),
        }),
      )
      return [...stepped, ...bounds]
    }
  }
}

export const cellOf = (
  scope: Scope,
  per: string,
  part: Cell['part'],
  price: string,
  interval: Interval | undefined,
): Cell => ({ scope, per, part, interval, price: new Big(price), shape: shapeOf(scope, per, part, interval) })

/** Where both conditions hold; undefined where they never do. What is counted in containers need not be said to be containers. */
export function scopeOf(per: string, a: Conditions | undefined, b?: Conditions): Scope | undefined {
  const both = overlapOf(a, b)
  if (both === undefined) return undefined
  const scope = new Map<Dimension, ReadonlySet<string>>()
  for (const dimension of Object.keys(dimensions) as Dimension[]) {
    const named: readonly string[] = both[dimension] ?? dimensions[dimension]
    const values = dimensions[dimension].filter((value) => named.includes(value))
    if (dimension === 'cargoes' && named.includes('container') && per.split(' × ').includes('container')) continue
    if (values.length < dimensions[dimension].length) scope.set(dimension, new Set(values))
  }
  return scope
}

/** What is counted, whatever the order it is written in. Days of a container are counted for each container, said or not. */
export function perOf(factors: readonly (string | Exclude<Factor, string>)[]): string {
  const names = factors.map((factor) => (typeof factor === 'string' ? factor : factor.largerOf.toSorted().join('|')))
  const days = names.some(isContainerDay)
  return [...names.filter((name) => !(days && name === 'container')), ...(days ? ['container'] : [])].sort().join(' × ')
}
const isContainerDay = (name: string): boolean =>
  name !== 'container' && Object.hasOwn(measures, name) && measures[name as Measure].of === 'containers'

const shapeOf = (scope: Scope, per: string, part: Cell['part'], interval: Interval | undefined): string =>
  [
    per,
    part,
    ...[...scope].map(([dimension, values]) => `${dimension}=${[...values].join(',')}`),
    ...(interval === undefined
      ? []
      : [`${interval.form} ${interval.of} ${interval.from.toFixed()}-${interval.upTo?.toFixed() ?? ''}`]),
  ].join('; ')

/** Whether one price is for everything that another is for: then it says what the other's thing costs. */
export const covers = (wide: Cell, narrow: Cell): boolean =>
  wide.shape === narrow.shape ||
  (wide.per === narrow.per &&
    wide.part === narrow.part &&
    coversScope(wide.scope, narrow.scope) &&
    coversInterval(wide.interval, narrow.interval))

function coversScope(wide: Scope, narrow: Scope): boolean {
  for (const [dimension, values] of wide) {
    const within = narrow.get(dimension)
    if (within === undefined || !within.isSubsetOf(values)) return false
  }
  return true
}

function coversInterval(wide: Interval | undefined, narrow: Interval | undefined): boolean {
  if (wide === undefined) return true
  if (narrow === undefined || wide.form !== narrow.form || wide.of !== narrow.of) return false
  if (wide.from.gt(narrow.from)) return false
  return wide.upTo === undefined || (narrow.upTo !== undefined && narrow.upTo.lte(wide.upTo))
}

/**
 * What the thing of a price cost by other prices, each for a part of it: a step of days that was one may have been two. None where nothing was
 * said of it.
 */
export const partsOf = (narrow: Cell, wides: readonly Cell[]): { readonly was: Cell; readonly part: Cell }[] =>
  wides.flatMap((was) => {
    if (was.per !== narrow.per || was.part !== narrow.part || !coversScope(was.scope, narrow.scope)) return []
    const interval = was.interval && narrow.interval ? bothOf(was.interval, narrow.interval) : 'either'
    if (interval === undefined) return []
    return [
      { was, part: { ...narrow, interval: interval === 'either' ? (narrow.interval ?? was.interval) : interval } },
    ]
  })

function bothOf(a: Interval, b: Interval): Interval | undefined {
  if (a.form !== b.form || a.of !== b.of) return undefined
  const from = a.from.gt(b.from) ? a.from : b.from
  const ends = [a.upTo, b.upTo].filter((end) => end !== undefined).sort((x, y) => x.cmp(y))
  return ends[0] !== undefined && ends[0].lte(from) ? undefined : { form: a.form, of: a.of, from, upTo: ends[0] }
}
