import * as z from 'zod'
import { decimal, field, line } from '../../schemas/formats.ts'
import { type Section, sections } from './elements.ts'

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
            field(typeof length === 'number' ? line(length) : decimal(Number(length.split(',')[1])), { zh }).optional(),
          ],
        ]
      : [],
  )
  return Object.fromEntries(fields) as Own<S>
}

const flag = (zh: string, values: readonly [string, ...string[]], description: string) =>
  field(z.enum(values), { zh, description }).optional()

/** Characters 1-2 the kind of document (Z alone: 自报自缴), 3 one-step, 4-6 no longer used, 7 combined ports 组合港. */
const documentKind =
  /^(?:Z|Z | {2}|ML|SD|LY|CL|SS|SW|SZ|SM|SL|MF|MK|MT|TT|IT|EX|EC|MU|AL|BL|H1|H2)(?:[ 0](?:[A-Z0-9 ]{0,3}|[A-Z0-9 ]{3}[ Z]))?$/

/** Rows counted from 1, as a person counts goods items, containers and attachments. */
const numbered = <T extends z.ZodType>(row: T) => z.record(z.string().regex(/^[1-9]\d?\d?$/), row)
const rows = <T extends z.ZodType>(row: T, zh: string) => field(z.array(row).max(99), { zh }).optional()

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
    zh: '境外生产企业名称',
    description: 'on export only; on import it is the producer',
  }).optional(),
  mnufctrRegName: field(line(150), {
    zh: '生产单位名称',
    description: 'on import only; on export it is the producer',
  }).optional(),
  prodValidDt: field(line(20), { zh: '产品有效期', description: 'where it is no day' }).optional(),
  prodQgp: field(line(20), { zh: '产品保质期', description: 'where it is no number of days' }).optional(),
  vins: rows(
    z.strictObject({
      ...own(DecGoodsLimitVin),
      licTypeCode: field(line(5), { zh: '许可证类别代码' }),
      licenceNo: field(line(40), { zh: '许可证编号', description: 'with its type one of the permits of the item' }),
    }),
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
  inputerName: field(line(32), { zh: '录入员姓名', description: 'required to declare' }).optional(),
  icCode: field(line(13), { zh: '操作员IC卡号', description: 'required to declare' }).optional(),
  typistNo: field(line(30), { zh: '录入员IC卡号', description: 'default: icCode' }).optional(),
  operName: field(line(30), { zh: '操作员姓名', description: "default: the declarant's name" }).optional(),
  copCode: field(line(18), {
    zh: '操作企业组织机构代码',
    description: "default: the agent's customs registration",
  }).optional(),
  seqNo: field(z.string().regex(/^[IE]\d{17}$/), {
    zh: '统一编号',
    description: 'of a draft that is declared now; later attempts carry the one customs gave',
  }).optional(),
  type: field(z.string().regex(documentKind), {
    zh: '单据类型',
    description:
      'default: blank, the general declaration; Z on an import: duty and tax are computed and sent with it 自报自缴',
  }).optional(),
  ediId: flag('报关标志', ['1', '3', '5', '6'], 'default: 1, ordinary'),
  entryType: flag('报关单类型', ['0', 'L', 'W', 'D', 'M'], 'default: M, paperless clearance 通关无纸化'),
  declTrnRel: flag('报关/转关关系标志', ['0', '1'], 'default: 0, general'),
  chkSurety: flag('担保验放标志', ['0', '1'], 'default: 1 on an import with a guarantee reference, else 0'),
  billType: flag('备案清单类型', ['1', '2', '3', '4'], 'default: blank'),
  conveyanceLeg: field(z.int().min(1).max(10), {
    zh: '申报运输工具所在运输段',
    description: "which leg's conveyance customs is told of, counted from 1; default: see customsLeg",
  }).optional(),
  trafMode: field(line(1), { zh: '运输方式代码', description: 'a mode only customs has (bonded areas)' }).optional(),
  trafName: field(line(50), {
    zh: '运输工具代码及名称',
    description: "where it is not composed of the leg's name and voyage",
  }).optional(),
  voyNo: field(line(32), { zh: '航次号', description: "where it is not the leg's voyage" }).optional(),
  despDate: field(line(8), { zh: '启运日期', description: 'on export only' }).optional(),
  purpOrgCode: field(line(10), { zh: '目的地海关', description: 'in the form before 2024-04' }).optional(),
  ports: field(
    z.strictObject({
      distinatePort: field(z.string().regex(/^[A-Z0-9]{6}$/), { zh: '经停港/指运港' }).optional(),
      despPortCode: field(z.string().regex(/^[A-Z0-9]{6}$/), { zh: '启运港' }).optional(),
    }),
    { zh: '港口代码', description: 'where the customs code is another than the one the place has' },
  ).optional(),
  measureWords: field(z.record(z.string().startsWith('/goodsShipment/items/').max(120), z.string().regex(/^\d{3}$/)), {
    zh: '计量单位代码',
    description:
      'a customs unit by JSON pointer of the unit code, where it is not the HS code\'s own: {"/goodsShipment/items/0/quantity/unitCode": "003"}',
  }).optional(),
  items: field(numbered(item), { zh: '商品项特有数据', description: 'by item number' }).optional(),
  containers: field(numbered(z.strictObject(own(Container))), {
    zh: '集装箱特有数据',
    description: 'by place, from 1',
  }).optional(),
  attachments: field(numbered(z.strictObject(own(EdocRealation))), {
    zh: '随附单据特有数据',
    description: 'by place, from 1',
  }).optional(),
  requestCerts: rows(z.strictObject(own(sections.DecRequestCert)), '申请单证'),
  otherPacks: rows(z.strictObject(own(sections.DecOtherPack)), '其他包装'),
  copLimits: rows(z.strictObject(own(sections.DecCopLimit)), '企业资质'),
  users: rows(z.strictObject(own(sections.DecUser)), '使用人'),
  ecoRelations: rows(z.strictObject(own(EcoRelation)), '随附单证对应关系'),
  copPromises: field(
    z
      .array(z.strictObject(own(sections.DecCopPromise)))
      .min(1)
      .max(99),
    {
      zh: '企业承诺信息',
      description: 'default: 证明/声明材料代码 101040 on import, 102053 on export',
    },
  ).optional(),
  sections: field(z.partialRecord(z.enum(carriedSections), carried), {
    zh: '其他报文节',
    description: 'carried as they came, unread',
  }).optional(),
})
export type Particulars = z.infer<typeof particulars>
export type ItemParticulars = z.infer<typeof item>

/** What an element that is left empty means, where that is not "empty". */
export const defaults = { ediId: '1', entryType: 'M', declTrnRel: '0' } as const
