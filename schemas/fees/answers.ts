import * as z from 'zod'
import { text } from '../text.ts'
import { entryTypes, fee } from './entries.ts'

const instant = z.iso.datetime({ offset: true })
const day = z.iso.date()

/**
 * Where an edition stands today 版次状态: announced 公示中 (comments are taken), scheduled 待生效, in force 现行, superseded 已被替代 by a later one
 * (before it held, even), withdrawn 已撤回.
 */
const editionStatuses = ['announced', 'scheduled', 'in-force', 'superseded', 'withdrawn'] as const
export type EditionStatus = (typeof editionStatuses)[number]

/** The edition an answer was taken from. */
const editionNamed = z.object({
  number: z.int(),
  title: z.string(),
  validFrom: day,
  digest: z.string(),
  href: z.string(),
})

/** An edition 版次, with the days it held or is to hold. */
export const editionAnswer = editionNamed.extend({
  status: z.enum(editionStatuses),
  reason: z.string(),
  announcedAt: instant,
  noticeUntil: day,
  entries: z.int(),
  previousDigest: z.string().optional(),
  /** The edition it was made from; 0: an empty list. */
  previous: z.int(),
  held: z.array(z.object({ from: day, to: day.optional() })),
  signature: z.string().describe('Ed25519, base64url'),
  signingKey: z.string().describe('public key, base64url; see /v1/fee-editions/keys'),
  withdrawn: z.object({ at: instant, from: day, because: z.string() }).optional(),
  links: z.object({
    self: z.string(),
    document: z.string(),
    differences: z.string(),
    fees: z.string().optional().describe('the fees of the first day it holds'),
  }),
})
export type EditionAnswer = z.infer<typeof editionAnswer>

const named = z.object({ id: z.string(), name: text, href: z.string() })

/** A fee as it is shown 收费项目: names resolved, the price in words. `href` never changes: it leads to the fee in its edition. */
const feeAnswer = z.object({
  ...fee.shape,
  id: z.string(),
  href: z.string(),
  kindName: text,
  payee: named,
  port: named,
  basis: z.array(named.extend({ number: z.string(), article: z.string().optional() })),
  priceText: text,
  unitText: text,
})
export type FeeAnswer = z.infer<typeof feeAnswer>

const paged = { hasMore: z.boolean(), nextCursor: z.string().optional() }
const of = { edition: editionNamed.optional().describe('absent: no edition holds on that day'), day }

/** A page of the list of a day. */
export const feesAnswer = z.object({ ...of, data: z.array(feeAnswer), ...paged })

/** One fee as of a day, or in an edition. */
export const feeReadAnswer = z.object({
  edition: editionNamed,
  day: day.optional(),
  fee: feeAnswer,
  links: z.object({ self: z.string(), history: z.string() }),
})

/** An entry of any type 条目. */
const entryAnswer = z.object({
  type: z.enum(entryTypes),
  id: z.string(),
  href: z.string(),
  content: z.record(z.string(), z.unknown()),
})
export const entriesAnswer = z.object({ ...of, data: z.array(entryAnswer), ...paged })
export const entryReadAnswer = z.object({
  edition: editionNamed,
  day: day.optional(),
  entry: entryAnswer,
  links: z.object({ self: z.string(), history: z.string() }),
})

/** One field that differs: only `before`, it was taken out; only `after`, it was put in. */
const difference = z.object({ pointer: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })
const what = z.enum(['added', 'changed', 'removed'])

/** What happened to an entry from edition to edition 变更历史, the newest first. */
export const historyAnswer = z.object({
  type: z.enum(entryTypes),
  id: z.string(),
  data: z.array(
    z.object({
      what,
      edition: editionNamed.extend({ status: z.enum(editionStatuses) }),
      editions: z.array(z.int()).describe('the editions in which it then stood, or was missing'),
      reason: z.string().optional().describe('why it was taken out'),
      content: z.record(z.string(), z.unknown()).optional(),
      differences: z.array(difference).describe('to what stood before'),
    }),
  ),
  hasMore: z.literal(false),
})

const counted = z.object({ added: z.int(), changed: z.int(), removed: z.int() })
/** What differs between two editions 版次差异, field by field. */
export const editionDifferencesAnswer = z.object({
  edition: z.int(),
  from: z.int().describe('0: an empty list'),
  counts: z.object({ fees: counted, entries: counted }),
  data: z.array(
    z.object({
      type: z.enum(entryTypes),
      id: z.string(),
      name: text.optional(),
      what,
      reason: z.string().optional(),
      differences: z.array(difference),
    }),
  ),
  ...paged,
})

/** Public keys editions are signed with 签名公钥. */
export const signingKeysAnswer = z.object({
  data: z.array(
    z.object({ publicKey: z.string(), algorithm: z.string(), createdAt: instant, retiredAt: instant.optional() }),
  ),
  hasMore: z.literal(false),
})
