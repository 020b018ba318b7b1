import { expect, test } from 'vitest'
import type { z } from 'zod'
import { createJournal, type ExchangeNote, type JournalQuery, type Note } from '../../mocks/simulator/journal.ts'
import { countsQuery, journalQuery, problemsOf } from '../../mocks/simulator/journal-query.ts'
import { limits } from '../../mocks/simulator/limits.ts'

const startAt = Date.UTC(2026, 10, 2, 1, 0)

const exchange = (more: Partial<ExchangeNote>): ExchangeNote => ({
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

/** One entry a simulated second, from `startAt` on. */
function noted(notes: readonly Note[], options: { entries?: number } = {}) {
  let now = startAt - 1_000
  const journal = createJournal({ simulatedNow: () => now, realNow: () => 0, ...options })
  for (const note of notes) {
    now += 1_000
    journal.note(note)
  }
  return journal
}

const { status: _, ...unanswered } = exchange({
  direction: 'out',
  path: '/v1/agencies/harbour/receipts',
  error: 'reset',
})
const story = noted([
  exchange({ references: ['EV1'], body: Buffer.from('<R>EV1</R>'), answer: Buffer.from('ok') }),
  exchange({ agency: 'island', method: 'GET', path: '/mailbox?after=0', status: 200, by: 'header' }),
  exchange({ path: '/submit/again', status: 503, fault: 'DOWN', by: 'script a / first' }),
  unanswered,
  {
    kind: 'unmatched',
    agency: 'harbour',
    references: [],
    method: 'PUT',
    path: '/nowhere',
    status: 404,
    what: 'no route',
    closest: [{ script: 'a', step: 'first', differs: ['method'] }],
  },
  {
    kind: 'script',
    agency: 'harbour',
    references: [],
    script: 'a',
    state: 'lost',
    stopped: 'it went round: lost, open',
  },
  { kind: 'fault', agency: 'island', references: [], fault: 'SLOW', what: 'ordered' },
  {
    kind: 'document',
    agency: 'harbour',
    references: ['EV1'],
    id: 'msg_1',
    name: 'r.xml',
    contentType: 'a/b',
    body: Buffer.from('EV9'),
  },
])

test.each<[JournalQuery, number[]]>([
  [{}, [1, 2, 3, 4, 5, 6, 7, 8]],
  [{ agency: 'island' }, [2, 7]],
  [{ kind: 'unmatched' }, [5]],
  [{ kind: 'script' }, [6]],
  [{ reference: 'EV1' }, [1, 8]],
  [{ reference: 'EV9' }, []],
  [{ method: 'GET' }, [2]],
  [{ path: '/mailbox' }, [2]],
  [{ path: '/mailbox?after=0' }, [2]],
  [{ path: '/mailbox?after=1' }, []],
  [{ path: '/submit' }, [1]],
  [{ path: '/submit*' }, [1, 3]],
  [{ path: '/mailbox?*' }, [2]],
  [{ status: '200' }, [1, 2]],
  [{ status: '5xx' }, [3]],
  [{ status: '4xx' }, [5]],
  [{ status: 'none' }, [4]],
  [{ direction: 'out' }, [4]],
  [{ fault: 'DOWN' }, [3]],
  [{ fault: 'SLOW' }, [7]],
  [{ directedBy: 'header' }, [2]],
  [{ directedBy: 'script a*' }, [3]],
  [{ directedBy: 'script a' }, []],
  [{ contains: '<R>' }, [1]],
  [{ contains: 'ok' }, [1]],
  [{ contains: 'EV9' }, [8]],
  [{ contains: 'went round' }, [6]],
  [{ contains: 'after=' }, [2]],
  [{ since: startAt + 6_000 }, [7, 8]],
  [{ until: startAt + 1_000 }, [1, 2]],
  [{ since: startAt + 1_000, until: startAt + 1_000 }, [2]],
  [{ agency: 'harbour', method: 'POST', status: '200' }, [1]],
  [{ after: 6 }, [7, 8]],
])('asked for %j the journal shows %j', (query, found) => {
  expect(story.find(query).data.map(({ sequence }) => sequence)).toEqual(found)
  expect(story.count(query).total).toBe(found.length)
})

test('an unmatched request shows what came closest', () => {
  expect(story.find({ kind: 'unmatched' }).data).toMatchObject([
    { what: 'no route', closest: [{ script: 'a', step: 'first', differs: ['method'] }] },
  ])
})

test('counts by agency, path and status; a path counts without its query, a repeated look each time', () => {
  const look = exchange({ agency: 'island', method: 'GET', path: '/mailbox?after=0', idle: true })
  const journal = noted([look, look, look, { ...look, path: '/mailbox?after=1' }, exchange({}), unanswered])
  expect(journal.count({ kind: 'exchange', by: ['agency', 'path', 'status'] })).toEqual({
    total: 6,
    groups: [
      { agency: 'island', path: '/mailbox', status: 200, count: 4 },
      { agency: 'harbour', path: '/submit', status: 200, count: 1 },
      { agency: 'harbour', path: '/v1/agencies/harbour/receipts', status: null, count: 1 },
    ],
    dropped: 0,
    unsure: 0,
  })
  expect(journal.count({ by: ['directedBy'] }).groups).toEqual([{ directedBy: null, count: 6 }])
})

test('a count over a journal that lost something says how much may be missing', () => {
  const journal = noted(
    Array.from({ length: 5 }, () => exchange({})),
    { entries: 3 },
  )
  expect(journal.count()).toMatchObject({ total: 3, dropped: 2 })
  expect(journal.count({ after: 2 })).toMatchObject({ total: 3, dropped: 0 })
  expect(journal.count({ since: startAt + 2_000 })).toMatchObject({ total: 3, dropped: 0 })
})

test('a text that may have stood in what was cut is neither counted nor passed over', () => {
  const journal = noted([
    exchange({ body: `${'x'.repeat(limits.journalBodyCharacters)}EV1` }),
    exchange({ body: 'EV1' }),
  ])
  expect(journal.count({ contains: 'EV1' })).toMatchObject({ total: 1, unsure: 1 })
  expect(journal.count({ contains: 'xxx' })).toMatchObject({ total: 1, unsure: 0 })
  expect(journal.count({ contains: 'EV1', agency: 'island' })).toMatchObject({ total: 0, unsure: 0 })
})

test('a text of a request cannot name a group', () => {
  const journal = noted([exchange({ path: '/__proto__' }), exchange({ path: '/constructor' })])
  expect(journal.count({ by: ['path'] }).groups).toEqual([
    { path: '/__proto__', count: 1 },
    { path: '/constructor', count: 1 },
  ])
})

const said = (schema: z.ZodType, query: object) => {
  const { error } = schema.safeParse(query)
  return error === undefined ? [] : problemsOf(error)
}

test('a question in the address is read: numbers, instants with their offset, groupings', () => {
  const query = { limit: '20', after: '0', since: '2026-11-02T09:00:00+08:00', method: 'post', status: '5xx' }
  expect(journalQuery.parse(query)).toEqual({ limit: 20, after: 0, since: startAt, method: 'POST', status: '5xx' })
  expect(countsQuery.parse({ by: 'path, agency', kind: 'effect' })).toEqual({ by: ['agency', 'path'], kind: 'effect' })
  expect(journalQuery.parse({})).toEqual({})
})

test('every problem of a question is named, with its parameter', () => {
  const bad = {
    kind: 'thing',
    after: '-1',
    limit: 'many',
    status: '99',
    path: 'x',
    since: 'today',
    direction: 'up',
    a: '1',
  }
  const problems = said(journalQuery, bad)
  for (const name of Object.keys(bad)) expect(problems.some((one) => one.startsWith(`${name} `))).toBe(true)
  expect(problems).toHaveLength(Object.keys(bad).length)
  expect(said(journalQuery, { limit: '0' })).toEqual(['limit is a whole number from 1 on'])
  expect(said(countsQuery, { by: 'agency,colour' })).toEqual([expect.stringMatching(/^by is some of agency/)])
  expect(said(countsQuery, { limit: '1' })).toEqual(['limit is no parameter of this'])
  expect(said(journalQuery, { contains: 'x'.repeat(limits.journalQueryCharacters + 1) })).toHaveLength(1)
})
