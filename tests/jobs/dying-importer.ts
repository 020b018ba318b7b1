/** A process that runs jobs, and dies before it sends a statement: `node dying-importer.ts <address> <what stands in the statement> <how often before>`. */
import pg from 'pg'
import { openDatabase } from '../../src/db/database.ts'
import { importFees } from '../../src/jobs/import-fees.ts'
import { startJobs } from '../../src/jobs/runner.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { log } from './support.ts'

const [url = '', pattern = '', before = '0'] = process.argv.slice(2)
const send = pg.Client.prototype.query as (...all: unknown[]) => unknown
let left = Number(before)
pg.Client.prototype.query = function (this: pg.Client, ...all: unknown[]) {
  const [given] = all as [string | { text?: string }]
  const text = typeof given === 'string' ? given : (given.text ?? '')
  // As a power cut would: no goodbye.
  if (new RegExp(pattern, 's').test(text) && left-- === 0) process.kill(process.pid, 'SIGKILL')
  return send.apply(this, all)
} as typeof pg.Client.prototype.query

const database = await openDatabase(url, (error) => console.error(error))
startJobs({ database, rules: ownRules, log, jobs: async () => [importFees], now: Date.now }, 0)
