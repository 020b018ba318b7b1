import { cpus, totalmem } from 'node:os'

export interface Figure {
  readonly value: number
  readonly unit: string
  /** The rounds it is the median of. */
  readonly all?: readonly number[]
  /** Processor time of the measured server for each, in milliseconds; on a busy machine it says more than the rate. */
  readonly cpuMsEach?: number
}

/** One line of the table. Figures are this machine's; ratios and targets are what counts. */
export interface Row {
  readonly id: string
  readonly what: string
  readonly ours: Figure
  readonly theirs?: Figure
  readonly ratio?: number
  /** The ratio's target: at least, or at most. */
  readonly atLeast?: number
  readonly atMost?: number
  readonly aim?: number
  /** Target of our figure itself. */
  readonly limit?: number
}

/** Whether a row meets its target; undefined when it has none. */
export function isMet({ ours, ratio, atLeast, atMost, limit }: Row): boolean | undefined {
  if (limit !== undefined) return ours.value <= limit
  if (ratio === undefined || (atLeast === undefined && atMost === undefined)) return undefined
  return (atLeast === undefined || ratio >= atLeast) && (atMost === undefined || ratio <= atMost)
}

export const machine = (postgres: string) => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.versions.node,
  postgres,
  date: new Date().toISOString().slice(0, 10),
})
export type Machine = ReturnType<typeof machine>

const digits = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))
const shown = (figure: Figure | undefined) => (figure === undefined ? '' : `${digits(figure.value)} ${figure.unit}`)

function targetOf({ atLeast, atMost, aim, limit, ours }: Row): string {
  if (limit !== undefined) return `≤ ${limit} ${ours.unit}`
  if (atMost !== undefined) return `≤ ${atMost} ×`
  if (atLeast !== undefined) return `≥ ${atLeast} ×${aim === undefined ? '' : ` (aim ${aim})`}`
  return ''
}

/** The rows as a Markdown table, the machine above it. */
export function tableOf(rows: readonly Row[], { cpu, cores, memoryGiB, node, postgres, date }: Machine): string {
  const lines = rows.map((row) => {
    const met = isMet(row)
    return [
      row.id,
      row.what,
      shown(row.ours),
      shown(row.theirs),
      row.ratio === undefined ? '' : `${row.ratio.toFixed(2)} ×`,
      targetOf(row),
      met === undefined ? '' : met ? 'yes' : 'NO',
    ]
  })
  const all = [['', 'what', 'ours', 'theirs', 'ratio', 'target', 'met'], ...lines]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? []
  const text = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const [head = [], ...rest] = all
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB; Node ${node}, PostgreSQL ${postgres}; ${date}`,
    '',
    text(head),
    rule,
    ...rest.map(text),
  ].join('\n')
}
