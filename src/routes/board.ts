import { Hono } from 'hono'
import type { Auth } from '../auth.ts'
import { readGlances } from '../db/board.ts'
import { listDeclarationIds } from '../db/declaration-list.ts'
import { cancellingOf, presentGlance } from '../filing/glance.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'
import { scopeOf } from './owner.ts'
import { page, readQuery } from './parameters.ts'
import { listQuery } from './queries.ts'

/** The board 申报总览: declarations with where they stand, a fraction of what the list of them says of each. */
export function boardRoutes({ database, adapters }: Services, auth: Auth): Hono<Env> {
  const cancelling = cancellingOf(adapters)
  const routes = new Hono<Env>()
  routes.get('/', describe('readBoard'), auth('trader', 'admin'), async (context) => {
    const { limit, after, ...filter } = readQuery(context, listQuery)
    const tenant = scopeOf(context)
    const ids = await listDeclarationIds(database, { ...filter, after, limit, tenant }, cancelling)
    const views = await readGlances(database, ids.slice(0, limit))
    return page(
      context,
      views.map((view) => presentGlance(adapters, view, tenant === undefined)),
      ids.length > limit ? views.at(-1)?.id : undefined,
    )
  })
  return routes
}
