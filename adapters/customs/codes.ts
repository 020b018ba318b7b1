import { customsUnitsOf } from '../../schemas/codes/concordance.ts'
import { findCode, textOf } from '../../schemas/codes/index.ts'
import type { Charge, GoodsShipment } from '../../schemas/declaration/index.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'

type TradeTerms = GoodsShipment['tradeTerms']['conditionCode']

/** A table read the other way round; of several keys with one value the first stands for it. */
const reversed = <K extends string>(table: { readonly [key in K]: string }): { readonly [value: string]: K } =>
  Object.fromEntries(
    (Object.entries(table) as [K, string][]).map(([key, value]) => [value, key] as const).reverse(),
  ) as {
    readonly [value: string]: K
  }

/** Import or export 进出口标志. Source: DecMessage 4.9.7, DecHead/IEFlag. */
export const flagOf = { import: 'I', export: 'E' } as const
export const directionOf = reversed(flagOf)

/**
 * Trade terms 成交方式. Customs knows seven: the D terms hold freight and insurance as CIF does, CIP CPT FCA FAS are the
 * multimodal twins of CIF CFR FOB. Source: China Single Window parameter tables, 2019/2020 edition (成交方式代码); grouping ours.
 */
export const transModeOf: { readonly [terms in TradeTerms]: string } = {
  CIF: '1',
  CIP: '1',
  DAP: '1',
  DPU: '1',
  DDP: '1',
  CFR: '2',
  CPT: '2',
  FOB: '3',
  FCA: '3',
  FAS: '3',
  'C&I': '4',
  MARKET: '5',
  STOWAGE: '6',
  EXW: '7',
}
export const tradeTermsOf = reversed(transModeOf)

/** Marks of freight, insurance and other charges 运保杂费标记. Source: DecMessage 4.9.7, DecHead/FeeMark. */
export const markOf: { readonly [basis in Charge['basis']]: string } = { rate: '1', 'unit-price': '2', total: '3' }
export const basisOf = reversed(markOf)

/**
 * Container specification 集装箱规格: twice the standard box (40 feet and longer) or the standard box, by the ISO 6346 type group.
 * Source: China Single Window parameter tables, 2019/2020 edition (集装箱规格代码); grouping ours.
 */
const specifications = {
  long: { plain: '11', reefer: '12', tank: '13', other: '32' },
  standard: { plain: '21', reefer: '22', tank: '23', other: '31' },
} as const
const kindOfGroup: { readonly [group: string]: 'plain' | 'reefer' | 'tank' } = {
  G: 'plain',
  R: 'reefer',
  H: 'reefer',
  T: 'tank',
  K: 'tank',
}
/** First characters of ISO 6346 size codes of 40 feet and more. */
const longSizes = new Set('4GHKLMNP'.split(''))

export const containerSpecOf = (typeCode: string): string =>
  specifications[longSizes.has(typeCode.charAt(0)) ? 'long' : 'standard'][kindOfGroup[typeCode.charAt(2)] ?? 'other']

/** The way back: an ISO 6346 group code of 8'6" height. Customs' code says neither height nor which tank or which open box. */
export const containerTypeOf: { readonly [spec: string]: string } = {
  '11': '42GP',
  '12': '42RT',
  '13': '42TN',
  '21': '22GP',
  '22': '22RT',
  '23': '22TN',
  '31': '22UT',
  '32': '42UT',
}

/**
 * The customs unit 计量单位 for a canonical one. `C62` may be 台, 个, 辆 …: the statutory unit of the HS code decides where it is one of
 * them (`place` says which statutory unit comes first), else the first of the list.
 */
export function measureWordOf(unitCode: string, hsCode: string, place: 0 | 1 = 0): string | undefined {
  const words = customsUnitsOf(unitCode)
  if (words.length < 2) return words[0]
  const line = findCode('tariff', hsCode)
  const [first, second] = [textOf(line, 'unit1'), textOf(line, 'unit2')]
  const statutory = (place === 0 ? [first, second] : [second, first]).find(
    (word) => word !== undefined && words.includes(word),
  )
  return statutory ?? words[0]
}

/** What a receipt channel brings. */
export interface Channel {
  readonly zh: string
  readonly status: FilingStatus
  readonly sets?: readonly Hold[]
  readonly lifts?: readonly Hold[]
}

const all: readonly Hold[] = ['inspection', 'payment-due', 'supplement', 'suspended']
/** What a review that comes after a stop has settled; a tax bill is settled by release alone. */
const reviewed: readonly Hold[] = ['inspection', 'supplement', 'suspended']

/**
 * Receipt channels 回执状态 (DEC_RESULT/CHANNEL). Codes that are seen but whose meaning nobody published (0 1 3 a b c d f0 F1 S0)
 * are left out: they are kept, shown and move nothing. X lets goods into the port: that is no release. Sp… speak of the summary of a
 * two-step declaration, a filing of its own: SpK lets its goods be picked up, which is all a summary is for.
 * Source: public code and real receipts (CHANNEL enums of two client systems).
 */
export const channels: { readonly [channel: string]: Channel } = {
  '7': { zh: '申报成功', status: 'acknowledged' },
  L: { zh: '海关入库成功', status: 'registered' },
  J: { zh: '通关无纸化审结', status: 'in-review', lifts: reviewed },
  G: { zh: '审结（交单）', status: 'in-review', lifts: reviewed },
  W: { zh: '无纸验放通知', status: 'in-review', lifts: reviewed },
  M: { zh: '重审', status: 'in-review', lifts: reviewed },
  N: { zh: '重传文件', status: 'in-review', sets: ['supplement'] },
  C: { zh: '查验通知', status: 'in-review', sets: ['inspection'] },
  S: { zh: '施检', status: 'in-review', sets: ['inspection'] },
  H: { zh: '挂起', status: 'in-review', sets: ['suspended'] },
  T: { zh: '需交税费', status: 'in-review', sets: ['payment-due'] },
  X: { zh: '准予进港', status: 'in-review' },
  P: { zh: '放行', status: 'approved', lifts: all },
  K: { zh: '无纸化担保放行', status: 'approved', lifts: all },
  B: { zh: '担保放行', status: 'approved', lifts: all },
  I: { zh: '无纸放行通知', status: 'approved', lifts: all },
  F: { zh: '放行交单', status: 'approved', lifts: all },
  R: { zh: '结关', status: 'closed', lifts: all },
  E: { zh: '退单/不受理', status: 'refused', lifts: all },
  Y: { zh: '申报失败', status: 'refused', lifts: all },
  Z: { zh: '退回修改', status: 'refused', lifts: all },
  D: { zh: '删单', status: 'withdrawn', lifts: all },
  A: { zh: '放行前删除/异常', status: 'withdrawn', lifts: all },
  SpL: { zh: '两步申报-概要入库', status: 'registered' },
  SpJ: { zh: '两步申报-概要审结', status: 'in-review', lifts: reviewed },
  Sp1: { zh: '两步申报-要求补充申报', status: 'in-review', sets: ['supplement'] },
  SpC: { zh: '两步申报-概要查验', status: 'in-review', sets: ['inspection'] },
  SpK: { zh: '两步申报-提货放行', status: 'approved', lifts: all },
  SpE: { zh: '两步申报-概要退单', status: 'refused', lifts: all },
}
