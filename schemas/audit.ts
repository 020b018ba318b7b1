import * as z from 'zod'

const at = z.iso.datetime({ offset: true })

/** The seal 日封 of a day (UTC): a Merkle root over the heads of all chains that grew in it. */
export const sealAnswer = z.object({
  day: z.string(),
  count: z.int().describe('declarations that changed in it'),
  root: z.string(),
  previous: z.string().describe('hash of the seal before'),
  hash: z.string(),
  at,
  signature: z.string().optional().describe('Ed25519 over the hash, base64url'),
  key: z.string().optional().describe('its public key, raw, base64url'),
})

/** A check of what was kept 审计验证: of everything in the background, of one declaration at once. */
export const verificationRequest = z.strictObject({
  declarationId: z.string().max(30).optional().describe('absent: everything'),
  key: z.string().max(100).optional().describe('the newest seal must be signed with this Ed25519 key (raw, base64url)'),
  seal: z.string().max(100).optional().describe('a seal with this hash, known from elsewhere, must be among them'),
})

/** Where a chain is broken 断链, and what differs. */
const brokenLink = z.object({
  declarationId: z.string().optional(),
  event: z.int().optional(),
  record: z.string().optional().describe('the kind of row that is not as it was bound'),
  day: z.string().optional(),
  what: z.string(),
})

export const verificationAnswer = z.object({
  id: z.string(),
  declarationId: z.string().optional(),
  key: z.string().optional(),
  seal: z.string().optional(),
  status: z
    .enum(['waiting', 'running', 'whole', 'broken', 'failed'])
    .describe('`failed`: it could not be checked, which says nothing of what was kept'),
  checked: z.int().describe('declarations looked at so far'),
  total: z.int().describe('about how many there are'),
  found: z
    .object({
      declarations: z.int(),
      events: z.int(),
      kept: z.int().describe('rows held against what the events bind'),
      proofs: z.int(),
      seals: z.int(),
      newest: z.object({ day: z.string(), hash: z.string(), key: z.string().optional() }).optional(),
      unowned: z.int().describe('messages of no declaration: nothing vouches for them'),
    })
    .optional(),
  broken: brokenLink.optional().describe('the first broken link'),
  error: z.string().optional(),
  by: z.string(),
  requestedAt: at,
  doneAt: at.optional(),
  links: z.object({ self: z.string() }),
})
export type VerificationAnswer = z.infer<typeof verificationAnswer>

/** The trail of one declaration 存证链: its events with their hashes, and the days it is sealed with. */
export const trailAnswer = z.object({
  declarationId: z.string(),
  functionalReferenceId: z.string(),
  events: z.int(),
  head: z.string(),
  proofs: z.array(z.object({ day: z.string(), position: z.int(), head: z.string() })),
  data: z.array(
    z.object({
      number: z.int(),
      type: z.string(),
      filingId: z.string().optional(),
      at,
      hash: z.string(),
      binds: z.int().describe('how many rows it vouches for'),
      sealedOn: z.string().optional().describe('the day whose seal has it as this chain’s last'),
    }),
  ),
  hasMore: z.boolean(),
  nextCursor: z.string().optional(),
})
export type TrailAnswer = z.infer<typeof trailAnswer>
