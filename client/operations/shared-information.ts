// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  readsAnswer,
  sharedDeclarationAnswer,
  sharedDeclarationsAnswer,
  sharedPurposesAnswer,
  subscriptionAnswer,
  subscriptionRequest,
  subscriptionsAnswer,
} from '../../schemas/sharing/answers.ts'
import type { Answer, Operation } from '../operation.ts'

/** Shared information: what goes in and what comes back. */
export interface SharedInformationOperations {
  /** The purposes an agency may read for, each with what it may see: `GET /v1/shared/purposes` */
  listSharedPurposes: {
    input: {}
    answer: Answer<200, z.output<typeof sharedPurposesAnswer>>
  }
  /** Search declarations as an agency, for a purpose: `GET /v1/shared/declarations` */
  searchShared: {
    input: {
      limit?: number
      after?: string | number
      purpose?: string
      case?: string
      container?: string
      conveyance?: string
      firm?: string
      reference?: string
      transportDocument?: string
      voyage?: string
    }
    answer: Answer<200, z.output<typeof sharedDeclarationsAnswer>>
  }
  /** Read a declaration as an agency, for a purpose: `GET /v1/shared/declarations/{id}` */
  readShared: {
    input: {
      id: string
      purpose?: string
      case?: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof sharedDeclarationAnswer>>
  }
  /** Subscribe to changes of what an agency may see 订阅: `POST /v1/shared/subscriptions` */
  subscribeShared: {
    input: {
      body: z.input<typeof subscriptionRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof subscriptionAnswer>>
  }
  /** The agency’s subscriptions, the newest first: `GET /v1/shared/subscriptions` */
  listSharedSubscriptions: {
    input: {
      limit?: number
      after?: string | number
    }
    answer: Answer<200, z.output<typeof subscriptionsAnswer>>
  }
  /** One subscription: `GET /v1/shared/subscriptions/{id}` */
  readSharedSubscription: {
    input: {
      id: string
    }
    answer: Answer<200, z.output<typeof subscriptionAnswer>>
  }
  /** End a subscription: `DELETE /v1/shared/subscriptions/{id}` */
  endSharedSubscription: {
    input: {
      id: string
    }
    answer: Answer<204, undefined>
  }
  /** Who read of a declaration, what, when and why, the newest first: `GET /v1/declarations/{id}/reads` */
  listReads: {
    input: {
      id: string
      limit?: number
      after?: string | number
    }
    answer: Answer<200, z.output<typeof readsAnswer>>
  }
}

/** Shared information: how each is asked. */
export const sharedInformation = {
  listSharedPurposes: { method: 'GET', path: '/v1/shared/purposes', accepts: 'application/json' },
  searchShared: {
    method: 'GET',
    path: '/v1/shared/declarations',
    query: [
      'limit',
      'after',
      'purpose',
      'case',
      'container',
      'conveyance',
      'firm',
      'reference',
      'transportDocument',
      'voyage',
    ],
    accepts: 'application/json',
  },
  readShared: {
    method: 'GET',
    path: '/v1/shared/declarations/{id}',
    query: ['purpose', 'case'],
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  subscribeShared: {
    method: 'POST',
    path: '/v1/shared/subscriptions',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  listSharedSubscriptions: {
    method: 'GET',
    path: '/v1/shared/subscriptions',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  readSharedSubscription: { method: 'GET', path: '/v1/shared/subscriptions/{id}', accepts: 'application/json' },
  endSharedSubscription: { method: 'DELETE', path: '/v1/shared/subscriptions/{id}' },
  listReads: {
    method: 'GET',
    path: '/v1/declarations/{id}/reads',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof SharedInformationOperations, Operation>
