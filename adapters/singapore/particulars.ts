import * as z from 'zod'
import { choosing, day, decimal, field, line } from '../../schemas/formats.ts'
import {
  cancellationNames,
  cancellationReasons,
  originCriteria,
  originSchemes,
  schemeNames,
  takenUnits,
} from './codes.ts'

const uen = z.string().regex(/^[0-9A-Z]{9,10}$/)
const location = z.enum(['CZ', 'PPZ', 'CW', 'O'])
const measured = z.strictObject({
  value: field(decimal(4), { en: 'Quantity', zh: '数量' }),
  unitCode: field(choosing(z.enum(takenUnits), 'units', 'rec20'), { en: 'Unit', zh: '计量单位' }),
})

/** What Singapore asks of an item beyond the declaration. */
const item = z.strictObject({
  item: field(z.int().min(1).max(50), {
    en: 'Item number',
    zh: '商品序号',
    description: 'the item of the declaration, by its sequence',
    descriptionZh: '申报单的商品序号',
  }),
  ahtn: field(z.string().regex(/^\d{8}$/), {
    en: 'Singapore commodity code (AHTN)',
    zh: '新加坡税则号 AHTN',
    description: '8 digits; the first six are those of the HS code',
    descriptionZh: '8位，前6位与商品编号一致',
  }),
  quantity: field(measured, {
    en: 'Statutory quantity in Singapore',
    zh: '新加坡法定数量',
    description: 'the first statutory quantity when absent, if its unit is one taken',
    descriptionZh: '单位可用时，不填取第一法定数量',
  }).optional(),
  value: field(decimal(2), {
    en: 'CIF or FOB value',
    zh: '到岸价/离岸价',
    description: 'CIF (to Singapore) or FOB (from Singapore); needed where terms and charges do not tell it',
    descriptionZh: '输往新加坡填到岸价，自新加坡填离岸价；成交方式和费用无法推算时必填',
  }).optional(),
  lastSellingPrice: field(decimal(2), { en: 'Last selling price', zh: '最后售价' }).optional(),
  productCode: field(line(17), {
    en: 'Product code of the controlling agency',
    zh: '主管机构产品代码',
    description: "the controlling agency's usual one when absent",
    descriptionZh: '不填取主管机构常用代码',
  }).optional(),
  productQuantity: field(measured, {
    en: 'Quantity for the controlling agency',
    zh: '主管机构产品数量',
    description: 'the quantity when absent',
    descriptionZh: '不填同数量',
  }).optional(),
  model: field(line(100), {
    en: 'Model',
    zh: '型号',
    description: 'as the declaration elements tell when absent',
    descriptionZh: '不填取申报要素所载',
  }).optional(),
})
export type PermitItem = z.infer<typeof item>

const declarant = field(
  z.strictObject({
    id: field(line(17), { en: 'Declarant number', zh: '申报人编号' }),
    name: field(line(70), { en: 'Name', zh: '姓名' }),
    telephone: field(line(20), { en: 'Telephone', zh: '电话' }),
  }),
  {
    en: 'Declarant',
    zh: '申报人',
  },
)
const agent = field(
  z.strictObject({
    uen: field(uen, { en: 'Unique entity number (UEN)', zh: '企业注册号 UEN' }),
    name: field(line(70), { en: 'Name', zh: '名称' }),
  }),
  {
    en: 'Declaring agent in Singapore',
    zh: '申报代理（新加坡）',
  },
)
const permitNumber = z.string().regex(/^[A-Z]{2}\d[A-L]\d{6}[A-Z]$/)

/** What only the permit of Singapore 新加坡进出口许可 asks for. */
export const permitParticulars = z.strictObject({
  declarant: declarant.optional(),
  agent: agent.optional(),
  trader: field(
    z.strictObject({
      uen: field(uen, { en: 'Unique entity number (UEN)', zh: '企业注册号 UEN' }),
      name: field(line(70), { en: 'Name', zh: '名称' }).optional(),
    }),
    {
      en: 'Importer or exporter in Singapore',
      zh: '新加坡进口商/出口商',
      description:
        'importer of goods from China, exporter of goods to China; its name as the declaration tells when absent',
      descriptionZh: '自中国进口的进口商，或向中国出口的出口商；名称不填取申报单所载',
    },
  ).optional(),
  items: field(z.array(item).max(50), { en: 'Additions to the items', zh: '商品补充' }).default([]),
  releaseLocation: field(location, {
    en: 'Place of release',
    zh: '放行地点',
    description: 'PPZ for sea, CZ for air, O otherwise when absent',
    descriptionZh: '不填时海运为 PPZ，空运为 CZ，其他为 O',
  }).optional(),
  receiptLocation: field(location, {
    en: 'Place of receipt',
    zh: '收货地点',
    description: 'O when absent',
    descriptionZh: '不填为 O',
  }).default('O'),
  indicator: field(line(3), { en: 'Declaration indicator', zh: '申报标识' }).optional(),
  previousPermit: field(permitNumber, { en: 'Previous permit', zh: '前次许可证号' }).optional(),
  licences: field(z.array(line(35)).max(5), { en: 'Licences of controlling agencies', zh: '主管机构许可' }).default([]),
  documents: field(
    z
      .array(
        z.strictObject({
          id: field(line(35), { en: 'Document number', zh: '单证编号' }),
          fileName: field(line(100), { en: 'File name', zh: '文件名' }),
        }),
      )
      .max(9),
    {
      en: 'Documents',
      zh: '随附单证',
    },
  ).default([]),
  remarks: field(z.array(line(512)).max(3), { en: 'Remarks', zh: '备注' }).default([]),
})
export type PermitParticulars = z.infer<typeof permitParticulars>

const otherDeclarant = field(declarant, {
  en: 'Declarant',
  zh: '申报人',
  description: 'another of the same agent; default: who declared',
  descriptionZh: '同一代理的另一申报人；不填为原申报人',
})

/** What only an amendment of a permit asks 修改许可. */
export const amendmentParticulars = z.strictObject({ declarant: otherDeclarant.optional() })
export type AmendmentParticulars = z.infer<typeof amendmentParticulars>

/** What only a cancellation asks 撤销许可或原产地证书. */
export const cancellationParticulars = z.strictObject({
  reasonCode: field(z.enum(cancellationReasons), {
    values: cancellationNames,
    en: 'Reason for the cancellation',
    zh: '撤销原因代码',
    description: 'C01 to C13',
    descriptionZh: 'C01 至 C13',
  }).optional(),
  declarant: otherDeclarant.optional(),
  replacementPermit: field(permitNumber, { en: 'Replacement permit', zh: '替代许可证号' }).optional(),
})
export type CancellationParticulars = z.infer<typeof cancellationParticulars>

/** The origin of an item. */
const origin = z.strictObject({
  item: field(z.int().min(1).max(50), {
    en: 'Item number',
    zh: '商品序号',
    description: 'the item of the declaration, by its sequence',
    descriptionZh: '申报单的商品序号',
  }),
  criterion: field(z.enum(originCriteria), {
    en: 'Origin criterion',
    zh: '原产地标准',
    description: 'one of its scheme',
    descriptionZh: '须属于所选安排',
  }),
  regionalValueContent: field(z.string().regex(/^(100|[1-9]?\d)(\.\d{1,2})?$/), {
    en: 'Regional value content (%)',
    zh: '区域价值成分(%)',
    description: 'asked for criterion RVC',
    descriptionZh: '标准为 RVC 时必填',
  }).optional(),
  fobValue: field(decimal(2), {
    en: 'FOB value',
    zh: '离岸价',
    description: 'for criterion RVC; as terms and charges tell when absent',
    descriptionZh: '标准为 RVC 时填写；不填按成交方式和费用推算',
  }).optional(),
})

/** What only a certificate of origin asks 原产地证书. */
export const originParticulars = z.strictObject({
  declarant: field(declarant, {
    en: 'Declarant',
    zh: '申报人',
    description: 'default: that of the permit',
    descriptionZh: '不填同许可证',
  }).optional(),
  agent: field(agent, {
    en: 'Declaring agent in Singapore',
    zh: '申报代理（新加坡）',
    description: 'default: that of the permit',
    descriptionZh: '不填同许可证',
  }).optional(),
  scheme: field(z.enum(originSchemes), {
    en: 'Preferential scheme',
    zh: '优惠贸易安排',
    values: schemeNames,
  }).optional(),
  certificate: field(
    z.strictObject({
      number: field(line(35), { en: 'Certificate number', zh: '证书编号' }),
      authority: field(line(70), { en: 'Issuing authority', zh: '签证机构' }),
      issueDate: field(day, { en: 'Day of issue', zh: '签发日期' }),
    }),
    {
      en: 'Certificate of origin issued in China',
      zh: '中国签发的原产地证书',
      description: 'asked for goods from China; Singapore numbers its own',
      descriptionZh: '来自中国的货物必填；新加坡自行编号',
    },
  ).optional(),
  retroactive: field(z.boolean(), { en: 'Issued retroactively', zh: '补发' }).default(false),
  items: field(z.array(origin).max(50), {
    en: 'Origin of the items',
    zh: '商品原产地',
    description: 'one row for each item',
    descriptionZh: '每项商品一行',
  }).default([]),
  remarks: field(z.array(line(512)).max(4), { en: 'Remarks', zh: '备注' }).default([]),
})
export type OriginParticulars = z.infer<typeof originParticulars>
