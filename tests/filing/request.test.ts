import { beforeEach, expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { sampleDeclaration } from '../../seeds/samples.ts'
import { tellDeadlines } from '../../src/filing/deadlines.ts'
import { limits } from '../../src/limits.ts'
import { countRows, issuesIn, problemOf } from '../routes/support.ts'
import { openOffices } from '../support/offices.ts'
import { filingOf, type Seen } from '../support/world.ts'

const world = await openOffices()
let run = 0
const sample = (): Declaration => {
  const { particulars: _, ...declaration } = sampleDeclaration('laptops', {
    lrn: `REQUEST-${++run}`,
    on: new Date('2026-11-21T00:00:00Z'),
    run,
  })
  return declaration
}
beforeEach(() => {
  world.desk.answers = () => 'approved'
  world.heard.length = 0
})
const filed = async (): Promise<string> => {
  const { body } = await world.post(sample())
  await world.meanwhile(body.id, atRest)
  return body.id
}
const atRest = ({ filings }: Seen) => filings.every(({ status }) => !['queued', 'sent', 'planned'].includes(status))
let keys = 0
const ask = (id: string, body: unknown, key = `request-${++keys}`) =>
  world.call('POST', `/v1/declarations/${id}/filings`, { body, headers: { 'idempotency-key': key } })
const extra = { agency: 'east', procedure: 'extra' }

test('what may be asked for stands in the offers; it goes at once and is one more filing', async () => {
  const id = await filed()
  expect(await world.read(id)).toMatchObject({
    offers: [
      { agency: 'east', procedure: 'extra', several: true },
      { agency: 'west', procedure: 'extra', several: true },
    ],
  })
  const answer = await ask(id, { ...extra, particulars: { amount: 5 } })
  expect(answer.status).toBe(202)
  const { id: filingId } = (await answer.json()) as { id: string }
  expect(answer.headers.get('location')).toBe(`/v1/declarations/${id}/filings/${filingId}`)
  const seen = await world.meanwhile(id, atRest)
  expect(seen.filings.find((filing) => filing.id === filingId)).toMatchObject({
    occasion: 'request',
    status: 'approved',
  })
  expect(world.heard.at(-1)).toMatchObject({ procedure: 'extra', document: { particulars: { amount: 5 } } })
})

test('it waits for what it comes after', async () => {
  world.desk.answers = (_, procedure) => (procedure === 'file' ? 'acknowledged' : 'approved')
  const id = await filed()
  const answer = await ask(id, extra)
  expect(await answer.json()).toMatchObject({
    status: 'waiting',
    waitsFor: [{ agency: 'east', procedure: 'file', status: 'approved' }],
  })
  await world.tell('east', filingOf(await world.read(id), 'east', 'file').id, 'approved')
  await world.meanwhile(id, (seen) => filingOf(seen, 'east', 'extra').status === 'approved')
})

test('a batch is one filing with several declarations, each of which shows it', async () => {
  const [first, second] = [await filed(), await filed()]
  const answer = await ask(first, { ...extra, covers: [second] })
  expect(answer.status).toBe(202)
  await world.meanwhile(first, atRest)
  const [one, two] = [await world.read(first), await world.read(second)]
  expect(filingOf(one, 'east', 'extra')).toMatchObject({ covers: [second], status: 'approved' })
  expect(two.coveredBy).toEqual([
    {
      declarationId: first,
      filingId: filingOf(one, 'east', 'extra').id,
      agency: 'east',
      procedure: 'extra',
      status: 'approved',
    },
  ])
  expect(two.timeline?.at(-1)).toMatchObject({ type: 'yuchuang.filing.requested', data: { coveredBy: first } })
  expect(world.heard.at(-1)?.document).toMatchObject({ others: [expect.stringMatching(/^REQUEST-/)] })
})

test('a batch takes only what is ready, the trader’s own, each once', async () => {
  const first = await filed()
  world.desk.answers = () => 'acknowledged'
  const unready = await filed()
  const before = await countRows(world)
  const refused = await problemOf(
    await ask(first, { ...extra, covers: [unready, unready, first, '00000000000000000000'] }),
    'filing-refused',
  )
  expect(issuesIn(refused)).toEqual([
    '/covers duplicate',
    '/covers/0 not-ready east',
    '/covers/1 not-ready east',
    '/covers/2 not-found',
    '/covers/3 not-found',
  ])
  expect(await countRows(world)).toEqual(before)
})

test.each([
  ['a procedure that is only planned', { agency: 'east', procedure: 'file' }, '/procedure not-on-request'],
  ['one there is not', { agency: 'east', procedure: 'toString' }, '/procedure not-on-request'],
  ['an agency there is not', { agency: 'constructor', procedure: 'extra' }, '/procedure not-on-request'],
])('%s cannot be asked for', async (_, body, found) => {
  expect(issuesIn(await problemOf(await ask(await filed(), body), 'filing-refused'))).toEqual([found])
})

test('wrong particulars are refused, absent ones waited for', async () => {
  const id = await filed()
  const wrong = await problemOf(await ask(id, { ...extra, particulars: { amount: '5' } }), 'particulars-invalid')
  expect(issuesIn(wrong)).toEqual(['/particulars/east/extra/amount invalid-type east'])
  await problemOf(await ask(id, { agency: 'east' }), 'body-invalid')
  await problemOf(
    await world.call('POST', `/v1/declarations/${id}/filings`, { body: extra }),
    'idempotency-key-missing',
  )
})

test('one key, one filing, however often and however much at once it is asked', async () => {
  const id = await filed()
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask(id, extra, `same-${id}`)))
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
  await world.meanwhile(id, atRest)
  expect((await world.read(id)).filings.filter(({ procedure }) => procedure === 'extra')).toHaveLength(1)
  await problemOf(await ask(id, { ...extra, particulars: { amount: 6 } }, `same-${id}`), 'idempotency-key-reused')
})

test('a deadline is reminded of, then overdue, once each; what is done is no longer due', async () => {
  const id = await filed()
  const [deadline] = filingOf(await world.read(id), 'east', 'file').deadlines ?? []
  expect(deadline).toMatchObject({ id: 'fetch', state: 'open' })
  const due = Date.parse(deadline?.dueAt ?? '')
  const dayMs = 86_400_000
  const types = async () =>
    (await world.read(id)).timeline?.map(({ type }) => type).filter((type) => type.includes('deadline'))
  await tellDeadlines(world.database, new Date(due - 4 * dayMs))
  expect(await types()).toEqual([])
  await Promise.all([1, 2, 3].map(() => tellDeadlines(world.database, new Date(due - 2 * dayMs))))
  expect(await types()).toEqual(['yuchuang.deadline.near', 'yuchuang.deadline.near'])
  expect((await world.read(id)).needsAction.map(({ agency, until }) => [agency, until])).toContainEqual([
    'east',
    deadline?.dueAt,
  ])
  for (let time = 0; time < 3; time++)
    await tellDeadlines(world.database, new Date(due + limits.deadlinesAtOnce * 1_000))
  expect((await types())?.filter((type) => type.endsWith('passed'))).toHaveLength(2)
  await world.tell('east', filingOf(await world.read(id), 'east', 'file').id, 'closed')
  await world.meanwhile(id, (seen) => (filingOf(seen, 'east', 'file').deadlines ?? []).length === 0)
})

test('a key that a declaration was accepted under belongs to it', async () => {
  const id = await filed()
  const key = `taken-${id}`
  const accepted = await world.call('POST', '/v1/declarations', { body: sample(), headers: { 'idempotency-key': key } })
  expect(accepted.status).toBe(202)
  await problemOf(await ask(id, extra, key), 'idempotency-key-reused')
})

test('what was not sent and can be asked for again may be dropped; what the declaration needs may not', async () => {
  world.desk.answers = (_, procedure) => (procedure === 'file' ? 'acknowledged' : 'approved')
  const id = await filed()
  await ask(id, extra)
  const drop = async (procedure: string) => {
    const filing = filingOf(await world.read(id), 'east', procedure)
    return world.call('DELETE', `/v1/declarations/${id}/filings/${filing.id}`, { headers: { 'if-match': filing.etag } })
  }
  expect(await (await drop('extra')).json()).toMatchObject({ status: 'withdrawn' })
  await problemOf(await drop('extra'), 'not-changeable')
  await problemOf(await drop('file'), 'not-changeable')
})

test('what was asked for and refused may be brought corrected or dropped: then nothing is left to be done', async () => {
  const id = await filed()
  world.desk.answers = (_, procedure) => (procedure === 'extra' ? 'refused' : 'approved')
  await ask(id, { ...extra, particulars: { amount: 5 } })
  const refused = await world.meanwhile(id, atRest)
  const filing = filingOf(refused, 'east', 'extra')
  expect(refused).toMatchObject({ status: 'action-needed', needsAction: [{ by: 'trader', filingId: filing.id }] })
  const dropped = await world.call('DELETE', `/v1/declarations/${id}/filings/${filing.id}`, {
    headers: { 'if-match': filing.etag },
  })
  expect(await dropped.json()).toMatchObject({ status: 'withdrawn' })
  const after = await world.read(id)
  expect(after.needsAction).toEqual([])
  expect(after.status).not.toBe('action-needed')
})
