import * as z from 'zod'
import { filingStatus, hold } from './status.ts'

/** A name an agency (or we) gave a filing 编号, e.g. `{scheme: 'entry-number', value: '800720261000000017'}`. */
export const reference = z.object({ scheme: z.string(), value: z.string() })
export type Reference = z.infer<typeof reference>

/** Money an agency names 金额: due to it, paid to it, or paid back by it. What is named later under the same word replaces what was named before. */
export const money = z.object({
  kind: z.enum(['due', 'paid', 'refunded']),
  /** One word for what it is for: a bill's number, `refund` … */
  of: z.string(),
  amount: z.string(),
  currency: z.string(),
})
export type Money = z.infer<typeof money>

/** One thing an agency said 回执. A refusal is a receipt, not an error. */
export const receipt = z.object({
  /** Any name of the filing it speaks of; the first known one finds the filing, the others are learned. */
  references: z.array(reference).min(1),
  /** The status it brings; absent when its code is not known: then it is kept and shown and moves nothing. */
  status: filingStatus.optional(),
  /** The agency's own code and words. */
  code: z.string(),
  text: z.string(),
  /** The agency's time, RFC 3339 with offset; absent when the document carries none. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** Holds it puts on the filing and holds it lifts. */
  sets: z.array(hold).optional(),
  lifts: z.array(hold).optional(),
  /** What the agency asks for or decided, as far as a person wants to read it: bill, conditions, errors. */
  details: z.record(z.string(), z.unknown()).optional(),
  /** Results of other agencies it let stand in for checks of its own 采信的互认结果, by our numbers of them. */
  recognised: z.array(z.string()).optional(),
  /** Duties, taxes and fees it asks for or had, and what it paid back; not the price of the goods. */
  money: z.array(money).optional(),
})
export type Receipt = z.infer<typeof receipt>
