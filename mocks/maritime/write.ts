import { XMLBuilder } from 'fast-xml-parser'
import { codes, type MaritimeCode, type RefusalCode } from './codes.ts'
import { beijing } from './formats.ts'

/** A document of this office; children in the order of their keys, undefined ones not written. */
export interface Out {
  readonly [name: string]: string | Out | readonly string[] | readonly Out[] | undefined
}

export const contentType = 'application/xml; charset=utf-8'

const builder = new XMLBuilder({ format: true, indentBy: '  ' })

/** Characters XML 1.0 cannot carry; a name that was sent with one is echoed without it. */
// oxlint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

function write(root: string, content: Out): string {
  const text = builder.build({ [root]: content }) as string
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text.replace(unwritable, '')}`
}

/** What every document of an attempt begins with, in wire order. */
export interface References {
  readonly MessageId: string
  readonly OurReference: string
  readonly TraderReference: string
  readonly Procedure: string
}

/** First answer 接收确认: the document lies here. */
export const writeAcknowledgement = (references: References, receivedAt: number): string =>
  write('MaritimeAcknowledgement', { ...references, Status: 'SUBMITTED', ReceivedAt: beijing(receivedAt) })

/** What was not taken in. */
export const writeRefusal = (code: RefusalCode, ourReference = '', messageId = ''): string =>
  write('MaritimeRefusal', {
    Code: code,
    OurReference: ourReference || undefined,
    MessageId: messageId || undefined,
    ...textOf(code),
  })

/** Receipt 回执. */
export const writeReceipt = (receipt: Out): string => write('MaritimeReceipt', receipt)

/** Answer to an inquiry 查询: the newest attempt and all that was ever said about the filing. */
export const writeState = (state: Out, receipts: readonly Out[]): string =>
  write('MaritimeState', { ...state, Receipts: receipts.length === 0 ? undefined : { MaritimeReceipt: receipts } })

/** What a code says, in both languages, as elements. */
export function textOf(code: string): { TextEn: string; TextZh: string } {
  const { en, zh } = codes[code as MaritimeCode]
  return { TextEn: en, TextZh: zh }
}
