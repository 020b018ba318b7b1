import { Hono } from 'hono'
import type { Auth } from '../auth.ts'
import { listReads } from '../db/sharing-reads.ts'
import type { Env, Services } from '../services.ts'
import { presentRead } from '../sharing/present.ts'
import { describe } from './describe.ts'
import { ownId } from './owner.ts'
import { page, readQuery } from './parameters.ts'
import { readsQuery } from './queries-sharing.ts'

/** Who read of a declaration 查询记录, for its trader: what is disclosed; for operators: all. */
export function readRoutes({ database, adapters, now }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  const idOf = ownId(database)
  routes.get('/:id/reads', describe('listReads'), auth('trader', 'admin'), async (context) => {
    const { limit, after } = readQuery(context, readsQuery)
    const id = await idOf(context)
    const operator = context.get('caller').role === 'admin'
    const disclosedBy = operator ? undefined : new Date(now())
    const rows = await listReads(database.pool, id, disclosedBy, { after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    return page(
      context,
      shown.map((row) => presentRead(adapters, row, operator)),
      rows.length > limit ? shown.at(-1)?.id : undefined,
    )
  })
  return routes
}
