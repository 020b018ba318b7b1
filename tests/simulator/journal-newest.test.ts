import { expect, test } from 'vitest'
import { faults } from '../../mocks/simulator/faults.ts'
import { createJournal, type JournalQuery } from '../../mocks/simulator/journal.ts'
import { polled, pushing, stage } from './support.ts'

// What people look at: the journal from its end, and at once what stands against whom.

function journalOf(count: number, entries = 100) {
  const journal = createJournal({ simulatedNow: () => 0, realNow: () => 0, entries })
  for (let number = 1; number <= count; number++)
    journal.note({ kind: 'effect', agency: number % 2 === 0 ? 'even' : 'odd', references: [], what: `${number}` })
  return (query: JournalQuery) => {
    const { data, ...rest } = journal.find(query)
    return { ...rest, sequences: data.map(({ kind, sequence }) => (kind === 'dropped' ? 'gone' : sequence)) }
  }
}

test('the newest come first, page by page back to the first entry', () => {
  const find = journalOf(7)
  const pages: unknown[] = []
  for (let before: number | undefined; ; ) {
    const { sequences, hasMore, nextCursor } = find({ order: 'newest', limit: 3, before })
    pages.push(sequences)
    if (!hasMore || nextCursor === null) break
    before = nextCursor
  }
  expect(pages).toEqual([[7, 6, 5], [4, 3, 2], [1]])
  expect(find({ limit: 3 }).sequences).toEqual([1, 2, 3])
})

test('filters hold, and what comes before a number ends there', () => {
  const find = journalOf(9)
  expect(find({ order: 'newest', agency: 'even' }).sequences).toEqual([8, 6, 4, 2])
  expect(find({ order: 'newest', before: 5, after: 2 }).sequences).toEqual([4, 3])
  expect(find({ before: 3 }).sequences).toEqual([1, 2])
  expect(find({ order: 'newest', before: 1 }).sequences).toEqual([])
})

test('the mark of what is gone stands where it would be: at the end of the last page', () => {
  const find = journalOf(10, 4)
  expect(find({ order: 'newest', limit: 3 })).toMatchObject({ sequences: [10, 9, 8], hasMore: true })
  expect(find({ order: 'newest', limit: 3, before: 8 })).toMatchObject({ sequences: [7, 'gone'], hasMore: false })
  expect(find({ order: 'newest' }).sequences).toEqual([10, 9, 8, 7, 'gone'])
})

test('a list needs no bodies: they are left out where that is asked for', () => {
  const journal = createJournal({ simulatedNow: () => 0, realNow: () => 0 })
  const said = { direction: 'in', method: 'POST', path: '/x', body: 'asked', status: 200, answer: 'told' } as const
  journal.note({ kind: 'exchange', agency: 'harbour', references: ['EV1'], ...said })
  const { body: _, answer: __, ...brief } = said
  const [entry] = journal.find({ bodies: 'none', contains: 'told' }).data
  expect(entry).toMatchObject({ ...brief, references: ['EV1'], sequence: 1 })
  expect(Object.keys(entry ?? {})).not.toContain('body')
  expect(Object.keys(entry ?? {})).not.toContain('answer')
  expect(journal.find().data[0]).toMatchObject(said)
})

test('everybody is told at once, with the faults that stand', async () => {
  const { control } = stage({ agencies: [pushing], issuers: [polled] })
  await control('PUT', '/agencies/harbour/faults', { fault: 'SLOW', times: 2 })
  expect(await (await control('GET', '/agencies')).json()).toEqual({
    data: [
      {
        id: 'harbour',
        kind: 'agency',
        letter: 'H',
        name: pushing.name,
        replies: 'pushed',
        faults: [{ fault: 'SLOW', delayMs: 3_000, times: 2 }],
        recorded: false,
      },
      { id: 'island', kind: 'issuer', letter: 'I', name: polled.name, replies: 'polled', faults: [], recorded: false },
    ],
  })
})

test('what each parameter of a fault may be is told with the tables', async () => {
  const { control } = stage()
  const told = (await (await control('GET', '/outcomes')).json()) as { faults: { fault: string; parameters: object }[] }
  expect(told.faults.map(({ fault }) => fault)).toEqual(faults.map(({ fault }) => fault))
  expect(told.faults.find(({ fault }) => fault === 'SLOW')?.parameters).toEqual({
    delayMs: { type: 'integer', minimum: 1, maximum: 600_000, default: 3_000 },
  })
  expect(told.faults.find(({ fault }) => fault === 'RESET')?.parameters).toEqual({})
})
