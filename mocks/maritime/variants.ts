import type { Variants } from '../agency.ts'
import { ending, renamed, without, withText } from '../rewriting.ts'
import { beijing } from './formats.ts'
import { contentType } from './write.ts'

/** Receipts as versions 0.9 and 2.0 of the interface have them (section 11 of `specification.md`). */
export const variants: Variants = {
  unknownCode: (document) => ({ ...document, body: withText(document.body, 'Status', 'TRANSFERRED') }),
  older: (document) => ({ ...document, body: inVersion09(document.body) }),
  newer: (document) => ({ ...document, body: inVersion20(document.body) }),
  maintenance: (until) => ({
    contentType,
    body:
      `<?xml version="1.0" encoding="UTF-8"?>\n<MaritimeNotice>\n  <Kind>MAINTENANCE</Kind>\n` +
      `  <Until>${beijing(until)}</Until>\n  <TextEn>The system is under maintenance</TextEn>\n` +
      `  <TextZh>系统维护中</TextZh>\n</MaritimeNotice>\n`,
  }),
}

/** Neither a number of the receipt's own nor the message's; numbers of approvals under shorter names; one text, in Chinese. */
function inVersion09(body: string): string {
  let older = without(without(body, 'ReceiptId'), 'MessageId')
  for (const [name, to] of [
    ['AcceptanceNumber', 'AcceptNo'],
    ['PermitNumber', 'PermitNo'],
  ] as const)
    older = renamed(older, name, to)
  // Errors have texts of their own before the receipt's.
  const start = Math.max(0, older.lastIndexOf('<TextEn>'))
  return older.slice(0, start) + renamed(without(older.slice(start), 'TextEn'), 'TextZh', 'Text')
}

/** A version, the list a status is from, and the office in charge. */
function inVersion20(body: string): string {
  const listed = body
    .replace('<MaritimeReceipt>', '<MaritimeReceipt version="2.0">')
    .replace('<Status>', '<Status list="2028-01">')
  return ending(listed, 'MaritimeReceipt', '  <HandledBy>\n    <Code>CQMSA-03</Code>\n  </HandledBy>\n')
}
