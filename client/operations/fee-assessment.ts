// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { assessmentReport } from '../../schemas/fees/assessment.ts'
import type {
  assessedFinding,
  assessmentAnswer,
  decisionRequest,
  replyRequest,
  roundAnswer,
  roundRequest,
} from '../../schemas/fees/assessment-answers.ts'
import type { Answer, Operation } from '../operation.ts'

/** Fee assessment: what goes in and what comes back. */
export interface FeeAssessmentOperations {
  /** Ask for a round of assessment: `POST /v1/fee-assessments` */
  askForAssessment: {
    input: {
      body: z.input<typeof roundRequest>
      idempotencyKey?: string
    }
    answer: Answer<202, z.output<typeof roundAnswer>>
  }
  /** Rounds of assessment, the newest first: `GET /v1/fee-assessments` */
  listAssessments: {
    input: {
      limit?: number
      after?: string | number
      status?: 'requested' | 'computed' | 'published' | 'failed'
      ifNoneMatch?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof roundAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** A round with its findings, replies and decisions: `GET /v1/fee-assessments/{id}` */
  readAssessment: {
    input: {
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof assessmentAnswer>>
  }
  /** The report of a round exactly as it was computed: `GET /v1/fee-assessments/{id}/report` */
  readAssessmentReport: {
    input: {
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof assessmentReport>>
  }
  /** The findings of a round as CSV: `GET /v1/fee-assessments/{id}/findings.csv` */
  exportFindings: {
    input: {
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, string>
  }
  /** A chart of a round: levels, prices, prices-{kind}, compliance-cost: `GET /v1/fee-assessments/{id}/charts/{file}` */
  drawAssessment: {
    input: {
      id: string
      file: string
      language?: 'en' | 'zh'
      ifNoneMatch?: string
    }
    answer: Answer<200, string>
  }
  /** One finding: `GET /v1/fee-assessments/{id}/findings/{number}` */
  readFinding: {
    input: {
      id: string
      number: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof assessedFinding>>
  }
  /** Reply to a finding about oneself: `PUT /v1/fee-assessments/{id}/findings/{number}/reply` */
  replyToFinding: {
    input: {
      id: string
      number: string
      body: z.input<typeof replyRequest>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof assessedFinding>>
  }
  /** Decide a finding: `PUT /v1/fee-assessments/{id}/findings/{number}/decision` */
  decideFinding: {
    input: {
      id: string
      number: string
      body: z.input<typeof decisionRequest>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof assessedFinding>>
  }
  /** Publish a round with its replies and decisions: `POST /v1/fee-assessments/{id}/publication` */
  publishAssessment: {
    input: {
      id: string
      idempotencyKey?: string
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof roundAnswer>>
  }
  /** Have a failed round computed again: `POST /v1/fee-assessments/{id}/computations` */
  computeAssessmentAgain: {
    input: {
      id: string
      idempotencyKey?: string
    }
    answer: Answer<202, z.output<typeof roundAnswer>>
  }
}

/** Fee assessment: how each is asked. */
export const feeAssessment = {
  askForAssessment: {
    method: 'POST',
    path: '/v1/fee-assessments',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  listAssessments: {
    method: 'GET',
    path: '/v1/fee-assessments',
    query: ['limit', 'after', 'status'],
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readAssessment: {
    method: 'GET',
    path: '/v1/fee-assessments/{id}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readAssessmentReport: {
    method: 'GET',
    path: '/v1/fee-assessments/{id}/report',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  exportFindings: {
    method: 'GET',
    path: '/v1/fee-assessments/{id}/findings.csv',
    headers: ['If-None-Match'],
    accepts: 'text/csv',
  },
  drawAssessment: {
    method: 'GET',
    path: '/v1/fee-assessments/{id}/charts/{file}',
    query: ['language'],
    headers: ['If-None-Match'],
    accepts: 'image/svg+xml',
  },
  readFinding: {
    method: 'GET',
    path: '/v1/fee-assessments/{id}/findings/{number}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  replyToFinding: {
    method: 'PUT',
    path: '/v1/fee-assessments/{id}/findings/{number}/reply',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  decideFinding: {
    method: 'PUT',
    path: '/v1/fee-assessments/{id}/findings/{number}/decision',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  publishAssessment: {
    method: 'POST',
    path: '/v1/fee-assessments/{id}/publication',
    headers: ['Idempotency-Key', 'If-Match'],
    accepts: 'application/json',
  },
  computeAssessmentAgain: {
    method: 'POST',
    path: '/v1/fee-assessments/{id}/computations',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof FeeAssessmentOperations, Operation>
