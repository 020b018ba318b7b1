import { Big } from 'big.js'
import { containerDimensions, type Dimension, dimensions } from '../../schemas/fees/conditions.ts'
import { type Factor, measures, type Price, type Rate } from '../../schemas/fees/price.ts'
import type { Text } from '../../schemas/text.ts'
import { type Step, stepsOf } from './pricing/steps.ts'
import { isPerContainer } from './pricing/traits.ts'
import { conditionsInWords, joined, stepInWords, withoutRates } from './pricing/words.ts'

/** A price as the list prints it 收费标准: 20尺 180；40尺 360. */
export function priceInWords(price: Price): Text {
  if (price.kind === 'rates') return ratesInWords(price.rates)
  const said = withoutRates(price)
  if (price.kind === 'pass-through' || price.reference === undefined || price.reference.length === 0) return said
  const { en, zh } = ratesInWords(price.reference)
  const unit = unitsInWords(price.reference)
  return { en: `${said.en} (for reference: ${en} ${unit.en})`, zh: `${said.zh}（参考：${zh}，${unit.zh}）` }
}

/** The unit a price is for 计价单位: 元/箱·天. */
export function unitInWords(price: Price): Text {
  if (price.kind === 'rates') return unitsInWords(price.rates)
  return price.kind === 'pass-through' ? { en: 'as charged', zh: '按实' } : { en: 'as agreed', zh: '协议' }
}

const unitsInWords = (rates: readonly Rate[]): Text => {
  const all = rates.map(unitOf)
  return joined(
    all.filter(({ zh }, at) => all.findIndex((one) => one.zh === zh) === at),
    '; ',
    '；',
  )
}

function unitOf(rate: Rate): Text {
  const { per } = rate
  const factors = isPerContainer(rate) && !per.includes('container') ? (['container', ...per] as const) : per
  const parts = factors.map(factorInWords)
  return { en: `yuan per ${parts.map(({ en }) => en).join(' per ')}`, zh: `元/${parts.map(({ zh }) => zh).join('·')}` }
}

function factorInWords(factor: Factor): Text {
  if (typeof factor === 'string') return measures[factor]
  const [a, b] = factor.largerOf
  const [one, other]: [Text, Text] = [measures[a], measures[b]]
  return { en: `${one.en} (or ${other.en}, whichever is larger)`, zh: `${one.zh}（或${other.zh}，择大）` }
}

/** Rates of a price that differ by their containers only, in the order of the list. */
interface Group {
  readonly about: Text
  readonly rates: readonly Rate[]
}
const ofContainers: readonly Dimension[] = containerDimensions
const ofOthers = (Object.keys(dimensions) as Dimension[]).filter((name) => !ofContainers.includes(name))

function ratesInWords(rates: readonly Rate[]): Text {
  const [first] = rates
  if (first === undefined) return { en: '', zh: '' }
  const usual = unitOf(first).zh
  const groups = new Map<string, { about: Text; rates: Rate[] }>()
  for (const rate of rates) {
    const about = conditionsInWords(rate.when, ofOthers)
    const group = groups.get(about.zh) ?? { about, rates: [] }
    group.rates.push(rate)
    groups.set(about.zh, group)
  }
  const alone = groups.size === 1 && groups.has('')
  return joined(
    [...groups.values()].map((group) => groupInWords(group, usual, alone)),
    '; ',
    '；',
  )
}

/** @param alone nothing stands before or beside it: its parts may be set apart as wholes are */
function groupInWords({ about, rates }: Group, usual: string, alone: boolean): Text {
  const between = alone ? { en: '; ', zh: '；' } : { en: ', ', zh: isStepped(rates[0]) ? '，' : '、' }
  const parts = alike(rates) ? stepsTogether(rates, usual) : rates.map((rate) => rateInWords(rate, usual))
  const body = joined(parts, between.en, between.zh)
  if (about.zh === '') return body
  const plain = rates.length === 1 && !isStepped(rates[0]) && insideOf(rates[0] as Rate).zh === ''
  return plain
    ? { en: `${about.en} ${body.en}`, zh: `${about.zh} ${body.zh}` }
    : { en: `${about.en}: ${body.en}`, zh: `${about.zh}：${body.zh}` }
}

type Stepped = Extract<Rate, { form: 'slices' | 'bands' }>
const isStepped = (rate: Rate | undefined): rate is Stepped => rate?.form === 'slices' || rate?.form === 'bands'
const insideOf = ({ when }: Rate): Text => {
  const { en, zh } = conditionsInWords(when, ofContainers)
  return { en: en.replaceAll(', ', ' '), zh }
}

/** Rates that go by the same steps of the same measure, and so can be told step by step. */
function alike(rates: readonly Rate[]): rates is readonly Stepped[] {
  const shapes = rates.map((rate) =>
    isStepped(rate)
      ? JSON.stringify([rate.form, rate.of, rate.per, rate.steps.map(({ upTo }) => upTo), rate.minimum, rate.maximum])
      : undefined,
  )
  return shapes[0] !== undefined && shapes.every((shape) => shape === shapes[0])
}

/** 第1-7天免费；第8-14天 20尺85、40尺170. */
function stepsTogether(rates: readonly Stepped[], usual: string): Text[] {
  const [first, ...others] = rates
  if (first === undefined) return []
  const bounds = boundsOf(first)
  const named = others.length > 0 || insideOf(first).zh !== ''
  const told = stepsOf(first).map((step, at) => {
    const steps = rates.map((rate) => stepsOf(rate)[at] as Step)
    const label = partInWords(first, step)
    const unit = unitOf(first).zh === usual ? none : unitOf(first)
    if (steps.every(({ amount }) => amount.eq(0))) return { en: `${label.en} free`.trim(), zh: `${label.zh}免费` }
    const amounts = steps.map((one, rateAt) => {
      const inside = named ? insideOf(rates[rateAt] as Rate) : none
      const figure = amountInWords(one.figure)
      return {
        en: [inside.en, figure.en, unit.en].filter(Boolean).join(' '),
        zh: `${inside.zh}${figure.zh}${unit.zh}`,
      }
    })
    const { en, zh } = joined(amounts, ', ', '、')
    return { en: [label.en, en].filter(Boolean).join(named ? ': ' : ' '), zh: [label.zh, zh].filter(Boolean).join(' ') }
  })
  const last = told.at(-1)
  return last === undefined ? [] : [...told.slice(0, -1), { en: last.en + bounds.en, zh: last.zh + bounds.zh }]
}
const none: Text = { en: '', zh: '' }

/** A step of a slice is a part of the measure where it is not counted in days, which say so by themselves. */
const partInWords = (rate: Stepped, step: Step): Text => {
  const { en, zh } = stepInWords(step, rate.of)
  const part = rate.form === 'slices' && !rate.of.endsWith('-day') && zh !== ''
  return part ? { en: `the part ${en}`, zh: `${zh}部分` } : { en, zh }
}

const amountInWords = (figure: string): Text =>
  new Big(figure).eq(0) ? { en: 'free', zh: '免费' } : { en: figure, zh: figure }

function rateInWords(rate: Rate, usual: string): Text {
  const inside = insideOf(rate)
  if (isStepped(rate)) {
    const { en, zh } = joined(stepsTogether([{ ...rate, when: undefined }], usual), ', ', '，')
    return inside.zh === '' ? { en, zh } : { en: `${inside.en}: ${en}`, zh: `${inside.zh}：${zh}` }
  }
  const unit = unitOf(rate)
  const suffix = unit.zh === usual ? none : { en: ` ${unit.en}`, zh: unit.zh }
  const amount =
    rate.form === 'range'
      ? { en: `${rate.least}–${rate.most}`, zh: `${rate.least}–${rate.most}` }
      : amountInWords(rate.amount)
  const bounds = boundsOf(rate)
  return {
    en: `${inside.en && `${inside.en} `}${amount.en}${suffix.en}${bounds.en}`,
    zh: `${inside.zh && `${inside.zh} `}${amount.zh}${suffix.zh}${bounds.zh}`,
  }
}

/** （最低50，最高500） */
function boundsOf({ minimum, maximum }: Rate): Text {
  const en = [minimum && `at least ${minimum}`, maximum && `at most ${maximum}`].filter(Boolean).join(', ')
  const zh = [minimum && `最低${minimum}`, maximum && `最高${maximum}`].filter(Boolean).join('，')
  return en === '' ? none : { en: ` (${en})`, zh: `（${zh}）` }
}
