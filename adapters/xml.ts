import { XMLBuilder, XMLParser } from 'fast-xml-parser'
import { Unintelligible } from './adapter.ts'

/** An element: its children by name (text stays text), attributes under `@name`. */
export interface XmlNode {
  readonly [name: string]: XmlValue
}
export type XmlValue = string | XmlNode | readonly (string | XmlNode)[] | undefined

/** Deepest nesting read; the deepest document of any agency has 8. */
const maxDepth = 32

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

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  format: true,
  indentBy: '  ',
})

/**
 * Reads an XML document with the given root (any, when absent). Namespace prefixes are dropped.
 * @throws {Unintelligible} not well-formed, a DOCTYPE, too deep, or another root
 */
export function readXml(text: string, root?: string | readonly string[]): XmlNode {
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) throw new Unintelligible('A DOCTYPE is not accepted')
  let parsed: XmlNode
  try {
    parsed = parser.parse(text, true) as XmlNode
  } catch (cause) {
    throw new Unintelligible(`Not well-formed XML: ${(cause as Error).message}`, { cause })
  }
  const [name, ...others] = Object.keys(parsed).filter((key) => key !== '#text')
  if (name === undefined || others.length > 0) throw new Unintelligible('Not an XML document with one root')
  if (root !== undefined && ![root].flat().includes(name)) throw new Unintelligible(`<${name}> where <${[root].flat().join('> or <')}> is due`)
  const value = parsed[name]
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

/** Characters XML 1.0 cannot carry; the builder would write them. */
// oxlint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** Writes a document; children in the order of their keys, empty ones as `<Name/>`, `undefined` ones not at all. */
export function writeXml(document: XmlNode): string {
  const text = builder.build(document) as string
  return `<?xml version="1.0" encoding="utf-8"?>\n${text.replace(unwritable, '').trimEnd()}\n`
}
