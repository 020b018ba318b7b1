import * as z from 'zod'
import { alpha3Of, customsUnitsOf, packagingOfRec21 } from './codes/concordance.ts'
import { type CodeListId, findCode } from './codes/index.ts'
import { fails } from './issue.ts'
import type { Text } from './text.ts'

/** What a field is to the field's people; becomes `x-…` keywords of the JSON Schema. */
export interface FieldFacts {
  /** Row of the canonical model this field answers (WCO, Chinese, DecMessage, TradeNet side by side). */
  readonly row?: number
  /** What it is called; becomes the `title`. */
  readonly en: string
  readonly zh: string
  /** WCO Data Model id. */
  readonly wco?: string
  /** The agencies whose filings use it. */
  readonly agencies?: readonly string[]
  /** What helps to fill it in. */
  readonly description?: string
  readonly descriptionZh?: string
  /** What the values of a choice are called. */
  readonly values?: { readonly [value: string]: Text }
}

/** A field with its facts: documentation, error pointers and mapping come from this one place. */
export function field<T extends z.ZodType>(schema: T, facts: FieldFacts): T {
  return schema.meta({
    title: facts.en,
    'x-zh': facts.zh,
    ...(facts.row === undefined ? {} : { 'x-model-row': facts.row }),
    ...(facts.wco === undefined ? {} : { 'x-wco-id': facts.wco }),
    ...(facts.agencies === undefined ? {} : { 'x-agencies': facts.agencies }),
    ...(facts.values === undefined ? {} : { 'x-value-names': facts.values }),
    ...(facts.description === undefined ? {} : { description: facts.description }),
    ...(facts.descriptionZh === undefined ? {} : { 'x-help-zh': facts.descriptionZh }),
  }) as T
}

/** A non-empty line of text without control characters. @param max characters, as the narrowest wire allows */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u)

/** A decimal, 0 or more, as text: at most 14 digits before the point and `scale` behind it. Never a float. */
export const decimal = (scale: number) =>
  z.string().regex(new RegExp(`^(0|[1-9]\\d{0,13})${scale > 0 ? `(\\.\\d{1,${scale}})?` : ''}$`))

/** A day, RFC 3339 full-date. */
export const day = z.iso.date()

/** A day, or an instant with offset where the time is known (RFC 3339). */
export const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })])

/** Whether the last digit of a ship's IMO number 船舶IMO编号 (7 digits) is right: weights 7 to 2, modulo 10. Source: IMO resolution A.1117(30). */
export const hasImoCheckDigit = (imo: string): boolean =>
  Array.from(imo.slice(0, 6), (digit, at) => Number(digit) * (7 - at)).reduce((sum, value) => sum + value, 0) % 10 ===
  Number(imo[6])

/** A text with a check of our own, as `superRefine` would have it, without what that allocates for every value that passes. */
const checked = (most: number, valid: (value: string) => boolean, code: string, text: (value: string) => Text) =>
  z
    .string()
    .max(most)
    .check((payload) => {
      if (valid(payload.value)) return
      payload.issues.push({ ...fails(code, text(payload.value)), input: payload.value, continue: true })
    })

/** A value known to a code table; `table` names it in the message. */
const known = (isKnown: (code: string) => boolean, table: string, most = 20) =>
  checked(most, isKnown, 'unknown-code', (code) => ({
    en: `"${code}" is not in the list ${table}`,
    zh: `“${code}”不在代码表 ${table} 中`,
  }))

/**
 * A field that chooses from a code list, as its JSON Schema says.
 * @param column which of the list's codes it takes; absent: the list's own
 */
export const choosing = <T extends z.ZodType>(schema: T, list: CodeListId, column?: string): T =>
  schema.meta({ 'x-code-list': list, ...(column === undefined ? {} : { 'x-code-column': column }) }) as T

/** A value of a code list under `schemas/codes`. @param most characters of its longest code */
export const coded = (list: CodeListId, most?: number) =>
  choosing(
    known((code) => findCode(list, code) !== undefined, list, most),
    list,
  )

/** Digits and letters of a unified social credit code; I, O, S, V and Z are none of them. */
export const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditCodeWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Whether the check character of a unified social credit code (统一社会信用代码) is right. Source: GB 32100-2015. */
export function isCreditCode(code: string): boolean {
  return /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code) && code.charAt(17) === creditCheckOf(code)
}

/** The check character of a unified social credit code, from its first 17. Source: GB 32100-2015. */
export function creditCheckOf(code: string): string {
  const sum = creditCodeWeights.reduce(
    (total, weight, at) => total + weight * creditCodeAlphabet.indexOf(code.charAt(at)),
    0,
  )
  return creditCodeAlphabet.charAt((31 - (sum % 31)) % 31)
}

/** Unified social credit code 统一社会信用代码, 18 characters with a check character (GB 32100-2015). */
export const creditCode = checked(40, isCreditCode, 'credit-code-invalid', (value) => ({
  en: `"${value}" is not a unified social credit code: length, alphabet or check character is wrong (GB 32100)`,
  zh: `“${value}”不是有效的统一社会信用代码：长度、字符或校验码错误（GB 32100）`,
}))

/** Whether the check digit of a container number is right. Source: ISO 6346:2022. */
export function isContainerNumber(number: string): boolean {
  if (!/^[A-Z]{3}[UJZ]\d{7}$/.test(number)) return false
  // Letters count 10 to 38 without the multiples of 11; the place doubles with each character.
  const values = Array.from(number.slice(0, 10), (character) => {
    const at = character.charCodeAt(0) - 65
    return at < 0 ? Number(character) : at + 10 + Math.floor((at + 9) / 10)
  })
  const sum = values.reduce((total, value, at) => total + value * 2 ** at, 0)
  return Number(number.charAt(10)) === (sum % 11) % 10
}

/** Container number 集装箱号 with its check digit (ISO 6346). */
export const containerNumber = checked(40, isContainerNumber, 'container-number-invalid', (value) => ({
  en: `"${value}" is not a container number: form or check digit is wrong (ISO 6346)`,
  zh: `“${value}”不是有效的集装箱号：格式或校验码错误（ISO 6346）`,
}))

/** Country 国家（地区）, ISO 3166-1 alpha-2. */
export const country = choosing(
  known((code) => alpha3Of(code) !== undefined, 'countries (ISO 3166-1 alpha-2)'),
  'countries',
  'alpha2',
)
/** Currency 币制, ISO 4217, as customs accepts it. */
export const currency = coded('currencies')
/** Unit 计量单位: UN/ECE Recommendation 20, or `CN` and the customs code of a unit that has no counterpart there. */
export const unit = choosing(
  known((code) => customsUnitsOf(code).length > 0, 'units (UN/ECE Rec 20)'),
  'units',
  'rec20',
)
/** Package type 包装种类, UN/ECE Recommendation 21. */
export const packageType = choosing(
  known((code) => packagingOfRec21(code) !== undefined, 'packaging (UN/ECE Rec 21)'),
  'packaging',
  'rec21',
)
/** Place, UN/LOCODE: also one that the list, which is of China and some corridors, does not have. */
export const unLocode = choosing(z.string().regex(/^[A-Z]{2}[A-Z2-9]{3}$/), 'locations')

/** A quantity with its unit. */
export const quantity = z.strictObject({
  value: field(decimal(6), { en: 'Quantity', zh: '数量' }),
  unitCode: field(unit, { en: 'Unit', zh: '计量单位' }),
})
export type Quantity = z.infer<typeof quantity>
