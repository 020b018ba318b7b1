import { clearanceDefinitions } from '../../schemas/rules/clearance-definitions.ts'
import type { RuleVersion } from '../../schemas/rules/index.ts'
import { suppression } from '../../schemas/rules/suppression.ts'
import { timeTargets } from '../../schemas/rules/time-targets.ts'
import type { MonthCoverage, StatisticsAnswer } from '../../schemas/statistics.ts'
import type { Text } from '../../schemas/text.ts'
import type { PublicationRow } from '../db/statistics-publications.ts'
import type { Rules } from '../rules/rules.ts'
import { errorBound } from './histogram.ts'

const title = { en: 'Clearance time and compliance cost', zh: '通关时间与进出口合规成本统计' }

const licence = {
  id: 'CC-BY-4.0',
  name: {
    en: 'Open data: free to use, copy and change with attribution (Creative Commons Attribution 4.0). Chosen by this project; an operator may set another.',
    zh: '开放数据：可自由使用、复制、改编，须注明来源（知识共享署名 4.0）。由本项目选定，运营方可另行确定。',
  },
  attribution: { en: 'Yuchuang, clearance statistics', zh: '渝窗，通关统计' },
}

const notes: readonly Text[] = [
  {
    en: 'A declaration counts in the month of its release, by the clock of the agency that released it (Asia/Shanghai). Inspections, payment of duties and supplements are waited for and count in full; only the attempt that was granted counts; amendments move nothing; what is cancelled, refused or withdrawn after its release is taken out again.',
    zh: '申报按放行机构回执所示放行时间（北京时间）计入当月。查验、缴税、补正所需时间全部计入；仅计获准的该次报送；修改不影响起止时点；放行后撤销、退回或撤回的予以剔除。',
  },
  {
    en: 'A month is published once, some days after its end, and never changes: two editions would differ by single declarations. What comes later is kept and counted, and shown to nobody.',
    zh: '各月数据于月后若干日一次性发布，发布后不再变更（两次发布之差可能暴露个别申报）。此后到达的回执仍计入内部统计，不再公布。',
  },
  {
    en: '“other” stands for groups that are too small to be shown apart; what is too small even together is in no figure. All tables of a month come to the same totals.',
    zh: '“other”为样本过小而合并的分组；合并后仍过小的不计入任何公布数据。同月各表合计一致。',
  },
  {
    en: 'Counts and means are exact; medians and ninth deciles are off by at most 1 %.',
    zh: '票数与均值为精确值；中位数与九十分位数误差不超过1%。',
  },
]

const named = ({ validFrom, source, evidence, note }: RuleVersion, table: string) => ({
  table,
  validFrom,
  source,
  evidence,
  ...(note === undefined ? {} : { note }),
})

/** What the statistics are 统计说明: definitions, rules, targets, what each month covers. */
export function aboutStatistics(rules: Rules, now: number, publications: readonly PublicationRow[]): StatisticsAnswer {
  const definitions = rules.versionAt(clearanceDefinitions, now)
  const small = rules.versionAt(suppression, now)
  const [smallRule] = small?.rows ?? []
  return {
    title,
    licence,
    ...(definitions === undefined
      ? {}
      : {
          definitions: {
            ...named(definitions, clearanceDefinitions.id),
            rows: definitions.rows.map((row) => ({ ...row })),
          },
        }),
    ...(small === undefined || smallRule === undefined
      ? {}
      : { suppression: { ...named(small, suppression.id), ...smallRule } }),
    targets: rules.rowsAt(timeTargets, now).map((row) => ({ ...row })),
    errorBound: String(errorBound),
    notes: [...notes],
    months: publications.map(presentMonth),
    links: {
      clearance: '/v1/statistics/clearance',
      clearanceCsv: '/v1/statistics/clearance.csv',
      costs: '/v1/statistics/costs',
      costsCsv: '/v1/statistics/costs.csv',
      page: '/statistics',
    },
  }
}

const presentMonth = ({ month, publishedAt, rules, covered }: PublicationRow): MonthCoverage => ({
  month,
  publishedAt: publishedAt.toISOString(),
  rules: JSON.parse(rules) as MonthCoverage['rules'],
  covered: JSON.parse(covered) as MonthCoverage['covered'],
  links: { csv: `/v1/statistics/clearance/${month}.csv` },
})
