import * as z from 'zod'
import { day } from '../formats.ts'
import { fails } from '../issue.ts'
import { text } from '../text.ts'
import { nature } from './entries.ts'
import { shipment } from './shipment.ts'

const amount = z.string()

/** How one amount came about: which rate, how many of what, and the arithmetic in words. */
export const application = z.strictObject({
  /** JSON pointer of the rate in the fee. */
  rate: z.string(),
  /** What it was applied to: "2 × 40' laden", "the consignment". */
  to: text,
  quantity: z.array(z.strictObject({ measure: z.string(), value: z.string() })),
  /** Two decimals, rounded half up once at the end of each application. */
  least: amount,
  /** Absent where nobody can say: a quantity is not known. */
  most: amount.optional(),
  steps: text,
  /** A condition of which it is not known whether it is met: of applications that have one, at most one counts for one thing. */
  provided: text.optional(),
})
export type Application = z.infer<typeof application>

/** One fee of a quote. `certain` where the amount is one figure and the fee falls for sure. */
export const quoteLine = z.strictObject({
  fee: z.string(),
  href: z.string(),
  kind: z.string(),
  name: text,
  payee: z.string(),
  payeeName: text,
  nature,
  /** Why it falls on this consignment. */
  because: text,
  certain: z.boolean(),
  least: amount,
  /** Absent where nobody can say: by agreement, handed on, a measure not known. */
  most: amount.optional(),
  applications: z.array(application),
  uncertain: z.array(text),
  /** Others at the port who do the same: the trader pays one of them. Lines of one group count once in the total. */
  group: z.string().optional(),
})
export type QuoteLine = z.infer<typeof quoteLine>

export const quoteTotal = z.strictObject({ least: amount, most: amount.optional() })

/** What a consignment costs at the port by the published list 费用测算. */
export const quote = z.strictObject({
  edition: z.int(),
  digest: z.string(),
  day,
  currency: z.literal('CNY'),
  shipment,
  lines: z.array(quoteLine),
  /** Fees that fall only if something is asked for or happens. */
  possible: z.array(quoteLine),
  /** Fees that were looked at and do not fall, each with the reason: an exemption, another direction. */
  exempt: z.array(z.strictObject({ fee: z.string(), name: text, because: text })),
  total: quoteTotal,
  /** 行政事业性收费, 政府性基金, 政府定价 and 政府指导价 against 市场调节价. */
  government: quoteTotal,
  market: quoteTotal,
  uncertain: z.array(text),
})
export type Quote = z.infer<typeof quote>

/**
 * What to quote: a shipment; or a declaration, read for what it says of one, with what it does not say or what is to be looked at otherwise
 * in `overrides`.
 */
export const quoteRequest = z
  .strictObject({
    shipment: shipment.optional(),
    declarationId: z.string().max(40).optional(),
    overrides: shipment.partial().optional(),
  })
  .superRefine(({ shipment, declarationId, overrides }, context) => {
    if ((shipment === undefined) === (declarationId === undefined))
      context.addIssue(
        fails('one-of', {
          en: 'Name a shipment or a declaration, one of the two',
          zh: '请给出计费要素或申报单，二者择一',
        }),
      )
    if (overrides !== undefined && declarationId === undefined)
      context.addIssue(
        fails('not-for-shipment', { en: 'Only a declaration has overrides', zh: '仅按申报单测算时可覆盖要素' }, [
          'overrides',
        ]),
      )
  })

/** What port fees a declaration comes to, in short; whoever sends the shipment to `href` is told every line. */
export const portFees = z.object({
  edition: z.int(),
  day,
  port: z.string(),
  currency: z.literal('CNY'),
  total: quoteTotal,
  government: quoteTotal,
  market: quoteTotal,
  uncertain: z.array(text),
  shipment,
  href: z.string(),
})
export type PortFees = z.infer<typeof portFees>
