import type { Context, Hono } from 'hono'
import type { Env } from '../../services.ts'
import { type Desk as AnyDesk, openDesk } from '../desk.ts'
import { adminWords } from './words.ts'

/** What a page of the catalogue work is made with. */
export type Desk = AnyDesk<keyof typeof adminWords>

export const deskOf = (app: Hono<Env>, context: Context<Env>): Desk => openDesk(app, context, 'admin', adminWords)

/** The address of a draft, or of something of it. */
export const draftPath = (id: string, ...more: readonly string[]): string =>
  ['/admin/fees/drafts', id, ...more].map((part, at) => (at === 0 ? part : encodeURIComponent(part))).join('/')
