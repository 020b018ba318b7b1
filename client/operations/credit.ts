// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  creditAnswer,
  creditRequest,
  firmCreditAnswer,
  publishedCredit,
  schemesAnswer,
} from '../../schemas/credit.ts'
import type { riskAnswer } from '../../schemas/risk.ts'
import type { Answer, Operation } from '../operation.ts'

/** Credit: what goes in and what comes back. */
export interface CreditOperations {
  /** The credit schemes of agencies, and what of them is public: `GET /v1/credit/schemes` */
  listCreditSchemes: {
    input: {}
    answer: Answer<200, z.output<typeof schemesAnswer>>
  }
  /** Firms whose credit level is public 信用公示: `GET /v1/credit/published` */
  listPublishedCredit: {
    input: {
      limit?: number
      after?: string | number
      scheme?: string
      level?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof publishedCredit>>; hasMore: boolean; nextCursor?: string }>
  }
  /** The same as CSV, a page of it: `GET /v1/credit/published.csv` */
  exportPublishedCredit: {
    input: {
      limit?: number
      after?: string | number
      scheme?: string
      level?: string
    }
    answer: Answer<200, string>
  }
  /** A firm’s credit: all of it for the firm itself, an agency’s own scheme for the agency: `GET /v1/credit/{firm}` */
  readFirmCredit: {
    input: {
      firm: string
    }
    answer: Answer<200, z.output<typeof firmCreditAnswer>>
  }
  /** A firm’s credit in one scheme: `GET /v1/credit/{firm}/{scheme}` */
  readFirmCreditScheme: {
    input: {
      firm: string
      scheme: string
    }
    answer: Answer<200, z.output<typeof creditAnswer>>
  }
  /** Give a firm a level 信用等级认定: for the agency the scheme belongs to: `PUT /v1/credit/{firm}/{scheme}` */
  giveCreditLevel: {
    input: {
      firm: string
      scheme: string
      body: z.input<typeof creditRequest>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof creditAnswer>>
  }
  /** How likely each agency is to inspect a declaration 查验概率, and why: `GET /v1/declarations/{id}/risk` */
  readDeclarationRisk: {
    input: {
      id: string
    }
    answer: Answer<200, { data: Array<z.output<typeof riskAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
}

/** Credit: how each is asked. */
export const credit = {
  listCreditSchemes: { method: 'GET', path: '/v1/credit/schemes', accepts: 'application/json' },
  listPublishedCredit: {
    method: 'GET',
    path: '/v1/credit/published',
    query: ['limit', 'after', 'scheme', 'level'],
    accepts: 'application/json',
  },
  exportPublishedCredit: {
    method: 'GET',
    path: '/v1/credit/published.csv',
    query: ['limit', 'after', 'scheme', 'level'],
    accepts: 'text/csv',
  },
  readFirmCredit: { method: 'GET', path: '/v1/credit/{firm}', accepts: 'application/json' },
  readFirmCreditScheme: { method: 'GET', path: '/v1/credit/{firm}/{scheme}', accepts: 'application/json' },
  giveCreditLevel: {
    method: 'PUT',
    path: '/v1/credit/{firm}/{scheme}',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  readDeclarationRisk: { method: 'GET', path: '/v1/declarations/{id}/risk', accepts: 'application/json' },
} as const satisfies Record<keyof CreditOperations, Operation>
