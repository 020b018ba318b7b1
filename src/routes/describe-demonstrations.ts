import { demonstrationAnswer, demonstrationRequest, demonstrationsAnswer } from '../../schemas/demonstration.ts'
import type { Operation } from './describe.ts'

/** What anybody may try without a key 体验. */
export const demonstrationOperations = {
  listDemonstrations: {
    summary: 'Samples anybody may hand in to see what becomes of them',
    tag: 'Demonstrations',
    description: 'There only where the gateway runs with simulated agencies and a database of its own, or was told to.',
    answer: { status: 200, description: 'All of them', schema: demonstrationsAnswer },
    problems: ['not-found'],
    public: true,
  },
  beginDemonstration: {
    summary: 'Hand in a sample as a firm invented for you 一键体验',
    tag: 'Demonstrations',
    description:
      'Needs no key: the answer brings one, for an hour, of a firm that has nothing but this. With that key a further sample is handed in as the same firm. Each request begins a new one.',
    body: demonstrationRequest,
    answer: { status: 201, description: 'Handed in', schema: demonstrationAnswer },
    problems: ['not-found', 'body-invalid', 'forbidden', 'too-many-requests', 'unavailable'],
    public: true,
  },
} as const satisfies Record<string, Operation>
