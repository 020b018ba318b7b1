import { type EditionRecord, readEditionEntries, readEditions } from '../db/catalogue-reads.ts'
import type { Database } from '../db/database.ts'
import { limits } from '../limits.ts'
import { type Catalogue, catalogueOf } from './catalogue.ts'
import { dayAt } from './days.ts'
import { holdingOn } from './editions.ts'

/** The editions of the catalogue 目录各版次, the last used of them in memory. */
export interface Catalogues {
  /** The edition that holds on a day of Asia/Shanghai; undefined where none does. */
  on(day: string): Promise<Catalogue | undefined>
  /** An edition by its number, whether it holds or not. */
  edition(number: number): Promise<Catalogue | undefined>
  /** All editions there are, the newest first. */
  records(): Promise<readonly EditionRecord[]>
  /** Today in Asia/Shanghai. */
  today(): string
  /** What is known of the editions may be old: it is read again before it is next used. To be called after a publication was committed. */
  refresh(): void
}

/**
 * Reads editions once and keeps a few. Which of them holds is read again when somebody publishes (NOTIFY `yuchuang_catalogue`), after a
 * reconnect, and at the latest after `limits.catalogueRecordsMs`: a notification may be lost.
 */
export async function createCatalogues(
  database: Database,
  now: () => number,
  recordsMs: number = limits.catalogueRecordsMs,
): Promise<Catalogues> {
  /** Counts what was told: a reading that began before is not news. */
  let told = 0
  let known: { readonly records: readonly EditionRecord[]; readonly told: number; readonly at: number } | undefined
  let reading: { readonly records: Promise<readonly EditionRecord[]>; readonly told: number } | undefined
  /** By digest: a database that was restored may have another edition of a number. */
  const kept = new Map<string, Promise<Catalogue | undefined>>()
  /** Editions are loaded one after the other: whoever asks for many at once must not fill the memory. */
  let loading: Promise<unknown> = Promise.resolve()

  const readRecords = (): Promise<readonly EditionRecord[]> => {
    if (reading?.told === told) return reading.records
    const since = told
    const records = readEditions(database.pool)
      .then((fresh) => {
        if (known === undefined || known.told <= since) known = { records: fresh, told: since, at: performance.now() }
        return fresh
      })
      .finally(() => {
        if (reading === mine) reading = undefined
      })
    const mine = { records, told: since }
    reading = mine
    return records
  }
  const records = async (): Promise<readonly EditionRecord[]> =>
    known !== undefined && known.told === told && performance.now() - known.at < recordsMs
      ? known.records
      : readRecords()

  const load = async (record: EditionRecord): Promise<Catalogue> =>
    catalogueOf(record, await readEditionEntries(database.pool, record.number))
  const loaded = (record: EditionRecord): Promise<Catalogue | undefined> => {
    const before = kept.get(record.digest)
    if (before !== undefined) {
      // The one used last stands last: the first is the next to go.
      kept.delete(record.digest)
      kept.set(record.digest, before)
      return before
    }
    const fresh = loading.then(() => load(record))
    loading = fresh.catch(() => undefined)
    kept.set(record.digest, fresh)
    // A failure is not kept.
    fresh.catch(() => kept.get(record.digest) === fresh && kept.delete(record.digest))
    for (const digest of kept.keys()) {
      if (kept.size <= limits.cataloguesKept) break
      kept.delete(digest)
    }
    return fresh
  }

  await database.listen('yuchuang_catalogue', () => {
    told++
  })
  return {
    async on(day) {
      const record = holdingOn(await records(), day)
      return record === undefined ? undefined : loaded(record)
    },
    async edition(number) {
      const record = (await records()).find((one) => one.number === number)
      return record === undefined ? undefined : loaded(record)
    },
    records,
    today: () => dayAt(now()),
    refresh: () => void told++,
  }
}
