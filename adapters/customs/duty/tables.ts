/**
 * Rates and rules for duty and tax 税率与计税规则, dated. PARAMETERS: none of them is current law, and `unverified` rows are
 * assumptions of this project, to be replaced by whoever files for real. Rates are fractions. Source of the tables as a whole: the
 * interface of the simulated customs, section 6.1, where each row names its own.
 */

export interface Sourced {
  readonly source: string
  readonly validFrom: string
  readonly validTo?: string
  readonly unverified: boolean
}

/** Middle rates 中间价, yuan for one unit of a currency, by base day. */
export interface MiddleRates extends Sourced {
  readonly yuanFor: { readonly [currency: string]: string }
}

/** A charge by quantity, yuan for a kilogram, on codes that begin so. */
export interface ByQuantity extends Sourced {
  readonly codes: readonly string[]
  readonly yuanPerKilogram: string
}

/** An agreement rate 协定税率 for goods of its members, claimed by a document of origin. */
export interface AgreementRate extends Sourced {
  /** Of the list of trade agreements 优惠贸易协定代码. */
  readonly agreement: string
  readonly members: readonly string[]
  readonly codes: readonly string[]
  readonly rate: string
}

/** A surcharge 加征关税 on goods of an origin, over and above whichever rate applies. */
export interface Surcharge extends Sourced {
  readonly origin: string
  /** Codes that begin so; `''` is every code. */
  readonly codes: readonly string[]
  readonly rate: string
}

export interface Practice extends Sourced {
  /** Dutiable value of an item: to the fen, or to the yuan as on paper bills. */
  readonly roundItemValueTo: 'fen' | 'yuan'
  /** 保险费 that is not known: share of price and freight. */
  readonly insuranceWhenUnsaid: string
  /** A kind of tax below this on a bill is not levied. */
  readonly exemptBelow: string
  /** Share of each tax that a duty mode 征减免税方式 leaves; others leave all. */
  readonly shareByDutyMode: { readonly [mode: string]: string }
}

export interface Tables {
  readonly middleRates: readonly MiddleRates[]
  readonly dutyByQuantity: readonly ByQuantity[]
  readonly consumptionByQuantity: readonly ByQuantity[]
  readonly agreementRates: readonly AgreementRate[]
  readonly surcharges: readonly Surcharge[]
  /** Origins under the general rate 普通税率; all others take the MFN rate. */
  readonly generalOrigins: Sourced & { readonly countries: readonly string[] }
  readonly practice: Practice
}

/** The row of a day; the first that holds. */
export const rowOn = <T extends Sourced>(rows: readonly T[], day: string, fits: (row: T) => boolean): T | undefined =>
  rows.find((row) => row.validFrom <= day && (row.validTo === undefined || day <= row.validTo) && fits(row))

const simulated = { source: 'round figures of the simulator, not published rates', unverified: true } as const

const middleRates: readonly MiddleRates[] = [
  { ...simulated, validFrom: '2026-02-24', validTo: '2026-03-17', yuanFor: { USD: '6.9', EUR: '8.1' } },
  {
    ...simulated,
    validFrom: '2025-12-17',
    yuanFor: {
      CNY: '1',
      USD: '7.1',
      EUR: '7.9',
      GBP: '9.3',
      HKD: '0.91',
      MOP: '0.89',
      TWD: '0.225',
      JPY: '0.048',
      KRW: '0.0052',
      SGD: '5.4',
      MYR: '1.65',
      THB: '0.21',
      IDR: '0.00044',
      PHP: '0.124',
      AUD: '4.6',
      NZD: '4.2',
      CAD: '5.1',
      CHF: '8.5',
      DKK: '1.06',
      NOK: '0.68',
      SEK: '0.71',
      RUB: '0.08',
    },
  },
]

const chicken = {
  source: 'MFN column of the 2018 tariff; later years not seen',
  validFrom: '2018-01-01',
  unverified: true,
}
const dutyByQuantity: readonly ByQuantity[] = [
  { ...chicken, codes: ['02071200'], yuanPerKilogram: '1.3' },
  { ...chicken, codes: ['02071411'], yuanPerKilogram: '0.6' },
  { ...chicken, codes: ['02071419'], yuanPerKilogram: '0.7' },
  { ...chicken, codes: ['02071421'], yuanPerKilogram: '0.8' },
  { ...chicken, codes: ['02071422'], yuanPerKilogram: '1.0' },
  { ...chicken, codes: ['02071429'], yuanPerKilogram: '0.5' },
]

const consumptionByQuantity: readonly ByQuantity[] = [
  {
    source: '财税〔2001〕84号, 财税〔2006〕33号: 0.5 yuan per 500 g of spirits beside 20 %',
    validFrom: '2006-04-01',
    unverified: false,
    codes: ['2208902000'],
    yuanPerKilogram: '1',
  },
  {
    source: '财税〔2001〕84号: class A beer, 250 yuan a tonne; that every beer is class A is assumed',
    validFrom: '2001-05-01',
    unverified: true,
    codes: ['2203000000'],
    yuanPerKilogram: '0.25',
  },
]

const agreed = { source: 'tariff schedule of the agreement, not seen', unverified: true } as const
const asean = ['BN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'VN']
const agreementRates: readonly AgreementRate[] = [
  { ...agreed, agreement: '18', members: ['AU'], codes: ['0202300090'], rate: '0', validFrom: '2024-01-01' },
  { ...agreed, agreement: '18', members: ['AU'], codes: ['2204210000'], rate: '0', validFrom: '2019-01-01' },
  { ...agreed, agreement: '02', members: asean, codes: ['0810600000'], rate: '0', validFrom: '2010-01-01' },
]

const surcharges: readonly Surcharge[] = [
  {
    origin: 'US',
    codes: [''],
    rate: '0.10',
    source: '税委会公告2025年第10号; exclusions are not simulated',
    validFrom: '2025-11-10',
    validTo: '2026-11-09',
    unverified: false,
  },
  {
    origin: 'US',
    codes: [''],
    rate: '0.10',
    source: 'assumed to go on after 税委会公告2025年第10号',
    validFrom: '2026-11-10',
    unverified: true,
  },
]

export const tables: Tables = {
  middleRates,
  dutyByQuantity,
  consumptionByQuantity,
  agreementRates,
  surcharges,
  generalOrigins: {
    countries: ['AD', 'BS', 'BT', 'MC', 'PW', 'VA'],
    source: 'assumed, 2026-11',
    validFrom: '2020-01-01',
    unverified: true,
  },
  practice: {
    roundItemValueTo: 'fen',
    insuranceWhenUnsaid: '0.003',
    exemptBelow: '50',
    shareByDutyMode: { '2': '0.5', '3': '0', '8': '0.5', '9': '0' },
    source: '关税法 of 2024-12-01 for duty, 审价办法 for insurance; consumption tax, VAT and duty modes assumed alike',
    validFrom: '2024-12-01',
    unverified: true,
  },
}
