import { XMLBuilder } from 'fast-xml-parser'
import { type BorderCode, codes, type RefusalCode } from './codes.ts'

/** A document of this office; children in the order of their keys, undefined ones not written. */
export interface Out {
  readonly [name: string]: string | Out | readonly Out[] | undefined
}

export const contentType = 'application/xml; charset=utf-8'

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true, indentBy: '  ' })

/** Characters XML 1.0 cannot carry; a name that was sent with one is echoed without it. */
// oxlint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

function write(root: string, content: Out): string {
  const text = builder.build({ [root]: { '@version': '1.0', ...content } }) as string
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text.replace(unwritable, '')}`
}

/** An instant as this office writes it: Beijing time with its offset, whole seconds. */
export const beijing = (at: number): string => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

/** References every document of an attempt begins with, in wire order. */
export interface References {
  readonly MessageId: string
  readonly OurReference: string
  readonly TraderReference: string
}

/** First answer 接收确认: the document lies here. */
export const writeAcknowledgement = (references: References, clearanceNumber: string, receivedAt: number): string =>
  write('EPCAcknowledgement', {
    ...references,
    ClearanceNumber: clearanceNumber || undefined,
    Status: 'RECEIVED',
    ReceivedAt: beijing(receivedAt),
  })

/** What was not taken in. */
export const writeRefusal = (code: RefusalCode, ourReference = '', messageId = ''): string =>
  write('EPCRefusal', {
    Code: code,
    OurReference: ourReference || undefined,
    MessageId: messageId || undefined,
    ...textOf(code),
  })

/** Receipt 回执. */
export const writeReceipt = (receipt: Out): string => write('EPCReceipt', receipt)

/** Answer to an inquiry 查询: the newest attempt and all that was ever said about it. */
export const writeState = (state: Out, receipts: readonly Out[]): string =>
  write('EPCState', {
    ...state,
    Receipts:
      receipts.length === 0
        ? undefined
        : { EPCReceipt: receipts.map((receipt) => ({ '@version': '1.0', ...receipt })) },
  })

/** What a code says, in both languages, as elements. */
export function textOf(code: string): { TextEn: string; TextZh: string } {
  const { en, zh } = codes[code as BorderCode]
  return { TextEn: en, TextZh: zh }
}
