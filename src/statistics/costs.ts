import { Big } from 'big.js'
import type { CostFigures } from '../../schemas/statistics.ts'
import type { Catalogue } from '../fees/catalogue.ts'
import type { Catalogues } from '../fees/catalogues.ts'
import { quoteOf } from '../fees/quote.ts'
import { limits } from '../limits.ts'
import { lastDayOf, monthsBetween } from './months.ts'

/** What standard consignments cost at the port, month by month 合规成本, by the list that held then. */
export interface PortCosts {
  /** Figures of the months from one to another; a month that is not over is of today. */
  between(from: string, to: string): Promise<CostFigures[]>
}

export function createPortCosts(catalogues: Catalogues): PortCosts {
  /** By edition and day: an edition never changes. */
  const kept = new Map<string, readonly CostFigures[]>()
  const of = async (month: string): Promise<readonly CostFigures[]> => {
    const [today, last] = [catalogues.today(), lastDayOf(month)]
    const day = last < today ? last : today
    if (day.slice(0, 7) !== month) return []
    const catalogue = await catalogues.on(day)
    if (catalogue === undefined) return []
    const name = `${catalogue.edition.digest} ${day}`
    const figures = kept.get(name) ?? figuresOn(catalogue, month, day)
    kept.delete(name)
    kept.set(name, figures)
    for (const oldest of kept.keys()) {
      if (kept.size <= limits.statisticsCostsKept) break
      kept.delete(oldest)
    }
    return figures
  }
  return {
    async between(from, to) {
      const found: CostFigures[] = []
      for (const month of monthsBetween(from, to)) found.push(...(await of(month)))
      return found
    },
  }
}

/** What each standard consignment of containers of one length costs on a day, a container. */
function figuresOn(catalogue: Catalogue, month: string, day: string): CostFigures[] {
  return [...catalogue.of('basket')].flatMap(([basket, { name, shipment }]) => {
    const { containers = [], port, direction } = shipment
    const sizes = new Set(containers.map(({ size }) => (size === '20' ? '20' : '40')))
    const [size] = sizes
    if (sizes.size !== 1 || size === undefined) return []
    const count = containers.reduce((sum, one) => sum + one.count, 0)
    const { total, government, market } = quoteOf(catalogue, shipment, day)
    const each = ({ least, most }: typeof total) => ({
      least: new Big(least).div(count).toFixed(2),
      ...(most === undefined ? {} : { most: new Big(most).div(count).toFixed(2) }),
    })
    return [
      {
        month,
        basket,
        name,
        port,
        direction,
        containers: count,
        size,
        edition: catalogue.edition.number,
        total: each(total),
        government: each(government),
        market: each(market),
      },
    ]
  })
}
