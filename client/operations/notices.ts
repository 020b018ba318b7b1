// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  endpointAnswer,
  endpointChange,
  endpointRequest,
  feedAnswer,
  madeEndpointAnswer,
  noticeAnswer,
  pingAnswer,
  redeliveryAnswer,
  redeliveryRequest,
  rotationAnswer,
} from '../../schemas/notices.ts'
import type { Answer, Operation } from '../operation.ts'

/** Notices: what goes in and what comes back. */
export interface NoticesOperations {
  /** All events, in an order that skips none: `GET /v1/events` */
  readFeed: {
    input: {
      limit?: number
      after?: string | number
      type?: string
      /** How long the gateway may wait for more to say: `Prefer: wait`. */
      waitSeconds?: number
    }
    answer: Answer<200, z.output<typeof feedAnswer>>
  }
  /** Make a webhook endpoint 接收地址: `POST /v1/webhook-endpoints` */
  makeEndpoint: {
    input: {
      body: z.input<typeof endpointRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof madeEndpointAnswer>>
  }
  /** Webhook endpoints: `GET /v1/webhook-endpoints` */
  listEndpoints: {
    input: {}
    answer: Answer<200, { data: Array<z.output<typeof endpointAnswer>>; hasMore: boolean }>
  }
  /** One webhook endpoint: `GET /v1/webhook-endpoints/{id}` */
  readEndpoint: {
    input: {
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof endpointAnswer>>
  }
  /** Change, disable or enable a webhook endpoint: `PATCH /v1/webhook-endpoints/{id}` */
  changeEndpoint: {
    input: {
      id: string
      body: z.input<typeof endpointChange>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof endpointAnswer>>
  }
  /** Take a webhook endpoint away, with its log: `DELETE /v1/webhook-endpoints/{id}` */
  deleteEndpoint: {
    input: {
      id: string
      ifMatch: string
    }
    answer: Answer<204, undefined>
  }
  /** A new secret: `POST /v1/webhook-endpoints/{id}/secret-rotations` */
  rotateSecret: {
    input: {
      id: string
    }
    answer: Answer<201, z.output<typeof rotationAnswer>>
  }
  /** Send a test event: `POST /v1/webhook-endpoints/{id}/pings` */
  ping: {
    input: {
      id: string
    }
    answer: Answer<202, z.output<typeof pingAnswer>>
  }
  /** The delivery log, newest first: `GET /v1/webhook-endpoints/{id}/deliveries` */
  listNotices: {
    input: {
      id: string
      limit?: number
      after?: string | number
      status?: 'waiting' | 'delivered' | 'exhausted' | 'dropped'
      eventId?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof noticeAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Send an event again, or those of a time range: `POST /v1/webhook-endpoints/{id}/redeliveries` */
  redeliver: {
    input: {
      id: string
      body: z.input<typeof redeliveryRequest>
    }
    answer: Answer<202, z.output<typeof redeliveryAnswer>>
  }
}

/** Notices: how each is asked. */
export const notices = {
  readFeed: {
    method: 'GET',
    path: '/v1/events',
    query: ['limit', 'after', 'type'],
    headers: ['Prefer'],
    accepts: 'application/json',
  },
  makeEndpoint: {
    method: 'POST',
    path: '/v1/webhook-endpoints',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  listEndpoints: { method: 'GET', path: '/v1/webhook-endpoints', accepts: 'application/json' },
  readEndpoint: {
    method: 'GET',
    path: '/v1/webhook-endpoints/{id}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  changeEndpoint: {
    method: 'PATCH',
    path: '/v1/webhook-endpoints/{id}',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  deleteEndpoint: { method: 'DELETE', path: '/v1/webhook-endpoints/{id}', headers: ['If-Match'] },
  rotateSecret: { method: 'POST', path: '/v1/webhook-endpoints/{id}/secret-rotations', accepts: 'application/json' },
  ping: { method: 'POST', path: '/v1/webhook-endpoints/{id}/pings', accepts: 'application/json' },
  listNotices: {
    method: 'GET',
    path: '/v1/webhook-endpoints/{id}/deliveries',
    query: ['limit', 'after', 'status', 'eventId'],
    accepts: 'application/json',
  },
  redeliver: { method: 'POST', path: '/v1/webhook-endpoints/{id}/redeliveries', accepts: 'application/json' },
} as const satisfies Record<keyof NoticesOperations, Operation>
