import { Big } from 'big.js'
import type * as z from 'zod'
import { tariffLine } from '../../schemas/codes/tariff.ts'
import type { Declaration, Item } from '../../schemas/declaration/index.ts'
import { crossesBorder, internationalLeg } from '../../schemas/declaration/journey.ts'
import type { RiskFactor } from '../../schemas/risk.ts'
import type { goodsRisk, routeRisk } from '../../schemas/rules/goods-risk.ts'

type GoodsRow = z.infer<typeof goodsRisk.row>
type RouteRow = z.infer<typeof routeRisk.row>

/** A factor before the rule it is by is named. */
export type Multiplier = Pick<RiskFactor, 'kind' | 'value' | 'because' | 'changes'>

const fits = (declaration: Declaration, { direction }: { direction?: string | undefined }) =>
  direction === undefined || direction === declaration.direction

/** Whether a row speaks of an item of goods. */
function speaksOf({ kind, match }: GoodsRow, { hsCode, dangerousGoods, originCountry }: Item): boolean {
  if (kind === 'commodity') return hsCode.startsWith(match)
  if (kind === 'origin') return originCountry === match
  if (kind === 'quarantine') return tariffLine(hsCode)?.supervision.includes(match) ?? false
  return dangerousGoods !== undefined && (match === '*' || (dangerousGoods.classCode ?? '').startsWith(match))
}

/** What the goods say: for each item the narrowest row of each kind; of several items the highest factor, once. An item no row speaks of counts as 1. */
export function goodsFactors(declaration: Declaration, rows: readonly GoodsRow[]): Multiplier[] {
  const kinds = Map.groupBy(
    rows.filter((row) => fits(declaration, row)),
    ({ kind }) => kind,
  )
  return [...kinds.values()].flatMap((same) => {
    const found = declaration.goodsShipment.items.map((item) => ({ item, row: narrowest(same, item) }))
    const highest = found.reduce((a, b) => (factorOf(b).gt(factorOf(a)) ? b : a))
    const { item, row } = highest
    if (row === undefined) return []
    return [
      {
        kind: row.kind,
        value: row.factor,
        because: {
          en: `Item ${item.sequence} (${item.hsCode}): ${row.name.en}`,
          zh: `第${item.sequence}项（${item.hsCode}）：${row.name.zh}`,
        },
        changes: { en: `Goods that are not: ${row.name.en}`, zh: `货物不涉及：${row.name.zh}` },
      },
    ]
  })
}
const factorOf = ({ row }: { row: GoodsRow | undefined }) => new Big(row?.factor ?? 1)
const lengthOf = ({ match }: GoodsRow) => (match === '*' ? 0 : match.length)

/** The row that says the most of an item: the longest match. */
const narrowest = (rows: readonly GoodsRow[], item: Item): GoodsRow | undefined =>
  rows
    .filter((row) => speaksOf(row, item))
    .reduce<GoodsRow | undefined>((a, b) => (a === undefined || lengthOf(b) > lengthOf(a) ? b : a), undefined)

/** What the way says: the mode across the border, and whether the goods change or stop in a third country. */
export function routeFactors(declaration: Declaration, rows: readonly RouteRow[]): Multiplier[] {
  const mode = internationalLeg(declaration)?.leg.modeCode
  const third = transhipsAbroad(declaration)
  return rows
    .filter((row) => fits(declaration, row) && (row.kind === 'mode' ? row.match === mode : third))
    .map(({ kind, factor, name }) => ({
      kind,
      value: factor,
      because: { en: `The route: ${name.en}`, zh: `运输路径：${name.zh}` },
      changes: { en: 'Another route', zh: '改变运输路径' },
    }))
}

/** Whether goods cross more than one border, or are declared to stop on the way in a third country 中转. */
function transhipsAbroad({ goodsShipment: { consignment } }: Declaration): boolean {
  const borders = consignment.legs.filter(crossesBorder).length
  const stop = consignment.transitLocation?.countryCode
  const ends = [consignment.legs[0]?.from.countryCode, consignment.legs.at(-1)?.to.countryCode]
  return borders > 1 || (stop !== undefined && stop !== 'CN' && !ends.includes(stop))
}
