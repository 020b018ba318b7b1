import * as z from 'zod'
import { fails } from '../issue.ts'
import { conditions } from './conditions.ts'

/** What can be counted 计价单位, one and `many` of it. `rec20` is the UN/ECE Recommendation 20 code where there is one; `of` says where a quote counts it. */
export const measures = {
  container: { en: 'container', many: 'containers', zh: '箱', of: 'containers' },
  bill: { en: 'transport document', many: 'transport documents', zh: '票', of: 'consignment' },
  declaration: { en: 'customs declaration', many: 'customs declarations', zh: '单', of: 'consignment' },
  document: { en: 'document', many: 'documents', zh: '份', of: 'consignment' },
  seal: { en: 'seal', many: 'seals', zh: '枚', of: 'consignment' },
  package: { en: 'package', many: 'packages', zh: '件', rec20: 'C62', of: 'consignment' },
  sample: { en: 'sample', many: 'samples', zh: '样', of: 'consignment' },
  vehicle: { en: 'vehicle', many: 'vehicles', zh: '车', of: 'consignment' },
  wagon: { en: 'railway wagon', many: 'railway wagons', zh: '车皮', of: 'consignment' },
  tonne: { en: 'tonne', many: 'tonnes', zh: '吨', rec20: 'TNE', of: 'consignment' },
  kilogram: { en: 'kilogram', many: 'kilograms', zh: '千克', rec20: 'KGM', of: 'consignment' },
  'chargeable-kilogram': { en: 'chargeable kilogram', many: 'chargeable kilograms', zh: '计费千克', of: 'consignment' },
  'cubic-metre': { en: 'cubic metre', many: 'cubic metres', zh: '立方米', rec20: 'MTQ', of: 'consignment' },
  'storage-day': { en: 'day in store', many: 'days in store', zh: '天', rec20: 'DAY', of: 'containers' },
  'detention-day': {
    en: 'day the container is out',
    many: 'days the container is out',
    zh: '天',
    rec20: 'DAY',
    of: 'containers',
  },
  'power-day': { en: 'day on power', many: 'days on power', zh: '天', rec20: 'DAY', of: 'containers' },
  'document-day': {
    en: 'day a document is left',
    many: 'days a document is left',
    zh: '天',
    rec20: 'DAY',
    of: 'consignment',
  },
  hour: { en: 'hour', many: 'hours', zh: '小时', rec20: 'HUR', of: 'consignment' },
  'haulage-kilometre': {
    en: 'kilometre of haulage',
    many: 'kilometres of haulage',
    zh: '千米',
    rec20: 'KMT',
    of: 'consignment',
  },
  voyage: { en: 'voyage', many: 'voyages', zh: '航次', of: 'vessel' },
  'net-tonne': { en: 'net ton of the vessel', many: 'net tons of the vessel', zh: '净吨', of: 'vessel' },
  'vessel-metre': {
    en: 'metre of the vessel’s length',
    many: 'metres of the vessel’s length',
    zh: '米船长',
    rec20: 'MTR',
    of: 'vessel',
  },
  'berth-day': { en: 'day at berth', many: 'days at berth', zh: '日', rec20: 'DAY', of: 'vessel' },
  'pilotage-kilometre': {
    en: 'kilometre of pilotage',
    many: 'kilometres of pilotage',
    zh: '千米',
    rec20: 'KMT',
    of: 'vessel',
  },
  'tug-call': { en: 'call of a tug', many: 'calls of a tug', zh: '拖轮艘次', of: 'vessel' },
} as const satisfies Record<
  string,
  { en: string; many: string; zh: string; rec20?: string; of: 'containers' | 'consignment' | 'vessel' }
>
export type Measure = keyof typeof measures
const measure = z.enum(Object.keys(measures) as [Measure, ...Measure[]])

/** Nothing at a port costs more than this for one unit, in yuan: a price above it is a slip of the pen. Parameter of this project. */
export const absurdAmount = 10_000_000

/** An amount of money 金额, 0 or more, at most four places (per-kilometre rates have three). A negative or an absurd one is told apart from a malformed one. */
export const feeAmount = z.string().superRefine((value, context) => {
  if (/^-\d/.test(value))
    context.addIssue(fails('amount-negative', { en: 'An amount cannot be negative', zh: '金额不得为负' }))
  else if (!/^(0|[1-9]\d{0,13})(\.\d{1,4})?$/.test(value))
    context.addIssue(
      fails('amount-malformed', {
        en: 'An amount is digits with at most four places, as text',
        zh: '金额应为数字文本，至多四位小数',
      }),
    )
  else if (Number(value) > absurdAmount)
    context.addIssue(
      fails('amount-absurd', {
        en: `No unit costs more than ${absurdAmount} yuan`,
        zh: `单价不可能超过${absurdAmount}元`,
      }),
    )
})
const quantity = z.string().regex(/^(0|[1-9]\d{0,9})(\.\d{1,4})?$/)

/** One factor of a quantity: a measure, or the larger of two 择大计费 (weight or measurement). */
export const factor = z.union([measure, z.strictObject({ largerOf: z.tuple([measure, measure]) })])
export type Factor = z.infer<typeof factor>

/** One step: up to and including a value of the measure; the last one has no end. */
const step = z.strictObject({ upTo: quantity.optional(), amount: feeAmount })
const steps = z
  .array(step)
  .min(1)
  .max(40)
  .superRefine((given, context) => {
    given.forEach(({ upTo }, at) => {
      const last = at === given.length - 1
      if (upTo === undefined && !last)
        context.addIssue(
          fails('step-unending', { en: 'Only the last step may have no end', zh: '仅最后一档可无上限' }, [at, 'upTo']),
        )
      const before = given[at - 1]?.upTo
      if (upTo !== undefined && before !== undefined && Number(upTo) <= Number(before))
        context.addIssue(fails('step-order', { en: 'Steps go upward', zh: '阶梯应递增' }, [at, 'upTo']))
    })
  })

const shared = {
  /** When this rate holds, beside the fee's own conditions. */
  when: conditions.optional(),
  /** The quantity: the product of these factors. */
  per: z.array(factor).min(1).max(4),
  /** Least and most for one application: for one container where containers are counted, else for the whole. */
  minimum: feeAmount.optional(),
  maximum: feeAmount.optional(),
}

/**
 * One rate 收费标准: `fixed` an amount a unit; `range` agreed within two bounds; `slices` each part of the measure `of` at its own amount (free
 * days are a slice at 0); `bands` the band the measure falls into sets the amount for all of it.
 */
export const rate = z
  .discriminatedUnion('form', [
    z.strictObject({ form: z.literal('fixed'), ...shared, amount: feeAmount }),
    z.strictObject({ form: z.literal('range'), ...shared, least: feeAmount, most: feeAmount }),
    z.strictObject({ form: z.literal('slices'), ...shared, of: measure, steps }),
    z.strictObject({ form: z.literal('bands'), ...shared, of: measure, steps }),
  ])
  .superRefine((given, context) => {
    if (given.form === 'range' && Number(given.least) > Number(given.most))
      context.addIssue(
        fails('range-reversed', { en: 'The range ends below its beginning', zh: '区间上限低于下限' }, ['most']),
      )
    if (given.minimum !== undefined && given.maximum !== undefined && Number(given.minimum) > Number(given.maximum))
      context.addIssue(
        fails('range-reversed', { en: 'The most is below the least', zh: '最高收费低于最低收费' }, ['maximum']),
      )
    if (given.form === 'slices' && !given.per.includes(given.of))
      context.addIssue(
        fails(
          'slices-not-counted',
          { en: 'What is sliced must be one of the factors', zh: '分段计费的计量须为计价单位之一' },
          ['of'],
        ),
      )
  })
export type Rate = z.infer<typeof rate>

/** What is said of a price that is no figure: as long as the other texts of a fee. */
const said = z.object({ en: z.string().max(2_000), zh: z.string().max(2_000) }).readonly()

/**
 * What a fee costs: by rates, exactly one of which holds for one thing; a third party's charge handed on without mark-up 代收代付; or by agreement
 * 协议定价, with what must be disclosed about it.
 */
export const price = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rates'), currency: z.literal('CNY'), rates: z.array(rate).min(1).max(80) }),
  z.strictObject({
    kind: z.literal('pass-through'),
    currency: z.literal('CNY'),
    /** Whose charge, and where it can be read. */
    of: said,
  }),
  z.strictObject({
    kind: z.literal('agreement'),
    currency: z.literal('CNY'),
    /** What customers are told before they agree, and where. */
    disclosure: said,
    /** Reference rates an agreement starts from, where there are any. */
    reference: z.array(rate).max(80).optional(),
  }),
])
export type Price = z.infer<typeof price>
