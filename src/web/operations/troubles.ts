import type { OperationsAnswer } from '../../../schemas/operations.ts'
import { say } from '../words.ts'
import { ageOf } from './desk.ts'
import type { Desk, Lane, StuckCount } from './lanes.ts'

/** Something that wants a person's look, and where to look. */
export interface Trouble {
  readonly tone: 'care' | 'bad'
  readonly what: string
  readonly href: string
}

/** Causes that go away by themselves, or that a person wanted: worth a look, no alarm. */
const mild = ['unknown', 'stopped', 'silent', 'orphan', 'unintelligible', 'unanswered']

/** All that is not as it should be, the gravest first. Empty: all is well. */
export function troublesOf(
  { t, language, nameOf, now }: Desk,
  lanes: readonly Lane[],
  standing: OperationsAnswer | undefined,
  stuck: readonly StuckCount[] = [],
): Trouble[] {
  const troubles: Trouble[] = stuck.map(({ cause, causeName, agency, count, oldest }) => ({
    tone: mild.includes(cause) ? 'care' : 'bad',
    what: `${nameOf(agency)} · ${say(language, causeName)} · ${count} (${ageOf(language, oldest, now)})`,
    href: `/operations/stuck?${new URLSearchParams({ agency, cause }).toString()}`,
  }))
  if (lanes.every(({ workers }) => workers.length === 0))
    troubles.push({ tone: 'bad', what: t('noWorker'), href: '#health' })
  if (standing !== undefined) {
    const { jobs, audit } = standing
    if (jobs.runners === 0) troubles.push({ tone: 'care', what: t('noRunner'), href: '#health' })
    if (jobs.failed > 0) troubles.push({ tone: 'bad', what: `${jobs.failed} ${t('jobsFailed')}`, href: '#health' })
    const { verification } = audit
    if (verification?.status === 'broken' || verification?.status === 'failed')
      troubles.push({
        tone: 'bad',
        what: t(verification.status === 'broken' ? 'chainBroken' : 'checkFailed'),
        href: `/operations/audit/verifications/${verification.id}`,
      })
  }
  return troubles.toSorted((a, b) => Number(a.tone === 'care') - Number(b.tone === 'care'))
}
