/** XML as the window reads and writes it: names with their namespaces, order kept, every value a text. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'

export interface Element {
  readonly name: string
  readonly namespace: string
  readonly attributes: { readonly [name: string]: string }
  readonly children: readonly Element[]
  readonly text: string
}

/** The bytes are no message this window reads. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

// Order matters to the shapes, hence preserveOrder; `0001` is a sequence number of four digits, hence no value parsing;
// htmlEntities is what makes this parser read numeric character references.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  htmlEntities: true,
})

/** The most a body may hold. */
const maxCharacters = 1_048_576

interface Node {
  readonly [name: string]: unknown
}
interface Scope {
  readonly [prefix: string]: string
}

/** @throws {Unreadable} */
export function readXml(source: string): Element {
  if (source.length > maxCharacters) throw new Unreadable('Message too large')
  if (/<!DOCTYPE/i.test(source)) throw new Unreadable('DOCTYPE not accepted')
  const wellFormed = XMLValidator.validate(source)
  if (wellFormed !== true) throw new Unreadable(`Not well-formed: ${wellFormed.err.msg}`)
  const [root, ...others] = elementsOf(parse(source), {})
  if (root === undefined || others.length > 0) throw new Unreadable('Exactly one root element expected')
  return root
}

function parse(source: string): Node[] {
  try {
    return parser.parse(source.replace(/^\uFEFF/, '')) as Node[]
  } catch (error) {
    // The parser throws at entity floods and forbidden names: its reason is the answer.
    throw new Unreadable(error instanceof Error ? error.message : String(error))
  }
}

function elementsOf(nodes: readonly Node[], scope: Scope): Element[] {
  return nodes.flatMap((node) => {
    const qualified = Object.keys(node).find((key) => key !== ':@' && key !== '#text' && !key.startsWith('?'))
    if (qualified === undefined) return []
    const attributes = (node[':@'] ?? {}) as { readonly [name: string]: string }
    const here = { ...scope, ...declaredBy(attributes) }
    const [name = '', prefix = ''] = qualified.split(':').reverse()
    const inside = node[qualified] as Node[]
    const text = inside.map((part) => (typeof part['#text'] === 'string' ? part['#text'] : '')).join('')
    return [{ name, namespace: here[prefix] ?? '', attributes, children: elementsOf(inside, here), text }]
  })
}

function declaredBy(attributes: { readonly [name: string]: string }): Scope {
  const declared = Object.entries(attributes).flatMap(([name, uri]) =>
    name === 'xmlns' ? [['', uri]] : name.startsWith('xmlns:') ? [[name.slice(6), uri]] : [],
  )
  return Object.fromEntries(declared) as Scope
}

/** The first element down a path of names, e.g. `Header/UniqueReferenceNumber`. */
export function at(element: Element | undefined, path: string): Element | undefined {
  let here = element
  for (const name of path.split('/')) here = here?.children.find((child) => child.name === name)
  return here
}

export function all(element: Element | undefined, name: string): readonly Element[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

/** The text down a path, `` when there is no such element. */
export function textAt(element: Element | undefined, path: string): string {
  return at(element, path)?.text ?? ''
}

/** Escapes text for an element or attribute, leaving out what XML 1.0 cannot carry. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** `<name>text</name>`, nothing when there is no text. */
export function leaf(name: string, text: string | undefined): string {
  return text === undefined || text === '' ? '' : `<${name}>${escapeXml(text)}</${name}>`
}
