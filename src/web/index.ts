import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { Env, Services } from '../services.ts'
import { adminPages } from './admin/index.ts'
import { assetRoutes } from './assets.ts'
import { draftingPages } from './drafting/index.ts'
import { assessmentPages } from './fees/assessments.ts'
import { billPages } from './fees/bill.ts'
import { commentPages } from './fees/comments.ts'
import { complaintPages } from './fees/complaints.ts'
import { editionPages } from './fees/editions.ts'
import { feeItemPages } from './fees/item.ts'
import { feeListPage } from './fees/list.ts'
import { quotePage } from './fees/quote.ts'
import { integratorPages } from './integrator/index.ts'
import { operationsPages } from './operations/index.ts'
import { pageRoots } from './places.ts'
import { publicPages } from './public/index.ts'
import { sessionPages, visiting } from './session.ts'
import { statisticsPages } from './statistics/index.ts'
import { traderPages } from './trader/index.ts'

/** The pages 网页: what people would rather look at than read. Each is a client of the gateway's own interface. */
export function webRoutes(services: Services, app: Hono<Env>): Hono<Env> {
  const pages = new Hono<Env>()
  pages.route('/assets', assetRoutes())
  const visit = visiting(services)
  const shrink = compress()
  for (const path of ['/', ...pageRoots.flatMap((root) => [`/${root}`, `/${root}/*`])]) pages.use(path, shrink, visit)
  pages.route('/', sessionPages(services))
  feeListPage(pages, app)
  feeItemPages(pages, app)
  editionPages(pages, app)
  quotePage(pages, app)
  pages.route('/fees/assessments', assessmentPages(app))
  pages.route('/fees/bill-check', billPages(app))
  pages.route('/fees/complaints', complaintPages(app))
  commentPages(pages, app)
  statisticsPages(pages, app, services.adapters)
  adminPages(pages, app)
  publicPages(pages, app, services)
  traderPages(pages, app, services)
  draftingPages(pages, app, services)
  integratorPages(pages, app, services)
  operationsPages(pages, app, services)
  return pages
}
