import type { Entry } from '../../schemas/fees/entries.ts'
import { type Database, transaction } from '../../src/db/database.ts'
import { writeWithdrawal } from '../../src/db/editions.ts'
import { publishSeed } from '../../src/fees/publish.ts'
import { createVault } from '../../src/notices/vault.ts'
import { fee, fixed, someEntries } from './support.ts'

/** The invented entries as they can be published: with ids of bases long enough, and a basis for what needs one. */
export const publishable = (): Entry[] =>
  someEntries().map((entry): Entry => {
    if (entry.type === 'basis') return { ...entry, id: `basis-${entry.id}` }
    if (entry.type !== 'fee' || (entry.content.basis === undefined && entry.content.nature === 'market')) return entry
    const basis = (entry.content.basis ?? [{ id: '1' }]).map((one) => ({ ...one, id: `basis-${one.id}` }))
    return { ...entry, content: { ...entry.content, basis } }
  })

/** An edition as a test wants it to stand there, without anybody drafting it. */
export interface Published {
  /** The number it is to get: the next. */
  readonly number: number
  readonly validFrom: string
  readonly entries: readonly Entry[]
  readonly title?: string
  /** Why it was made, and why what was there before and is no more was taken out. */
  readonly reason?: string
  readonly announcedAt?: string
}

/** Publishes an edition and tells of it, as publishing does. Gives its digest. */
export async function publishInto(database: Database, edition: Published): Promise<string> {
  const { validFrom, entries, title = `Edition ${edition.number}`, reason = 'For a test' } = edition
  const announcedAt = new Date(edition.announcedAt ?? `${validFrom}T00:00:00Z`)
  const seed = { title, reason, validFrom, announcedAt, entries }
  const { number, digest } = await publishSeed(database, createVault([]), seed, announcedAt)
  if (number !== edition.number) throw new Error(`Edition ${edition.number} became number ${number}`)
  return digest
}

/** Two editions: the second, from April on, weighs dearer, washes, and tallies no more. Gives what the first consists of. */
export async function publishTwo(database: Database): Promise<Entry[]> {
  const first = publishable()
  await publishInto(database, { number: 1, validFrom: '2026-01-01', entries: first })
  const second = [
    ...first.filter(({ id }) => id !== 'guoyuan-tally' && id !== 'guoyuan-weighing'),
    fee('guoyuan-weighing', { name: { en: 'Weighing', zh: '过磅费' }, price: fixed('65', 'container') }),
    fee('guoyuan-washing', { kind: 'container-cleaning', name: { en: 'Washing', zh: '洗箱费' } }),
  ]
  const announcedAt = '2026-03-01T00:00:00Z'
  const reason = 'Done by others'
  await publishInto(database, { number: 2, validFrom: '2026-04-01', announcedAt, reason, entries: second })
  return first
}

/** Withdraws an edition from a day on, and tells of it. */
export const withdrawIn = (database: Database, number: number, from: string, at: string): Promise<void> =>
  transaction(database.pool, (client) =>
    writeWithdrawal(client, number, { from, by: 'another', because: 'A slip' }, new Date(at)),
  )
