import width from 'fast-string-width'
import { XmlDocument } from 'libxml2-wasm'
import { describe, expect, test } from 'vitest'
import { jsonOf } from '../../conformance/report/json.ts'
import { junitOf } from '../../conformance/report/junit.ts'
import { markdownOf } from '../../conformance/report/markdown.ts'
import { createTeller } from '../../conformance/report/terminal.ts'
import { isKept } from '../../conformance/report/words.ts'
import type { Judged, Report } from '../../conformance/verdict.ts'

const hostile = '<b>&"|`\u0007\u001B[31m ]]> 中文\n# second line'
const titled = (id: string, en: string, zh: string) => ({
  id,
  group: 'disorder' as const,
  title: { en, zh },
  durationMs: 12,
})
const kept: Judged = { ...titled('kept', 'It is kept', '符合要求'), verdict: 'conformant' }
const not: Judged = {
  ...titled('not', `It is not ${hostile}`, '不符合要求，编码两次不一致'),
  verdict: 'not-conformant',
  findings: [
    {
      what: `says ${hostile}`,
      pointer: '/A/B[2]',
      exchange: {
        request: {
          method: 'POST',
          url: 'http://a.test/x',
          headers: { 'content-type': 'text/xml' },
          body: '<A>```</A>',
        },
        response: { status: 200, headers: {}, body: hostile },
      },
    },
    { what: 'and nobody answers', exchange: { request: { method: 'GET', url: '/y', headers: {} }, error: 'reset' } },
  ],
}
const lacking: Judged = {
  ...titled('lacking', 'It lacks it', '无此功能'),
  verdict: 'not-applicable',
  reason: `none ${hostile}`,
}
const reports: Report[] = [
  { kind: 'agency', subject: 'http://a.test/<one>', judged: [kept, not, lacking] },
  { kind: 'agency', subject: 'two', judged: [kept] },
]

const told = (isTty: boolean, language: 'en' | 'zh') => {
  let text = ''
  const teller = createTeller({ out: (more) => void (text += more), err: () => undefined, isTty, width: 100 }, language)
  for (const report of reports) {
    teller.begins(report.kind, report.subject)
    for (const [at, judged] of report.judged.entries()) {
      teller.step({ id: judged.id, place: at + 1, of: report.judged.length })
      teller.step({ id: judged.id, place: at + 1, of: report.judged.length, judged })
    }
    teller.ends(report)
  }
  teller.sum(reports)
  return text
}

test('all is kept when nothing is not, and something was judged', () => {
  expect(isKept(reports)).toBe(false)
  expect(isKept([{ ...reports[0], judged: [kept, lacking] } as Report])).toBe(true)
  expect(isKept([{ ...reports[0], judged: [] } as Report])).toBe(false)
})

describe('JUnit', () => {
  const at = (path: string) => {
    const document = XmlDocument.fromString(junitOf(reports, 'en'))
    try {
      return document.find(path).map((node) => node.content)
    } finally {
      document.dispose()
    }
  }
  test('is well-formed whatever was said, and counts what CI tools count', () => {
    expect(at('/testsuites/@*')).toEqual(['conformance', '4', '1', '0', '1', '0.048'])
    expect(at('/testsuites/testsuite/@name')).toEqual(['agency.http://a.test/<one>', 'agency.two'])
    expect(at('//testcase')).toHaveLength(4)
    expect(at('//testcase[failure]/@classname')).toEqual(['agency.http://a.test/<one>.disorder'])
  })
  test('a failure says what and where, and shows the exchange; what does not apply says why', () => {
    expect(at('//failure/@message').join()).toContain('says <b>&"|`')
    expect(at('//failure/@message').join()).toContain('[/A/B[2]]')
    const [failure = ''] = at('//failure')
    for (const part of ['POST http://a.test/x', 'content-type: text/xml', '<A>```</A>', '中文', '(no answer: reset)'])
      expect(failure).toContain(part)
    expect(at('//skipped/@message').join()).toContain('none <b>')
  })
})

test('JSON holds everything that was said', () => {
  const read = JSON.parse(jsonOf(reports)) as { conformant: boolean; reports: (Report & { count: object })[] }
  expect(read.conformant).toBe(false)
  expect(read.reports).toMatchObject(reports)
  expect(read.reports[0]?.count).toEqual({ conformant: 1, not: 1, notApplicable: 1 })
})

describe('Markdown', () => {
  const text = markdownOf(reports, 'en')
  const rows = text.split('\n').filter((line) => line.startsWith('|'))
  test('is a matrix of scenarios by subjects; an empty cell was not judged', () => {
    expect(rows).toHaveLength(2 + 3)
    // A bar within a cell is escaped, and nothing breaks the line.
    expect(rows.map((row) => row.replaceAll('\\|', '').split('|').length)).toEqual([6, 6, 6, 6, 6])
    expect(rows.map((row) => row.split(' | ').slice(-2).join()).slice(2)).toEqual(['✓,✓ |', '✗, |', '–, |'])
  })
  test('shows what was found in a fence nothing breaks out of, and why what does not apply does not', () => {
    expect(text).toContain('````http\n  POST http://a.test/x')
    expect(text.match(/^ {2}`{3,}/gm)?.map((fence) => fence.trim())).toEqual(['````', '````', '```', '```'])
    expect(text).toContain('\\<b\\>&"\\|\\`')
    expect(text).toMatch(/- `http:..a\.test\/<one>`, `lacking`: none/)
  })
  test('speaks Chinese when asked to', () => {
    expect(markdownOf(reports, 'zh')).toMatch(/# 机构端点[\s\S]*不符合要求，编码两次不一致[\s\S]*不适用的原因/)
  })
})

describe('the terminal', () => {
  test('has plain lines where nobody looks on', () => {
    const lines = told(false, 'en').split('\n')
    expect(lines.join('\n')).not.toContain('\u001B')
    expect(lines).toContainEqual(expect.stringMatching(/^✓ Disorder +It is kept +12 ms$/))
    expect(lines).toContainEqual(expect.stringMatching(/^– Disorder +It lacks it \(none .*\) +12 ms$/))
    expect(lines).toContainEqual('1 conformant, 1 not conformant, 1 not applicable')
    expect(lines.at(-2)).toMatch(/^✓ two {16}  conformant +1 conformant, 0 not/)
  })
  test('tells what it is at where somebody does, and wipes that away', () => {
    const text = told(true, 'en')
    expect(text).toContain('\u001B[90m2/3 not …\u001B[0m\r\u001B[2K\u001B[31m✗')
  })
  test('is not steered by what an endpoint says', () => {
    expect(told(true, 'en')).toContain('\\x7\\x1b[31m ]]>')
    expect(told(true, 'en')).not.toContain('\u0007')
  })
  test('shows both sides of an exchange however long one is', () => {
    const request = {
      method: 'POST',
      url: '/',
      headers: {},
      body: Array.from({ length: 99 }, () => 'x'.repeat(900)).join('\n'),
    }
    const findings = Array.from({ length: 9 }, () => ({
      what: 'bad',
      exchange: { request, response: { status: 418, headers: {}, body: '' } },
    }))
    let text = ''
    createTeller({ out: (more) => void (text += more), err: () => undefined, isTty: false, width: 100 }, 'en').ends({
      kind: 'agency',
      subject: 'a',
      judged: [{ ...titled('not', 'Not', '不'), verdict: 'not-conformant', findings }],
    })
    expect(text).toMatch(/x …\n {6}… 89 more lines\n\n {6}418\n/)
    expect(text).toContain('… 4 more in the other formats')
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(420)
  })
  test('keeps its columns where letters are twice as wide', () => {
    const rows = told(false, 'zh')
      .split('\n')
      .filter((line) => /^[✓✗–] 乱序/.test(line) && !line.includes('none'))
    expect(rows.length).toBeGreaterThan(2)
    expect(new Set(rows.map((row) => width(row))).size).toBe(1)
  })
})
