import type { Hono } from 'hono'
import type { Env, Services } from '../../services.ts'
import { signedIn } from '../desk.ts'
import { beginPages } from './begin.ts'
import { checkPages } from './check-page.ts'
import { dropPages } from './drop/index.ts'
import { goodsPages } from './goods-pages.ts'
import { listPages } from './list.ts'
import { particularsPages } from './particulars.ts'
import { stepPages } from './step.ts'

/** Drawing up a declaration 申报草稿: step by step, or from documents that are dropped. */
export function draftingPages(pages: Hono<Env>, app: Hono<Env>, { adapters }: Services): void {
  pages.use('/drafts', signedIn)
  pages.use('/drafts/*', signedIn)
  dropPages(pages, app)
  beginPages(pages, app)
  listPages(pages, app)
  goodsPages(pages, app, adapters)
  particularsPages(pages, app, adapters)
  checkPages(pages, app, adapters)
  stepPages(pages, app, adapters)
}
