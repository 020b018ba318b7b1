import * as z from 'zod'
import type { Text } from '../text.ts'

/**
 * What a price or a fee may depend on 适用条件: one list of values a dimension. A dimension that is not named does not matter. Two sets of
 * conditions exclude each other when one dimension is named by both and they share no value of it.
 */
export const dimensions = {
  /** 进出口 */
  directions: ['import', 'export'],
  /** 贸易类型: 外贸, 内贸, 中转 */
  trades: ['foreign', 'domestic', 'transhipment'],
  /** 货物形态: 集装箱, 件杂货, 散货, 商品车, 空运货物 */
  cargoes: ['container', 'general', 'bulk', 'vehicle', 'air'],
  /** 箱型（英尺） */
  sizes: ['20', '40', '45'],
  /** 箱高: 标准箱, 高箱 */
  heights: ['standard', 'high-cube'],
  /** 空重: 重箱, 空箱 */
  states: ['laden', 'empty'],
  /** 冷藏: 普通, 冷藏 */
  temperatures: ['ambient', 'reefer'],
  /** 危险性: 普通, 危险品 */
  hazards: ['ordinary', 'dangerous'],
  /** 整拼: 整箱, 拼箱 */
  loads: ['full', 'part'],
  /** 作业地点: 现场, 直场 */
  places: ['on-site', 'direct'],
  /** 水域: 长江, 嘉陵江 */
  waters: ['yangtze', 'jialing'],
  /** 船型: 集装箱船, 散货船, 油轮, 客船, 其他 */
  vesselTypes: ['container', 'bulk', 'tanker', 'passenger', 'other'],
  /** 时段: 平时, 夜班, 节假日 */
  times: ['ordinary', 'night', 'holiday'],
} as const
export type Dimension = keyof typeof dimensions

const some = <const V extends readonly [string, ...string[]]>(values: V) =>
  z
    .array(z.enum(values))
    .min(1)
    .max(values.length)
    .refine((given) => new Set(given).size === given.length)
    .optional()

export const conditions = z.strictObject({
  directions: some(dimensions.directions),
  trades: some(dimensions.trades),
  cargoes: some(dimensions.cargoes),
  sizes: some(dimensions.sizes),
  heights: some(dimensions.heights),
  states: some(dimensions.states),
  temperatures: some(dimensions.temperatures),
  hazards: some(dimensions.hazards),
  loads: some(dimensions.loads),
  places: some(dimensions.places),
  waters: some(dimensions.waters),
  vesselTypes: some(dimensions.vesselTypes),
  times: some(dimensions.times),
})
export type Conditions = z.infer<typeof conditions>

/** Dimensions a single container decides; the others belong to the consignment, the vessel or the occasion. */
export const containerDimensions = [
  'sizes',
  'heights',
  'states',
  'temperatures',
  'hazards',
  'loads',
] as const satisfies readonly Dimension[]

/** What a person calls a dimension and its values. */
export const dimensionWords: {
  readonly [D in Dimension]: {
    readonly name: Text
    readonly values: { readonly [V in (typeof dimensions)[D][number]]: Text }
  }
} = {
  directions: {
    name: { en: 'direction', zh: '进出口' },
    values: { import: { en: 'import', zh: '进口' }, export: { en: 'export', zh: '出口' } },
  },
  trades: {
    name: { en: 'trade', zh: '贸易类型' },
    values: {
      foreign: { en: 'foreign trade', zh: '外贸' },
      domestic: { en: 'domestic trade', zh: '内贸' },
      transhipment: { en: 'transhipment', zh: '中转' },
    },
  },
  cargoes: {
    name: { en: 'form of cargo', zh: '货物形态' },
    values: {
      container: { en: 'containers', zh: '集装箱' },
      general: { en: 'general cargo', zh: '件杂货' },
      bulk: { en: 'bulk', zh: '散货' },
      vehicle: { en: 'vehicles', zh: '商品车' },
      air: { en: 'air cargo', zh: '空运货物' },
    },
  },
  sizes: {
    name: { en: 'size of the container', zh: '箱型' },
    values: { 20: { en: "20'", zh: '20尺' }, 40: { en: "40'", zh: '40尺' }, 45: { en: "45'", zh: '45尺' } },
  },
  heights: {
    name: { en: 'height of the container', zh: '箱高' },
    values: { standard: { en: 'standard height', zh: '平箱' }, 'high-cube': { en: 'high cube', zh: '高箱' } },
  },
  states: {
    name: { en: 'laden or empty', zh: '空重' },
    values: { laden: { en: 'laden', zh: '重箱' }, empty: { en: 'empty', zh: '空箱' } },
  },
  temperatures: {
    name: { en: 'refrigeration', zh: '冷藏' },
    values: { ambient: { en: 'not refrigerated', zh: '非冷藏' }, reefer: { en: 'reefer', zh: '冷藏' } },
  },
  hazards: {
    name: { en: 'danger', zh: '危险性' },
    values: { ordinary: { en: 'not dangerous', zh: '普货' }, dangerous: { en: 'dangerous goods', zh: '危险品' } },
  },
  loads: {
    name: { en: 'full or part load', zh: '整拼' },
    values: { full: { en: 'full load', zh: '整箱' }, part: { en: 'part load', zh: '拼箱' } },
  },
  places: {
    name: { en: 'place of the work', zh: '作业地点' },
    values: { 'on-site': { en: 'on site', zh: '现场' }, direct: { en: 'direct', zh: '直场' } },
  },
  waters: {
    name: { en: 'waters', zh: '水域' },
    values: { yangtze: { en: 'Yangtze', zh: '长江' }, jialing: { en: 'Jialing', zh: '嘉陵江' } },
  },
  vesselTypes: {
    name: { en: 'type of vessel', zh: '船型' },
    values: {
      container: { en: 'container ship', zh: '集装箱船' },
      bulk: { en: 'bulk carrier', zh: '散货船' },
      tanker: { en: 'tanker', zh: '油轮' },
      passenger: { en: 'passenger ship', zh: '客船' },
      other: { en: 'other vessel', zh: '其他船舶' },
    },
  },
  times: {
    name: { en: 'time of the work', zh: '作业时段' },
    values: {
      ordinary: { en: 'ordinary hours', zh: '平时' },
      night: { en: 'night', zh: '夜班' },
      holiday: { en: 'holiday', zh: '节假日' },
    },
  },
}
