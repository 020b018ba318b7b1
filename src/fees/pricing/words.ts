import type { Big } from 'big.js'
import { type Conditions, type Dimension, dimensions, dimensionWords } from '../../../schemas/fees/conditions.ts'
import { type Measure, measures, type Price } from '../../../schemas/fees/price.ts'
import type { ShippedContainers } from '../../../schemas/fees/shipment.ts'
import type { Text } from '../../../schemas/text.ts'

/** Several texts as one. */
export const joined = (all: readonly Text[], en: string, zh = en): Text => ({
  en: all.map((one) => one.en).join(en),
  zh: all.map((one) => one.zh).join(zh),
})

const wordOf = (dimension: Dimension, value: string): Text =>
  (dimensionWords[dimension].values as { readonly [value: string]: Text })[value] ?? { en: value, zh: value }

/** The values of one dimension: "40'/45'". */
export const valuesInWords = (dimension: Dimension, values: readonly string[]): Text =>
  joined(
    values.map((value) => wordOf(dimension, value)),
    '/',
  )

const allDimensions = Object.keys(dimensions) as Dimension[]

/** Conditions as a person says them 适用条件: "foreign trade, on site, 20'", 外贸现场20尺; empty where there are none. */
export const conditionsInWords = (
  conditions: Conditions | undefined,
  only: readonly Dimension[] = allDimensions,
): Text =>
  joined(
    only.flatMap((name) => {
      const values = conditions?.[name]
      return values === undefined ? [] : [valuesInWords(name, values)]
    }),
    ', ',
    '',
  )

/** Containers that are alike: "2 × 40' high cube laden", 2个40尺高箱重箱. */
export function containerInWords({ count, size, height, state, temperature, hazard, load }: ShippedContainers): Text {
  const told = (name: Dimension, value: string | undefined) => (value === undefined ? [] : [wordOf(name, value)])
  const about = [
    ...told('sizes', size),
    ...told('heights', height === 'high-cube' ? height : undefined),
    ...told('temperatures', temperature === 'reefer' ? temperature : undefined),
    ...told('hazards', hazard === 'dangerous' ? hazard : undefined),
    ...told('loads', load === 'part' ? load : undefined),
    ...told('states', state),
  ]
  const { en, zh } = joined(about, ' ', '')
  return { en: `${count} × ${en}`, zh: `${count}个${zh}${state === undefined ? '箱' : ''}` }
}

/** What a fact that is missing is called. */
export const missingFact = (dimension: Dimension): Text => {
  const { en, zh } = valuesInWords(dimension, dimensions[dimension])
  const { name } = dimensionWords[dimension]
  return { en: `Not known: ${name.en} (${en})`, zh: `未知：${name.zh}（${zh}）` }
}

/** What the number of a measure is called where its unit alone would not tell. */
const numbers: { readonly [M in Measure]?: string } = {
  'storage-day': '堆存天数',
  'detention-day': '用箱天数',
  'power-day': '用电天数',
  'document-day': '滞单天数',
  'berth-day': '停泊天数',
  'haulage-kilometre': '拖运里程',
  'pilotage-kilometre': '引航里程',
  'vessel-metre': '船长',
  tonne: '重量',
  kilogram: '重量',
  'chargeable-kilogram': '计费重量',
  'cubic-metre': '体积',
  'net-tonne': '船舶净吨',
}
export const missingMeasure = (measure: Measure): Text => ({
  en: `Not known: how many ${measures[measure].many}`,
  zh: `未知：${numbers[measure] ?? `${measures[measure].zh}数`}`,
})

export const beyondSteps = (measure: Measure): Text => ({
  en: `The list has no step for so many ${measures[measure].many}`,
  zh: `${numbers[measure] ?? measures[measure].zh}超出目录所列档次`,
})

/** One step of a measure in words: "days 8–14", 第8-14天; "over 80 up to 120 metres …", 船长80至120米. Empty where it is all there is. */
export function stepInWords({ from, upTo }: { readonly from: Big; readonly upTo: Big | undefined }, of: Measure): Text {
  const { many, zh } = measures[of]
  const [low, high] = [from.toFixed(), upTo?.toFixed()]
  if (high === undefined && low === '0') return { en: '', zh: '' }
  if (of.endsWith('-day') && !`${low}${high ?? ''}`.includes('.')) {
    const first = from.plus(1).toFixed()
    if (high === undefined) return { en: `from day ${first}`, zh: `第${first}${zh}起` }
    if (high === first) return { en: `day ${first}`, zh: `第${first}${zh}` }
    return { en: `days ${first}–${high}`, zh: `第${first}-${high}${zh}` }
  }
  const [before, unit] = of === 'vessel-metre' ? ['船长', '米'] : ['', zh]
  if (high === undefined) return { en: `over ${low} ${many}`, zh: `${before}${low}${unit}以上` }
  if (low === '0') return { en: `up to ${high} ${many}`, zh: `${before}${high}${unit}及以下` }
  return { en: `over ${low} up to ${high} ${many}`, zh: `${before}${low}至${high}${unit}` }
}

/** What a price says that names no amount: another's charge handed on 代收代付, or an agreement 协议定价. */
export const withoutRates = (price: Exclude<Price, { kind: 'rates' }>): Text =>
  price.kind === 'pass-through'
    ? { en: `Handed on as charged, without mark-up: ${price.of.en}`, zh: `按实代收，不加价：${price.of.zh}` }
    : { en: `By agreement: ${price.disclosure.en}`, zh: `协议定价：${price.disclosure.zh}` }

const onlyFor = new WeakMap<Conditions, { [D in Dimension]?: Text }>()
/** Why conditions do not hold, by the dimension that decides; made once for each. */
export function onlyForWords(conditions: Conditions, by: Dimension): Text {
  let known = onlyFor.get(conditions)
  if (known === undefined) onlyFor.set(conditions, (known = {}))
  const values = valuesInWords(by, conditions[by] ?? [])
  return (known[by] ??= { en: `Only for ${values.en}`, zh: `仅适用于${values.zh}` })
}
