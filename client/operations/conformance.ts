// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { runAnswer, runReadAnswer, runRequest } from '../../schemas/conformance.ts'
import type { Answer, Operation } from '../operation.ts'

/** Conformance: what goes in and what comes back. */
export interface ConformanceOperations {
  /** Have adapters or agencies judged 符合性测试: `POST /v1/conformance-runs` */
  startConformanceRun: {
    input: {
      body: z.input<typeof runRequest>
      idempotencyKey?: string
    }
    answer: Answer<202, z.output<typeof runAnswer>>
  }
  /** Conformance runs, newest first: `GET /v1/conformance-runs` */
  listConformanceRuns: {
    input: {
      limit?: number
      after?: string | number
    }
    answer: Answer<200, { data: Array<z.output<typeof runAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** One conformance run, with every verdict so far: `GET /v1/conformance-runs/{id}` */
  readConformanceRun: {
    input: {
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof runReadAnswer>>
  }
  /** The report of a run as JSON: `GET /v1/conformance-runs/{id}/report.json` */
  readConformanceJson: {
    input: {
      id: string
      language?: 'en' | 'zh'
    }
    answer: Answer<200, string>
  }
  /** The report of a run as JUnit XML: `GET /v1/conformance-runs/{id}/report.xml` */
  readConformanceJunit: {
    input: {
      id: string
      language?: 'en' | 'zh'
    }
    answer: Answer<200, string>
  }
  /** The report of a run as a Markdown matrix: `GET /v1/conformance-runs/{id}/report.md` */
  readConformanceMarkdown: {
    input: {
      id: string
      language?: 'en' | 'zh'
    }
    answer: Answer<200, string>
  }
}

/** Conformance: how each is asked. */
export const conformance = {
  startConformanceRun: {
    method: 'POST',
    path: '/v1/conformance-runs',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  listConformanceRuns: {
    method: 'GET',
    path: '/v1/conformance-runs',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  readConformanceRun: {
    method: 'GET',
    path: '/v1/conformance-runs/{id}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readConformanceJson: {
    method: 'GET',
    path: '/v1/conformance-runs/{id}/report.json',
    query: ['language'],
    accepts: 'application/json',
  },
  readConformanceJunit: {
    method: 'GET',
    path: '/v1/conformance-runs/{id}/report.xml',
    query: ['language'],
    accepts: 'application/xml',
  },
  readConformanceMarkdown: {
    method: 'GET',
    path: '/v1/conformance-runs/{id}/report.md',
    query: ['language'],
    accepts: 'text/markdown',
  },
} as const satisfies Record<keyof ConformanceOperations, Operation>
