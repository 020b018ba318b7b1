import { Hono } from 'hono'
import type { Env, Services } from '../services.ts'
import { adminPages } from './admin/index.ts'
import { assetRoutes } from './assets.ts'
import { commentPages } from './fees/comments.ts'
import { editionPages } from './fees/editions.ts'
import { feeItemPages } from './fees/item.ts'
import { feeListPage } from './fees/list.ts'
import { sessionPages, visiting } from './session.ts'

/** The pages 网页: what people would rather look at than read. Each is a client of the gateway's own interface. */
export function webRoutes(services: Services, app: Hono<Env>): Hono<Env> {
  const pages = new Hono<Env>()
  pages.route('/assets', assetRoutes())
  const visit = visiting(services)
  for (const path of ['/sign-in', '/sign-out', '/fees', '/fees/*', '/admin/*']) pages.use(path, visit)
  pages.route('/', sessionPages(services))
  feeListPage(pages, app)
  feeItemPages(pages, app)
  editionPages(pages, app)
  commentPages(pages, app)
  adminPages(pages, app)
  return pages
}
