import * as z from 'zod'
import { coded, country, currency, decimal, field, line, moment, packageType } from '../formats.ts'
import { checkContainers, checkItems, checkJourney, checkMasses, checkParties, checkStep } from './checks.ts'
import { consignment } from './consignment.ts'
import { item } from './items.ts'
import { agent, declarant, domesticParty, overseasParty, submitter } from './parties.ts'

export type { Consignment, Container, Conveyance, Leg, Place } from './consignment.ts'
export { transportModes } from './consignment.ts'
export type { DangerousGoods, Item } from './items.ts'
export type { DomesticParty, OverseasParty } from './parties.ts'

/** Freight, insurance or another charge 运保杂费: a rate in per cent, a price per unit, or a total; the last two in a currency. */
export const charge = z.strictObject({
  basis: z.enum(['rate', 'unit-price', 'total']),
  amount: decimal(5),
  currency: currency.optional(),
})
export type Charge = z.infer<typeof charge>

/** Trade terms 成交方式: Incoterms 2020, and three national terms that no Incoterm covers. */
export const tradeTerms = [
  'CIF',
  'CIP',
  'CFR',
  'CPT',
  'FOB',
  'FCA',
  'FAS',
  'EXW',
  'DAP',
  'DPU',
  'DDP',
  'C&I',
  'MARKET',
  'STOWAGE',
] as const

const certificate = z.strictObject({
  typeCode: field(coded('certificate-types'), { row: 83, zh: '随附单证代码', wco: 'D006', agencies: ['customs'] }),
  id: field(line(32), { row: 84, zh: '随附单证编号', wco: 'D005', agencies: ['customs'] }),
  exemptionCode: field(line(3), { row: 85, zh: '免证依据', wco: '360' }).optional(),
})

const attachment = z.strictObject({
  id: field(line(64), { row: 86, zh: '电子随附单据编号', wco: 'D005', agencies: ['customs', 'singapore'] }),
  typeCode: field(coded('document-types'), {
    row: 87,
    zh: '随附单据类别',
    wco: 'D006',
    agencies: ['customs', 'singapore'],
  }),
  structured: field(z.boolean(), { zh: '结构化单据', agencies: ['customs'] }).optional(),
})

const previousDocument = z.strictObject({
  relation: field(z.enum(['declaration', 'handbook', 'correlation']), { zh: '关联类型' }),
  id: field(line(70), { row: 82, zh: '关联报关单/前序单证', wco: 'D018', agencies: ['customs', 'singapore'] }),
})

export const shipmentShape = z.strictObject({
  exporter: field(domesticParty, {
    row: 30,
    zh: '境内发货人',
    wco: 'R032',
    agencies: ['customs', 'tax', 'fx'],
  }).optional(),
  importer: field(domesticParty, {
    row: 28,
    zh: '境内收货人',
    wco: 'R038',
    agencies: ['customs', 'tax', 'fx'],
  }).optional(),
  owner: field(domesticParty, { row: 37, zh: '生产销售/消费使用单位', wco: 'R119', agencies: ['customs'] }),
  consignor: field(overseasParty, {
    row: 32,
    zh: '境外发货人',
    wco: 'R020',
    agencies: ['customs', 'fx', 'singapore'],
  }).optional(),
  consignee: field(overseasParty, {
    row: 35,
    zh: '境外收货人',
    wco: 'R014',
    agencies: ['customs', 'fx', 'singapore'],
  }).optional(),
  buyer: field(overseasParty, { row: 39, zh: '买方', wco: 'R010' }).optional(),
  seller: field(overseasParty, { row: 40, zh: '卖方', wco: 'R051' }).optional(),
  payer: field(domesticParty, { row: 41, zh: '纳税义务人', wco: 'R121' }).optional(),
  aeo: field(z.array(z.strictObject({ id: line(35) })).max(5), { row: 42, zh: 'AEO互认编号', wco: 'R143' }).optional(),
  exportCountry: field(country, { row: 59, zh: '启运国', wco: '062', agencies: ['customs'] }),
  destinationCountry: field(country, { row: 60, zh: '运抵国', wco: '465', agencies: ['customs', 'singapore'] }),
  tradeCountry: field(country, { row: 61, zh: '贸易国别', agencies: ['customs', 'fx'] }),
  tradeTerms: z.strictObject({
    conditionCode: field(z.enum(tradeTerms), {
      row: 68,
      zh: '成交方式',
      wco: '090',
      agencies: ['customs', 'singapore'],
    }),
    locationId: field(line(17), { row: 69, zh: '成交地点', wco: 'L002' }).optional(),
  }),
  valuation: z
    .strictObject({
      freight: field(charge, { row: 70, zh: '运费', wco: '117', agencies: ['customs', 'singapore'] }).optional(),
      insurance: field(charge, { row: 71, zh: '保险费', wco: '181', agencies: ['customs', 'singapore'] }).optional(),
      other: field(charge, { row: 72, zh: '杂费', wco: '371', agencies: ['customs'] }).optional(),
    })
    .optional(),
  contractNumber: field(line(32), { row: 73, zh: '合同号', wco: '315', agencies: ['customs', 'tax', 'fx'] }).optional(),
  invoice: field(z.strictObject({ id: line(70), issueDate: z.iso.date().optional() }), {
    row: 74,
    zh: '发票号',
    wco: 'D016',
    agencies: ['tax', 'fx', 'singapore'],
  }).optional(),
  supervisionMode: field(coded('supervision-modes'), {
    row: 75,
    zh: '监管方式',
    wco: '166',
    agencies: ['customs', 'tax', 'fx'],
  }),
  previousProcedure: field(coded('supervision-modes'), { row: 76, zh: '前一监管方式', wco: '161' }).optional(),
  levyNature: field(coded('levy-natures'), { row: 77, zh: '征免性质', wco: '164', agencies: ['customs'] }).optional(),
  handbookNumber: field(line(12), { row: 78, zh: '备案号', wco: 'R144', agencies: ['customs'] }).optional(),
  ucr: field(line(35), { row: 79, zh: '唯一货物追踪号', wco: '016', agencies: ['singapore'] }).optional(),
  traderReference: field(line(35), { row: 80, zh: '企业内部编号', wco: '009' }).optional(),
  guaranteeReference: field(line(35), {
    row: 81,
    zh: '担保编号',
    wco: '100',
    agencies: ['customs', 'singapore'],
  }).optional(),
  previousDocuments: field(z.array(previousDocument).max(10), { zh: '前序单证' }).optional(),
  additionalDocuments: field(z.array(certificate).max(20), { zh: '随附单证（监管证件）' }).optional(),
  attachments: field(z.array(attachment).max(50), { zh: '电子随附单据' }).optional(),
  packaging: z.strictObject({
    quantity: field(z.int().min(1).max(99_999_999), {
      row: 14,
      zh: '件数',
      wco: '146',
      agencies: ['customs', 'maritime', 'singapore'],
    }),
    typeCode: field(packageType, { row: 15, zh: '包装种类', wco: '141', agencies: ['customs', 'singapore'] }),
    marks: field(line(400), { row: 123, zh: '标记唛码', wco: '142', agencies: ['customs', 'singapore'] }).optional(),
  }),
  totalGrossMassKg: field(decimal(5), {
    row: 16,
    zh: '毛重(千克)',
    wco: '131',
    agencies: ['customs', 'maritime', 'singapore'],
  }),
  totalNetMassKg: field(decimal(5), { row: 17, zh: '净重(千克)', wco: '128', agencies: ['customs'] }),
  consignment,
  items: field(z.array(item).min(1).max(50).superRefine(checkItems), { zh: '商品', wco: '68A' }),
})

const confirmation = (row: number | undefined, zh: string) =>
  field(z.boolean(), { ...(row === undefined ? {} : { row, wco: '188' }), zh, agencies: ['customs'] }).optional()

export const declarationShape = z.strictObject({
  functionalReferenceId: field(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/), {
    row: 4,
    zh: '企业自编编号(LRN)',
    wco: 'D026',
    agencies: ['customs', 'border', 'maritime', 'tax', 'fx', 'singapore'],
    description: "the trader's own number; unique among its declarations; carries the simulator's magic values",
  }),
  direction: field(z.enum(['import', 'export']), {
    row: 3,
    zh: '进出口标志',
    wco: 'D013',
    agencies: ['customs', 'border', 'tax', 'fx', 'singapore'],
  }),
  declarationStep: field(z.enum(['summary', 'complete']), {
    zh: '两步申报步骤（概要申报/完整申报）',
    wco: 'D013',
    agencies: ['customs'],
    description:
      'imports only: `summary` first, with what a summary asks for, then the same declaration as `complete`; absent: declared at once',
  }).optional(),
  issueDateTime: field(moment, { row: 8, zh: '申报日期', wco: 'D011', agencies: ['customs'] }).optional(),
  declarationOfficeId: field(coded('customs-offices'), {
    row: 10,
    zh: '申报地海关',
    wco: '065',
    agencies: ['customs'],
  }),
  exitEntryOfficeId: field(coded('customs-offices'), { row: 11, zh: '进出境关别', wco: 'G005', agencies: ['customs'] }),
  supervisingOfficeId: field(coded('customs-offices'), {
    row: 12,
    zh: '目的地海关',
    wco: 'G012',
    agencies: ['customs'],
  }).optional(),
  specialBusiness: field(z.array(z.int().min(1).max(12)).max(12), {
    row: 19,
    zh: '特种业务标识',
    wco: '504',
    agencies: ['customs'],
    description: 'positions of the flags that are set',
  }).optional(),
  remarks: field(line(255), { row: 20, zh: '备注', wco: '225', agencies: ['customs', 'singapore'] }).optional(),
  confirmations: z
    .strictObject({
      specialRelationship: confirmation(21, '特殊关系确认'),
      priceInfluence: confirmation(undefined, '价格影响确认'),
      royalty: confirmation(undefined, '与货物有关的特许权使用费支付确认'),
      formulaPricing: confirmation(undefined, '公式定价确认'),
      provisionalPrice: confirmation(undefined, '暂定价格确认'),
    })
    .optional(),
  declarant,
  agent,
  submitter: submitter.optional(),
  goodsShipment: shipmentShape.superRefine(checkMasses).superRefine(checkContainers),
  particulars: field(z.record(z.string().max(20), z.record(z.string().max(40), z.unknown())), {
    zh: '各机构特有数据',
    description:
      "what only one procedure of one agency asks for: particulars.<agency>.<procedure>; that adapter's schema holds",
  }).optional(),
})

/** The declaration 申报: the standardized document a trader hands in, in WCO Data Model names. */
export const declaration = declarationShape.superRefine(checkStep).superRefine(checkParties).superRefine(checkJourney)
export type Declaration = z.infer<typeof declarationShape>
export type GoodsShipment = Declaration['goodsShipment']
