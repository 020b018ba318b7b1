import { Big } from 'big.js'
import type { Conditions } from '../../../schemas/fees/conditions.ts'
import { type Factor, type Measure, measures, type Price, type Rate } from '../../../schemas/fees/price.ts'
import type { Text } from '../../../schemas/text.ts'
import { overlapOf } from './conditions.ts'
import { measuresOf } from './quantities.ts'
import { stepsOf } from './steps.ts'
import { stepInWords } from './words.ts'

/** Two rates of one price that can both hold for the same thing: places in `rates`, and for which things. */
export interface Contradiction {
  readonly first: number
  readonly second: number
  readonly when: Conditions
}

/** Rates of a price that contradict each other 收费标准自相矛盾. @param applies the conditions of the fee: beyond them nothing matters */
export function contradictions(price: Price, applies?: Conditions): Contradiction[] {
  if (price.kind !== 'rates') return []
  const scopes = price.rates.map(({ when }) => overlapOf(applies, when))
  return scopes.flatMap((a, first) =>
    scopes.slice(first + 1).flatMap((b, after): Contradiction[] => {
      const when = a && b && overlapOf(a, b)
      return when === undefined ? [] : [{ first, second: first + 1 + after, when }]
    }),
  )
}

/** What a legal basis fixes: a price that must be charged, or a ceiling. */
export interface Bound {
  readonly how: 'set' | 'ceiling'
  readonly when?: Conditions | undefined
  readonly rates: readonly Rate[]
}

/** Where a price is above its ceiling 超过最高限价, is not the price that is set 不符合政府定价, or cannot be held against it. */
export interface Excess {
  /** Places in the rates of the price and of the bound. */
  readonly rate: number
  readonly bound: number
  /** For which things both hold. */
  readonly when: Conditions
  readonly how: 'above' | 'differs' | 'not-comparable'
  /** What is compared: the amount of a unit, of a step of a measure, the least or the most of an application. */
  readonly part: Text
  readonly price?: string
  readonly limit?: string
}

/** Every part of a price that breaks a bound. @param applies the conditions of the fee */
export const exceeds = (rates: readonly Rate[], bound: Bound, applies?: Conditions): Excess[] =>
  rates.flatMap((rate, at) =>
    bound.rates.flatMap((limit, boundAt) => {
      const fee = overlapOf(applies, rate.when)
      const law = overlapOf(bound.when, limit.when)
      const when = fee && law && overlapOf(fee, law)
      if (when === undefined) return []
      return against(rate, limit, bound.how).map((found) => ({ rate: at, bound: boundAt, when, ...found }))
    }),
  )

type Found = Omit<Excess, 'rate' | 'bound' | 'when'>
const whole: Text = { en: 'the amount', zh: '金额' }
const least: Text = { en: 'the least', zh: '最低收费' }
const most: Text = { en: 'the most', zh: '最高收费' }

function against(rate: Rate, limit: Rate, how: Bound['how']): Found[] {
  if (unitsOf(rate) !== unitsOf(limit))
    return [
      {
        how: 'not-comparable',
        part: {
          en: `counted by ${unitsOf(rate)}, bound by ${unitsOf(limit)}`,
          zh: `计价单位不同：${unitsOf(rate)}与${unitsOf(limit)}`,
        },
      },
    ]
  const amounts = partsOf(rate, limit).flatMap(({ part, own, allowed }) =>
    own === undefined || allowed === undefined ? [] : differing(part, own, allowed, how),
  )
  return [...stepsAreComparable(rate, limit), ...amounts, ...bounds(rate, limit, how)]
}

/** What is counted, whatever the order; days of a container count the container. */
function unitsOf({ per }: Rate): string {
  const counted = per.flatMap(measuresOf)
  const days = counted.some((measure) => measure !== 'container' && measures[measure].of === 'containers')
  return per
    .filter((factor) => !(days && factor === 'container'))
    .map(nameOf)
    .sort()
    .join(' × ')
}
const nameOf = (factor: Factor): string =>
  typeof factor === 'string' ? factor : `larger of ${[...factor.largerOf].sort().join(' and ')}`

/** Slices and bands of one measure are two ways of counting: an amount of the one says nothing about an amount of the other. */
function stepsAreComparable(rate: Rate, limit: Rate): Found[] {
  if (!isStepped(rate) || !isStepped(limit) || (rate.of === limit.of && rate.form === limit.form)) return []
  if (rate.form === 'bands' && limit.form === 'bands') return []
  return [
    {
      how: 'not-comparable',
      part: {
        en: `${rate.form} of ${measures[rate.of].many} against ${limit.form} of ${measures[limit.of].many}`,
        zh: `${measures[rate.of].zh}${formName[rate.form]}与${measures[limit.of].zh}${formName[limit.form]}无法比较`,
      },
    },
  ]
}
const formName = { slices: '分段', bands: '分档' } as const
type Stepped = Extract<Rate, { form: 'slices' | 'bands' }>
const isStepped = (rate: Rate): rate is Stepped => rate.form === 'slices' || rate.form === 'bands'

/** Least and most of a unit. */
interface Unit {
  readonly low: Big
  readonly high: Big
}
interface Part {
  readonly part: Text
  readonly own: Unit | undefined
  readonly allowed: Unit | undefined
}

/** Amounts that belong together, step by step: a rate without steps has the same amount in every step. */
function partsOf(rate: Rate, limit: Rate): Part[] {
  if (!isStepped(rate) && !isStepped(limit)) return [{ part: whole, own: unitOf(rate), allowed: unitOf(limit) }]
  if (isStepped(rate) && isStepped(limit) && (rate.of !== limit.of || rate.form !== limit.form)) {
    if (rate.form === 'slices' || limit.form === 'slices') return []
    // Bands of two measures: whichever go together, for a vessel may be long and of small tonnage.
    return stepsOf(rate).flatMap((own) =>
      stepsOf(limit).map((allowed) => ({
        part: both(stepInWords(own, rate.of), stepInWords(allowed, limit.of)),
        own: exactly(own.amount),
        allowed: exactly(allowed.amount),
      })),
    )
  }
  const of = isStepped(rate) ? rate.of : (limit as Stepped).of
  const edges = [...edgesOf(rate), ...edgesOf(limit)].sort((a, b) => a.cmp(b))
  const distinct = edges.filter((edge, at) => at === 0 || !edge.eq(edges[at - 1] as Big))
  return [...distinct, undefined].map((upTo, at) => {
    const from = distinct[at - 1] ?? new Big(0)
    return { part: stepInWords({ from, upTo }, of), own: unitFrom(rate, from), allowed: unitFrom(limit, from) }
  })
}

const exactly = (amount: Big): Unit => ({ low: amount, high: amount })
const edgesOf = (rate: Rate): Big[] => (isStepped(rate) ? stepsOf(rate).flatMap(({ upTo }) => upTo ?? []) : [])
const both = (a: Text, b: Text): Text => ({ en: `${a.en}; ${b.en}`, zh: `${a.zh}；${b.zh}` })

function unitOf(rate: Rate): Unit {
  if (rate.form === 'fixed') return exactly(new Big(rate.amount))
  if (rate.form === 'range') return { low: new Big(rate.least), high: new Big(rate.most) }
  throw new Error(`${rate.form} has no one amount`)
}
/** The amount of the step that begins at or before a value; undefined beyond the last one. */
function unitFrom(rate: Rate, from: Big): Unit | undefined {
  if (!isStepped(rate)) return unitOf(rate)
  const step = stepsOf(rate).find(({ upTo }) => upTo === undefined || upTo.gt(from))
  return step && exactly(step.amount)
}

const shown = ({ low, high }: Unit): string => (low.eq(high) ? low.toFixed() : `${low.toFixed()}–${high.toFixed()}`)

function differing(part: Text, own: Unit, allowed: Unit, how: Bound['how']): Found[] {
  const broken = how === 'ceiling' ? own.high.gt(allowed.high) : !own.low.eq(allowed.low) || !own.high.eq(allowed.high)
  if (!broken) return []
  return [{ how: how === 'ceiling' ? 'above' : 'differs', part, price: shown(own), limit: shown(allowed) }]
}

/** The least and the most of an application: a least above the ceiling's own makes small quantities dearer, a most that is missing or higher large ones. */
function bounds(rate: Rate, limit: Rate, how: Bound['how']): Found[] {
  const found: Found[] = []
  // What is free stays free, however much of it there is.
  if (how === 'ceiling' && isFree(rate)) return found
  const say = (part: Text, price: string | undefined, bound: string | undefined) =>
    found.push({
      how: how === 'ceiling' ? 'above' : 'differs',
      part,
      ...(price === undefined ? {} : { price }),
      ...(bound === undefined ? {} : { limit: bound }),
    })
  const lower = [rate.minimum, smallest(limit)]
  const [own, allowed] = lower.map((figure) => new Big(figure ?? 0)) as [Big, Big]
  if (how === 'ceiling' ? own.gt(allowed) : !new Big(rate.minimum ?? 0).eq(limit.minimum ?? 0))
    say(least, rate.minimum, how === 'ceiling' ? allowed.toFixed() : limit.minimum)
  const [top, allowedTop] = [rate.maximum, limit.maximum]
  if (
    how === 'ceiling'
      ? allowedTop !== undefined && (top === undefined || new Big(top).gt(allowedTop))
      : differs(top, allowedTop)
  )
    say(most, top, allowedTop)
  return found
}
const isFree = (rate: Rate): boolean =>
  isStepped(rate) ? stepsOf(rate).every(({ amount }) => amount.eq(0)) : unitOf(rate).high.eq(0)
const differs = (a: string | undefined, b: string | undefined): boolean =>
  (a === undefined) !== (b === undefined) || (a !== undefined && b !== undefined && !new Big(a).eq(b))

/** What the smallest quantity costs under a bound: of what is only counted in whole numbers one, of what is measured next to nothing. */
function smallest(limit: Rate): string {
  const whole = limit.per.every((factor) => measuresOf(factor).every((measure) => countable.has(measure)))
  const unit = whole && !isStepped(limit) ? unitOf(limit).high : new Big(0)
  const allowed = unit.gt(limit.minimum ?? 0) ? unit : new Big(limit.minimum ?? 0)
  return allowed.toFixed()
}
const countable = new Set<Measure>([
  'container',
  'bill',
  'declaration',
  'document',
  'seal',
  'package',
  'sample',
  'vehicle',
  'wagon',
  'storage-day',
  'detention-day',
  'power-day',
  'document-day',
  'voyage',
  'berth-day',
  'tug-call',
])
