import { type Context, Hono } from 'hono'
import type { Bill, BillCheckAnswer, Judgement } from '../../schemas/fees/bill.ts'
import type { Auth } from '../auth.ts'
import { keptAnswer } from '../db/answers.ts'
import { type BillCheckRow, keepCheck, listChecks, readCheck } from '../db/bills.ts'
import { newId } from '../db/ids.ts'
import { checkBill } from '../fees/bills/examine.ts'
import { once, replayed } from '../filing/once.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { createThrottle } from '../throttle.ts'
import { readBill } from './bill-bodies.ts'
import { idempotencyKeyOf } from './bodies.ts'
import { describe } from './describe.ts'
import { scopeOf, tenantOf } from './owner.ts'
import { isUnchanged, page, readQuery } from './parameters.ts'
import { postQuery } from './queries.ts'
import { billChecksQuery } from './queries-bills.ts'

/** Bill checks 账单核对: a bill held against the list. A dry run takes no key and keeps nothing. */
export function billRoutes(
  { database, catalogues, now }: Services,
  auth: Auth,
  ratePerWindow: number = limits.publicPerWindow,
): Hono<Env> {
  const throttle = createThrottle(now, 'bill-checks', ratePerWindow, limits.rateWindowMs)
  const trader = auth('trader')
  const reader = auth('trader', 'admin')

  const routes = new Hono<Env>()
  routes.post(
    '/',
    describe('checkBill'),
    (context, next) => (isDryRun(context) ? next() : trader(context, next)),
    async (context) => {
      if (isDryRun(context)) {
        throttle(context)
        const { bill } = await readBill(context)
        context.header('Cache-Control', 'no-store')
        return context.json({ ...(await checkBill(catalogues, bill)), bill } satisfies BillCheckAnswer)
      }
      const tenant = tenantOf(context)
      const key = idempotencyKeyOf(context)
      const { bill, hash } = await readBill(context)
      const slot = { tenant, key, bodyHash: `${hash} bill-check` }
      const kept = await keptAnswer(database.pool, tenant, key)
      const given = kept === undefined ? await keepOnce(slot, bill) : replayed(kept, slot.bodyHash)
      if (given.location !== undefined) context.header('Location', given.location)
      if (given.replayed) context.header('Idempotent-Replayed', 'true')
      context.header('Content-Type', 'application/json')
      return context.body(given.body, given.status as 201)
    },
  )

  /** Judged before the transaction, so that it holds no connection meanwhile. */
  const keepOnce = async (slot: Parameters<typeof once>[1], bill: Bill) => {
    const findings = await checkBill(catalogues, bill)
    const at = new Date(now())
    return once(database, slot, at, async (client) => {
      const row = {
        id: newId(at.getTime()),
        tenant: slot.tenant,
        bill: JSON.stringify(bill),
        findings: JSON.stringify(findings),
        edition: findings.edition.number,
        port: findings.port,
        payee: findings.payee ?? null,
        issuedOn: bill.issuedOn,
        at,
      }
      await keepCheck(client, row, findings.lines)
      return { status: 201, body: presentCheck(row), location: hrefOf(row.id) }
    })
  }

  routes.get('/', describe('listBillChecks'), reader, async (context) => {
    const { limit, after, port, payee } = readQuery(context, billChecksQuery)
    const rows = await listChecks(database, scopeOf(context), { port, payee, after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    return page(context, shown.map(presentSummary), rows.length > limit ? shown.at(-1)?.id : undefined)
  })

  routes.get('/:id', describe('readBillCheck'), reader, async (context) => {
    const row = await readCheck(database.pool, context.req.param('id'), scopeOf(context))
    if (row === undefined) throw new Problem('not-found')
    // It never changes.
    context.header('ETag', `"${row.id}"`)
    if (isUnchanged(context, `"${row.id}"`)) return context.body(null, 304)
    return context.json(presentCheck(row))
  })
  return routes
}

const isDryRun = (context: Context<Env>): boolean => readQuery(context, postQuery).dryRun === 'true'

const hrefOf = (id: string) => `/v1/fee-bill-checks/${id}`

const presentCheck = ({ id, bill, findings, at }: BillCheckRow): BillCheckAnswer => ({
  id,
  at: at.toISOString(),
  ...(JSON.parse(findings) as Judgement),
  bill: JSON.parse(bill) as Bill,
  links: { self: hrefOf(id), complaints: '/v1/fee-complaints' },
})

function presentSummary({ id, bill, findings, port, payee, issuedOn, edition, at }: BillCheckRow) {
  const { totals, objectionable } = JSON.parse(findings) as Judgement
  return {
    id,
    billNumber: (JSON.parse(bill) as Bill).billNumber,
    port,
    ...(payee === null ? {} : { payee }),
    issuedOn,
    edition,
    charged: totals.charged,
    over: totals.over,
    objectionable: objectionable.lines.length,
    at: at.toISOString(),
  }
}
