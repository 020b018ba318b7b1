import type { Content, Entry, EntryType, Fee } from '../../schemas/fees/entries.ts'

/** What is said of an edition beside its entries 版次. Days are those of Asia/Shanghai. */
export interface EditionHead {
  readonly number: number
  readonly title: string
  readonly validFrom: string
  /** SHA-256 of its document. */
  readonly digest: string
}

/** A fee with its id. */
export interface NamedFee {
  readonly id: string
  readonly fee: Fee
}

/** One edition in memory 目录: entries by id, and the fees of each port. Never changed. */
export interface Catalogue {
  readonly edition: EditionHead
  of<T extends EntryType>(type: T): ReadonlyMap<string, Content<T>>
  /** Fees of a port, in the order of their ids. */
  feesAt(port: string): readonly NamedFee[]
}

/** Puts an edition together from its entries. */
export function catalogueOf(edition: EditionHead, entries: Iterable<Entry>): Catalogue {
  const byType = new Map<EntryType, Map<string, unknown>>()
  const byPort = new Map<string, NamedFee[]>()
  for (const { type, id, content } of [...entries].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    let all = byType.get(type)
    if (all === undefined) byType.set(type, (all = new Map()))
    all.set(id, content)
    if (type !== 'fee') continue
    const there = byPort.get(content.port)
    if (there === undefined) byPort.set(content.port, [{ id, fee: content }])
    else there.push({ id, fee: content })
  }
  const none = new Map<string, never>()
  return {
    edition,
    of: <T extends EntryType>(type: T) => (byType.get(type) ?? none) as ReadonlyMap<string, Content<T>>,
    feesAt: (port) => byPort.get(port) ?? [],
  }
}

/** Whether an entry with a validity holds on a day. */
export const holdsOn = (
  { validFrom, validTo }: { validFrom: string; validTo?: string | undefined },
  day: string,
): boolean => validFrom <= day && (validTo === undefined || day <= validTo)
