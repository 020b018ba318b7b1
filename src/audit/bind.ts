import type { Bindable, LineOf } from '../../schemas/export.ts'
import type { KeptRow } from '../db/audit.ts'
import { digestOf, sha256 } from './hash.ts'

/**
 * What an event vouches for 绑定: everything that was kept in its transaction. A text of words: kind, key, digest, and the
 * instant of what is bound where that is not the event's own. Of one key the newest counts. Messages and receipts are known by
 * their digests, as they are never changed; their key is their id, or `-` where that was not known yet.
 */
export interface Binding {
  readonly kind: Bindable['record']
  readonly key: string
  readonly digest: string
  readonly at: string | undefined
}

const kinds: readonly string[] = [
  'declaration',
  'version',
  'change',
  'filing',
  'message',
  'receipt',
] satisfies Bindable['record'][]

export const bindingText = ({ kind, key, digest, at }: Binding, eventAt: string | undefined): string =>
  `${kind} ${key} ${digest}${at === undefined || at === eventAt ? '' : ` ${at}`}`

/** @returns undefined when it is none */
export function readBinding(text: string, eventAt: string): Binding | undefined {
  const [kind = '', key, digest, at = eventAt, ...rest] = text.split(' ')
  if (!kinds.includes(kind) || key === undefined || digest === undefined || rest.length > 0) return undefined
  return { kind: kind as Bindable['record'], key, digest, at: kind === 'filing' ? undefined : at }
}

/** How a line of a declaration is bound. Without `at` it takes the instant of the event that binds it. */
export function bindingOf(declarationId: string, line: Bindable): Binding {
  switch (line.record) {
    case 'declaration':
      return {
        kind: line.record,
        key: '-',
        digest: digestOf(
          line.record,
          declarationId,
          line.tenant,
          line.functionalReferenceId,
          line.direction,
          line.version,
          line.plan,
        ),
        at: line.acceptedAt,
      }
    case 'version':
      return {
        kind: line.record,
        key: String(line.version),
        digest: versionDigest(
          declarationId,
          line,
          sha256(line.raw),
          line.document === null ? null : sha256(line.document),
        ),
        at: line.at,
      }
    case 'change':
      return {
        kind: line.record,
        key: line.id,
        digest: digestOf(
          line.record,
          declarationId,
          line.id,
          line.kind,
          line.version,
          line.before,
          line.reason,
          line.plan,
          line.outcome,
          line.settledAt,
        ),
        at: line.at,
      }
    case 'filing':
      return { kind: line.record, key: line.id, digest: filingDigest(declarationId, line), at: undefined }
    case 'message':
      return { kind: line.record, key: '-', digest: messageDigest(line), at: line.at }
    default:
      return {
        kind: line.record,
        key: '-',
        digest: digestOf(
          line.record,
          line.filingId,
          line.agency,
          line.attempt,
          line.message,
          line.digest,
          line.at,
          line.status,
          line.code,
          line.content,
        ),
        at: line.receivedAt,
      }
  }
}

/** A version by the digests of its bytes: the database can give those without the bytes. */
export const versionDigest = (
  declarationId: string,
  { version, mediaType }: { readonly version: number; readonly mediaType: string },
  raw: string,
  document: string | null,
): string => digestOf('version', declarationId, version, mediaType, raw, document)

const filingDigest = (declarationId: string, line: Omit<LineOf<'filing'>, 'record'>): string =>
  digestOf(
    'filing',
    declarationId,
    line.id,
    line.position,
    line.agency,
    line.procedure,
    line.serial,
    line.occasion,
    line.version,
    line.changeId,
    line.changes,
    line.covers,
    line.attempt,
    line.status,
    line.holds,
    line.pending,
    line.unknown,
    line.particulars,
    line.references
      .map(({ scheme, value }) => [scheme, value])
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    // Most have none, as all had before there were gates: their digest is still the same.
    ...(line.gates ? [line.gates] : []),
  )

/** A message by the digest of its bytes: one whose bytes are withheld can be proved too. */
export const messageDigest = (line: Omit<LineOf<'message'>, 'record' | 'at'>): string =>
  digestOf(
    'message',
    line.filingId,
    line.agency,
    line.attempt,
    line.kind,
    line.method,
    line.path,
    line.status,
    line.contentType,
    line.body === null ? line.bodySha256 : sha256(line.body),
    line.error,
  )

/** How a row of the database is bound: as the line an export has of it. */
export function bindingOfRow(row: KeptRow): Binding {
  if (row.record === 'version')
    return {
      kind: row.record,
      key: String(row.version),
      digest: versionDigest(row.of, row, row.rawSha256, row.documentSha256),
      at: row.at,
    }
  if (row.record === 'message') return { ...bindingOf(row.of, row), key: String(row.id) }
  if (row.record === 'receipt') {
    const message = row.message === null ? null : messageDigest(row.message)
    return { ...bindingOf(row.of, { ...row, message }), key: String(row.id) }
  }
  return bindingOf(row.of, row)
}

/** Names a line to a person. */
export const nameOf = (line: Bindable | KeptRow): string => {
  switch (line.record) {
    case 'declaration':
      return `declaration ${line.functionalReferenceId}`
    case 'version':
      return `version ${line.version}`
    case 'change':
      return `change ${line.id}`
    case 'filing':
      return `filing ${line.id} (${line.agency} ${line.procedure}, ${line.status})`
    case 'message':
      return `a message (${line.kind}, ${line.agency}, ${line.at})`
    default:
      return `a receipt (${line.agency} ${line.code}, ${line.receivedAt})`
  }
}
