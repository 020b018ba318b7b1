import * as z from 'zod'
import {
  abandonRuns,
  beginRun,
  endRun,
  forgetRuns,
  keepReport,
  type RunRow,
  readRunReports,
  type Tally,
} from '../db/conformance-runs.ts'
import type { Client } from '../db/database.ts'
import { addJob } from '../db/jobs.ts'
import type { Job, JobRoom } from '../jobs/job.ts'
import { limits } from '../limits.ts'
import { whatIsWrongWith } from '../notices/address.ts'
import { judgeTarget, KitTrouble, type Said, type Target, writeDocuments } from './kit.ts'

const payloadSchema = z.object({ id: z.string() })
const task = 'conformance-run'

/** Has a run carried out, in the transaction that keeps it. */
export const queueRun = (client: Client, id: string): Promise<void> =>
  addJob(client, { task, payload: { id }, key: `${task} ${id}`, tries: limits.conformanceTries })

/** What runs are carried out with. */
export interface ConformanceOptions {
  /** Where the simulator runs, for its agencies. */
  readonly simulatorUrl: string | undefined
  /** Endpoints at inside addresses, and over http, may be judged. */
  readonly allowPrivate: boolean
  /** Ends what is under way: it is carried out again by another process. */
  readonly signal: AbortSignal
  readonly ms?: number
  /** Instead of the kit's command, for tests of programs that misbehave. */
  readonly program?: string
}

/** Carries runs of the conformance kit out 符合性测试运行, in a runner of their own: however slow an endpoint is, nothing else waits for it. */
export const conformanceJobs = (options: ConformanceOptions): readonly Job[] => [
  {
    id: task,
    tries: limits.conformanceTries,
    async run(payload, room) {
      const { id } = payloadSchema.parse(payload)
      const run = await beginRun(room.database, id, new Date(room.now()))
      // It ended before, and only its job was not done away with.
      if (run !== undefined) await carryOut(run, options, room)
    },
  },
  {
    id: 'conformance-sweep',
    cron: '* * * * *',
    tries: 1,
    async run(_, { database, log, now }) {
      const at = new Date(now())
      const ids = await abandonRuns(database, JSON.stringify(troubles.interrupted('')), at)
      if (ids.length > 0) log.error({ ids }, 'conformance runs were given up')
      await forgetRuns(database, new Date(at.getTime() - limits.conformanceKeptMs))
    },
  },
]

async function carryOut(run: RunRow, options: ConformanceOptions, room: JobRoom): Promise<void> {
  const { signal, ms = limits.conformanceMs, allowPrivate, program } = options
  const endsAt = Date.now() + ms
  const kit = { signal, guarded: run.url !== null && !allowPrivate, program }
  let trouble: Trouble | undefined
  for (const id of run.targets) {
    if (run.reports.some(({ target, complete }) => target === id && complete)) continue
    try {
      await judgeOne(run, targetOf(run, id, options), { ...kit, ms: Math.max(1, endsAt - Date.now()) }, room)
    } catch (error) {
      if (!(error instanceof KitTrouble)) throw error
      trouble ??= troubles[error.code](`${id}: ${error.message}`)
    }
  }
  const reports = (await readRunReports(room.database.pool, run.id)).map(
    ({ report }) => JSON.parse(report) as Parameters<typeof writeDocuments>[0][number],
  )
  const documents = await writeDocuments(reports, { signal, guarded: false, ms: limits.conformanceMs })
  await endRun(
    room.database,
    run.id,
    trouble === undefined ? undefined : JSON.stringify(trouble),
    documents,
    new Date(room.now()),
  )
}

/** Where a target answers. @throws {KitTrouble} nowhere this process may call */
function targetOf({ what, url }: RunRow, id: string, { simulatorUrl, allowPrivate }: ConformanceOptions): Target {
  if (what === 'adapter') return { what, id }
  if (url === null) {
    if (simulatorUrl === undefined) throw new KitTrouble('no-verdict', 'no simulator runs behind this gateway')
    const base = simulatorUrl.replace(/\/+$/, '')
    return { what, id, url: `${base}/${id}`, control: `${base}/control` }
  }
  const wrong = whatIsWrongWith(url, allowPrivate)
  if (wrong !== undefined) throw new KitTrouble('no-verdict', wrong.text.en)
  return { what, id, url }
}

/** Judges one target, and keeps what is said while it is said. */
async function judgeOne(
  run: RunRow,
  target: Target,
  kit: Parameters<typeof judgeTarget>[3],
  { database }: JobRoom,
): Promise<void> {
  const said: Said = { subject: target.url ?? target.id, scenarios: 0, judged: [] }
  let keptAt = 0
  let keeping = Promise.resolve()
  const keep = (complete: boolean) =>
    (keeping = keeping.then(() =>
      keepReport(database, run.id, tallyOf(target.id, said, complete), reportOf(run, said)),
    ))
  const keepSometimes = () => {
    if (Date.now() - keptAt < limits.conformanceKeepMs) return
    keptAt = Date.now()
    // What fails here fails again at the end, where it counts.
    keep(false).catch(() => undefined)
  }
  try {
    await judgeTarget(target, said, keepSometimes, kit)
  } catch (error) {
    if (error instanceof KitTrouble) await keep(false)
    throw error
  } finally {
    await keeping.catch(() => undefined)
  }
  await keep(true)
}

const reportOf = ({ what }: RunRow, { subject, judged }: Said): string =>
  JSON.stringify({ kind: what, subject, judged })

function tallyOf(target: string, { scenarios, judged }: Said, complete: boolean): Tally {
  const those = (verdict: string) => judged.filter((one) => one.verdict === verdict).length
  return {
    target,
    scenarios,
    conformant: those('conformant'),
    notConformant: those('not-conformant'),
    notApplicable: those('not-applicable'),
    complete,
  }
}

/** Why a run ended before its end, for those who asked for it. */
interface Trouble {
  readonly code: string
  readonly detail: string
  readonly detailZh: string
}
const say =
  (code: string, en: string, zh: string) =>
  (what: string): Trouble => ({
    code,
    detail: what === '' ? en : `${en} (${what})`,
    detailZh: what === '' ? zh : `${zh}（${what}）`,
  })
const troubles = {
  'too-slow': say('too-slow', 'It took too long and was ended', '超过时限，已终止'),
  'too-much': say('too-much', 'It said too much and was ended', '输出过多，已终止'),
  'no-verdict': say('no-verdict', 'It could not be judged to its end', '未能完成检验'),
  interrupted: say('interrupted', 'Our mistake: it was interrupted again and again', '系统内部错误：检验多次中断'),
} as const
