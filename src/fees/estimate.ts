import type { Declaration } from '../../schemas/declaration/index.ts'
import type { PortFees } from '../../schemas/fees/quote.ts'
import type { Catalogue } from './catalogue.ts'
import { quoteOf } from './quote.ts'
import { shipmentOf } from './shipment.ts'

/** What a declaration comes to in port fees, in short 口岸费用估算; undefined where its port is none of the catalogue's. */
export function portFeesOf(declaration: Declaration, catalogue: Catalogue, day: string): PortFees | undefined {
  const { shipment, notFound } = shipmentOf(declaration, catalogue)
  if (shipment === undefined) return undefined
  const { edition, currency, total, government, market, uncertain } = quoteOf(catalogue, shipment, day)
  return {
    edition,
    day,
    port: shipment.port,
    currency,
    total,
    government,
    market,
    uncertain: [...notFound, ...uncertain],
    shipment,
    href: '/v1/fee-quotes',
  }
}
