import { Big } from 'big.js'
import { type TariffLine, tariffLine } from '../../schemas/codes/tariff.ts'
import { baseDayOf } from './calendar.ts'
import { exchangeRates } from './parameters.ts'

/** The tables of specification.md, section 6.1, R1 to R6: parameters of the simulation, none of them current law. */

interface Dated {
  readonly from: string
  readonly to?: string
}

const holdsOn = (day: string, { from, to }: Dated) => from <= day && (to === undefined || day <= to)

/** R1: yuan for one unit on a day. @throws {Error} a currency the table does not have */
export function yuanFor(currency: string, day: string): Big {
  const baseDay = baseDayOf(day)
  const special = exchangeRates.special.find((row) => holdsOn(baseDay, row))?.cny[currency]
  const rate = special ?? exchangeRates.cny[currency]
  if (rate === undefined) throw new Error(`no exchange rate for ${currency}`)
  return new Big(rate)
}

/** R2: MFN duty by quantity, yuan for a kilogram, by the first eight digits. Taken over from 2018, unverified since. */
const dutyPerKilogram: { readonly [code: string]: string } = {
  '02071200': '1.3',
  '02071411': '0.6',
  '02071419': '0.7',
  '02071421': '0.8',
  '02071422': '1.0',
  '02071429': '0.5',
}

/** R3: consumption tax by quantity, yuan for a kilogram. */
const consumptionPerKilogram: { readonly [code: string]: Dated & { readonly yuan: string } } = {
  '2208902000': { yuan: '1', from: '2006-04-01' },
  '2203000000': { yuan: '0.25', from: '2001-05-01' },
}

/** R4: agreement rates 协定税率, unverified. */
const agreementRates: readonly (Dated & {
  readonly agreement: string
  readonly members: string
  readonly code: string
  readonly rate: string
})[] = [
  { agreement: '18', members: 'AUS', code: '0202300090', rate: '0', from: '2024-01-01' },
  { agreement: '18', members: 'AUS', code: '2204210000', rate: '0', from: '2019-01-01' },
  {
    agreement: '02',
    members: 'BRN KHM IDN LAO MYS MMR PHL SGP THA VNM',
    code: '0810600000',
    rate: '0',
    from: '2010-01-01',
  },
]

/** R5: surcharges 加征关税 on all goods of an origin; the second row is unverified. */
const surcharges: readonly (Dated & { readonly origin: string; readonly rate: string })[] = [
  { origin: 'USA', rate: '0.10', from: '2025-11-10', to: '2026-11-09' },
  { origin: 'USA', rate: '0.10', from: '2026-11-10' },
]

/** R6: origins under the general rate 普通税率, unverified. */
const generalOrigins = new Set(['AND', 'BHS', 'BTN', 'MCO', 'PLW', 'VAT'])

/** What falls on goods: rates as fractions, amounts by quantity in yuan a kilogram. */
export interface TaxRates {
  readonly duty: Big
  readonly dutyPerKilogram: Big
  readonly consumption: Big
  readonly consumptionPerKilogram: Big
  readonly vat: Big
  readonly exportDuty: Big
}

/** The rates for a code, an origin (alpha-3) and the agreements claimed; undefined for a code the sample does not hold. */
export function ratesFor(
  code: string,
  origin: string,
  agreements: readonly string[],
  day: string,
): TaxRates | undefined {
  const line = tariffLine(code)
  if (line === undefined) return undefined
  const surcharge = surcharges.find((row) => row.origin === origin && holdsOn(day, row))?.rate ?? '0'
  const consumption = consumptionPerKilogram[code]
  const byQuantity = generalOrigins.has(origin) ? undefined : dutyPerKilogram[code.slice(0, 8)]
  const chosen = dutyRate(line, origin, agreements, day)
  return {
    duty: chosen.rate.plus(surcharge),
    dutyPerKilogram: new Big(chosen.mostFavoured ? (byQuantity ?? '0') : '0'),
    consumption: new Big(line.consumptionRate),
    consumptionPerKilogram: new Big(consumption && holdsOn(day, consumption) ? consumption.yuan : '0'),
    vat: new Big(line.vatRate),
    exportDuty: new Big(line.exportRate),
  }
}

/** General by origin, agreement where it is claimed, known and lower, else MFN. */
function dutyRate(
  line: TariffLine,
  origin: string,
  agreements: readonly string[],
  day: string,
): { rate: Big; mostFavoured: boolean } {
  if (generalOrigins.has(origin)) return { rate: new Big(line.generalRate ?? line.mfnRate), mostFavoured: false }
  const mfn = new Big(line.mfnRate)
  const agreed = agreementRates.find(
    (row) =>
      agreements.includes(row.agreement) &&
      row.members.split(' ').includes(origin) &&
      row.code === line.hsCode &&
      holdsOn(day, row),
  )
  return agreed !== undefined && mfn.gt(agreed.rate)
    ? { rate: new Big(agreed.rate), mostFavoured: false }
    : { rate: mfn, mostFavoured: true }
}
