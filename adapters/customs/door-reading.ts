import { alpha2Of, rec20OfUnit } from '../../schemas/codes/concordance.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { fromCompactDay } from '../instants.ts'
import { textOf, type XmlNode } from '../xml.ts'
import { type Element, type SectionName, sections } from './elements.ts'
import { found } from './findings.ts'
import { nameOf } from './particulars.ts'

/** What reading a broker's document has found so far. */
export interface Reading {
  readonly issues: Issue[]
  readonly warnings: Issue[]
}

/** The text of an element of one section; '' when it is empty or not there. */
export type Text = (element: string) => string
export type Fields = { readonly [name: string]: unknown }

/** A record without its empty entries: what is absent is absent, never ''. */
export const compact = (fields: Fields): { [name: string]: unknown } =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== '' && !isEmpty(value)),
  )

/** The same, and nothing at all when nothing is left. */
export function compactOrNone(fields: Fields): { [name: string]: unknown } | undefined {
  const left = compact(fields)
  return isEmpty(left) ? undefined : left
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** Something that the canonical form cannot hold. `at` is the field, or where in the document it stands. */
export const unheld = ({ issues }: Reading, at: string, en: string, zh: string): void => {
  issues.push(found(at, 'not-mappable', en, zh))
}

/**
 * Opens one section: unknown and repeated elements become issues, retired ones that say something become warnings.
 * @param nested elements of the section that hold rows and are read by somebody else
 */
export function open(
  reading: Reading,
  section: SectionName,
  node: XmlNode,
  at: string,
  nested: readonly string[] = [],
): Text {
  const rows: { readonly [element: string]: Element } = sections[section]
  for (const [element, value] of Object.entries(node)) {
    if (element.startsWith('@') || nested.includes(element)) continue
    const row = Object.hasOwn(rows, element) ? rows[element] : undefined
    const location = `${at}/${element}`
    if (row === undefined) unknownElement(reading, location, element)
    else if (Array.isArray(value))
      reading.issues.push(found(location, 'repeated', `${element} stands there twice`, `${element}（${row[0]}）重复`))
    else if (
      typeof value === 'object' &&
      Object.keys(value).some((child) => child !== '#text' && !child.startsWith('@'))
    )
      reading.issues.push(
        found(
          location,
          'unknown-field',
          `${element} holds elements where text is due`,
          `${element}（${row[0]}）应为文本`,
        ),
      )
    else if (row[2] === 'retired' && textOf(node, element) !== '')
      reading.warnings.push(
        issue(
          location,
          'retired',
          { en: `${element} is no longer used and left out`, zh: `${element}（${row[0]}）已停用，忽略` },
          'customs',
        ),
      )
  }
  return (element) => textOf(node, element)
}

export function unknownElement({ issues }: Reading, at: string, element: string): void {
  const mixed = element === '#text'
  issues.push(
    found(
      at,
      'unknown-field',
      mixed ? 'Text where elements are due' : `Unknown element "${element}"`,
      mixed ? '此处应为元素而非文本' : `未知元素“${element}”`,
    ),
  )
}

/** The particulars of a section: elements that only customs asks for, as far as they say something other than their default. */
export function ownOf(reading: Reading, section: SectionName, text: Text, at: string, defaults: Fields = {}): Fields {
  const rows: { readonly [element: string]: Element } = sections[section]
  const own = Object.entries(rows).flatMap(([element, [, length, path]]) => {
    const name = nameOf(element)
    const value = text(element)
    if (path !== undefined || value === '' || value === defaults[name]) return []
    return [[name, typeof length === 'number' ? value : plain(reading, value, `${at}/${name}`)]]
  })
  return Object.fromEntries(own) as Fields
}

/** A decimal in normal form: no zeros at the end, none in front; '' stays ''. */
export function plain(reading: Reading, value: string, at: string): string {
  if (value === '') return ''
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(value)
  if (parts === null) {
    unheld(reading, at, `"${value}" is not a number`, `“${value}”不是数值`)
    return value
  }
  const whole = (parts[1] ?? '').replace(/^0+(?=\d)/, '')
  const fraction = (parts[2] ?? '').replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** A whole number; what is none stays text, for the schema to refuse. */
export function whole(reading: Reading, value: string, at: string): number | string {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  if (value !== '') unheld(reading, at, `"${value}" is not a whole number`, `“${value}”不是整数`)
  return value
}

/** A day `yyyyMMdd`; undefined for none. */
export function dayOf(reading: Reading, value: string, at: string): string | undefined {
  if (value === '') return undefined
  const day = fromCompactDay(value)
  if (day === undefined) unheld(reading, at, `"${value}" is not a day yyyyMMdd`, `“${value}”不是yyyyMMdd日期`)
  return day ?? value
}

/** When the declaration was signed: yyyyMMddHHmmss and hundredths, Shanghai. */
export function instantOf(reading: Reading, value: string, at: string): string | undefined {
  if (value === '') return undefined
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(value)
  const [, year, month, day, hour, minute, second, hundredths = ''] = parts ?? []
  const fraction = hundredths.replace(/0+$/, '')
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction === '' ? '' : `.${fraction}`}+08:00`
  if (parts !== null && !Number.isNaN(Date.parse(instant))) return instant
  unheld(reading, at, `"${value}" is not a time yyyyMMddHHmmssSS`, `“${value}”不是yyyyMMddHHmmssSS时间`)
  return value
}

/** A country as customs names it (alpha-3) in ISO 3166-1 alpha-2. Areas that only customs knows have no such code. */
export function countryOf(reading: Reading, value: string, at: string): string {
  if (value === '') return ''
  const country = alpha2Of(value)
  if (country === undefined)
    unheld(
      reading,
      at,
      `"${value}" is no country with an ISO 3166 code`,
      `国别（地区）代码“${value}”无对应的ISO 3166代码`,
    )
  return country ?? value
}

/** A customs unit in UN/ECE Rec 20. */
export function unitOf(reading: Reading, value: string, at: string): string {
  if (value === '') return ''
  const unit = rec20OfUnit(value)
  if (unit === undefined)
    unheld(reading, at, `"${value}" is not a unit of customs' list`, `计量单位代码“${value}”不存在`)
  return unit ?? value
}

/** A code by one of this adapter's tables. */
export function byTable(
  reading: Reading,
  table: { readonly [code: string]: string | undefined },
  value: string,
  at: string,
  zh: string,
): string {
  if (value === '') return ''
  const mapped = Object.hasOwn(table, value) ? table[value] : undefined
  if (mapped === undefined) unheld(reading, at, `"${value}" is not a code of this field`, `${zh}代码“${value}”不存在`)
  return mapped ?? value
}
