import * as z from 'zod'
import { coded, country, decimal, field, line, packageType } from '../formats.ts'
import { checkItems } from './checks.ts'
import { consignment } from './consignment.ts'
import { item } from './items.ts'
import { domesticParty, overseasParty } from './parties.ts'
import { charge, tradeTerms } from './terms.ts'

const certificate = z.strictObject({
  typeCode: field(coded('certificate-types'), {
    row: 83,
    en: 'Kind of certificate',
    zh: '随附单证代码',
    wco: 'D006',
    agencies: ['customs'],
  }),
  id: field(line(32), { row: 84, en: 'Certificate number', zh: '随附单证编号', wco: 'D005', agencies: ['customs'] }),
  exemptionCode: field(line(3), { row: 85, en: 'Ground of exemption', zh: '免证依据', wco: '360' }).optional(),
})

const attachment = z.strictObject({
  id: field(line(64), {
    row: 86,
    en: 'Number of the electronic document',
    zh: '电子随附单据编号',
    wco: 'D005',
    agencies: ['customs', 'singapore'],
  }),
  typeCode: field(coded('document-types'), {
    row: 87,
    en: 'Kind of document',
    zh: '随附单据类别',
    wco: 'D006',
    agencies: ['customs', 'singapore'],
  }),
  structured: field(z.boolean(), { en: 'Structured document', zh: '结构化单据', agencies: ['customs'] }).optional(),
})

const previousDocument = z.strictObject({
  relation: field(z.enum(['declaration', 'handbook', 'correlation']), {
    values: {
      declaration: { en: 'declaration', zh: '报关单' },
      handbook: { en: 'handbook', zh: '备案' },
      correlation: { en: 'correlation', zh: '关联' },
    },
    en: 'Relation',
    zh: '关联类型',
  }),
  id: field(line(70), {
    row: 82,
    en: 'Related declaration or document',
    zh: '关联报关单/前序单证',
    wco: 'D018',
    agencies: ['customs', 'singapore'],
  }),
})

const termsFacts = { en: 'Terms of trade', zh: '成交条件' } as const
const packagingFacts = { en: 'Packages', zh: '包装' } as const
/** What the journey of a declaration is called, whichever step it is. */
export const consignmentFacts = { en: 'Journey and containers', zh: '运输与集装箱' } as const

/** What is declared 货物: who trades with whom, on what terms, under which papers, how it travels, and every item. */
export const shipmentShape = z.strictObject({
  exporter: field(domesticParty, {
    row: 30,
    en: 'Exporter in China',
    zh: '境内发货人',
    wco: 'R032',
    agencies: ['customs', 'tax', 'fx'],
  }).optional(),
  importer: field(domesticParty, {
    row: 28,
    en: 'Importer in China',
    zh: '境内收货人',
    wco: 'R038',
    agencies: ['customs', 'tax', 'fx'],
  }).optional(),
  owner: field(domesticParty, {
    row: 37,
    en: 'Producer and seller, or consumer',
    zh: '生产销售/消费使用单位',
    wco: 'R119',
    agencies: ['customs'],
  }),
  consignor: field(overseasParty, {
    row: 32,
    en: 'Consignor abroad',
    zh: '境外发货人',
    wco: 'R020',
    agencies: ['customs', 'fx', 'singapore'],
  }).optional(),
  consignee: field(overseasParty, {
    row: 35,
    en: 'Consignee abroad',
    zh: '境外收货人',
    wco: 'R014',
    agencies: ['customs', 'fx', 'singapore'],
  }).optional(),
  buyer: field(overseasParty, { row: 39, en: 'Buyer', zh: '买方', wco: 'R010' }).optional(),
  seller: field(overseasParty, { row: 40, en: 'Seller', zh: '卖方', wco: 'R051' }).optional(),
  payer: field(domesticParty, { row: 41, en: 'Taxpayer', zh: '纳税义务人', wco: 'R121' }).optional(),
  aeo: field(z.array(z.strictObject({ id: field(line(35), { en: 'AEO code', zh: 'AEO 编号' }) })).max(5), {
    row: 42,
    en: 'AEO numbers under mutual recognition',
    zh: 'AEO互认编号',
    wco: 'R143',
  }).optional(),
  exportCountry: field(country, {
    row: 59,
    en: 'Country of departure',
    zh: '启运国',
    wco: '062',
    agencies: ['customs'],
  }),
  destinationCountry: field(country, {
    row: 60,
    en: 'Country of arrival',
    zh: '运抵国',
    wco: '465',
    agencies: ['customs', 'singapore'],
  }),
  tradeCountry: field(country, { row: 61, en: 'Trading country', zh: '贸易国别', agencies: ['customs', 'fx'] }),
  tradeTerms: field(
    z.strictObject({
      conditionCode: field(z.enum(tradeTerms), {
        row: 68,
        en: 'Terms of trade',
        zh: '成交方式',
        wco: '090',
        agencies: ['customs', 'singapore'],
      }),
      locationId: field(line(17), { row: 69, en: 'Place of the terms', zh: '成交地点', wco: 'L002' }).optional(),
    }),
    termsFacts,
  ),
  valuation: field(
    z.strictObject({
      freight: field(charge, {
        row: 70,
        en: 'Freight',
        zh: '运费',
        wco: '117',
        agencies: ['customs', 'singapore'],
      }).optional(),
      insurance: field(charge, {
        row: 71,
        en: 'Insurance',
        zh: '保险费',
        wco: '181',
        agencies: ['customs', 'singapore'],
      }).optional(),
      other: field(charge, { row: 72, en: 'Other charges', zh: '杂费', wco: '371', agencies: ['customs'] }).optional(),
    }),
    { en: 'Charges', zh: '运保杂费' },
  ).optional(),
  contractNumber: field(line(32), {
    row: 73,
    en: 'Contract number',
    zh: '合同号',
    wco: '315',
    agencies: ['customs', 'tax', 'fx'],
  }).optional(),
  invoice: field(
    z.strictObject({
      id: field(line(70), { en: 'Invoice number', zh: '发票号' }),
      issueDate: field(z.iso.date(), { en: 'Day of the invoice', zh: '开票日期' }).optional(),
    }),
    {
      row: 74,
      en: 'Invoice',
      zh: '发票号',
      wco: 'D016',
      agencies: ['tax', 'fx', 'singapore'],
    },
  ).optional(),
  supervisionMode: field(coded('supervision-modes'), {
    row: 75,
    en: 'Customs supervision mode',
    zh: '监管方式',
    wco: '166',
    agencies: ['customs', 'tax', 'fx'],
  }),
  previousProcedure: field(coded('supervision-modes'), {
    row: 76,
    en: 'Previous supervision mode',
    zh: '前一监管方式',
    wco: '161',
  }).optional(),
  levyNature: field(coded('levy-natures'), {
    row: 77,
    en: 'Nature of levy and exemption',
    zh: '征免性质',
    wco: '164',
    agencies: ['customs'],
  }).optional(),
  handbookNumber: field(line(12), {
    row: 78,
    en: 'Handbook number',
    zh: '备案号',
    wco: 'R144',
    agencies: ['customs'],
  }).optional(),
  ucr: field(line(35), {
    row: 79,
    en: 'Unique consignment reference (UCR)',
    zh: '唯一货物追踪号',
    wco: '016',
    agencies: ['singapore'],
  }).optional(),
  traderReference: field(line(35), {
    row: 80,
    en: 'Internal reference of the firm',
    zh: '企业内部编号',
    wco: '009',
  }).optional(),
  guaranteeReference: field(line(35), {
    row: 81,
    en: 'Guarantee number',
    zh: '担保编号',
    wco: '100',
    agencies: ['customs', 'singapore'],
  }).optional(),
  previousDocuments: field(z.array(previousDocument).max(10), { en: 'Previous documents', zh: '前序单证' }).optional(),
  additionalDocuments: field(z.array(certificate).max(20), {
    en: 'Certificates',
    zh: '随附单证（监管证件）',
  }).optional(),
  attachments: field(z.array(attachment).max(50), { en: 'Electronic documents', zh: '电子随附单据' }).optional(),
  packaging: field(
    z.strictObject({
      quantity: field(z.int().min(1).max(99_999_999), {
        row: 14,
        en: 'Number of packages',
        zh: '件数',
        wco: '146',
        agencies: ['customs', 'maritime', 'singapore'],
      }),
      typeCode: field(packageType, {
        row: 15,
        en: 'Kind of packaging',
        zh: '包装种类',
        wco: '141',
        agencies: ['customs', 'singapore'],
      }),
      marks: field(line(400), {
        row: 123,
        en: 'Marks and numbers',
        zh: '标记唛码',
        wco: '142',
        agencies: ['customs', 'singapore'],
      }).optional(),
    }),
    packagingFacts,
  ),
  totalGrossMassKg: field(decimal(5), {
    row: 16,
    en: 'Gross mass (kg)',
    zh: '毛重(千克)',
    wco: '131',
    agencies: ['customs', 'maritime', 'singapore'],
  }),
  totalNetMassKg: field(decimal(5), {
    row: 17,
    en: 'Net mass (kg)',
    zh: '净重(千克)',
    wco: '128',
    agencies: ['customs'],
  }),
  consignment: field(consignment, consignmentFacts),
  items: field(z.array(item).min(1).max(50).superRefine(checkItems), { en: 'Goods', zh: '商品', wco: '68A' }),
})
