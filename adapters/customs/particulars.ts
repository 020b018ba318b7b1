import * as z from 'zod'
import { choosing, decimal, field, line } from '../../schemas/formats.ts'
import type { Text } from '../../schemas/text.ts'
import { englishOf, flags, listOf } from './element-names.ts'
import { type Element, type Section, sections } from './elements.ts'

/** Elements whose particular is not simply the element with a small first letter. */
const spelt = { ICCode: 'icCode', BLNo: 'blNo', PDate: 'pDate', PartenerID: 'partenerId' } as const
type Spelt = typeof spelt
type NameOf<E> = E extends keyof Spelt ? Spelt[E] : E extends string ? Uncapitalize<E> : never

/** The particular that holds an element which only customs asks for: `ApprNo` is `apprNo`. */
export const nameOf = (element: string): string =>
  (spelt as { readonly [element: string]: string })[element] ?? element.charAt(0).toLowerCase() + element.slice(1)

/** The elements of a section that no canonical field covers: rows without a path. */
type Own<S extends Section> = {
  [E in keyof S as S[E] extends readonly [string, unknown] ? NameOf<E> : never]: z.ZodOptional<z.ZodString>
}

/** One optional text for each element that only customs asks for, as long as the wire takes it. */
function own<S extends Section>(section: S): Own<S> {
  const fields = Object.entries(section).flatMap(([element, [zh, length, at]]) =>
    at === undefined
      ? [
          [
            nameOf(element),
            field(written(element, length), {
              en: englishOf(element),
              zh,
            }).optional(),
          ],
        ]
      : [],
  )
  return Object.fromEntries(fields) as Own<S>
}

/** An element as long as the wire takes it, from its code list where it has one. */
function written(element: string, length: Element[1]) {
  if (typeof length !== 'number') return decimal(Number(length.split(',')[1]))
  const list = listOf(element)
  return list === undefined ? line(length) : choosing(line(length), list)
}

const flag = (en: string, zh: string, values: { readonly [value: string]: Text }, help: Text) =>
  field(z.enum(Object.keys(values)), { en, zh, values, description: help.en, descriptionZh: help.zh }).optional()
const yesOrNo = { '0': { en: 'no', zh: '否' }, '1': { en: 'yes', zh: '是' } }

/** Characters 1-2 the kind of document (Z alone: 自报自缴), 3 one-step, 4-6 no longer used, 7 combined ports 组合港. */
const documentKind =
  /^(?:Z|Z | {2}|ML|SD|LY|CL|SS|SW|SZ|SM|SL|MF|MK|MT|TT|IT|EX|EC|MU|AL|BL|H1|H2)(?:[ 0](?:[A-Z0-9 ]{0,3}|[A-Z0-9 ]{3}[ Z]))?$/

/** Rows counted from 1, as a person counts goods items, containers and attachments. */
const numbered = <T extends z.ZodType>(row: T) => z.record(z.string().regex(/^[1-9]\d?\d?$/), row)
const rows = <T extends z.ZodType>(row: T, en: string, zh: string) => field(z.array(row).max(99), { en, zh }).optional()

/** Sections this adapter carries without reading them: their canonical counterpart does not exist and this window takes them unread. */
export const carriedSections = [
  'DecMarkLobs',
  'TrnHead',
  'TrnList',
  'TrnContainers',
  'TrnContaGoodsList',
  'SddTax',
  'DecRisk',
  'DecSupplementLists',
  'DecRoyaltyFee',
  'DecTpAccess',
  'DecControlModel',
] as const

type Carried = string | { readonly [element: string]: Carried } | readonly Carried[]
const carried: z.ZodType<Carried> = z.lazy(() =>
  z.union([z.string(), z.record(z.string().max(64), carried), z.array(carried).max(999)]),
)

const { DecHead, DecList, DecGoodsLimitVin, Container, DecSign, DecFreeTxt, EdocRealation, EcoRelation } = sections

const item = z.strictObject({
  ...own(DecList),
  engManEntCnm: field(line(100), {
    en: 'Producer abroad',
    zh: '境外生产企业名称',
    description: 'on export only; on import it is the producer',
    descriptionZh: '仅出口填写；进口取生产单位',
  }).optional(),
  mnufctrRegName: field(line(150), {
    en: 'Name of the producer',
    zh: '生产单位名称',
    description: 'on import only; on export it is the producer',
    descriptionZh: '仅进口填写；出口取生产单位',
  }).optional(),
  prodValidDt: field(line(20), {
    en: 'Expiry day',
    zh: '产品有效期',
    description: 'where it is no day',
    descriptionZh: '不是日期时填写',
  }).optional(),
  prodQgp: field(line(20), {
    en: 'Shelf life (days)',
    zh: '产品保质期',
    description: 'where it is no number of days',
    descriptionZh: '不是天数时填写',
  }).optional(),
  vins: rows(
    z.strictObject({
      ...own(DecGoodsLimitVin),
      licTypeCode: field(choosing(line(5), 'goods-permit-types'), { en: 'Kind of permit', zh: '许可证类别代码' }),
      licenceNo: field(line(40), {
        en: 'Permit number',
        zh: '许可证编号',
        description: 'with its type one of the permits of the item',
        descriptionZh: '与类别一起对应该商品的许可证',
      }),
    }),
    'Vehicles of the permits',
    '许可证VIN信息',
  ),
})

/**
 * What only customs asks for (DecMessage elements without a canonical field, under their wire names, sic). A particular that is
 * absent takes its default; without one the element stays empty.
 */
export const particulars = z.strictObject({
  ...own(DecHead),
  ...own(DecSign),
  ...own(DecFreeTxt),
  inputerName: field(line(32), {
    en: 'Name of the typist',
    zh: '录入员姓名',
    description: 'required to declare',
    descriptionZh: '申报必填',
  }).optional(),
  icCode: field(line(13), {
    en: "Operator's IC card",
    zh: '操作员IC卡号',
    description: 'required to declare',
    descriptionZh: '申报必填',
  }).optional(),
  typistNo: field(line(30), {
    en: "Typist's IC card",
    zh: '录入员IC卡号',
    description: 'default: icCode',
    descriptionZh: '不填同操作员IC卡号',
  }).optional(),
  operName: field(line(30), {
    en: 'Name of the operator',
    zh: '操作员姓名',
    description: "default: the declarant's name",
    descriptionZh: '不填同申报人员姓名',
  }).optional(),
  copCode: field(line(18), {
    en: 'Organisation code of the operating firm',
    zh: '操作企业组织机构代码',
    description: "default: the agent's customs registration",
    descriptionZh: '不填取申报单位海关注册编码',
  }).optional(),
  seqNo: field(z.string().regex(/^[IE]\d{17}$/), {
    en: 'Unified number of a draft',
    zh: '统一编号',
    description: 'of a draft that is declared now; later attempts carry the one customs gave',
    descriptionZh: '暂存后申报时填写；之后沿用海关给出的编号',
  }).optional(),
  type: field(z.string().regex(documentKind), {
    en: 'Kind of paper',
    zh: '单据类型',
    description:
      'default: blank, the general declaration; Z on an import: duty and tax are computed and sent with it 自报自缴',
    descriptionZh: '不填为一般报关单；进口填 Z 为自报自缴',
  }).optional(),
  ediId: flag('Customs mark', '报关标志', flags.ediId, { en: 'default: 1, ordinary', zh: '不填为 1 普通报关' }),
  entryType: flag('Kind of declaration', '报关单类型', flags.entryType, {
    en: 'default: M, paperless clearance',
    zh: '不填为 M 通关无纸化',
  }),
  declTrnRel: flag('Declared or in transit', '报关/转关关系标志', flags.declTrnRel, {
    en: 'default: 0, general',
    zh: '不填为 0 一般报关单',
  }),
  chkSurety: flag('Released on a guarantee', '担保验放标志', yesOrNo, {
    en: 'default: 1 on an import with a guarantee reference, else 0',
    zh: '进口且有担保编号的默认为 1，否则为 0',
  }),
  billType: flag('Kind of record list', '备案清单类型', flags.billType, { en: 'default: blank', zh: '默认不填' }),
  conveyanceLeg: field(z.int().min(1).max(10), {
    en: 'Leg customs is told of',
    zh: '申报运输工具所在运输段',
    description: "which leg's conveyance customs is told of, counted from 1; default: see customsLeg",
    descriptionZh: '向海关申报第几段的运输工具，从1起；不填自动确定',
  }).optional(),
  trafMode: field(choosing(line(1), 'transport-modes'), {
    en: 'Mode of transport (customs code)',
    zh: '运输方式代码',
    description: 'a mode only customs has (bonded areas)',
    descriptionZh: '仅海关使用的运输方式（保税区等）',
  }).optional(),
  trafName: field(line(50), {
    en: 'Code and name of the conveyance',
    zh: '运输工具代码及名称',
    description: "where it is not composed of the leg's name and voyage",
    descriptionZh: '不由运输工具名称和航次组成时填写',
  }).optional(),
  voyNo: field(line(32), {
    en: 'Voyage',
    zh: '航次号',
    description: "where it is not the leg's voyage",
    descriptionZh: '与运输段航次不同时填写',
  }).optional(),
  despDate: field(line(8), {
    en: 'Departure',
    zh: '启运日期',
    description: 'on export only',
    descriptionZh: '仅出口填写',
  }).optional(),
  purpOrgCode: field(choosing(line(10), 'customs-offices'), {
    en: 'Customs office of destination',
    zh: '目的地海关',
    description: 'in the form before 2024-04',
    descriptionZh: '2024年4月前的格式',
  }).optional(),
  ports: field(
    z.strictObject({
      distinatePort: field(choosing(z.string().regex(/^[A-Z0-9]{6}$/), 'foreign-ports'), {
        en: 'Port of transit or destination',
        zh: '经停港/指运港',
      }).optional(),
      despPortCode: field(choosing(z.string().regex(/^[A-Z0-9]{6}$/), 'foreign-ports'), {
        en: 'From',
        zh: '启运港',
      }).optional(),
    }),
    {
      en: 'Port codes',
      zh: '港口代码',
      description: 'where the customs code is another than the one the place has',
      descriptionZh: '海关代码与地点代码不同时填写',
    },
  ).optional(),
  measureWords: field(
    z.record(z.string().startsWith('/goodsShipment/items/').max(120), choosing(z.string().regex(/^\d{3}$/), 'units')),
    {
      en: 'Unit codes',
      zh: '计量单位代码',
      description:
        'a customs unit by JSON pointer of the unit code, where it is not the HS code\'s own: {"/goodsShipment/items/0/quantity/unitCode": "003"}',
      descriptionZh: '按计量单位所在位置填写的海关单位代码，与法定单位不同时填写',
    },
  ).optional(),
  items: field(numbered(item), {
    en: 'Goods items',
    zh: '商品项特有数据',
    description: 'by item number',
    descriptionZh: '按商品序号',
  }).optional(),
  containers: field(numbered(z.strictObject(own(Container))), {
    en: 'Containers',
    zh: '集装箱特有数据',
    description: 'by place, from 1',
    descriptionZh: '按次序，从1起',
  }).optional(),
  attachments: field(numbered(z.strictObject(own(EdocRealation))), {
    en: 'Electronic documents',
    zh: '随附单据特有数据',
    description: 'by place, from 1',
    descriptionZh: '按次序，从1起',
  }).optional(),
  requestCerts: rows(z.strictObject(own(sections.DecRequestCert)), 'Documents applied for', '申请单证'),
  otherPacks: rows(z.strictObject(own(sections.DecOtherPack)), 'Other packages', '其他包装'),
  copLimits: rows(z.strictObject(own(sections.DecCopLimit)), 'Qualifications of firms', '企业资质'),
  users: rows(z.strictObject(own(sections.DecUser)), 'Users', '使用人'),
  ecoRelations: rows(z.strictObject(own(EcoRelation)), 'Items of the documents', '随附单证对应关系'),
  copPromises: field(
    z
      .array(z.strictObject(own(sections.DecCopPromise)))
      .min(1)
      .max(99),
    {
      en: 'Promises of the firm',
      zh: '企业承诺信息',
      description: 'default: 证明/声明材料代码 101040 on import, 102053 on export',
      descriptionZh: '不填时进口为 101040，出口为 102053',
    },
  ).optional(),
  sections: field(z.partialRecord(z.enum(carriedSections), carried), {
    en: 'Other sections of the message',
    zh: '其他报文节',
    description: 'carried as they came, unread',
    descriptionZh: '原样转送',
  }).optional(),
})
export type Particulars = z.infer<typeof particulars>
export type ItemParticulars = z.infer<typeof item>

/** What an element that is left empty means, where that is not "empty". */
export const defaults = { ediId: '1', entryType: 'M', declTrnRel: '0' } as const
