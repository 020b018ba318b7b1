import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../../schemas/fees/entries.ts'
import { readEditionEntries, readEditions } from '../../src/db/catalogue-reads.ts'
import { documentDigest } from '../../src/fees/canonical.ts'
import { dayAt } from '../../src/fees/days.ts'
import { discardDraft, returnDraft } from '../../src/fees/draft.ts'
import { holdingOn } from '../../src/fees/editions.ts'
import { rebaseDraft } from '../../src/fees/rebase.ts'
import { Problem } from '../../src/problem.ts'
import { lin, openDesk, wang, writtenOf, zhao } from './drafting.ts'
import { fee, payee, port } from './support.ts'

const desk = await openDesk()
const { pool } = desk.database
const people = [lin, zhao, wang]
const dayMs = 86_400_000
const startAt = desk.clock.at
const kinds = ['seal', 'stuffing', 'unstuffing', 'disinfection', 'tug', 'berth']
const feeOf = (at: number, variant: number) =>
  fee(`fee-${at}`, { kind: kinds[at] ?? 'seal', telephone: `023-000000${variant}` })

/** What anybody does: to some draft, with some fee. */
const act = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom(
    'begin',
    'put',
    'put',
    'remove',
    'submit',
    'submit',
    'approve',
    'approve',
    'approve',
    'return',
    'rebase',
    'withdraw',
    'discard',
    'wait',
  ),
  which: fc.nat(9),
  fee: fc.nat(kinds.length - 1),
  variant: fc.nat(2),
  days: fc.nat(12),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** Somebody drafts, somebody submits, somebody approves, with whatever happens in between. */
const attempt = fc
  .tuple(fc.array(act, { minLength: 7, maxLength: 7 }), fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }))
  .map(([acts, interrupted]) =>
    acts.flatMap((one, at): Act[] => {
      const what = (['begin', 'put', 'put', 'submit', 'approve', 'approve', 'wait'] as const)[at] ?? 'wait'
      const step = { ...one, what, which: 0 }
      return interrupted[at] === true && at % 3 === 0 ? [step, { ...one, which: one.which + 1 }] : [step]
    }),
  )
const story = fc
  .array(fc.oneof(attempt, fc.array(act, { maxLength: 5 })), { minLength: 4, maxLength: 10 })
  .map((parts) => parts.flat())

interface NaiveDraft {
  readonly id: string
  base: number
  readonly changes: Map<string, Entry | undefined>
  readonly hands: Set<string>
}
interface NaiveEdition {
  readonly validFrom: string
  readonly digest: string
  readonly list: ReadonlyMap<string, Entry>
  withdrawnFrom?: string
}
/** What should be, in the simplest words: lists, and who had a hand in what. */
interface Naive {
  readonly editions: NaiveEdition[]
  readonly drafts: NaiveDraft[]
}

const tables =
  'catalogue_edition, catalogue_edition_entry, catalogue_revision, catalogue_draft, catalogue_draft_change, feed'
async function beginAnew(): Promise<Naive> {
  const client = await pool.connect()
  await client.query(`SET session_replication_role = replica; TRUNCATE ${tables}; RESET session_replication_role`)
  client.release()
  desk.clock.at = startAt
  const entries = [port('guoyuan'), payee('guoyuan-terminal'), feeOf(0, 0)]
  const { digest } = await desk.seed(entries)
  const list = new Map<string, Entry>(entries.map((entry) => [`${entry.type} ${entry.id}`, entry]))
  return { editions: [{ validFrom: '2026-01-01', digest, list }], drafts: [] }
}

const today = () => dayAt(desk.clock.at)
const dayFrom = (days: number) => dayAt(desk.clock.at + days * dayMs)
const naiveHolding = ({ editions }: Naive, day: string): number => {
  let found = 0
  editions.forEach(({ validFrom, withdrawnFrom = '9999' }, at) => {
    if (validFrom <= day && day < withdrawnFrom) found = at + 1
  })
  return found
}
const someDays = () => Array.from({ length: 60 }, (_, at) => dayAt(startAt + (at * 4 - 8) * dayMs))
const reallyHolding = async () => {
  const records = await readEditions(pool)
  return (day: string) => holdingOn(records, day)?.number ?? 0
}

/** Does it, and notes what it should have come to. @throws {Problem} when it is refused */
async function play(naive: Naive, { who, what, which, fee: at, variant, days }: Act): Promise<void> {
  const by = people[who] ?? lin
  if (what === 'wait') return void (desk.clock.at += days * dayMs)
  if (what === 'begin') {
    const { id, base } = await desk.begin(by, { validFrom: dayFrom(8 + days) })
    naive.drafts.push({ id, base, changes: new Map(), hands: new Set([by.name]) })
    return
  }
  if (what === 'withdraw') {
    const number = naive.editions.length - (which % 3)
    const { from } = await desk.withdraw(number, by, {})
    const edition = naive.editions[number - 1]
    if (edition !== undefined) edition.withdrawnFrom = from
    return
  }
  const draft = naive.drafts[naive.drafts.length - 1 - (which % Math.min(3, naive.drafts.length || 1))]
  if (draft === undefined) return
  const entry = feeOf(at, variant)
  const key = `fee ${entry.id}`
  switch (what) {
    case 'put':
      await desk.put(draft.id, by, entry)
      draft.changes.set(key, entry)
      draft.hands.add(by.name)
      break
    case 'remove':
      await desk.remove(draft.id, by, entry, 'Not done any more')
      draft.changes.set(key, undefined)
      draft.hands.add(by.name)
      break
    case 'submit':
      await desk.submit(draft.id, by)
      break
    case 'return':
      await returnDraft(desk.database, desk.about(draft.id, by), 'Say why')
      break
    case 'discard':
      if (days === 0) await discardDraft(desk.database, desk.about(draft.id, by))
      break
    case 'rebase':
      draft.base = (await rebaseDraft(desk.database, desk.about(draft.id, by))).base
      break
    case 'approve': {
      const { number, digest } = await desk.approve(draft.id, by)
      expect(draft.hands.has(by.name)).toBe(false)
      expect(number).toBe(naive.editions.length + 1)
      const list = new Map(naive.editions[draft.base - 1]?.list)
      for (const [name, content] of draft.changes)
        if (content === undefined) list.delete(name)
        else list.set(name, content)
      const { validFrom } = await desk.read(draft.id)
      naive.editions.push({ validFrom, digest, list })
    }
  }
}

/** What must be true of the editions, whatever was done. */
async function holdTogether(naive: Naive): Promise<void> {
  const records = (await readEditions(pool)).toReversed()
  expect(records.map(({ number }) => number)).toEqual(naive.editions.map((_, at) => at + 1))
  for (const record of records) {
    const { digest, list } = naive.editions[record.number - 1] ?? {}
    const written = await writtenOf(desk, record.number)
    expect([documentDigest(record, written), record.digest]).toEqual([digest, digest])
    expect(record.previousDigest).toBe(naive.editions[record.number - 2]?.digest)
    expect(await readEditionEntries(pool, record.number)).toEqual(
      [...(list ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry),
    )
  }
  const holding = await reallyHolding()
  expect(someDays().map(holding)).toEqual(someDays().map((day) => naiveHolding(naive, day)))
}

test('whatever three people do, in whatever order: the list of every day is what they agreed on, and days that are over stay', async () => {
  let [published, refused] = [0, 0]
  await fc.assert(
    fc.asyncProperty(story, async (acts) => {
      const naive = await beginAnew()
      for (const one of acts) {
        const over = someDays().filter((day) => day <= today())
        const before = over.map(await reallyHolding())
        try {
          await play(naive, one)
        } catch (problem) {
          if (!(problem instanceof Problem)) throw problem
          refused++
        }
        expect(over.map(await reallyHolding())).toEqual(before)
      }
      await holdTogether(naive)
      published += naive.editions.length - 1
    }),
    { numRuns: 20, seed: 20_261_122 },
  )
  // They came to something, and not to everything.
  expect(published).toBeGreaterThan(20)
  expect(refused).toBeGreaterThan(100)
}, 120_000)
