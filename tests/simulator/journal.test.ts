import { expect, test } from 'vitest'
import { createJournal, type Note } from '../../mocks/simulator/journal.ts'
import { limits } from '../../mocks/simulator/limits.ts'
import { stage, startAt } from './support.ts'

const effect = (reference: string): Note => ({
  kind: 'effect',
  agency: 'harbour',
  references: [reference],
  what: 'declared',
})
const clocks = { simulatedNow: () => startAt, realNow: () => startAt }

test('exchanges both ways, documents and effects are noted with both times, and found by reference', async () => {
  const { submit, advance, control, timers } = stage()
  await submit('EV1', [60])
  await submit('EV2')
  await timers.pass(5_000)
  await advance(60)
  const found = (await (await control('GET', '/journal?agency=harbour&reference=EV1')).json()) as { data: object[] }
  expect(found.data).toMatchObject([
    { kind: 'effect', what: 'declared', references: ['EV1'] },
    {
      kind: 'exchange',
      direction: 'in',
      method: 'POST',
      path: '/submit',
      status: 200,
      body: '{"reference":"EV1","afterSeconds":[60]}',
    },
    { kind: 'document', name: '1', simulatedAt: new Date(startAt + 60_000).toISOString() },
    {
      kind: 'exchange',
      direction: 'out',
      path: '/v1/agencies/harbour/receipts',
      status: 202,
      realAt: new Date(timers.now()).toISOString(),
    },
  ])
})

test('an exchange is found by bytes that only the request holds', async () => {
  const { simulator, control } = stage()
  await simulator.app.request('/harbour/nowhere?ref=EV7', { method: 'POST', body: '<x>EV8</x>' })
  for (const reference of ['EV7', 'EV8']) {
    const found = (await (await control('GET', `/journal?kind=exchange&reference=${reference}`)).json()) as {
      data: object[]
    }
    expect(found.data).toMatchObject([{ status: 404 }])
  }
})

test('looking into an empty mailbox again and again is one entry, with a count', async () => {
  const { simulator, submit, advance, mailbox } = stage()
  for (let look = 0; look < 3; look += 1) await mailbox()
  await submit('EV1', [1], 'island')
  await advance(1)
  await mailbox()
  await mailbox(1)
  const { data } = simulator.journal.find({ agency: 'island', kind: 'exchange' })
  expect(data).toMatchObject([
    { idle: true, repeated: 3 },
    { path: '/submit' },
    { path: '/mailbox?after=0' },
    { idle: true },
  ])
  expect(data[2]).not.toHaveProperty('idle')
})

test('the journal is bounded, and says how much it dropped', () => {
  const journal = createJournal({ ...clocks, entries: 3 })
  for (const reference of ['A', 'B', 'C', 'D', 'E']) journal.note(effect(reference))
  const page = journal.find()
  expect(page).toMatchObject({ dropped: 2, hasMore: false, nextCursor: null })
  expect(page.data.map(({ sequence, references }) => [sequence, ...references])).toEqual([
    [3, 'C'],
    [4, 'D'],
    [5, 'E'],
  ])
})

test('a page goes on behind its cursor', () => {
  const journal = createJournal(clocks)
  for (const reference of ['A', 'B', 'C']) journal.note(effect(reference))
  const first = journal.find({ limit: 2 })
  expect(first).toMatchObject({ hasMore: true, nextCursor: 2 })
  expect(journal.find({ after: 2, limit: 2 })).toMatchObject({ hasMore: false, data: [{ references: ['C'] }] })
})

test('a long body is cut, and says so', async () => {
  const { simulator } = stage()
  const body = 'x'.repeat(limits.journalBodyCharacters + 1)
  await simulator.app.request('/harbour/nowhere', { method: 'POST', body })
  const [entry] = simulator.journal.find({ kind: 'exchange' }).data
  expect(entry).toMatchObject({
    body: `${'x'.repeat(limits.journalBodyCharacters)}… [cut: ${body.length} characters in all]`,
  })
})

test('a question the journal does not understand is refused', async () => {
  const { control } = stage()
  for (const query of ['kind=thing', 'after=-1', 'limit=many']) {
    expect((await control('GET', `/journal?${query}`)).status).toBe(400)
  }
})
