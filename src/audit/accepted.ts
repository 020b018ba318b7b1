import type { Acceptance } from '../db/accept.ts'
import { bindingOf, bindingText, messageDigest, versionDigest } from './bind.ts'
import { beginning, eventHash, sha256 } from './hash.ts'

/** What the first event of a declaration 受理 vouches for: everything an acceptance keeps, all dated as the event is. */
export function bindingsOfAcceptance(
  declaration: NonNullable<Acceptance['declaration']>,
  tenant: string,
  filings: readonly AcceptedFiling[],
): string[] {
  const { id, functionalReferenceId, direction, plan, mediaType, raw, rawBytes, document } = declaration
  const undated = undefined
  const own = {
    record: 'declaration',
    tenant,
    functionalReferenceId,
    direction,
    version: 1,
    plan,
    acceptedAt: '',
  } as const
  const versionOne = versionDigest(
    id,
    { version: 1, mediaType },
    rawBytes?.sha256 ?? sha256(raw),
    document === undefined ? null : sha256(document),
  )
  return [
    { ...bindingOf(id, own), at: undated },
    { kind: 'version' as const, key: '1', digest: versionOne, at: undated },
    ...filings.map((filing) => bindingOf(id, { record: 'filing', ...planned, ...filing.row })),
    ...filings.flatMap(({ row, message, body }) =>
      message === undefined
        ? []
        : [
            {
              kind: 'message' as const,
              key: '-',
              digest: messageDigest(submissionOf(row, message, body)),
              at: undated,
            },
          ],
    ),
  ].map((binding) => bindingText(binding, undefined))
}

/** A filing of an acceptance, as its row will be. */
export interface AcceptedFiling {
  readonly row: {
    readonly id: string
    readonly position: number
    readonly serial: number
    readonly agency: string
    readonly procedure: string
    readonly status: string
    readonly pending: string | null
    readonly particulars: string | null
    readonly gates?: string
  }
  readonly message: Acceptance['filings'][number]['message']
  /** The message's body in UTF-8. */
  readonly body: Uint8Array | undefined
}

/** What every filing is when it is planned. */
const planned = {
  occasion: 'plan',
  version: 1,
  changeId: null,
  changes: null,
  covers: [],
  attempt: 1,
  holds: [],
  unknown: false,
  references: [],
}

const submissionOf = (
  { id, agency }: AcceptedFiling['row'],
  { method, path, contentType }: NonNullable<AcceptedFiling['message']>,
  body: AcceptedFiling['body'],
) => ({
  filingId: id,
  agency,
  attempt: 1,
  kind: 'submission',
  method,
  path,
  status: null,
  contentType: contentType ?? null,
  body: null,
  bodySha256: body === undefined ? null : sha256(body),
  error: null,
})

/** What is hashed of an acceptance once its instant is known: its first event. */
export interface FirstEvent {
  readonly declarationId: string
  readonly data: string
  readonly binds: string
}

export const firstHash = ({ declarationId, data, binds }: FirstEvent, at: Date): string =>
  eventHash(beginning, declarationId, {
    number: 1,
    type: 'declaration.accepted',
    filingId: null,
    data,
    at: at.toISOString(),
    binds: binds.split('\n'),
  })
