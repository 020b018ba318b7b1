// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  assistanceAnswer,
  assistanceReply,
  assistanceRequest,
  cancelRequest,
  inspectionResult,
} from '../../schemas/assistance.ts'
import type { Answer, Operation } from '../operation.ts'

/** Assistance: what goes in and what comes back. */
export interface AssistanceOperations {
  /** Requests for assistance, newest first: `GET /v1/assistance` */
  listAssistance: {
    input: {
      limit?: number
      after?: string | number
      declarationId?: string
      side?: 'asked' | 'asking'
      status?: 'open' | 'in-force' | 'answered' | 'declined' | 'cancelled' | 'released' | 'expired'
      escalated?: boolean
    }
    answer: Answer<200, { data: Array<z.output<typeof assistanceAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Ask another agency 发起执法互助: hold, release, verify, inspect together, inform: `POST /v1/assistance` */
  askAssistance: {
    input: {
      body: z.input<typeof assistanceRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof assistanceAnswer>>
  }
  /** One request, for agencies with its log: `GET /v1/assistance/{assistanceId}` */
  readAssistance: {
    input: {
      assistanceId: string
    }
    answer: Answer<200, z.output<typeof assistanceAnswer>>
  }
  /** Answer a request 答复: `POST /v1/assistance/{assistanceId}/answer` */
  answerAssistance: {
    input: {
      assistanceId: string
      body: z.input<typeof assistanceReply>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof assistanceAnswer>>
  }
  /** Report what an inspection together found 联合查验结果: `POST /v1/assistance/{assistanceId}/result` */
  reportInspection: {
    input: {
      assistanceId: string
      body: z.input<typeof inspectionResult>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof assistanceAnswer>>
  }
  /** Take a request back 撤回; a hold ends with it: `POST /v1/assistance/{assistanceId}/cancel` */
  cancelAssistance: {
    input: {
      assistanceId: string
      body: z.input<typeof cancelRequest>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof assistanceAnswer>>
  }
}

/** Assistance: how each is asked. */
export const assistance = {
  listAssistance: {
    method: 'GET',
    path: '/v1/assistance',
    query: ['limit', 'after', 'declarationId', 'side', 'status', 'escalated'],
    accepts: 'application/json',
  },
  askAssistance: { method: 'POST', path: '/v1/assistance', headers: ['Idempotency-Key'], accepts: 'application/json' },
  readAssistance: { method: 'GET', path: '/v1/assistance/{assistanceId}', accepts: 'application/json' },
  answerAssistance: {
    method: 'POST',
    path: '/v1/assistance/{assistanceId}/answer',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  reportInspection: {
    method: 'POST',
    path: '/v1/assistance/{assistanceId}/result',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  cancelAssistance: {
    method: 'POST',
    path: '/v1/assistance/{assistanceId}/cancel',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof AssistanceOperations, Operation>
