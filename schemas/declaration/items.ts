import * as z from 'zod'
import { choosing, coded, country, currency, day, decimal, field, line, quantity } from '../formats.ts'

/** A permit for goods 许可证 and how much of it this declaration uses up (核销). */
export const permit = z.strictObject({
  typeCode: field(coded('goods-permit-types'), {
    row: 112,
    en: 'Kind of permit',
    zh: '许可证类别',
    wco: 'D006',
    agencies: ['customs', 'singapore'],
  }),
  id: field(line(40), {
    row: 113,
    en: 'Permit number',
    zh: '许可证编号',
    wco: 'D005',
    agencies: ['customs', 'singapore'],
  }),
  writeOff: field(
    z.strictObject({
      line: field(line(4), { row: 115, en: 'Line written off', zh: '核销明细序号', agencies: ['customs'] }).optional(),
      quantity: field(quantity, {
        row: 114,
        en: 'Quantity written off',
        zh: '许可证核销数量',
        wco: '502',
        agencies: ['customs', 'singapore'],
      }).optional(),
      amount: field(decimal(2), { row: 116, en: 'Amount written off', zh: '核销金额', wco: '503' }).optional(),
    }),
    { en: 'Write-off', zh: '许可证核销' },
  ).optional(),
})

/** Dangerous goods 危险货物: what both customs and maritime ask. */
export const dangerousGoods = z.strictObject({
  undgId: field(choosing(z.string().regex(/^\d{4}$/), 'un-numbers'), {
    row: 117,
    en: 'UN number',
    zh: 'UN编号',
    wco: '506',
    agencies: ['customs', 'maritime'],
  }),
  name: field(line(80), {
    row: 118,
    en: 'Name of the dangerous goods',
    zh: '危险货物名称',
    agencies: ['customs', 'maritime'],
  }),
  properShippingName: field(line(250), {
    en: 'Proper shipping name',
    zh: '正确运输名称',
    agencies: ['maritime'],
    description: 'in English, IMDG',
    descriptionZh: '英文，按 IMDG 规则',
  }).optional(),
  classCode: field(choosing(z.string().regex(/^\d(\.\d[A-Z]?)?$/), 'imdg-classes'), {
    en: 'Hazard class',
    zh: '危险类别',
    agencies: ['maritime'],
  }).optional(),
  subsidiaryClassCodes: field(z.array(z.string().regex(/^\d(\.\d)?$/)).max(2), {
    en: 'Subsidiary hazards',
    zh: '副危险性',
    agencies: ['maritime'],
  }).optional(),
  packingGroup: field(z.enum(['I', 'II', 'III']), {
    en: 'Packing group',
    zh: '包装类',
    agencies: ['maritime'],
  }).optional(),
  packagingCategory: field(z.enum(['1', '2', '3']), {
    row: 119,
    en: 'Category of dangerous-goods packaging',
    values: { '1': { en: 'I', zh: '一类' }, '2': { en: 'II', zh: '二类' }, '3': { en: 'III', zh: '三类' } },
    zh: '危包类别',
    agencies: ['customs'],
  }).optional(),
  packagingCode: field(coded('dangerous-packaging'), {
    row: 119,
    en: 'Specification of dangerous-goods packaging',
    zh: '危包规格',
    agencies: ['customs', 'maritime'],
  }).optional(),
})

/** One line of goods 商品项 (WCO GovernmentAgencyGoodsItem). Money in `currency`, masses in kilograms. */
export const item = z.strictObject({
  sequence: field(z.int().min(1).max(50), {
    row: 88,
    en: 'Item number',
    zh: '商品序号',
    wco: '006',
    agencies: ['customs', 'tax', 'singapore'],
  }),
  hsCode: field(coded('tariff'), {
    row: 89,
    en: 'Commodity code (HS)',
    zh: '商品编号',
    wco: '145',
    agencies: ['customs', 'tax', 'singapore'],
  }),
  supervisionCategory: field(line(13), {
    row: 90,
    en: 'Inspection category (CIQ)',
    zh: '监管类别(CIQ)',
    wco: '145',
    agencies: ['customs'],
  }).optional(),
  name: field(line(255), {
    row: 91,
    en: 'Name of the goods',
    zh: '商品名称',
    wco: '137',
    agencies: ['customs', 'tax', 'maritime'],
  }),
  nameEn: field(line(100), {
    en: 'Name of the goods in English',
    zh: '商品英文名称',
    wco: '137',
    agencies: ['customs', 'singapore'],
  }).optional(),
  declarationElements: field(
    z
      .array(
        z
          .string()
          .max(255)
          .regex(/^[^|\p{Cc}]*$/u),
      )
      .max(30),
    {
      row: 92,
      en: 'Declaration elements',
      zh: '规格型号/申报要素',
      wco: '137',
      agencies: ['customs', 'singapore'],
      description: 'one value for each declaration element of the HS code, in its order (list declaration-elements)',
      descriptionZh: '按该商品编号的申报要素逐项填写，顺序一致',
    },
  ),
  brand: field(line(100), { row: 93, en: 'Brand', zh: '品牌', agencies: ['customs', 'singapore'] }).optional(),
  quantity: field(quantity, { row: 94, en: 'Quantity sold', zh: '成交数量', agencies: ['customs', 'fx'] }),
  statutoryQuantity1: field(quantity, {
    row: 95,
    en: 'First statutory quantity',
    zh: '第一法定数量',
    wco: '130',
    agencies: ['customs', 'tax', 'singapore'],
  }),
  statutoryQuantity2: field(quantity, {
    row: 96,
    en: 'Second statutory quantity',
    zh: '第二法定数量',
    agencies: ['customs'],
  }).optional(),
  grossMassKg: field(decimal(5), {
    row: 97,
    en: 'Gross mass of the item (kg)',
    zh: '项毛重',
    wco: '126',
    agencies: ['maritime'],
  }).optional(),
  netMassKg: field(decimal(5), {
    row: 98,
    en: 'Net mass of the item (kg)',
    zh: '项净重',
    wco: '128',
    agencies: ['maritime'],
  }).optional(),
  unitPrice: field(decimal(4), { row: 99, en: 'Unit price', zh: '申报单价', agencies: ['customs', 'singapore'] }),
  totalPrice: field(decimal(2), {
    row: 100,
    en: 'Total price',
    zh: '申报总价',
    wco: '112',
    agencies: ['customs', 'tax', 'fx', 'singapore'],
  }),
  currency: field(currency, {
    row: 101,
    en: 'Currency',
    zh: '币制',
    wco: '112',
    agencies: ['customs', 'tax', 'fx', 'singapore'],
  }),
  originCountry: field(country, {
    row: 102,
    en: 'Country of origin',
    zh: '原产国',
    wco: '063',
    agencies: ['customs', 'singapore'],
  }),
  originRegion: field(coded('origin-areas'), {
    row: 103,
    en: 'Region of origin',
    zh: '原产地区',
    wco: '066',
    agencies: ['customs'],
  }).optional(),
  preferentialOrigin: field(line(10), {
    row: 104,
    en: 'Origin under a preferential agreement',
    zh: '优惠贸易协定项下原产地',
    wco: '501',
    agencies: ['customs'],
  }).optional(),
  destinationCountry: field(country, {
    row: 105,
    en: 'Country of final destination',
    zh: '最终目的国',
    wco: '465',
    agencies: ['customs'],
  }),
  domesticDistrict: field(coded('domestic-districts'), {
    row: 106,
    en: 'District in China (destination or source)',
    zh: '境内目的地/货源地',
    wco: '477',
    agencies: ['customs'],
  }).optional(),
  administrativeDivision: field(coded('admin-divisions'), {
    row: 106,
    en: 'Administrative division in China',
    zh: '目的地/产地行政区划',
    wco: '477',
    agencies: ['customs'],
  }).optional(),
  dutyMode: field(coded('duty-modes'), {
    row: 107,
    en: 'Way of levying duty',
    zh: '征免方式',
    wco: '107',
    agencies: ['customs'],
  }),
  quotaOrderId: field(line(17), { row: 111, en: 'Quota number', zh: '配额号', wco: '401' }).optional(),
  permits: field(z.array(permit).max(20), { en: 'Permits', zh: '产品资质' }).optional(),
  dangerousGoods: field(dangerousGoods, {
    en: 'Dangerous goods',
    zh: '危险货物信息',
    wco: '12C',
    agencies: ['customs', 'maritime'],
  }).optional(),
  notDangerous: field(z.boolean(), {
    en: 'Not a hazardous chemical',
    zh: '非危险化学品',
    agencies: ['customs'],
    description: 'true states that goods of a hazardous-chemicals HS code are not hazardous',
    descriptionZh: '商品编号涉及危险化学品而货物不属于时，选“是”',
  }).optional(),
  purpose: field(coded('purposes'), { row: 120, en: 'Purpose', zh: '用途', agencies: ['customs'] }).optional(),
  goodsAttributes: field(z.array(coded('goods-attributes')).max(10), {
    row: 121,
    en: 'Goods attributes',
    zh: '货物属性',
    wco: '226',
    agencies: ['customs'],
  }).optional(),
  producer: field(
    z.strictObject({
      registrationId: field(line(20), { en: 'Registration number', zh: '注册号' }).optional(),
      name: field(line(150), { en: 'Name', zh: '名称' }).optional(),
    }),
    {
      row: 122,
      en: 'Producer',
      zh: '生产单位',
      wco: '225',
      agencies: ['customs'],
    },
  ).optional(),
  productionBatchIds: field(line(4000), {
    en: 'Production batches',
    zh: '生产批次号',
    agencies: ['customs'],
  }).optional(),
  productionDates: field(line(2000), { en: 'Days of production', zh: '生产日期', agencies: ['customs'] }).optional(),
  shelfLifeDays: field(decimal(0), { en: 'Shelf life (days)', zh: '产品保质期', agencies: ['customs'] }).optional(),
  expiryDate: field(day, { en: 'Expiry day', zh: '产品有效期', agencies: ['customs'] }).optional(),
})
export type Item = z.infer<typeof item>
export type DangerousGoods = z.infer<typeof dangerousGoods>
