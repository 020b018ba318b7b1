// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.

import type { Answer, Operation } from '../operation.ts'

/** Agencies: what goes in and what comes back. */
export interface AgenciesOperations {
  /** The agencies and what each does: `GET /v1/agencies` */
  listAgencies: {
    input: {}
    answer: Answer<200, unknown>
  }
  /** JSON Schema of the particulars of a procedure: `GET /v1/agencies/{agency}/procedures/{procedure}/particulars` */
  readParticularsSchema: {
    input: {
      agency: string
      procedure: string
    }
    answer: Answer<200, string>
  }
  /** An agency pushes a document: `POST /v1/agencies/{agency}/receipts` */
  takeReceipt: {
    input: {
      agency: string
      body: unknown
      webhookId?: string
      webhookTimestamp?: string
      webhookSignature?: string
    }
    answer: Answer<202, unknown>
  }
}

/** Agencies: how each is asked. */
export const agencies = {
  listAgencies: { method: 'GET', path: '/v1/agencies' },
  readParticularsSchema: { method: 'GET', path: '/v1/agencies/{agency}/procedures/{procedure}/particulars' },
  takeReceipt: {
    method: 'POST',
    path: '/v1/agencies/{agency}/receipts',
    headers: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  },
} as const satisfies Record<keyof AgenciesOperations, Operation>
