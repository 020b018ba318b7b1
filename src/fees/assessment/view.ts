import type { AssessmentReport, Level } from '../../../schemas/fees/assessment.ts'
import type { AssessedFinding, AssessmentAnswer } from '../../../schemas/fees/assessment-answers.ts'
import { type FindingRow, type RoundRow, readFindings, readReport, readRound } from '../../db/assessments.ts'
import { type Database, snapshot } from '../../db/database.ts'
import type { Caller } from '../../db/keys.ts'
import { decidedLevels, presentFinding, presentRound } from './present.ts'

/** A round as somebody may see it 可见范围: what is published, everybody; before that an operator all of it, a payee what concerns itself. */
export interface RoundView {
  readonly round: RoundRow
  /** Absent while it is not computed. */
  readonly report: AssessmentReport | undefined
  /** What may be seen of the findings. */
  readonly findings: readonly FindingRow[]
  readonly as: 'operator' | 'payee' | 'anybody'
}

/** Which payees of a round a key's firm is. */
const ownPayees = (report: AssessmentReport | undefined, tenant: string | undefined): ReadonlySet<string> =>
  new Set(
    (report?.payees ?? [])
      .filter(({ creditCode }) => creditCode !== undefined && creditCode === tenant)
      .map(({ payee }) => payee),
  )

/** Reads a round, where the caller may see it; undefined for others as if it were not there. */
export const readView = (
  { pool }: Database,
  id: string,
  caller: Pick<Caller, 'role' | 'tenant'> | undefined,
): Promise<RoundView | undefined> =>
  snapshot(pool, async (client): Promise<RoundView | undefined> => {
    const round = await readRound(client, id)
    if (round === undefined) return undefined
    const as = caller?.role === 'admin' ? 'operator' : round.status === 'published' ? 'anybody' : 'payee'
    if (as === 'payee' && (caller?.role !== 'payee' || round.status !== 'computed')) return undefined
    const report = await readReport(client, id)
    const findings = await readFindings(client, id)
    if (as !== 'payee') return { round, report, findings, as }
    const own = ownPayees(report, caller?.tenant)
    return { round, report, findings: findings.filter(({ payee }) => payee !== null && own.has(payee)), as }
  })

/** A round with its findings, as it is shown. */
export function presentView({ round, report, findings, as }: RoundView): AssessmentAnswer {
  const shown = report === undefined || as === 'payee' ? {} : { report: withoutFindings(report) }
  return {
    ...presentRound(round, as === 'operator', as === 'payee' ? undefined : report),
    ...shown,
    findings: presentFindings({ round, report, findings, as }),
  }
}

function withoutFindings(report: AssessmentReport): Omit<AssessmentReport, 'findings'> {
  const { findings: _, ...rest } = report
  return rest
}

export function presentFindings({ round, report, findings, as }: RoundView): AssessedFinding[] {
  const rows = new Map(findings.map((row) => [row.number, row]))
  return (report?.findings ?? []).flatMap((finding) => {
    const row = rows.get(finding.number)
    return row === undefined ? [] : [presentFinding(round, finding, row, as === 'operator')]
  })
}

export const levelsIn = ({ findings }: RoundView): ReadonlyMap<number, Level> => decidedLevels(findings)
