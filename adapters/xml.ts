import { XMLParser } from 'fast-xml-parser'
import { Unintelligible } from './adapter.ts'

/** An element: its children by name (text stays text), attributes under `@name`. */
export interface XmlNode {
  readonly [name: string]: XmlValue
}
export type XmlValue = string | XmlNode | readonly (string | XmlNode)[] | undefined

/** Deepest nesting read; the deepest document of any agency has 8. */
const maxDepth = 32

/** Characters kept of what the parser says: it lists every element left open. */
const maxReason = 300

/** Most tags read: a declaration of 50 items has some 15,000; far more would only keep the process busy. */
const mostTags = 60_000

// The one place where value parsing is switched off: `0100` is an office, not one hundred.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  htmlEntities: true,
  processEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: maxDepth,
  jPath: false,
})

/**
 * Reads an XML document with the given root (any, when absent). Namespace prefixes are dropped.
 * @throws {Unintelligible} not well-formed, a DOCTYPE, too deep, or another root
 */
export function readXml(text: string, root?: string | readonly string[]): XmlNode {
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) throw new Unintelligible('A DOCTYPE is not accepted')
  if (text.split('<', mostTags + 2).length > mostTags + 1) throw new Unintelligible(`More than ${mostTags} tags`)
  let parsed: XmlNode
  try {
    parsed = parser.parse(text, true) as XmlNode
  } catch (cause) {
    throw new Unintelligible(`Not well-formed XML: ${(cause as Error).message.slice(0, maxReason)}`, { cause })
  }
  const [name, ...others] = Object.keys(parsed).filter((key) => key !== '#text')
  if (name === undefined || others.length > 0) throw new Unintelligible('Not an XML document with one root')
  if (root !== undefined && ![root].flat().includes(name))
    throw new Unintelligible(`<${name}> where <${[root].flat().join('> or <')}> is due`)
  const value = parsed[name]
  if (Array.isArray(value)) throw new Unintelligible('Not an XML document with one root')
  return { [name]: value === '' ? {} : value }
}

/** Name of the root element of a document that was read. */
export const rootOf = (document: XmlNode): string => Object.keys(document)[0] ?? ''

const isNode = (value: XmlValue): value is XmlNode => typeof value === 'object' && !Array.isArray(value)

/** The element below `node` along `path`; the first where there are several; empty where there is none. */
export function childOf(node: XmlNode, ...path: readonly string[]): XmlNode {
  let at: XmlNode = node
  for (const name of path) {
    const value = at[name]
    const first = Array.isArray(value) ? value[0] : value
    if (first === undefined || !isNode(first)) return {}
    at = first
  }
  return at
}

/** All elements `name` directly below `node`; an empty element is an empty node. */
export function childrenOf(node: XmlNode, name: string): XmlNode[] {
  const value = node[name]
  if (value === undefined) return []
  const all: readonly (string | XmlNode)[] = Array.isArray(value) ? value : [value as string | XmlNode]
  return all.map((one) => (typeof one === 'string' ? (one === '' ? {} : { '#text': one }) : one))
}

/** Text of the element along `path`, trimmed; '' when it is empty or not there. */
export function textOf(node: XmlNode, ...path: readonly string[]): string {
  const last = path.at(-1)
  if (last === undefined) return ''
  const value = childOf(node, ...path.slice(0, -1))[last]
  const first = Array.isArray(value) ? value[0] : value
  if (typeof first === 'string') return first.trim()
  const text = first && isNode(first) ? first['#text'] : undefined
  return typeof text === 'string' ? text.trim() : ''
}

/**
 * The elements `name` of a well-formed document as they were written, outermost only: what a mailbox holds is kept byte for byte.
 * CDATA sections and comments may hold anything.
 */
export function sourcesOf(text: string, name: string): string[] {
  const marks = new RegExp(
    `<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|<!--[\\s\\S]*?-->|<(/?)(?:[\\w.-]+:)?${name}(?=[\\s/>])(?:[^>"']|"[^"]*"|'[^']*')*>`,
    'g',
  )
  const sources: string[] = []
  let depth = 0
  let start = 0
  for (const { 0: mark, 1: slash, index } of text.matchAll(marks)) {
    if (slash === undefined) continue
    if (depth === 0) start = index
    if (!mark.endsWith('/>')) depth += slash === '/' ? -1 : 1
    if (depth === 0) sources.push(text.slice(start, index + mark.length))
  }
  return sources
}

/** What stands for a character in XML; those XML 1.0 cannot carry are left out. */
const escapes: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
}
// oxlint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
// oxlint-disable-next-line no-control-regex
const special = /[&<>'"\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/
const escaped = (text: string) =>
  special.test(text)
    ? text.replace(unwritable, '').replace(/[&<>'"]/g, (character) => escapes[character] ?? character)
    : text

interface Tags {
  readonly open: string
  readonly close: string
  readonly empty: string
  /** Before attributes, and after children. */
  readonly start: string
  readonly end: string
}
/** Tags as they are written, by depth and name. An agency's elements are some hundreds; a section that is only carried may have any. */
const tagsByDepth: Map<string, Tags>[] = []
const mostTagsKept = 2_000

function tagsOf(name: string, depth: number): Tags {
  const known = (tagsByDepth[depth] ??= new Map())
  let tags = known.get(name)
  if (tags === undefined) {
    const indent = '  '.repeat(depth)
    const own = name.replace(unwritable, '')
    const [start, end] = [`${indent}<${own}`, `</${own}>\n`]
    tags = { start, end: `${indent}${end}`, open: `${start}>`, close: end, empty: `${start}/>\n` }
    if (known.size < mostTagsKept) known.set(name, tags)
  }
  return tags
}

/** One element and what is in it: attributes, then text or children. */
function written(name: string, value: string | XmlNode, depth: number): string {
  const tags = tagsOf(name, depth)
  if (typeof value === 'string') return value === '' ? tags.empty : tags.open + escaped(value) + tags.close
  let [attributes, children, text] = ['', '', '']
  for (const key in value) {
    const child = value[key]
    const mark = key.charCodeAt(0)
    if (mark !== at && mark !== hash) children += writtenAll(key, child, depth + 1)
    else if (typeof child !== 'string') continue
    else if (mark === hash) text = escaped(child)
    else attributes += ` ${key.slice(1).replace(unwritable, '')}="${escaped(child)}"`
  }
  const tag = tags.start + attributes
  if (children !== '') return `${tag}>\n${children}${tags.end}`
  return text === '' ? `${tag}/>\n` : `${tag}>${text}${tags.close}`
}
const [at, hash] = [0x40, 0x23]

function writtenAll(name: string, value: XmlValue, depth: number): string {
  if (value === undefined) return ''
  if (typeof value === 'string' || !Array.isArray(value)) return written(name, value as string | XmlNode, depth)
  let all = ''
  for (const one of value as readonly (string | XmlNode)[]) all += written(name, one, depth)
  return all
}

/**
 * Writes a document; children in the order of their keys, empty ones as `<Name/>`, `undefined` ones not at all. Written here, byte for
 * byte as the builder of fast-xml-parser would: that one takes more than twice as long, and every filing passes here.
 */
export function writeXml(document: XmlNode): string {
  let text = '<?xml version="1.0" encoding="utf-8"?>\n'
  for (const name in document) text += writtenAll(name, document[name], 0)
  return text
}
