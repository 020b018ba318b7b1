import * as z from 'zod'
import {
  clearanceAnswer,
  costsAnswer,
  recountAnswer,
  runningAnswer,
  statisticsAnswer,
} from '../../schemas/statistics.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, reading } from './describe-problems.ts'
import { clearanceCsvQuery, clearanceQuery, costsQuery, statisticsChartQuery } from './queries-statistics.ts'

const tag = 'Statistics'
const csv = { status: 200, description: 'RFC 4180, UTF-8', schema: z.string(), mediaType: 'text/csv' } as const

/** Clearance time and compliance cost 通关时间与合规成本: open data. */
export const statisticsOperations = {
  readStatistics: {
    summary: 'What the statistics are: definitions, rules, targets, months',
    tag,
    description:
      'Definitions are dated rules, each with its source and how well it is established. For each published month: the rules it was made by, how many declarations its figures cover, where their times start, and a download that never changes.',
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'About the statistics', schema: statisticsAnswer },
    problems: [],
    public: true,
  },
  readClearance: {
    summary: 'Clearance times: mean, median, p90',
    tag,
    description:
      'Of published months only. `by` tells apart month, direction, mode, district, credit, agency. Groups with too few declarations or firms, or with one firm that outweighs the others, are merged into `other` or left out before anything is summed: all tables come to the same totals, and no subtraction of answers tells of a smaller group.',
    query: clearanceQuery,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'The figures, with an ETag', schema: clearanceAnswer },
    problems: ['invalid-parameter'],
    public: true,
  },
  readClearanceCsv: {
    summary: 'The same as CSV',
    tag,
    query: clearanceCsvQuery,
    headers: ['If-None-Match'],
    answer: csv,
    problems: ['invalid-parameter'],
    public: true,
  },
  readClearanceMonth: {
    summary: 'A published month as CSV: `{month}.csv`',
    tag,
    description: 'Every published group of the month, of every measure. The same bytes for ever.',
    headers: ['If-None-Match'],
    answer: csv,
    problems: ['not-found'],
    public: true,
  },
  readCosts: {
    summary: 'Compliance cost of a container: port fees, and duties and taxes apart',
    tag,
    description:
      'Port fees of the standard consignments by the list that held at the end of each month (today, in the present one), government and market parts apart; duties and taxes as agencies billed them, of published months.',
    query: costsQuery,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'The figures, with an ETag', schema: costsAnswer },
    problems: ['invalid-parameter'],
    public: true,
  },
  readCostsCsv: {
    summary: 'Port fees of a container as CSV',
    tag,
    query: costsQuery,
    headers: ['If-None-Match'],
    answer: csv,
    problems: ['invalid-parameter'],
    public: true,
  },
  drawStatistics: {
    summary: 'A chart: overall-import, overall-export, declared-import, declared-export',
    tag,
    query: statisticsChartQuery,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'SVG', schema: z.string(), mediaType: 'image/svg+xml' },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  readRunning: {
    summary: 'What is counted by now of months that are not published',
    tag,
    description:
      'For operators: nothing merged, nothing withheld, and for nobody else to see. By month, measure, agency and direction.',
    answer: { status: 200, description: 'As it stands', schema: runningAnswer },
    problems: calling,
  },
  recountStatistics: {
    summary: 'Count everything anew from the kept receipts',
    tag,
    description: 'For operators. Published months stay as they are.',
    headers: ['Idempotency-Key'],
    answer: { status: 202, description: 'To be counted', schema: recountAnswer },
    problems: [...calling, ...keyed],
  },
  readRecount: {
    summary: 'How far a counting anew is',
    tag,
    answer: { status: 200, description: 'As it stands', schema: recountAnswer },
    problems: reading,
  },
} as const satisfies Record<string, Operation>
