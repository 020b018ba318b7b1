import { Big } from 'big.js'
import type { Comparison, Thresholds } from '../../../schemas/fees/assessment.ts'
import type { NamedFee } from '../catalogue.ts'
import { type Cell, cellOf, covers, perOf, scopeOf } from './cells.ts'
import { byText, type Found, figure, type Material, percent } from './material.ts'
import { nameOf } from './names.ts'
import type { Judge } from './rule.ts'
import { thingOf } from './thing.ts'

/**
 * 横向比较: each price against what other ports take for the very same thing: fees of the list and prices seen elsewhere 外港价格. Too few of
 * them, and there is no comparison.
 */
export const judgeComparison: Judge<'comparison'> = (material, thresholds) => {
  const kinds = observedKinds(material)
  const comparisons: Comparison[] = []
  const uncompared: string[] = []
  const found: Found[] = []
  for (const fee of material.fees) {
    const cells = material.cellsOf(fee).filter(({ part }) => part === 'amount')
    const rows = cells.flatMap((cell) =>
      compare(fee, cell, kinds.get(fee.fee.kind)?.(cell, fee.fee.port) ?? [], thresholds),
    )
    comparisons.push(...rows)
    if (cells.length > 0 && rows.length === 0) uncompared.push(fee.id)
    found.push(...judgeFee(material, fee, rows, thresholds))
  }
  return { found, tables: { comparisons, uncompared } }
}

/** A price somewhere: at a port of the list, or at one beyond it. */
interface Observation {
  readonly port: string | undefined
  readonly cell: Cell
}

/** For each kind of fee, what other ports take for a thing. */
function observedKinds({ fees, cellsOf, inputs: { catalogue }, day }: Material) {
  const observations = new Map<string, Observation[]>()
  const add = (kind: string, observation: Observation) => {
    const there = observations.get(kind)
    if (there === undefined) observations.set(kind, [observation])
    else there.push(observation)
  }
  for (const fee of fees)
    for (const cell of cellsOf(fee)) if (cell.part === 'amount') add(fee.fee.kind, { port: fee.fee.port, cell })
  for (const { kind, when, per, most, seenOn } of catalogue.of('peer').values()) {
    const scope = scopeOf(perOf(per), when)
    // What was seen later was not known then.
    if (scope !== undefined && seenOn <= day)
      add(kind, { port: undefined, cell: cellOf(scope, perOf(per), 'amount', most, undefined) })
  }
  return new Map([...observations].map(([kind, all]) => [kind, pricesOf(all)]))
}

/** Finds the prices of other ports for a thing, the lowest first. Each shape is looked for once, for each port: catalogues are large. */
function pricesOf(observations: readonly Observation[]): (cell: Cell, port: string) => readonly Big[] {
  const shapes = [...Map.groupBy(observations, ({ cell }) => cell.shape).values()]
  const covering = new Map<string, readonly Observation[]>()
  const others = new Map<string, readonly Big[]>()
  return (cell, port) => {
    const question = `${port} ${cell.shape}`
    const known = others.get(question)
    if (known !== undefined) return known
    let all = covering.get(cell.shape)
    if (all === undefined) {
      all = shapes
        .flatMap((alike) => (alike[0] !== undefined && covers(alike[0].cell, cell) ? alike : []))
        .sort((a, b) => a.cell.price.cmp(b.cell.price))
      covering.set(cell.shape, all)
    }
    const found = all.filter((one) => one.port !== port).map((one) => one.cell.price)
    others.set(question, found)
    return found
  }
}

/** @param others the lowest first */
function compare(
  { id, fee }: NamedFee,
  cell: Cell,
  others: readonly Big[],
  { comparisonsAtLeast }: Thresholds<'comparison'>,
): Comparison[] {
  const [least] = others
  const most = others.at(-1)
  if (least === undefined || most === undefined || new Big(others.length).lt(comparisonsAtLeast)) return []
  const middle = medianOf(others, least)
  const below = countWhile(others, (price) => price.lt(cell.price))
  const equal = countWhile(others, (price) => price.lte(cell.price)) - below
  return [
    {
      fee: id,
      kind: fee.kind,
      port: fee.port,
      payee: fee.payee,
      thing: thingOf(cell),
      price: cell.price.toFixed(),
      others: others.length,
      least: least.toFixed(),
      median: middle.toFixed(),
      most: most.toFixed(),
      percentile: percent(new Big(below).plus(new Big(equal).div(2)), new Big(others.length)),
      ...(middle.eq(0) ? {} : { ratio: cell.price.div(middle).toFixed(4) }),
    },
  ]
}

/** The middle one; of an even number the mean of the two in the middle. */
const medianOf = (sorted: readonly Big[], least: Big): Big =>
  (sorted[Math.ceil(sorted.length / 2) - 1] ?? least).plus(sorted[Math.floor(sorted.length / 2)] ?? least).div(2)

/** How many at the beginning are so; all that are stand there. */
function countWhile(sorted: readonly Big[], is: (price: Big) => boolean): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (is(sorted[middle] as Big)) from = middle + 1
    else to = middle
  }
  return from
}

/** What is found about a fee is the worst of its prices. */
function judgeFee(
  { inputs: { catalogue } }: Material,
  { id, fee }: NamedFee,
  rows: readonly Comparison[],
  { watchRatio, highRatio, highPercentile }: Thresholds<'comparison'>,
): Found[] {
  const dear = rows
    .filter(({ price, median, ratio }) =>
      ratio === undefined ? new Big(price).gt(median) : new Big(ratio).gt(watchRatio),
    )
    .map((row) => ({
      row,
      level:
        row.ratio !== undefined && new Big(row.ratio).gt(highRatio) && new Big(row.percentile).gte(highPercentile)
          ? ('high' as const)
          : ('watch' as const),
    }))
    .sort(
      (a, b) =>
        Number(b.level === 'high') - Number(a.level === 'high') ||
        new Big(b.row.ratio ?? 0).cmp(a.row.ratio ?? 0) ||
        byText(({ row }: typeof a) => row.thing.en)(a, b),
    )
  const [worst] = dear
  if (worst === undefined) return []
  const { price, median, percentile, ratio, others, thing } = worst.row
  const name = nameOf(catalogue, 'fee', id)
  return [
    {
      level: worst.level,
      port: fee.port,
      payee: fee.payee,
      fee: id,
      kind: fee.kind,
      figures: [
        figure('price', price, 'yuan'),
        figure('median', median, 'yuan'),
        ...(ratio === undefined ? [] : [figure('ratio', ratio, 'ratio')]),
        figure('percentile', percentile, 'percent'),
        figure('others', others),
        figure('prices-dear', dear.length),
        figure('prices-compared', rows.length),
      ],
      text: {
        en: `${name.en}: ${price} yuan (${thing.en}); the median of ${others} prices at other ports is ${median}, and ${percentile} % of them are cheaper`,
        zh: `${name.zh}：${price}元（${thing.zh}）；其他口岸${others}个价格的中位数为${median}元，${percentile}%低于本价`,
      },
    },
  ]
}
