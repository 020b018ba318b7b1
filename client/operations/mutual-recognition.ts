// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  recognitionAnswer,
  recognitionRequest,
  revocationRequest,
  savingsAnswer,
} from '../../schemas/recognition.ts'
import type { Answer, Operation } from '../operation.ts'

/** Mutual recognition: what goes in and what comes back. */
export interface MutualRecognitionOperations {
  /** Results that stand in for others’ checks, newest first: `GET /v1/recognitions` */
  listRecognitions: {
    input: {
      limit?: number
      after?: string | number
      declarationId?: string
      category?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof recognitionAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Record a result others may recognise 登记互认结果: `POST /v1/recognitions` */
  recordRecognition: {
    input: {
      body: z.input<typeof recognitionRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof recognitionAnswer>>
  }
  /** Checks that were not made a second time: `GET /v1/recognitions/savings` */
  readSavings: {
    input: {}
    answer: Answer<200, z.output<typeof savingsAnswer>>
  }
  /** One result: `GET /v1/recognitions/{recognitionId}` */
  readRecognition: {
    input: {
      recognitionId: string
    }
    answer: Answer<200, z.output<typeof recognitionAnswer>>
  }
  /** Revoke a result 撤销互认: it stands in for nothing any more: `POST /v1/recognitions/{recognitionId}/revocation` */
  revokeRecognition: {
    input: {
      recognitionId: string
      body: z.input<typeof revocationRequest>
    }
    answer: Answer<200, z.output<typeof recognitionAnswer>>
  }
}

/** Mutual recognition: how each is asked. */
export const mutualRecognition = {
  listRecognitions: {
    method: 'GET',
    path: '/v1/recognitions',
    query: ['limit', 'after', 'declarationId', 'category'],
    accepts: 'application/json',
  },
  recordRecognition: {
    method: 'POST',
    path: '/v1/recognitions',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  readSavings: { method: 'GET', path: '/v1/recognitions/savings', accepts: 'application/json' },
  readRecognition: { method: 'GET', path: '/v1/recognitions/{recognitionId}', accepts: 'application/json' },
  revokeRecognition: {
    method: 'POST',
    path: '/v1/recognitions/{recognitionId}/revocation',
    accepts: 'application/json',
  },
} as const satisfies Record<keyof MutualRecognitionOperations, Operation>
