import type { Hono } from 'hono'
import type { Env } from '../../services.ts'
import { signedIn } from '../desk.ts'
import { draftPages } from './draft.ts'
import { draftMovePages } from './draft-moves.ts'
import { draftsPages } from './drafts.ts'
import { editionWorkPages } from './editions.ts'
import { entryPages } from './entry.ts'
import { findPages } from './find.ts'
import { headPages } from './head.ts'
import { homePage } from './home.ts'
import { importPages } from './imports.ts'

/** The pages of the catalogue work 目录管理, for whoever is signed in. */
export function adminPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.use('/admin/*', signedIn)
  homePage(pages, app)
  draftsPages(pages, app)
  draftPages(pages, app)
  headPages(pages, app)
  findPages(pages, app)
  importPages(pages, app)
  entryPages(pages, app)
  draftMovePages(pages, app)
  editionWorkPages(pages, app)
}
