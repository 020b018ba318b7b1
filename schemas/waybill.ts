import * as z from 'zod'
import { conveyance, place } from './declaration/consignment.ts'
import { containerNumber, country, decimal, line, moment, packageType } from './formats.ts'
import { fails } from './issue.ts'
import { movementModes } from './movement-codes.ts'
import { smgsBoxes, toldBoxes } from './waybill-boxes.ts'

/**
 * The single document of a carriage by several modes 多式联运“一单制”单证: all legs under one number. Called waybill as its number is called
 * everywhere here; in the words of UN/EDIFACT it is a multimodal transport document, and which form it has (运单, 铁路提单 …) stands in it.
 */

/** Where a document stands. Source: DCSA eBL 3, transportDocumentStatus. */
export const waybillStatuses = {
  DRAFT: { en: 'Draft', zh: '草稿' },
  APPROVED: { en: 'Approved by the shipper', zh: '托运人已确认' },
  ISSUED: { en: 'Issued', zh: '已签发' },
  PENDING_SURRENDER_FOR_AMENDMENT: { en: 'Offered for amendment', zh: '已交还待更改' },
  SURRENDERED_FOR_AMENDMENT: { en: 'Surrendered for amendment', zh: '已收回待更改' },
  PENDING_SURRENDER_FOR_DELIVERY: { en: 'Offered for delivery', zh: '已交单待提货' },
  SURRENDERED_FOR_DELIVERY: { en: 'Surrendered for delivery', zh: '已收回提货' },
  VOIDED: { en: 'Voided', zh: '已作废' },
} as const
export type WaybillStatus = keyof typeof waybillStatuses
export const statusNames = Object.keys(waybillStatuses) as [WaybillStatus, ...WaybillStatus[]]

/**
 * What is done with a document. ISSUE to SURRENDERED are DCSA's (ENDORSE: to a named firm and nobody after it, as this project reads it);
 * DRAFT, AMEND, APPROVE, SURRENDER_REJECTED (SREJ), DELIVER and VOID are this project's.
 */
export const waybillActions = {
  DRAFT: { en: 'Drawn up', zh: '制单' },
  AMEND: { en: 'Amended', zh: '更改' },
  APPROVE: { en: 'Approved', zh: '确认' },
  ISSUE: { en: 'Issued', zh: '签发' },
  ENDORSE: { en: 'Endorsed to a named firm', zh: '记名背书' },
  ENDORSE_TO_ORDER: { en: 'Endorsed to the order of a firm', zh: '指示背书' },
  BLANK_ENDORSE: { en: 'Endorsed in blank', zh: '空白背书' },
  TRANSFER: { en: 'Handed over', zh: '交付转让' },
  SIGN: { en: 'Signed', zh: '签署' },
  SURRENDER_FOR_AMENDMENT: { en: 'Given back for amendment', zh: '交还更改' },
  SURRENDER_FOR_DELIVERY: { en: 'Given back for delivery', zh: '交单提货' },
  SURRENDERED: { en: 'Surrender accepted', zh: '接受交还' },
  SURRENDER_REJECTED: { en: 'Surrender rejected', zh: '拒绝交还' },
  DELIVER: { en: 'Goods delivered', zh: '放货' },
  VOID: { en: 'Voided', zh: '作废' },
} as const
export type WaybillAction = keyof typeof waybillActions
export const actionNames = Object.keys(waybillActions) as [WaybillAction, ...WaybillAction[]]

/** A firm by the code its keys have: 统一社会信用代码, or for one abroad a code the operator gave it. */
export const firm = z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,39}$/)
const party = z.strictObject({
  id: firm.optional(),
  name: line(140),
  address: line(250).optional(),
  countryCode: country,
})

const modes = z.enum(Object.keys(movementModes) as [keyof typeof movementModes, ...(keyof typeof movementModes)[]])
const leg = z
  .strictObject({
    mode: modes,
    carrier: z.strictObject({ id: firm.optional(), name: line(140) }).describe('who carries it on this leg'),
    from: place,
    to: place,
    conveyance: conveyance.optional(),
    voyageNumber: line(32).optional(),
    departureDateTime: moment.optional(),
    arrivalDateTime: moment.optional(),
    contract: z
      .enum(['SMGS', 'CIM', 'CIM/SMGS', 'CMR', 'sea', 'inland-water', 'domestic'])
      .optional()
      .describe('the law of carriage of this leg, as its carrier says'),
    boxes: z
      .partialRecord(z.enum(toldBoxes), line(500))
      .optional()
      .describe('boxes of the rail note that do not follow from the rest, by their number'),
  })
  .refine(({ contract, boxes }) => boxes === undefined || isRailNote(contract), {
    ...fails('boxes-of-rail-only', {
      en: 'Only a rail leg under SMGS or CIM has boxes',
      zh: '仅国际货协/货约铁路区段填写各栏',
    }),
    path: ['boxes'],
  })
export type WaybillLeg = z.infer<typeof leg>

/** Whether a leg has the boxes of a rail note. */
export const isRailNote = (contract: string | undefined): boolean =>
  contract === 'SMGS' || contract === 'CIM' || contract === 'CIM/SMGS'

const goods = z.strictObject({
  description: line(250),
  gngCode: z
    .string()
    .regex(/^\d{8}$/)
    .optional()
    .describe('GNG/NHM, 8 digits'),
  etsngCode: z
    .string()
    .regex(/^\d{6}$/)
    .optional()
    .describe('ETSNG, 6 digits'),
  packages: z.int().min(1).max(99_999_999).optional(),
  packageType: packageType.optional(),
  grossMassKg: decimal(5),
})

/** What a document says 单证内容. */
export const waybill = z
  .strictObject({
    form: z
      .string()
      .max(31)
      .regex(/^[a-z][a-z0-9-]*$/)
      .describe('a form of the rule table waybill-forms'),
    negotiable: z
      .boolean()
      .describe('a document of title 物权凭证: issued to order, endorsed, given up against the goods'),
    carrierReference: line(35).optional().describe('the issuer’s own number'),
    shipper: party.extend({ id: firm }),
    consignee: party.optional().describe('absent: to order'),
    notifyParty: party.optional(),
    legs: z.array(leg).min(1).max(10).describe('in travel order, each from where the one before ended'),
    containers: z
      .array(z.strictObject({ id: containerNumber, sealIds: z.array(line(35)).max(10).optional() }))
      .max(100)
      .optional(),
    goods: z.array(goods).min(1).max(50),
    freight: z.enum(['prepaid', 'collect']).optional(),
    remarks: line(500).optional(),
  })
  .superRefine((document, context) => {
    const { legs, negotiable, consignee } = document
    for (const [at, one] of legs.entries()) {
      const before = legs[at - 1]?.to
      if (before !== undefined && !samePlace(before, one.from))
        context.addIssue(
          fails(
            'legs-unconnected',
            { en: 'Begins elsewhere than the leg before ended', zh: '起点与上一运输段终点不一致' },
            ['legs', at, 'from'],
          ),
        )
    }
    if (!negotiable && consignee === undefined)
      context.addIssue(
        fails('consignee-needed', { en: 'Only a negotiable document is to order', zh: '非物权凭证应填写收货人' }, [
          'consignee',
        ]),
      )
  })
export type Waybill = z.infer<typeof waybill>

type At = z.infer<typeof place>
const samePlace = (one: At, other: At) =>
  one.countryCode === other.countryCode && one.unLocode === other.unLocode && one.terminal === other.terminal

/** What is to be done with a document. */
export const actionRequest = z
  .strictObject({
    action: z.enum(actionNames).exclude(['DRAFT']),
    recipient: firm.optional(),
    note: line(250).optional(),
    document: waybill.optional().describe('AMEND: the document as it is to be'),
  })
  .refine(({ action, document }) => (action === 'AMEND') === (document !== undefined), {
    ...fails('document-of-amend', { en: 'AMEND has a document, nothing else has', zh: '仅 AMEND 须附单证内容' }),
    path: ['document'],
  })
export type ActionRequest = z.infer<typeof actionRequest>

const bilingual = z.object({ en: z.string(), zh: z.string() })
/** One entry of the chain 流转记录. */
export const entryAnswer = z.object({
  entry: z.int(),
  version: z.int(),
  action: z.enum(actionNames),
  name: bilingual,
  actor: z.string(),
  recipient: z.string().optional(),
  note: z.string().optional(),
  at: z.iso.datetime({ offset: true }),
  documentSha256: z.string(),
  previous: z.string(),
  hash: z
    .string()
    .describe(
      'SHA-256, base64url, over the JSON array [previous, number, entry, version, action, actor, recipient, note, at, documentSha256], null where there is none',
    ),
})

export const waybillSummary = z.object({
  number: z.string(),
  status: z.enum(statusNames),
  statusName: bilingual,
  negotiable: z.boolean(),
  carrier: z.string(),
  holder: z.string().optional().describe('the one firm that holds it; absent where it is no document of title'),
  version: z.int(),
  delivered: z.boolean(),
  links: z.object({ self: z.string(), export: z.string() }),
})
export const waybillAnswer = waybillSummary.extend({
  title: z
    .enum(['order', 'named', 'blank'])
    .optional()
    .describe('order: its holder may endorse it; named: only give it up; blank: whoever holds it may hand it on'),
  may: z.array(z.enum(actionNames)).describe('what the caller may do now'),
  document: waybill,
  boxes: z
    .array(
      z.object({
        leg: z.int(),
        contract: z.string(),
        boxes: z.array(
          z.object({
            box: z.enum(Object.keys(smgsBoxes) as [string, ...string[]]),
            name: bilingual,
            value: z.string(),
          }),
        ),
      }),
    )
    .describe('rail notes of the legs that have one'),
  rule: z.object({ table: z.string(), validFrom: z.string(), source: z.string() }).optional(),
  entries: z.array(entryAnswer),
  partly: z.boolean().describe('the caller holds it no more: what was done after it gave it away is not shown'),
  declarations: z
    .array(z.object({ id: z.string(), href: z.string() }))
    .describe('own declarations that name its number'),
})

/** A chain to be checked by anybody 可离线验证的流转记录: `node src/waybill/main.ts <file>`. */
export const waybillExport = z.object({
  format: z.literal('yuchuang-waybill-1'),
  number: z.string(),
  carrier: z.string(),
  versions: z.array(z.object({ version: z.int(), sha256: z.string(), document: z.string() })),
  entries: z.array(entryAnswer.omit({ name: true })),
  head: z.string(),
})
export type WaybillExport = z.infer<typeof waybillExport>
