import type { Text } from './text.ts'

/**
 * Codes of events of goods on their way 物流动态代码. Source: DCSA Track and Trace 3 and its list of event codes, read 2026-11; the
 * Chinese names are this project's.
 */

export const classifiers = {
  PLN: { en: 'Planned', zh: '计划' },
  EST: { en: 'Estimated', zh: '预计' },
  ACT: { en: 'Actual', zh: '实际' },
} as const satisfies Record<string, Text>
export type Classifier = keyof typeof classifiers

/** What a conveyance does. */
export const transportCodes = {
  ARRI: { en: 'Arrived', zh: '抵达' },
  DEPA: { en: 'Departed', zh: '驶离' },
} as const satisfies Record<string, Text>

/** What is done to a container. CUSS, CUSI, CUSR and CROS are what a border station tells of a rail journey. */
export const equipmentCodes = {
  LOAD: { en: 'Loaded', zh: '装载' },
  DISC: { en: 'Discharged', zh: '卸载' },
  GTIN: { en: 'Gated in', zh: '进场' },
  GTOT: { en: 'Gated out', zh: '出场' },
  STUF: { en: 'Stuffed', zh: '装箱' },
  STRP: { en: 'Stripped', zh: '拆箱' },
  PICK: { en: 'Picked up', zh: '提箱' },
  AVPU: { en: 'Available for pick-up', zh: '可提箱' },
  DROP: { en: 'Dropped off', zh: '还箱' },
  AVDO: { en: 'Available for drop-off', zh: '可还箱' },
  INSP: { en: 'Inspected', zh: '已查验' },
  RSEA: { en: 'Resealed', zh: '重新施封' },
  RMVD: { en: 'Removed', zh: '移走' },
  CUSS: { en: 'Selected by customs for a scan', zh: '海关选中机检' },
  CUSI: { en: 'Selected by customs for inspection', zh: '海关选中查验' },
  CUSR: { en: 'Released by customs', zh: '海关放行' },
  CROS: { en: 'Crossed the border', zh: '通过国境' },
} as const satisfies Record<string, Text>

/** What becomes of a document. */
export const shipmentCodes = {
  RECE: { en: 'Received', zh: '已接收' },
  DRFT: { en: 'Drafted', zh: '已制单' },
  PENA: { en: 'Pending approval', zh: '待确认' },
  PENU: { en: 'Pending update', zh: '待更新' },
  PENC: { en: 'Pending confirmation', zh: '待核实' },
  CONF: { en: 'Confirmed', zh: '已核实' },
  REJE: { en: 'Rejected', zh: '已拒绝' },
  APPR: { en: 'Approved', zh: '已确认' },
  ISSU: { en: 'Issued', zh: '已签发' },
  SURR: { en: 'Surrendered', zh: '已交还' },
  SUBM: { en: 'Submitted', zh: '已提交' },
  VOID: { en: 'Void', zh: '已作废' },
  REQS: { en: 'Requested', zh: '已请求' },
  CMPL: { en: 'Completed', zh: '已完成' },
  HOLD: { en: 'On hold', zh: '暂扣' },
  RELS: { en: 'Released', zh: '放行' },
  CANC: { en: 'Cancelled', zh: '已取消' },
} as const satisfies Record<string, Text>

export const documentTypes = [
  'CBR',
  'BKG',
  'SHI',
  'TRD',
  'DEI',
  'DEO',
  'TRO',
  'CRO',
  'ARN',
  'VGM',
  'CAS',
  'CUC',
  'DGD',
  'OOG',
  'CQU',
  'INV',
  'HCE',
  'PCE',
  'VCE',
  'FCE',
  'ICE',
  'CEA',
  'CEO',
] as const

export const facilityTypes = {
  BOCR: { en: 'Border crossing', zh: '国境口岸' },
  CLOC: { en: 'Customer', zh: '客户处所' },
  COFS: { en: 'Container freight station', zh: '集装箱货运站' },
  OFFD: { en: 'Off-dock storage', zh: '港外堆场' },
  DEPO: { en: 'Depot', zh: '堆场' },
  INTE: { en: 'Inland terminal', zh: '内陆场站' },
  POTE: { en: 'Port terminal', zh: '港口码头' },
  RAMP: { en: 'Ramp', zh: '装卸台' },
  WAYP: { en: 'Waypoint', zh: '途经点' },
} as const satisfies Record<string, Text>

/** Modes, each with the code a leg of a declaration has (UN/ECE Recommendation 19). */
export const movementModes = {
  VESSEL: { leg: '1', en: 'sea', zh: '海运' },
  RAIL: { leg: '2', en: 'rail', zh: '铁路' },
  TRUCK: { leg: '3', en: 'road', zh: '公路' },
  BARGE: { leg: '8', en: 'inland waterway', zh: '内河' },
} as const satisfies Record<string, Text & { leg: string }>
export type MovementMode = keyof typeof movementModes

/** Whoever tells: DCSA's roles of parties, and those this project adds for rail. */
export const publisherRoles = {
  CA: { en: 'Carrier', zh: '承运人' },
  AG: { en: 'Carrier’s agent', zh: '承运人代理' },
  VSL: { en: 'Vessel', zh: '船舶' },
  DEP: { en: 'Depot', zh: '堆场' },
  TR: { en: 'Terminal operator', zh: '码头/场站经营人' },
  ATH: { en: 'Authority', zh: '口岸部门' },
  RST: { en: 'Railway station (this project’s)', zh: '铁路车站（本项目自定）' },
  RRO: { en: 'Railway (this project’s)', zh: '铁路承运人（本项目自定）' },
} as const satisfies Record<string, Text>

const named: { readonly [code: string]: Text } = { ...transportCodes, ...equipmentCodes, ...shipmentCodes }
/** What a code says; a document’s and a container’s codes never mean two things but for HOLD and RELS, which are documents’. */
export const nameOfMovement = (code: string): Text => named[code] ?? { en: code, zh: code }
