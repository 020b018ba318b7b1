// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { demonstrationAnswer, demonstrationRequest, demonstrationsAnswer } from '../../schemas/demonstration.ts'
import type { Answer, Operation } from '../operation.ts'

/** Demonstrations: what goes in and what comes back. */
export interface DemonstrationsOperations {
  /** Samples anybody may hand in to see what becomes of them: `GET /v1/demonstrations` */
  listDemonstrations: {
    input: {}
    answer: Answer<200, z.output<typeof demonstrationsAnswer>>
  }
  /** Hand in a sample as a firm invented for you 一键体验: `POST /v1/demonstrations` */
  beginDemonstration: {
    input: {
      body: z.input<typeof demonstrationRequest>
    }
    answer: Answer<201, z.output<typeof demonstrationAnswer>>
  }
}

/** Demonstrations: how each is asked. */
export const demonstrations = {
  listDemonstrations: { method: 'GET', path: '/v1/demonstrations', accepts: 'application/json' },
  beginDemonstration: { method: 'POST', path: '/v1/demonstrations', accepts: 'application/json' },
} as const satisfies Record<keyof DemonstrationsOperations, Operation>
