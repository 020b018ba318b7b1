import type { Hono } from 'hono'
import type { Env, Services } from '../../services.ts'
import { signedIn } from '../desk.ts'
import { auditPages } from './audit.ts'
import { certificatePages } from './certificates.ts'
import { lanePage } from './lane.ts'
import { lanesPage } from './lanes.ts'
import { receiptPages } from './receipts.ts'
import { replayPages } from './replays.ts'
import { rulePages } from './rules.ts'
import { stuckPage } from './stuck.ts'

/** The pages of whoever runs the window 运维. */
export function operationsPages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  pages.use('/operations', signedIn)
  pages.use('/operations/*', signedIn)
  lanesPage(pages, app, services)
  lanePage(pages, app, services)
  stuckPage(pages, app, services)
  replayPages(pages, app, services)
  receiptPages(pages, app, services)
  certificatePages(pages, app, services)
  rulePages(pages, app, services)
  auditPages(pages, app, services)
}
