import type { Hono } from 'hono'
import type { Env, Services } from '../../services.ts'
import { actionPages } from './actions/index.ts'

/** The pages of whoever declares 申报人: the board, a declaration and everything that can be done with it. */
export function traderPages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  actionPages(pages, app, services)
}
