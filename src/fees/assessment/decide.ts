import type { Level } from '../../../schemas/fees/assessment.ts'
import { issue } from '../../../schemas/issue.ts'
import {
  type FindingRow,
  keepDecision,
  keepPublication,
  keepReply,
  type RoundRow,
  readFinding,
  readFindings,
  readRound,
} from '../../db/assessments.ts'
import { type Client, type Database, transaction } from '../../db/database.ts'
import { Problem } from '../../problem.ts'
import { dayAt } from '../days.ts'
import { roundHref } from './present.ts'

/** A finding of a round, held for a change. */
interface Held {
  readonly client: Client
  readonly round: RoundRow
  readonly finding: FindingRow
}
interface Where {
  readonly id: string
  readonly number: number
}

/** Holds a round and one of its findings. */
function holding<T>(database: Database, { id, number }: Where, act: (held: Held) => Promise<T>): Promise<T> {
  return transaction(database.pool, async (client) => {
    const round = await readRound(client, id, true)
    const finding = round && (await readFinding(client, id, number))
    if (round === undefined || finding === undefined) throw new Problem('not-found')
    return act({ client, round, finding })
  })
}

/** A payee's reply 答复 to a finding about itself, until the last day for it; given again it takes the place of the one before. @throws {Problem} */
export function reply(
  database: Database,
  where: Where,
  given: { readonly text: string; readonly by: string; readonly check: (finding: FindingRow) => void },
  at: Date,
): Promise<void> {
  return holding(database, where, async ({ client, round: { status, repliesUntil }, finding }) => {
    if (status !== 'computed' || repliesUntil === null || dayAt(at.getTime()) > repliesUntil)
      throw new Problem('replies-over')
    given.check(finding)
    if (!(await keepReply(client, { ...where, reply: given.text, by: given.by }, at)))
      throw new Problem('not-changeable')
  })
}

/** An officer's decision 认定 on a finding. One that differs from what was computed needs a remark. @throws {Problem} */
export function decide(
  database: Database,
  where: Where,
  given: {
    readonly level: Level
    readonly remark: string | undefined
    readonly by: string
    readonly check: (finding: FindingRow) => void
  },
  at: Date,
): Promise<void> {
  return holding(database, where, async ({ client, round, finding }) => {
    if (round.status !== 'computed') throw new Problem('not-changeable')
    given.check(finding)
    if (given.level !== finding.level && given.remark === undefined)
      throw new Problem('body-invalid', {
        errors: [
          issue('/remark', 'remark-missing', {
            en: `The rules came to "${finding.level}": say why it is decided otherwise`,
            zh: `与规则得出的意见（${finding.level}）不同，须说明理由`,
          }),
        ],
      })
    if (!(await keepDecision(client, { ...where, level: given.level, remark: given.remark, by: given.by }, at)))
      throw new Problem('not-changeable')
  })
}

/**
 * Publishes a round 公布评估结果 with replies and decisions: once replies are over, all is decided, and by somebody else than who asked for it.
 * From then on it never changes. @throws {Problem}
 */
export async function publish(
  client: Client,
  id: string,
  { by, check }: { readonly by: string; readonly check: (round: RoundRow) => void },
  at: Date,
): Promise<void> {
  const round = await readRound(client, id, true)
  if (round === undefined) throw new Problem('not-found')
  if (round.status !== 'computed' || round.repliesUntil === null) throw new Problem('not-changeable')
  check(round)
  if (round.requestedBy === by) throw new Problem('own-round')
  const findings = await readFindings(client, id)
  // Who has replied to everything, or has nothing to reply to, keeps nobody waiting.
  const awaited = findings.filter(({ payee, reply }) => payee !== null && reply === null)
  if (dayAt(at.getTime()) <= round.repliesUntil && awaited.length > 0)
    throw new Problem('replies-open', {
      detail: {
        en: `Payees may reply until ${round.repliesUntil}`,
        zh: `收费主体可答复至${round.repliesUntil}`,
      },
      errors: awaited.map(({ number }) =>
        issue(`/findings/${number}/reply`, 'reply-awaited', { en: 'No reply yet', zh: '尚未答复' }),
      ),
    })
  const undecided = findings.filter(({ decision }) => decision === null)
  if (undecided.length > 0)
    throw new Problem('findings-undecided', {
      errors: undecided.map(({ number }) =>
        issue(`/findings/${number}/decision`, 'decision-missing', { en: 'Not decided yet', zh: '尚未认定' }),
      ),
    })
  const { title, from, to, edition, fees } = round
  const told = { assessmentId: id, title, period: { from, to }, edition, fees, href: roundHref(id) }
  if (!(await keepPublication(client, id, by, told, at))) throw new Problem('not-changeable')
}
