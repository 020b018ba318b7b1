import { Big } from 'big.js'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import type { Hints } from './hints.ts'
import { fitOf, type Slot, slotsFor, unitsOf } from './slots.ts'
import type { PrintedUnit } from './units.ts'

/** A line of a bill as it asks for a part of what a fee comes to. */
export interface Claim {
  readonly index: number
  /** What is charged, credits taken off. */
  readonly amount: Big
  readonly quantity: Big | undefined
  readonly unit: PrintedUnit | undefined
  /** Its unit is a word that says nothing: then its quantity does not either. */
  readonly vague: boolean
  readonly hints: Hints
  /** Lines that say the same have the same key: then either may be the one that is too many. */
  readonly key: string
}

/** What a line may have cost 应收, and why. */
export interface Allotment {
  readonly least: Big
  /** Absent where nobody can say. */
  readonly most: Big | undefined
  /**
   * `placed`: its own part; `together`: several lines that come to the whole; `exceeding`: more than there is; `used-up`: others have charged
   * it; `nowhere`: the consignment has no such thing.
   */
  readonly how: 'placed' | 'together' | 'exceeding' | 'used-up' | 'nowhere'
  /** Its unit is that of none of the prices. */
  readonly wrongUnit: boolean
  /** It is not known which price holds. */
  readonly doubtful: boolean
  readonly steps: readonly Text[]
}

interface Part {
  readonly at: number
  readonly share: Big
}
interface Option {
  readonly parts: readonly Part[]
  readonly least: Big
  readonly most: Big | undefined
}

const none = new Big(0)
const whole = new Big(1)
/** Thirds of a whole make one. */
const nearly = new Big('0.000000001')
/** A rounding cent. */
export const cent = new Big(limits.billRoundingFen).div(100)

const within = (amount: Big, { least, most }: Pick<Option, 'least' | 'most'>, slack = cent): boolean =>
  amount.gte(least.minus(slack)) && most !== undefined && amount.lte(most.plus(slack))

/**
 * Allots the parts of what a fee comes to among the lines of a bill that charge it 分配: first to those whose amount is right for a part, then to
 * the others; what is left without a part was charged twice. The order of the lines does not matter.
 */
export function allot(slots: readonly Slot[], claims: readonly Claim[]): ReadonlyMap<number, Allotment> {
  const left = slots.map(() => whole)
  const found = new Map<number, Allotment>()
  const waiting = repeatsLast(claims.toSorted(inOrder))
  const place = (claim: Claim, option: Option): void => {
    for (const { at, share } of option.parts) left[at] = (left[at] ?? none).minus(share)
    found.set(claim.index, allotmentOf(slots, claim, option, 'placed'))
  }
  const fitting = (claim: Claim) =>
    optionsOf(slots, claim).filter(({ parts }) =>
      parts.every(({ at, share }) => (left[at] ?? none).plus(nearly).gte(share)),
    )
  for (const claim of waiting) {
    // Of a price between two bounds as little as will do: what is left may be charged by others.
    const [exact] = fitting(claim)
      .filter((option) => within(claim.amount, option))
      .sort((a, b) => a.least.cmp(b.least) || sizeOf(b).cmp(sizeOf(a)))
    if (exact !== undefined) place(claim, exact)
  }
  const choice = ({ hints }: Claim) => slotsFor(slots, hints).length
  const open = waiting.filter(({ index }) => !found.has(index)).toSorted((a, b) => choice(a) - choice(b))
  const together = togetherOf(slots, left, open)
  if (together !== undefined) for (const claim of open) found.set(claim.index, together)
  else
    for (const claim of open) {
      const [best] = fitting(claim)
        .filter((option) => !isFree(option) || costing(slots, claim).length === 0)
        .sort((a, b) => distance(claim, a).cmp(distance(claim, b)))
      if (best !== undefined) place(claim, best)
      else found.set(claim.index, restOf(slots, left, claim))
    }
  return found
}

/** The dearest first, and of those alike the one that says more: an order that the bill's own does not change. */
const inOrder = (a: Claim, b: Claim): number =>
  b.amount.cmp(a.amount) ||
  Object.keys(b.hints).length - Object.keys(a.hints).length ||
  (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index)

/** What says word for word what another line says comes after all others: where there is too much, it is the one that is too many. */
function repeatsLast(claims: readonly Claim[]): Claim[] {
  const said = new Set<string>()
  const isFirst = claims.map(({ key }) => !said.has(key) && said.add(key) !== undefined)
  return [...claims.filter((_, at) => isFirst[at]), ...claims.filter((_, at) => isFirst[at] !== true)]
}

/** How much of the slots an option takes: a whole one rather than a part of a larger. */
const sizeOf = ({ parts }: Option): Big => parts.reduce((sum, { share }) => sum.plus(share), none)

const distance = ({ amount }: Claim, { most, least }: Option): Big => amount.minus(most ?? least).abs()

const placed = (slots: readonly Slot[], places: readonly number[]): Slot[] => places.flatMap((at) => slots[at] ?? [])

const isFree = ({ most }: Pick<Option, 'most'>): boolean => most?.eq(0) === true
/** The slots a claim may be for that cost something: what is charged is hardly for what is free. */
const costing = (slots: readonly Slot[], { hints }: Claim): number[] =>
  slotsFor(slots, hints).filter((at) => slots[at] !== undefined && !isFree(slots[at]))

/** Whether a claim's unit is that of none of these slots. */
const isWrongUnit = (slots: readonly Slot[], { unit }: Claim): boolean =>
  slots.length > 0 && slots.every((slot) => fitOf(slot, unit) === 'other')

/** The parts a line can be for: by its quantity where it has one, else whole ones or so many units as its amount is nearest to. */
function optionsOf(slots: readonly Slot[], claim: Claim): Option[] {
  const places = slotsFor(slots, claim.hints)
  if (places.length === 0) return []
  const all = optionOf(
    slots,
    places.map((at) => ({ at, share: whole })),
  )
  const inPlaces = placed(slots, places)
  if (isWrongUnit(inPlaces, claim)) return [all]
  const { quantity } = claim
  const alone = places.flatMap((at) => {
    const slot = slots[at]
    return slot === undefined ? [] : sharesOf(slot, claim).map((share) => optionOf(slots, [{ at, share }]))
  })
  if (places.length === 1) return alone
  // All of it: without a quantity, with that of all, or where no quantity divides it.
  const sums = inPlaces.map((slot) => unitsOf(slot, claim.unit))
  const ways = Math.max(...sums.map((ways) => ways.length))
  const isAll =
    quantity === undefined ||
    claim.vague ||
    inPlaces.some(({ divisible }) => !divisible) ||
    Array.from({ length: ways }, (_, way) =>
      sums.reduce((sum, units) => sum.plus(units[way] ?? units[0] ?? none), none),
    ).some((sum) => sum.eq(quantity))
  return isAll ? [all, ...alone] : alone
}

/** The shares of one slot a line may be for. */
function sharesOf(slot: Slot, { quantity, unit, vague, amount }: Claim): Big[] {
  const ways = unitsOf(slot, unit)
  const [units] = ways
  const counted =
    quantity === undefined ? [] : ways.filter((of) => quantity.lte(of) && quantity.gt(0)).map((of) => quantity.div(of))
  // A quantity may be of days that cost something, or of all; then, as without one, only the amount tells how many containers it is for.
  if (quantity !== undefined && ways.length > 0 && slot.inProportion && !vague) return counted
  if (units === undefined || slot.most === undefined || !slot.most.gt(0)) return [...counted, whole]
  const count = amount.times(units).div(slot.most).round(0)
  return [...counted, whole, ...(count.gte(1) && count.lt(units) ? [count.div(units)] : [])]
}

function optionOf(slots: readonly Slot[], parts: readonly Part[]): Option {
  let least = none
  let most: Big | undefined = none
  for (const { at, share } of parts) {
    const slot = slots[at]
    least = least.plus(portion(slot?.least ?? none, share))
    most = most === undefined || slot?.most === undefined ? undefined : most.plus(portion(slot.most, share))
  }
  return { parts, least, most }
}

/** A share of an amount, in cents. */
const portion = (amount: Big, share: Big): Big => (share.eq(1) ? amount : amount.times(share).round(2, Big.roundHalfUp))

function allotmentOf(
  slots: readonly Slot[],
  claim: Claim,
  { parts, least, most }: Option,
  how: Allotment['how'],
): Allotment {
  const used = parts.flatMap(({ at }) => slots[at] ?? [])
  const shared = parts.some(({ share }) => !share.eq(1))
  return {
    least,
    most,
    how,
    wrongUnit: isWrongUnit(used, claim),
    doubtful: used.some(({ doubtful }) => doubtful),
    steps: [...used.flatMap(({ steps }) => steps), ...(shared && most !== undefined ? [shareWords(parts, most)] : [])],
  }
}

const shareWords = (parts: readonly Part[], most: Big): Text => {
  const share = parts
    .reduce((sum, part) => sum.plus(part.share), none)
    .times(100)
    .round(2)
    .toFixed()
  return { en: `of this ${share}%: ${most.toFixed(2)}`, zh: `其中${share}%：${most.toFixed(2)}元` }
}

/** Several lines that only together come to what is left: the steps of one price, billed one by one. */
function togetherOf(slots: readonly Slot[], left: readonly Big[], open: readonly Claim[]): Allotment | undefined {
  const parts = left.flatMap((share, at) => (share.gt(nearly) ? [{ at, share }] : []))
  const all = optionOf(slots, parts)
  const rest = parts.flatMap(({ at }) => slots[at] ?? [])
  const indivisible = rest.some(({ divisible }) => !divisible) || open.every(({ quantity }) => quantity === undefined)
  const fits = open.every((claim) => slotsFor(rest, claim.hints).length === rest.length && !isWrongUnit(rest, claim))
  const sum = open.reduce((total, { amount }) => total.plus(amount), none)
  if (open.length < 2 || parts.length === 0 || !indivisible || !fits || !within(sum, all, cent.times(open.length)))
    return undefined
  return {
    least: all.least,
    most: all.most,
    how: 'together',
    wrongUnit: false,
    doubtful: rest.some(({ doubtful }) => doubtful),
    steps: rest.flatMap(({ steps }) => steps),
  }
}

/** What is left for a line that asks for more than that. */
function restOf(slots: readonly Slot[], left: Big[], claim: Claim): Allotment {
  const places = slotsFor(slots, claim.hints)
  if (places.length === 0)
    return { least: none, most: none, how: 'nowhere', wrongUnit: false, doubtful: false, steps: [] }
  const costs = costing(slots, claim)
  const parts = (costs.length > 0 ? costs : places)
    .map((at) => ({ at, share: left[at] ?? none }))
    .filter(({ share }) => share.gt(nearly))
  for (const { at } of parts) left[at] = none
  const how = parts.length > 0 ? 'exceeding' : 'used-up'
  return {
    ...allotmentOf(slots, claim, optionOf(slots, parts), how),
    wrongUnit: isWrongUnit(placed(slots, places), claim),
  }
}
