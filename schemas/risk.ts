import * as z from 'zod'
import { day } from './formats.ts'
import { evidence } from './rules/table.ts'
import { text } from './text.ts'

/** One thing that makes an inspection more or less likely, with the rule it is by. */
export const riskFactor = z.object({
  kind: z.enum([
    'credit',
    'credit-elsewhere',
    'commodity',
    'dangerous',
    'origin',
    'quarantine',
    'mode',
    'transhipment',
    'bound',
  ]),
  /** A rate it begins with, a factor it is multiplied by, or a bound it is brought within. */
  acts: z.enum(['rate', 'factor', 'least', 'most']),
  value: z.string(),
  because: text.describe('what of the declaration it is about'),
  changes: text.describe('what would change it'),
  rule: z.object({ table: z.string(), validFrom: day, source: z.string(), evidence }),
})
export type RiskFactor = z.infer<typeof riskFactor>

/** How likely an agency is to inspect a declaration 查验概率, and why. */
export const riskAnswer = z.object({
  agency: z.string(),
  version: z.int().describe('of the declaration'),
  probability: z.string().describe('a decimal fraction, 0.024400'),
  ppm: z.int().min(0).max(1_000_000).describe('the same in millionths: what the draw compares with'),
  at: z.iso.datetime({ offset: true }),
  /** The lot was drawn with exactly this. */
  drawn: z.boolean(),
  factors: z.array(riskFactor),
  words: text.describe('all of it as a person would say it'),
})
export type RiskAnswer = z.infer<typeof riskAnswer>
