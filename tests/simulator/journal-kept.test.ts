import { expect, test } from 'vitest'
import { createJournal, type ExchangeNote, type Journal, type Note } from '../../mocks/simulator/journal.ts'
import { createRoom, ownRoom, type Room } from '../../mocks/simulator/journal-room.ts'
import { limits } from '../../mocks/simulator/limits.ts'

const startAt = Date.UTC(2026, 10, 2, 1, 0)
const clocks = { simulatedNow: () => startAt, realNow: () => startAt }
const effect = (reference: string): Note => ({ kind: 'effect', agency: 'harbour', references: [reference], what: 'x' })
const exchange = (more: Partial<ExchangeNote> = {}): ExchangeNote => ({
  kind: 'exchange',
  agency: 'harbour',
  direction: 'in',
  references: [],
  method: 'POST',
  path: '/submit',
  body: '',
  status: 200,
  ...more,
})
const noted = (options: { entries?: number; room?: Room }, notes: readonly Note[]) => {
  const journal = createJournal({ ...clocks, ...options })
  for (const note of notes) journal.note(note)
  return journal
}
const sequences = (journal: ReturnType<typeof noted>, query = {}) =>
  journal.find(query).data.map(({ sequence }) => sequence)

test('what no longer fits is gone, and every page that would have shown it begins with a mark of it', () => {
  const journal = noted({ entries: 3 }, ['A', 'B', 'C', 'D', 'E'].map(effect))
  const page = journal.find()
  expect(page).toMatchObject({ dropped: 2, hasMore: false, nextCursor: null })
  expect(page.data).toMatchObject([
    { kind: 'dropped', from: 1, count: 2, sequence: 2 },
    { sequence: 3, references: ['C'] },
    { sequence: 4, references: ['D'] },
    { sequence: 5, references: ['E'] },
  ])
  // Behind a cursor only what lies behind it is missing; a page that starts later misses nothing.
  expect(journal.find({ after: 1, limit: 1 }).data).toMatchObject([
    { kind: 'dropped', from: 2, count: 1 },
    { sequence: 3 },
  ])
  expect(sequences(journal, { after: 2 })).toEqual([3, 4, 5])
  expect(sequences(journal, { reference: 'nobody' })).toEqual([2])
  expect(sequences(journal, { since: startAt + 1 })).toEqual([])
})

test('the bytes an entry takes count, not only entries', () => {
  const kept = (body: string | Uint8Array) => {
    const journal = noted(
      { room: ownRoom(10_000) },
      Array.from({ length: 50 }, () => exchange({ body })),
    )
    const entries = journal.find().data.filter(({ kind }) => kind === 'exchange').length
    expect(journal.dropped()).toBe(50 - entries)
    return entries
  }
  const narrow = kept('x'.repeat(1_000))
  expect(narrow).toBeGreaterThanOrEqual(5)
  expect(narrow).toBeLessThanOrEqual(8)
  expect(kept(Buffer.from('x'.repeat(1_000)))).toBe(narrow)
  // A Chinese character takes three bytes; what is escaped takes six.
  expect(kept('例'.repeat(1_000))).toBe(3)
  expect(kept('\u0001'.repeat(1_000))).toBe(1)
})

test('an entry larger than all the room is dropped itself, and said to be', () => {
  const journal = noted({ room: ownRoom(1_000) }, [effect('A'), exchange({ body: 'x'.repeat(2_000) })])
  expect(journal.find().data).toMatchObject([{ kind: 'dropped', count: 2 }])
  journal.note(effect('B'))
  expect(sequences(journal)).toEqual([2, 3])
})

test('journals share their room: while there is some each has its most, then one with more than its part makes room for itself', () => {
  const shared = createRoom(30_000, 20_000)
  const rooms = [shared.enter(), shared.enter(), shared.enter()] as const
  const [loud, quiet, late] = rooms.map((room) => createJournal({ ...clocks, room })) as [Journal, Journal, Journal]
  const body = Buffer.from('x'.repeat(1_000))
  const fill = (journal: Journal, many: number) => {
    for (let number = 0; number < many; number += 1) journal.note(exchange({ body }))
  }
  const kept = (journal: Journal) => journal.find().data.filter(({ kind }) => kind === 'exchange').length
  fill(quiet, 3)
  fill(loud, 100)
  const most = kept(loud)
  expect(most).toBeGreaterThan(8)
  // All three want more than there is: each comes down to its third, and nobody loses what a quiet one has.
  fill(late, 100)
  fill(loud, 1)
  expect(kept(late)).toBeLessThan(most)
  expect(kept(loud)).toBeLessThan(most)
  expect([quiet.dropped(), kept(quiet)]).toEqual([0, 3])
  // Who leaves gives its part back.
  rooms[2].leave()
  fill(loud, 20)
  expect(kept(loud)).toBe(most)
})

test('a hundred thousand exchanges leave no more behind than the limits allow, and the newest are the ones kept', () => {
  const journal = createJournal(clocks)
  const body = Buffer.from('<Message/>'.repeat(20))
  for (let number = 1; number <= 100_000; number += 1) journal.note(exchange({ path: `/submit/${number}`, body }))
  const { data, dropped } = journal.find({ after: 99_998 })
  expect(data).toMatchObject([{ path: '/submit/99999' }, { path: '/submit/100000' }])
  expect(dropped).toBe(100_000 - limits.journalEntries)
})

test('a body of bytes is kept as it came and decoded when read; broken text is shown, not thrown', () => {
  const journal = noted({}, [
    exchange({ body: Buffer.from('报关单'), answer: Buffer.from('已受理') }),
    exchange({ body: Uint8Array.of(0xff, 0x41) }),
  ])
  expect(journal.find().data).toMatchObject([{ body: '报关单', answer: '已受理' }, { body: '\u{fffd}A' }])
})

test.each([
  ['body', 'x'.repeat(20_000)],
  ['body', Buffer.from('x'.repeat(20_000))],
  ['answer', Buffer.from('x'.repeat(20_000))],
  ['path', `/${'x'.repeat(19_999)}`],
  ['error', 'x'.repeat(20_000)],
])('a long %s is cut, and says so', (field, text) => {
  const [entry] = noted({}, [exchange({ [field]: text })]).find().data
  const shown = String((entry as unknown as Record<string, unknown>)[field])
  expect(shown).toHaveLength(limits.journalBodyCharacters + '… [cut: 20000 characters in all]'.length)
  expect(shown).toMatch(/… \[cut: 20000 characters in all\]$/)
})

test('references are bounded in number and length', () => {
  const [entry] = noted({}, [
    { ...effect('A'), references: Array.from({ length: 200 }, () => 'r'.repeat(20_000)) },
  ]).find().data
  expect(entry?.references).toHaveLength(limits.journalReferences)
  expect(entry?.references[0]).toMatch(/\[cut: 20000 characters in all\]$/)
})

test('a small part of a large buffer does not keep the large buffer', () => {
  const large = new Uint8Array(1024 * 1024).fill(0x41)
  const journal = noted({}, [exchange({ body: large.subarray(10, 20) })])
  large.fill(0x42)
  expect(journal.find().data).toMatchObject([{ body: 'AAAAAAAAAA' }])
  expect(journal.count({ contains: 'B' })).toMatchObject({ unsure: 0 })
})

test('a look into an empty mailbox counts up in its place, also when another agency is noted in between', () => {
  let now = startAt
  const journal = createJournal({ simulatedNow: () => now, realNow: () => now })
  const look = (agency: string, path = '/mailbox') =>
    journal.note(exchange({ agency, method: 'GET', path, idle: true }))
  look('island')
  look('harbour')
  now += 1_000
  look('island')
  look('island', '/mailbox?after=1')
  look('island')
  expect(journal.find().data).toMatchObject([
    { agency: 'island', repeated: 2, simulatedAt: new Date(now).toISOString() },
    { agency: 'harbour' },
    { path: '/mailbox?after=1' },
    { path: '/mailbox' },
  ])
})

test('a look after anything else the agency did is a new entry', () => {
  const idle = exchange({ method: 'GET', idle: true })
  expect(noted({}, [idle, idle, effect('A'), idle]).find().data).toMatchObject([
    { repeated: 2 },
    { kind: 'effect' },
    { kind: 'exchange', sequence: 3 },
  ])
})

test('a look whose entry is gone begins a new one', () => {
  const idle = exchange({ method: 'GET', agency: 'island', idle: true })
  const journal = noted({ entries: 2 }, [idle, effect('A'), effect('B'), idle, idle])
  expect(journal.find().data).toMatchObject([
    { kind: 'dropped', count: 2 },
    { sequence: 3 },
    { sequence: 4, repeated: 2 },
  ])
})

test('a cleared journal is empty, goes on with its numbers, and dropped nothing', () => {
  const idle = exchange({ method: 'GET', idle: true })
  const journal = noted({ entries: 2 }, ['A', 'B', 'C'].map(effect))
  journal.note(idle)
  journal.clear()
  expect(journal.find()).toEqual({ data: [], hasMore: false, nextCursor: null, dropped: 0 })
  journal.note(idle)
  expect(journal.find().data).toMatchObject([{ sequence: 5 }])
  for (const note of ['D', 'E', 'F'].map(effect)) journal.note(note)
  expect(journal.find().data).toMatchObject([{ kind: 'dropped', from: 5, count: 2 }, { sequence: 7 }, { sequence: 8 }])
})

test('what was noted is not read twice the same object: a reader cannot change the journal', () => {
  const journal = noted({}, [effect('A')])
  const [entry] = journal.find().data
  Object.assign(entry ?? {}, { what: 'forged' })
  expect(journal.find().data).toMatchObject([{ what: 'x' }])
})
