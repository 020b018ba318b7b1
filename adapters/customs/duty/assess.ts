import { Big } from 'big.js'
import type { Declaration, Item } from '../../../schemas/declaration/index.ts'
import type { Duties, DutyTaxFee, Step } from '../../../schemas/duties.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Particulars } from '../particulars.ts'
import { fen, money, one, percent, stepOf, sum, zero } from './arithmetic.ts'
import type { Rate } from './exchange.ts'
import { basisOf, claimsUnknown, exportRate, type ItemRates, mayBeByQuantity, ratesOf } from './rates.ts'
import { tables as shipped, type Tables } from './tables.ts'
import { type ValuedItem, valueItems } from './values.ts'

/** Kinds of duty and tax, with the letter customs bills them under. Letters: 税种 of the tax bill; A, L, Y seen, B assumed. */
const kinds = {
  duty: { typeCode: 'A', en: 'Import duty', zh: '进口关税' },
  'consumption-tax': { typeCode: 'Y', en: 'Import consumption tax', zh: '进口环节消费税' },
  vat: { typeCode: 'L', en: 'Import VAT', zh: '进口环节增值税' },
  'export-duty': { typeCode: 'B', en: 'Export duty', zh: '出口关税' },
} as const
export type Kind = keyof typeof kinds

/** Agreements 优惠贸易协定 that documents of origin claim for an item: an EcoRelation whose type is Y and the agreement. */
export const claimedFor = ({ sequence }: Item, particulars: Particulars | undefined): string[] =>
  (particulars?.ecoRelations ?? []).flatMap(({ certType, decGNo }) =>
    decGNo === String(sequence) && certType?.startsWith('Y') === true ? [certType.slice(1)] : [],
  )

/**
 * Duty and tax 税费 on a declaration that customs accepts on `day` (Shanghai's), with every step of the arithmetic. What cannot be
 * computed is left out, and the notes say so.
 */
export function assess(
  declaration: Declaration,
  particulars: Particulars | undefined,
  day: string,
  tables: Tables = shipped,
): Duties {
  const valuation = valueItems(declaration, day, tables)
  if ('unsaid' in valuation) return nothing(day, valuation.unsaid)
  const importing = declaration.direction === 'import'
  const assessed = valuation.items.map((valued) =>
    importing ? importTaxes(valued, particulars, day, tables) : exportDuty(valued, day, tables),
  )
  const lines = assessed.flatMap((one) => one.lines)
  const totals = totalsOf(lines, tables)
  return {
    currency: 'CNY',
    day,
    values: valuation.items.map(({ item, value, steps }) => ({
      item: item.sequence,
      amount: money(value),
      steps: [...steps],
    })),
    shared: [...valuation.shared],
    lines,
    totals,
    total: money(sum(totals.map(({ amount }) => new Big(amount)))),
    ...(assessed.some(({ incomplete }) => incomplete === true) ? { incomplete: true as const } : {}),
    notes: [...standing(declaration, lines), ...assessed.flatMap(({ notes }) => notes)],
  }
}

/** Nothing could be computed at all. */
export const nothing = (day: string | undefined, why: readonly Text[]): Duties => ({
  currency: 'CNY',
  ...(day === undefined ? {} : { day }),
  lines: [],
  totals: [],
  total: '0.00',
  incomplete: true,
  notes: [...why],
})

interface Assessed {
  readonly lines: readonly DutyTaxFee[]
  readonly notes: readonly Text[]
  readonly incomplete?: boolean
}

function importTaxes(valued: ValuedItem, particulars: Particulars | undefined, day: string, tables: Tables): Assessed {
  const { item } = valued
  const claimed = claimedFor(item, particulars)
  const rates = ratesOf(item, claimed, day, tables)
  if ('unsaid' in rates) return { lines: [], notes: [rates.unsaid], incomplete: true }
  const byQuantity = [rates.dutyPerKilogram, rates.consumptionPerKilogram].some((rate) => rate !== undefined)
  const mass = kilogramsOf(item)
  if (byQuantity && mass === undefined) return { lines: [], notes: [massUnknown(item)], incomplete: true }
  const duty = dutyOn(valued, rates, mass ?? '0', tables)
  const consumption = consumptionOn(valued, rates, duty.amount, mass ?? '0', tables)
  const vat = vatOn(valued, rates, duty.amount, consumption?.amount ?? zero, tables)
  return {
    lines: [
      { ...lineOf('duty', item, duty), regime: rates.regime },
      ...(consumption === undefined ? [] : [lineOf('consumption-tax', item, consumption)]),
      lineOf('vat', item, vat),
    ],
    notes: [...claimsUnknown(item, claimed, day, tables), ...mayBeByQuantity(item, rates)],
  }
}

interface Tax {
  readonly amount: Big
  readonly steps: readonly Step[]
}

const lineOf = (kind: Kind, { sequence }: Item, { amount, steps }: Tax): DutyTaxFee => ({
  kind,
  name: { en: kinds[kind].en, zh: kinds[kind].zh },
  typeCode: kinds[kind].typeCode,
  item: sequence,
  amount: money(amount),
  steps: [...steps],
})

const basesOf = (...rates: readonly (Rate | undefined)[]) => rates.flatMap((rate) => rate?.basis ?? [])

/** 关税 = value × (rate + surcharge) + quantity × rate by quantity. */
function dutyOn({ item, value }: ValuedItem, rates: ItemRates, mass: string, tables: Tables): Tax {
  const { duty, surcharge, dutyPerKilogram } = rates
  const share = shareOf(item, tables)
  const rate = duty.value.plus(surcharge?.value ?? zero)
  const specific = new Big(mass).times(dutyPerKilogram?.value ?? zero)
  const amount = fen(value.times(rate).plus(specific).times(share.value))
  const named = surcharge === undefined ? percent(rate) : `(${percent(duty.value)} + ${percent(surcharge.value)})`
  const quantity = dutyPerKilogram === undefined ? '' : ` + ${mass} kg × ${dutyPerKilogram.value.toFixed()}`
  const formula = share.applied(`${money(value)} × ${named}${quantity}`)
  const bases = basesOf(duty, surcharge, dutyPerKilogram, share.rate)
  return { amount, steps: [stepOf(['Import duty', '进口关税'], formula, amount, bases)] }
}

/** 消费税 = (value + duty + q) ÷ (1 − rate) × rate + q, with q = quantity × rate by quantity; none where there is no rate. */
function consumptionOn(
  { item, value }: ValuedItem,
  rates: ItemRates,
  duty: Big,
  mass: string,
  tables: Tables,
): Tax | undefined {
  const { consumption, consumptionPerKilogram } = rates
  if (consumption.value.eq(0) && consumptionPerKilogram === undefined) return undefined
  const share = shareOf(item, tables)
  const rate = consumption.value
  const specific = new Big(mass).times(consumptionPerKilogram?.value ?? zero)
  const composite = value.plus(duty).plus(specific).div(one.minus(rate))
  const amount = fen(composite.times(rate).plus(specific).times(share.value))
  const q = consumptionPerKilogram === undefined ? '' : `${mass} kg × ${consumptionPerKilogram.value.toFixed()}`
  const inside = [money(value), money(duty), ...(q === '' ? [] : [q])].join(' + ')
  const adValorem = `(${inside}) ÷ (1 − ${percent(rate)}) × ${percent(rate)}`
  const formula = share.applied(rate.eq(0) ? q : [adValorem, ...(q === '' ? [] : [q])].join(' + '))
  const bases = basesOf(...(rate.eq(0) ? [] : [consumption]), consumptionPerKilogram, share.rate)
  return { amount, steps: [stepOf(['Import consumption tax', '进口环节消费税'], formula, amount, bases)] }
}

/** 增值税 = (value + duty + consumption tax) × rate. */
function vatOn({ item, value }: ValuedItem, { vat }: ItemRates, duty: Big, consumption: Big, tables: Tables): Tax {
  const share = shareOf(item, tables)
  const amount = fen(value.plus(duty).plus(consumption).times(vat.value).times(share.value))
  const base = [value, duty, ...(consumption.eq(0) ? [] : [consumption])].map(money).join(' + ')
  const formula = share.applied(`(${base}) × ${percent(vat.value)}`)
  return { amount, steps: [stepOf(['Import VAT', '进口环节增值税'], formula, amount, basesOf(vat, share.rate))] }
}

/** 出口关税: value = price free on board ÷ (1 + rate), duty = value × rate. Codes without an export rate have none. */
function exportDuty(valued: ValuedItem, day: string, tables: Tables): Assessed {
  const { item, value: onBoard } = valued
  const rate = exportRate(item, day)
  if (rate.value.eq(0)) return { lines: [], notes: [] }
  const share = shareOf(item, tables)
  const value = fen(onBoard.div(rate.value.plus(1)))
  const amount = fen(value.times(rate.value).times(share.value))
  const steps = [
    stepOf(['Dutiable value', '计税价格'], `${money(onBoard)} ÷ (1 + ${percent(rate.value)})`, value, [rate.basis]),
    stepOf(['Export duty', '出口关税'], share.applied(`${money(value)} × ${percent(rate.value)}`), amount, [
      ...basesOf(rate, share.rate),
    ]),
  ]
  return { lines: [lineOf('export-duty', item, { amount, steps })], notes: [] }
}

/** What a duty mode 征减免税方式 leaves of each tax, and how that is written. */
function shareOf({ dutyMode }: Item, { practice }: Tables) {
  const text = practice.shareByDutyMode[dutyMode]
  const value = new Big(text ?? 1)
  if (text === undefined) return { value, rate: undefined, applied: (formula: string) => formula }
  const name = { en: `Duty mode ${dutyMode}`, zh: `征减免税方式${dutyMode}` }
  const rate: Rate = { value, basis: basisOf(name, percent(value), practice) }
  return { value, rate, applied: (formula: string) => `(${formula}) × ${percent(value)}` }
}

/** The statutory quantity 法定数量 in kilograms. */
const kilogramsOf = ({ statutoryQuantity1, statutoryQuantity2 }: Item): string | undefined =>
  [statutoryQuantity1, statutoryQuantity2].find((quantity) => quantity?.unitCode === 'KGM')?.value

const massUnknown = ({ sequence }: Item): Text => ({
  en: `Item ${sequence} is charged by the kilogram, and no statutory quantity is in kilograms`,
  zh: `商品序号${sequence}按千克从量计征，但法定数量无千克`,
})

/** What is payable of each kind: nothing where the whole bill comes to less than the threshold 起征点. */
function totalsOf(lines: readonly DutyTaxFee[], { practice }: Tables): Duties['totals'] {
  return (Object.keys(kinds) as Kind[]).flatMap((kind) => {
    const ofKind = lines.filter((line) => line.kind === kind)
    if (ofKind.length === 0) return []
    const assessed = sum(ofKind.map(({ amount }) => new Big(amount)))
    const levied = assessed.eq(0) || assessed.gte(practice.exemptBelow)
    const { en, zh, typeCode } = kinds[kind]
    return [
      {
        kind,
        name: { en, zh },
        typeCode,
        assessed: money(assessed),
        amount: money(levied ? assessed : zero),
        ...(levied
          ? {}
          : {
              waived: {
                en: `Less than ${practice.exemptBelow} yuan on the bill is not levied`,
                zh: `一票税额不足${practice.exemptBelow}元免征`,
              },
            }),
      },
    ]
  })
}

/** What must be said of every result. */
function standing({ direction, goodsShipment }: Declaration, lines: readonly DutyTaxFee[]): Text[] {
  const terms = goodsShipment.tradeTerms.conditionCode
  return [
    {
      en: 'Rates are a 2020 sample of the tariff, exchange rates are simulated: an estimate, not current law',
      zh: '税率为2020年税则样本，汇率为模拟数据：仅供估算，并非现行规定',
    },
    ...(['DDP', 'MARKET', 'STOWAGE'].includes(terms)
      ? [
          {
            en: `Under ${terms} the price may hold duties or domestic costs: they are not taken out`,
            zh: `成交方式${terms}的货价可能含税费或境内费用，未作扣除`,
          },
        ]
      : []),
    ...(direction === 'export' && lines.length === 0
      ? [{ en: 'None of these goods bears export duty in the sample', zh: '税则样本中所报商品均无出口关税' }]
      : []),
    ...(goodsShipment.items.some(({ originCountry }) => direction === 'import' && originCountry === 'US')
      ? [
          {
            en: 'Goods of origin US: surcharges before 2025-11 that are still in force, and exclusions, are not in the tables',
            zh: '原产地美国：2025年11月前仍有效的加征措施及排除清单未收录',
          },
        ]
      : []),
    {
      en: 'Anti-dumping and countervailing duties are not computed',
      zh: '未计算反倾销税和反补贴税',
    },
  ]
}
