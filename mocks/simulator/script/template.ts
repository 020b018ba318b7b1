/** Texts with values to be put in 模板: `${now}`, `${count}`, `${key}`, `${draw:8}`, `${body:/A/B}`, `${query:x}`, `${header:x}`, `${path:2}`. */
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../limits.ts'
import type { Spot } from './request.ts'

/** What a text is made into: values are written so that they cannot end the text they stand in. */
export type Form = 'json' | 'xml' | 'header' | 'plain'

type Part =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'now' | 'count' | 'key' }
  /** Digits drawn from the seed; those with the same name are the same wherever the script's state machine says them. */
  | { readonly is: 'draw'; readonly digits: number; readonly name?: string }
  | { readonly is: 'spot'; readonly spot: Spot }

export interface Template {
  readonly form: Form
  readonly parts: readonly Part[]
}

/** What values are taken from. */
export interface Filling {
  /** The simulated instant, when somebody asks. */
  now(): string
  readonly count: number
  readonly key: string
  at(spot: Spot): string | undefined
  /** A number in [0, 1); with a name, the same whenever it is drawn. */
  draw(name: string | undefined): number
}

/** A part no template knows. */
export class BadPart extends Error {
  readonly part: string
  readonly said: Text
  readonly names: readonly string[]

  constructor(part: string, said: Text, names: readonly string[] = []) {
    super(said.en)
    this.part = part
    this.said = said
    this.names = names
  }
}

const names = ['now', 'count', 'key', 'draw:8', 'body:/…', 'query:…', 'header:…', 'path:1']
const digitsMost = 30
/** Digits that one number drawn has for sure: it has 52 bits. */
const digitsAtOnce = 15

const tooMany: Text = {
  en: `more than ${limits.templateParts} values in one text`,
  zh: `一段文本中的取值超过 ${limits.templateParts} 个`,
}

/** Reads a text; `$${` stands for `${` itself. @throws {BadPart} */
export function readTemplate(text: string, form: Form): Template {
  const parts: Part[] = []
  let from = 0
  for (const { 0: found, 1: inner, index } of text.matchAll(/\$\$\{|\$\{([^{}]*)\}|\$\{/g)) {
    if (index > from) parts.push({ is: 'text', text: text.slice(from, index) })
    parts.push(found === '$${' ? { is: 'text', text: '${' } : partOf(found, inner))
    from = index + found.length
    if (parts.length > 2 * limits.templateParts) throw new BadPart(found, tooMany)
  }
  if (from < text.length) parts.push({ is: 'text', text: text.slice(from) })
  return { form, parts }
}

/** A JSON value whose texts are templates, as one template. @throws {BadPart} */
export function readJsonTemplate(value: unknown): Template {
  const parts: Part[] = []
  const literal = (text: string) => parts.push({ is: 'text', text })
  const add = (one: unknown): void => {
    if (typeof one === 'string') {
      literal('"')
      for (const part of readTemplate(one, 'json').parts)
        parts.push(part.is === 'text' ? { is: 'text', text: escapeJson(part.text) } : part)
      literal('"')
    } else if (Array.isArray(one)) {
      literal('[')
      one.forEach((item, at) => {
        if (at > 0) literal(',')
        add(item)
      })
      literal(']')
    } else if (typeof one === 'object' && one !== null) {
      literal('{')
      Object.entries(one).forEach(([name, inner], at) => {
        literal(`${at > 0 ? ',' : ''}${JSON.stringify(name)}:`)
        add(inner)
      })
      literal('}')
    } else literal(JSON.stringify(one))
  }
  add(value)
  const asked = parts.filter(({ is }) => is !== 'text')
  if (asked.length > limits.templateParts) throw new BadPart('${', tooMany)
  return { form: 'json', parts }
}

/** Whether a template needs a request, which an automatic step has not: the first part that does. */
export function partOfRequest({ parts }: Template): string | undefined {
  for (const part of parts) if (part.is === 'spot') return `\${${part.spot.from}:${part.spot.name}}`
  return undefined
}

/** Whether nothing is put in: it is always the same text. */
export const isConstant = ({ parts }: Template): boolean => parts.every(({ is }) => is === 'text')

export const asksKey = ({ parts }: Template): boolean => parts.some(({ is }) => is === 'key')

export function fill({ form, parts }: Template, filling: Filling): string {
  const [only] = parts
  if (parts.length === 1 && only?.is === 'text') return only.text
  return parts.map((part) => (part.is === 'text' ? part.text : escape(valueOf(part, filling), form))).join('')
}

/** The values of the request are taken now, for a document that leaves when the request is long gone. */
export function holdRequest({ form, parts }: Template, { at }: Pick<Filling, 'at'>): Template {
  const held = parts.map(
    (part): Part => (part.is === 'spot' ? { is: 'text', text: escape(cut(at(part.spot)), form) } : part),
  )
  return { form, parts: held }
}

export function formOf(contentType: string): Form {
  if (/[/+]json/i.test(contentType)) return 'json'
  return /[/+](xml|html)/i.test(contentType) ? 'xml' : 'plain'
}

function partOf(found: string, inner: string | undefined): Part {
  if (inner === undefined)
    throw new BadPart(found, {
      en: '"${" without "}" (write "$${" for the text itself)',
      zh: '“${”缺少“}”（文本本身请写作“$${”）',
    })
  const colon = inner.indexOf(':')
  const name = colon < 0 ? inner : inner.slice(0, colon)
  const of = colon < 0 ? '' : inner.slice(colon + 1)
  if (of === '' && (name === 'now' || name === 'count' || name === 'key')) return { is: name }
  if (name === 'draw') {
    const [, digits = '', given] = /^(\d{1,2})(?::([\w-]+))?$/.exec(of) ?? []
    if (Number(digits) >= 1 && Number(digits) <= digitsMost)
      return { is: 'draw', digits: Number(digits), ...(given === undefined ? {} : { name: given }) }
    throw new BadPart(found, {
      en: `"${found}": 1 to ${digitsMost} digits can be drawn`,
      zh: `“${found}”：可抽取 1 至 ${digitsMost} 位数字`,
    })
  }
  if (name === 'body' && of.startsWith('/')) return { is: 'spot', spot: { from: name, name: of } }
  if ((name === 'query' || name === 'header') && of !== '') return { is: 'spot', spot: { from: name, name: of } }
  if (name === 'path' && /^[1-9]\d?$/.test(of)) return { is: 'spot', spot: { from: name, name: of } }
  throw new BadPart(found, { en: `"${found}" is nothing that can be put in`, zh: `“${found}”不是可用的取值` }, names)
}

function valueOf(part: Exclude<Part, { is: 'text' }>, filling: Filling): string {
  if (part.is === 'spot') return cut(filling.at(part.spot))
  if (part.is === 'draw') return digitsOf(part, filling)
  if (part.is === 'now') return filling.now()
  return String(filling[part.is])
}

function digitsOf({ digits, name }: { readonly digits: number; readonly name?: string }, { draw }: Filling): string {
  const pieces = Array.from({ length: Math.ceil(digits / digitsAtOnce) }, (_, at) => {
    const drawn = draw(name === undefined ? undefined : `${name}|${at}`)
    return Math.floor(drawn * 10 ** digitsAtOnce)
      .toString()
      .padStart(digitsAtOnce, '0')
  })
  return pieces.join('').slice(0, digits)
}

const cut = (value = ''): string => value.slice(0, limits.templateValueCharacters)
const escapeJson = (text: string): string => JSON.stringify(text).slice(1, -1)
const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escape(value: string, form: Form): string {
  if (form === 'json') return escapeJson(value)
  if (form === 'xml')
    return (
      value
        // What XML 1.0 has no way to say.
        .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
        .replace(/[&<>"']/g, (character) => entities[character] ?? '')
    )
  if (form === 'header') return value.replace(/[^\t\u0020-\u007E\u0080-\u00FF]/g, '?')
  return value
}
