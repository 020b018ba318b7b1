import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { html } from 'hono/html'
import type { Html } from './layout.ts'

/** Longest text that is laid out anew; of a longer one the beginning is shown as it is. */
export const prettyCharacters = 200_000
const indent = '  '

/** A message with its structure to be seen 格式化: XML and JSON line by line, indented. Undefined for what is neither, or is broken. */
export function prettyOf(body: string): readonly Html[] | undefined {
  const text = body.trim()
  if (text.length > prettyCharacters) return undefined
  try {
    // A reader that forgives would leave out what it cannot place.
    if (text.startsWith('<')) return isXml(text) ? xmlLines(text) : undefined
    if (/^[{[]/.test(text)) return jsonLines(text)
  } catch {
    // Broken, or nested deeper than anything meant to be read: it stands as it came.
  }
  return undefined
}

/** A message as people read it: laid out where it is XML or JSON, else its beginning as it is. */
export function laidOut(body: string): Html {
  const lines = prettyOf(body)
  return html`<pre class="message"><code>${lines === undefined ? body.slice(0, prettyCharacters) : lines.map((line) => html`${line}\n`)}</code></pre>`
}

const isXml = (text: string): boolean => !/<!DOCTYPE/i.test(text) && XMLValidator.validate(text) === true

type XmlNode = Readonly<Record<string, unknown>>
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: true,
  cdataPropName: '#cdata',
  commentPropName: '#comment',
})

function xmlLines(text: string): Html[] {
  const lines: Html[] = []
  for (const node of parser.parse(text) as XmlNode[]) addXml(node, 0, lines)
  return lines
}

function addXml(node: XmlNode, depth: number, lines: Html[]): void {
  const name = Object.keys(node).find((key) => key !== ':@') ?? ''
  const at = indent.repeat(depth)
  if (name === '#text') return void lines.push(html`${at}<span class="v">${String(node[name])}</span>`)
  const within = (node[name] ?? []) as XmlNode[]
  if (name === '#cdata') return void lines.push(html`${at}<span class="v">${`<![CDATA[${textIn(within)}]]>`}</span>`)
  if (name === '#comment') return void lines.push(html`${at}<span class="c">${`<!--${textIn(within)}-->`}</span>`)
  const attributes = Object.entries((node[':@'] ?? {}) as Record<string, string>).map(
    ([key, value]) => html` <span class="a">${key}</span>="<span class="v">${value}</span>"`,
  )
  if (name.startsWith('?')) return void lines.push(html`${at}<span class="c">&lt;${name}${attributes}?&gt;</span>`)
  const open = html`${at}&lt;<span class="k">${name}</span>${attributes}`
  const [only, ...others] = within
  if (only === undefined) return void lines.push(html`${open}/&gt;`)
  if (others.length === 0 && '#text' in only)
    return void lines.push(
      html`${open}&gt;<span class="v">${String(only['#text'])}</span>&lt;/<span class="k">${name}</span>&gt;`,
    )
  lines.push(html`${open}&gt;`)
  for (const one of within) addXml(one, depth + 1, lines)
  lines.push(html`${at}&lt;/<span class="k">${name}</span>&gt;`)
}
const textIn = (within: readonly XmlNode[]): string =>
  within.map(({ '#text': text }) => (typeof text === 'string' ? text : '')).join('')

/** Its own letters, only laid out: a number read and written again might not be the same number. */
const jsonToken = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

function jsonLines(text: string): Html[] {
  JSON.parse(text)
  const lines: Html[] = []
  let line: Html[] = []
  let depth = 0
  const end = () => {
    if (line.length > 0) lines.push(html`${line}`)
    line = [html`${indent.repeat(depth)}`]
  }
  const tokens = text.match(jsonToken) ?? []
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1]
    if (token === '{' || token === '[') {
      line.push(html`${token}`)
      if (next === '}' || next === ']') continue
      depth++
      end()
    } else if (token === '}' || token === ']') {
      const isEmpty = tokens[at - 1] === '{' || tokens[at - 1] === '['
      if (!isEmpty) {
        depth--
        end()
      }
      line.push(html`${token}`)
    } else if (token === ',') {
      line.push(html`,`)
      end()
    } else if (token === ':') line.push(html`: `)
    else line.push(html`<span class="${next === ':' ? 'k' : 'v'}">${token}</span>`)
  }
  if (line.length > 0) lines.push(html`${line}`)
  return lines
}
