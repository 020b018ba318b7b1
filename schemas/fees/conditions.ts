import * as z from 'zod'

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
