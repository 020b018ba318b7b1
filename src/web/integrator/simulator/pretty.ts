import { XMLBuilder, XMLParser } from 'fast-xml-parser'

/** A body as people read it: JSON and XML laid out, anything else as it came. Values stay as they were written. */
export function laidOut(body: string): string {
  const text = body.trim()
  try {
    if (/^[[{]/.test(text)) return JSON.stringify(JSON.parse(text, asWritten), undefined, 2)
    if (text.startsWith('<')) return xmlLaidOut(text)
  } catch {
    // What was cut, or damaged by a fault, is shown as it is.
  }
  return body
}

/** Numbers keep their digits: 1.10 is not 1.1. */
const asWritten = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined && 'rawJSON' in JSON
    ? (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(context.source)
    : value

const options = { preserveOrder: true, ignoreAttributes: false, processEntities: false, commentPropName: '#comment' }
const parser = new XMLParser({ ...options, parseTagValue: false, parseAttributeValue: false, cdataPropName: '#cdata' })
const builder = new XMLBuilder({
  ...options,
  cdataPropName: '#cdata',
  format: true,
  indentBy: '  ',
  suppressBooleanAttributes: false,
})
function xmlLaidOut(text: string): string {
  const written = builder.build(parser.parse(text, true) as unknown[]).trim()
  return written === '' ? text : written
}
