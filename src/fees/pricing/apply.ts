import { Big } from 'big.js'
import type { Measure, Rate } from '../../../schemas/fees/price.ts'
import type { Text } from '../../../schemas/text.ts'
import { factorOf, larger, measuresOf, oneContainer, type Quantities, quantityOf, smaller, zero } from './quantities.ts'
import { bandsOf, type Span, sliced, stepsOf } from './steps.ts'
import { stepInWords } from './words.ts'

/** What a rate comes to for one thing, or for several alike 收费金额: two decimals. */
export interface Applied {
  readonly least: Big
  /** Absent where nobody can say. */
  readonly most: Big | undefined
  readonly quantity: { measure: string; value: string }[]
  readonly missing: readonly Measure[]
  /** The measure that goes past the last step of the rate. */
  readonly beyond: Measure | undefined
  readonly steps: Text
  /** Least and most as they are written. */
  readonly figures: { readonly least: string; readonly most: string | undefined }
}

/** How many things alike a rate is applied to, each by itself. */
export interface Times {
  readonly count: Big
  readonly words: Text
}

interface Draft {
  readonly low: Big
  readonly high: Big | undefined
  readonly en: string
  readonly zh: string
  readonly beyond: Measure | undefined
}

/**
 * Applies a rate: amount a unit times the product of its factors, then its minimum and maximum, then two decimals, rounded half up, once.
 * Each of several containers is one application. What is free is free: the minimum is for what costs something.
 * @param times how many containers alike, where containers are counted
 */
export function apply(rate: Rate, quantities: Quantities, times?: Times): Applied {
  const draft = draftOf(rate, quantities)
  const clamped = clamp(rate, draft)
  const least = clamped.low.round(2, Big.roundHalfUp)
  const most = clamped.high === clamped.low ? least : clamped.high?.round(2, Big.roundHalfUp)
  const missing: Measure[] = []
  const quantity: Applied['quantity'] = []
  const count = (measure: Measure) => {
    const { figure } = quantityOf(measure, quantities)
    if (figure === undefined) missing.push(measure)
    else
      quantity.push({ measure, value: times !== undefined && measure === 'container' ? times.count.toFixed() : figure })
  }
  for (const factor of rate.per) for (const measure of measuresOf(factor)) count(measure)
  if (rate.form === 'bands' && !rate.per.some((factor) => measuresOf(factor).includes(rate.of))) count(rate.of)
  const whole = times === undefined || times.count.eq(1)
  const all = whole ? least : least.times(times.count)
  const total = { least: all, most: most === least ? all : whole ? most : most?.times(times.count) }
  const same = least.eq(draft.low) && (most === undefined ? draft.high === undefined : draft.high?.eq(most) === true)
  const steps = inWords(rate, draft, { least, most }, times === undefined ? undefined : { ...times, total }, same)
  const low = total.least.toFixed(2)
  const figures = { least: low, most: total.most === total.least ? low : total.most?.toFixed(2) }
  return { ...total, quantity, missing, beyond: draft.beyond, steps, figures }
}

function clamp({ minimum, maximum }: Rate, { low, high }: Draft): Span {
  if (minimum === undefined && maximum === undefined) return { low, high }
  const bound = (amount: Big) => {
    const raised = minimum !== undefined && amount.gt(0) ? larger(amount, new Big(minimum)) : amount
    return maximum === undefined ? raised : smaller(raised, new Big(maximum))
  }
  const top = high === undefined ? (maximum === undefined ? undefined : new Big(maximum)) : bound(high)
  return { low: bound(low), high: top }
}

/** The amount before bounds and rounding, and how it is written. */
function draftOf(rate: Rate, quantities: Quantities): Draft {
  switch (rate.form) {
    case 'fixed': {
      const amount = amountOf(rate.amount)
      return product(rate, quantities, { low: amount, high: amount, en: rate.amount, zh: rate.amount })
    }
    case 'range': {
      const between = `(${rate.least}–${rate.most})`
      const [low, high] = [amountOf(rate.least), amountOf(rate.most)]
      return product(rate, quantities, { low, high, en: between, zh: between })
    }
    case 'slices': {
      const quantity = quantityOf(rate.of, quantities)
      const { low, high, parts, beyond } = sliced(stepsOf(rate), quantity)
      const words =
        parts === ''
          ? { en: `by steps of ${quantity.words.en}`, zh: `按${quantity.words.zh}分段` }
          : { en: parts, zh: parts }
      const factors = rate.per.toSpliced(rate.per.indexOf(rate.of), 1)
      const draft = product({ per: factors }, quantities, { low, high, en: `(${words.en})`, zh: `(${words.zh})` })
      return { ...draft, beyond: beyond ? rate.of : undefined }
    }
    default:
      return banded(rate, quantities)
  }
}

const amounts = new Map<string, Big>()
/** Amounts are few and used often. */
function amountOf(figure: string): Big {
  const known = amounts.get(figure)
  if (known !== undefined) return known
  if (amounts.size >= 10_000) amounts.clear()
  const amount = new Big(figure)
  amounts.set(figure, amount)
  return amount
}

type Words = Span & Text

function product({ per }: Pick<Rate, 'per'>, quantities: Quantities, unit: Words): Draft {
  let { low, high, en, zh } = unit
  for (const factor of per) {
    const quantity = factorOf(factor, quantities)
    if (quantity === oneContainer) continue
    const known = quantity.high === quantity.low && high === low
    low = low.times(quantity.low)
    high = known ? low : upper(high, quantity.high)
    en += ` × ${quantity.words.en}`
    zh += ` × ${quantity.words.zh}`
  }
  return { low, high, en, zh, beyond: undefined }
}

/** The upper end of a product: nothing times whatever it may be is nothing. */
const upper = (a: Big | undefined, b: Big | undefined): Big | undefined =>
  a?.eq(0) || b?.eq(0) ? zero : a === undefined || b === undefined ? undefined : a.times(b)

function banded(rate: Extract<Rate, { form: 'bands' }>, quantities: Quantities): Draft {
  const bands = bandsOf(stepsOf(rate), quantityOf(rate.of, quantities))
  const drafts = bands.map(({ step, low, high }) => {
    const { amount, figure } = step
    const label = stepInWords(step, rate.of)
    const words = { en: `${figure}${label.en && ` (${label.en})`}`, zh: `${figure}${label.zh && `（${label.zh}）`}` }
    const inBand =
      bands.length === 1 ? quantities : { ...quantities, [rate.of]: { ...quantityOf(rate.of, quantities), low, high } }
    return product(rate, inBand, { low: amount, high: amount, ...words })
  })
  const [first, ...others] = drafts
  if (first === undefined)
    return {
      low: zero,
      high: undefined,
      en: 'no amount beyond the last band',
      zh: '超出最后一档，未定价',
      beyond: rate.of,
    }
  if (others.length === 0) return first
  return {
    low: drafts.reduce((least, { low }) => smaller(least, low), first.low),
    high: drafts.some(({ high }) => high === undefined)
      ? undefined
      : drafts.reduce((most, { high = zero }) => larger(most, high), zero),
    en: drafts.map(({ en }) => en).join(' or '),
    zh: drafts.map(({ zh }) => zh).join(' 或 '),
    beyond: undefined,
  }
}

/** A sum of money, or from one to another, or from one on. */
export const money = (least: Big, most: Big | undefined): string =>
  most === undefined
    ? `${least.toFixed(2)}+`
    : most === least || most.eq(least)
      ? least.toFixed(2)
      : `${least.toFixed(2)}–${most.toFixed(2)}`

function inWords(
  { minimum, maximum }: Rate,
  draft: Draft,
  one: { least: Big; most: Big | undefined },
  times: (Times & { total: { least: Big; most: Big | undefined } }) | undefined,
  same: boolean,
): Text {
  const each = money(one.least, one.most)
  if (same && times === undefined) return { en: `${draft.en} = ${each}`, zh: `${draft.zh} = ${each}元` }
  if (same && times !== undefined) {
    const total = money(times.total.least, times.total.most)
    return {
      en: `${draft.en} × ${times.words.en} = ${total}`,
      zh: `${draft.zh} × ${times.words.zh} = ${total}元`,
    }
  }
  const bounds = {
    en: [minimum && `at least ${minimum}`, maximum && `at most ${maximum}`].filter(Boolean).join(', '),
    zh: [minimum && `最低${minimum}元`, maximum && `最高${maximum}元`].filter(Boolean).join('，'),
  }
  const raw = draft.high === draft.low ? draft.low.toFixed() : money(draft.low, draft.high)
  const en = `${draft.en} = ${raw}${bounds.en && ` (${bounds.en})`} → ${each}`
  const zh = `${draft.zh} = ${raw}元${bounds.zh && `（${bounds.zh}）`} → ${each}元`
  if (times === undefined) return { en, zh }
  const total = money(times.total.least, times.total.most)
  return { en: `${en} × ${times.words.en} = ${total}`, zh: `${zh} × ${times.words.zh} = ${total}元` }
}
