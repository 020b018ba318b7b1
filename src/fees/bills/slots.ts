import { Big } from 'big.js'
import type { Fee } from '../../../schemas/fees/entries.ts'
import type { Factor, Measure, Rate } from '../../../schemas/fees/price.ts'
import type { Application } from '../../../schemas/fees/quote.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Charge } from '../pricing/charge.ts'
import { contradict, type Hints, hintsOf } from './hints.ts'
import { type PrintedUnit, unitFits } from './units.ts'

/** A part of what a fee comes to 应收份额 that lines of a bill can be for: some containers alike, or the consignment. */
export interface Slot {
  readonly hints: Hints
  /** What is counted: of several that it may be, all. */
  readonly pers: readonly (readonly Factor[])[]
  /** So many units each line counts from, by the measures its unit may name. */
  readonly counts: readonly { readonly measures: readonly Measure[]; readonly value: Big }[]
  /** Half of the units cost half of it. */
  readonly divisible: boolean
  /** Its amount is in proportion to all that is counted; else, where it can be divided, to its containers alone. */
  readonly inProportion: boolean
  readonly least: Big
  readonly most: Big | undefined
  /** It is not known which of several prices holds. */
  readonly doubtful: boolean
  readonly steps: readonly Text[]
}

/** What a fee comes to, in the parts lines of a bill can be for. */
export function slotsOf(fee: Fee, { applications, falls }: Charge): Slot[] {
  const { price } = fee
  if (price.kind !== 'rates') return []
  // Of applications that depend on what is not known, at most one holds for one thing.
  const things = Map.groupBy(applications, (one, at) => (one.provided === undefined ? String(at) : `? ${one.to.en}`))
  return merged([...things.values()].map((alike) => slotOf(price.rates, alike, falls === 'maybe')))
}

function slotOf(rates: readonly Rate[], alike: readonly Application[], doubtful: boolean): Slot {
  const parts = alike.map((application) => ({ application, rate: rateAt(rates, application.rate) }))
  const [first] = parts
  if (first === undefined) throw new Error('A thing without an application')
  const amounts = alike.map(({ least }) => new Big(least))
  const mosts = alike.map(({ most }) => (most === undefined ? undefined : new Big(most)))
  const whole = divided(first.application, first.rate)
  return {
    hints: hintsOf(`${first.application.to.en} ${first.application.to.zh}`),
    pers: parts.map(({ rate }) => rate.per),
    counts: whole?.counts ?? [],
    divisible: whole !== undefined && alike.length === 1,
    inProportion: isInProportion(first.rate),
    least: amounts.reduce((least, amount) => (amount.lt(least) ? amount : least)),
    most: mosts.some((most) => most === undefined)
      ? undefined
      : mosts.filter((most) => most !== undefined).reduce((most, amount) => (amount.gt(most) ? amount : most)),
    doubtful: doubtful || first.application.provided !== undefined,
    steps: alike.map(({ steps }) => steps),
  }
}

function rateAt(rates: readonly Rate[], pointer: string): Rate {
  const rate = rates[Number(/\d+$/.exec(pointer)?.[0])]
  if (rate === undefined) throw new Error(`No rate at ${pointer}`)
  return rate
}

/** The value of each factor of a rate; undefined where one is not known. */
function valuesOf(rate: Rate, quantity: Application['quantity']): Slot['counts'] | undefined {
  const known = new Map(quantity.map(({ measure, value }) => [measure, new Big(value)]))
  const values: { measures: readonly Measure[]; value: Big }[] = []
  for (const factor of rate.per) {
    const measures = typeof factor === 'string' ? [factor] : factor.largerOf
    const found = measures.map((measure) => known.get(measure)).filter((value) => value !== undefined)
    if (found.length < measures.length) return undefined
    values.push({ measures, value: found.reduce((a, b) => (a.gt(b) ? a : b)) })
  }
  return values
}

const isInProportion = ({ form, minimum, maximum }: Rate): boolean =>
  form !== 'slices' && minimum === undefined && maximum === undefined

/** Containers that a price does not tell apart, put together: a line may be for some of these and some of those. */
function merged(slots: readonly Slot[]): Slot[] {
  const alike = new Map<string, Slot>()
  slots.forEach((slot, at) => {
    const key = slot.divisible && slot.counts.some(isOfContainers) ? eachOf(slot) : `not to be divided ${at}`
    const before = alike.get(key)
    alike.set(key, before === undefined ? slot : together(before, slot))
  })
  return [...alike.values()]
}

const isOfContainers = ({ measures }: Slot['counts'][number]): boolean => measures.includes('container')

/** What one container of a slot is and costs. */
function eachOf({ hints, pers, counts, least, most, doubtful }: Slot): string {
  const count = counts.find(isOfContainers)?.value ?? new Big(1)
  const each = count.eq(0) ? [] : [least.div(count).toFixed(), most?.div(count).toFixed()]
  const others = counts.filter((one) => !isOfContainers(one)).map(({ value }) => value.toFixed())
  return JSON.stringify([hints, pers, each, others, doubtful])
}

const together = (one: Slot, other: Slot): Slot => ({
  ...one,
  counts: one.counts.map((count) => {
    const more = isOfContainers(count) ? other.counts.find(isOfContainers)?.value : undefined
    return more === undefined ? count : { ...count, value: count.value.plus(more) }
  }),
  least: one.least.plus(other.least),
  most: one.most === undefined || other.most === undefined ? undefined : one.most.plus(other.most),
  steps: [...one.steps, ...other.steps],
})

/** What an application can be divided by: all its factors, or, where the price is not in proportion to them, its containers. */
function divided(application: Application, rate: Rate): Pick<Slot, 'counts'> | undefined {
  const values = valuesOf(rate, application.quantity)
  if (values === undefined) return undefined
  const counts = isInProportion(rate) ? values : values.filter(({ measures }) => measures.includes('container'))
  return counts.length === 0 ? undefined : { counts }
}

/** Measures a fee wants and a consignment does not tell, where nothing else is counted: a bill may tell them. */
export function missingOf(fee: Fee, { applications }: Charge): Measure | undefined {
  const { price } = fee
  if (price.kind !== 'rates') return undefined
  const missing = new Set(
    applications.map(({ rate: pointer, quantity }) => {
      const { per } = rateAt(price.rates, pointer)
      const [only] = per
      return per.length === 1 && typeof only === 'string' && quantity.every(({ measure }) => measure !== only)
        ? only
        : undefined
    }),
  )
  const [only] = missing
  return missing.size === 1 ? only : undefined
}

/** Slots a line may be for, by what it says of containers. */
export const slotsFor = (slots: readonly Slot[], hints: Hints): number[] =>
  slots.flatMap((slot, at) => (contradict(slot.hints, hints) ? [] : [at]))

/** What a printed unit is to a slot: all that is counted, some of it, something else; undefined where it cannot be read. */
export function fitOf(slot: Slot, unit: PrintedUnit | undefined): 'whole' | 'part' | 'other' | undefined {
  if (unit === undefined) return undefined
  const fits = slot.pers.map((per) => unitFits(unit, per))
  return fits.find((fit) => fit === 'whole') ?? fits.find((fit) => fit === 'part') ?? 'other'
}

/**
 * How many units a slot has, as a line counts them: by its unit where that can be read, else in every way it may have counted.
 * @param unit what the printed unit may name
 */
export function unitsOf(slot: Slot, unit: PrintedUnit | undefined): Big[] {
  if (!slot.divisible) return []
  const product = (counts: Slot['counts']) => counts.reduce((all, { value }) => all.times(value), new Big(1))
  const named = unit && slot.counts.filter(({ measures }) => unit.some((word) => measures.some((one) => word.has(one))))
  const ways =
    named !== undefined && named.length > 0
      ? [named, slot.counts]
      : [slot.counts, ...slot.counts.filter(({ measures }) => measures.includes('container')).map((one) => [one])]
  const units = ways.map(product).filter((value) => value.gt(0))
  return units.filter((value, at) => units.findIndex((other) => other.eq(value)) === at)
}
