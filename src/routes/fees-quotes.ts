import { type Context, Hono } from 'hono'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { quoteRequest } from '../../schemas/fees/quote.ts'
import type { Shipment } from '../../schemas/fees/shipment.ts'
import { issue } from '../../schemas/issue.ts'
import type { Text } from '../../schemas/text.ts'
import type { Auth } from '../auth.ts'
import { readVersion } from '../db/reads.ts'
import { readDeclarationView } from '../db/views.ts'
import type { Catalogue } from '../fees/catalogue.ts'
import { quoteOf } from '../fees/quote.ts'
import { unknownNames } from '../fees/quote-check.ts'
import { quoteText } from '../fees/quote-text.ts'
import { shipmentOf } from '../fees/shipment.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { createThrottle } from '../throttle.ts'
import { readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { scopeOf } from './owner.ts'
import { readQuery } from './parameters.ts'
import { portFeesQuery } from './queries-fees-quotes.ts'

type Wanted = Pick<Services, 'catalogues' | 'database' | 'now'>

/** What a shipment, or a declaration, costs at its port by the published list 费用测算: public, but for a declaration. */
export function quoteRoutes(
  { catalogues, database, now }: Wanted,
  auth: Auth,
  ratePerWindow: number = limits.publicPerWindow,
): Hono<Env> {
  const reader = auth('trader', 'admin')
  const throttle = createThrottle(now, 'quotes', ratePerWindow, limits.rateWindowMs)
  const routes = new Hono<Env>()
  routes.post('/', describe('quoteFees'), async (context) => {
    throttle(context)
    const { shipment, declarationId, overrides = {} } = (await readJsonBody(context, quoteRequest)).value
    if (shipment !== undefined) {
      const day = shipment.day ?? catalogues.today()
      const catalogue = await holding(catalogues, day)
      refuse(unknownNames(shipment, catalogue, 'shipment'))
      return answer(context, catalogue, shipment, day, [])
    }
    await reader(context, async () => undefined)
    const declaration = await declared(database, declarationId ?? '', context)
    const day = overrides.day ?? catalogues.today()
    const catalogue = await holding(catalogues, day)
    refuse(unknownNames(overrides, catalogue, 'overrides'))
    const found = shipmentOf(declaration, catalogue, overrides.port)
    if (found.shipment === undefined)
      throw new Problem('body-invalid', {
        errors: found.notFound.map((text) => issue('/overrides/port', 'port-not-found', text)),
      })
    return answer(context, catalogue, { ...found.shipment, ...overrides } as Shipment, day, found.notFound)
  })
  return routes
}

/** The port fees of one declaration 申报单的口岸费用. */
export function portFeeRoutes({ catalogues, database }: Wanted, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/:id/port-fees', describe('readPortFees'), auth('trader', 'admin'), async (context) => {
    const { day = catalogues.today() } = readQuery(context, portFeesQuery)
    const declaration = await declared(database, context.req.param('id'), context)
    const catalogue = await holding(catalogues, day)
    const { shipment, notFound } = shipmentOf(declaration, catalogue)
    if (shipment === undefined) throw new Problem('not-found', notFound[0] === undefined ? {} : { detail: notFound[0] })
    return answer(context, catalogue, shipment, day, notFound)
  })
  return routes
}

async function declared(database: Services['database'], id: string, context: Context<Env>): Promise<Declaration> {
  const view = await readDeclarationView(database, id, scopeOf(context))
  if (view === undefined) throw new Problem('not-found')
  const version = await readVersion(database, view.id, view.version)
  if (version === undefined) throw new Error(`${view.id} has no document`)
  return JSON.parse(version.document) as Declaration
}

/** The edition of a day. @throws {Problem} not-found where no list was valid then */
async function holding(catalogues: Services['catalogues'], day: string): Promise<Catalogue> {
  const catalogue = await catalogues.on(day)
  if (catalogue === undefined)
    throw new Problem('not-found', {
      detail: { en: `No edition of the fee catalogue holds on ${day}`, zh: `${day}无有效的收费目录清单` },
    })
  return catalogue
}

function refuse(errors: ReturnType<typeof unknownNames>): void {
  if (errors.length > 0) throw new Problem('body-invalid', { errors })
}

function answer(
  context: Context<Env>,
  catalogue: Catalogue,
  shipment: Shipment,
  day: string,
  notFound: readonly Text[],
): Response {
  const quote = quoteOf(catalogue, shipment, day)
  context.header('Content-Type', 'application/json')
  return context.body(quoteText({ ...quote, uncertain: [...notFound, ...quote.uncertain] }))
}
