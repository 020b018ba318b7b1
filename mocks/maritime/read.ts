import { XMLParser } from 'fast-xml-parser'
import { headGroup } from './formats.ts'
import type { Fault, Found } from './shape.ts'

/** A document with a readable head; `content` is the inside of its root. */
export interface Submission {
  readonly messageId: string
  readonly ourReference: string
  readonly traderReference: string
  readonly content: Found
}

/** Deepest place in the specification: a contact of a goods item, at 4. */
const deepest = 16

// Text stays text: a voyage 0100 is not one hundred.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: deepest,
})

/** Reads a document with this root; its references alone, as far as they go, when it is not ours at all. */
export function readSubmission(
  bytes: Uint8Array,
  root: string,
): Submission | { ourReference: string; messageId: string; content?: never } {
  const content = parse(bytes, root)
  const part = typeof content === 'object' ? content.Head : undefined
  const faults: Fault[] = []
  const head = headGroup.read(part === undefined ? [] : ([part].flat() as Found[]), '', faults)
  const references = { ourReference: head.OurReference, messageId: head.MessageId }
  const isReadable = !Object.values(head).includes('')
  return content !== undefined && isReadable
    ? { ...references, traderReference: head.TraderReference, content }
    : references
}

/** The inside of the root element; undefined when these bytes are not UTF-8 XML with this root and without a DOCTYPE. */
function parse(bytes: Uint8Array, root: string): Found | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) return undefined
    const parsed = parser.parse(text, true) as { readonly [name: string]: Found | readonly Found[] }
    const found = parsed[root]
    return found === undefined || Array.isArray(found) || Object.keys(parsed).length > 1 ? undefined : (found as Found)
  } catch {
    // Neither UTF-8 nor well-formed: the caller answers that this is not the document.
    return undefined
  }
}
