import * as z from 'zod'
import { day, decimal, field, line } from '../../schemas/formats.ts'
import { cancellationReasons, originCriteria, originSchemes, takenUnits } from './codes.ts'

const uen = z.string().regex(/^[0-9A-Z]{9,10}$/)
const location = z.enum(['CZ', 'PPZ', 'CW', 'O'])
const measured = z.strictObject({ value: decimal(4), unitCode: z.enum(takenUnits) })

/** What Singapore asks of an item beyond the declaration. */
const item = z.strictObject({
  item: field(z.int().min(1).max(50), { zh: '商品序号', description: 'the item of the declaration, by its sequence' }),
  ahtn: field(z.string().regex(/^\d{8}$/), {
    zh: '新加坡税则号 AHTN',
    description: '8 digits; the first six are those of the HS code',
  }),
  quantity: field(measured, {
    zh: '新加坡法定数量',
    description: 'the first statutory quantity when absent, if its unit is one taken',
  }).optional(),
  value: field(decimal(2), {
    zh: '到岸价/离岸价',
    description: 'CIF (to Singapore) or FOB (from Singapore); needed where terms and charges do not tell it',
  }).optional(),
  lastSellingPrice: field(decimal(2), { zh: '最后售价' }).optional(),
  productCode: field(line(17), {
    zh: '主管机构产品代码',
    description: "the controlling agency's usual one when absent",
  }).optional(),
  productQuantity: field(measured, { zh: '主管机构产品数量', description: 'the quantity when absent' }).optional(),
  model: field(line(100), { zh: '型号', description: 'as the declaration elements tell when absent' }).optional(),
})
export type PermitItem = z.infer<typeof item>

const declarant = field(z.strictObject({ id: line(17), name: line(70), telephone: line(20) }), { zh: '申报人' })
const agent = field(z.strictObject({ uen: field(uen, { zh: '企业注册号 UEN' }), name: line(70) }), {
  zh: '申报代理（新加坡）',
})
const permitNumber = z.string().regex(/^[A-Z]{2}\d[A-L]\d{6}[A-Z]$/)

/** What only the permit of Singapore 新加坡进出口许可 asks for. */
export const permitParticulars = z.strictObject({
  declarant: declarant.optional(),
  agent: agent.optional(),
  trader: field(z.strictObject({ uen: field(uen, { zh: '企业注册号 UEN' }), name: line(70).optional() }), {
    zh: '新加坡进口商/出口商',
    description:
      'importer of goods from China, exporter of goods to China; its name as the declaration tells when absent',
  }).optional(),
  items: field(z.array(item).max(50), { zh: '商品补充' }).default([]),
  releaseLocation: field(location, {
    zh: '放行地点',
    description: 'PPZ for sea, CZ for air, O otherwise when absent',
  }).optional(),
  receiptLocation: field(location, { zh: '收货地点', description: 'O when absent' }).default('O'),
  indicator: field(line(3), { zh: '申报标识' }).optional(),
  previousPermit: field(permitNumber, { zh: '前次许可证号' }).optional(),
  licences: field(z.array(line(35)).max(5), { zh: '主管机构许可' }).default([]),
  documents: field(z.array(z.strictObject({ id: line(35), fileName: line(100) })).max(9), { zh: '随附单证' }).default(
    [],
  ),
  remarks: field(z.array(line(512)).max(3), { zh: '备注' }).default([]),
})
export type PermitParticulars = z.infer<typeof permitParticulars>

const otherDeclarant = field(declarant, {
  zh: '申报人',
  description: 'another of the same agent; default: who declared',
})

/** What only an amendment of a permit asks 修改许可. */
export const amendmentParticulars = z.strictObject({ declarant: otherDeclarant.optional() })
export type AmendmentParticulars = z.infer<typeof amendmentParticulars>

/** What only a cancellation asks 撤销许可或原产地证书. */
export const cancellationParticulars = z.strictObject({
  reasonCode: field(z.enum(cancellationReasons), { zh: '撤销原因代码', description: 'C01 to C13' }).optional(),
  declarant: otherDeclarant.optional(),
  replacementPermit: field(permitNumber, { zh: '替代许可证号' }).optional(),
})
export type CancellationParticulars = z.infer<typeof cancellationParticulars>

/** The origin of an item. */
const origin = z.strictObject({
  item: field(z.int().min(1).max(50), { zh: '商品序号', description: 'the item of the declaration, by its sequence' }),
  criterion: field(z.enum(originCriteria), { zh: '原产地标准', description: 'one of its scheme' }),
  regionalValueContent: field(z.string().regex(/^(100|[1-9]?\d)(\.\d{1,2})?$/), {
    zh: '区域价值成分(%)',
    description: 'asked for criterion RVC',
  }).optional(),
  fobValue: field(decimal(2), {
    zh: '离岸价',
    description: 'for criterion RVC; as terms and charges tell when absent',
  }).optional(),
})

/** What only a certificate of origin asks 原产地证书. */
export const originParticulars = z.strictObject({
  declarant: field(declarant, { zh: '申报人', description: 'default: that of the permit' }).optional(),
  agent: field(agent, { zh: '申报代理（新加坡）', description: 'default: that of the permit' }).optional(),
  scheme: field(z.enum(originSchemes), { zh: '优惠贸易安排' }).optional(),
  certificate: field(
    z.strictObject({
      number: field(line(35), { zh: '证书编号' }),
      authority: field(line(70), { zh: '签证机构' }),
      issueDate: field(day, { zh: '签发日期' }),
    }),
    { zh: '中国签发的原产地证书', description: 'asked for goods from China; Singapore numbers its own' },
  ).optional(),
  retroactive: field(z.boolean(), { zh: '补发' }).default(false),
  items: field(z.array(origin).max(50), { zh: '商品原产地', description: 'one row for each item' }).default([]),
  remarks: field(z.array(line(512)).max(4), { zh: '备注' }).default([]),
})
export type OriginParticulars = z.infer<typeof originParticulars>
