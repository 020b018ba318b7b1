/**
 * The benchmark 基准测试: `npm run bench`. Starts its own database and servers, compares within one run, prints a table and
 * writes `results.json`. `--quick` for a look whether it works at all, `--only a,b` for some rows: the others stay as they were measured last.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Cluster, startCluster } from './cluster.ts'
import { assertMeasured } from './declaration.ts'
import { startGenerator } from './generator.ts'
import { stopAll } from './processes.ts'
import { machine, type Row, tableOf } from './report.ts'
import { measureAccept } from './rows/accept.ts'
import { measureAudit } from './rows/audit.ts'
import { measureCertificates } from './rows/certificates.ts'
import { measureDeliver } from './rows/deliver.ts'
import { measureFeeImport } from './rows/fee-import.ts'
import { measureFees } from './rows/fees.ts'
import { measureHeld } from './rows/held.ts'
import { measureNotices } from './rows/notices.ts'
import { measurePages } from './rows/pages.ts'
import { measureCycle } from './rows/simulator-cycle.ts'
import { measureStub } from './rows/simulator-stub.ts'
import { measureStatistics } from './rows/statistics.ts'
import { measureStored } from './rows/stored.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } })
const only = values.only?.split(',')
const wanted = (...ids: string[]) => only === undefined || ids.some((id) => only.includes(id))
const quick = values.quick

const sizes = quick
  ? {
      accept: { rounds: 1, ms: 1_500, warm: 300 },
      held: { rounds: 1, perRound: 40, perSecond: 10 },
      deliver: { rounds: 1, perRound: 150 },
      notices: { firms: 2, events: 40 },
      stored: { few: 200, many: 2_000, rounds: 1, perRound: 200 },
      audit: { rounds: 1, declarations: 100, eventsEach: 20 },
      fees: { fees: 500, rounds: 1, ms: 500, quotes: 20 },
      feeImport: { rounds: 1, rows: 500 },
      certificates: { uses: 60, rounds: 1 },
      statistics: { declarations: 30_000, questions: 50 },
      stub: { rounds: 1, ms: 500, scripts: 1_000, sessions: 20, sessionRequests: 2_000, requests: 3_000 },
      cycle: { rounds: 1, cycles: 100 },
      pages: { stored: 2_000, times: 10 },
    }
  : {
      accept: { rounds: 5, ms: 4_000, warm: 3_000 },
      held: { rounds: 3, perRound: 120, perSecond: 10 },
      deliver: { rounds: 3, perRound: 500 },
      notices: { firms: 5, events: 150 },
      stored: { few: 1_000, many: 100_000, rounds: 5, perRound: 500 },
      audit: { rounds: 5, declarations: 2_000, eventsEach: 30 },
      fees: { fees: 5_000, rounds: 5, ms: 3_000, quotes: 300 },
      feeImport: { rounds: 3, rows: 20_000 },
      certificates: { uses: 1_000, rounds: 3 },
      statistics: { declarations: 1_000_000, questions: 300 },
      stub: { rounds: 5, ms: 2_000, scripts: 1_000, sessions: 100, sessionRequests: 40_000, requests: 100_000 },
      cycle: { rounds: 3, cycles: 2_000 },
      pages: { stored: 100_000, times: 200 },
    }

/** The longest a run may take. */
const mostMs = 30 * 60_000

const measured = assertMeasured()
const generator = startGenerator()
let cluster: Cluster | undefined
let ending: Promise<void> | undefined
const end = () =>
  (ending ??= (async () => {
    clearTimeout(late)
    generator.stop()
    await stopAll()
    await cluster?.stop()
  })())
const abort = (why: string) => {
  console.error(why)
  void end().finally(() => process.exit(1))
}
const late = setTimeout(() => abort(`Not done in ${mostMs / 60_000} minutes`), mostMs)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort(`Stopped by ${signal}`))

/** How long the last whole run took, and what it and others after it measured that this one has not. */
async function lastRun(path: URL, rows: readonly Row[]): Promise<{ seconds: number; kept: Row[] }> {
  const last = JSON.parse(await readFile(path, 'utf8')) as { readonly seconds: number; readonly rows: readonly Row[] }
  return { seconds: last.seconds, kept: last.rows.filter(({ id }) => rows.every((row) => row.id !== id)) }
}

const say = (text: string) => console.log(`${(performance.now() / 1_000).toFixed(0).padStart(4)} s  ${text}`)
try {
  cluster = await startCluster()
  const rows: Row[] = []
  const { bytes, filings, goingAtOnce } = measured
  say(`a declaration of ${bytes} bytes with ${filings} filings, ${goingAtOnce} of which wait for nothing`)
  const take = async (what: string, measured: Promise<Row[]>) => {
    say(what)
    const found = await measured
    for (const { id, ours, ratio } of found)
      say(`  ${id}: ${ours.value.toFixed(1)} ${ours.unit}${ratio === undefined ? '' : `, ${ratio.toFixed(2)} ×`}`)
    rows.push(...found)
  }
  if (wanted('a', 'd')) await take('(a) accepting, (d) memory', measureAccept(cluster, generator, sizes.accept))
  if (wanted('b')) await take('(b) time until held', measureHeld(cluster, sizes.held))
  if (wanted('c')) await take('(c) delivering', measureDeliver(cluster, generator, sizes.deliver))
  if (wanted('e')) await take('(e) many stored', measureStored(cluster, generator, sizes.stored))
  if (wanted('n')) await take('(n) pages', measurePages(cluster, sizes.pages))
  if (wanted('g')) await take('(g) verifying', measureAudit(cluster, sizes.audit))
  if (wanted('h')) await take('(h) the fee list and quotes', measureFees(cluster, generator, sizes.fees))
  if (wanted('i')) await take('(i) importing fees', measureFeeImport(cluster, sizes.feeImport))
  if (wanted('j')) await take('(j) certificates', measureCertificates(cluster, sizes.certificates))
  if (wanted('k')) await take('(k) clearance statistics', measureStatistics(cluster, sizes.statistics))
  if (wanted('l')) await take('(l) the simulator as a plain stub', measureStub(generator, sizes.stub))
  if (wanted('m')) await take('(m) the simulator, declaring and polling', measureCycle(sizes.cycle))
  if (wanted('f')) await take('(f) notices', measureNotices(cluster, sizes.notices))
  const about = machine(cluster.version)
  console.log(`\n${tableOf(rows, about)}\n`)
  const path = new URL('results.json', import.meta.url)
  if (!quick) {
    const whole = { seconds: Math.round(performance.now() / 1_000), kept: [] }
    const { seconds, kept } = only === undefined ? whole : await lastRun(path, rows)
    const all = { machine: about, declaration: measured, seconds, rows: [...rows, ...kept] }
    await writeFile(path, `${JSON.stringify(all, undefined, 2)}\n`)
  }
} finally {
  await end()
}
