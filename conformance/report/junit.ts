/** The report as JUnit XML JUnit 报告, which CI tools read: a suite for each subject, a test case for each scenario. */
import { writeXml, type XmlNode } from '../../adapters/xml.ts'
import type { Judged, Report } from '../verdict.ts'
import { lineOf, textOf } from './exchange-text.ts'
import { countOf, kindNames, type Language } from './words.ts'

export function junitOf(reports: readonly Report[], language: Language): string {
  const all = reports.flatMap(({ judged }) => judged)
  return writeXml({
    testsuites: {
      '@name': 'conformance',
      ...countsOf(all),
      testsuite: reports.map((report) => suiteOf(report, language)),
    },
  })
}

const suiteOf = (report: Report, language: Language): XmlNode => {
  const name = `${kindNames[report.kind].en.toLowerCase()}.${report.subject}`
  return {
    '@name': name,
    ...countsOf(report.judged),
    testcase: report.judged.map((judged) => caseOf(judged, name, language)),
  }
}

/** The schema the tools agree on knows failures, errors and skipped; a scenario that threw is a failure like any other. */
function countsOf(judged: readonly Judged[]): XmlNode {
  const { not, notApplicable } = countOf(judged)
  return {
    '@tests': String(judged.length),
    '@failures': String(not),
    '@errors': '0',
    '@skipped': String(notApplicable),
    '@time': seconds(judged.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  }
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(3)

function caseOf(judged: Judged, suite: string, language: Language): XmlNode {
  const head = {
    '@name': `${judged.id}: ${judged.title[language]}`,
    '@classname': `${suite}.${judged.group}`,
    '@time': seconds(judged.durationMs),
  }
  if (judged.verdict === 'conformant') return head
  if (judged.verdict === 'not-applicable') return { ...head, skipped: { '@message': judged.reason } }
  const [first] = judged.findings
  const detail = judged.findings
    .map((finding) => [lineOf(finding), ...(finding.exchange === undefined ? [] : [textOf(finding.exchange)])])
    .map((lines) => lines.join('\n\n'))
  return {
    ...head,
    failure: {
      '@message': first === undefined ? judged.title[language] : lineOf(first),
      '@type': judged.group,
      '#text': detail.join('\n\n---\n\n'),
    },
  }
}
