import * as z from 'zod'
import { pageOf } from '../../schemas/answers.ts'
import { runAnswer, runReadAnswer, runRequest } from '../../schemas/conformance.ts'
import { limits } from '../limits.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, reading, writing } from './describe-problems.ts'
import { documentQuery, runsQuery } from './queries-conformance.ts'

const tag = 'Conformance'
const document = (mediaType: string, what: string) =>
  ({
    summary: `The report of a run as ${what}`,
    tag,
    description: 'There when the run has ended; until then 404.',
    query: documentQuery,
    answer: { status: 200, description: 'The document', mediaType, schema: z.string() },
    problems: ['invalid-parameter', ...reading],
  }) as const

/** Operations of conformance runs. */
export const conformanceOperations = {
  startConformanceRun: {
    summary: 'Have adapters or agencies judged 符合性测试',
    tag,
    description: `Runs the conformance kit in the background, as \`yuchuang conform\` does: adapters with their mocks; the simulator’s agencies, each case in a session of its own; or an endpoint of one’s own that claims to be one agency, at an address that webhooks could be sent to. One run of a firm at a time, at most ${limits.conformanceMs / 60_000} minutes. A gateway is judged from outside, by the command.`,
    body: runRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 202, description: 'It will be carried out', schema: runAnswer },
    problems: ['body-invalid', ...writing, ...keyed, 'invalid-parameter', 'limit-reached', 'unavailable'],
  },
  listConformanceRuns: {
    summary: 'Conformance runs, newest first',
    tag,
    description: `The last ${limits.conformanceRuns} of a firm, for ${limits.conformanceKeptMs / 86_400_000} days. An administrator sees all.`,
    query: runsQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(runAnswer) },
    problems: ['invalid-parameter', ...calling],
  },
  readConformanceRun: {
    summary: 'One conformance run, with every verdict so far',
    tag,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'As it stands', schema: runReadAnswer },
    problems: reading,
  },
  readConformanceJson: document('application/json', 'JSON'),
  readConformanceJunit: document('application/xml', 'JUnit XML'),
  readConformanceMarkdown: document('text/markdown', 'a Markdown matrix'),
} as const satisfies Record<string, Operation>
