import { listVerifications } from '../db/audit-verifications.ts'
import { countJobs } from '../db/jobs.ts'
import { readIssuers, readJobTrouble, readStatus, readToday } from '../db/operations-status.ts'
import { dayAt } from '../rules/rules.ts'
import type { Services } from '../services.ts'

const instant = (at: string | Date | null) => (at === null ? undefined : new Date(at).toISOString())
const given = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]: V })

/** How the window runs 运行状况, and what waits for an administrator today: a few small questions, asked at once. */
export async function standingOf({
  database,
  adapters,
  certificates,
  now,
}: Pick<Services, 'database' | 'adapters' | 'certificates' | 'now'>) {
  const started = performance.now()
  await database.pool.query('SELECT 1')
  const answerMs = Math.round((performance.now() - started) * 10) / 10
  const at = now()
  const day = dayAt(at)
  const since = new Date(`${day}T00:00:00+08:00`)
  const [status, counted, trouble, issuers, today, [newest]] = await Promise.all([
    readStatus(database),
    countJobs(database),
    readJobTrouble(database),
    readIssuers(database, Object.keys(certificates.issuers)),
    readToday(database, day, since, Object.keys(adapters)),
    listVerifications(database, '', 1),
  ])
  const jobs = (label: string) => counted.find((one) => one.label === label)?.value ?? 0
  return {
    at: new Date(at).toISOString(),
    database: { answerMs },
    workers: status.workers,
    jobs: {
      runners: status.runners,
      waiting: jobs('waiting'),
      running: jobs('running'),
      failed: jobs('failed'),
      ...given('oldest', instant(trouble.oldest)),
      failures: trouble.failures.map(({ task, count, error }) => ({
        task,
        count,
        ...given('error', error ?? undefined),
      })),
    },
    notices: { waiting: status.noticesWaiting, ...given('oldest', instant(status.noticeOldest)) },
    issuers: issuers.map(({ issuer, waiting, unknown, oldest, silentSince, error }) => ({
      issuer,
      name: certificates.issuers[issuer]?.name ?? { en: issuer, zh: issuer },
      waiting,
      unknown,
      ...given('oldest', instant(oldest)),
      ...given('silentSince', instant(silentSince)),
      ...given('lastError', error ?? undefined),
    })),
    audit: {
      ...given('sealedUpTo', status.sealDay ?? undefined),
      ...given(
        'verification',
        newest && { id: newest.id, status: newest.status, at: (newest.doneAt ?? newest.requestedAt).toISOString() },
      ),
    },
    today: { day, ...today },
  }
}
