import { hash } from 'node:crypto'

/**
 * What is hashed is always a JSON array of texts, numbers, booleans, nulls and such arrays, written as RFC 8785 (JCS) writes
 * it, which is what JSON.stringify does with these: no two contents give the same text. SHA-256 over its UTF-8, in base64url.
 */
export type Plain = string | number | boolean | null | readonly Plain[]
export const digestOf = (...content: readonly Plain[]): string => sha256(JSON.stringify(content))

/** SHA-256 of bytes, or of a text's UTF-8, in base64url. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content, 'base64url')

/** What stands before the first event of a declaration, and before the first seal: 32 bytes of nothing. */
export const beginning: string = 'A'.repeat(43)

/** What an event's hash covers. */
export interface Hashed {
  readonly number: number
  readonly type: string
  readonly filingId: string | null
  /** JSON, as it is kept. */
  readonly data: string
  /** RFC 3339 in UTC, to the millisecond. */
  readonly at: string
  readonly binds: readonly string[]
}

/** The hash of an event 事件哈希: ties it to the one before, and that to all before it. */
export const eventHash = (previous: string, declarationId: string, event: Hashed): string =>
  digestOf(
    previous,
    declarationId,
    event.number,
    event.type,
    event.filingId,
    event.data,
    event.at,
    event.binds.join('\n'),
  )
