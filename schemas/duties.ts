import * as z from 'zod'
import { field } from './formats.ts'
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

/** What an item is worth for duty and tax 计税价格 (WCO CustomsValuation 41B). */
export const customsValue = z.strictObject({
  /** Number of the item, from 1. */
  item: z.int(),
  amount: field(amount, { row: 109, en: 'Customs value', zh: '完税价格', wco: '108' }),
  steps: z.array(step),
})
export type CustomsValue = z.infer<typeof customsValue>

/** One duty, tax or fee 税费 on one item (WCO DutyTaxFee 50A). */
export const dutyTaxFee = z.strictObject({
  /** `duty` 关税, `consumption-tax` 消费税, `vat` 增值税, or another word an agency uses. */
  kind: z.string(),
  name: text,
  /** The agency's own code of it. */
  typeCode: field(z.string(), { row: 108, en: 'Kind of tax', zh: '税种', wco: '113' }).optional(),
  /** Number of the item, from 1; absent when it falls on the whole. */
  item: z.int().optional(),
  /** Which of several rates was chosen, and why. */
  regime: text.optional(),
  /** Assessed (WCO 120). CNY unless said otherwise. */
  amount,
  steps: z.array(step),
})
export type DutyTaxFee = z.infer<typeof dutyTaxFee>

/** One kind of duty, tax or fee on the whole: what is payable (WCO 378), and why it may be less than what was assessed. */
export const dutyTaxFeeTotal = z.strictObject({
  kind: z.string(),
  name: text,
  typeCode: z.string().optional(),
  /** Sum of its lines. */
  assessed: amount,
  /** Payable. */
  amount,
  /** Why nothing is payable although something was assessed. */
  waived: text.optional(),
})

/** What a declaration comes to in duties, taxes and fees: item by item, and in total by kind. */
export const duties = z.strictObject({
  currency: z.string(),
  /** The day whose rates were used. */
  day: z.iso.date().optional(),
  values: z.array(customsValue).optional(),
  /** Steps that concern every item: freight and insurance as a whole. */
  shared: z.array(step).optional(),
  lines: z.array(dutyTaxFee),
  totals: z.array(dutyTaxFeeTotal),
  total: amount,
  /** Something could not be computed; the notes say what. */
  incomplete: z.literal(true).optional(),
  /** What the reader must know: the tariff is a sample of 2020, a rate is an assumption. */
  notes: z.array(text),
})
export type Duties = z.infer<typeof duties>
