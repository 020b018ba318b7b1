import type { Hono } from 'hono'
import type { Env, Services } from '../../services.ts'
import { signedIn } from '../desk.ts'
import { actionPages } from './actions/index.ts'
import { boardPage } from './board.ts'
import { costsPages } from './costs.ts'
import { declarationPage } from './declaration.ts'
import { filingPage } from './filing.ts'
import { messagePages } from './messages.ts'
import { papersPage } from './papers.ts'
import { printPage } from './print.ts'
import { readsPage } from './reads.ts'
import { versionsPage } from './versions.ts'

/** The pages of whoever declares 申报人: the board, a declaration and everything that can be done with it. */
export function traderPages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  const { adapters } = services
  pages.use('/declarations', signedIn)
  pages.use('/declarations/*', signedIn)
  boardPage(pages, app, adapters)
  actionPages(pages, app, services)
  declarationPage(pages, app, adapters)
  filingPage(pages, app)
  messagePages(pages, app)
  costsPages(pages, app)
  papersPage(pages, app)
  readsPage(pages, app)
  versionsPage(pages, app)
  printPage(pages, app)
}
