import { XMLParser } from 'fast-xml-parser'
import { type Body, type Change, header, readMessage } from './message.ts'
import { type Fault, type Found, group } from './shape.ts'

/** A submission as this office has read it: blanks stand for what the faults name. */
export interface Submission {
  readonly messageId: string
  readonly ourReference: string
  readonly traderReference: string
  readonly body: Body
  /** What a change is about: present in one kind of message each. */
  readonly amends?: Change
  readonly cancels?: Change
  readonly faults: readonly Fault[]
}

const root = 'EPCMessage'
/** Deepest place in the specification: a name of a person, at 6. */
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

/** Reads a submission whose header can be read; undefined when it is not our document at all. */
export function readSubmission(bytes: Uint8Array): Submission | undefined {
  const found = parse(bytes)
  if (found === undefined) return undefined
  const faults: Fault[] = []
  const { header: head, ...read } = readMessage(found, `/${root}`, faults)
  const { MessageId, OurReference, TraderReference, SentAt } = head
  if ([MessageId, OurReference, TraderReference, SentAt].includes('')) return undefined
  return { messageId: MessageId, ourReference: OurReference, traderReference: TraderReference, ...read, faults }
}

/** What can be read of the references of a document that was turned away; '' for what cannot. */
export function readReferences(bytes: Uint8Array): { ourReference: string; messageId: string } {
  const found = parse(bytes)
  const part = typeof found === 'object' ? found.EPCMessageHeader : undefined
  const { OurReference, MessageId } = group(header).read(part === undefined ? [] : ([part].flat() as Found[]), '', [])
  return { ourReference: OurReference, messageId: MessageId }
}

/** The content of the root element; undefined when these bytes are not an EPCMessage in UTF-8 XML without a DOCTYPE. */
function parse(bytes: Uint8Array): Found | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) return undefined
    const { [root]: found, ...others } = parser.parse(text, true) as {
      readonly [name: string]: Found | readonly Found[]
    }
    return found === undefined || Array.isArray(found) || Object.keys(others).length > 0 ? undefined : (found as Found)
  } catch {
    // Neither UTF-8 nor well-formed: the caller answers that this is not the document.
    return undefined
  }
}
