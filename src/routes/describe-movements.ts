import * as z from 'zod'
import { pageOf } from '../../schemas/answers.ts'
import { declarationMovements, movementFact, movementsAnswer, movementsDescribed } from '../../schemas/movement.ts'
import type { Operation } from './describe.ts'
import { calling, reading, sending } from './describe-problems.ts'
import { movementsQuery } from './queries-movements.ts'

const tag = 'Movements and waybills'

/** Operations on events of goods on their way 物流动态. */
export const movementOperations = {
  tellMovements: {
    summary: 'Tell what happened, or is to happen, to goods on their way 报送动态',
    tag,
    description:
      'Events in the shape of DCSA Track and Trace 3, one or up to a hundred, in any order and as often as you like: an event is named by its `eventID` and your key, so no Idempotency-Key is needed. Each is judged by itself. A correction is a new event that names `retractedEventID`, an event of your own; it may come before what it takes back. The answer never says whether anybody’s goods are concerned.',
    body: movementsDescribed,
    answer: { status: 207, description: 'What became of each', schema: movementsAnswer },
    problems: ['body-invalid', ...calling, ...sending],
  },
  listMovements: {
    summary: 'Events of own goods, of one container; for a carrier: what it told itself; the newest first',
    tag,
    query: movementsQuery,
    answer: {
      status: 200,
      description: 'A page',
      schema: pageOf(movementFact.extend({ declarationIds: z.array(z.string()).optional() })),
    },
    problems: ['invalid-parameter', ...calling],
  },
  readWhereabouts: {
    summary: 'Where the goods are, where they come from and go, and what it cost so far 动态可查、去向可溯、成本可控',
    tag,
    description:
      'Planned, estimated and actual times leg by leg, each with who told it and since when it is known; what was taken back is struck out and kept; where publishers disagree all of them stand in `conflicts`. Delays are against the plan, else against what was declared.',
    answer: { status: 200, description: 'As far as it is known', schema: declarationMovements },
    problems: reading,
  },
} as const satisfies Record<string, Operation>
