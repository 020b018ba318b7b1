import { type Context, Hono } from 'hono'
import { movementsRequest } from '../../schemas/movement.ts'
import type { Auth } from '../auth.ts'
import { type FactScope, listFacts } from '../db/movement-reads.ts'
import { factOf } from '../movement/facts.ts'
import { takeMovements } from '../movement/take.ts'
import { whereaboutsOf } from '../movement/whereabouts.ts'
import type { Env, Services } from '../services.ts'
import { readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { ownDeclarations, tenantOf } from './owner.ts'
import { page, readQuery } from './parameters.ts'
import { movementsQuery } from './queries-movements.ts'

/** Events of goods on their way 物流动态: told by carriers, stations, ports and depots; read by those whose goods they are. */
export function movementRoutes({ database, now }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()

  routes.post('/', describe('tellMovements'), auth('carrier'), async (context) => {
    const publisher = tenantOf(context)
    const { value } = await readJsonBody(context, movementsRequest)
    const candidates = 'events' in value && Array.isArray(value.events) ? value.events : [value]
    const results = await takeMovements(database, publisher, candidates, new Date(now()))
    return context.json({ results }, 207)
  })

  routes.get('/', describe('listMovements'), auth('trader', 'carrier', 'admin'), async (context) => {
    const { limit, after, equipmentReference } = readQuery(context, movementsQuery)
    const filter = { equipment: equipmentReference, after, limit: limit + 1 }
    const rows = await listFacts(database, scopeOf(context), filter)
    const shown = rows.slice(0, limit)
    const isTelling = context.get('caller').role === 'carrier'
    return page(
      context,
      shown.map((row) => ({ ...factOf(row), ...(isTelling ? {} : { declarationIds: row.declarationIds }) })),
      rows.length > limit ? String(shown.at(-1)?.id) : undefined,
    )
  })
  return routes
}

/** Where the goods of a declaration are 货物动态. */
export function whereaboutsRoutes(services: Services, auth: Auth): Hono<Env> {
  const own = ownDeclarations(services.database)
  const routes = new Hono<Env>()
  routes.get('/:id/movements', describe('readWhereabouts'), auth('trader', 'admin'), async (context) =>
    context.json(await whereaboutsOf(services, await own(context))),
  )
  return routes
}

/** A carrier sees what it told, never what became of it; a trader what concerns its own goods. */
function scopeOf(context: Context<Env>): FactScope {
  const { role } = context.get('caller')
  if (role === 'admin') return {}
  return role === 'carrier' ? { publisher: tenantOf(context) } : { tenant: tenantOf(context) }
}
