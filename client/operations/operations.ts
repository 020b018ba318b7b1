// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { messageAnswer } from '../../schemas/answers.ts'
import type {
  laneAnswer,
  laneRequest,
  matchedAnswer,
  operationsAnswer,
  orphanAnswer,
  replayAnswer,
  replayRequest,
  replayShownAnswer,
  replayStandingAnswer,
  replaySummaryAnswer,
  stuckAnswer,
  stuckCountAnswer,
} from '../../schemas/operations.ts'
import type { Answer, Operation } from '../operation.ts'

/** Operations: what goes in and what comes back. */
export interface OperationsOperations {
  /** How the window runs, and what waits for an administrator today: `GET /v1/operations` */
  readOperations: {
    input: {}
    answer: Answer<200, z.output<typeof operationsAnswer>>
  }
  /** How much is stuck, by cause and agency: `GET /v1/operations/stuck/counts` */
  countStuck: {
    input: {}
    answer: Answer<200, { data: Array<z.output<typeof stuckCountAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
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
  /** Look again for the filings of receipts nobody knew: `POST /v1/operations/receipts/matches` */
  matchOrphans: {
    input: {}
    answer: Answer<200, z.output<typeof matchedAnswer>>
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
  /** Replays that were confirmed, newest first: `GET /v1/operations/replays` */
  listReplays: {
    input: {
      limit?: number
      after?: string | number
    }
    answer: Answer<200, { data: Array<z.output<typeof replaySummaryAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** How each filing of a replay stands by now: `GET /v1/operations/replays/{replayId}/standing` */
  readReplayStanding: {
    input: {
      replayId: string
    }
    answer: Answer<200, { data: Array<z.output<typeof replayStandingAnswer>>; hasMore: boolean; nextCursor?: string }>
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
  readOperations: { method: 'GET', path: '/v1/operations', accepts: 'application/json' },
  countStuck: { method: 'GET', path: '/v1/operations/stuck/counts', accepts: 'application/json' },
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
  matchOrphans: { method: 'POST', path: '/v1/operations/receipts/matches', accepts: 'application/json' },
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
  listReplays: {
    method: 'GET',
    path: '/v1/operations/replays',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  readReplayStanding: {
    method: 'GET',
    path: '/v1/operations/replays/{replayId}/standing',
    accepts: 'application/json',
  },
  readReplay: { method: 'GET', path: '/v1/operations/replays/{replayId}', accepts: 'application/json' },
} as const satisfies Record<keyof OperationsOperations, Operation>
