/** The window's own tables: controlled goods, rates, codes. Those marked example are this simulator's, not Singapore's. */

/** Import with GST, or export. */
export type Family = 'IPTDEC' | 'OUTDEC'
/** Messages a declarant sends, with the message that approves each. Source: TradeNet's families; COOUPD [assumed, 2026-11-22]. */
export const approvals = {
  IPTDEC: 'IPTPMT',
  OUTDEC: 'OUTPMT',
  IPTUPD: 'IPTUPT',
  OUTUPD: 'OUTUPT',
  COODEC: 'COOPMT',
  COOUPD: 'COOUPT',
} as const
export type MessageFamily = keyof typeof approvals

/** Origin criteria of each scheme of preference. [assumed, 2026-11-22: the data set exchanged is not public] */
export const originSchemes: { readonly [scheme: string]: readonly string[] } = {
  CSFTA: ['WO', 'PE', 'RVC', 'PSR'],
  ACFTA: ['WO', 'PE', 'RVC', 'CTH', 'PSR'],
  RCEP: ['WO', 'PE', 'CTC', 'RVC', 'CR'],
}
export const issuingCountries: ReadonlySet<string> = new Set(['CN', 'SG'])

/** Units of the harmonized system quantity. */
export const units: ReadonlySet<string> = new Set('KGM TNE GRM LTR NMB MTR MTK MTQ CTM TEN PRS'.split(' '))
export const incoterms: ReadonlySet<string> = new Set('EXW FCA FAS FOB CFR CIF CPT CIP DAP DPU DDP'.split(' '))

/** SGD for one unit of a currency. [example rates, 2026-11] */
export const sgdRates: { readonly [currency: string]: string } = {
  SGD: '1',
  USD: '1.30',
  CNY: '0.18',
  EUR: '1.50',
  GBP: '1.72',
  JPY: '0.0087',
  HKD: '0.167',
  MYR: '0.31',
  AUD: '0.86',
  KRW: '0.00094',
  THB: '0.04',
}

/** GST rate in per cent on a day `CCYYMMDD`. Source: IRAS, 8 % from 2023-01-01, 9 % from 2024-01-01. */
export function gstRate(day: string): string {
  return day >= '20240101' ? '9.00' : '8.00'
}

/** How long a permit holds. [unverified] */
export const permitDays = 28
/** Days after the end of its validity in which a permit may still be cancelled. Source: customs.gov.sg. */
export const cancelDaysAfterEnd = 1
/** Hour of the day of approval, Singapore time, at which the tax of a payment permit is taken. [derived, 2026-11-22] */
export const paidAt = { hour: 23, minute: 59 } as const
/** How far an arrival or departure may lie from the submission. [unverified] */
export const travelDays = { ahead: 60, past: 14 } as const

/** Goods under a controlling agency (CA). */
export interface Controlled {
  readonly prefixes: readonly string[]
  readonly agency: string
  readonly product: string
  readonly needsLicence?: true
  /** Also when they leave Singapore. */
  readonly outward?: true
}

/** HS to CA product code. [example table] */
const controlled: readonly Controlled[] = [
  {
    prefixes: ['0201', '0202', '0203', '0207', '0306', '0307', '0302', '0303', '0304'],
    agency: 'SFA',
    product: 'SFA-MEAT',
    needsLicence: true,
  },
  { prefixes: ['0401', '0402', '1901', '2204', '1905', '2106'], agency: 'SFA', product: 'SFA-PFO' },
  { prefixes: ['0810', '0805', '0808', '0702'], agency: 'SFA', product: 'SFA-FV' },
  { prefixes: ['1209', '1211'], agency: 'NPARKS', product: 'NPARKS-CIT' },
  { prefixes: ['3002', '3003', '3004'], agency: 'HSA', product: 'HSA-THP', needsLicence: true },
  { prefixes: ['8517', '847130'], agency: 'IMDA', product: 'IMDA-TEL' },
  { prefixes: ['870380', '870323', '870340', '8711'], agency: 'LTA', product: 'LTA-VEH' },
  { prefixes: ['850760'], agency: 'NEA', product: 'NEA-BAT' },
  { prefixes: ['9022'], agency: 'NEA', product: 'NEA-RAD', needsLicence: true },
  { prefixes: ['93'], agency: 'SPF', product: 'SPF-ARMS', needsLicence: true, outward: true },
]

/** The agency that controls an HS code, by the longest prefix; undefined when it is free. */
export function controlOf(hsCode: string, family: 'IPTDEC' | 'OUTDEC'): Controlled | undefined {
  const hits = controlled.flatMap((row) =>
    row.prefixes.filter((prefix) => hsCode.startsWith(prefix)).map((prefix) => ({ row, length: prefix.length })),
  )
  const [longest] = hits.sort((a, b) => b.length - a.length)
  return longest === undefined || (family === 'OUTDEC' && longest.row.outward !== true) ? undefined : longest.row
}

/** Conditions a permit may carry. A1, A3, A6, H1: customs.gov.sg, shortened; the others are this simulator's. */
export const conditions = {
  A1: 'Goods removed from a free trade zone are to be produced at the in-gate with this permit',
  A3: 'Goods are to be produced at the airport checkpoint with this permit',
  A6: 'An unused permit is to be cancelled or revalidated within 24 hours',
  H1: 'Goods are to be produced at Woodlands or Tuas checkpoint with this permit',
  Z10: 'The permit of the controlling agency is to be kept with the goods',
  A59: 'The controlling agency is to be told before the goods are unstuffed',
} as const
export type ConditionCode = keyof typeof conditions
