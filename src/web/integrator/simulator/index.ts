import type { Hono } from 'hono'
import type { Env, Services } from '../../../services.ts'
import { signedIn } from '../../desk.ts'
import { breakPages } from './break.ts'
import { corridorMoves } from './corridors.ts'
import { journalPages } from './journal.ts'
import { overviewPages } from './overview.ts'
import { recordingPages } from './recordings.ts'
import { scenarioPages } from './scenarios.ts'
import { scriptMoves } from './scripts.ts'
import { sessionMoves } from './session-moves.ts'

/** The simulator's pages 模拟器 for integrators: everything its control offers, over our own interface. */
export function simulatorPages(pages: Hono<Env>, app: Hono<Env>, { adapters }: Pick<Services, 'adapters'>): void {
  pages.use('/simulator', signedIn)
  pages.use('/simulator/*', signedIn)
  overviewPages(pages, app)
  breakPages(pages, app)
  sessionMoves(pages, app)
  scenarioPages(pages, app, adapters)
  scriptMoves(pages, app, adapters)
  corridorMoves(pages, app, adapters)
  journalPages(pages, app)
  recordingPages(pages, app)
}
