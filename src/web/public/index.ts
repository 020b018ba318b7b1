import type { Hono } from 'hono'
import type { Env, Services } from '../../services.ts'
import { visiting } from '../session.ts'
import { codePages } from './codes.ts'
import { drawPages } from './draws.ts'
import { frontPage } from './front.ts'
import { problemPage } from './problems.ts'
import { tryPage } from './try.ts'

/** What anybody sees 公开页面: the front page, a sample to try, the open draw, code lists. */
export function publicPages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  pages.get('/', (context) => frontPage(app, context))
  tryPage(pages, app, services)
  drawPages(pages, app)
  codePages(pages, app)
  pages.use('/problems/*', visiting(services))
  problemPage(pages)
}
