// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.

import type { Answer, Operation } from '../operation.ts'

/** Reference data: what goes in and what comes back. */
export interface ReferenceDataOperations {
  /** The code lists: `GET /v1/codes` */
  listCodeLists: {
    input: {}
    answer: Answer<200, unknown>
  }
  /** Search a code list by code or name: `GET /v1/codes/{list}` */
  searchCodes: {
    input: {
      list: string
      limit?: number
      after?: string | number
      q?: string
    }
    answer: Answer<200, unknown>
  }
  /** A whole code list as CSV: `GET /v1/codes/{list}/export.csv` */
  exportCodes: {
    input: {
      list: string
    }
    answer: Answer<200, string>
  }
  /** One code: `GET /v1/codes/{list}/{code}` */
  readCode: {
    input: {
      list: string
      code: string
    }
    answer: Answer<200, unknown>
  }
}

/** Reference data: how each is asked. */
export const referenceData = {
  listCodeLists: { method: 'GET', path: '/v1/codes' },
  searchCodes: { method: 'GET', path: '/v1/codes/{list}', query: ['limit', 'after', 'q'] },
  exportCodes: { method: 'GET', path: '/v1/codes/{list}/export.csv', accepts: 'text/csv' },
  readCode: { method: 'GET', path: '/v1/codes/{list}/{code}' },
} as const satisfies Record<keyof ReferenceDataOperations, Operation>
