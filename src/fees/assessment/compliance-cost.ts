import { Big } from 'big.js'
import type { BasketCost, Thresholds } from '../../../schemas/fees/assessment.ts'
import type { Content } from '../../../schemas/fees/entries.ts'
import type { Quote } from '../../../schemas/fees/quote.ts'
import { quoteOf } from '../quote.ts'
import { type Found, figure, type Material, percent } from './material.ts'
import { nameOf } from './names.ts'
import type { Judge } from './rule.ts'

type Basket = Content<'basket'>
type Total = Quote['total']

/**
 * 合规成本: what each standard consignment costs by the list, government and market parts apart, at least and at most; against the round before,
 * and against what its containers may cost.
 */
export const judgeCost: Judge<'compliance-cost'> = (material, thresholds) => {
  const baskets = [...material.inputs.catalogue.of('basket')].map(([id, basket]) => ({ id, basket }))
  if (baskets.length === 0) return { found: [], idle: { en: 'There is no standard consignment', zh: '未设标准货样' } }
  const costs = baskets.map(({ id, basket }) => costOf(material, id, basket))
  return {
    found: costs.flatMap((cost, at) => judgeBasket(cost, baskets[at]?.basket, thresholds)),
    tables: { costs },
  }
}

function costOf({ inputs: { catalogue, previous }, day }: Material, id: string, { shipment }: Basket): BasketCost {
  const { total, government, market } = quoteOf(catalogue, shipment, day)
  const before =
    previous !== undefined && previous.catalogue.of('port').has(shipment.port)
      ? quoteOf(previous.catalogue, shipment, previous.to).total
      : undefined
  const change = before && changeOf(before, total)
  return {
    basket: id,
    name: nameOf(catalogue, 'basket', id),
    port: shipment.port,
    total,
    government,
    market,
    ...(before === undefined ? {} : { before }),
    ...(change === undefined ? {} : { percent: change }),
  }
}

/** Of the most where both have one, else of the least. Nothing can be said of what cost nothing before. */
function changeOf(before: Total, now: Total): string | undefined {
  const [was, is] =
    before.most === undefined || now.most === undefined ? [before.least, now.least] : [before.most, now.most]
  return new Big(was).eq(0) ? undefined : percent(new Big(is).minus(was), new Big(was))
}

/** What the containers of a basket may cost at most: 20' ones, and longer ones. Undefined where it has none. */
function allowedFor(basket: Basket | undefined, { mostYuanTwenty, mostYuanForty }: Thresholds<'compliance-cost'>) {
  const containers = basket?.shipment.containers ?? []
  if (containers.length === 0) return undefined
  return containers.reduce(
    (total, { count, size }) => total.plus(new Big(size === '20' ? mostYuanTwenty : mostYuanForty).times(count)),
    new Big(0),
  )
}

function judgeBasket(cost: BasketCost, basket: Basket | undefined, thresholds: Thresholds<'compliance-cost'>): Found[] {
  const { name, port, total, government, market, before, percent: rise } = cost
  const allowed = allowedFor(basket, thresholds)
  const most = total.most ?? total.least
  const tooMuch = allowed !== undefined && new Big(most).gt(allowed)
  const highRise = rise !== undefined && new Big(rise).gte(thresholds.highRisePercent)
  const watchRise = rise !== undefined && new Big(rise).gte(thresholds.watchRisePercent)
  if (!tooMuch && !highRise && !watchRise) return []
  const risen = highRise || watchRise
  const parts = [
    ...(tooMuch ? [{ en: `above ${allowed.toFixed()} yuan`, zh: `高于${allowed.toFixed()}元` }] : []),
    ...(risen ? [{ en: `up ${rise} % since the last round`, zh: `较上一轮上涨${rise}%` }] : []),
  ]
  return [
    {
      level: tooMuch || highRise ? 'high' : 'watch',
      port,
      figures: [
        ...totalFigures('total', total),
        ...totalFigures('government', government),
        ...totalFigures('market', market),
        ...(before === undefined ? [] : totalFigures('before', before)),
        ...(rise === undefined ? [] : [figure('rise', rise, 'percent')]),
        ...(allowed === undefined ? [] : [figure('allowed', allowed.toFixed(), 'yuan')]),
      ],
      text: {
        en: `${name.en}: ${shown(total)} yuan by the list, ${parts.map(({ en }) => en).join(', ')}`,
        zh: `${name.zh}：按目录合计${shown(total)}元，${parts.map(({ zh }) => zh).join('，')}`,
      },
    },
  ]
}

const totalFigures = (name: string, { least, most }: Total) => [
  figure(`${name}-least`, least, 'yuan'),
  ...(most === undefined ? [] : [figure(`${name}-most`, most, 'yuan')]),
]
const shown = ({ least, most }: Total): string =>
  most === undefined ? `${least}+` : most === least ? least : `${least}–${most}`
