import * as z from 'zod'
import { text } from './text.ts'

/** A decimal number as text. */
const amount = z.string().regex(/^-?\d+(\.\d+)?$/)

/** A rate or rule that was used: where it comes from and when it holds. `unverified` ones are this project's assumptions. */
export const basis = z.strictObject({
  name: text,
  value: z.string(),
  source: z.string(),
  validFrom: z.iso.date().optional(),
  validTo: z.iso.date().optional(),
  unverified: z.boolean(),
})
export type Basis = z.infer<typeof basis>

/** One step of the arithmetic 计算过程: a formula with its numbers put in, and what came out. */
export const step = z.strictObject({
  what: text,
  /** Such as `(12000.00 + 300.00) × 7.1234`. */
  formula: z.string(),
  result: amount,
  unit: z.string(),
  bases: z.array(basis),
})
export type Step = z.infer<typeof step>

/** One duty, tax or fee 税费 on one item. */
export const dutyTaxFee = z.strictObject({
  /** `duty` 关税, `consumption-tax` 消费税, `vat` 增值税, or another word an agency uses. */
  kind: z.string(),
  name: text,
  /** Number of the item, from 1; absent when it falls on the whole. */
  item: z.int().optional(),
  /** CNY unless said otherwise. */
  amount,
  steps: z.array(step),
})
export type DutyTaxFee = z.infer<typeof dutyTaxFee>

/** What a declaration comes to in duties, taxes and fees: item by item, and in total by kind. */
export const duties = z.strictObject({
  currency: z.string(),
  lines: z.array(dutyTaxFee),
  totals: z.array(z.strictObject({ kind: z.string(), name: text, amount, waived: text.optional() })),
  total: amount,
  /** What the reader must know: the tariff is a sample of 2020, a rate is an assumption. */
  notes: z.array(text),
})
export type Duties = z.infer<typeof duties>
