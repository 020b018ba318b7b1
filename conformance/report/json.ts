/** The report as JSON JSON 报告: every verdict with all that was found, for programs. */
import type { Report } from '../verdict.ts'
import { countOf, isKept } from './words.ts'

export function jsonOf(reports: readonly Report[]): string {
  const document = {
    conformant: isKept(reports),
    reports: reports.map((report) => ({ ...report, count: countOf(report.judged) })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
