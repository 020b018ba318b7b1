import type { Fee } from '../../../schemas/fees/entries.ts'
import { type Measure, measures, type Rate } from '../../../schemas/fees/price.ts'
import type { Text } from '../../../schemas/text.ts'
import { type Demand, demandsOf } from './conditions.ts'
import { measuresOf } from './quantities.ts'
import { isShared, type Matters } from './situation.ts'

/** A rate with what is found out about it once: entries of the catalogue never change. */
export interface ReadyRate {
  readonly rate: Rate
  /** JSON pointer in the fee. */
  readonly pointer: string
  readonly demands: readonly Demand[]
  /** Applied to each container; else once, to the whole. */
  readonly perContainer: boolean
  /** A vessel's size or service is counted. */
  readonly ofVessel: boolean
  readonly counted: readonly Measure[]
  /** Something is counted that containers share out among them: tonnes, packages … */
  readonly shared: readonly Measure[]
}

/** A fee, ready to be held against situations. */
export interface ReadyFee {
  readonly fee: Fee
  readonly demands: readonly Demand[]
  readonly exemptions: readonly {
    readonly because: Text
    readonly demands: readonly Demand[]
    readonly event: string | undefined
  }[]
  /** Absent where the price names no amount. */
  readonly rates: readonly ReadyRate[] | undefined
  /** Only whoever sails the vessel pays: then it is none of the consignment's, unless its vessel is asked about too. */
  readonly ofVessel: boolean
  readonly matters: Matters
}

const ready = new WeakMap<Fee, ReadyFee>()
/** Fees are of few forms: what matters to them is told apart by few names. */
const forms = new Map<string, Matters>()

export function readyFee(fee: Fee): ReadyFee {
  const known = ready.get(fee)
  if (known !== undefined) return known
  const { price, payers, exemptions = [] } = fee
  const rates = price.kind === 'rates' ? price.rates.map(readyRate) : undefined
  const made = {
    fee,
    demands: demandsOf(fee.applies),
    exemptions: exemptions.flatMap(({ text, when, event }) =>
      // An exemption in words alone is left to people.
      when === undefined && event === undefined
        ? []
        : [{ because: { en: `Exempt: ${text.en}`, zh: `免收：${text.zh}` }, demands: demandsOf(when), event }],
    ),
    rates,
    ofVessel:
      payers.every((payer) => payer === 'carrier' || payer === 'vessel') ||
      (rates?.every(({ ofVessel }) => ofVessel) ?? false),
  }
  const whole = { ...made, matters: mattersTo(made) }
  ready.set(fee, whole)
  return whole
}

/** Whether a fee is paid for the vessel alone. */
export const isOfVessel = (fee: Fee): boolean => readyFee(fee).ofVessel

function readyRate(rate: Rate, place: number): ReadyRate {
  const counted = sameArray(countedBy(rate))
  return {
    rate,
    pointer: `/price/rates/${place}`,
    demands: demandsOf(rate.when),
    perContainer: isPerContainer(rate),
    ofVessel: counted.some((measure) => measures[measure].of === 'vessel'),
    counted,
    shared: counted.filter(isShared),
  }
}

/** Measures that are counted together: few lists, each kept once. */
const lists = new Map<string, readonly Measure[]>()
function sameArray(measures: readonly Measure[]): readonly Measure[] {
  const name = measures.join()
  const known = lists.get(name)
  if (known !== undefined) return known
  lists.set(name, measures)
  return measures
}

/** Everything of a situation that what a fee comes to depends on. */
function mattersTo({ demands, exemptions, rates = [] }: Pick<ReadyFee, 'demands' | 'exemptions' | 'rates'>): Matters {
  const demanded = [demands, ...exemptions.map((one) => one.demands), ...rates.map((one) => one.demands)].flat()
  const unique = <V extends string | number>(values: readonly V[]) => [...new Set(values)].sort()
  const matters: Matters = {
    facts: unique(demanded.map(({ at }) => at)),
    events: unique(exemptions.flatMap(({ event }) => event ?? [])),
    ofContainers: unique(rates.filter(({ perContainer }) => perContainer).flatMap(({ counted }) => counted)),
    ofWhole: unique(rates.filter(({ perContainer }) => !perContainer).flatMap(({ counted }) => counted)),
  }
  const name = JSON.stringify(matters)
  const known = forms.get(name)
  if (known !== undefined) return known
  forms.set(name, matters)
  return matters
}

/** Measures a rate counts, with the one that decides its band. */
const countedBy = ({ per, ...rate }: Rate): Measure[] => [
  ...per.flatMap(measuresOf),
  ...(rate.form === 'bands' ? [rate.of] : []),
]

/** Whether a rate is for each container: days in store of so many tonnes are those of the goods, not of a container. */
export function isPerContainer(rate: Rate): boolean {
  const counted = countedBy(rate)
  const ofGoods = counted.some(isShared) && !counted.includes('container')
  return counted.some((measure) => measures[measure].of === 'containers' && !(ofGoods && measure === 'storage-day'))
}
