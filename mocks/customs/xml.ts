import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An XML element as this agency reads it: everything is text, nothing is guessed. */
export interface XmlElement {
  readonly name: string
  readonly attributes: { readonly [name: string]: string }
  readonly children: readonly XmlElement[]
  readonly text: string
}

/** The bytes are not a document this agency knows: the only thing it answers with HTTP 400. */
export class NotMyDocument extends Error {}

// Order and repetition matter to the checks, hence preserveOrder; `0100` is an office, hence no value parsing;
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

/** Reads the root element. @throws {NotMyDocument} */
export function readXml(source: string): XmlElement {
  const document = source.replace(/^\uFEFF/, '')
  if (/<!DOCTYPE/i.test(document)) throw new NotMyDocument('不接受 DOCTYPE: DOCTYPE is refused')
  const wellFormed = XMLValidator.validate(document)
  if (wellFormed !== true) throw new NotMyDocument(`不是合法的 XML: ${wellFormed.err.msg}`)
  const roots = elements(parse(document)).filter(({ name }) => !name.startsWith('?'))
  const [root] = roots
  if (root === undefined || roots.length > 1)
    throw new NotMyDocument('XML 须有且只有一个根元素: exactly one root element')
  return root
}

/** Escapes text for an element or an attribute, leaving out what XML 1.0 cannot carry. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Writes `<name>text</name>`. */
export function leaf(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`
}

type Ordered = { readonly [name: string]: unknown }

function parse(document: string): Ordered[] {
  try {
    return parser.parse(document) as Ordered[]
  } catch (error) {
    // The parser refuses some names and entity floods by throwing; what it threw is the reason.
    throw new NotMyDocument(`XML 无法解析: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function elements(nodes: readonly Ordered[]): XmlElement[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text')
    if (name === undefined) return []
    const inside = node[name] as Ordered[]
    return [
      {
        name,
        attributes: (node[':@'] ?? {}) as { [attribute: string]: string },
        children: elements(inside),
        text: inside.map((part) => (typeof part['#text'] === 'string' ? part['#text'] : '')).join(''),
      },
    ]
  })
}
