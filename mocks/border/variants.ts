import type { Variants } from '../agency.ts'
import { ending, renamed, without, withText } from '../rewriting.ts'
import { beijing, contentType } from './write.ts'

/** Receipts as versions 0.9 and 2.0 of the interface have them (section 9 of `specification.md`). */
export const variants: Variants = {
  unknownCode: (document) => ({ ...document, body: withText(document.body, 'Status', 'REROUTED') }),
  older: (document) => ({ ...document, body: inVersion09(document.body) }),
  newer: (document) => ({ ...document, body: inVersion20(document.body) }),
  maintenance: (until) => ({
    contentType,
    body:
      `<?xml version="1.0" encoding="UTF-8"?>\n<EPCNotice version="1.0">\n  <Kind>MAINTENANCE</Kind>\n` +
      `  <Until>${beijing(until)}</Until>\n  <TextEn>The system is under maintenance</TextEn>\n` +
      `  <TextZh>系统维护中</TextZh>\n</EPCNotice>\n`,
  }),
}

/** One text, in Chinese, and no number of the receipt's own. */
function inVersion09(body: string): string {
  const numberless = without(body.replace('<EPCReceipt version="1.0">', '<EPCReceipt version="0.9">'), 'ReceiptId')
  // Errors and persons have texts of their own before the receipt's.
  const start = Math.max(0, numberless.lastIndexOf('<TextEn>'))
  return numberless.slice(0, start) + renamed(without(numberless.slice(start), 'TextEn'), 'TextZh', 'Text')
}

/** The list a status is from, and who to ask. */
function inVersion20(body: string): string {
  const listed = body
    .replace('<EPCReceipt version="1.0">', '<EPCReceipt version="2.0">')
    .replace('<Status>', '<Status list="2028-01">')
  return ending(
    listed,
    'EPCReceipt',
    '  <Counter>\n    <Code>CQ01</Code>\n    <Phone>023-12367</Phone>\n  </Counter>\n',
  )
}
