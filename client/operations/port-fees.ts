// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { quote, quoteRequest } from '../../schemas/fees/quote.ts'
import type { Answer, Operation } from '../operation.ts'

/** Port fees: what goes in and what comes back. */
export interface PortFeesOperations {
  /** What a shipment costs at its port by the published list 费用测算: `POST /v1/fee-quotes` */
  quoteFees: {
    input: {
      body: z.input<typeof quoteRequest>
    }
    answer: Answer<200, z.output<typeof quote>>
  }
}

/** Port fees: how each is asked. */
export const portFees = {
  quoteFees: { method: 'POST', path: '/v1/fee-quotes', accepts: 'application/json' },
} as const satisfies Record<keyof PortFeesOperations, Operation>
