import type { Text } from '../../../schemas/text.ts'
import type { Language } from '../../problem.ts'
import { valueOf, type Words, wordFor } from './words.ts'

/** A cell as a file has it 单元格: a text, or what a workbook has that is none. */
export type Cell = string | OddCell
export interface OddCell {
  readonly is: 'number' | 'inexact' | 'formula' | 'error' | 'boolean' | 'merged'
  /** As it would be printed, without a format. */
  readonly text: string
  /** The day a number stands for, where it can be one. */
  readonly day?: string
}

/** What is wrong with a cell. */
export interface Trouble {
  readonly code: string
  readonly text: Text
}
export type Read<T> = { readonly value: T } | Trouble

/** How a kind of cell is read and written. Empty cells never come here. */
export interface Form<T> {
  read(text: string): Read<T>
  write(value: T, language: Language): string
  /** What a number is here: its digits, a day, or a text that lost its look (a telephone without its first 0). */
  readonly numbers: 'digits' | 'day' | 'none'
}
/** A form whose value nobody here looks into. */
export type AnyForm = Form<unknown>
const form = <T>(
  read: (text: string) => Read<T>,
  write: (value: T, language: Language) => string,
  numbers: Form<T>['numbers'] = 'none',
): AnyForm => ({ read, write: (value, language) => write(value as T, language), numbers })

export const trouble = (code: string, en: string, zh: string): Trouble => ({ code, text: { en, zh } })
const unknownWord = (word: string, words: Words): Trouble => {
  const [values, meanings] = [Object.keys(words), Object.values(words)].map((all) =>
    all.length > 12 ? `${all.slice(0, 12).join(', ')} …` : all.join(', '),
  )
  return trouble('cell-unknown', `"${word}" is none of ${values}`, `“${word}”不是可用值：${meanings}`)
}

/** A text, to the letter. */
export const wording = form<string>(
  (text) => ({ value: text }),
  (value) => value,
)
/** A name or number that is text: an id, a telephone. */
export const naming = form<string>(
  (text) => ({ value: text.trim() }),
  (value) => value,
)
/** An amount or a quantity: digits as they are, never a float. */
export const digits = form<string>(
  (text) => ({ value: text.trim() }),
  (value) => value,
  'digits',
)
/** A day, also as Excel writes it: 2026/4/1, 2026年4月1日. */
export const daying = form<string>(
  (text) => {
    const [, year = '', month = '', date = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim()) ?? []
    if (year === '')
      return trouble('cell-no-day', `"${text}" is no day: write 2026-04-01`, `“${text}”不是日期，应写作 2026-04-01`)
    return { value: `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` }
  },
  (value) => value,
  'day',
)

/** One of a list of values, or its word. @param words called when first needed */
export const oneOf = (words: () => Words): AnyForm =>
  form<string>(
    (text) => {
      const value = valueOf(words(), text.trim())
      return value === undefined ? unknownWord(text.trim(), words()) : { value }
    },
    (value, language) => wordFor(words(), value, language),
    'digits',
  )

/** What parts values in one cell. A backslash takes the meaning from the character behind it. */
const parted = /(?:\\[\s\S]|[^\\；;|]|\\$)+/gu
export const separator = { en: '; ', zh: '；' } as const
/** A list there is nothing in; an empty cell says that there is no list. */
export const emptyList = '[]'

/** The values in a cell, still with their backslashes. */
export const piecesOf = (text: string): string[] => (text.match(parted) ?? []).filter((piece) => piece.trim() !== '')

/** A value without its backslashes, and without blanks around it that have none. */
export function plainOf(piece: string): string {
  if (!piece.includes('\\')) return piece.trim()
  let plain = ''
  let [start, end] = [-1, 0]
  for (const [, escaped, other = ''] of piece.matchAll(/\\([\s\S])|([\s\S])/gu)) {
    const kept = escaped !== undefined || !/\s/u.test(other)
    if (kept && start === -1) start = plain.length
    plain += escaped ?? other
    if (kept) end = plain.length
  }
  return start === -1 ? '' : plain.slice(start, end)
}
const escapedOf = (plain: string): string => plain.replaceAll(/[\\；;|]|^\s|\s$/gu, '\\$&')

/** Several values in one cell. */
export const listOf = <T>(
  read: (piece: string) => Read<T>,
  write: (value: T, language: Language) => string,
  numbers: Form<T>['numbers'] = 'none',
): AnyForm =>
  form<readonly T[]>(
    (text) => {
      if (text.trim() === emptyList) return { value: [] }
      const found: T[] = []
      for (const piece of piecesOf(text)) {
        const one = read(piece)
        if ('code' in one) return one
        found.push(one.value)
      }
      return { value: found }
    },
    (values, language) => {
      const text = values.map((value) => write(value, language)).join(separator[language])
      return values.length === 0 ? emptyList : text === emptyList ? `\\${text}` : text
    },
    numbers,
  )

export const someOf = (words: () => Words): AnyForm => {
  const one = oneOf(words)
  return listOf(
    (piece) => one.read(plainOf(piece)),
    (value, language) => one.write(value, language),
    'digits',
  )
}
export const wordings = listOf<string>((piece) => ({ value: plainOf(piece) }), escapedOf)

/** Bases 收费依据: `id`, or `id：article`. */
export const bases = listOf<{ readonly id: string; readonly article?: string }>(
  (piece) => {
    const [, id, article] = /^((?:\\[\s\S]|[^\\：:])*)[：:]([\s\S]*)$/u.exec(piece) ?? []
    if (id === undefined || article === undefined) return { value: { id: plainOf(piece) } }
    return { value: { id: plainOf(id), article: plainOf(article) } }
  },
  ({ id, article }, language) =>
    article === undefined ? escapedOf(id) : `${id}${language === 'zh' ? '：' : ': '}${escapedOf(article)}`,
)
