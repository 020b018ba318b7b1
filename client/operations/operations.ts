// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { messageAnswer } from '../../schemas/answers.ts'
import type {
  laneAnswer,
  laneRequest,
  orphanAnswer,
  replayAnswer,
  replayRequest,
  replayShownAnswer,
  stuckAnswer,
} from '../../schemas/operations.ts'
import type { Answer, Operation } from '../operation.ts'

/** Operations: what goes in and what comes back. */
export interface OperationsOperations {
  /** What is stuck and why, oldest first: `GET /v1/operations/stuck` */
  listStuck: {
    input: {
      limit?: number
      after?: string | number
      agency?: string
      cause?:
        | 'undelivered'
        | 'exhausted'
        | 'unknown'
        | 'stopped'
        | 'breaker-open'
        | 'trouble'
        | 'silent'
        | 'orphan'
        | 'unintelligible'
        | 'mailbox'
        | 'note'
        | 'unanswered'
        | 'certificate'
    }
    answer: Answer<200, { data: Array<z.output<typeof stuckAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Receipts of filings nobody knows, oldest first: `GET /v1/operations/receipts` */
  listOrphans: {
    input: {
      limit?: number
      after?: string | number
      agency?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof orphanAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Documents that could not be understood and belong to no filing, oldest first: `GET /v1/operations/messages` */
  listStrays: {
    input: {
      limit?: number
      after?: string | number
      agency?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof messageAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** A message by its number, byte for byte: `GET /v1/operations/messages/{messageId}` */
  readMessage: {
    input: {
      messageId: string
    }
    answer: Answer<200, z.output<typeof messageAnswer>>
  }
  /** What waits for each agency, and how its lane stands: `GET /v1/operations/lanes` */
  listLanes: {
    input: {}
    answer: Answer<200, { data: Array<z.output<typeof laneAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Stop a lane by hand, or resume it 人工开合: `PUT /v1/operations/lanes/{agency}` */
  orderLane: {
    input: {
      agency: string
      body: z.input<typeof laneRequest>
    }
    answer: Answer<200, z.output<typeof laneAnswer>>
  }
  /** Send filings again 重发, from the stored bytes or encoded anew: `POST /v1/operations/replays` */
  replayFilings: {
    input: {
      body: z.input<typeof replayRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof replayAnswer>> | Answer<200, z.output<typeof replayShownAnswer>>
  }
  /** A replay, and what became of each filing: `GET /v1/operations/replays/{replayId}` */
  readReplay: {
    input: {
      replayId: string
    }
    answer: Answer<200, z.output<typeof replayAnswer>>
  }
}

/** Operations: how each is asked. */
export const operations = {
  listStuck: {
    method: 'GET',
    path: '/v1/operations/stuck',
    query: ['limit', 'after', 'agency', 'cause'],
    accepts: 'application/json',
  },
  listOrphans: {
    method: 'GET',
    path: '/v1/operations/receipts',
    query: ['limit', 'after', 'agency'],
    accepts: 'application/json',
  },
  listStrays: {
    method: 'GET',
    path: '/v1/operations/messages',
    query: ['limit', 'after', 'agency'],
    accepts: 'application/json',
  },
  readMessage: { method: 'GET', path: '/v1/operations/messages/{messageId}', accepts: 'application/json' },
  listLanes: { method: 'GET', path: '/v1/operations/lanes', accepts: 'application/json' },
  orderLane: { method: 'PUT', path: '/v1/operations/lanes/{agency}', accepts: 'application/json' },
  replayFilings: {
    method: 'POST',
    path: '/v1/operations/replays',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  readReplay: { method: 'GET', path: '/v1/operations/replays/{replayId}', accepts: 'application/json' },
} as const satisfies Record<keyof OperationsOperations, Operation>
