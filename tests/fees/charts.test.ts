import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import type { Level } from '../../schemas/fees/assessment.ts'
import { assess } from '../../src/fees/assessment/assess.ts'
import { costsChart, kindChart, levelsChart, pricesChart } from '../../src/fees/assessment/charts.ts'
import { type Chart, drawChart } from '../../src/fees/charts.ts'
import { inputsOf, judged, listNow } from './assessment-sample.ts'
import { payee } from './support.ts'

const report = assess(inputsOf({ lines: [judged('guoyuan-weighing', 'doubled', 2, '200.00', '200.00')] }))
const computed: ReadonlyMap<number, Level> = new Map()
const rounds = [
  { to: '2026-06-30', quarter: '2026-Q2', costs: report.costs },
  { to: '2026-09-30', quarter: '2026-Q3', costs: report.costs },
]
const charts: { readonly [name: string]: (language: 'en' | 'zh') => Chart | undefined } = {
  levels: (language) => levelsChart(report, computed, language),
  prices: (language) => pricesChart(report, language),
  'prices of one kind': (language) => kindChart(report, 'weighing', language),
  'compliance cost': (language) => costsChart(rounds, language),
  'nothing at all': (language) => costsChart([], language),
}
const draw = async (name: string, language: 'en' | 'zh' = 'zh') => drawChart(charts[name]?.(language) as Chart)

/** Every text of a drawing, in order. */
const textsOf = (svg: string): string[] => {
  const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: true, parseTagValue: false, trimValues: false })
  const walk = (node: unknown): string[] =>
    Array.isArray(node)
      ? node.flatMap(walk)
      : Object.entries(node as Record<string, unknown>).flatMap(([name, inside]) =>
          name === '#text' ? [String(inside)] : walk(inside),
        )
  return walk(parser.parse(svg)).filter((text) => text.trim() !== '')
}

describe.each(Object.keys(charts))('the chart of %s', (name) => {
  test('is one well-formed SVG, the same to the byte every time, whatever was drawn between', async () => {
    const svg = await draw(name)
    expect(XMLValidator.validate(svg)).toBe(true)
    await draw('levels')
    await draw('compliance cost', 'en')
    expect(await draw(name)).toBe(svg)
  })

  test('asks nobody for anything and runs nothing', async () => {
    const svg = await draw(name)
    const beyond = svg.replaceAll(/xmlns(:\w+)?="[^"]*"/g, '')
    expect(beyond).not.toMatch(/https?:|\/\/|@import|@font-face|<script|<foreignObject|<image|<style|href=|\son\w+=/i)
    expect(svg).toMatch(/font-family:sans-serif/)
    expect(svg.match(/font-family:([^;"]+)/g)?.every((one) => one === 'font-family:sans-serif')).toBe(true)
  })

  test('says what it shows to who cannot see it, in both languages', async () => {
    for (const language of ['en', 'zh'] as const) {
      const svg = await draw(name, language)
      expect(svg).toMatch(
        /^<svg [^>]*role="img"[^>]*aria-labelledby="title description"><title id="title">[^<]+<\/title><desc id="description">/,
      )
      expect(svg).toContain(`xml:lang="${language === 'zh' ? 'zh-CN' : 'en'}"`)
      expect(/[\u4e00-\u9fff]/.test(textsOf(svg)[0] ?? '')).toBe(language === 'zh')
    }
  })
})

test('what is drawn is what was found', async () => {
  expect(textsOf(await draw('levels'))).toEqual(
    expect.arrayContaining(['果园码头', '寸滩码头', '违规', '关注', '偏高']),
  )
  expect(textsOf(await draw('prices'))).toEqual(expect.arrayContaining(['过磅费', '理箱费', '中位数']))
  expect(textsOf(await draw('prices of one kind'))).toEqual(expect.arrayContaining(['100', '60', '50']))
  const costs = textsOf(await draw('compliance cost'))
  expect(costs).toEqual(
    expect.arrayContaining(['2026-Q2', '2026-Q3', '政府性收费', '经营性收费', '34 + 1900', '100 + 110']),
  )
  expect(costs.filter((text) => text === '34 + 1900')).toHaveLength(2)
})

test('a decision counts, not what the rules came to', async () => {
  const [first] = report.findings
  const decided = new Map(report.findings.map(({ number }) => [number, 'reasonable' as const]))
  const svg = await drawChart(levelsChart(report, decided, 'zh'))
  expect(first?.level).not.toBe('reasonable')
  // The colours of the legend are there in any case: no bar has those of a violation.
  const count = (text: string, colour: string) => text.split(colour).length - 1
  expect(count(svg, '#b3261e')).toBe(1)
  expect(count(await draw('levels'), '#b3261e')).toBeGreaterThan(1)
})

test.each([
  '<script>alert(1)</script>',
  '</text></svg><svg onload="alert(1)">',
  '{a|b} {b} ${c} \\u0041',
  '" onload="alert(1)" class="zr9-cls-1',
  ']]><style>*{fill:red}</style>',
  '&lt;b&gt;&amp;',
])('a name is text, whatever it is: %s', async (hostile) => {
  const now = listNow().map((entry) =>
    entry.id === 'guoyuan-terminal' ? payee('guoyuan-terminal', { name: { en: hostile, zh: hostile } }) : entry,
  )
  const found = assess(inputsOf({ now }))
  const svg = await drawChart(levelsChart(found, computed, 'zh'))
  expect(XMLValidator.validate(svg)).toBe(true)
  expect(svg).not.toMatch(/<script|<svg[^>]*onload|<[^>]*\sonload=|<style/i)
  const unescaped = textsOf(svg).join('\n').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
  expect(unescaped).toContain(Array.from(hostile).slice(0, 18).join(''))
})
