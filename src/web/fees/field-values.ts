import { html } from 'hono/html'
import type { Fee } from '../../../schemas/fees/entries.ts'
import type { Price, Rate } from '../../../schemas/fees/price.ts'
import { type Column, columnIds, columnOf } from '../../fees/sheet/columns.ts'
import { priceInWords, unitInWords } from '../../fees/wording.ts'
import type { Language } from '../../problem.ts'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import { feeWords } from './words.ts'

/** Where a JSON pointer leads in an entry 字段: which field, and of which rate or exemption. */
interface Place {
  readonly column: Column
  /** From 0; undefined: the entry's own field. */
  readonly at: number | undefined
  /** Nothing of the pointer is left over: it is the field itself. */
  readonly isWhole: boolean
}

const lists = { rates: 'rate', reference: 'rate', exemptions: 'exemption' } as const

function placeOf(pointer: string): Place | undefined {
  const path = pointer.split('/').slice(1)
  const [first = '', second = '', third = ''] = path
  const list = first === 'price' ? second : first
  const of = Object.hasOwn(lists, list) ? lists[list as keyof typeof lists] : 'fee'
  const at = of === 'fee' ? undefined : Number(first === 'price' ? third : second)
  const rest = of === 'fee' ? path : path.slice(first === 'price' ? 3 : 2)
  const own = rest.map((part, depth) =>
    of === 'fee' && first === 'price' && depth === 1 && ['of', 'disclosure'].includes(part) ? 'said' : part,
  )
  const column = columnIds
    .map(columnOf)
    .find((one) => one.of === of && own.length > 0 && one.path.every((part, depth) => part === own[depth]))
  return column && { column, at, isWhole: column.path.length === own.length }
}

/** What a person calls the field a pointer leads to; undefined where only the pointer says it. */
export function fieldCalled(language: Language, pointer: string): string | undefined {
  const rate = /^\/price\/(?:rates|reference)\/(\d+)$/.exec(pointer)?.[1]
  if (rate !== undefined) return `${say(language, feeWords.price)} ${Number(rate) + 1}`
  const exemption = /^\/exemptions\/(\d+)$/.exec(pointer)?.[1]
  if (exemption !== undefined) return `${say(language, feeWords.exemptions)} ${Number(exemption) + 1}`
  const place = placeOf(pointer)
  if (place === undefined) return undefined
  const { column, at } = place
  const of =
    at === undefined ? '' : `${say(language, column.of === 'rate' ? feeWords.price : feeWords.exemptions)} ${at + 1} · `
  return `${of}${column[language]}`
}

type Tree = { readonly [key: string]: unknown }
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const isPrice = (value: Tree): boolean => 'kind' in value && 'currency' in value
const isRate = (value: Tree): boolean => 'form' in value && 'per' in value

/** A value as a person would write it. */
export function valueShown(language: Language, pointer: string, value: unknown): Html | string {
  const place = placeOf(pointer)
  if (isTree(value) && 'en' in value && 'zh' in value) return html`${value['zh']}<br>${value['en']}`
  // When a fee falls is one word in a sheet and two fields here.
  if (place?.isWhole && !pointer.startsWith('/arises')) return place.column.form.write(value, language)
  if (isTree(value) && isRate(value)) return rateShown(language, value as unknown as Rate)
  if (isTree(value) && isPrice(value)) return priceShown(language, value as unknown as Price)
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.join(language === 'zh' ? '、' : ', ')
  if (Array.isArray(value))
    return html`<ul>${value.map((one, at) => html`<li>${valueShown(language, `${pointer}/${at}`, one)}</li>`)}</ul>`
  if (!isTree(value)) return String(value)
  return html`<dl class="facts">${Object.entries(value).map(
    ([key, inner]) =>
      html`<dt>${wholeName(language, `${pointer}/${key}`) ?? key}</dt><dd>${valueShown(language, `${pointer}/${key}`, inner)}</dd>`,
  )}</dl>`
}

const wholeNames: { readonly [pointer: string]: keyof typeof feeWords } = {
  '/name': 'item',
  '/service': 'service',
  '/price': 'price',
  '/exemptions': 'exemptions',
  '/note': 'note',
  '/evidence': 'evidence',
}
/** The name of a field, or of one that has several columns. */
const wholeName = (language: Language, pointer: string): string | undefined => {
  const whole = wholeNames[pointer]
  return whole === undefined ? fieldCalled(language, pointer) : say(language, feeWords[whole])
}

const rateShown = (language: Language, rate: Rate): string =>
  priceShown(language, { kind: 'rates', currency: 'CNY', rates: [rate] })
function priceShown(language: Language, price: Fee['price']): string {
  const [words, unit] = [priceInWords(price)[language], unitInWords(price)[language]]
  return language === 'zh' ? `${words}（${unit}）` : `${words} (${unit})`
}
