import * as z from 'zod'
import { coded, day, line } from '../formats.ts'
import { conditions } from './conditions.ts'
import { price, rate } from './price.ts'
import { shipment } from './shipment.ts'

/** The stable name of an entry in addresses: lower case, digits, hyphens. */
export const entryId = z.string().regex(/^[a-z0-9](-?[a-z0-9]){1,79}$/)
/** A telephone 电话, as it is printed. */
const telephone = z.string().regex(/^\+?[\d][\d -]{4,24}\d$/)
/** How well a value is known: `source` names one; `unverified` is to be confirmed; `synthetic` was invented for this project. */
const evidence = z.strictObject({ kind: z.enum(['source', 'unverified', 'synthetic']), text: z.string().max(500) })
const longText = z.strictObject({ en: z.string().min(1).max(2_000), zh: z.string().min(1).max(2_000) })
const shortText = z.strictObject({ en: line(200), zh: line(200) })
const validity = { validFrom: day, validTo: day.optional() }

/** What kind of thing a fee is for 收费项目类别, so that the same item can be compared between ports. */
export const feeKind = coded('fee-kinds', 60)

/** A port or part of one 口岸/港区, and the names declarations know it by. */
export const port = z.strictObject({
  name: shortText,
  modes: z.array(z.enum(['water', 'rail', 'air', 'road'])).min(1),
  /** UN/LOCODEs. */
  locations: z.array(coded('locations')),
  /** Names of terminals 码头/场站, as legs of a declaration have them. */
  terminals: z.array(line(50)),
  /** 国内口岸代码 */
  entryExitPorts: z.array(coded('domestic-ports')),
  evidence,
})

export const payeeTypes = [
  'terminal',
  'yard',
  'tally',
  'fumigation',
  'customs-agent',
  'forwarder',
  'ship-agent',
  'carrier',
  'railway-station',
  'air-cargo',
  'inspection-yard',
  'pilotage',
  'tug',
  'authority',
] as const
/** Who charges 收费主体. A key of role `payee` whose tenant is the credit code may draft for it. */
export const payee = z.strictObject({
  name: shortText,
  type: z.enum(payeeTypes),
  creditCode: z
    .string()
    .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/)
    .optional(),
  ports: z.array(entryId).min(1),
  telephone,
  evidence,
})

export const natures = ['administrative', 'fund', 'government-set', 'government-guided', 'market'] as const
/** Nature of a fee 收费性质: 行政事业性收费, 政府性基金, 政府定价, 政府指导价, 市场调节价. */
export const nature = z.enum(natures)
export type Nature = z.infer<typeof nature>

/** What a legal basis 收费依据 fixes for a kind of fee: a price that must be charged, or a ceiling 最高限价. */
export const regulation = z.strictObject({
  kind: feeKind,
  how: z.enum(['set', 'ceiling']),
  when: conditions.optional(),
  rates: z.array(rate).min(1).max(80),
  ...validity,
})
/** A document fees rest on 收费依据. */
export const basis = z.strictObject({
  title: shortText,
  /** 文号 */
  number: line(100),
  issuer: shortText,
  issuedOn: day,
  ...validity,
  /** Taken back before its end. */
  withdrawn: z.strictObject({ on: day, reason: shortText }).optional(),
  regulates: z.array(regulation).max(200).optional(),
  /** Kinds of fees it ended, from a day on. */
  cancels: z
    .array(z.strictObject({ kind: feeKind, from: day }))
    .max(100)
    .optional(),
  evidence,
})

export const events = [
  'inspection',
  'inspection-clean',
  'amendment',
  'cancellation',
  'transit',
  'overdue',
  'reissue',
  'split',
  'damage',
] as const
/** What happens to some consignments only: 查验, 查验无问题, 改单, 撤单, 转关, 超期, 重出单, 分并单, 残损. */
export const feeEvent = z.enum(events)

/** One item of the catalogue 收费项目. */
export const fee = z.strictObject({
  kind: feeKind,
  name: shortText,
  /** Other names bills use. */
  aliases: z.array(line(100)).max(20).optional(),
  payee: entryId,
  port: entryId,
  nature,
  basis: z
    .array(z.strictObject({ id: entryId, article: line(100).optional() }))
    .max(10)
    .optional(),
  /** 服务内容 */
  service: longText,
  payers: z
    .array(z.enum(['shipper', 'consignee', 'carrier', 'vessel', 'agent']))
    .min(1)
    .max(5),
  /** Falls only on these. */
  applies: conditions.optional(),
  /** Always, only when asked for, or only upon an event. */
  arises: z.discriminatedUnion('when', [
    z.strictObject({ when: z.literal('always') }),
    z.strictObject({ when: z.literal('on-request') }),
    z.strictObject({ when: z.literal('on-event'), event: feeEvent }),
  ]),
  price,
  /** Kinds whose service this price covers: charging them as well is charging twice. */
  includes: z.array(feeKind).max(40).optional(),
  exemptions: z
    .array(z.strictObject({ text: longText, when: conditions.optional(), event: feeEvent.optional() }))
    .max(20)
    .optional(),
  /** 投诉电话 */
  telephone,
  ...validity,
  note: longText.optional(),
  evidence,
})
export type Fee = z.infer<typeof fee>

/** A standard consignment 标准货样 whose total is watched: one 20' container in export, and the like. */
export const basket = z.strictObject({ name: shortText, shipment, evidence })

/** A price seen at a port outside the catalogue 外港价格, for comparison. */
export const peer = z.strictObject({
  port: shortText,
  kind: feeKind,
  when: conditions.optional(),
  per: z.array(z.string()).min(1).max(4),
  least: z.string(),
  most: z.string(),
  seenOn: day,
  evidence,
})

export const ruleIds = [
  'legality',
  'ceiling',
  'charged',
  'comparison',
  'double',
  'mark-up',
  'movement',
  'compliance-cost',
] as const
/** A rule of assessment 评估规则, with its thresholds as decimals by name. */
export const rule = z.strictObject({
  rule: z.enum(ruleIds),
  name: shortText,
  thresholds: z.record(z.string().regex(/^[a-z][a-zA-Z]*$/), z.string().regex(/^\d{1,9}(\.\d{1,4})?$/)),
  source: longText,
  ...validity,
  evidence,
})

/** What an edition consists of: each entry has a type, an id and its content. */
export const entrySchemas = { port, payee, basis, fee, basket, peer, rule } as const
export type EntryType = keyof typeof entrySchemas
export const entryTypes = Object.keys(entrySchemas) as [EntryType, ...EntryType[]]
export type Content<T extends EntryType> = z.infer<(typeof entrySchemas)[T]>
export type Entry = {
  [T in EntryType]: { readonly type: T; readonly id: string; readonly content: Content<T> }
}[EntryType]
