import { Big } from 'big.js'
import type { Rate } from '../../../schemas/fees/price.ts'
import { larger, type Quantity, smaller, zero } from './quantities.ts'

/** One step of a measure 阶梯: above `from`, up to and including `upTo` where it ends. */
export interface Step {
  readonly from: Big
  readonly upTo: Big | undefined
  readonly amount: Big
  /** The amount as it was written. */
  readonly figure: string
}
type Stepped = Extract<Rate, { form: 'slices' | 'bands' }>

const made = new WeakMap<Stepped, readonly Step[]>()

/** The steps of a rate, with where each begins; made once, for entries of the catalogue never change. */
export function stepsOf(rate: Stepped): readonly Step[] {
  const known = made.get(rate)
  if (known !== undefined) return known
  const steps = rate.steps.map(({ upTo, amount }, at) => ({
    from: new Big(rate.steps[at - 1]?.upTo ?? 0),
    upTo: upTo === undefined ? undefined : new Big(upTo),
    amount: new Big(amount),
    figure: amount,
  }))
  made.set(rate, steps)
  return steps
}

/** Between two amounts; without an end where nobody can say. */
export interface Span {
  readonly low: Big
  readonly high: Big | undefined
}

/** Each part of a measure at the amount of its slice 分段累计. `beyond`: it goes past the last slice, about which the price says nothing. */
export function sliced(steps: readonly Step[], quantity: Quantity): Span & { parts: string; beyond: boolean } {
  const low = sumTo(steps, quantity.low)
  if (quantity.high === quantity.low)
    return { low: low.sum, high: low.beyond ? undefined : low.sum, parts: low.parts.join(' + '), beyond: low.beyond }
  const last = steps.at(-1)
  if (quantity.high !== undefined) {
    const high = sumTo(steps, quantity.high)
    return { low: low.sum, high: high.beyond ? undefined : high.sum, parts: '', beyond: low.beyond }
  }
  // A measure without an end costs without an end, unless all of it is free.
  const free = last?.upTo === undefined && steps.every(({ amount }) => amount.eq(0))
  return { low: low.sum, high: free ? zero : undefined, parts: '', beyond: low.beyond }
}

function sumTo(steps: readonly Step[], value: Big): { sum: Big; parts: string[]; beyond: boolean } {
  let sum = zero
  const parts: string[] = []
  for (const { from, upTo, amount, figure } of steps) {
    if (value.lte(from)) break
    const part = (upTo === undefined ? value : smaller(value, upTo)).minus(from)
    sum = sum.plus(part.times(amount))
    parts.push(`${part.toFixed()} × ${figure}`)
  }
  const end = steps.at(-1)?.upTo
  return { sum, parts: parts.length === 0 ? ['0'] : parts, beyond: end !== undefined && value.gt(end) }
}

/** A band that a quantity falls or may fall into 分档, and how much of the measure that then is. */
export interface Banded extends Span {
  readonly step: Step
}

/** The band a quantity falls into: one where the quantity is known, the possible ones where it is not; none where it lies beyond the last. */
export const bandsOf = (steps: readonly Step[], { low, high }: Quantity): Banded[] =>
  steps
    .filter(({ from, upTo }, at) => {
      const begins = at === 0 || high === undefined || high.gt(from)
      return begins && (upTo === undefined || low.lte(upTo))
    })
    .map((step) => ({
      step,
      low: larger(low, step.from),
      high: step.upTo === undefined ? high : high === undefined ? step.upTo : smaller(high, step.upTo),
    }))
