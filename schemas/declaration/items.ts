import * as z from 'zod'
import { coded, country, currency, day, decimal, field, line, quantity } from '../formats.ts'

/** A permit for goods 许可证 and how much of it this declaration uses up (核销). */
export const permit = z.strictObject({
  typeCode: field(coded('goods-permit-types'), {
    row: 112,
    zh: '许可证类别',
    wco: 'D006',
    agencies: ['customs', 'singapore'],
  }),
  id: field(line(40), { row: 113, zh: '许可证编号', wco: 'D005', agencies: ['customs', 'singapore'] }),
  writeOff: z
    .strictObject({
      line: field(line(4), { row: 115, zh: '核销明细序号', agencies: ['customs'] }).optional(),
      quantity: field(quantity, {
        row: 114,
        zh: '许可证核销数量',
        wco: '502',
        agencies: ['customs', 'singapore'],
      }).optional(),
      amount: field(decimal(2), { row: 116, zh: '核销金额', wco: '503' }).optional(),
    })
    .optional(),
})

/** Dangerous goods 危险货物: what both customs and maritime ask. */
export const dangerousGoods = z.strictObject({
  undgId: field(z.string().regex(/^\d{4}$/), { row: 117, zh: 'UN编号', wco: '506', agencies: ['customs', 'maritime'] }),
  name: field(line(80), { row: 118, zh: '危险货物名称', agencies: ['customs', 'maritime'] }),
  properShippingName: field(line(250), {
    zh: '正确运输名称',
    agencies: ['maritime'],
    description: 'in English, IMDG',
  }).optional(),
  classCode: field(z.string().regex(/^\d(\.\d[A-Z]?)?$/), { zh: '危险类别', agencies: ['maritime'] }).optional(),
  subsidiaryClassCodes: field(z.array(z.string().regex(/^\d(\.\d)?$/)).max(2), {
    zh: '副危险性',
    agencies: ['maritime'],
  }).optional(),
  packingGroup: field(z.enum(['I', 'II', 'III']), { zh: '包装类', agencies: ['maritime'] }).optional(),
  packagingCategory: field(z.enum(['1', '2', '3']), { row: 119, zh: '危包类别', agencies: ['customs'] }).optional(),
  packagingCode: field(coded('dangerous-packaging'), {
    row: 119,
    zh: '危包规格',
    agencies: ['customs', 'maritime'],
  }).optional(),
})

/** One line of goods 商品项 (WCO GovernmentAgencyGoodsItem). Money in `currency`, masses in kilograms. */
export const item = z.strictObject({
  sequence: field(z.int().min(1).max(50), {
    row: 88,
    zh: '商品序号',
    wco: '006',
    agencies: ['customs', 'tax', 'singapore'],
  }),
  hsCode: field(coded('tariff'), { row: 89, zh: '商品编号', wco: '145', agencies: ['customs', 'tax', 'singapore'] }),
  supervisionCategory: field(line(13), { row: 90, zh: '监管类别(CIQ)', wco: '145', agencies: ['customs'] }).optional(),
  name: field(line(255), { row: 91, zh: '商品名称', wco: '137', agencies: ['customs', 'tax', 'maritime'] }),
  nameEn: field(line(100), { zh: '商品英文名称', wco: '137', agencies: ['customs', 'singapore'] }).optional(),
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
      zh: '规格型号/申报要素',
      wco: '137',
      agencies: ['customs', 'singapore'],
      description: 'one value for each declaration element of the HS code, in its order (list declaration-elements)',
    },
  ),
  brand: field(line(100), { row: 93, zh: '品牌', agencies: ['customs', 'singapore'] }).optional(),
  quantity: field(quantity, { row: 94, zh: '成交数量', agencies: ['customs', 'fx'] }),
  statutoryQuantity1: field(quantity, {
    row: 95,
    zh: '第一法定数量',
    wco: '130',
    agencies: ['customs', 'tax', 'singapore'],
  }),
  statutoryQuantity2: field(quantity, { row: 96, zh: '第二法定数量', agencies: ['customs'] }).optional(),
  grossMassKg: field(decimal(5), { row: 97, zh: '项毛重', wco: '126', agencies: ['maritime'] }).optional(),
  netMassKg: field(decimal(5), { row: 98, zh: '项净重', wco: '128', agencies: ['maritime'] }).optional(),
  unitPrice: field(decimal(4), { row: 99, zh: '申报单价', agencies: ['customs', 'singapore'] }),
  totalPrice: field(decimal(2), {
    row: 100,
    zh: '申报总价',
    wco: '112',
    agencies: ['customs', 'tax', 'fx', 'singapore'],
  }),
  currency: field(currency, { row: 101, zh: '币制', wco: '112', agencies: ['customs', 'tax', 'fx', 'singapore'] }),
  originCountry: field(country, { row: 102, zh: '原产国', wco: '063', agencies: ['customs', 'singapore'] }),
  originRegion: field(coded('origin-areas'), {
    row: 103,
    zh: '原产地区',
    wco: '066',
    agencies: ['customs'],
  }).optional(),
  preferentialOrigin: field(line(10), {
    row: 104,
    zh: '优惠贸易协定项下原产地',
    wco: '501',
    agencies: ['customs'],
  }).optional(),
  destinationCountry: field(country, { row: 105, zh: '最终目的国', wco: '465', agencies: ['customs'] }),
  domesticDistrict: field(coded('domestic-districts'), {
    row: 106,
    zh: '境内目的地/货源地',
    wco: '477',
    agencies: ['customs'],
  }).optional(),
  administrativeDivision: field(coded('admin-divisions'), {
    row: 106,
    zh: '目的地/产地行政区划',
    wco: '477',
    agencies: ['customs'],
  }).optional(),
  dutyMode: field(coded('duty-modes'), { row: 107, zh: '征免方式', wco: '107', agencies: ['customs'] }),
  quotaOrderId: field(line(17), { row: 111, zh: '配额号', wco: '401' }).optional(),
  permits: field(z.array(permit).max(20), { zh: '产品资质' }).optional(),
  dangerousGoods: field(dangerousGoods, {
    zh: '危险货物信息',
    wco: '12C',
    agencies: ['customs', 'maritime'],
  }).optional(),
  notDangerous: field(z.boolean(), {
    zh: '非危险化学品',
    agencies: ['customs'],
    description: 'true states that goods of a hazardous-chemicals HS code are not hazardous',
  }).optional(),
  purpose: field(coded('purposes'), { row: 120, zh: '用途', agencies: ['customs'] }).optional(),
  goodsAttributes: field(z.array(coded('goods-attributes')).max(10), {
    row: 121,
    zh: '货物属性',
    wco: '226',
    agencies: ['customs'],
  }).optional(),
  producer: field(z.strictObject({ registrationId: line(20).optional(), name: line(150).optional() }), {
    row: 122,
    zh: '生产单位',
    wco: '225',
    agencies: ['customs'],
  }).optional(),
  productionBatchIds: field(line(4000), { zh: '生产批次号', agencies: ['customs'] }).optional(),
  productionDates: field(line(2000), { zh: '生产日期', agencies: ['customs'] }).optional(),
  shelfLifeDays: field(decimal(0), { zh: '产品保质期', agencies: ['customs'] }).optional(),
  expiryDate: field(day, { zh: '产品有效期', agencies: ['customs'] }).optional(),
})
export type Item = z.infer<typeof item>
export type DangerousGoods = z.infer<typeof dangerousGoods>
