/** The report as a Markdown matrix 符合性矩阵: scenario by subject, and below it what was found. */
import type { Finding, Judged, Report } from '../verdict.ts'
import { lineOf, textOf } from './exchange-text.ts'
import { countOf, groupNames, inWords, kindNames, type Language, marks, verdicts } from './words.ts'

const heads = {
  scenario: { en: 'Scenario', zh: '场景' },
  group: { en: 'Group', zh: '类别' },
  found: { en: 'What is not as it must be', zh: '不符合之处' },
  reasons: { en: 'Why not applicable', zh: '不适用的原因' },
} as const

export function markdownOf(reports: readonly Report[], language: Language): string {
  const kinds = [...Map.groupBy(reports, ({ kind }) => kind)]
  return `${kinds.flatMap(([kind, those]) => sectionOf(kind, those, language)).join('\n')}\n`
}

function sectionOf(kind: Report['kind'], reports: readonly Report[], language: Language): string[] {
  const found = reports.flatMap((report) =>
    report.judged.flatMap((judged) => (judged.verdict === 'not-conformant' ? foundIn(report, judged, language) : [])),
  )
  const reasons = reports.flatMap(({ subject, judged }) =>
    judged.flatMap((one) =>
      one.verdict === 'not-applicable' ? [`- ${code(subject)}, ${code(one.id)}: ${cell(one.reason)}`] : [],
    ),
  )
  return [
    `# ${kindNames[kind][language]}`,
    '',
    ...matrixOf(reports, language),
    '',
    ...reports.map(({ subject, judged }) => `- ${code(subject)}: ${inWords(countOf(judged), language)}`),
    '',
    Object.values(marks)
      .map((mark, at) => `${mark} ${Object.values(verdicts)[at]?.[language]}`)
      .join(' · '),
    ...(found.length === 0 ? [] : ['', `## ${heads.found[language]}`, ...found]),
    ...(reasons.length === 0 ? [] : ['', `## ${heads.reasons[language]}`, '', ...reasons]),
  ]
}

function matrixOf(reports: readonly Report[], language: Language): string[] {
  const scenarios = new Map(reports.flatMap(({ judged }) => judged.map((one) => [one.id, one] as const)))
  const rows = [...scenarios.values()].map(({ id, group, title }) => [
    `${cell(title[language])} (${code(id)})`,
    groupNames[group][language],
    ...reports.map(({ judged }) => {
      const one = judged.find((other) => other.id === id)
      return one === undefined ? '' : marks[one.verdict]
    }),
  ])
  const head = [heads.scenario[language], heads.group[language], ...reports.map(({ subject }) => cell(subject))]
  return [head, ['---', '---', ...reports.map(() => ':-:')], ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

const foundIn = ({ subject }: Report, judged: Judged & { verdict: 'not-conformant' }, language: Language): string[] => [
  '',
  `### ${cell(subject)}: ${cell(judged.title[language])} (${code(judged.id)})`,
  '',
  ...judged.findings.flatMap(itemOf),
]

function itemOf(finding: Finding): string[] {
  const { exchange } = finding
  if (exchange === undefined) return [`- ${cell(lineOf(finding))}`]
  const text = textOf(exchange)
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return [
    `- ${cell(lineOf(finding))}`,
    '',
    ...[`${fence}http`, ...text.split('\n'), fence].map((line) => `  ${line}`),
    '',
  ]
}

/** Text that stays in its cell, and is no markup. */
const cell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|<>*_`[\]#]/g, (sign) => `\\${sign}`)
const code = (text: string): string => `\`${text.replaceAll(/[`|\s]/g, ' ')}\``
