import * as z from 'zod'
import { containerNumber, day, decimal, field, line } from '../../schemas/formats.ts'

const phone = field(z.string().regex(/^[0-9+ -]{5,20}$/), { zh: '电话' })
const contact = z.strictObject({ name: field(line(70), { zh: '姓名/名称' }), phone })
const shipId = field(z.string().regex(/^CN\d{11}$/), {
  zh: '船舶识别号',
  description: 'default: the id of the conveyance where it is one',
})
const emergencyContact = field(contact, { zh: '应急联系人' })

/** What only the report of an inland voyage asks 进出港报告. */
export const inlandReport = z.strictObject({
  reporter: field(contact, { zh: '报告人' }).optional(),
  shipId: shipId.optional(),
  mmsi: field(z.string().regex(/^\d{9}$/), {
    zh: '海上移动业务识别码',
    description: 'default: the id of the conveyance where it is one; not asked of ships under 100 GT',
  }).optional(),
  grossTonnage: field(decimal(4), { zh: '总吨' }).optional(),
  cargoSummary: field(line(256), { zh: '载货概况', description: 'default: the names of the items' }).optional(),
  containerCount: field(z.int().min(0).max(99_999), {
    zh: '箱数',
    description: 'of the whole ship; default: the containers of this declaration',
  }).optional(),
  otherDangerousGoods: field(z.boolean(), {
    zh: '船上另有危险货物',
    description: 'true when the ship carries dangerous goods of others; default false',
  }).optional(),
})
export type InlandReport = z.infer<typeof inlandReport>

const dangerousGoodsRow = z.strictObject({
  goodsItemSequence: field(z.int().min(1).max(50), { zh: '商品序号' }),
  technicalName: field(line(250), { zh: '技术名称', description: 'where the shipping name says N.O.S.' }).optional(),
  flashPointC: field(z.string().regex(/^-?(0|[1-9]\d{0,3})(\.\d{1,4})?$/), {
    zh: '闪点(℃)',
    description: 'asked for class 3',
  }).optional(),
  emS: field(z.string().regex(/^F-[A-Z],S-[A-Z]$/), {
    zh: '应急措施编号 EmS',
    description: 'fire, spillage: F-A,S-I',
  }).optional(),
  marinePollutant: field(z.boolean(), {
    zh: '海洋污染物',
    description: 'default: true for UN 3077 and 3082, else not stated',
  }).optional(),
  limitedQuantity: field(z.boolean(), { zh: '有限数量', description: 'default: not stated' }).optional(),
  packageCount: field(z.int().min(1).max(99_999_999), {
    zh: '包件数',
    description: 'default: the packages of the declaration when it has one item',
  }).optional(),
  packingCertificateNumber: field(line(35), {
    zh: '集装箱装箱证明书编号',
    description: 'asked for goods in containers (JT 672)',
  }).optional(),
  packagingCertificate: field(
    z.strictObject({
      number: field(line(35), { zh: '编号' }),
      expiryDate: field(day, { zh: '有效期至', description: 'not before the day of departure' }),
    }),
    { zh: '危险货物包装使用鉴定结果单（危包证）' },
  ).optional(),
  safetyDataSheetId: field(line(35), { zh: '安全数据说明书编号 SDS' }).optional(),
  emergencyContact: emergencyContact.optional(),
})
export type DangerousGoodsRow = z.infer<typeof dangerousGoodsRow>

/** What only the shipper's declaration of dangerous cargo asks 货报（安全适运申报单）. */
export const dangerousCargo = z.strictObject({
  declarantPhone: field(phone, { zh: '申报单位电话' }).optional(),
  emergencyContact: field(contact, {
    zh: '应急联系人',
    description: 'for every item that names none of its own',
  }).optional(),
  goods: field(z.array(dangerousGoodsRow).max(50), {
    zh: '危险货物',
    description: 'one row for each dangerous item',
  }).optional(),
})
export type DangerousCargo = z.infer<typeof dangerousCargo>

/** Ship types 船舶种类. Source: specification §5. */
const shipTypes = ['CONTAINER', 'GENERAL', 'RORO', 'PASSENGER'] as const

const stow = z.strictObject({
  containerId: field(containerNumber, { zh: '集装箱号' }),
  position: field(z.string().regex(/^\d{6,7}$/), { zh: '积载位置', description: 'bay, row, tier: 010284' }),
  onDeck: field(z.boolean(), { zh: '甲板积载' }),
})

/** What only the carrier's declaration of dangerous cargo asks 船报（船舶载运危险货物申报单）. */
export const dangerousShip = z.strictObject({
  carrier: field(z.strictObject({ name: line(70).optional(), phone }), {
    zh: '承运人',
    description: 'name: default the carrier of the consignment',
  }).optional(),
  shipId: shipId.optional(),
  shipType: field(z.enum(shipTypes), { zh: '船舶种类' }).optional(),
  stowage: field(z.array(stow).max(100), {
    zh: '积载',
    description: 'one row for each container with dangerous goods',
  }).optional(),
})
export type DangerousShip = z.infer<typeof dangerousShip>

/** What only the permit to leave for abroad asks 出口岸许可. */
export const departure = z.strictObject({
  applicant: field(contact, { zh: '申请人（船舶代理）' }).optional(),
  crewCount: field(z.int().min(1).max(99_999), { zh: '船员人数' }).optional(),
  securityCertificate: field(
    z.strictObject({
      number: field(line(35), { zh: '编号' }),
      expiryDate: field(day, { zh: '有效期至', description: 'not before the day of departure' }),
    }),
    { zh: '国际船舶保安证书 ISSC' },
  ).optional(),
})
export type Departure = z.infer<typeof departure>

/** What only a change asks 变更: who answers the office's questions. */
export const change = z.strictObject({
  contact: field(contact, { zh: '联系人', description: 'default: none' }).optional(),
})
export type ChangeParticulars = z.infer<typeof change>
