import * as z from 'zod'
import { day, line } from '../formats.ts'
import { text } from '../text.ts'
import { entryId } from './entries.ts'
import { shipment } from './shipment.ts'

const charged = z.string().regex(/^-?(0|[1-9]\d{0,11})(\.\d{1,4})?$/)

/** One line of a bill 账单, as it was charged. A negative amount is a credit. */
export const billLine = z.strictObject({
  description: line(200),
  /** Id of the fee or its kind, where the biller names it; else it is found by its name. */
  fee: entryId.optional(),
  kind: z.string().max(60).optional(),
  quantity: z
    .string()
    .regex(/^(0|[1-9]\d{0,9})(\.\d{1,4})?$/)
    .optional(),
  /** As printed: 元/箱, 箱, 票 … */
  unit: line(40).optional(),
  unitPrice: charged.optional(),
  amount: charged,
  /** Whose charge a handed-on amount is, and what it was: the voucher. */
  handedOn: z.strictObject({ from: line(100), amount: charged }).optional(),
})

/** A bill for port services 口岸服务账单. */
export const bill = z.strictObject({
  billNumber: line(60),
  issuedOn: day,
  /** Id in the catalogue, or the name on the bill. */
  payee: z.union([entryId, z.strictObject({ name: line(200) })]),
  currency: z.literal('CNY'),
  shipment,
  declarationId: z.string().max(40).optional(),
  lines: z.array(billLine).min(1).max(200),
  /** The sum as it stands on the bill. */
  total: charged.optional(),
})
export type Bill = z.infer<typeof bill>
export type BillLine = z.infer<typeof billLine>

/**
 * What a line of a bill is: in the list and right 相符, above 超标准 or below the published price, not in the list 清单外收费, cancelled 已取消项目,
 * charged twice 重复收费, in a wrong unit 计价单位不符, no longer or not yet valid 已失效, handed on with a mark-up 加价, or not to be decided.
 */
export const verdicts = [
  'right',
  'below-price',
  'above-price',
  'outside-list',
  'cancelled',
  'doubled',
  'wrong-unit',
  'not-valid',
  'marked-up',
  'undecided',
] as const
export type Verdict = (typeof verdicts)[number]
/** Verdicts a trader may complain about. */
export const objectionable: readonly Verdict[] = [
  'above-price',
  'outside-list',
  'cancelled',
  'doubled',
  'wrong-unit',
  'not-valid',
  'marked-up',
]

export const judgedLine = z.strictObject({
  line: z.int().min(1),
  description: z.string(),
  verdict: z.enum(verdicts),
  /** How the line was matched: `named` (by id or kind), `name` (exactly), `similar` (with a score), `none`. */
  matched: z.strictObject({
    how: z.enum(['named', 'name', 'similar', 'none']),
    score: z.number().optional(),
    fee: z.string().optional(),
    kind: z.string().optional(),
    name: text.optional(),
  }),
  charged: z.string(),
  /** What should have been charged, at least and at most; absent where it cannot be said. */
  least: z.string().optional(),
  most: z.string().optional(),
  /** Charged above `most`; "0.00" where it is right. */
  over: z.string(),
  because: text,
  /** How the right amount comes about. */
  steps: z.array(text),
  /** Quantity times unit price, where that is not the amount. */
  product: z.string().optional(),
})
export type JudgedLine = z.infer<typeof judgedLine>

const count = z.int().min(0)
/** A bill held against the list 账单核对结果. */
export const judgement = z.strictObject({
  /** The edition that counts: that of the day of the service. */
  edition: z.strictObject({ number: z.int(), title: z.string(), digest: z.string(), validFrom: day }),
  day,
  port: z.string(),
  /** Absent where who sent the bill is not in the list. */
  payee: z.string().optional(),
  payeeName: text.optional(),
  lines: z.array(judgedLine),
  totals: z.strictObject({
    charged: z.string(),
    /** What should have been charged, as far as it can be said; no `most` where a line has none. */
    least: z.string(),
    most: z.string().optional(),
    over: z.string(),
    /** Charged on lines that cannot be decided. */
    undecided: z.string(),
    /** The bill's own sum less the sum of its lines, where they differ. */
    difference: z.string().optional(),
  }),
  verdicts: z.strictObject(
    Object.fromEntries(verdicts.map((verdict) => [verdict, count])) as Record<Verdict, typeof count>,
  ),
  /** Lines that may be complained about, and what was charged too much on them. */
  objectionable: z.strictObject({ lines: z.array(z.int()), over: z.string() }),
})
export type Judgement = z.infer<typeof judgement>

/** A checked bill, as it is kept; of a dry run without id, time and links. */
export const billCheckAnswer = judgement.extend({
  id: z.string().optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  bill,
  links: z.strictObject({ self: z.string(), complaints: z.string() }).optional(),
})
export type BillCheckAnswer = z.infer<typeof billCheckAnswer>

/** A line of the list of checked bills. */
export const billCheckSummary = z.strictObject({
  id: z.string(),
  billNumber: z.string(),
  port: z.string(),
  payee: z.string().optional(),
  issuedOn: day,
  edition: z.int(),
  charged: z.string(),
  over: z.string(),
  objectionable: count,
  at: z.iso.datetime({ offset: true }),
})
