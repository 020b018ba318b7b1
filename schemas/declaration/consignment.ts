import * as z from 'zod'
import { coded, containerNumber, country, decimal, field, line, moment, unLocode } from '../formats.ts'
import { fails } from '../issue.ts'

/** Transport mode 运输方式, UN/ECE Recommendation 19 (customs' own codes differ: its 2 is water, here 2 is rail). */
export const transportModes = {
  '1': { en: 'maritime', zh: '海运' },
  '2': { en: 'rail', zh: '铁路' },
  '3': { en: 'road', zh: '公路' },
  '4': { en: 'air', zh: '航空' },
  '5': { en: 'mail', zh: '邮件' },
  '6': { en: 'multimodal', zh: '多式联运' },
  '7': { en: 'fixed installation', zh: '固定设施' },
  '8': { en: 'inland waterway', zh: '内河' },
  '9': { en: 'not applicable', zh: '其他' },
} as const

/** A place: a UN/LOCODE where there is one, else the country. A terminal (果园港 has no UN/LOCODE) is named. */
export const place = z
  .strictObject({
    unLocode: field(unLocode, { en: 'Place (UN/LOCODE)', zh: '地点代码 UN/LOCODE' }).optional(),
    countryCode: field(country, { en: 'Country or region', zh: '国家（地区）' }),
    terminal: field(line(50), { en: 'Terminal', zh: '码头/场站' }).optional(),
  })
  .superRefine((at, context) => {
    if (at.unLocode !== undefined && !at.unLocode.startsWith(at.countryCode))
      context.addIssue(
        fails(
          'place-country-differs',
          { en: `${at.unLocode} is not in ${at.countryCode}`, zh: `${at.unLocode} 不在 ${at.countryCode}` },
          ['unLocode'],
        ),
      )
  })
export type Place = z.infer<typeof place>

/** What carries the goods on a leg 运输工具. */
export const conveyance = z.strictObject({
  name: field(line(50), {
    row: 45,
    en: 'Name of the conveyance',
    zh: '运输工具名称',
    wco: 'T005',
    agencies: ['customs', 'border', 'maritime'],
  }),
  id: field(line(35), {
    row: 46,
    en: 'IMO number, ship id, plate or registration',
    zh: '船舶IMO/船舶识别号/车牌/机号',
    wco: 'T006',
    agencies: ['border', 'maritime'],
    description: 'IMO number of a sea ship, MMSI of a barge, plate, registration or train number',
    descriptionZh: '海船填 IMO 编号，驳船填 MMSI，其他填车牌、机号或车次',
  }).optional(),
  callSign: field(line(10), {
    en: 'Call sign',
    zh: '呼号',
    agencies: ['border', 'maritime'],
    description: 'of a ship',
    descriptionZh: '仅限船舶',
  }).optional(),
  flagCountry: field(country, {
    row: 47,
    en: 'Flag',
    zh: '船旗国',
    wco: 'T014',
    agencies: ['border', 'maritime'],
  }).optional(),
})
export type Conveyance = z.infer<typeof conveyance>

/** One part of the journey 运输段. It crosses the border when its two ends lie in two countries. */
export const leg = z.strictObject({
  modeCode: field(z.enum(['1', '2', '3', '4', '5', '6', '7', '8', '9']), {
    row: 44,
    en: 'Mode of transport',
    values: transportModes,
    zh: '运输方式',
    wco: 'T022',
    agencies: ['customs', 'border', 'maritime', 'singapore'],
  }),
  conveyance: field(conveyance, { en: 'Conveyance', zh: '运输工具' }).optional(),
  voyageNumber: field(line(32), {
    row: 48,
    en: 'Voyage',
    zh: '航次号',
    wco: '149',
    agencies: ['customs', 'border', 'maritime', 'singapore'],
  }).optional(),
  transportDocumentId: field(line(32), {
    row: 49,
    en: 'Transport document',
    zh: '提运单号',
    wco: 'D023',
    agencies: ['customs', 'singapore'],
  }).optional(),
  from: field(place, { row: 53, en: 'From', zh: '启运港', wco: 'L010', agencies: ['customs', 'border', 'maritime'] }),
  to: field(place, {
    row: 54,
    en: 'To',
    zh: '抵达港',
    wco: 'L013',
    agencies: ['customs', 'border', 'maritime', 'singapore'],
  }),
  departureDateTime: field(moment, {
    row: 51,
    en: 'Departure',
    zh: '启运日期',
    wco: '156',
    agencies: ['customs', 'border', 'maritime'],
  }).optional(),
  arrivalDateTime: field(moment, {
    row: 50,
    en: 'Arrival',
    zh: '抵达日期',
    wco: '172',
    agencies: ['customs', 'border', 'singapore'],
  }).optional(),
  unloadingDateTime: field(moment, {
    row: 52,
    en: 'Unloading completed',
    zh: '卸毕日期',
    agencies: ['customs'],
  }).optional(),
})
export type Leg = z.infer<typeof leg>

/** A container 集装箱 and what lies in it. */
export const container = z.strictObject({
  id: field(containerNumber, {
    row: 63,
    en: 'Container number',
    zh: '集装箱号',
    wco: '159',
    agencies: ['customs', 'maritime', 'singapore'],
  }),
  typeCode: field(z.string().regex(/^[1-9A-Z]{2}[A-Z][0-9A-Z]$/), {
    row: 64,
    en: 'Size and type',
    zh: '集装箱规格',
    wco: '152',
    agencies: ['customs', 'singapore'],
    description: 'ISO 6346 size and type, e.g. 22G1; the group code (42GP) where the height is not known',
    descriptionZh: '按 ISO 6346，如 22G1；高度未知时填组代码（42GP）',
  }),
  sealIds: field(z.array(line(35)).max(10), {
    row: 65,
    en: 'Seals',
    zh: '封志号',
    wco: '165',
    agencies: ['singapore'],
  }).optional(),
  goodsItemSequences: field(z.array(z.int().min(1).max(50)).min(1).max(50), {
    row: 66,
    en: 'Items in the container',
    zh: '箱货对应商品项号',
    wco: '006',
    agencies: ['customs', 'maritime'],
  }),
  goodsMassKg: field(decimal(5), {
    row: 67,
    en: 'Mass of the goods (kg)',
    zh: '箱货重量',
    agencies: ['customs'],
  }).optional(),
  lessThanContainerLoad: field(z.boolean(), {
    en: 'Less than container load',
    zh: '拼箱标识',
    agencies: ['customs'],
  }).optional(),
})
export type Container = z.infer<typeof container>

/** The journey and what travels: consignment 托运. */
export const consignment = z.strictObject({
  legs: field(z.array(leg).min(1).max(10), {
    en: 'Legs of the journey',
    zh: '运输段',
    description: 'in travel order',
    descriptionZh: '按行程顺序',
  }),
  entryExitPortId: field(coded('domestic-ports'), {
    row: 54,
    en: 'Port of entry or exit',
    zh: '入境/离境口岸',
    wco: 'L013',
    agencies: ['customs'],
    description: 'the open port (国内口岸代码) where the goods enter or leave',
    descriptionZh: '货物进出境的国内口岸',
  }),
  containers: field(z.array(container).max(100), { en: 'Containers', zh: '集装箱' }).optional(),
  goodsLocation: field(line(100), {
    row: 57,
    en: 'Where the goods lie',
    zh: '货物存放地点',
    wco: 'L016',
    agencies: ['customs', 'singapore'],
  }).optional(),
  warehouseId: field(line(32), {
    row: 58,
    en: 'Bonded warehouse',
    zh: '监管仓号',
    wco: 'L019',
    agencies: ['customs'],
  }).optional(),
  transitLocation: field(place, { row: 55, en: 'Port of transit', zh: '经停港', agencies: ['customs'] }).optional(),
  itinerary: field(
    z.array(z.strictObject({ countryCode: field(country, { en: 'Country or region', zh: '国家（地区）' }) })).max(20),
    {
      row: 56,
      en: 'Countries on the way',
      zh: '途经国',
      wco: '064',
    },
  ).optional(),
  carrier: field(
    z.strictObject({
      id: field(line(35), { en: 'Number', zh: '编号' }).optional(),
      name: field(line(70), { en: 'Name', zh: '名称' }),
    }),
    {
      row: 43,
      en: 'Carrier',
      zh: '承运人',
      wco: 'R012',
      agencies: ['maritime', 'singapore'],
    },
  ).optional(),
})
export type Consignment = z.infer<typeof consignment>
