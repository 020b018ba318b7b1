import { createHash } from 'node:crypto'
import type { EntryType } from '../../schemas/fees/entries.ts'

/** Canonical JSON 规范化 JSON, as RFC 8785 (JCS) writes it: one text for one content, whoever wrote it. What is undefined is left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value)
    .filter(([, content]) => content !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, content]) => `${JSON.stringify(name)}:${canonicalJson(content)}`).join(',')}}`
}

/** SHA-256 in hexadecimal, as `sha256sum` prints it. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

/** An entry as it is kept and published: its content as canonical JSON. */
export interface WrittenEntry {
  readonly type: EntryType
  readonly id: string
  readonly content: string
}

/** What the first line of an edition's document says. */
export interface DocumentHead {
  readonly number: number
  readonly title: string
  readonly validFrom: string
  readonly announcedAt: Date
  readonly noticeUntil: string
  /** Digest of the edition numbered before it, withdrawn or not. */
  readonly previousDigest: string | undefined
  /** How many lines follow. */
  readonly entries: number
}

/**
 * The document of an edition 版次文件, line by line, each with its end: the head, then its entries. UTF-8; the SHA-256 of all of it is the
 * edition's digest.
 * @param entries by type and id, in the order of their code points
 */
export function* documentLines(head: DocumentHead, entries: Iterable<WrittenEntry>): Generator<string> {
  const { number, title, validFrom, announcedAt, noticeUntil, previousDigest = null, entries: count } = head
  const instant = announcedAt.toISOString()
  yield `${canonicalJson({ number, title, validFrom, announcedAt: instant, noticeUntil, previousDigest, entries: count })}\n`
  // Written as canonical JSON writes it: these three names in this order, ids and types without anything to escape.
  for (const { type, id, content } of entries) yield `{"content":${content},"id":"${id}","type":"${type}"}\n`
}

/** The digest of an edition: SHA-256 of exactly the bytes of its document. */
export function documentDigest(head: DocumentHead, entries: Iterable<WrittenEntry>): string {
  const hash = createHash('sha256')
  for (const line of documentLines(head, entries)) hash.update(line)
  return hash.digest('hex')
}
