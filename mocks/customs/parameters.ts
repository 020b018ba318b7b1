import { findCode, textOf } from '../../schemas/codes/index.ts'

/**
 * Parameters of the simulation that are law or market in the real world. Each says since when, from where, and how far to trust it;
 * none of them is current law.
 */

/** Countries with a preferential agreement in force with China, alpha-3. Public knowledge of 2025, unverified. */
export const agreementPartners = {
  validFrom: '2025-01-01',
  trust: 'unverified',
  countries: new Set(
    [
      'BRN KHM IDN LAO MYS MMR PHL SGP THA VNM', // ACFTA, RCEP
      'JPN KOR AUS NZL', // RCEP
      'BGD IND LKA MNG', // APTA
      'HKG MAC TWN PAK CHL PER CRI ISL CHE GEO MUS MDV ECU NIC SRB HND', // one by one
    ].flatMap((line) => line.split(' ')),
  ),
} as const

/** Middle rates 中间价 by base day, yuan for one unit. Round figures for the simulation, not the published rates. */
export const exchangeRates: {
  readonly validFrom: string
  readonly trust: 'simulated'
  readonly cny: Rates
  /** Base days on which some currencies stand otherwise. */
  readonly special: readonly { readonly from: string; readonly to: string; readonly cny: Rates }[]
} = {
  validFrom: '2025-12-17',
  trust: 'simulated',
  cny: rates(
    'CNY 1, USD 7.1, EUR 7.9, GBP 9.3, HKD 0.91, MOP 0.89, TWD 0.225, JPY 0.048, KRW 0.0052, SGD 5.4, MYR 1.65',
    'THB 0.21, IDR 0.00044, PHP 0.124, AUD 4.6, NZD 4.2, CAD 5.1, CHF 8.5, DKK 1.06, NOK 0.68, SEK 0.71, RUB 0.08',
  ),
  special: [{ from: '2026-02-24', to: '2026-03-17', cny: rates('USD 6.9, EUR 8.1') }],
}

interface Rates {
  readonly [currency: string]: string
}

function rates(...lines: string[]): Rates {
  return Object.fromEntries(
    lines.flatMap((line) => line.split(', ').map((rate) => rate.split(' ') as [string, string])),
  )
}

export const taxPractice = {
  validFrom: '2024-12-01',
  /** 关税法: a tax of one bill below 50 yuan is not levied (for VAT and consumption tax the same practice, unverified). */
  exemptBelowCny: '50',
  /** Days after the bill; a weekend or holiday moves the last one to the next workday. */
  daysToPay: 15,
  /** 滞纳金: share of each tax for each day after the last, not levied below so many yuan (unverified). */
  lateShareADay: '0.0005',
  lateExemptBelowCny: '50',
  /** 保险费 that is not known: share of prices and freight. */
  insuranceWhenUnsaid: '0.003',
  /** The value of an item is rounded to the fen; classic paper bills round it to the yuan. */
  roundItemValueTo: 'fen' as 'fen' | 'yuan',
  /** Share of the tax levied by DutyMode 征减免税方式; modes not named are taxed in full. */
  shareByDutyMode: { 2: '0.5', 3: '0', 8: '0.5', 9: '0' } as { readonly [mode: string]: string },
  /** The rate of the bill that the magic value TAX makes up when nothing is due. */
  demonstrationRate: '0.01',
} as const

/** Two steps 两步申报. Source: 总署公告 2019 No. 127, 216 and 海关法 art. 24, 30; as commonly summarised, unverified. */
export const twoSteps = {
  validFrom: '2020-01-01',
  trust: 'unverified',
  /** Days after the day of entry by which the complete declaration is due. */
  daysToComplete: 14,
  /** Days after the day of entry from which it is no longer taken: three months. */
  daysUntilTakenOver: 92,
  /** Credit levels whose firms declare in one step only. */
  excluded: new Set(['DISHONEST']),
} as const

/** 修撤单. Field list after practice, limits this project's. */
export const modificationRules = {
  validFrom: '2026-11-01',
  trust: 'unverified',
  /** Days after R in which an application is still taken. */
  daysAfterClosing: 90,
  /** Head elements that are never amended: cancel and declare anew. */
  fixed: new Set('IEFlag SeqNo EntryId CustomMaster AgentCodeScc TradeCoScc TradeMode Type DeclTrnRel'.split(' ')),
} as const

/**
 * How many in a hundred traders stand at each credit level 信用等级: this project's guess after the published 1 % of AEO firms.
 * The office has no register of traders; a trader's level is drawn once from its number and stays.
 */
const creditShares: readonly (readonly [level: string, share: number])[] = [
  ['AEO_ADVANCED', 0.01],
  ['AEO', 0.01],
  ['DISHONEST', 0.005],
]

export interface Credit {
  readonly level: string
  readonly zh: string
  readonly inspectionRate: number
}

/** The credit level at a point of [0, 1); its inspection rate is the 2019 average of the code list `credit-levels`. */
export function creditAt(point: number): Credit {
  let upTo = 0
  const drawn = creditShares.find(([, share]) => {
    upTo += share
    return point < upTo
  })
  const code = drawn?.[0] ?? 'REGULAR'
  const level = findCode('credit-levels', code)
  const rate = Number(textOf(level, 'suggestedInspectionRate'))
  if (level?.zh === undefined || Number.isNaN(rate)) throw new Error(`no inspection rate for ${code}`)
  return { level: code, zh: level.zh, inspectionRate: rate }
}

/** A trader whom other offices trust less is inspected more often, at most always 联动提高查验比例. */
export const raised = (credit: Credit, factor: number): Credit => ({
  ...credit,
  inspectionRate: Math.min(1, credit.inspectionRate * factor),
})
