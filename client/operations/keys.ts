// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { keyAnswer, keyReadAnswer, keyRequest, madeKeyAnswer } from '../../schemas/keys.ts'
import type { Answer, Operation } from '../operation.ts'

/** Keys: what goes in and what comes back. */
export interface KeysOperations {
  /** Keys 接口密钥, newest first: `GET /v1/keys` */
  listKeys: {
    input: {
      limit?: number
      after?: string | number
      role?: 'trader' | 'agency' | 'admin' | 'integrator' | 'payee' | 'carrier' | 'bank'
      tenant?: string
      agency?: string
      state?: 'active' | 'ended'
    }
    answer: Answer<200, { data: Array<z.output<typeof keyAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Make a key: `POST /v1/keys` */
  makeKey: {
    input: {
      body: z.input<typeof keyRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof madeKeyAnswer>>
  }
  /** One key, and what was done with it: `GET /v1/keys/{id}` */
  readKey: {
    input: {
      id: string
    }
    answer: Answer<200, z.output<typeof keyReadAnswer>>
  }
  /** Revoke a key 吊销: `DELETE /v1/keys/{id}` */
  revokeKey: {
    input: {
      id: string
    }
    answer: Answer<204, undefined>
  }
  /** Put a new key in the place of another 轮换: `POST /v1/keys/{id}/replacements` */
  replaceKey: {
    input: {
      id: string
      body: { /** how long the old key still opens everything */ overlapHours?: number }
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof madeKeyAnswer>>
  }
}

/** Keys: how each is asked. */
export const keys = {
  listKeys: {
    method: 'GET',
    path: '/v1/keys',
    query: ['limit', 'after', 'role', 'tenant', 'agency', 'state'],
    accepts: 'application/json',
  },
  makeKey: { method: 'POST', path: '/v1/keys', headers: ['Idempotency-Key'], accepts: 'application/json' },
  readKey: { method: 'GET', path: '/v1/keys/{id}', accepts: 'application/json' },
  revokeKey: { method: 'DELETE', path: '/v1/keys/{id}' },
  replaceKey: {
    method: 'POST',
    path: '/v1/keys/{id}/replacements',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof KeysOperations, Operation>
