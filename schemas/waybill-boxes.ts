/**
 * Boxes of the SMGS consignment note 国际货协运单各栏, form of 2015. Source: the list of boxes of the SMGS note as OSJD publishes it, read
 * 2026-11; the CIM/SMGS common note 统一运单 has the same fields (in use since 2006-09-01), its own numbers are not reproduced here.
 * `from` says how a box follows from the single document; the others are told leg by leg.
 */
export const smgsBoxes = {
  '1': { en: 'Sender', zh: '发货人', from: 'shipper' },
  '2': { en: 'Station of departure', zh: '发站', from: 'departure' },
  '3': { en: 'Declarations of sender', zh: '发货人的声明' },
  '4': { en: 'Consignee', zh: '收货人', from: 'consignee' },
  '5': { en: 'Station of destination', zh: '到站', from: 'destination' },
  '6': { en: 'Border crossing stations', zh: '国境口岸站' },
  '7': { en: 'Wagon', zh: '车辆', from: 'conveyance' },
  '8': { en: 'Wagon provided by', zh: '车辆由何方提供' },
  '9': { en: 'Load capacity', zh: '载重量' },
  '10': { en: 'Axles', zh: '轴数' },
  '11': { en: 'Tare', zh: '自重' },
  '12': { en: 'Tank type', zh: '罐车类型' },
  '13': { en: 'Mass of cargo (after reload)', zh: '换装后货物重量' },
  '14': { en: 'Places (after reload)', zh: '换装后件数' },
  '15': { en: 'Description of goods (GNG/NHM 8 digits, ETSNG 6 digits)', zh: '货物名称', from: 'goods' },
  '16': { en: 'Packaging', zh: '包装种类' },
  '17': { en: 'Number of pieces', zh: '件数', from: 'pieces' },
  '18': { en: 'Mass kg', zh: '重量（公斤）', from: 'mass' },
  '19': { en: 'Seals', zh: '封印', from: 'seals' },
  '20': { en: 'Loaded by', zh: '由何方装车' },
  '21': { en: 'Method of determining mass', zh: '确定重量的方法' },
  '22': { en: 'Carriers (section, station codes)', zh: '承运人（区段自/至，车站代码）', from: 'carrier' },
  '23': { en: 'Payment of carriage charges', zh: '支付运送费用' },
  '24': { en: 'Documents attached by sender', zh: '发货人添附的文件' },
  '25': { en: 'Information not for carrier, supply contract no.', zh: '与承运人无关的信息，供货合同号码' },
  '26': { en: 'Date of contract of carriage', zh: '缔结运输合同的日期', from: 'issued' },
  '27': { en: 'Date of arrival', zh: '到达日期' },
  '28': { en: 'Customs and other administrative formalities', zh: '办理海关和其他行政手续的记载' },
  '29': { en: 'Consignment no.', zh: '批号', from: 'number' },
} as const

export type SmgsBox = keyof typeof smgsBoxes
/** Boxes that are told; the others follow. */
export type ToldBox = {
  [B in SmgsBox]: (typeof smgsBoxes)[B] extends { from: string } ? never : B
}[SmgsBox]
export const toldBoxes = Object.entries(smgsBoxes).flatMap(([box, about]) =>
  'from' in about ? [] : [box as ToldBox],
) as [ToldBox, ...ToldBox[]]
