// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { changeAnswer, differencesAnswer, requestedChangeAnswer } from '../../schemas/answers.ts'
import type { amendmentRequest, cancellationRequest } from '../../schemas/requests.ts'
import type { Answer, Operation } from '../operation.ts'

/** Changes: what goes in and what comes back. */
export interface ChangesOperations {
  /** Amend what agencies hold 修改: `POST /v1/declarations/{id}/amendments` */
  requestAmendment: {
    input: {
      id: string
      dryRun?: boolean
      body: z.input<typeof amendmentRequest>
      ifMatch: string
      idempotencyKey?: string
    }
    answer: Answer<202, z.output<typeof requestedChangeAnswer>>
    dryRun: Answer<200, z.output<typeof requestedChangeAnswer>>
  }
  /** Cancel the declaration with every agency that holds a filing 撤销: `POST /v1/declarations/{id}/cancellations` */
  requestCancellation: {
    input: {
      id: string
      dryRun?: boolean
      body: z.input<typeof cancellationRequest>
      ifMatch: string
      idempotencyKey?: string
    }
    answer: Answer<202, z.output<typeof requestedChangeAnswer>>
    dryRun: Answer<200, z.output<typeof requestedChangeAnswer>>
  }
  /** Amendments and cancellations of a declaration, oldest first: `GET /v1/declarations/{id}/changes` */
  listChanges: {
    input: {
      id: string
    }
    answer: Answer<200, { data: Array<z.output<typeof changeAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** A change, and where it stands with each agency: `GET /v1/declarations/{id}/changes/{changeId}` */
  readChange: {
    input: {
      id: string
      changeId: string
    }
    answer: Answer<200, z.output<typeof changeAnswer>>
  }
  /** Take back a change no agency has heard of yet: `DELETE /v1/declarations/{id}/changes/{changeId}` */
  withdrawChange: {
    input: {
      id: string
      changeId: string
    }
    answer: Answer<200, z.output<typeof changeAnswer>>
  }
  /** Field by field what differs between two versions: `GET /v1/declarations/{id}/differences` */
  readDifferences: {
    input: {
      id: string
      from?: number
      to?: number
    }
    answer: Answer<200, z.output<typeof differencesAnswer>>
  }
}

/** Changes: how each is asked. */
export const changes = {
  requestAmendment: {
    method: 'POST',
    path: '/v1/declarations/{id}/amendments',
    query: ['dryRun'],
    headers: ['If-Match', 'Idempotency-Key'],
    accepts: 'application/json',
  },
  requestCancellation: {
    method: 'POST',
    path: '/v1/declarations/{id}/cancellations',
    query: ['dryRun'],
    headers: ['If-Match', 'Idempotency-Key'],
    accepts: 'application/json',
  },
  listChanges: { method: 'GET', path: '/v1/declarations/{id}/changes', accepts: 'application/json' },
  readChange: { method: 'GET', path: '/v1/declarations/{id}/changes/{changeId}', accepts: 'application/json' },
  withdrawChange: { method: 'DELETE', path: '/v1/declarations/{id}/changes/{changeId}', accepts: 'application/json' },
  readDifferences: {
    method: 'GET',
    path: '/v1/declarations/{id}/differences',
    query: ['from', 'to'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof ChangesOperations, Operation>
