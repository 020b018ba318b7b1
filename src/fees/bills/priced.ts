import { Big } from 'big.js'
import { type Measure, measures } from '../../../schemas/fees/price.ts'
import type { Shipment } from '../../../schemas/fees/shipment.ts'
import type { Text } from '../../../schemas/text.ts'
import type { NamedFee } from '../catalogue.ts'
import { type Charge, chargeOf, type NoCharge } from '../pricing/charge.ts'
import { situationOf } from '../pricing/situation.ts'
import { isOfVessel } from '../pricing/traits.ts'
import { unitInWords } from '../wording.ts'
import { type Allotment, allot, type Claim, cent } from './allot.ts'
import type { Context, Item, Outcome } from './context.ts'
import { endedAlike, endedWords, type Ground } from './grounds.ts'
import { hintsOf } from './hints.ts'
import { missingOf, slotsOf } from './slots.ts'
import { unitFits, unitOf } from './units.ts'
import * as words from './words.ts'

/** A line with the fee whose price it is judged by. */
export interface Priced {
  readonly item: Item
  readonly ground: Extract<Ground, { is: 'priced' }>
}

/** Judges the lines of one fee together 同项目各行: what one of them charges, another cannot charge again. */
export function judgePriced(context: Context, fee: NamedFee, lines: readonly Priced[]): Map<number, Outcome> {
  const { charge, assumed } = filled(context, fee, lines)
  const outcomes = new Map<number, Outcome>()
  const missed = missedOccasion(context, fee)
  if (charge.falls === 'no' || missed !== undefined) {
    for (const { item } of lines) outcomes.set(item.number, missed ?? notFalling(context, fee, charge as NoCharge))
    return outcomes
  }
  const claims = lines.map(({ item }) => claimOf(item))
  const allotted = allot(slotsOf(fee.fee, charge), claims)
  for (const { item, ground } of lines) {
    const allotment = allotted.get(item.number)
    if (allotment === undefined) continue
    const others = lines.map((one) => one.item.number).filter((number) => number !== item.number)
    const outcome = outcomeOf(context, { item, ground }, allotment, charge, others)
    const isTwin = assumed !== undefined && outcome.verdict === 'doubled'
    const because = words.missingWords(fee.fee.name, [assumed?.missing ?? words.freeWords])
    const steps = [...(assumed === undefined ? [] : [assumed.step]), ...outcome.steps, ...occasionSteps(fee)]
    outcomes.set(item.number, isTwin ? { verdict: 'undecided', because, steps } : { ...outcome, steps })
  }
  return outcomes
}

const printedUnit = ({ unit }: Item['line']) => (unit === undefined ? undefined : unitOf(unit))

const claimOf = ({ number, line, amount }: Item): Claim => ({
  index: number,
  amount,
  quantity: line.quantity === undefined ? undefined : new Big(line.quantity),
  unit: printedUnit(line),
  vague: line.unit !== undefined && printedUnit(line) === undefined,
  hints: hintsOf(line.description),
  key: JSON.stringify(line),
})

const occasionSteps = ({ fee }: NamedFee): Text[] =>
  fee.arises.when === 'always' ? [] : [words.onlyWhenStep(fee.arises.when)]

/** A fee that waits for something which, by what is said of the consignment, did not happen. */
function missedOccasion({ bill: { shipment } }: Context, { fee }: NamedFee): Outcome | undefined {
  const { arises, name, kind } = fee
  const missed =
    arises.when === 'on-request'
      ? shipment.requested !== undefined && !shipment.requested.includes(kind)
      : arises.when === 'on-event' && shipment.happened !== undefined && !shipment.happened.includes(arises.event)
  return missed && arises.when !== 'always'
    ? { verdict: 'undecided', because: words.notAskedWords(name, arises.when), steps: [] }
    : undefined
}

function notFalling({ situation }: Context, { fee }: NamedFee, { because }: NoCharge): Outcome {
  if (!situation.vessel && isOfVessel(fee))
    return { verdict: 'undecided', because: words.missingWords(fee.name, [because]), steps: [] }
  const zero = new Big(0)
  return {
    verdict: 'above-price',
    because: words.notFallingWords(fee.name, because),
    least: zero,
    most: zero,
    steps: [],
  }
}

/** Where a bill may tell how many there were: fields of the shipment by measure. */
const fields = {
  bill: 'bills',
  declaration: 'declarations',
  document: 'documents',
  seal: 'seals',
  package: 'packages',
  sample: 'samples',
  vehicle: 'vehicles',
  wagon: 'wagons',
  'document-day': 'documentDays',
  hour: 'hours',
  'haulage-kilometre': 'haulageKilometres',
  tonne: 'grossMassTonnes',
  'cubic-metre': 'volumeCubicMetres',
  'chargeable-kilogram': 'chargeableKilograms',
} as const satisfies { readonly [M in Measure]?: keyof Shipment }
const fractional: readonly string[] = [
  'hours',
  'haulageKilometres',
  'grossMassTonnes',
  'volumeCubicMetres',
  'chargeableKilograms',
]

/** What a fee comes to; where the consignment does not say how many there were, by what the bill says. */
function filled(
  context: Context,
  fee: NamedFee,
  lines: readonly Priced[],
): { charge: Charge | NoCharge; assumed?: { step: Text; missing: Text } } {
  const charge = context.chargeOf(fee)
  const measure = charge.falls === 'no' ? undefined : missingOf(fee.fee, charge)
  const field = measure === undefined ? undefined : (fields as { readonly [M in Measure]?: keyof Shipment })[measure]
  if (measure === undefined || field === undefined) return { charge }
  // The same line twice does not make two of what is counted.
  const distinct = [...new Map(lines.map(({ item }) => [JSON.stringify(item.line), item])).values()]
  const counted = distinct.map(({ line }) => {
    const unit = printedUnit(line)
    return unit !== undefined && unitFits(unit, [measure]) === 'other' ? undefined : (line.quantity ?? '1')
  })
  if (counted.some((count) => count === undefined)) return { charge }
  const sum = counted.reduce((total, count) => total.plus(count ?? 0), new Big(0))
  if (!fractional.includes(field) && !sum.eq(sum.round(0))) return { charge }
  const value = fractional.includes(field) ? sum.toFixed() : sum.toNumber()
  const { en: one, zh } = measures[measure]
  return {
    charge: chargeOf(fee.fee, situationOf({ ...context.bill.shipment, [field]: value })),
    assumed: {
      step: words.fromBillStep({ en: one, zh }, sum.toFixed()),
      missing: { en: `Not known: how many of ${one}`, zh: `未知：${zh}数` },
    },
  }
}

/** The verdict on a line from what was allotted to it. */
function outcomeOf(
  context: Context,
  { item, ground }: Priced,
  { least, most, how, wrongUnit, doubtful, steps }: Allotment,
  charge: Charge,
  others: readonly number[],
): Outcome {
  const { amount, line } = item
  const { name, price, payee } = ground.fee.fee
  const bounds = { least, ...(most === undefined ? {} : { most }), steps }
  const over = most === undefined ? undefined : amount.minus(most)
  const tooMuch = over?.gt(cent) === true
  if (ground.instead !== undefined) {
    const { en, zh } = endedWords(context, ground.instead, context.day)
    const instead = words.insteadWords(name)
    return { verdict: 'not-valid', because: { en: `${en}. ${instead.en}`, zh: `${zh}。${instead.zh}` }, ...bounds }
  }
  if (how === 'used-up' && tooMuch) return { verdict: 'doubled', because: words.doubledWords(name, others), ...bounds }
  if (wrongUnit && line.unit !== undefined)
    return {
      verdict: 'wrong-unit',
      because: words.wrongUnitWords(line.unit, unitInWords(price), least, most),
      ...bounds,
    }
  if (tooMuch && most !== undefined && over !== undefined) {
    const ended = endedPrice(context, item)
    if (ended !== undefined)
      return { verdict: 'not-valid', because: endedWords(context, ended, context.day), ...bounds }
    // Handed on at cost it is the source that charged too much.
    if (ground.collected && line.handedOn === undefined)
      return { verdict: 'marked-up', because: words.addedToDueWords(context.payeeName(payee), most, over), ...bounds }
    const because =
      how === 'nowhere'
        ? words.nowhereWords(name)
        : how === 'exceeding'
          ? words.exceedingWords(name, most, over)
          : words.aboveWords(name, most, over)
    return { verdict: 'above-price', because, ...bounds }
  }
  if (how !== 'together' && amount.lt(least.minus(cent)))
    return { verdict: 'below-price', because: words.belowWords(name, least), ...bounds }
  if (most === undefined || (doubtful && !least.eq(most)))
    return { verdict: 'undecided', because: words.missingWords(name, charge.uncertain), ...bounds }
  const because = how === 'together' ? words.togetherWords(name, least, most) : words.rightWords(name, least, most)
  return { verdict: 'right', because, ...(how === 'together' ? { least: amount, most: amount, steps } : bounds) }
}

/** A fee of the same name that does not hold on the day, and whose price is the one that is charged. */
const endedPrice = (context: Context, item: Item): NamedFee | undefined =>
  endedAlike(context, item).find((fee) => {
    const charge = context.chargeOf(fee)
    const allotment =
      charge.falls === 'no' ? undefined : allot(slotsOf(fee.fee, charge), [claimOf(item)]).get(item.number)
    return (
      allotment?.most !== undefined &&
      item.amount.lte(allotment.most.plus(cent)) &&
      item.amount.gte(allotment.least.minus(cent))
    )
  })
