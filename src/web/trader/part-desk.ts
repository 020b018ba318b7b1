import type { Context, Hono } from 'hono'
import type { Env } from '../../services.ts'
import { type Desk, openDesk } from '../desk.ts'
import type { TraderDesk } from './board.ts'
import { type PartWord, partWords } from './part-words.ts'
import { traderWords } from './words.ts'

/** What the page of a part of a declaration is made with: its own words, and those of the declaration around it. */
export interface PartDesk extends Desk<PartWord> {
  readonly trader: TraderDesk
}

export const openPartDesk = (app: Hono<Env>, context: Context<Env>): PartDesk => ({
  ...openDesk(app, context, 'board', partWords),
  trader: openDesk(app, context, 'board', traderWords),
})
