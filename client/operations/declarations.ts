// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  acceptedAnswer,
  declarationAnswer,
  dryRunAnswer,
  eventAnswer,
  messageAnswer,
} from '../../schemas/answers.ts'
import type { boardLine } from '../../schemas/board.ts'
import type { declaration } from '../../schemas/declaration/index.ts'
import type { quote } from '../../schemas/fees/quote.ts'
import type { Answer, Operation, RawBody } from '../operation.ts'

/** Declarations: what goes in and what comes back. */
export interface DeclarationsOperations {
  /** Hand in a declaration 申报: `POST /v1/declarations` */
  acceptDeclaration: {
    input: {
      dryRun?: boolean
      body: z.input<typeof declaration> | RawBody<'application/xml'>
      idempotencyKey?: string
      /** How long the gateway may wait for more to say: `Prefer: wait`. */
      waitSeconds?: number
    }
    answer: Answer<202, z.output<typeof acceptedAnswer>>
    dryRun: Answer<200, z.output<typeof dryRunAnswer>>
  }
  /** Declarations, newest first: `GET /v1/declarations` */
  listDeclarations: {
    input: {
      limit?: number
      after?: string | number
      direction?: 'import' | 'export'
      functionalReferenceId?: string
      agency?: string
      procedure?: string
      filingStatus?:
        | 'planned'
        | 'awaiting-particulars'
        | 'waiting'
        | 'blocked'
        | 'queued'
        | 'sent'
        | 'acknowledged'
        | 'registered'
        | 'in-review'
        | 'approved'
        | 'closed'
        | 'refused'
        | 'withdrawn'
        | 'reversed'
      reference?: string
      acceptedFrom?: string
      acceptedTo?: string
      q?: string
      needsAction?: 'trader'
    }
    answer: Answer<200, { data: Array<z.output<typeof declarationAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** A declaration with its filings and timeline: `GET /v1/declarations/{id}` */
  readDeclaration: {
    input: {
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof declarationAnswer>>
  }
  /** Correct and hand in again after a refusal: `PUT /v1/declarations/{id}` */
  correctDeclaration: {
    input: {
      id: string
      body: z.input<typeof declaration> | RawBody<'application/xml'>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof declarationAnswer>>
  }
  /** The document of a declaration, canonical or as it came: `GET /v1/declarations/{id}/document` */
  readDocument: {
    input: {
      id: string
      version?: number
      form?: 'canonical' | 'raw'
    }
    answer: Answer<200, z.output<typeof declaration> | string>
  }
  /** Every byte sent and received: `GET /v1/declarations/{id}/messages` */
  listMessages: {
    input: {
      id: string
      limit?: number
      after?: string | number
      filing?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof messageAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Declarations at a glance 申报总览, newest first: `GET /v1/board` */
  readBoard: {
    input: {
      limit?: number
      after?: string | number
      direction?: 'import' | 'export'
      functionalReferenceId?: string
      agency?: string
      procedure?: string
      filingStatus?:
        | 'planned'
        | 'awaiting-particulars'
        | 'waiting'
        | 'blocked'
        | 'queued'
        | 'sent'
        | 'acknowledged'
        | 'registered'
        | 'in-review'
        | 'approved'
        | 'closed'
        | 'refused'
        | 'withdrawn'
        | 'reversed'
      reference?: string
      acceptedFrom?: string
      acceptedTo?: string
      q?: string
      needsAction?: 'trader'
    }
    answer: Answer<200, { data: Array<z.output<typeof boardLine>>; hasMore: boolean; nextCursor?: string }>
  }
  /** The timeline, as a list or as a stream that resumes: `GET /v1/declarations/{id}/events` */
  listEvents: {
    input: {
      id: string
      limit?: number
      after?: string | number
    }
    answer: Answer<200, { data: Array<z.output<typeof eventAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** A declaration with every message and proof, as one file: `GET /v1/declarations/{id}/export` */
  exportDeclaration: {
    input: {
      id: string
    }
    answer: Answer<200, string>
  }
  /** Port fees of a declaration, by the published list: `GET /v1/declarations/{id}/port-fees` */
  readPortFees: {
    input: {
      id: string
      day?: string
    }
    answer: Answer<200, z.output<typeof quote>>
  }
}

/** Declarations: how each is asked. */
export const declarations = {
  acceptDeclaration: {
    method: 'POST',
    path: '/v1/declarations',
    query: ['dryRun'],
    headers: ['Idempotency-Key', 'Prefer'],
    accepts: 'application/json',
  },
  listDeclarations: {
    method: 'GET',
    path: '/v1/declarations',
    query: [
      'limit',
      'after',
      'direction',
      'functionalReferenceId',
      'agency',
      'procedure',
      'filingStatus',
      'reference',
      'acceptedFrom',
      'acceptedTo',
      'q',
      'needsAction',
    ],
    accepts: 'application/json',
  },
  readDeclaration: {
    method: 'GET',
    path: '/v1/declarations/{id}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  correctDeclaration: {
    method: 'PUT',
    path: '/v1/declarations/{id}',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  readDocument: {
    method: 'GET',
    path: '/v1/declarations/{id}/document',
    query: ['version', 'form'],
    accepts: 'application/json',
  },
  listMessages: {
    method: 'GET',
    path: '/v1/declarations/{id}/messages',
    query: ['limit', 'after', 'filing'],
    accepts: 'application/json',
  },
  readBoard: {
    method: 'GET',
    path: '/v1/board',
    query: [
      'limit',
      'after',
      'direction',
      'functionalReferenceId',
      'agency',
      'procedure',
      'filingStatus',
      'reference',
      'acceptedFrom',
      'acceptedTo',
      'q',
      'needsAction',
    ],
    accepts: 'application/json',
  },
  listEvents: {
    method: 'GET',
    path: '/v1/declarations/{id}/events',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  exportDeclaration: { method: 'GET', path: '/v1/declarations/{id}/export', accepts: 'application/x-ndjson' },
  readPortFees: { method: 'GET', path: '/v1/declarations/{id}/port-fees', query: ['day'], accepts: 'application/json' },
} as const satisfies Record<keyof DeclarationsOperations, Operation>
