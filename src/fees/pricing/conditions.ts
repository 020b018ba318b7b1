import { type Conditions, type Dimension, dimensions } from '../../../schemas/fees/conditions.ts'

const names = Object.keys(dimensions) as Dimension[]
const orderOf = new Map(names.map((name, at) => [name, at]))
/** A fact that is known and is none of the values there are: a consignment without containers has no size of container. */
const noneOfThem = 1 << 30

/** What is known of a thing when a condition is held against it 计费事实: one value a dimension, or nothing. */
export type Facts = readonly number[]
export type KnownFacts = { readonly [D in Dimension]?: (typeof dimensions)[D][number] | 'none' | undefined }

const bitOf = (dimension: Dimension, value: string): number =>
  1 << (dimensions[dimension] as readonly string[]).indexOf(value)

/** Facts in the form in which they are compared fast. */
export const factsOf = (known: KnownFacts): Facts =>
  names.map((name) => {
    const value = known[name]
    return value === undefined ? 0 : value === 'none' ? noneOfThem : bitOf(name, value)
  })

/** One demand of a set of conditions: a bit for each value that is meant. */
export interface Demand {
  readonly dimension: Dimension
  readonly at: number
  readonly mask: number
}
const demands = new WeakMap<Conditions, readonly Demand[]>()
const noDemands: readonly Demand[] = []

/** Conditions as masks, made once for each set: entries of the catalogue never change. A dimension all of whose values are named does not matter. */
export function demandsOf(conditions: Conditions | undefined): readonly Demand[] {
  if (conditions === undefined) return noDemands
  const known = demands.get(conditions)
  if (known !== undefined) return known
  const made = names.flatMap((dimension): Demand[] => {
    const values: readonly string[] | undefined = conditions[dimension]
    if (values === undefined || values.length >= dimensions[dimension].length) return []
    const mask = values.reduce((sum, value) => sum | bitOf(dimension, value), 0)
    return [{ dimension, at: orderOf.get(dimension) ?? 0, mask }]
  })
  demands.set(conditions, made)
  return made
}

/** Whether conditions hold: yes; no, by one dimension; or not to be said, for want of the facts that are missing. */
export type Judgement =
  | { readonly holds: 'yes' }
  | { readonly holds: 'no'; readonly by: Dimension }
  | { readonly holds: 'unknown'; readonly missing: readonly Dimension[] }

const yes: Judgement = { holds: 'yes' }
const no = Object.fromEntries(names.map((by) => [by, { holds: 'no', by }])) as { readonly [D in Dimension]: Judgement }

export const judge = (conditions: Conditions | undefined, facts: Facts): Judgement =>
  judgeDemands(demandsOf(conditions), facts)

export function judgeDemands(demanded: readonly Demand[], facts: Facts): Judgement {
  let missing: Dimension[] | undefined
  for (let place = 0; place < demanded.length; place++) {
    const { dimension, at, mask } = demanded[place] as Demand
    const fact = facts[at] ?? 0
    if (fact === 0) (missing ??= []).push(dimension)
    else if ((fact & mask) === 0) return no[dimension]
  }
  return missing === undefined ? yes : { holds: 'unknown', missing }
}

/** Where both conditions hold; undefined where they exclude each other: a dimension that both name, without a value that both have. */
export function overlapOf(a: Conditions | undefined, b: Conditions | undefined): Conditions | undefined {
  const overlap: { [D in Dimension]?: readonly string[] } = {}
  for (const name of names) {
    const [first, second]: (readonly string[] | undefined)[] = [a?.[name], b?.[name]]
    const both = first?.filter((value) => second?.includes(value) ?? true) ?? second
    if (both?.length === 0) return undefined
    if (both !== undefined) overlap[name] = both
  }
  return overlap as Conditions
}

/** So many combinations of unknown facts are looked at before none is taken to be left out. */
const combinationsMost = 4_096

/** Whether, whatever the missing facts turn out to be, one of several sets of conditions holds. */
export function coverAll(
  all: readonly (Conditions | undefined)[],
  facts: Facts,
  missing: readonly Dimension[],
): boolean {
  const combinations = missing.reduce((product, name) => product * dimensions[name].length, 1)
  if (combinations > combinationsMost) return false
  const tried = [...facts]
  const holdsFrom = (at: number): boolean => {
    const name = missing[at]
    if (name === undefined) return all.some((conditions) => judge(conditions, tried).holds === 'yes')
    const place = orderOf.get(name) ?? 0
    return dimensions[name].every((_, value) => {
      tried[place] = 1 << value
      return holdsFrom(at + 1)
    })
  }
  return holdsFrom(0)
}
