import { Big } from 'big.js'
import type { Measure } from '../../../schemas/fees/price.ts'
import type { Shipment, ShippedContainers } from '../../../schemas/fees/shipment.ts'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import type { Times } from './apply.ts'
import { type Facts, factsOf, type KnownFacts } from './conditions.ts'
import { counted, inWords, oneContainer, type Quantities } from './quantities.ts'
import { containerInWords } from './words.ts'

/** What rates are applied to: containers that are alike, or the consignment with its vessel as a whole. */
export interface Thing {
  readonly facts: Facts
  /** "2 × 40' laden". */
  readonly words: Text
  /** Absent for the whole. */
  readonly times: Times | undefined
  readonly quantities: Quantities
  /** What is counted of it, by a name: see `Situation.nameOf`. */
  nameOf(counted: readonly Measure[]): Naming
}

/** A shipment as prices see it 计费情形. */
export interface Situation {
  /** Containers, alike ones together. */
  readonly groups: readonly Thing[]
  readonly whole: Thing
  /** What fees fall on: the containers, or the whole where none are known. */
  readonly things: readonly Thing[]
  /** Whether there are containers; undefined where it is not said. */
  readonly contained: boolean | undefined
  readonly vessel: boolean
  readonly happened: ReadonlySet<string>
  /** What matters, by a name: situations that have the same are one and the same to a fee it matters to. */
  nameOf(matters: Matters): Naming
}

export interface Naming {
  readonly name: string
  /** It was asked about before, and so may be again. */
  readonly again: boolean
}

/** What of a situation matters to a fee. */
export interface Matters {
  /** Places of dimensions. */
  readonly facts: readonly number[]
  readonly events: readonly string[]
  /** Measures that are counted for each container, and for the whole. */
  readonly ofContainers: readonly Measure[]
  readonly ofWhole: readonly Measure[]
}

const wholeWords: Text = { en: 'the consignment', zh: '整批' }

export function situationOf(shipment: Shipment): Situation {
  const { containers = [], vessel, happened = [] } = shipment
  const cargo = shipment.cargo ?? (containers.length > 0 ? 'container' : undefined)
  const contained =
    containers.length > 0
      ? true
      : cargo === 'container' || (cargo === undefined && shipment.containers === undefined)
        ? undefined
        : false
  const common: KnownFacts = {
    directions: shipment.direction,
    trades: shipment.trade,
    cargoes: cargo,
    hazards: shipment.hazard,
    places: shipment.place,
    waters: vessel?.waters,
    vesselTypes: vessel?.type,
    times: shipment.time,
  }
  const loose: KnownFacts = contained === false ? { sizes: 'none', heights: 'none', states: 'none' } : {}
  const measured = quantitiesOf(shipment)
  const groups = merged(containers)
  const alone = groups.length === 1 && groups[0]?.count === 1
  const shared = alone ? measured : forEach(measured)
  const whole = thingOf({
    facts: factsOf({ ...common, ...loose }),
    words: wholeWords,
    times: undefined,
    quantities: { ...daysOfAll(groups), ...measured },
  })
  const boxes = groups.map((group) => groupOf(group, { ...common, hazards: group.hazard ?? shipment.hazard }, shared))
  const situation = {
    groups: boxes,
    whole,
    things: boxes.length > 0 ? boxes : [whole],
    contained,
    vessel: vessel !== undefined,
    happened: new Set(happened),
  }
  return { ...situation, nameOf: namedOnce((matters: Matters) => named(situation, matters)) }
}

const thingOf = (thing: Omit<Thing, 'nameOf'>): Thing => ({
  ...thing,
  nameOf: namedOnce((counted: readonly Measure[]) =>
    JSON.stringify([thing.words.en, counted.map((measure) => thing.quantities[measure]?.figure ?? null)]),
  ),
})

function namedOnce<K>(nameOf: (of: K) => string): (of: K) => Naming {
  const namings = new Map<K, Naming>()
  return (of) => {
    const known = namings.get(of)
    if (known !== undefined) return known
    const name = nameOf(of)
    const naming = { name, again: askedBefore(name) }
    namings.set(of, naming)
    return naming
  }
}

/** Names of what was asked about lately. */
const asked = new Set<string>()
function askedBefore(name: string): boolean {
  if (asked.has(name)) return true
  if (asked.size >= limits.chargesKept) asked.clear()
  asked.add(name)
  return false
}

function named({ things, whole, contained, vessel, happened }: Omit<Situation, 'nameOf'>, matters: Matters): string {
  const { facts, events, ofContainers, ofWhole } = matters
  const figures = (measured: readonly Measure[], { quantities }: Thing) =>
    measured.map((measure) => quantities[measure]?.figure ?? null)
  return JSON.stringify([
    contained ?? null,
    vessel,
    events.map((event) => happened.has(event)),
    things.map((thing) => [
      facts.map((at) => thing.facts[at]),
      ofContainers.length > 0 ? [thing.words, figures(ofContainers, thing)] : 0,
    ]),
    figures(ofWhole, whole),
  ])
}

function groupOf(group: ShippedContainers, known: KnownFacts, shared: Quantities): Thing {
  const { count, size, height, state, temperature, load } = group
  return thingOf({
    facts: factsOf({ ...known, sizes: size, heights: height, states: state, temperatures: temperature, loads: load }),
    words: containerInWords(group),
    times: { count: new Big(count), words: inWords(String(count), 'container') },
    quantities: { ...shared, ...daysOf(group), container: oneContainer },
  })
}

/** Containers that are alike in everything, counted together. */
function merged(containers: readonly ShippedContainers[]): ShippedContainers[] {
  const groups = new Map<string, ShippedContainers>()
  for (const { count, ...alike } of containers) {
    const key = JSON.stringify(alikeKeys.map((name) => alike[name] ?? null))
    groups.set(key, { ...alike, count: count + (groups.get(key)?.count ?? 0) })
  }
  return [...groups.values()]
}
const alikeKeys = [
  'size',
  'height',
  'state',
  'temperature',
  'hazard',
  'load',
  'storageDays',
  'detentionDays',
  'powerDays',
] as const satisfies readonly (keyof ShippedContainers)[]

/** Days of one container, by measure. */
const dayMeasures = { storageDays: 'storage-day', detentionDays: 'detention-day', powerDays: 'power-day' } as const
const daysOf = (group: ShippedContainers): Quantities => known(dayMeasures, group)

/** Days that all containers have alike are those of the consignment too. */
function daysOfAll(groups: readonly ShippedContainers[]): Quantities {
  const [first, ...others] = groups
  if (first === undefined) return {}
  const alike = Object.keys(dayMeasures) as (keyof typeof dayMeasures)[]
  const same = alike.filter((name) => others.every((group) => group[name] === first[name]))
  return known(dayMeasures, Object.fromEntries(same.map((name) => [name, first[name]])))
}

const consignmentMeasures = {
  bills: 'bill',
  declarations: 'declaration',
  documents: 'document',
  seals: 'seal',
  packages: 'package',
  samples: 'sample',
  vehicles: 'vehicle',
  wagons: 'wagon',
  documentDays: 'document-day',
  storageDays: 'storage-day',
  hours: 'hour',
  haulageKilometres: 'haulage-kilometre',
  grossMassTonnes: 'tonne',
  volumeCubicMetres: 'cubic-metre',
  chargeableKilograms: 'chargeable-kilogram',
} as const
const vesselMeasures = {
  netTonnage: 'net-tonne',
  lengthMetres: 'vessel-metre',
  berthDays: 'berth-day',
  pilotageKilometres: 'pilotage-kilometre',
  tugCalls: 'tug-call',
  voyages: 'voyage',
} as const

function quantitiesOf(shipment: Shipment): Quantities {
  const { grossMassTonnes } = shipment
  return {
    ...known(consignmentMeasures, shipment),
    ...known(vesselMeasures, shipment.vessel ?? {}),
    ...(grossMassTonnes === undefined
      ? {}
      : { kilogram: counted('kilogram', new Big(grossMassTonnes).times(1_000).toFixed()) }),
  }
}

function known<F extends string>(
  names: { readonly [N in F]: Measure },
  from: { readonly [N in NoInfer<F>]?: string | number | undefined },
) {
  const entries = (Object.keys(names) as F[]).flatMap((name) => {
    const figure = from[name]
    return figure === undefined ? [] : [[names[name], counted(names[name], figure)] as const]
  })
  return Object.fromEntries(entries) as Quantities
}

/**
 * Measures that hold for each container as they do for the whole: the way, the hours, the vessel. Of the others (tonnes, packages …) it is
 * not known how they are shared among several containers.
 */
const each: readonly Measure[] = ['haulage-kilometre', 'hour', 'document-day', ...Object.values(vesselMeasures)]
const forEach = (measured: Quantities): Quantities =>
  Object.fromEntries(Object.entries(measured).filter(([measure]) => each.includes(measure as Measure)))

const sharedOut = new Set<Measure>(
  [...Object.values<Measure>(consignmentMeasures), 'kilogram' as const].filter(
    (measure) => !each.includes(measure) && measure !== 'storage-day',
  ),
)
/** Whether a measure is shared out among the parts of a consignment. */
export const isShared = (measure: Measure): boolean => sharedOut.has(measure)
