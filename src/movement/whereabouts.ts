import type { Declaration } from '../../schemas/declaration/index.ts'
import type { DeclarationMovements } from '../../schemas/movement.ts'
import { readFacts } from '../db/movement-reads.ts'
import { readVersion } from '../db/reads.ts'
import type { DeclarationView } from '../db/views.ts'
import { readLinked } from '../db/waybills.ts'
import { quoteOf } from '../fees/quote.ts'
import { shipmentOf } from '../fees/shipment.ts'
import { costsOf } from '../filing/costs.ts'
import { limits } from '../limits.ts'
import type { Services } from '../services.ts'
import { factOf } from './facts.ts'
import { trackOne } from './follow.ts'
import { paperOf } from './handles.ts'
import { journeyOf } from './journey.ts'

type Wanted = Pick<Services, 'database' | 'adapters' | 'catalogues' | 'now'>

/** Where the goods of a declaration are, where they come from and go, and what it cost so far 动态可查、去向可溯、成本可控. */
export async function whereaboutsOf(services: Wanted, view: DeclarationView): Promise<DeclarationMovements> {
  const { database, adapters, now } = services
  await trackOne(database, view, new Date(now()))
  const [version, rows] = await Promise.all([
    readVersion(database, view.id, view.version),
    readFacts(database, view.id, limits.movementsShown + 1),
  ])
  if (version === undefined) throw new Error(`${view.id} has no document`)
  const declaration = JSON.parse(version.document) as Declaration
  const facts = rows.slice(-limits.movementsShown).map(factOf)
  const papers = declaration.goodsShipment.consignment.legs.flatMap(
    ({ transportDocumentId }) => transportDocumentId ?? [],
  )
  const waybills = await readLinked(database, view.tenant, papers.map(paperOf))
  return {
    declarationId: view.id,
    ...journeyOf(declaration, facts),
    facts,
    more: rows.length > limits.movementsShown,
    waybills: waybills.map((one) => ({ ...one, href: `/v1/waybills/${one.number}` })),
    costs: {
      duties: costsOf(adapters, view, declaration).totals,
      ...(await portFeesOf(services, declaration, view.id)),
    },
  }
}

/** What the port fees come to by the list that holds today; nothing where no list holds or the port is not in it. */
async function portFeesOf(
  { catalogues }: Wanted,
  declaration: Declaration,
  id: string,
): Promise<Pick<DeclarationMovements['costs'], 'portFees'>> {
  const day = catalogues.today()
  const catalogue = await catalogues.on(day)
  if (catalogue === undefined) return {}
  const { shipment } = shipmentOf(declaration, catalogue)
  if (shipment === undefined) return {}
  const { currency, total, edition } = quoteOf(catalogue, shipment, day)
  const { least, most } = total
  const href = `/v1/declarations/${id}/port-fees`
  return { portFees: { currency, least, ...(most === undefined ? {} : { most }), edition, href } }
}
