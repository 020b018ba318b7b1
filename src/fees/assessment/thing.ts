import { type Measure, measures } from '../../../schemas/fees/price.ts'
import type { Text } from '../../../schemas/text.ts'
import { joined, valuesInWords } from '../pricing/words.ts'
import type { Cell, Interval } from './cells.ts'

/** What a price is for 计价对象, in words: "20' laden, per container × day in store, days in store over 7 up to 14". */
export function thingOf({ scope, per, part, interval }: Cell): Text {
  const where = [...scope].map(([dimension, values]) => valuesInWords(dimension, [...values]))
  return joined(
    [
      ...(where.length === 0 ? [] : [joined(where, ' ', '')]),
      inUnits(per),
      ...(interval === undefined ? [] : [inInterval(interval)]),
      ...(part === 'amount' ? [] : [partWords[part]]),
    ],
    ', ',
    '，',
  )
}

const partWords = {
  minimum: { en: 'minimum', zh: '最低收费' },
  maximum: { en: 'maximum', zh: '最高收费' },
} as const

function inUnits(per: string): Text {
  const factors = per.split(' × ').map((factor) => joined(factor.split('|').map(measureName), ' or ', '或'))
  const { en, zh } = joined(factors, ' × ', '·')
  return { en: `per ${en}`, zh: `每${zh}` }
}
const measureName = (measure: string): Text => {
  const { en, zh } = Object.hasOwn(measures, measure) ? measures[measure as Measure] : { en: measure, zh: measure }
  return { en, zh }
}

function inInterval({ of, from, upTo }: Interval): Text {
  const { many, zh } = measures[of]
  const [low, high] = [from.toFixed(), upTo?.toFixed()]
  if (high === undefined) return { en: `${many} over ${low}`, zh: `${zh}${low}以上` }
  return { en: `${many} over ${low} up to ${high}`, zh: `${zh}${low}至${high}` }
}
