import * as z from 'zod'
import { coded, field, line, moment } from '../formats.ts'
import { checkContainers, checkJourney, checkMasses, checkParties, checkStep } from './checks.ts'
import { agent, declarant, submitter } from './parties.ts'
import { shipmentShape } from './shipment.ts'

export type { Consignment, Container, Conveyance, Leg, Place } from './consignment.ts'
export { transportModes } from './consignment.ts'
export type { DangerousGoods, Item } from './items.ts'
export type { DomesticParty, OverseasParty } from './parties.ts'
export { type Charge, tradeTerms } from './terms.ts'

/** What the goods of a declaration are called, whichever step it is. */
export const goodsFacts = { en: 'Goods and journey', zh: '货物与运输' } as const

const confirmation = (row: number | undefined, en: string, zh: string) =>
  field(z.boolean(), { ...(row === undefined ? {} : { row, wco: '188' }), en, zh, agencies: ['customs'] }).optional()

export const declarationShape = z.strictObject({
  functionalReferenceId: field(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/), {
    row: 4,
    en: 'Your own reference (LRN)',
    zh: '企业自编编号(LRN)',
    wco: 'D026',
    agencies: ['customs', 'border', 'maritime', 'tax', 'fx', 'singapore'],
    description: "the trader's own number; unique among its declarations; carries the simulator's magic values",
    descriptionZh: '企业自行编号，不得与其他申报单重复；可含模拟器的场景代码',
  }),
  direction: field(z.enum(['import', 'export']), {
    row: 3,
    en: 'Import or export',
    values: { import: { en: 'import', zh: '进口' }, export: { en: 'export', zh: '出口' } },
    zh: '进出口标志',
    wco: 'D013',
    agencies: ['customs', 'border', 'tax', 'fx', 'singapore'],
  }),
  declarationStep: field(z.enum(['summary', 'complete']), {
    en: 'Step of a two-step declaration',
    values: { summary: { en: 'summary', zh: '概要申报' }, complete: { en: 'complete', zh: '完整申报' } },
    zh: '两步申报步骤（概要申报/完整申报）',
    wco: 'D013',
    agencies: ['customs'],
    description:
      'imports only: `summary` first, with what a summary asks for, then the same declaration as `complete`; absent: declared at once',
    descriptionZh: '仅限进口：先作概要申报，再以同一申报单作完整申报；不填为一次申报',
  }).optional(),
  issueDateTime: field(moment, {
    row: 8,
    en: 'Day of the declaration',
    zh: '申报日期',
    wco: 'D011',
    agencies: ['customs'],
  }).optional(),
  declarationOfficeId: field(coded('customs-offices'), {
    row: 10,
    en: 'Customs office of declaration',
    zh: '申报地海关',
    wco: '065',
    agencies: ['customs'],
  }),
  exitEntryOfficeId: field(coded('customs-offices'), {
    row: 11,
    en: 'Customs office of entry or exit',
    zh: '进出境关别',
    wco: 'G005',
    agencies: ['customs'],
  }),
  supervisingOfficeId: field(coded('customs-offices'), {
    row: 12,
    en: 'Customs office of destination',
    zh: '目的地海关',
    wco: 'G012',
    agencies: ['customs'],
  }).optional(),
  specialBusiness: field(z.array(z.int().min(1).max(12)).max(12), {
    row: 19,
    en: 'Special business flags',
    zh: '特种业务标识',
    wco: '504',
    agencies: ['customs'],
    description: 'positions of the flags that are set',
    descriptionZh: '所选标识的序号',
  }).optional(),
  remarks: field(line(255), {
    row: 20,
    en: 'Remarks',
    zh: '备注',
    wco: '225',
    agencies: ['customs', 'singapore'],
  }).optional(),
  confirmations: field(
    z.strictObject({
      specialRelationship: confirmation(21, 'Buyer and seller are related', '特殊关系确认'),
      priceInfluence: confirmation(undefined, 'That influences the price', '价格影响确认'),
      royalty: confirmation(undefined, 'Royalties are paid for the goods', '与货物有关的特许权使用费支付确认'),
      formulaPricing: confirmation(undefined, 'Priced by a formula', '公式定价确认'),
      provisionalPrice: confirmation(undefined, 'The price is provisional', '暂定价格确认'),
    }),
    { en: 'Confirmations', zh: '价格与关系确认' },
  ).optional(),
  declarant: field(declarant, { en: 'Declarant', zh: '申报人员' }),
  agent,
  submitter: submitter.optional(),
  goodsShipment: field(shipmentShape.superRefine(checkMasses).superRefine(checkContainers), goodsFacts),
  particulars: field(z.record(z.string().max(20), z.record(z.string().max(40), z.unknown())), {
    en: 'Particulars of the agencies',
    zh: '各机构特有数据',
    description:
      "what only one procedure of one agency asks for: particulars.<agency>.<procedure>; that adapter's schema holds",
    descriptionZh: '仅某机构某事项要求的数据，格式以该事项为准',
  }).optional(),
})

/** The declaration 申报: the standardized document a trader hands in, in WCO Data Model names. */
export const declaration = declarationShape.superRefine(checkStep).superRefine(checkParties).superRefine(checkJourney)
export type Declaration = z.infer<typeof declarationShape>
export type GoodsShipment = Declaration['goodsShipment']
