import * as z from 'zod'
import type { CertificateFacts } from '../../../schemas/certificates.ts'
import type { Reply } from '../../adapter.ts'
import type { Said } from '../../issuer.ts'
import { readJson } from '../../json.ts'
import { rowOf } from '../../tables.ts'
import { reasons, states } from './codes.ts'

const report = z.object({
  clientCode: z.string(),
  bodyCode: z.string(),
  direction: z.enum(['import', 'export', 'both']),
  goods: z.array(z.string()),
  origins: z.array(z.string()),
  offices: z.array(z.string()),
  issuedOn: z.string(),
  validUntil: z.string(),
  batch: z.object({ amount: z.string(), unit: z.string() }).optional(),
  worth: z.object({ amount: z.string(), currency: z.string() }).optional(),
  adoptions: z.int().optional(),
})
const answer = z.object({
  outcome: z.string(),
  message: z.string(),
  reasons: z.array(z.object({ reason: z.string(), goods: z.int().optional(), message: z.string() })).default([]),
  adoption: z.object({ state: z.string(), registerNumber: z.string().optional() }).optional(),
  report: report.optional(),
})

const verdicts: { readonly [outcome: string]: Said['verdict'] } = {
  ACCEPTED: 'yes',
  REJECTED: 'no',
  NO_ADOPTION: 'not-here',
}

/** The answer of the platform 应答. @throws {Unintelligible} not its document */
export function decode({ body }: Reply): Said {
  const said = readJson(body, answer)
  const verdict = rowOf(verdicts, said.outcome) ?? 'unrecognised'
  const objections = said.reasons.flatMap(({ reason, goods, message }) => {
    const code = rowOf(reasons, reason)
    return code === undefined
      ? []
      : [{ code, theirCode: reason, words: message, ...(goods === undefined ? {} : { line: goods }) }]
  })
  const state = said.adoption && rowOf(states, said.adoption.state)
  const reference = said.adoption?.registerNumber
  return {
    // Refused for reasons nobody has told us of alone: not an explicit no.
    verdict: verdict === 'no' && objections.length === 0 ? 'unrecognised' : verdict,
    code: said.reasons[0]?.reason ?? said.outcome,
    text: said.message,
    objections,
    ...(state === undefined ? {} : { state }),
    ...(reference === undefined ? {} : { reference }),
    ...(said.report === undefined ? {} : { certificate: factsOf(said.report) }),
  }
}

const factsOf = (told: z.infer<typeof report>): CertificateFacts => ({
  holder: told.clientCode,
  direction: told.direction,
  hsPrefixes: told.goods,
  origins: told.origins,
  offices: told.offices,
  validFrom: told.issuedOn,
  validTo: told.validUntil,
  issuedBy: told.bodyCode,
  ...(told.batch === undefined ? {} : { quantity: { value: told.batch.amount, unitCode: told.batch.unit } }),
  ...(told.worth === undefined ? {} : { value: told.worth }),
  ...(told.adoptions === undefined ? {} : { uses: told.adoptions }),
})
