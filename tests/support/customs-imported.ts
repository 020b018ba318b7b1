import { assess } from '../../adapters/customs/duty/assess.ts'
import { type Tables, tables } from '../../adapters/customs/duty/tables.ts'
import type { Particulars } from '../../adapters/customs/particulars.ts'
import { rec20OfUnit } from '../../schemas/codes/concordance.ts'
import { tariffLine } from '../../schemas/codes/tariff.ts'
import type { Declaration, GoodsShipment, Item } from '../../schemas/declaration/index.ts'
import { type Duties, duties } from '../../schemas/duties.ts'
import { goldenDeclaration } from './customs.ts'

/** Rates of this day: base day Wednesday 2026-10-21, USD 7.1, EUR 7.9, JPY 0.048, CHF 8.5. */
export const rateDay = '2026-11-20'
/** Parts of brakes: duty 6 %, VAT 13 %. */
export const brakes = { hsCode: '8708309990', currency: 'CNY', originCountry: 'DE' } as const

/** Duty and tax on such goods. */
export function taxed(
  goods: readonly Goods[],
  more: Parameters<typeof imported>[1] = {},
  on = rateDay,
  by: Tables = tables,
): Duties {
  const { declaration, particulars } = imported(goods, more)
  return duties.parse(assess(declaration, particulars, on, by))
}

export const valuesOf = ({ values }: Duties) => values?.map(({ amount }) => amount)

/** Goods as far as duty and tax look at them. Unsaid: USD, taken in full, 100 kg. */
export interface Goods {
  readonly hsCode: string
  readonly totalPrice: string
  readonly originCountry: string
  readonly currency?: string
  readonly dutyMode?: string
  readonly kilograms?: string
}

/** A declaration of such goods, otherwise the golden import by rail. */
export function imported(
  goods: readonly Goods[],
  {
    direction = 'import',
    terms = 'CIF',
    valuation,
    agreements = [],
  }: {
    readonly direction?: Declaration['direction']
    readonly terms?: GoodsShipment['tradeTerms']['conditionCode']
    readonly valuation?: GoodsShipment['valuation']
    /** Claimed for every item. */
    readonly agreements?: readonly string[]
  } = {},
): { declaration: Declaration; particulars: Particulars } {
  const golden = goldenDeclaration('import-rail-permit')
  const [model] = golden.goodsShipment.items
  if (model === undefined) throw new Error('the golden import has no item')
  const items = goods.map((one, at) => itemOf(model, one, at + 1))
  return {
    declaration: {
      ...golden,
      direction,
      goodsShipment: {
        ...golden.goodsShipment,
        tradeTerms: { conditionCode: terms },
        ...(valuation === undefined ? {} : { valuation }),
        items,
      },
    },
    particulars: {
      ecoRelations: items.flatMap(({ sequence }) =>
        agreements.map((agreement) => ({ certType: `Y${agreement}`, decGNo: String(sequence), ecoCertNo: 'C0001' })),
      ),
    },
  }
}

function itemOf(model: Item, goods: Goods, sequence: number): Item {
  const { currency = 'USD', dutyMode = '1', kilograms = '100', ...rest } = goods
  const [first, second] = (tariffLine(goods.hsCode)?.statutoryUnits ?? ['035']).map((unit) => rec20OfUnit(unit ?? ''))
  const quantity = (unitCode: string) => ({ value: unitCode === 'KGM' ? kilograms : '1', unitCode })
  return {
    ...model,
    ...rest,
    sequence,
    currency,
    dutyMode,
    unitPrice: goods.totalPrice,
    quantity: { value: '1', unitCode: 'C62' },
    statutoryQuantity1: quantity(first ?? 'KGM'),
    ...(second === undefined ? {} : { statutoryQuantity2: quantity(second) }),
  }
}
