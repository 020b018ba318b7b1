import { Big } from 'big.js'
import { type AssessmentReport, type Comparison, type Level, levelNames } from '../../../schemas/fees/assessment.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Chart } from '../charts.ts'
import { kindName } from './names.ts'

/** From green to red, dark enough for white letters. */
const colours = { reasonable: '#2e7d51', watch: '#8a6d00', high: '#b85600', violation: '#b3261e' } as const
const ink = '#222222'
const paler = '#c9d3df'
const width = 900
const rowHeight = 26

const say = (language: Language, en: string, zh: string): string => (language === 'zh' ? zh : en)
const cut = (text: string, most: number): string => {
  const characters = Array.from(text)
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}
/** Room for names at the left: as many characters as fit. */
const names = { left: 300, characters: { en: 42, zh: 22 } } as const
const shortened = (text: string, language: Language) => cut(text, names.characters[language])
const titled = (text: string) => ({ text, left: 12, top: 8, textStyle: { fontSize: 15, color: ink } })

/** Findings by level, payee by payee. @param decided the level that counts of each finding, by its number */
export function levelsChart(
  { findings, payees }: Pick<AssessmentReport, 'findings' | 'payees'>,
  decided: ReadonlyMap<number, Level>,
  language: Language,
): Chart {
  const rows = payees
    .map(({ payee, name }) => {
      const own = findings.filter((one) => one.payee === payee).map((one) => decided.get(one.number) ?? one.level)
      return { name: shortened(name[language], language), own }
    })
    .filter(({ own }) => own.length > 0)
    .sort((a, b) => b.own.length - a.own.length)
    .slice(0, limits.assessmentRowsCharted)
    .reverse()
  const title = say(language, 'Findings by payee and level', '各收费主体评估意见')
  return {
    title,
    description: rows
      .map(({ name, own }) => `${name}: ${own.length}`)
      .reverse()
      .join('; '),
    language,
    width,
    height: 110 + Math.max(rows.length, 1) * rowHeight,
    option: {
      title: titled(title),
      legend: { top: 34, left: names.left, itemWidth: 14, itemHeight: 10 },
      grid: { left: names.left, right: 40, top: 66, bottom: 34 },
      xAxis: { type: 'value', minInterval: 1 },
      yAxis: { type: 'category', data: rows.map(({ name }) => name), axisTick: { show: false } },
      series: (Object.keys(levelNames) as Level[]).map((level) => ({
        type: 'bar',
        stack: 'levels',
        silent: true,
        name: levelNames[level][language],
        color: colours[level],
        barWidth: 16,
        label: { show: true, color: '#ffffff' },
        // None is no bar, and needs no nought.
        data: rows.map(({ own }) => own.filter((one) => one === level).length || null),
      })),
    },
  }
}

/** Ratios above this are drawn at the edge. */
const edge = 3
/** Price as a percentage of the median of other ports. */
const percentOf = (amount: string, median: string): number =>
  Math.min(Number(new Big(amount).div(median).times(100).toFixed(1)), edge * 100)

const medianLine = (language: Language) => ({
  silent: true,
  symbol: 'none',
  lineStyle: { color: ink, type: 'dashed' },
  label: { formatter: say(language, 'median', '中位数'), color: ink, position: 'end' },
  data: [{ xAxis: 100 }],
})
const percentAxis = {
  type: 'value',
  min: 0,
  max: edge * 100,
  axisLabel: { formatter: (value: number) => (value === edge * 100 ? `≥ ${value} %` : `${value} %`) },
}

/** Every compared price against the median of other ports: a row for each kind of fee; what was found dear stands out. */
export function pricesChart(report: AssessmentReport, language: Language): Chart {
  const comparable = report.comparisons.filter(({ median }) => !new Big(median).eq(0))
  const kinds = [...new Set(comparable.map(({ kind }) => kind))].sort().reverse()
  const dear = new Map(
    report.findings.flatMap(({ rule, fee, level }) =>
      rule === 'comparison' && fee !== undefined ? [[fee, level]] : [],
    ),
  )
  const title = say(language, 'Prices against the median of other ports', '与其他口岸中位数比较')
  return {
    title,
    description: kinds
      .map((kind) => `${kindName(kind)[language]}: ${comparable.filter((row) => row.kind === kind).length}`)
      .reverse()
      .join('; '),
    language,
    width,
    height: 90 + Math.max(kinds.length, 1) * rowHeight,
    option: {
      title: titled(title),
      grid: { left: names.left, right: 50, top: 56, bottom: 34 },
      xAxis: percentAxis,
      yAxis: {
        type: 'category',
        data: kinds.map((kind) => shortened(kindName(kind)[language], language)),
        splitLine: { show: true, lineStyle: { color: '#eeeeee' } },
        axisTick: { show: false },
      },
      series: [
        {
          type: 'scatter',
          silent: true,
          symbolSize: 11,
          markLine: medianLine(language),
          data: comparable.map(({ kind, fee, price, median }) => ({
            value: [percentOf(price, median), kinds.indexOf(kind)],
            itemStyle: { color: colours[dear.get(fee) ?? 'reasonable'], opacity: 0.75 },
          })),
        },
      ],
    },
  }
}

/** Prices of one kind of fee: each against the range of other ports' prices for the same thing; undefined where there is none. */
export function kindChart(report: AssessmentReport, kind: string, language: Language): Chart | undefined {
  const rows = report.comparisons
    .filter((row) => row.kind === kind && !new Big(row.median).eq(0))
    .sort((a, b) => new Big(b.ratio ?? 0).cmp(a.ratio ?? 0))
    .slice(0, limits.assessmentRowsCharted)
    .reverse()
  if (rows.length === 0) return undefined
  const payees = new Map(report.payees.map(({ payee, name }) => [payee, name]))
  const half = names.characters[language] / 2
  const labelOf = ({ payee, thing }: Comparison) =>
    `${cut(payees.get(payee)?.[language] ?? payee, half)} · ${cut(thing[language], half)}`
  const name = kindName(kind)[language]
  const title = say(language, `${name}: price, and range at other ports`, `${name}：本港价格与其他口岸价格区间`)
  const least = rows.map((row) => percentOf(row.least, row.median))
  const most = rows.map((row) => percentOf(row.most, row.median))
  return {
    title,
    description: rows
      .map((row) => `${labelOf(row)}: ${row.price} (${row.least}–${row.median}–${row.most})`)
      .reverse()
      .join('; '),
    language,
    width,
    height: 90 + rows.length * rowHeight,
    option: {
      title: titled(title),
      grid: { left: names.left, right: 50, top: 56, bottom: 34 },
      xAxis: percentAxis,
      // Two rows may read alike: they are told apart by their places.
      yAxis: {
        type: 'category',
        data: rows.map((_, at) => String(at)),
        axisLabel: { formatter: (_: string, at: number) => (rows[at] === undefined ? '' : labelOf(rows[at])) },
        axisTick: { show: false },
      },
      series: [
        { type: 'bar', stack: 'range', silent: true, barWidth: 12, color: 'transparent', data: least },
        {
          type: 'bar',
          stack: 'range',
          silent: true,
          barWidth: 12,
          color: paler,
          data: rows.map((_, at) => Math.max((most[at] ?? 0) - (least[at] ?? 0), 0.5)),
          markLine: medianLine(language),
        },
        {
          type: 'scatter',
          silent: true,
          symbol: 'diamond',
          symbolSize: 13,
          color: ink,
          label: {
            show: true,
            position: 'right',
            color: ink,
            formatter: ({ dataIndex }: { dataIndex: number }) => rows[dataIndex]?.price ?? '',
          },
          data: rows.map((row, at) => [percentOf(row.price, row.median), at]),
        },
      ],
    },
  }
}

/** Costs of a round, by the last day of its period. */
interface RoundCosts {
  readonly to: string
  readonly quarter: string | null
  readonly costs: AssessmentReport['costs']
}

/** What the baskets cost from round to round 合规成本变化: government and market part on top of each other, at most (at least where no most is known). */
export function costsChart(rounds: readonly RoundCosts[], language: Language): Chart {
  const baskets = (rounds.at(-1)?.costs ?? []).slice(0, limits.assessmentBasketsCharted)
  const title = say(language, 'Compliance cost by round, in yuan', '各轮合规成本（元）')
  const lines = Math.max(Math.ceil(baskets.length / 2), 1)
  const [across, down, top] = [width / 2, 230, 70]
  const partOf = (part: 'government' | 'market', basket: string) =>
    rounds.map(({ costs }) => {
      const cost = costs.find((one) => one.basket === basket)?.[part]
      return cost === undefined ? null : Number(cost.most ?? cost.least)
    })
  const series = (part: 'government' | 'market', en: string, zh: string, color: string) =>
    baskets.map(({ basket }, at) => ({
      type: 'bar',
      stack: `basket ${at}`,
      silent: true,
      name: say(language, en, zh),
      color,
      xAxisIndex: at,
      yAxisIndex: at,
      barMaxWidth: 36,
      // Both parts above the bar: within it the smaller one has no room.
      label: { show: part === 'market', position: 'top', color: ink, formatter: partsLabel(basket) },
      data: partOf(part, basket),
    }))
  const partsLabel = (basket: string) => {
    const [government, market] = [partOf('government', basket), partOf('market', basket)]
    return ({ dataIndex }: { readonly dataIndex: number }): string => {
      const parts = [government[dataIndex], market[dataIndex]]
      return parts.includes(null) ? '' : parts.join(' + ')
    }
  }
  const at = (index: number) => ({ left: (index % 2) * across, top: top + Math.floor(index / 2) * down })
  return {
    title,
    description: baskets
      .map(({ basket, name }) => {
        const totals = rounds.map(({ costs, quarter, to }) => {
          const total = costs.find((one) => one.basket === basket)?.total
          return `${quarter ?? to} ${total === undefined ? '–' : (total.most ?? total.least)}`
        })
        return `${name[language]}: ${totals.join(', ')}`
      })
      .join('; '),
    language,
    width,
    height: top + lines * down,
    option: {
      title: [
        titled(title),
        ...baskets.map(({ name }, index) => ({
          text: cut(name[language], language === 'zh' ? 26 : 52),
          left: at(index).left + 24,
          top: at(index).top,
          textStyle: { fontSize: 12, fontWeight: 'normal', color: ink },
        })),
      ],
      legend: { top: 34, left: 24, itemWidth: 14, itemHeight: 10 },
      grid: baskets.map((_, index) => ({
        left: at(index).left + 64,
        top: at(index).top + 26,
        width: across - 90,
        height: down - 70,
      })),
      xAxis: baskets.map((_, index) => ({
        type: 'category',
        gridIndex: index,
        data: rounds.map(({ quarter, to }) => quarter ?? to),
      })),
      yAxis: baskets.map((_, index) => ({ type: 'value', gridIndex: index, splitNumber: 3, boundaryGap: [0, 0.2] })),
      series: [
        ...series('government', 'government part (set, guided, administrative)', '政府性收费', '#274b78'),
        ...series('market', 'market part', '经营性收费', '#9db7d5'),
      ],
    },
  }
}
