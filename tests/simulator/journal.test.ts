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
  await simulator.app.request('/harbour/fail-later?ref=EV7', { method: 'POST', body: '<x>EV8</x>' })
  await simulator.app.request('/harbour/nowhere?ref=EV7', { method: 'POST', body: '<x>EV8</x>' })
  for (const reference of ['EV7', 'EV8']) {
    const found = (await (await control('GET', `/journal?reference=${reference}`)).json()) as { data: object[] }
    expect(found.data).toMatchObject([
      { kind: 'exchange', status: 200 },
      { kind: 'unmatched', status: 404 },
    ])
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
  for (const path of ['/harbour/fail-later', '/harbour/nowhere']) {
    await simulator.app.request(path, { method: 'POST', body })
    const entry = simulator.journal.find().data.at(-1)
    expect(entry).toMatchObject({
      body: `${'x'.repeat(limits.journalBodyCharacters)}… [cut: ${body.length} characters in all]`,
    })
  }
})

test('a question the journal does not understand is refused', async () => {
  const { control } = stage()
  for (const query of ['kind=thing', 'after=-1', 'limit=many']) {
    expect((await control('GET', `/journal?${query}`)).status).toBe(400)
  }
})

test('what happened can be counted to assert on, and cleared before the next case', async () => {
  const { submit, mailbox, control } = stage()
  const counted = async (query: string) => (await control('GET', `/journal/counts?${query}`)).json()
  for (const reference of ['EV1', 'EV2']) await submit(reference)
  for (let look = 0; look < 3; look += 1) await mailbox()
  expect(await counted('kind=exchange&by=agency,path,status')).toEqual({
    total: 5,
    groups: [
      { agency: 'harbour', path: '/submit', status: 200, count: 2 },
      { agency: 'island', path: '/mailbox', status: 200, count: 3 },
    ],
    dropped: 0,
    unsure: 0,
  })
  expect((await control('DELETE', '/journal')).status).toBe(204)
  expect(await counted('')).toEqual({ total: 0, groups: [], dropped: 0, unsure: 0 })
})

test('a refused question names every mistake', async () => {
  const { control } = stage()
  const refused = await control('GET', '/journal?kind=thing&limit=many&colour=red')
  const { errors } = (await refused.json()) as { errors: { detail: string }[] }
  expect([refused.status, errors.map(({ detail }) => detail.split(' ')[0]).sort()]).toEqual([
    400,
    ['colour', 'kind', 'limit'],
  ])
})
