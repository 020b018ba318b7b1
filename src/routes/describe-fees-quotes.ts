import { quote, quoteRequest } from '../../schemas/fees/quote.ts'
import { limits } from '../limits.ts'
import type { Operation } from './describe.ts'
import { reading, sending } from './describe-problems.ts'
import { portFeesQuery } from './queries-fees-quotes.ts'

/** Operations that work out port fees. */
export const quoteOperations = {
  quoteFees: {
    summary: 'What a shipment costs at its port by the published list 费用测算',
    tag: 'Port fees',
    description: `Every fee that is valid at the port on the day: what falls, with the rate, the quantity and the arithmetic; what falls only when it is asked for or something happens; what does not fall, and why. What is not told is not guessed: the line then says what is missing, and its amount lies between \`least\` and \`most\`. Of payees who do the same one is paid: name those you deal with in \`payees\`. Needs no key and creates nothing; with \`declarationId\` it takes the trader’s key, and the shipment is read from the declaration. An address may ask ${limits.publicPerWindow} times a minute (\`RateLimit\`).`,
    body: quoteRequest,
    answer: { status: 200, description: 'The quote', schema: quote },
    problems: ['body-invalid', ...sending, ...reading],
    public: true,
  },
  readPortFees: {
    summary: 'Port fees of a declaration, by the published list',
    tag: 'Declarations',
    description:
      'As the quote for what the declaration says of its shipment; what it does not say stands under `uncertain`. 404 where no list holds on the day, or the port is not in it. Not part of the declaration itself: it changes with the list and the day, the declaration’s ETag does not.',
    query: portFeesQuery,
    answer: { status: 200, description: 'The quote', schema: quote },
    problems: ['invalid-parameter', ...reading],
  },
} as const satisfies Record<string, Operation>
