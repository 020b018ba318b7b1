// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { filingAnswer, filingReadAnswer, requestedFilingAnswer } from '../../schemas/answers.ts'
import type { filingRequest } from '../../schemas/requests.ts'
import type { Answer, Operation } from '../operation.ts'

/** Filings: what goes in and what comes back. */
export interface FilingsOperations {
  /** File something beyond the plan: a second payment, a further or a batch claim, a certificate of origin: `POST /v1/declarations/{id}/filings` */
  requestFiling: {
    input: {
      id: string
      body: z.input<typeof filingRequest>
      idempotencyKey?: string
    }
    answer: Answer<202, z.output<typeof requestedFilingAnswer>>
  }
  /** Every filing of a declaration: `GET /v1/declarations/{id}/filings` */
  listFilings: {
    input: {
      id: string
    }
    answer: Answer<200, { data: Array<z.output<typeof filingAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** One filing: `GET /v1/declarations/{id}/filings/{filingId}` */
  readFiling: {
    input: {
      id: string
      filingId: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof filingReadAnswer>>
  }
  /** Drop a filing that can be asked for again: not sent yet, or asked for and refused: `DELETE /v1/declarations/{id}/filings/{filingId}` */
  dropFiling: {
    input: {
      id: string
      filingId: string
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof filingAnswer>>
  }
  /** Bring the particulars of a filing, until it is first sent: `PUT /v1/declarations/{id}/filings/{filingId}/particulars` */
  bringParticulars: {
    input: {
      id: string
      filingId: string
      body: unknown
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof filingAnswer>>
  }
}

/** Filings: how each is asked. */
export const filings = {
  requestFiling: {
    method: 'POST',
    path: '/v1/declarations/{id}/filings',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  listFilings: { method: 'GET', path: '/v1/declarations/{id}/filings', accepts: 'application/json' },
  readFiling: {
    method: 'GET',
    path: '/v1/declarations/{id}/filings/{filingId}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  dropFiling: {
    method: 'DELETE',
    path: '/v1/declarations/{id}/filings/{filingId}',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  bringParticulars: {
    method: 'PUT',
    path: '/v1/declarations/{id}/filings/{filingId}/particulars',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof FilingsOperations, Operation>
