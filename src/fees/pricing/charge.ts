import type { Big } from 'big.js'
import type { Fee } from '../../../schemas/fees/entries.ts'
import type { Application } from '../../../schemas/fees/quote.ts'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import { judgeDemands } from './conditions.ts'
import { type Doubts, noDoubts } from './doubts.ts'
import { keepingLately } from './lately.ts'
import { zero } from './quantities.ts'
import { priceByRates } from './rates.ts'
import type { Situation, Thing } from './situation.ts'
import { type ReadyFee, readyFee } from './traits.ts'
import { onlyForWords, withoutRates } from './words.ts'

/** What a fee comes to in a situation 应收金额, between `least` and `most`. */
export interface Charge {
  /** `maybe`: a fact is missing that decides whether it falls at all. */
  readonly falls: 'yes' | 'maybe'
  readonly least: Big
  /** Absent where nobody can say. */
  readonly most: Big | undefined
  readonly applications: readonly Application[]
  readonly uncertain: readonly Text[]
}
export interface NoCharge {
  readonly falls: 'no'
  readonly because: Text
}

/** Shipments are much alike: what fees came to lately, by what of the situation matters to each. */
const lately = keepingLately<ReadyFee, Charge | NoCharge>(limits.chargesKept)

/** What a fee comes to, whether or not it was asked for. An exemption in words alone is left to people. */
export const chargeOf = (fee: Fee, situation: Situation): Charge | NoCharge => chargeOfReady(readyFee(fee), situation)

export function chargeOfReady(ready: ReadyFee, situation: Situation): Charge | NoCharge {
  if (ready.ofVessel && !situation.vessel) return ofVesselOnly
  const { name, again } = situation.nameOf(ready.matters)
  const known = lately.get(ready, name)
  if (known !== undefined) return known
  const charge = workedOut(ready, situation)
  // What nobody asked twice is not kept, nor what is unusually long.
  if (again && situation.things.length <= limits.chargeThingsKept) lately.keep(ready, name, charge)
  return charge
}

function workedOut(ready: ReadyFee, situation: Situation): Charge | NoCharge {
  const doubts = noDoubts()
  const standing: Standing[] = []
  let refused: Text | undefined
  for (const thing of situation.things) {
    const found = standingOf(ready, thing, situation.happened, doubts)
    if (typeof found === 'boolean') standing.push({ thing, sure: found })
    else refused ??= found
  }
  if (standing.length === 0) return { falls: 'no', because: refused ?? noRate }
  if (ready.rates === undefined) return withoutAmount(ready.fee, standing, doubts)
  const priced = priceByRates(ready.rates, { situation, standing, whole: refused === undefined }, doubts)
  if (priced === undefined) return { falls: 'no', because: situation.contained === false ? noContainers : noRate }
  return { ...priced, uncertain: doubts.texts() }
}

const ofVesselOnly: NoCharge = {
  falls: 'no',
  because: { en: 'Paid for the vessel, which was not asked about', zh: '由船方支付，测算未涉及船舶' },
}
const noContainers: Text = { en: 'There are no containers', zh: '无集装箱' }
const noRate: Text = { en: 'The list has no price for this', zh: '目录无相应收费标准' }

/** A thing a fee falls on, for sure or perhaps. */
export interface Standing {
  readonly thing: Thing
  readonly sure: boolean
}

/** Whether a fee falls on a thing for sure or perhaps; or why not. */
function standingOf(
  { fee, demands, exemptions }: ReadyFee,
  { facts }: Thing,
  happened: ReadonlySet<string>,
  doubts: Doubts,
): boolean | Text {
  const applies = judgeDemands(demands, facts)
  if (applies.holds === 'no') return onlyForWords(fee.applies ?? {}, applies.by)
  let sure = applies.holds === 'yes'
  if (applies.holds === 'unknown') doubts.facts(applies.missing)
  for (const exemption of exemptions) {
    if (exemption.event !== undefined && !happened.has(exemption.event)) continue
    const exempt = judgeDemands(exemption.demands, facts)
    if (exempt.holds === 'yes') return exemption.because
    if (exempt.holds === 'no') continue
    doubts.facts(exempt.missing)
    sure = false
  }
  return sure
}

const withoutAmount = ({ price }: Fee, standing: readonly Standing[], doubts: Doubts): Charge => ({
  falls: standing.some(({ sure }) => sure) ? 'yes' : 'maybe',
  least: zero,
  most: undefined,
  applications: [],
  uncertain: [...(price.kind === 'rates' ? [] : [withoutRates(price)]), ...doubts.texts()],
})
