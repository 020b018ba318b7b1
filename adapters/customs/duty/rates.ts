import { Big } from 'big.js'
import { type TariffLine, tariffLine } from '../../../schemas/codes/tariff.ts'
import type { Item } from '../../../schemas/declaration/index.ts'
import type { Basis } from '../../../schemas/duties.ts'
import type { Text } from '../../../schemas/text.ts'
import { percent, zero } from './arithmetic.ts'
import type { Rate } from './exchange.ts'
import { type ByQuantity, rowOn, type Sourced, type Tables } from './tables.ts'

/** What falls on one item of an import. */
export interface ItemRates {
  readonly regime: Text
  readonly duty: Rate
  readonly dutyPerKilogram?: Rate
  readonly surcharge?: Rate
  readonly consumption: Rate
  readonly consumptionPerKilogram?: Rate
  readonly vat: Rate
}

const sample = {
  source: 'China customs tariff, 2020 sample, not current law',
  validFrom: '2020-01-01',
  validTo: '2020-12-31',
} as const

/** A rate of the tariff sample: on any day that is not of 2020 it is unverified. */
const fromSample = (en: string, zh: string, rate: string, day: string): Rate => ({
  value: new Big(rate),
  basis: {
    name: { en, zh },
    value: percent(new Big(rate)),
    ...sample,
    unverified: day < sample.validFrom || day > sample.validTo,
  },
})

const fromRow = (en: string, zh: string, value: Big, text: string, row: Sourced): Rate => ({
  value,
  basis: basisOf({ en, zh }, text, row),
})

export const basisOf = (name: Text, value: string, { source, validFrom, validTo, unverified }: Sourced): Basis => ({
  name,
  value,
  source,
  validFrom,
  ...(validTo === undefined ? {} : { validTo }),
  unverified,
})

/** The rate of export duty 出口税率. */
export const exportRate = ({ hsCode }: Item, day: string): Rate =>
  fromSample('Export duty rate', '出口税率', tariffLine(hsCode)?.exportRate ?? '0', day)

/**
 * The rates for an item on a day: general by origin; the agreement rate where a document of origin claims it, the origin is a member,
 * the rate is known and lower; else MFN. Or why that cannot be said. @param claimed agreements claimed for the item
 */
export function ratesOf(
  item: Item,
  claimed: readonly string[],
  day: string,
  tables: Tables,
): ItemRates | { readonly unsaid: Text } {
  const line = tariffLine(item.hsCode)
  if (line === undefined)
    return {
      unsaid: {
        en: `Item ${item.sequence}: the tariff sample does not hold ${item.hsCode}`,
        zh: `商品序号${item.sequence}：税则样本无商品编号${item.hsCode}`,
      },
    }
  const chosen = chooseDuty(line, item, claimed, day, tables)
  if ('unsaid' in chosen) return chosen
  const surcharge = rowOn(
    tables.surcharges,
    day,
    ({ origin, codes }) => origin === item.originCountry && fit(codes, line),
  )
  const drink = rowOn(tables.consumptionByQuantity, day, ({ codes }) => fit(codes, line))
  return {
    ...chosen,
    ...(surcharge === undefined
      ? {}
      : {
          surcharge: fromRow(
            `Surcharge on goods of origin ${surcharge.origin}`,
            `原产地${surcharge.origin}加征关税`,
            new Big(surcharge.rate),
            percent(new Big(surcharge.rate)),
            surcharge,
          ),
        }),
    consumption: fromSample('Consumption tax rate', '消费税税率', line.consumptionRate, day),
    ...(drink === undefined ? {} : { consumptionPerKilogram: perKilogram('Consumption tax', '消费税', drink) }),
    vat: fromSample('VAT rate', '增值税税率', line.vatRate, day),
  }
}

type Chosen = Pick<ItemRates, 'regime' | 'duty' | 'dutyPerKilogram'>

function chooseDuty(
  line: TariffLine,
  item: Item,
  claimed: readonly string[],
  day: string,
  tables: Tables,
): Chosen | { readonly unsaid: Text } {
  const { generalOrigins } = tables
  const byQuantity = rowOn(tables.dutyByQuantity, day, ({ codes }) => fit(codes, line))
  if (generalOrigins.countries.includes(item.originCountry)) {
    if (line.generalRate === undefined || byQuantity !== undefined) return { unsaid: generalUnknown(item) }
    const duty = fromSample('General duty rate', '普通税率', line.generalRate, day)
    const regime = { en: `General rate: origin ${item.originCountry}`, zh: `普通税率（原产地${item.originCountry}）` }
    return { regime, duty: { value: duty.value, basis: { ...duty.basis, unverified: true } } }
  }
  const agreed = rowOn(
    tables.agreementRates,
    day,
    ({ agreement, members, codes }) =>
      claimed.includes(agreement) && members.includes(item.originCountry) && fit(codes, line),
  )
  if (agreed !== undefined && new Big(agreed.rate).lt(line.mfnRate)) {
    const rate = new Big(agreed.rate)
    return {
      regime: { en: `Agreement rate: agreement ${agreed.agreement}`, zh: `协定税率（协定${agreed.agreement}）` },
      duty: fromRow('Agreement duty rate', '协定税率', rate, percent(rate), agreed),
    }
  }
  return {
    regime: { en: 'Most-favoured-nation rate', zh: '最惠国税率' },
    duty: fromSample('MFN duty rate', '最惠国税率', line.mfnRate, day),
    ...(byQuantity === undefined ? {} : { dutyPerKilogram: perKilogram('Duty', '关税', byQuantity) }),
  }
}

const fit = (codes: readonly string[], { hsCode }: TariffLine) => codes.some((code) => hsCode.startsWith(code))

const perKilogram = (en: string, zh: string, row: ByQuantity): Rate =>
  fromRow(
    `${en} by quantity`,
    `${zh}从量税率`,
    new Big(row.yuanPerKilogram),
    `${new Big(row.yuanPerKilogram).toFixed()} CNY/kg`,
    row,
  )

const generalUnknown = ({ sequence, hsCode }: Item): Text => ({
  en: `Item ${sequence}: no general rate for ${hsCode} is known`,
  zh: `商品序号${sequence}：商品编号${hsCode}的普通税率未知`,
})

/** Agreements claimed without a rate that is known: the MFN rate stands in. */
export function claimsUnknown(item: Item, claimed: readonly string[], day: string, tables: Tables): Text[] {
  const known = claimed.filter((agreement) =>
    tables.agreementRates.some(
      (row) =>
        row.agreement === agreement &&
        row.members.includes(item.originCountry) &&
        row.codes.some((code) => item.hsCode.startsWith(code)) &&
        row.validFrom <= day,
    ),
  )
  return claimed
    .filter((agreement) => !known.includes(agreement))
    .map((agreement) => ({
      en: `Item ${item.sequence}: no rate of agreement ${agreement} is known for ${item.hsCode} of origin ${item.originCountry}; the MFN rate is used`,
      zh: `商品序号${item.sequence}：未收录协定${agreement}对原产地${item.originCountry}商品编号${item.hsCode}的税率，按最惠国税率计`,
    }))
}

/** The sample shows 0 where goods are charged by quantity: nothing tells those from goods that are free. */
export const mayBeByQuantity = ({ sequence, hsCode }: Item, { dutyPerKilogram, duty }: ItemRates): Text[] => {
  const line = tariffLine(hsCode)
  return line !== undefined && line.generalRate === '0' && duty.value.eq(zero) && dutyPerKilogram === undefined
    ? [
        {
          en: `Item ${sequence}: the sample shows 0 for ${hsCode}, which may be charged by quantity`,
          zh: `商品序号${sequence}：税则样本中商品编号${hsCode}税率为0，可能为从量计征`,
        },
      ]
    : []
}
