import * as z from 'zod'
import { containerNumber, day, decimal, field, line } from '../../schemas/formats.ts'

const phone = field(z.string().regex(/^[0-9+ -]{5,20}$/), { en: 'Telephone', zh: '电话' })
const contact = z.strictObject({ name: field(line(70), { en: 'Name', zh: '姓名/名称' }), phone })
const shipId = field(z.string().regex(/^CN\d{11}$/), {
  en: 'Ship identification number',
  zh: '船舶识别号',
  description: 'default: the id of the conveyance where it is one',
  descriptionZh: '不填取运输工具编号（符合格式时）',
})
const emergencyContact = field(contact, { en: 'Emergency contact', zh: '应急联系人' })

/** What only the report of an inland voyage asks 进出港报告. */
export const inlandReport = z.strictObject({
  reporter: field(contact, { en: 'Reporter', zh: '报告人' }).optional(),
  shipId: shipId.optional(),
  mmsi: field(z.string().regex(/^\d{9}$/), {
    en: 'MMSI',
    zh: '海上移动业务识别码',
    description: 'default: the id of the conveyance where it is one; not asked of ships under 100 GT',
    descriptionZh: '不填取运输工具编号（符合格式时）；100总吨以下船舶免填',
  }).optional(),
  grossTonnage: field(decimal(4), { en: 'Gross tonnage', zh: '总吨' }).optional(),
  cargoSummary: field(line(256), {
    en: 'What it carries, in short',
    zh: '载货概况',
    description: 'default: the names of the items',
    descriptionZh: '不填为商品名称',
  }).optional(),
  containerCount: field(z.int().min(0).max(99_999), {
    en: 'Number of containers',
    zh: '箱数',
    description: 'of the whole ship; default: the containers of this declaration',
    descriptionZh: '全船箱数；不填为本单集装箱数',
  }).optional(),
  otherDangerousGoods: field(z.boolean(), {
    en: 'Other dangerous goods on board',
    zh: '船上另有危险货物',
    description: 'true when the ship carries dangerous goods of others; default false',
    descriptionZh: '船上有他人危险货物时选“是”；不填为否',
  }).optional(),
})
export type InlandReport = z.infer<typeof inlandReport>

const dangerousGoodsRow = z.strictObject({
  goodsItemSequence: field(z.int().min(1).max(50), { en: 'Item number', zh: '商品序号' }),
  technicalName: field(line(250), {
    en: 'Technical name',
    zh: '技术名称',
    description: 'where the shipping name says N.O.S.',
    descriptionZh: '运输名称含 N.O.S. 时填写',
  }).optional(),
  flashPointC: field(z.string().regex(/^-?(0|[1-9]\d{0,3})(\.\d{1,4})?$/), {
    en: 'Flash point (°C)',
    zh: '闪点(℃)',
    description: 'asked for class 3',
    descriptionZh: '第3类必填',
  }).optional(),
  emS: field(z.string().regex(/^F-[A-Z],S-[A-Z]$/), {
    en: 'Emergency schedules (EmS)',
    zh: '应急措施编号 EmS',
    description: 'fire, spillage: F-A,S-I',
    descriptionZh: '火灾、溢漏：F-A,S-I',
  }).optional(),
  marinePollutant: field(z.boolean(), {
    en: 'Marine pollutant',
    zh: '海洋污染物',
    description: 'default: true for UN 3077 and 3082, else not stated',
    descriptionZh: 'UN 3077、3082 默认为是，其余不填',
  }).optional(),
  limitedQuantity: field(z.boolean(), {
    en: 'Limited quantity',
    zh: '有限数量',
    description: 'default: not stated',
    descriptionZh: '默认不填',
  }).optional(),
  packageCount: field(z.int().min(1).max(99_999_999), {
    en: 'Number of packages',
    zh: '包件数',
    description: 'default: the packages of the declaration when it has one item',
    descriptionZh: '仅一项商品时默认为申报件数',
  }).optional(),
  packingCertificateNumber: field(line(35), {
    en: 'Container packing certificate',
    zh: '集装箱装箱证明书编号',
    description: 'asked for goods in containers (JT 672)',
    descriptionZh: '集装箱货物必填（JT 672）',
  }).optional(),
  packagingCertificate: field(
    z.strictObject({
      number: field(line(35), { en: 'Number', zh: '编号' }),
      expiryDate: field(day, {
        en: 'Valid until',
        zh: '有效期至',
        description: 'not before the day of departure',
        descriptionZh: '不早于启运当日',
      }),
    }),
    { en: 'Packaging certificate', zh: '危险货物包装使用鉴定结果单（危包证）' },
  ).optional(),
  safetyDataSheetId: field(line(35), { en: 'Safety data sheet', zh: '安全数据说明书编号 SDS' }).optional(),
  emergencyContact: emergencyContact.optional(),
})
export type DangerousGoodsRow = z.infer<typeof dangerousGoodsRow>

/** What only the shipper's declaration of dangerous cargo asks 货报（安全适运申报单）. */
export const dangerousCargo = z.strictObject({
  declarantPhone: field(phone, { en: 'Telephone of the declarant', zh: '申报单位电话' }).optional(),
  emergencyContact: field(contact, {
    en: 'Emergency contact',
    zh: '应急联系人',
    description: 'for every item that names none of its own',
    descriptionZh: '适用于未单独填写的各项',
  }).optional(),
  goods: field(z.array(dangerousGoodsRow).max(50), {
    en: 'Dangerous goods',
    zh: '危险货物',
    description: 'one row for each dangerous item',
    descriptionZh: '每项危险货物一行',
  }).optional(),
})
export type DangerousCargo = z.infer<typeof dangerousCargo>

/** Ship types 船舶种类. Source: specification §5. */
const shipTypes = ['CONTAINER', 'GENERAL', 'RORO', 'PASSENGER'] as const

const shipNames = {
  CONTAINER: { en: 'container ship', zh: '集装箱船' },
  GENERAL: { en: 'general cargo ship', zh: '杂货船' },
  RORO: { en: 'ro-ro ship', zh: '滚装船' },
  PASSENGER: { en: 'passenger ship', zh: '客船' },
}

const stow = z.strictObject({
  containerId: field(containerNumber, { en: 'Container number', zh: '集装箱号' }),
  position: field(z.string().regex(/^\d{6,7}$/), {
    en: 'Stowage position',
    zh: '积载位置',
    description: 'bay, row, tier: 010284',
    descriptionZh: '行、列、层：010284',
  }),
  onDeck: field(z.boolean(), { en: 'On deck', zh: '甲板积载' }),
})

/** What only the carrier's declaration of dangerous cargo asks 船报（船舶载运危险货物申报单）. */
export const dangerousShip = z.strictObject({
  carrier: field(z.strictObject({ name: field(line(70), { en: 'Name', zh: '名称' }).optional(), phone }), {
    en: 'Carrier',
    zh: '承运人',
    description: 'name: default the carrier of the consignment',
    descriptionZh: '名称不填取托运的承运人',
  }).optional(),
  shipId: shipId.optional(),
  shipType: field(z.enum(shipTypes), { en: 'Kind of ship', zh: '船舶种类', values: shipNames }).optional(),
  stowage: field(z.array(stow).max(100), {
    en: 'Stowage',
    zh: '积载',
    description: 'one row for each container with dangerous goods',
    descriptionZh: '每个装有危险货物的集装箱一行',
  }).optional(),
})
export type DangerousShip = z.infer<typeof dangerousShip>

/** What only the permit to leave for abroad asks 出口岸许可. */
export const departure = z.strictObject({
  applicant: field(contact, { en: "Applicant (ship's agent)", zh: '申请人（船舶代理）' }).optional(),
  crewCount: field(z.int().min(1).max(99_999), { en: 'Number of crew', zh: '船员人数' }).optional(),
  securityCertificate: field(
    z.strictObject({
      number: field(line(35), { en: 'Number', zh: '编号' }),
      expiryDate: field(day, {
        en: 'Valid until',
        zh: '有效期至',
        description: 'not before the day of departure',
        descriptionZh: '不早于启运当日',
      }),
    }),
    { en: 'International Ship Security Certificate', zh: '国际船舶保安证书 ISSC' },
  ).optional(),
})
export type Departure = z.infer<typeof departure>

/** What only a change asks 变更: who answers the office's questions. */
export const change = z.strictObject({
  contact: field(contact, {
    en: 'Contact',
    zh: '联系人',
    description: 'default: none',
    descriptionZh: '不填为无',
  }).optional(),
})
export type ChangeParticulars = z.infer<typeof change>
