import { type ClearanceFigures, type FigureKind, measureNames } from '../../schemas/statistics.ts'
import type { Chart } from '../fees/charts.ts'
import type { Language } from '../problem.ts'

/** The charts there are: what of, in which direction. */
export const chartNames = ['overall-import', 'overall-export', 'declared-import', 'declared-export'] as const
export type ChartName = (typeof chartNames)[number]
export const isChart = (name: string): name is ChartName => (chartNames as readonly string[]).includes(name)

export const partsOf = (name: ChartName): { measure: FigureKind; direction: 'import' | 'export' } => {
  const [measure, direction] = name.split('-') as ['overall' | 'declared', 'import' | 'export']
  return { measure, direction }
}

const directions = { import: { en: 'import', zh: '进口' }, export: { en: 'export', zh: '出口' } }

/** Median and ninth decile of each month 月度通关时间, side by side, in hours. */
export function timesChart(name: ChartName, figures: readonly ClearanceFigures[], language: Language): Chart {
  const { measure, direction } = partsOf(name)
  const title =
    language === 'zh'
      ? `${measureNames[measure].zh}（${directions[direction].zh}，小时）`
      : `${measureNames[measure].en}, ${directions[direction].en}, in hours`
  const rounded = (hours: string) => Number(Number(hours).toFixed(1))
  const series = (label: string, color: string, of: 'median' | 'p90') => ({
    type: 'bar',
    silent: true,
    name: label,
    color,
    barMaxWidth: 26,
    label: { show: true, position: 'top', color: '#222222' },
    data: figures.map((one) => rounded(one[of])),
  })
  return {
    title,
    description: figures.map(({ month, median, p90 }) => `${month}: ${rounded(median)} / ${rounded(p90)}`).join('; '),
    language,
    width: 900,
    height: 300,
    option: {
      title: { text: title, left: 12, top: 8, textStyle: { fontSize: 15, color: '#222222' } },
      legend: { top: 34, left: 24, itemWidth: 14, itemHeight: 10 },
      grid: { left: 60, right: 30, top: 72, bottom: 34 },
      xAxis: { type: 'category', data: figures.map(({ month }) => month ?? '') },
      yAxis: { type: 'value', boundaryGap: [0, 0.1] },
      series: [
        series(language === 'zh' ? '中位数' : 'median', '#274b78', 'median'),
        series(language === 'zh' ? '九十分位数' : 'ninth decile', '#9db7d5', 'p90'),
      ],
    },
  }
}
