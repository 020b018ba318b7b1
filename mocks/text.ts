/** The text of a document 报文文本: bytes that are no UTF-8 are read as nothing, and refused like any other document that cannot be read. */
import { isUtf8 } from 'node:buffer'

export const textOf = (body: ArrayBuffer): string => (isUtf8(body) ? Buffer.from(body).toString('utf8') : '')
