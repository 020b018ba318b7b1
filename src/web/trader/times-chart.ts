import type { Chart } from '../../fees/charts.ts'
import type { Language } from '../../problem.ts'
import { say } from '../words.ts'
import type { DeclarationShown } from './head.ts'

/** Room for the name of a filing, and for a bar, in pixels. */
const [nameWidth, barHeight] = [330, 30]
/** Least that is drawn, in hours: what took seconds is a line still to be seen. */
const leastHours = 0.001

/** Hours from each agency's first word to its grant 各事项办理用时, on a scale on which seconds and weeks can both be seen. */
export function timesChart(language: Language, title: string, { filings, times }: DeclarationShown): Chart {
  const rows = times.filings.flatMap(({ filingId, hours }) => {
    const filing = filings.find(({ id }) => id === filingId)
    return filing === undefined || hours === undefined
      ? []
      : [{ name: `${say(language, filing.agencyName)} · ${say(language, filing.procedureName)}`, hours }]
  })
  return {
    title,
    description: rows.map(({ name, hours }) => `${name}: ${hours.toFixed(2)}`).join('; '),
    language,
    width: 900,
    height: 70 + Math.max(1, rows.length) * barHeight,
    option: {
      title: { text: title, left: 12, top: 6, textStyle: { fontSize: 14, color: '#222222' } },
      grid: { left: nameWidth, right: 80, top: 34, bottom: 28 },
      xAxis: { type: 'log', min: leastHours, startValue: leastHours, axisLabel: { hideOverlap: true } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(({ name }) => name),
        axisLabel: { width: nameWidth - 20, overflow: 'truncate', fontSize: 11, color: '#222222' },
      },
      series: [
        {
          type: 'bar',
          silent: true,
          color: '#274b78',
          barMaxWidth: 16,
          label: {
            show: true,
            position: 'right',
            color: '#222222',
            formatter: ({ dataIndex }: { dataIndex: number }) => (rows[dataIndex]?.hours ?? 0).toFixed(2),
          },
          data: rows.map(({ hours }) => Math.max(hours, leastHours)),
        },
      ],
    },
  }
}
