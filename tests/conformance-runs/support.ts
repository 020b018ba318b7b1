/** Conformance runs carried out at once, by the kit or by a program in its place. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type ConformanceOptions, conformanceJobs } from '../../src/conformance-runs/job.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { ownRules } from '../../src/rules/rules.ts'
import type { World } from '../support/world.ts'

/** The jobs of a gateway that may call anybody and has no simulator, unless it is told otherwise. */
export const jobsOf = (options: Partial<ConformanceOptions> = {}): ReturnType<typeof conformanceJobs> =>
  conformanceJobs({ simulatorUrl: undefined, allowPrivate: true, signal: new AbortController().signal, ...options })

/** Carries out the runs that wait. */
export const carryOutRuns = (
  { database, now }: Pick<World, 'database' | 'now'>,
  options: Partial<ConformanceOptions> = {},
): Promise<void> =>
  runJobsOnce({
    database,
    rules: ownRules,
    log: pino({ level: 'silent' }),
    jobs: async () => jobsOf(options),
    now,
  })

/** The same by a program that says what it is told to, which is gone afterwards. */
export async function carryOutBy(
  source: string,
  world: Pick<World, 'database' | 'now'>,
  options: Partial<ConformanceOptions> = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-runs-'))
  try {
    const program = join(folder, 'said.mjs')
    writeFileSync(program, source)
    await carryOutRuns(world, { program, ...options })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
