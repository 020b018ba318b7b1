import {
  oneRuleVersionAnswer,
  ruleDifferencesAnswer,
  ruleTableAnswer,
  ruleTablesAnswer,
  ruleVersionAnswer,
  ruleVersionRequest,
  ruleVersionsAnswer,
  ruleWouldChangeAnswer,
} from '../../schemas/rules-answers.ts'
import type { Operation } from './describe.ts'
import { keyed, matched, writing } from './describe-problems.ts'
import { ruleDayQuery, ruleDifferencesQuery, rulePublishQuery } from './queries-rules.ts'

const tag = 'Rule tables'

/** Rule tables 规则表: everybody reads them, admins publish versions. */
export const ruleOperations = {
  listRuleTables: {
    summary: 'Every rule table, with the version that holds',
    tag,
    description: 'What the gateway decides by rules a law or an authority could change, it decides by these.',
    answer: { status: 200, description: 'All of them', schema: ruleTablesAnswer },
    problems: [],
    public: true,
  },
  readRulesDocument: {
    summary: 'The documentation of every rule table with its sources',
    tag,
    answer: { status: 200, description: 'Markdown', mediaType: 'text/markdown' },
    problems: [],
    public: true,
  },
  readRuleTable: {
    summary: 'The rows of a table that hold on a day',
    tag,
    query: ruleDayQuery,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'With an ETag; no rows before the first version', schema: ruleTableAnswer },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  readRuleRowsCsv: {
    summary: 'The same rows as a CSV file',
    tag,
    query: ruleDayQuery,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'A row a line; what is more than a text as JSON', mediaType: 'text/csv' },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  listRuleVersions: {
    summary: 'Every version of a table, in the order they take effect',
    tag,
    description:
      'Of one day the version published last counts. The ETag is what `If-Match` of the next publication takes.',
    answer: { status: 200, description: 'All of them', schema: ruleVersionsAnswer },
    problems: ['not-found'],
    public: true,
  },
  readRuleVersion: {
    summary: 'One version of a table with its rows',
    tag,
    answer: { status: 200, description: 'The version', schema: oneRuleVersionAnswer },
    problems: ['not-found'],
    public: true,
  },
  compareRuleVersions: {
    summary: 'What differs between two versions of a table',
    tag,
    query: ruleDifferencesQuery,
    answer: { status: 200, description: 'Rows that went and rows that came', schema: ruleDifferencesAnswer },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  publishRuleVersion: {
    summary: 'Publish a version of a table 发布规则版本',
    tag,
    description:
      'With an admin’s key. It holds from its day on, tomorrow at the earliest; what was decided before names the version it was decided by. Everything wrong with the rows is told at once. `dryRun` tells what would change, and publishes nothing.',
    query: rulePublishQuery,
    body: ruleVersionRequest,
    headers: ['Idempotency-Key', 'If-Match'],
    answer: { status: 201, description: 'Published', schema: ruleVersionAnswer },
    otherAnswer: { status: 200, description: 'Answer of a dry run', schema: ruleWouldChangeAnswer },
    problems: ['invalid-parameter', 'body-invalid', ...writing, ...keyed, ...matched],
  },
} as const satisfies Record<string, Operation>
