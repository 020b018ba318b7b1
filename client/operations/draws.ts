// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  drawAnswer,
  lotAnswer,
  publicLotAnswer,
  resultAnswer,
  resultRequest,
  rosterAnswer,
  rosterRequest,
  selectionAnswer,
} from '../../schemas/draw.ts'
import type { Answer, Operation } from '../operation.ts'

/** Draws: what goes in and what comes back. */
export interface DrawsOperations {
  /** The lots of a declaration: how they came out once the day is over: `GET /v1/declarations/{id}/draws` */
  readDeclarationDraws: {
    input: {
      id: string
    }
    answer: Answer<200, { data: Array<z.output<typeof lotAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Draws of declarations and officers by lot 双随机抽查, newest first: `GET /v1/draws` */
  listDraws: {
    input: {
      limit?: number
      after?: string | number
      agency?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof drawAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** How a published draw is checked 核验说明: `GET /v1/draws/verify` */
  readDrawManual: {
    input: {}
    answer: Answer<200, string>
  }
  /** The officers an agency draws from: for itself: `GET /v1/draws/{agency}/officers` */
  readOfficers: {
    input: {
      agency: string
    }
    answer: Answer<200, z.output<typeof rosterAnswer>>
  }
  /** Change the officers an agency draws from 执法检查人员名录: `PUT /v1/draws/{agency}/officers` */
  changeOfficers: {
    input: {
      agency: string
      body: z.input<typeof rosterRequest>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof rosterAnswer>>
  }
  /** One draw: its commitment, how many lots it has, its closing, its seed when it is told: `GET /v1/draws/{agency}/{day}` */
  readDraw: {
    input: {
      agency: string
      day: string
    }
    answer: Answer<200, z.output<typeof drawAnswer>>
  }
  /** A draw as a file that anybody can recompute 抽查公示文件: `GET /v1/draws/{agency}/{day}/file` */
  readDrawFile: {
    input: {
      agency: string
      day: string
    }
    answer: Answer<200, string>
  }
  /** The lots of a draw, page by page: `GET /v1/draws/{agency}/{day}/lots` */
  listLots: {
    input: {
      agency: string
      day: string
      limit?: number
      after?: string | number
      only?: 'selected'
    }
    answer: Answer<200, { data: Array<z.output<typeof publicLotAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Declarations that were selected, with their officers: for the agency, at once: `GET /v1/draws/{agency}/{day}/selections` */
  listSelections: {
    input: {
      agency: string
      day: string
      limit?: number
      after?: string | number
    }
    answer: Answer<200, { data: Array<z.output<typeof selectionAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Tell what an inspection found 查验结果, or correct it: `POST /v1/draws/{agency}/{day}/results` */
  giveDrawResult: {
    input: {
      agency: string
      day: string
      body: z.input<typeof resultRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof resultAnswer>>
  }
}

/** Draws: how each is asked. */
export const draws = {
  readDeclarationDraws: { method: 'GET', path: '/v1/declarations/{id}/draws', accepts: 'application/json' },
  listDraws: { method: 'GET', path: '/v1/draws', query: ['limit', 'after', 'agency'], accepts: 'application/json' },
  readDrawManual: { method: 'GET', path: '/v1/draws/verify', accepts: 'text/markdown' },
  readOfficers: { method: 'GET', path: '/v1/draws/{agency}/officers', accepts: 'application/json' },
  changeOfficers: {
    method: 'PUT',
    path: '/v1/draws/{agency}/officers',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  readDraw: { method: 'GET', path: '/v1/draws/{agency}/{day}', accepts: 'application/json' },
  readDrawFile: { method: 'GET', path: '/v1/draws/{agency}/{day}/file', accepts: 'application/x-ndjson' },
  listLots: {
    method: 'GET',
    path: '/v1/draws/{agency}/{day}/lots',
    query: ['limit', 'after', 'only'],
    accepts: 'application/json',
  },
  listSelections: {
    method: 'GET',
    path: '/v1/draws/{agency}/{day}/selections',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  giveDrawResult: {
    method: 'POST',
    path: '/v1/draws/{agency}/{day}/results',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof DrawsOperations, Operation>
