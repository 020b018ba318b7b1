// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { sealAnswer, trailAnswer, verificationAnswer, verificationRequest } from '../../schemas/audit.ts'
import type { Answer, Operation } from '../operation.ts'

/** Audit: what goes in and what comes back. */
export interface AuditOperations {
  /** Seals of days 日封, newest first: `GET /v1/operations/audit/seals` */
  listSeals: {
    input: {
      limit?: number
      after?: string | number
    }
    answer: Answer<200, { data: Array<z.output<typeof sealAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** The trail of a declaration: its events with their hashes, and the days it is sealed with: `GET /v1/operations/audit/declarations/{id}` */
  readTrail: {
    input: {
      id: string
      limit?: number
      after?: string | number
    }
    answer: Answer<200, z.output<typeof trailAnswer>>
  }
  /** Check what was kept 审计验证: chains, everything they bind, proofs, seals: `POST /v1/operations/audit/verifications` */
  askForVerification: {
    input: {
      body: z.input<typeof verificationRequest>
    }
    answer: Answer<202, z.output<typeof verificationAnswer>> | Answer<201, z.output<typeof verificationAnswer>>
  }
  /** Checks that were asked for, newest first: `GET /v1/operations/audit/verifications` */
  listVerifications: {
    input: {
      limit?: number
      after?: string | number
    }
    answer: Answer<200, { data: Array<z.output<typeof verificationAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** A check, how far it is and what it found: the first broken link, if there is one: `GET /v1/operations/audit/verifications/{verificationId}` */
  readVerification: {
    input: {
      verificationId: string
    }
    answer: Answer<200, z.output<typeof verificationAnswer>>
  }
}

/** Audit: how each is asked. */
export const audit = {
  listSeals: {
    method: 'GET',
    path: '/v1/operations/audit/seals',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  readTrail: {
    method: 'GET',
    path: '/v1/operations/audit/declarations/{id}',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  askForVerification: { method: 'POST', path: '/v1/operations/audit/verifications', accepts: 'application/json' },
  listVerifications: {
    method: 'GET',
    path: '/v1/operations/audit/verifications',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  readVerification: {
    method: 'GET',
    path: '/v1/operations/audit/verifications/{verificationId}',
    accepts: 'application/json',
  },
} as const satisfies Record<keyof AuditOperations, Operation>
