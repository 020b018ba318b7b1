// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  oneRuleVersionAnswer,
  ruleDifferencesAnswer,
  ruleTableAnswer,
  ruleTablesAnswer,
  ruleVersionAnswer,
  ruleVersionRequest,
  ruleVersionsAnswer,
  ruleWouldChangeAnswer,
} from '../../schemas/rules-answers.ts'
import type { Answer, Operation } from '../operation.ts'

/** Rule tables: what goes in and what comes back. */
export interface RuleTablesOperations {
  /** Every rule table, with the version that holds: `GET /v1/rules` */
  listRuleTables: {
    input: {}
    answer: Answer<200, z.output<typeof ruleTablesAnswer>>
  }
  /** The documentation of every rule table with its sources: `GET /v1/rules.md` */
  readRulesDocument: {
    input: {}
    answer: Answer<200, string>
  }
  /** The rows of a table that hold on a day: `GET /v1/rules/{table}` */
  readRuleTable: {
    input: {
      table: string
      on?: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof ruleTableAnswer>>
  }
  /** The same rows as a CSV file: `GET /v1/rules/{table}/rows.csv` */
  readRuleRowsCsv: {
    input: {
      table: string
      on?: string
      ifNoneMatch?: string
    }
    answer: Answer<200, string>
  }
  /** Every version of a table, in the order they take effect: `GET /v1/rules/{table}/versions` */
  listRuleVersions: {
    input: {
      table: string
    }
    answer: Answer<200, z.output<typeof ruleVersionsAnswer>>
  }
  /** Publish a version of a table 发布规则版本: `POST /v1/rules/{table}/versions` */
  publishRuleVersion: {
    input: {
      table: string
      dryRun?: boolean
      body: z.input<typeof ruleVersionRequest>
      idempotencyKey?: string
      ifMatch: string
    }
    answer: Answer<201, z.output<typeof ruleVersionAnswer>>
    dryRun: Answer<200, z.output<typeof ruleWouldChangeAnswer>>
  }
  /** One version of a table with its rows: `GET /v1/rules/{table}/versions/{version}` */
  readRuleVersion: {
    input: {
      table: string
      version: string
    }
    answer: Answer<200, z.output<typeof oneRuleVersionAnswer>>
  }
  /** What differs between two versions of a table: `GET /v1/rules/{table}/differences` */
  compareRuleVersions: {
    input: {
      table: string
      from?: string
      to?: string
    }
    answer: Answer<200, z.output<typeof ruleDifferencesAnswer>>
  }
}

/** Rule tables: how each is asked. */
export const ruleTables = {
  listRuleTables: { method: 'GET', path: '/v1/rules', accepts: 'application/json' },
  readRulesDocument: { method: 'GET', path: '/v1/rules.md' },
  readRuleTable: {
    method: 'GET',
    path: '/v1/rules/{table}',
    query: ['on'],
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readRuleRowsCsv: { method: 'GET', path: '/v1/rules/{table}/rows.csv', query: ['on'], headers: ['If-None-Match'] },
  listRuleVersions: { method: 'GET', path: '/v1/rules/{table}/versions', accepts: 'application/json' },
  publishRuleVersion: {
    method: 'POST',
    path: '/v1/rules/{table}/versions',
    query: ['dryRun'],
    headers: ['Idempotency-Key', 'If-Match'],
    accepts: 'application/json',
  },
  readRuleVersion: { method: 'GET', path: '/v1/rules/{table}/versions/{version}', accepts: 'application/json' },
  compareRuleVersions: {
    method: 'GET',
    path: '/v1/rules/{table}/differences',
    query: ['from', 'to'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof RuleTablesOperations, Operation>
