import type { Big } from 'big.js'
import type { Dimension } from '../../../schemas/fees/conditions.ts'
import type { Application } from '../../../schemas/fees/quote.ts'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import { type Applied, apply } from './apply.ts'
import type { Standing } from './charge.ts'
import { coverAll, type Facts, judgeDemands } from './conditions.ts'
import type { Doubts } from './doubts.ts'
import { keepingLately } from './lately.ts'
import { larger, smaller, zero } from './quantities.ts'
import type { Situation, Thing } from './situation.ts'
import type { ReadyRate } from './traits.ts'
import { conditionsInWords } from './words.ts'

interface Wanted {
  readonly situation: Situation
  readonly standing: readonly Standing[]
  /** The fee falls, or may fall, on all of the consignment. */
  readonly whole: boolean
}
interface Priced {
  readonly falls: 'yes' | 'maybe'
  readonly least: Big
  readonly most: Big | undefined
  readonly applications: readonly Application[]
}

/** What rates come to: for each container where containers are counted, else once. Undefined where no rate is for this. */
export const priceByRates = (rates: readonly ReadyRate[], wanted: Wanted, doubts: Doubts): Priced | undefined =>
  straight(rates, wanted, doubts) ?? byAllMeans(rates, wanted, doubts)

/** The usual case: it is known which one rate holds for each thing. Undefined where it is not as simple. */
function straight(rates: readonly ReadyRate[], { situation, standing, whole }: Wanted, doubts: Doubts) {
  const chosen: ReadyRate[] = []
  for (const { thing, sure } of standing) {
    const rate = rates.find(({ demands }) => judgeDemands(demands, thing.facts).holds === 'yes')
    if (!sure || rate === undefined) return undefined
    const fits = rate.perContainer ? thing.times !== undefined : whole && (chosen[0] ?? rate) === rate
    if (!fits || chosen[0]?.perContainer === !rate.perContainer) return undefined
    chosen.push(rate)
  }
  const [first] = chosen
  if (first === undefined) return undefined
  const part = used(first, first.perContainer ? (standing[0] as Standing).thing : situation.whole, doubts)
  let { least, most } = part
  const applications = [part.application]
  for (let at = 1; first.perContainer && at < chosen.length; at++) {
    const next = used(chosen[at] as ReadyRate, (standing[at] as Standing).thing, doubts)
    const exact = most === least && next.most === next.least
    least = least.plus(next.least)
    most = exact ? least : most === undefined || next.most === undefined ? undefined : most.plus(next.most)
    applications.push(next.application)
  }
  return { falls: 'yes' as const, least, most, applications }
}

/** What a rate comes to for one thing. */
type Part = Pick<Applied, 'least' | 'most' | 'missing' | 'beyond'> & { readonly application: Application }

/** Things are more alike than shipments are: what rates came to lately. */
const lately = keepingLately<ReadyRate, Part>(limits.chargesKept)

function used(ready: ReadyRate, thing: Thing, doubts: Doubts, provided = false): Part {
  const { name, again } = thing.nameOf(ready.counted)
  const known = lately.get(ready, name)
  const part = known ?? partOf(ready, thing)
  if (known === undefined && again) lately.keep(ready, name, part)
  doubts.measures(part.missing)
  if (part.beyond !== undefined) doubts.beyond(part.beyond)
  const { when } = ready.rate
  if (!provided || when === undefined) return part
  return { ...part, application: { ...part.application, provided: conditionsInWords(when) } }
}

function partOf({ rate, pointer, ofVessel }: ReadyRate, thing: Thing): Part {
  const { figures, quantity, steps, ...applied } = apply(rate, thing.quantities, thing.times)
  const application = {
    rate: pointer,
    to: ofVessel && thing.times === undefined ? theVessel : thing.words,
    quantity,
    least: figures.least,
    ...(figures.most === undefined ? {} : { most: figures.most }),
    steps,
  }
  return { ...applied, application }
}
const theVessel: Text = { en: 'the vessel', zh: '船舶' }

/** The rates that hold or may hold for a thing. */
interface Candidates {
  readonly rates: readonly ReadyRate[]
  readonly missing: readonly Dimension[]
  /** One of them holds, whatever is not known. */
  readonly sure: boolean
}

/** Which rate of a price holds for a thing: the one, or those it may be while facts are missing. */
function candidatesOf(rates: readonly ReadyRate[], facts: Facts): Candidates {
  const possible: ReadyRate[] = []
  const missing: Dimension[] = []
  for (const rate of rates) {
    const found = judgeDemands(rate.demands, facts)
    if (found.holds === 'yes') return { rates: [rate], missing: [], sure: true }
    if (found.holds === 'no') continue
    possible.push(rate)
    for (const name of found.missing) if (!missing.includes(name)) missing.push(name)
  }
  const whens = possible.map(({ rate }) => rate.when)
  return { rates: possible, missing, sure: possible.length > 0 && coverAll(whens, facts, missing) }
}

interface Row extends Candidates {
  readonly thing: Thing
  /** Rates applied to each container, and to the whole. */
  readonly single: readonly ReadyRate[]
  readonly pooled: readonly ReadyRate[]
}

/** Every case: of the rates that may hold for a thing the cheapest counts at least, the dearest at most. */
function byAllMeans(rates: readonly ReadyRate[], wanted: Wanted, doubts: Doubts): Priced | undefined {
  const sum = emptySum()
  const rows = wanted.standing.map(({ thing, sure }): Row => {
    const found = candidatesOf(rates, thing.facts)
    doubts.facts(found.missing)
    const [single, pooled] = [true, false].map((each) =>
      found.rates.filter(({ perContainer }) => perContainer === each),
    ) as [ReadyRate[], ReadyRate[]]
    return { ...found, sure: found.sure && sure, thing, single, pooled }
  })
  for (const { thing, single, pooled, sure, missing } of rows) {
    if (single.length === 0 || (thing.times === undefined && wanted.situation.contained === false)) continue
    sum.add(
      single.map((rate) => used(rate, thing, doubts, missing.length > 0)),
      sure && pooled.length === 0,
    )
  }
  const pool = [...new Set(rows.flatMap(({ pooled }) => pooled))]
  if (pool.length > 0) {
    const { sure, mixed } = pooling(rows, pool, wanted)
    if (mixed !== undefined) doubts.add(mixed)
    const provided = pool.length > 1 || rows.some(({ missing }) => missing.length > 0)
    sum.add(
      pool.map((rate) => used(rate, wanted.situation.whole, doubts, provided)),
      sure,
    )
  }
  return sum.read()
}

/**
 * Rates for the whole where parts of it differ. What is shared out (tonnes, packages) may be in any part, so that any of the rates may hold
 * for it; one transport document counts as soon as one container asks for it.
 */
function pooling(rows: readonly Row[], pool: readonly ReadyRate[], { situation, whole }: Wanted) {
  const holdsFor = ({ sure, pooled, single }: Row) => sure && pooled.length > 0 && single.length === 0
  const all = whole && rows.every(holdsFor)
  const alike = whole && rows.every(({ pooled }) => pooled.length === pool.length)
  const sharedOut = pool.some(({ shared }) =>
    shared.some((measure) => situation.whole.quantities[measure]?.figure !== '1'),
  )
  return {
    sure: alike || sharedOut ? all : rows.some(holdsFor),
    mixed: !alike && (sharedOut || pool.length > 1) ? partsDiffer : undefined,
  }
}
const partsDiffer: Text = {
  en: 'Not known: how much of it goes with which containers',
  zh: '未知：各箱所占数量',
}

/** Adds up parts, of each of which one of several amounts counts, or perhaps none. */
function emptySum() {
  let falls: 'yes' | 'maybe' = 'maybe'
  let least = zero
  let most: Big | undefined = zero
  const applications: Application[] = []
  return {
    add(alternatives: readonly Part[], sure: boolean) {
      const [first, ...others] = alternatives
      if (first === undefined) return
      for (const { application } of alternatives) applications.push(application)
      if (sure) {
        falls = 'yes'
        least = least.plus(others.reduce((low, one) => smaller(low, one.least), first.least))
      }
      const top = others.reduce<Big | undefined>(
        (high, one) => (high === undefined || one.most === undefined ? undefined : larger(high, one.most)),
        first.most,
      )
      most = most === undefined || top === undefined ? undefined : most.plus(top)
    },
    read: (): Priced | undefined => (applications.length === 0 ? undefined : { falls, least, most, applications }),
  }
}
