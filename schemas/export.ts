import * as z from 'zod'

/** 32 bytes as base64url without padding; the two bits the last character has too many are none. */
const digest = z.string().regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/)
const instant = z.iso.datetime({ precision: 3 })
const day = z.iso.date()
const count = z.int().min(0)
const text = z.string()

const head = z.strictObject({
  record: z.literal('export'),
  format: z.literal('yuchuang-export-1'),
  declarationId: text,
  events: count.describe('how many events there are'),
  head: digest.describe('hash of the newest event'),
})

/** One thing that happened, with the hash that ties it to the one before. */
const event = z.strictObject({
  record: z.literal('event'),
  number: z.int().min(1),
  type: text,
  filingId: text.nullable(),
  data: text.describe('JSON, as it was hashed'),
  at: instant,
  binds: z
    .array(text)
    .describe('what was kept together with it: kind, key, digest and, where it is not the event’s, instant'),
  hash: digest,
})

const declared = z.strictObject({
  record: z.literal('declaration'),
  tenant: text,
  functionalReferenceId: text,
  direction: text,
  version: count,
  plan: text.describe('JSON'),
  acceptedAt: instant,
})

const version = z.strictObject({
  record: z.literal('version'),
  version: count,
  mediaType: text,
  raw: text.describe('the document as it was handed in'),
  document: text.nullable().describe('canonical JSON; null when it was handed in as that'),
  at: instant,
})

const change = z.strictObject({
  record: z.literal('change'),
  id: text,
  kind: text,
  version: count,
  before: count,
  reason: text,
  plan: text.describe('JSON'),
  outcome: text.nullable(),
  at: instant,
  settledAt: instant.nullable(),
})

const filing = z.strictObject({
  record: z.literal('filing'),
  id: text,
  position: count,
  agency: text,
  procedure: text,
  serial: count,
  occasion: text,
  version: count,
  changeId: text.nullable(),
  changes: text.nullable(),
  covers: z.array(text),
  attempt: count,
  status: text,
  holds: z.array(text),
  pending: text.nullable().describe('JSON'),
  unknown: z.boolean(),
  particulars: text.nullable().describe('JSON'),
  gates: text.optional().describe('JSON; absent where there are none'),
  references: z.array(z.strictObject({ scheme: text, value: text })),
})

const message = z.strictObject({
  record: z.literal('message'),
  filingId: text.nullable(),
  agency: text,
  attempt: count.nullable(),
  kind: text,
  method: text.nullable(),
  path: text.nullable(),
  status: z.int().nullable(),
  contentType: text.nullable(),
  body: text.nullable(),
  bodySha256: digest.nullable().describe('instead of a body that is withheld: it speaks of other traders’ filings too'),
  error: text.nullable(),
  at: instant,
})

const receipt = z.strictObject({
  record: z.literal('receipt'),
  filingId: text,
  agency: text,
  attempt: count.nullable(),
  message: digest.nullable().describe('digest of the message it came with'),
  digest: text,
  at: z.string().nullable().describe('when the agency said it'),
  status: text.nullable(),
  code: text,
  content: text.describe('JSON'),
  receivedAt: instant,
})

/** That a day's seal covers the declaration: an inclusion proof (RFC 9162 §2.1.3). */
const proof = z.strictObject({
  record: z.literal('proof'),
  day,
  position: count,
  head: digest.describe('hash of the newest event of that day'),
  path: z.array(digest),
})

/** The seal of a day (日封): every declaration that changed in it, tied to the seal before. */
const seal = z.strictObject({
  record: z.literal('seal'),
  day,
  count,
  root: digest,
  previous: digest,
  hash: digest,
  at: instant,
  signature: z
    .string()
    .regex(/^[\w-]{85}[AQgw]$/)
    .nullable()
    .describe('Ed25519 over the hash'),
  key: digest.nullable().describe('public key of the signature, raw, base64url'),
})

const end = z.strictObject({
  record: z.literal('end'),
  lines: count.describe('lines before this one'),
  sha256: digest.describe('of all lines before this one'),
})

/** A line of an exported declaration 存证导出: one JSON object each, in this order of kinds. */
export const exportLine = z.discriminatedUnion('record', [
  head,
  event,
  declared,
  version,
  change,
  filing,
  message,
  receipt,
  proof,
  seal,
  end,
])

export type ExportLine = z.infer<typeof exportLine>
export type LineOf<K extends ExportLine['record']> = Extract<ExportLine, { record: K }>
export type EventLine = LineOf<'event'>
export type ProofLine = LineOf<'proof'>
export type SealLine = LineOf<'seal'>
/** A line whose content an event vouches for. */
export type Bindable = LineOf<'declaration' | 'version' | 'change' | 'filing' | 'message' | 'receipt'>
