import * as z from 'zod'
import { pageOf } from '../../schemas/answers.ts'
import {
  drawAnswer,
  lotAnswer,
  publicLotAnswer,
  resultAnswer,
  resultRequest,
  rosterAnswer,
  rosterRequest,
  selectionAnswer,
} from '../../schemas/draw.ts'
import type { Operation } from './describe.ts'
import { keyed, matched, reading, writing } from './describe-problems.ts'
import { drawsQuery, lotsQuery, selectionsQuery } from './queries-draws.ts'

/** What is done with the open draw 双随机、一公开. */
export const drawOperations = {
  listDraws: {
    summary: 'Draws of declarations and officers by lot 双随机抽查, newest first',
    tag: 'Draws',
    description:
      'A day of draws runs from 06:00 to 06:00 (Asia/Shanghai). The seed is committed to by its hash before it begins, and told after it is over. `GET /v1/draws/verify` says how anybody recomputes one.',
    query: drawsQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(drawAnswer) },
    problems: ['invalid-parameter'],
    public: true,
  },
  readDrawManual: {
    summary: 'How a published draw is checked 核验说明',
    tag: 'Draws',
    answer: { status: 200, description: 'For people', schema: z.string(), mediaType: 'text/markdown' },
    problems: [],
    public: true,
  },
  readDraw: {
    summary: 'One draw: its commitment, how many lots it has, its closing, its seed when it is told',
    tag: 'Draws',
    answer: { status: 200, description: 'As it stands', schema: drawAnswer },
    problems: ['not-found'],
    public: true,
  },
  readDrawFile: {
    summary: 'A draw as a file that anybody can recompute 抽查公示文件',
    tag: 'Draws',
    description:
      'JSON lines: commitment, every lot with its probability, the closing, the seed, results so far. There once the seed is told. No trader, no goods, no time within the day.',
    answer: { status: 200, description: 'JSON lines', schema: z.string(), mediaType: 'application/x-ndjson' },
    problems: ['not-found'],
    public: true,
  },
  listLots: {
    summary: 'The lots of a draw, page by page',
    tag: 'Draws',
    description:
      'There once the seed is told: what the file says, for those who look at some of it. `only=selected` for those that were.',
    query: lotsQuery,
    answer: { status: 200, description: 'A page, by number', schema: pageOf(publicLotAnswer) },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  readOfficers: {
    summary: 'The officers an agency draws from: for itself',
    tag: 'Draws',
    answer: { status: 200, description: 'The newest version', schema: rosterAnswer },
    problems: reading,
  },
  changeOfficers: {
    summary: 'Change the officers an agency draws from 执法检查人员名录',
    tag: 'Draws',
    description:
      'Codes are published, names never. A draw goes on with those that were committed to before it began; the next one has these.',
    body: rosterRequest,
    headers: ['If-Match'],
    answer: { status: 200, description: 'Kept', schema: rosterAnswer },
    problems: ['body-invalid', ...matched, ...writing],
  },
  listSelections: {
    summary: 'Declarations that were selected, with their officers: for the agency, at once',
    tag: 'Draws',
    query: selectionsQuery,
    answer: { status: 200, description: 'A page, by number', schema: pageOf(selectionAnswer) },
    problems: ['invalid-parameter', ...reading],
  },
  giveDrawResult: {
    summary: 'Tell what an inspection found 查验结果, or correct it',
    tag: 'Draws',
    description: 'A second result of the same lot corrects the first; both stay in the file.',
    body: resultRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Kept', schema: resultAnswer },
    problems: ['body-invalid', 'limit-reached', ...keyed, 'invalid-parameter', ...writing],
  },
  readDeclarationDraws: {
    summary: 'The lots of a declaration: how they came out once the day is over',
    tag: 'Draws',
    description: 'For its trader, the agencies it is filed with (each its own, at once), and operators.',
    answer: { status: 200, description: 'One for each agency that drew', schema: pageOf(lotAnswer) },
    problems: reading,
  },
} as const satisfies Record<string, Operation>
