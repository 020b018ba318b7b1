import { declarationElements } from '../../schemas/codes/tariff.ts'
import type { Item } from '../../schemas/declaration/index.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'

/** Messages of the window and the statuses they may carry 状态. Source: the window's interface, sections 3, 4, 7 and 8. */
export const statuses: { readonly [message: string]: { readonly [status: string]: FilingStatus } } = {
  TransactionResponse: { Received: 'acknowledged', 'Processing Error': 'refused' }, // 已接收, 处理错误
  StatusMessage: {
    'URN Accepted': 'registered', // 统一参考号已受理
    'Pending CA': 'in-review', // 主管机构审核中
    'Pending SC': 'in-review', // 海关审核中
    'Permit Used': 'closed', // 许可证已使用
    'Permit Cancelled': 'withdrawn', // 许可证已撤销
    'Certificate Cancelled': 'withdrawn', // 原产地证书已撤销
    Query: 'in-review', // 质询
    'Query Answered': 'in-review', // 已答复质询
  },
  ApprovalMessage: {
    'Declaration Approved': 'approved', // 批准，发给许可证
    'Update Approved': 'approved', // 准予修改
    'Cancellation Approved': 'approved', // 准予撤销
    'Certificate of Origin Approved': 'approved', // 原产地证书已接受
  },
  RejectionMessage: {
    'Declaration Rejected': 'refused', // 决定不批准
    'Update Rejected': 'refused', // 不予修改或撤销
  },
  ErrorMessage: { 'Customs Error message': 'refused' }, // 格式错误
}

/** Holds that statuses set and lift. Source: the window's interface, section 8. */
export const holds: { readonly [status: string]: { readonly sets?: Hold[]; readonly lifts?: Hold[] } } = {
  Query: { sets: ['supplement'] }, // 质询：须答复
  'Query Answered': { lifts: ['supplement'] },
}

/** Messages about an update: the permit or certificate they name is not theirs. Source: the window's interface, section 7. */
export const isUpdate = (messageReference: string): boolean => /^(IPT|OUT|COO)UP[DT]$/.test(messageReference)

/** Reasons to cancel 撤销原因. Source: customs.gov.sg, permit amendments and cancellation. */
export const cancellationNames = {
  C01: { en: 'cargo off-loaded, short-landed or over-landed', zh: '短卸、溢卸' },
  C02: { en: 'change of shipment', zh: '更换船次' },
  C03: { en: 'double declaration', zh: '重复申报' },
  C04: { en: 'field cannot be amended', zh: '栏目不可修改' },
  C05: { en: 'HS code or goods description', zh: '税则号或品名有误' },
  C06: { en: 'licence number', zh: '许可编号有误' },
  C07: { en: 'quantity or value', zh: '数量或价值有误' },
  C08: { en: 'type of permit', zh: '许可类型有误' },
  C09: { en: 'permit validity expired', zh: '许可过期' },
  C10: { en: 'unused permit', zh: '许可未使用' },
  C11: { en: 'vessel under repair', zh: '船舶修理' },
  C12: { en: 'wrong bank guarantee indicator', zh: '担保标识有误' },
  C13: { en: 'wrong lot number or licensed warehouse', zh: '批号或仓库有误' },
} as const
export const cancellationReasons = Object.keys(cancellationNames) as (keyof typeof cancellationNames)[]

/** Schemes of preference 优惠贸易安排 and their origin criteria. [assumed, 2026-11-22] Source: the window's interface, section 8. */
export const originSchemes = ['CSFTA', 'ACFTA', 'RCEP'] as const
export const schemeNames = {
  CSFTA: { en: 'China–Singapore', zh: '中国—新加坡自贸协定' },
  ACFTA: { en: 'ASEAN–China', zh: '中国—东盟自贸协定' },
  RCEP: { en: 'RCEP', zh: '区域全面经济伙伴关系协定' },
} as const
export const originCriteria = ['WO', 'PE', 'PSR', 'RVC', 'CTH', 'CTC', 'CR'] as const
export const criteriaOf: { readonly [scheme in (typeof originSchemes)[number]]: readonly string[] } = {
  CSFTA: ['WO', 'PE', 'RVC', 'PSR'], // 中国—新加坡自贸协定
  ACFTA: ['WO', 'PE', 'RVC', 'CTH', 'PSR'], // 中国—东盟自贸协定
  RCEP: ['WO', 'PE', 'CTC', 'RVC', 'CR'], // 区域全面经济伙伴关系协定
}

/** Inquiry for a number the window does not know; a message number that stands for other content, of which nothing is told. */
export const unknownFiling = 'E10404'
export const otherContent = 'E10002'

/**
 * Modes of transport 运输方式 by UN/ECE Rec 19: the window's codes are the same figures, but it takes four of them only.
 * Source: the window's interface, section 2.
 */
export const modes: { readonly [rec19: string]: '1' | '2' | '3' | '4' } = {
  '1': '1', // sea 海运
  '2': '2', // rail 铁路
  '3': '3', // road 公路
  '4': '4', // air 空运
}

/** Where goods are released by default 放行地点: sea goods at Pasir Panjang, air goods at Changi, others elsewhere. */
export const releaseLocations: { readonly [mode: string]: 'PPZ' | 'CZ' } = { '1': 'PPZ', '4': 'CZ' }

/** Units 计量单位 of UN/ECE Rec 20 as the window writes them; the others must be stated in a unit it takes. Source: the same. */
export const units: { readonly [rec20: string]: string } = {
  KGM: 'KGM',
  TNE: 'TNE',
  GRM: 'GRM',
  LTR: 'LTR',
  MTR: 'MTR',
  MTK: 'MTK',
  MTQ: 'MTQ',
  CTM: 'CTM',
  C62: 'NMB', // one
  EA: 'NMB', // each
  H87: 'NMB', // piece
  NMB: 'NMB', // number
  PR: 'PRS', // pair
  NPR: 'PRS', // number of pairs
}
export const takenUnits = ['KGM', 'TNE', 'GRM', 'LTR', 'NMB', 'MTR', 'MTK', 'MTQ', 'CTM', 'TEN', 'PRS'] as const

/** Package types 包装种类 of UN/ECE Rec 21 that are not two letters, and the letters nearest to them; the window takes letters only. */
const packages: { readonly [rec21: string]: string } = {
  '1A': 'DR', // drum, steel 钢桶
  '1B': 'DR', // drum, aluminium 铝桶
  '1D': 'DR', // drum, plywood 胶合板桶
  '1G': 'DR', // drum, fibre 纤维板桶
  '1W': 'DR', // drum, wooden 木桶
  '2C': 'BA', // barrel, wooden 木琵琶桶
  '43': 'BG', // bag, super bulk 超大袋
  '44': 'BG', // bag, polybag 塑料袋
  '4A': 'BX', // box, steel 钢箱
  '4B': 'BX', // box, aluminium 铝箱
  '4C': 'BX', // box, natural wood 天然木箱
  '4D': 'BX', // box, plywood 胶合板箱
  '4F': 'BX', // box, reconstituted wood 再生木箱
  '4G': 'CT', // box, fibreboard: carton 纸箱
  '4H': 'BX', // box, plastic 塑料箱
  '5H': 'BG', // bag, woven plastic 塑编袋
  '5L': 'BG', // bag, textile 纺织袋
  '5M': 'BG', // bag, paper 纸袋
  '7B': 'CS', // case, wooden 木箱
  '8A': 'PX', // pallet, wooden 木托
  '8B': 'CR', // crate, wooden 木板条箱
}
export const packageOf = (rec21: string): string => packages[rec21] ?? rec21

/** Currencies 币制 the window converts. Source: the window's interface, section 6 (example list, 2026-11). */
export const currencies: ReadonlySet<string> = new Set([
  'SGD',
  'USD',
  'CNY',
  'EUR',
  'GBP',
  'JPY',
  'HKD',
  'MYR',
  'AUD',
  'KRW',
  'THB',
])

/** Trade terms 成交方式 that are Incoterms: the three national ones of the declaration are not. */
export const isIncoterm = (terms: string): boolean => /^[A-Z]{3}$/.test(terms)

/** GST rate 消费税率 in per cent by the day goods arrive. Source: the window's interface, section 2. */
export const gstRateOn = (day: string): string => gstRates.find(({ from }) => day >= from)?.percent ?? '7.00'
const gstRates = [
  { from: '2024-01-01', percent: '9.00' },
  { from: '2023-01-01', percent: '8.00' },
] as const

interface Control {
  readonly agency: string
  readonly product: string
  readonly licence?: true
  readonly bothDirections?: true
}

/**
 * Goods that a competent authority controls 受管制货物, by the start of their code: the product code it wants, and whether a licence.
 * Source: the window's interface, section 6 (example table of the simulator, 2026-11; not the official one).
 */
const controls: readonly (Control & { readonly codes: readonly string[] })[] = [
  {
    agency: 'SFA',
    product: 'SFA-MEAT',
    licence: true,
    codes: ['0201', '0202', '0203', '0207', '0306', '0307', '0302', '0303', '0304'],
  },
  { agency: 'SFA', product: 'SFA-PFO', codes: ['0401', '0402', '1901', '2204', '1905', '2106'] },
  { agency: 'SFA', product: 'SFA-FV', codes: ['0810', '0805', '0808', '0702'] },
  { agency: 'NPARKS', product: 'NPARKS-CIT', codes: ['1209', '1211'] },
  { agency: 'HSA', product: 'HSA-THP', licence: true, codes: ['3002', '3003', '3004'] },
  { agency: 'IMDA', product: 'IMDA-TEL', codes: ['8517', '847130'] },
  { agency: 'LTA', product: 'LTA-VEH', codes: ['870380', '870323', '870340', '8711'] },
  { agency: 'NEA', product: 'NEA-BAT', codes: ['850760'] },
  { agency: 'NEA', product: 'NEA-RAD', licence: true, codes: ['9022'] },
  { agency: 'SPF', product: 'SPF-ARMS', licence: true, bothDirections: true, codes: ['93'] },
]

/** The control on goods of a code that enter (`export` from China) or leave Singapore; the longest start of the code decides. */
export function controlOf(ahtn: string, direction: 'import' | 'export'): Control | undefined {
  const [found] = controls
    .filter(({ bothDirections }) => direction === 'export' || bothDirections === true)
    .flatMap((control) => control.codes.filter((code) => ahtn.startsWith(code)).map((code) => ({ code, control })))
    .sort((one, other) => other.code.length - one.code.length)
  return found?.control
}

/** Model 型号 of an item, where its declaration elements name one. */
export function modelOf(item: Item): string | undefined {
  const at = declarationElements(item.hsCode)?.indexOf('型号') ?? -1
  const model = item.declarationElements[at]
  return model === undefined || model === '' || model.length > 100 ? undefined : model
}
