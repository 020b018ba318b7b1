import type { AssessmentReport, Finding, Level } from '../../../schemas/fees/assessment.ts'
import type { AssessedFinding, RoundAnswer } from '../../../schemas/fees/assessment-answers.ts'
import type { FindingRow, RoundRow } from '../../db/assessments.ts'
import { canonicalJson, sha256Hex } from '../canonical.ts'

const present = <K extends string, V>(name: K, value: V | null): { [name in K]?: V } =>
  (value === null ? {} : { [name]: value }) as { [name in K]?: V }

export const roundHref = (id: string): string => `/v1/fee-assessments/${id}`

/** The kinds of fees that were compared: each has a chart. */
const comparedKinds = ({ comparisons }: Pick<AssessmentReport, 'comparisons'>): string[] =>
  [...new Set(comparisons.map(({ kind }) => kind))].sort()

/** A round as it is shown 评估轮次. @param operator who asked for it and who published it, by name */
export function presentRound(row: RoundRow, operator: boolean, report?: AssessmentReport): RoundAnswer {
  const self = roundHref(row.id)
  const computed = row.status === 'computed' || row.status === 'published'
  return {
    id: row.id,
    ...present('quarter', row.quarter),
    title: row.title,
    period: { from: row.from, to: row.to },
    status: row.status,
    ...present('edition', row.edition),
    ...present('fees', row.fees),
    ...present('reportDigest', row.reportDigest),
    ...present('repliesUntil', row.repliesUntil),
    requestedAt: row.requestedAt.toISOString(),
    ...present('computedAt', row.computedAt && row.computedAt.toISOString()),
    ...present('publishedAt', row.publishedAt && row.publishedAt.toISOString()),
    ...(operator ? { requestedBy: row.requestedBy, ...present('publishedBy', row.publishedBy) } : {}),
    ...present('trouble', row.trouble),
    links: {
      self,
      ...(computed ? { report: `${self}/report`, findings: `${self}/findings.csv` } : {}),
      ...(report === undefined
        ? {}
        : {
            charts: [
              'levels',
              ...(report.costs.length === 0 ? [] : ['compliance-cost']),
              ...(report.comparisons.length === 0 ? [] : ['prices']),
              ...comparedKinds(report).map((kind) => `prices-${kind}`),
            ].map((name) => `${self}/charts/${name}.svg`),
          }),
    },
  }
}

/** A finding with what was said of it 评估意见、答复与认定. */
export function presentFinding(
  round: Pick<RoundRow, 'id'>,
  finding: Finding,
  row: FindingRow | undefined,
  operator: boolean,
): AssessedFinding {
  const { reply, repliedAt, decision, remark, decidedAt, decidedBy } = row ?? {}
  return {
    ...finding,
    ...(decision ? { decided: decision } : {}),
    ...(reply && repliedAt ? { reply: { text: reply, at: repliedAt.toISOString() } } : {}),
    ...(decision && decidedAt
      ? {
          decision: {
            level: decision,
            ...(remark ? { remark } : {}),
            at: decidedAt.toISOString(),
            ...(operator && decidedBy ? { by: decidedBy } : {}),
          },
        }
      : {}),
    href: `${roundHref(round.id)}/findings/${finding.number}`,
  }
}

export const roundEtag = ({ id, revision }: RoundRow): string => `"${id}.${revision}"`

/** Changes with every reply and decision, and with nothing else. */
export const findingEtag = ({ id }: Pick<RoundRow, 'id'>, row: FindingRow): string => {
  const { number, reply, repliedAt, decision, remark, decidedAt } = row
  const state = [reply, repliedAt?.getTime() ?? null, decision, remark, decidedAt?.getTime() ?? null]
  return `"${id}.${number}.${sha256Hex(canonicalJson(state)).slice(0, 16)}"`
}

/** The level that counts of each finding: the officer's where there is one. */
export const decidedLevels = (rows: readonly FindingRow[]): ReadonlyMap<number, Level> =>
  new Map(rows.map(({ number, level, decision }) => [number, decision ?? level]))

/** Findings as rows of a sheet, the first row its head. */
export const findingRows = (findings: readonly AssessedFinding[]): string[][] => [
  [
    '序号 number',
    '规则 rule',
    '规则来源 source',
    '意见 level',
    '认定 decided',
    '口岸 port',
    '收费主体 payee',
    '收费项目 fee',
    '类别 kind',
    '内容 text (zh)',
    'text (en)',
    '数据 figures',
    '答复 reply',
    '认定理由 remark',
  ],
  ...findings.map((one) => [
    String(one.number),
    one.rule,
    one.source.zh,
    one.level,
    one.decided ?? '',
    one.port ?? '',
    one.payee ?? '',
    one.fee ?? '',
    one.kind ?? '',
    one.text.zh,
    one.text.en,
    one.figures.map(({ name, value, unit }) => `${name}=${value} ${unit}`).join('; '),
    one.reply?.text ?? '',
    one.decision?.remark ?? '',
  ]),
]
