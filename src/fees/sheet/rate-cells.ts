import { type Conditions, type Dimension, dimensions } from '../../../schemas/fees/conditions.ts'
import type { Factor } from '../../../schemas/fees/price.ts'
import type { Language } from '../../problem.ts'
import { type AnyForm, type Form, piecesOf, plainOf, type Read, separator, trouble } from './cell.ts'
import { dimensionWords, measureWords, valueOf, type Words, wordFor } from './words.ts'

const form = <T>(read: (text: string) => Read<T>, write: (value: T, language: Language) => string): AnyForm => ({
  read,
  write: (value, language) => write(value as T, language),
  numbers: 'none' satisfies Form<T>['numbers'],
})
const names = Object.keys(dimensions) as Dimension[]
const conditionNames: Words = Object.fromEntries(names.map((name) => [name, dimensionWords[name][0]]))
/** No condition at all, said so; an empty cell says nothing of conditions. */
const noConditions = '{}'

/** Conditions 适用条件: `箱型=20、40；空重=重箱`, or `sizes=20,40; states=laden`. */
export const conditionsCell = form<Conditions>(
  (text) => {
    const found: Record<string, string[]> = {}
    if (text.trim() === noConditions) return { value: found as Conditions }
    for (const piece of piecesOf(text)) {
      const [, name = '', values = ''] = /^([^=＝]*)[=＝](.*)$/su.exec(plainOf(piece)) ?? []
      const dimension = valueOf(conditionNames, name.trim()) as Dimension | undefined
      if (dimension === undefined)
        return trouble(
          'condition-unknown',
          `"${piece.trim()}" is no condition: write sizes=20,40; one of ${names.join(', ')}`,
          `“${piece.trim()}”不是条件，应写作 箱型=20、40；可用：${Object.values(conditionNames).join('、')}`,
        )
      if (Object.hasOwn(found, dimension))
        return trouble('condition-twice', `${dimension} is there twice`, `条件“${name.trim()}”出现两次`)
      const [, words] = dimensionWords[dimension]
      const list: string[] = []
      for (const word of values.split(/[,，、]/u).map((value) => value.trim())) {
        const value = valueOf(words, word)
        if (value === undefined)
          return trouble(
            'condition-unknown',
            `"${word}" is no value of ${dimension}: ${Object.keys(words).join(', ')}`,
            `“${word}”不是“${conditionNames[dimension]}”的可用值：${Object.values(words).join('、')}`,
          )
        list.push(value)
      }
      found[dimension] = list
    }
    return { value: found as Conditions }
  },
  (conditions, language) => {
    const pieces = names.flatMap((name) => {
      const [, words] = dimensionWords[name]
      const values = conditions[name]?.map((value) => wordFor(words, value, language))
      return values === undefined
        ? []
        : `${wordFor(conditionNames, name, language)}=${values.join(language === 'zh' ? '、' : ',')}`
    })
    return pieces.length === 0 ? noConditions : pieces.join(separator[language])
  },
)

const unknownMeasure = (word: string) =>
  trouble(
    'measure-unknown',
    `"${word}" is not counted here: see the sheet of allowed values`,
    `“${word}”不是可用的计价单位，请参见“可用值”表`,
  )
export const measureCell = form<string>(
  (text) => {
    const value = valueOf(measureWords, text.trim())
    return value === undefined ? unknownMeasure(text.trim()) : { value }
  },
  (value, language) => wordFor(measureWords, value, language),
)

const larger = { en: 'larger', zh: '择大' } as const
/** What is counted 计价单位: `箱×堆存天`, `container×storage-day`; the larger of two is `择大(吨,立方米)`. */
export const factorsCell = form<readonly Factor[]>(
  (text) => {
    const found: Factor[] = []
    for (const word of text.replace(/^\s*元\s*\//u, '').split(/[×*·]/u)) {
      const [, one = word, two] = /^\s*(?:larger|择大)\s*[(（](.*?)[,，、](.*)[)）]\s*$/su.exec(word) ?? []
      const [a, b] = [one, two].map((name) => name && valueOf(measureWords, name.trim()))
      if (!a || (two !== undefined && !b)) return unknownMeasure(word.trim())
      found.push((b ? { largerOf: [a, b] } : a) as Factor)
    }
    return { value: found }
  },
  (factors, language) => {
    const wordOf = (measure: string) => wordFor(measureWords, measure, language)
    return factors
      .map((factor) =>
        typeof factor === 'string' ? wordOf(factor) : `${larger[language]}(${factor.largerOf.map(wordOf).join(',')})`,
      )
      .join('×')
  },
)

interface Step {
  readonly upTo?: string
  readonly amount: string
}
const rest = { en: 'rest', zh: '其余' } as const
/** Steps 阶梯: `7=0；14=85；其余=170`, each up to and including what stands before the sign. */
export const stepsCell = form<readonly Step[]>(
  (text) => {
    const found: Step[] = []
    for (const piece of piecesOf(text)) {
      const [, before = '', amount] = /^([^=＝]*)[=＝](.*)$/su.exec(piece) ?? []
      if (amount === undefined)
        return trouble(
          'step-malformed',
          `"${piece.trim()}" is no step: write 7=0; 14=85; rest=170`,
          `“${piece.trim()}”不是阶梯，应写作 7=0；14=85；其余=170`,
        )
      const upTo = before.trim()
      const last = upTo === rest.en || upTo === rest.zh
      found.push({ ...(last ? {} : { upTo }), amount: amount.trim() })
    }
    return { value: found }
  },
  (steps, language) => steps.map(({ upTo = rest[language], amount }) => `${upTo}=${amount}`).join(separator[language]),
)
