/** The report in a terminal 终端报告: a line as each scenario is judged, then what was found, then the sum. */
import width from 'fast-string-width'
import { limits } from '../limits.ts'
import type { Step } from '../run.ts'
import type { Finding, Judged, Report } from '../verdict.ts'
import { lineOf, partsOf } from './exchange-text.ts'
import { countOf, groupNames, inWords, kindNames, type Language, marks, verdicts } from './words.ts'

/** Where a command writes. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Whether somebody looks on: then it may be coloured, and say what it is at. */
  readonly isTty: boolean
  readonly width: number
}

const colours = { conformant: 32, 'not-conformant': 31, 'not-applicable': 90 } as const satisfies {
  readonly [verdict in Judged['verdict']]: number
}
const escape = '\u001B['

/** Says on the way what is judged, one subject after the other. */
export function createTeller({ out, isTty, width: columns }: Io, language: Language) {
  const paint = (text: string, colour: number) => (isTty ? `${escape}${colour}m${text}${escape}0m` : text)
  const wipe = isTty ? `\r${escape}2K` : ''
  const row = (judged: Judged): string => {
    const mark = paint(marks[judged.verdict], colours[judged.verdict])
    const reason = judged.verdict === 'not-applicable' ? ` (${oneLine(judged.reason)})` : ''
    const group = padded(groupNames[judged.group][language], groupWidth(language))
    return `${mark} ${group}  ${padded(oneLine(judged.title[language]) + reason, columns - groupWidth(language) - 14)} ${lasted(judged)}`
  }
  return {
    begins(kind: Report['kind'], subject: string): void {
      out(`\n${paint(`${kindNames[kind][language]} ${oneLine(subject)}`, 1)}\n`)
    },
    step({ id, place, of, judged }: Step): void {
      if (judged !== undefined) out(`${wipe}${row(judged)}\n`)
      else if (isTty) out(`${wipe}${paint(`${place}/${of} ${id} …`, 90)}`)
    },
    ends({ judged }: Report): void {
      for (const one of judged)
        if (one.verdict === 'not-conformant')
          out(
            `\n${paint(`${marks[one.verdict]} ${oneLine(one.title[language])}`, colours[one.verdict])} (${one.id})\n${foundIn(one.findings)}`,
          )
      out(`\n${inWords(countOf(judged), language)}\n`)
    },
    /** After several subjects: one line for each. */
    sum(reports: readonly Report[]): void {
      if (reports.length < 2) return
      const names = Math.max(...reports.map(({ subject }) => width(subject)))
      const lines = reports.map((report) => {
        const verdict = countOf(report.judged).not === 0 ? 'conformant' : 'not-conformant'
        return `${paint(marks[verdict], colours[verdict])} ${padded(oneLine(report.subject), names)}  ${padded(verdicts[verdict][language], 14)} ${inWords(countOf(report.judged), language)}`
      })
      out(`\n${lines.join('\n')}\n`)
    },
  }
}

const groupWidth = (language: Language): number =>
  Math.max(...Object.values(groupNames).map((name) => width(name[language])))
const padded = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)))
const lasted = ({ durationMs }: Judged): string => `${durationMs} ms`.padStart(9)

const oneLine = (text: string): string => controlled(text.replaceAll(/\s+/g, ' '))

/** What an endpoint said must not steer the terminal: control characters are shown as such. */
const controlled = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`)

function foundIn(findings: readonly Finding[]): string {
  const more = findings.length - limits.terminalFindings
  const told = findings.slice(0, limits.terminalFindings).map((finding) => {
    const [asked, answered] = finding.exchange === undefined ? [] : partsOf(finding.exchange)
    const exchange = asked === undefined || answered === undefined ? [] : [...linesOf(asked), '', ...linesOf(answered)]
    return [`  • ${lineOf(finding)}`, ...exchange.map((line) => `      ${line}`.trimEnd())].join('\n')
  })
  return controlled([...told, ...(more > 0 ? [`  … ${more} more in the other formats`] : [])].join('\n')) + '\n'
}

/** The first lines of one side of an exchange, each as far as it can be taken in. */
function linesOf(text: string): string[] {
  const lines = text.split('\n')
  const more = lines.length - limits.terminalBodyLines
  const first = lines
    .slice(0, limits.terminalBodyLines)
    .map((line) => (line.length > limits.terminalLine ? `${line.slice(0, limits.terminalLine)} …` : line))
  return more <= 0 ? first : [...first, `… ${more} more lines`]
}
