import { Big } from 'big.js'
import type { Charge, Declaration, Item } from '../../../schemas/declaration/index.ts'
import type { Basis, Step } from '../../../schemas/duties.ts'
import type { Text } from '../../../schemas/text.ts'
import { transModeOf } from '../codes.ts'
import { fen, money, percent, spread, stepOf, sum, zero } from './arithmetic.ts'
import { exchangeRate } from './exchange.ts'
import type { Tables } from './tables.ts'

/** An item and what it is worth for duty and tax 计税价格, in yuan. */
export interface ValuedItem {
  readonly item: Item
  readonly value: Big
  readonly steps: readonly Step[]
}

/** What the items are worth; or why that cannot be said. */
export type Valuation =
  | { readonly items: readonly ValuedItem[]; readonly shared: readonly Step[]; readonly bases: readonly Basis[] }
  | { readonly unsaid: readonly Text[] }

const kinds = { freight: '运费', insurance: '保险费', other: '杂费' } as const
type Kind = keyof typeof kinds

/** Trade terms, as customs knows them, that leave insurance outside the price of an import. */
const withoutInsurance = new Set(['2', '3', '7'])
/** Charges that the price of an export holds beside the goods, by the same. */
const heldByPrice: { readonly [transMode: string]: readonly Kind[] } = {
  '1': ['freight', 'insurance'],
  '2': ['freight'],
  '4': ['insurance'],
}

/**
 * Import: price, freight, insurance and other charges in yuan, the charges spread over the items by price. Export: the price free on
 * board 离岸价格, what it holds of freight and insurance taken out; the duty in it is still to be taken out.
 */
export function valueItems(declaration: Declaration, day: string, tables: Tables): Valuation {
  const { items } = declaration.goodsShipment
  const unsaid = [...currenciesOf(declaration)].filter((currency) => exchangeRate(currency, day, tables) === undefined)
  if (unsaid.length > 0)
    return {
      unsaid: unsaid.map((currency) => ({
        en: `There is no exchange rate for ${currency} on ${day}`,
        zh: `无${day}适用的${currency}计征汇率`,
      })),
    }
  const priced = items.map((item) => priceOf(item, day, tables))
  const charges = chargesOf(declaration, sum(priced.map(({ price }) => price)), day, tables)
  const whole = sum(charges.map(({ amount }) => amount))
  const shares = spread(
    whole,
    priced.map(({ price }) => price),
  )
  const importing = declaration.direction === 'import'
  const valued = priced.map(({ item, price, step }, at) => {
    const share = shares[at] ?? zero
    const shared = charges.length === 0 ? [] : [shareStep(whole, share, priced, at)]
    const last = importing ? dutiable(price, share, tables) : onBoard(price, share)
    return { item, value: last.value, steps: [step, ...shared, last.step] }
  })
  return { items: valued, shared: charges.map(({ step }) => step), bases: bases(charges, priced) }
}

const bases = (...steps: readonly (readonly { readonly step: Step }[])[]) =>
  steps.flat().flatMap(({ step }) => step.bases)

function* currenciesOf({ goodsShipment }: Declaration): Iterable<string> {
  const named = [
    ...goodsShipment.items.map(({ currency }) => currency),
    ...Object.values(goodsShipment.valuation ?? {}).flatMap((charge) => charge?.currency ?? []),
  ]
  yield* new Set(named)
}

interface Priced {
  readonly item: Item
  readonly price: Big
  readonly step: Step
}

function priceOf(item: Item, day: string, tables: Tables): Priced {
  const rate = exchangeRate(item.currency, day, tables)
  const price = fen(new Big(item.totalPrice).times(rate?.value ?? zero))
  const formula = `${item.totalPrice} ${item.currency} × ${rate?.basis.value ?? ''}`
  return { item, price, step: stepOf(['Price', '货价'], formula, price, rate && [rate.basis]) }
}

interface Whole {
  readonly amount: Big
  readonly step: Step
}

/** The charges that count, each as a whole: on import all that are declared, on export those the price holds. */
function chargesOf(declaration: Declaration, prices: Big, day: string, tables: Tables): Whole[] {
  const { direction, goodsShipment } = declaration
  const transMode = transModeOf[goodsShipment.tradeTerms.conditionCode]
  const counted = direction === 'import' ? (Object.keys(kinds) as Kind[]) : (heldByPrice[transMode] ?? [])
  const charges = counted.flatMap((kind) => {
    const charge = goodsShipment.valuation?.[kind]
    return charge === undefined ? [] : [{ kind, ...chargeOf(kind, charge, declaration, prices, day, tables) }]
  })
  const insured = charges.some(({ kind }) => kind === 'insurance')
  if (direction !== 'import' || insured || !withoutInsurance.has(transMode)) return charges
  const freight = charges.find(({ kind }) => kind === 'freight')?.amount ?? zero
  return [...charges, insuranceUnsaid(prices, freight, tables)]
}

function chargeOf(
  kind: Kind,
  { amount, basis, currency }: Charge,
  { goodsShipment }: Declaration,
  prices: Big,
  day: string,
  tables: Tables,
): Whole {
  const what = [kind.charAt(0).toUpperCase() + kind.slice(1), kinds[kind]] as const
  if (basis === 'rate') {
    const whole = fen(prices.times(amount).div(100))
    return { amount: whole, step: stepOf(what, `${money(prices)} × ${amount} %`, whole) }
  }
  const named = currency ?? goodsShipment.items[0]?.currency ?? 'CNY'
  const rate = exchangeRate(named, day, tables)
  const inYuan = new Big(amount).times(rate?.value ?? zero)
  const mass = goodsShipment.totalGrossMassKg
  const perTonne = basis === 'unit-price'
  const whole = fen(perTonne ? inYuan.times(mass).div(1000) : inYuan)
  const formula = `${amount} ${named} × ${rate?.basis.value ?? ''}${perTonne ? ` × ${mass} kg ÷ 1000` : ''}`
  return { amount: whole, step: stepOf(what, formula, whole, rate && [rate.basis]) }
}

/** Insurance that nobody names: a share of price and freight. */
function insuranceUnsaid(prices: Big, freight: Big, { practice }: Tables): Whole {
  const rate = new Big(practice.insuranceWhenUnsaid)
  const whole = fen(prices.plus(freight).times(rate))
  const basis: Basis = {
    name: { en: 'Insurance that is not known', zh: '保险费无法确定时的计算比例' },
    value: percent(rate),
    source: practice.source,
    validFrom: practice.validFrom,
    unverified: practice.unverified,
  }
  const formula = `(${money(prices)} + ${money(freight)}) × ${percent(rate)}`
  return { amount: whole, step: stepOf(['Insurance, not declared', '保险费（未申报）'], formula, whole, [basis]) }
}

/** The shares of the items up to this one together, less what those before it have. */
function shareStep(whole: Big, share: Big, priced: readonly Priced[], at: number): Step {
  const prices = priced.map(({ price }) => price)
  const upTo = prices.slice(0, at + 1).map(money)
  const before = sum(spread(whole, prices).slice(0, at))
  const formula = `${money(whole)} × (${upTo.join(' + ')}) ÷ ${money(sum(prices))} − ${money(before)}`
  return stepOf(['Share of the charges, by price', '按货价分摊的运保杂费'], formula, share)
}

function dutiable(price: Big, share: Big, { practice }: Tables): { value: Big; step: Step } {
  const exact = price.plus(share)
  const value = practice.roundItemValueTo === 'yuan' ? exact.round(0, Big.roundHalfUp) : exact
  const what = ['Dutiable value', '计税价格'] as const
  return { value, step: stepOf(what, `${money(price)} + ${money(share)}`, value) }
}

function onBoard(price: Big, share: Big): { value: Big; step: Step } {
  const rest = price.minus(share)
  const value = rest.lt(0) ? zero : rest
  return { value, step: stepOf(['Price free on board', '离岸价格'], `${money(price)} − ${money(share)}`, value) }
}
