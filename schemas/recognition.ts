import * as z from 'zod'
import type { Item } from './declaration/index.ts'
import { line } from './formats.ts'

const instant = z.iso.datetime({ offset: true })
const slug = z.string().regex(/^[a-z][a-z-]{1,39}$/)

/** What a result covers: nothing else is vouched for by it. */
export const covers = z.strictObject({
  /** Container numbers 集装箱号. */
  containers: z.array(line(11)).max(500).optional(),
  /** The goods as they stood then, one line an item. */
  goods: z.array(line(400)).max(50).optional(),
})
export type Covers = z.infer<typeof covers>

/** An item as a result vouches for it: the same goods in another quantity are other goods. */
export const goodsOf = ({ hsCode, name, originCountry, quantity, netMassKg = '' }: Item): string =>
  [hsCode, originCountry, `${quantity.value} ${quantity.unitCode}`, netMassKg, name].join('|').slice(0, 400)

/** A result an agency comes to in a category others may recognise 可互认结果, as its receipts tell. */
export interface RecordedResult {
  readonly category: string
  /** What the agency calls it; the same result has the same number however often it is told. */
  readonly number: string
  readonly at: string
  /** Until when, as the agency itself says. */
  readonly until?: string
  readonly covers: Covers
}

/** A result that stands in for a check of the agency a submission goes to 互认. */
export const recognised = z.strictObject({
  id: z.string(),
  category: slug,
  /** Whose result it is. */
  agency: z.string(),
  procedure: z.string().optional(),
  number: z.string(),
  at: instant,
  /** Past this it stands in for nothing: the agency's own end, or the rule's. */
  until: instant,
  /** The check it stands in for, by the rule's word. */
  check: slug,
  /** Of a firm: its credit code. */
  firm: z.string().optional(),
  covers,
})
export type Recognised = z.infer<typeof recognised>

/** How far a result reaches: each of these must be covered whole. */
export const scope = z.enum(['containers', 'goods', 'firm'])
export type Scope = z.infer<typeof scope>

/** POST /v1/recognitions */
export const recognitionRequest = z
  .strictObject({
    category: slug,
    number: line(64),
    declarationId: z
      .string()
      .max(40)
      .optional()
      .describe('the declaration it is a result of; this agency holds a filing of it'),
    firm: z
      .string()
      .regex(/^[0-9A-Z]{18}$/)
      .optional()
      .describe('or the firm it is a result about, by its credit code'),
    at: instant,
    validUntil: instant.optional(),
    containers: z.array(line(11)).max(500).optional(),
    items: z.array(z.int().min(1).max(50)).max(50).optional().describe('sequence numbers of the goods covered'),
  })
  .refine((one) => (one.declarationId === undefined) !== (one.firm === undefined), {
    message: 'Of a declaration, or of a firm',
    path: ['declarationId'],
  })
export type RecognitionRequest = z.infer<typeof recognitionRequest>
export const revocationRequest = z.strictObject({ reason: line(500) })

const use = z.object({
  filingId: z.string(),
  agency: z.string(),
  procedure: z.string(),
  attempt: z.int(),
  check: slug,
  rule: z.iso.date().describe('first day of the version of recognition-rules it was used by'),
  state: z.enum(['carried', 'honoured', 'dropped']),
  at: instant,
  honouredAt: instant.optional(),
})

/** A result as its declaration shows it. */
export const recognitionSummary = recognised
  .pick({ id: true, agency: true, category: true, number: true })
  .extend({ status: z.enum(['recorded', 'revoked']), href: z.string() })

/** A recognised result and what came of it. */
export const recognitionAnswer = z.object({
  id: z.string(),
  category: slug,
  agency: z.string(),
  procedure: z.string().optional(),
  declarationId: z.string().optional(),
  filingId: z.string().optional(),
  firm: z.string().optional(),
  number: z.string(),
  covers,
  at: instant,
  validUntil: instant.optional(),
  status: z.enum(['recorded', 'revoked']),
  revokedAt: instant.optional(),
  revokedReason: z.string().optional(),
  uses: z.array(use),
})

export const recognitionList = z.object({
  data: z.array(recognitionAnswer),
  hasMore: z.boolean(),
  nextCursor: z.string().optional(),
})

/** Checks that were not made a second time 互认节省. */
export const savingsAnswer = z.object({
  total: z.int(),
  data: z.array(
    z.object({
      category: slug,
      from: z.string(),
      to: z.object({ agency: z.string(), procedure: z.string() }),
      check: slug,
      month: z.string().describe('in Chongqing, when the agency said so'),
      saved: z.int(),
    }),
  ),
})
