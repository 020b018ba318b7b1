import { type Dimension, dimensions } from '../../../schemas/fees/conditions.ts'
import type { events } from '../../../schemas/fees/entries.ts'
import type { Text } from '../../../schemas/text.ts'

/** A field of a shipment 计费要素 in a form: what of it, how it is filled in, and what it is called. */
export interface ShipmentField {
  readonly of: string
  /** A choice of a dimension's values, a whole number, a decimal. */
  readonly as: Dimension | 'whole' | 'decimal'
  readonly label: Text
}
const field = (of: string, as: ShipmentField['as'], en: string, zh: string): ShipmentField => ({
  of,
  as,
  label: { en, zh },
})

export const isChoice = (as: ShipmentField['as']): as is Dimension => Object.hasOwn(dimensions, as)

/** Of the consignment as a whole. */
export const consignmentFields: readonly ShipmentField[] = [
  field('trade', 'trades', 'Trade', '贸易类型'),
  field('cargo', 'cargoes', 'Form of cargo', '货物形态'),
  field('place', 'places', 'Place of work', '作业地点'),
  field('time', 'times', 'Hours', '作业时段'),
]
/** Of containers that are alike. */
export const containerFields: readonly ShipmentField[] = [
  field('count', 'whole', 'How many', '箱数'),
  field('size', 'sizes', 'Size', '箱型'),
  field('height', 'heights', 'Height', '箱高'),
  field('state', 'states', 'Laden/empty', '空重'),
  field('temperature', 'temperatures', 'Refrigerated', '冷藏'),
  field('hazard', 'hazards', 'Dangerous', '危险性'),
  field('load', 'loads', 'Full/part load', '整拼'),
  field('storageDays', 'whole', 'Days in store', '堆存天数'),
  field('detentionDays', 'whole', 'Days out', '用箱天数'),
  field('powerDays', 'whole', 'Days on power', '制冷天数'),
]
export const quantityFields: readonly ShipmentField[] = [
  field('bills', 'whole', 'Transport documents', '提（运）单份数'),
  field('declarations', 'whole', 'Customs declarations', '报关单份数'),
  field('packages', 'whole', 'Packages', '件数'),
  field('grossMassTonnes', 'decimal', 'Gross mass (t)', '毛重（吨）'),
  field('volumeCubicMetres', 'decimal', 'Volume (m³)', '体积（立方米）'),
  field('chargeableKilograms', 'decimal', 'Chargeable (kg)', '计费重量（千克）'),
]
export const furtherFields: readonly ShipmentField[] = [
  field('vehicles', 'whole', 'Vehicles', '车辆数'),
  field('wagons', 'whole', 'Railway wagons', '车皮数'),
  field('documents', 'whole', 'Other documents', '其他单证份数'),
  field('seals', 'whole', 'Seals', '铅封数'),
  field('samples', 'whole', 'Samples', '取样数'),
  field('storageDays', 'whole', 'Days in store (loose goods)', '堆存天数（非集装箱货物）'),
  field('hazard', 'hazards', 'Dangerous (loose goods)', '危险性（非集装箱货物）'),
  field('documentDays', 'whole', 'Days documents are kept back', '滞单天数'),
  field('hours', 'decimal', 'Hours of work', '作业小时数'),
  field('haulageKilometres', 'decimal', 'Haulage (km)', '拖运里程（千米）'),
]
export const vesselFields: readonly ShipmentField[] = [
  field('type', 'vesselTypes', 'Type', '船型'),
  field('waters', 'waters', 'Waters', '水域'),
  field('netTonnage', 'decimal', 'Net tonnage', '船舶净吨'),
  field('lengthMetres', 'decimal', 'Length (m)', '船长（米）'),
  field('berthDays', 'whole', 'Days at berth', '靠泊天数'),
  field('pilotageKilometres', 'decimal', 'Pilotage (km)', '引航里程（千米）'),
  field('tugCalls', 'whole', 'Tug calls', '拖轮艘次'),
  field('voyages', 'whole', 'Voyages', '航次'),
]

/** What happened to a consignment 发生的情形, as a person ticks it. */
export const eventNames = {
  inspection: { en: 'Inspected', zh: '查验' },
  'inspection-clean': { en: 'Inspected, nothing found', zh: '查验无问题' },
  amendment: { en: 'Declaration amended', zh: '改单' },
  cancellation: { en: 'Declaration cancelled', zh: '撤单' },
  transit: { en: 'Transit to another office', zh: '转关' },
  overdue: { en: 'Time overrun', zh: '超期' },
  reissue: { en: 'Document issued again', zh: '重出单' },
  split: { en: 'Bills split or merged', zh: '分并单' },
  damage: { en: 'Damaged', zh: '残损' },
} as const satisfies Record<(typeof events)[number], Text>

/** What a form of a shipment says beside. */
export const shipmentWords = {
  consignment: { en: 'The consignment', zh: '货物与口岸' },
  day: { en: 'Day of the service', zh: '服务日期' },
  containers: { en: 'Containers', zh: '集装箱' },
  container: { en: 'Containers', zh: '集装箱' },
  others: { en: 'Containers of other kinds', zh: '其他规格的集装箱' },
  quantities: { en: 'Documents, weight and volume', zh: '单证份数与重量体积' },
  further: { en: 'Further quantities', zh: '其他计量' },
  vessel: { en: 'Vessel', zh: '船舶' },
  requested: { en: 'Services asked for', zh: '委托的服务' },
  happened: { en: 'What happened', zh: '发生的情形' },
  payees: { en: 'Payees you deal with', zh: '已选定的收费主体' },
} as const satisfies Record<string, Text>
