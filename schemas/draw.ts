import * as z from 'zod'
import { creditCode, day, line } from './formats.ts'

const instant = z.iso.datetime({ offset: true })
/** SHA-256, hexadecimal. */
export const digest = z.string().regex(/^[0-9a-f]{64}$/)
const officerCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,15}$/)
const officerCodes = z.array(officerCode)
const ppm = z.int().min(0).max(1_000_000)

/** An officer who may be drawn 执法检查人员. The name is the agency's own and never published; the code is. */
export const officer = z.strictObject({
  code: officerCode,
  name: line(50),
  onDuty: z.boolean().default(true),
  excused: z.array(creditCode).max(200).default([]).describe('firms this officer must not inspect 回避'),
})
export type Officer = z.infer<typeof officer>
export const rosterRequest = z.strictObject({ officers: z.array(officer).max(2_000) })
export const rosterAnswer = z.object({
  agency: z.string(),
  revision: z.int(),
  officers: z.array(officer),
  at: instant.optional(),
})

/** What an inspection found 查验结果: nothing, something that was put right, or something handed on 移交. */
export const inspectionOutcome = z.enum(['nothing-found', 'discrepancy', 'transferred', 'not-carried-out'])
export const resultRequest = z.strictObject({
  lot: digest.describe('the lot, as the agency reads it among the selected'),
  outcome: inspectionOutcome,
  inspectedOn: day,
})
export const resultAnswer = z.object({
  lot: digest,
  number: z.int().describe('of the result; a later one of the same lot corrects it'),
  outcome: inspectionOutcome,
  inspectedOn: day,
  hash: digest,
  at: instant,
})

/** How a draw stands: committed before it begins, taking lots, its lots committed to, its seed told. */
export const drawStatus = z.enum(['committed', 'open', 'over', 'closed', 'revealed'])

/** A draw as anybody sees it. */
export const drawAnswer = z.object({
  agency: z.string(),
  day,
  status: drawStatus,
  beginsAt: instant,
  endsAt: instant,
  seedHash: digest,
  saltHash: digest,
  officers: officerCodes,
  officersDrawn: z.int(),
  rosterHash: digest,
  committedAt: instant,
  late: z.boolean().describe('committed to only after it had begun: the seed might have been chosen'),
  hash: digest.describe('of all that was committed to'),
  lots: z.int(),
  head: digest.describe('hash of the newest lot'),
  closing: z.object({ count: z.int(), root: digest, head: digest, at: instant }).optional(),
  seed: digest.optional(),
  revealedAt: instant.optional(),
  selected: z.int().optional(),
  links: z.object({ self: z.string(), file: z.string().optional() }),
})

/** A declaration that was selected, for its agency alone while the day lasts. */
export const selectionAnswer = z.object({
  number: z.int(),
  lot: digest,
  declarationId: z.string(),
  ppm,
  officers: officerCodes,
  at: instant,
  result: resultAnswer.optional(),
})

/** A declaration's own lot, as its trader sees it; the outcome once the seed is told. */
export const lotAnswer = z.object({
  agency: z.string(),
  day,
  number: z.int(),
  lot: digest,
  ppm,
  hash: digest.describe('keep it: the published file must hold it'),
  revealed: z.boolean(),
  selected: z.boolean().optional(),
  officers: officerCodes.optional(),
  salt: digest.optional().describe('with it anybody who knows the declaration’s id can work out the lot'),
  result: resultAnswer.optional(),
  links: z.object({ draw: z.string(), file: z.string().optional() }),
})

/** A lot as anybody sees it once the seed is told: whose it is stays unknown. */
export const publicLotAnswer = z.object({
  number: z.int(),
  lot: digest,
  ppm,
  excused: officerCodes,
  early: z.boolean(),
  hash: digest,
  selected: z.boolean(),
  officers: officerCodes,
  result: resultAnswer.optional(),
})
export type PublicLotAnswer = z.infer<typeof publicLotAnswer>
export type DrawAnswer = z.infer<typeof drawAnswer>

/** First line of a published draw: all that was committed to before it began. */
export const drawHead = z.strictObject({
  kind: z.literal('draw'),
  agency: z.string(),
  day,
  beginsAt: instant,
  endsAt: instant,
  committedAt: instant,
  seedHash: digest,
  saltHash: digest,
  officers: officerCodes,
  officersDrawn: z.int().min(0).max(10),
  rosterHash: digest,
})
export type DrawHead = z.infer<typeof drawHead>

/** What the chain and the tree cover of a lot: all but what the seed decides. */
export const lotContent = z.strictObject({
  number: z.int().min(1),
  lot: digest,
  ppm,
  rules: z.record(z.string(), day).describe('the version of each rule table'),
  excused: officerCodes,
  early: z.boolean().describe('registered before the seed was committed to: it might have been chosen for this lot'),
})
export type LotContent = z.infer<typeof lotContent>

export const lotLine = lotContent.extend({
  kind: z.literal('lot'),
  hash: digest,
  selected: z.boolean(),
  officers: officerCodes,
})
export type LotLine = z.infer<typeof lotLine>

/** The closing, made public before the seed was; the seed; how many results follow. */
export const closingLine = z.strictObject({
  kind: z.literal('closing'),
  count: z.int().min(0),
  root: digest,
  head: digest,
  at: instant,
})
export const seedLine = z.strictObject({ kind: z.literal('seed'), seed: digest, at: instant })

export const resultContent = z.strictObject({
  number: z.int().min(1),
  lot: digest,
  outcome: inspectionOutcome,
  inspectedOn: day,
})
export const resultLine = resultContent.extend({ kind: z.literal('result'), hash: digest })
export type ResultLine = z.infer<typeof resultLine>

/** One line of a published draw 抽查公示文件: the head, its lots, the closing, the seed, the results so far, in this order. */
export const drawLine = z.discriminatedUnion('kind', [drawHead, lotLine, closingLine, seedLine, resultLine])
export type DrawLine = z.infer<typeof drawLine>
