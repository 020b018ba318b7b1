import { Hono } from 'hono'
import type { Receipt } from '../../schemas/receipt.ts'
import type { Auth } from '../auth.ts'
import { readLanes } from '../db/operations.ts'
import { readOrphans } from '../db/reads.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'

/** What an operator looks at: lanes, mailboxes, and receipts whose filing nobody knows. */
export function operatorRoutes({ database, adapters }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  routes.use(auth('admin'))
  routes.get('/receipts', describe('listOrphans'), async (context) => {
    const rows = await readOrphans(database, 200)
    return context.json({
      data: rows.map(({ id, agency, content, received_at, message_id }) => ({
        id,
        agency,
        receipt: JSON.parse(content) as Receipt,
        receivedAt: received_at.toISOString(),
        ...(message_id === null ? {} : { messageId: message_id }),
      })),
    })
  })
  routes.get('/lanes', describe('readLanes'), async (context) =>
    context.json({ data: await readLanes(database, Object.keys(adapters)) }),
  )
  return routes
}
