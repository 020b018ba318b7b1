import { type Context, Hono } from 'hono'
import type { Auth } from '../auth.ts'
import { type LotRow, readLotsOf, readResults } from '../db/draw-lots.ts'
import { type DrawState, readDraw } from '../db/draws.ts'
import { type DeclarationView, readDeclarationView } from '../db/views.ts'
import { ownerOf } from '../draw/commit.ts'
import { presentLot } from '../draw/present.ts'
import { Problem } from '../problem.ts'
import { readRisk } from '../risk/risks.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'
import { agencyOf, scopeOf } from './owner.ts'

/** How likely a declaration is to be inspected, and its lot 查验概率与签号: for its trader, and for the agencies it is filed with. */
export function riskRoutes({ database, adapters, rules, notices, log, now }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  const reader = auth('trader', 'agency', 'admin')

  routes.get('/:id/risk', describe('readDeclarationRisk'), reader, async (context) => {
    const view = await seen(context)
    const agency = agencyAlone(context)
    const filed = new Set(view.filings.map((filing) => filing.agency))
    const drawing = Object.keys(adapters).filter(
      (id) => adapters[id]?.draw !== undefined && filed.has(id) && (agency ?? id) === id,
    )
    const { role, tenant } = context.get('caller')
    const asking = role === 'trader' ? (tenant ?? '') : undefined
    const at = new Date(now())
    const risks = await Promise.all(
      drawing.map((id) =>
        readRisk(database.pool, { adapters, rules }, { declarationId: view.id, agency: id, reader: asking }, at),
      ),
    )
    context.header('Cache-Control', 'no-store')
    return context.json({ data: risks.filter((risk) => risk !== undefined), hasMore: false })
  })

  routes.get('/:id/draws', describe('readDeclarationDraws'), reader, async (context) => {
    const view = await seen(context)
    const agency = agencyAlone(context)
    const lots = (await readLotsOf(database.pool, view.id)).filter((lot) => (agency ?? lot.agency) === lot.agency)
    const data = await Promise.all(lots.map((lot) => present(lot, agency !== undefined)))
    context.header('Cache-Control', 'no-store')
    return context.json({ data, hasMore: false })
  })

  const present = async (lot: LotRow, knows: boolean) => {
    const draw = await readDraw(database.pool, lot.agency, lot.day)
    if (draw === undefined) throw new Error(`A lot of ${lot.agency} ${lot.day}, of which there is no draw`)
    const results = await readResults(database.pool, lot.agency, lot.day, [lot.number])
    return presentLot(lot, draw, knows, saltOf(draw), results.at(-1))
  }
  /** A key that was changed since does not open it any more: then it is left out. */
  const saltOf = (draw: DrawState): string | undefined => {
    if (draw.reveal === undefined) return undefined
    try {
      return notices.vault.open(draw.salt, ownerOf(draw.agency, draw.day, 'salt'))
    } catch (error) {
      log.error({ err: error, agency: draw.agency, day: draw.day }, 'the salt of a draw cannot be opened')
      return undefined
    }
  }
  /** A declaration its trader, an operator, or an agency it is filed with asks for. @throws {Problem} not-found */
  const seen = async (context: Context<Env>): Promise<DeclarationView> => {
    const agency = agencyAlone(context)
    const scope = agency === undefined ? scopeOf(context) : undefined
    const view = await readDeclarationView(database, context.req.param('id') ?? '', scope)
    if (view === undefined || (agency !== undefined && !view.filings.some((filing) => filing.agency === agency)))
      throw new Problem('not-found')
    return view
  }
  return routes
}

/** The agency whose key it is; undefined for a trader or an operator. */
const agencyAlone = (context: Context<Env>): string | undefined =>
  context.get('caller').role === 'agency' ? agencyOf(context) : undefined
