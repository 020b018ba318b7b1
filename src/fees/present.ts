import { findCode } from '../../schemas/codes/index.ts'
import type { EditionAnswer, FeeAnswer } from '../../schemas/fees/answers.ts'
import type { Entry, EntryType, Fee } from '../../schemas/fees/entries.ts'
import type { Text } from '../../schemas/text.ts'
import type { EditionRecord } from '../db/catalogue-reads.ts'
import type { Catalogue, EditionHead } from './catalogue.ts'
import { heldBy, madeFrom, statusOf } from './editions.ts'
import { priceInWords, unitInWords } from './wording.ts'

const editionHref = (number: number) => `/v1/fee-editions/${number}`
/** Where an entry can be read for good: in its edition. */
const entryHref = (edition: number, type: EntryType, id: string): string =>
  type === 'fee' ? `${editionHref(edition)}/fees/${id}` : `${editionHref(edition)}/entries/${type}/${id}`
/** Where what became of an entry can be read. */
export const historyHref = (type: EntryType, id: string): string =>
  type === 'fee' ? `/v1/fees/${id}/history` : `/v1/fee-entries/${type}/${id}/history`

/** An edition by name. */
export const presentEditionName = ({ number, title, validFrom, digest }: EditionHead) => ({
  number,
  title,
  validFrom,
  digest,
  href: editionHref(number),
})

/** An edition as it is shown. */
export function presentEdition(records: readonly EditionRecord[], record: EditionRecord, today: string): EditionAnswer {
  const { number, announcedAt, withdrawn } = record
  const self = editionHref(number)
  const held = heldBy(records, record)
  return {
    ...presentEditionName(record),
    status: statusOf(records, record, today),
    reason: record.reason,
    announcedAt: announcedAt.toISOString(),
    noticeUntil: record.noticeUntil,
    entries: record.entries,
    ...(record.previousDigest === undefined ? {} : { previousDigest: record.previousDigest }),
    previous: madeFrom(records, record)?.number ?? 0,
    held,
    signature: record.signature,
    signingKey: record.signingKey,
    ...(withdrawn === undefined
      ? {}
      : { withdrawn: { at: withdrawn.at.toISOString(), from: withdrawn.from, because: withdrawn.because } }),
    links: {
      self,
      document: `${self}/document`,
      differences: `${self}/differences`,
      ...(held[0] === undefined ? {} : { fees: `/v1/fees?day=${held[0].from}` }),
    },
  }
}

/** An entry as it is shown: as it was published, with where it stays. */
export const presentEntry = (edition: number, { type, id, content }: Entry) => ({
  type,
  id,
  href: entryHref(edition, type, id),
  content,
})

/** A fee as it is shown in its edition. */
export function presentFee(catalogue: Catalogue, id: string, fee: Fee): FeeAnswer {
  const { number } = catalogue.edition
  const named = (type: 'port' | 'payee', of: string) => ({
    id: of,
    name: catalogue.of(type).get(of)?.name ?? unnamed(of),
    href: entryHref(number, type, of),
  })
  const bases = catalogue.of('basis')
  return {
    ...fee,
    id,
    href: entryHref(number, 'fee', id),
    kindName: nameOfKind(fee.kind),
    payee: named('payee', fee.payee),
    port: named('port', fee.port),
    basis: (fee.basis ?? []).map(({ id: of, article }) => ({
      id: of,
      name: bases.get(of)?.title ?? unnamed(of),
      number: bases.get(of)?.number ?? '',
      href: entryHref(number, 'basis', of),
      ...(article === undefined ? {} : { article }),
    })),
    priceText: priceInWords(fee.price),
    unitText: unitInWords(fee.price),
  }
}
const unnamed = (id: string): Text => ({ en: id, zh: id })
const nameOfKind = (kind: string): Text => {
  const { en = kind, zh = kind } = findCode('fee-kinds', kind) ?? {}
  return { en, zh }
}

/** Fees as they are shown, as bytes: written once for an edition, whatever list they stand in. */
const written = new WeakMap<Catalogue, Map<string, Buffer>>()

export function writeFee(catalogue: Catalogue, id: string, fee: Fee): Buffer {
  let fees = written.get(catalogue)
  if (fees === undefined) written.set(catalogue, (fees = new Map()))
  const known = fees.get(id)
  if (known !== undefined) return known
  const bytes = Buffer.from(JSON.stringify(presentFee(catalogue, id, fee)))
  fees.set(id, bytes)
  return bytes
}
