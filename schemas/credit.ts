import * as z from 'zod'
import { creditCode, day, line } from './formats.ts'
import { evidence } from './rules/table.ts'
import { text } from './text.ts'

const instant = z.iso.datetime({ offset: true })
const level = z.string().max(40)
const scheme = z.string().max(40)
const agency = z.string().max(20)

/** How a level came about: rated, raised again after repair 信用修复, or put in the place of one given by mistake. */
export const creditOccasion = z.enum(['rating', 'repair', 'correction'])

/** An agency gives a firm its level 信用等级认定. */
export const creditRequest = z.strictObject({
  level,
  since: day.describe('the first day it holds, in Chongqing'),
  occasion: creditOccasion.default('rating'),
  reason: line(500),
  basis: line(500).describe('the decision or rule it rests on'),
  announced: z.boolean().default(false).describe('it is meant to begin on a day that is still to come'),
  corrects: z.int().positive().optional().describe('the record that was a mistake; for a correction'),
})
export type CreditRequest = z.infer<typeof creditRequest>

const creditRecord = z.object({
  id: z.int(),
  level,
  since: day,
  occasion: creditOccasion,
  reason: z.string(),
  basis: z.string(),
  by: z.string(),
  at: instant,
  corrects: z.int().optional(),
  correctedBy: z.int().optional().describe('it was a mistake: this record stands instead'),
})

const rule = z.object({
  table: z.string(),
  validFrom: day,
  source: z.string(),
  evidence,
})

/** What follows from a level elsewhere 联动后果. */
export const consequence = z.object({
  id: z.int(),
  kind: z.enum(['at-most', 'risk']),
  agency,
  scheme: scheme.optional(),
  level: level.optional().describe('the best level it may have there'),
  factor: z.string().optional().describe('what the probability of inspection is multiplied by'),
  cause: z.object({ scheme, level, since: day }),
  because: text,
  rule,
  since: instant,
  until: instant.optional(),
})
export type Consequence = z.infer<typeof consequence>

/** Where a firm stands in one scheme, with how it came to that. */
export const creditAnswer = z.object({
  firm: creditCode,
  scheme,
  agency,
  name: text,
  level: level.optional().describe('the level its agency gave it; absent where it has none'),
  since: day.optional(),
  effective: level
    .optional()
    .describe('the level it counts with: no better than what follows from its levels elsewhere'),
  revision: z.int(),
  history: z.array(creditRecord).describe('newest day first; a later record for the same day comes first'),
  consequences: z.array(consequence).describe('what bears upon it here'),
})

/** All a firm sees of its own credit. */
export const firmCreditAnswer = z.object({
  firm: creditCode,
  schemes: z.array(creditAnswer),
  consequences: z.array(consequence).describe('everything that follows, or followed, from its levels'),
})

/** The schemes there are, with what of each is public. */
export const schemesAnswer = z.object({
  data: z.array(
    z.object({
      scheme,
      agency,
      name: text,
      source: z.string(),
      levels: z.array(z.object({ code: level, name: text, rank: z.int(), published: z.boolean() })),
      publication: z.object({ because: text, evidence, checked: day }),
    }),
  ),
  hasMore: z.literal(false),
})

/** A firm whose level the law publishes 公示. */
export const publishedCredit = z.object({
  firm: z.string(),
  scheme,
  agency,
  level,
  name: text,
  since: day,
})

/** What an agency is told of a consequence: the body of a note of kind `credit`. */
export const creditNote = z.object({
  firm: z.string(),
  scheme: z
    .string()
    .describe('the scheme that bears upon the firm: the agency’s own for a bound, the cause’s for a risk'),
  level: z
    .string()
    .optional()
    .describe('the level it counts with there from now on, absent where it has none; for a risk that of the cause'),
  since: day,
  because: text,
  state: z.enum(['began', 'ended']),
  kind: z.enum(['at-most', 'risk']),
  factor: z.string().optional(),
  cause: z.object({ scheme: z.string(), level: z.string(), since: day }),
  rule,
})
export type CreditNote = z.infer<typeof creditNote>
