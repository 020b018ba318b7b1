import { expect, test } from 'vitest'
import { stage } from './support.ts'

test('a request no address of the agency takes is refused with what came closest, and stands in the journal', async () => {
  const { simulator } = stage()
  const answer = await simulator.app.request('/harbour/sumbit', { method: 'POST', body: '{}' })
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({
    code: 'no-such-address',
    detail: expect.stringContaining('closest: POST /submit (path: expected /submit, got /sumbit)'),
    closest: [{ step: 'POST /submit', differs: ['path: expected /submit, got /sumbit'] }, {}, {}],
  })
  expect(simulator.journal.find({ kind: 'unmatched' }).data).toMatchObject([
    { agency: 'harbour', method: 'POST', path: '/sumbit', status: 404, closest: [{ step: 'POST /submit' }, {}, {}] },
  ])
})

test('a known address asked in a way it does not know is 405, and says which way it does', async () => {
  const { simulator } = stage()
  const answer = await simulator.app.request('/harbour/submit?x=1')
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  expect(await answer.json()).toMatchObject({
    code: 'method-not-allowed',
    closest: [{ step: 'POST /submit', differs: ['method: expected POST, got GET'] }, {}, {}],
  })
})

test('a header that asks for what no table has is refused, and the agency never sees the request', async () => {
  const { simulator } = stage()
  const ask = async (value: string) =>
    simulator.app.request('/harbour/submit', {
      method: 'POST',
      headers: { 'x-sim-scenario': value },
      body: JSON.stringify({ reference: 'EV1' }),
    })
  const refused = await ask('FIEN')
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ code: 'unknown-scenario', closest: [{ step: 'FINE' }] })
  expect(await (await simulator.app.request('/harbour/known')).json()).toEqual([])
  for (const value of ['FINE', 'H.FINE', 'FINE, TWICE']) expect((await ask(value)).status).toBe(200)
})

test('a header spoils this exchange and the documents that follow from it, not those of others', async () => {
  const { simulator, advance, gateway } = stage()
  const submit = (reference: string, headers: Record<string, string>) =>
    simulator.app.request('/harbour/submit', {
      method: 'POST',
      headers,
      body: JSON.stringify({ reference, afterSeconds: [1] }),
    })
  expect((await submit('EV1', { 'x-sim-scenario': 'DOWN' })).status).toBe(503)
  expect((await submit('EV1', { 'x-sim-scenario': 'TWICE' })).status).toBe(200)
  expect((await submit('EV2', {})).status).toBe(200)
  await advance(1)
  const references = gateway.got.map(({ body }) => (JSON.parse(body) as { reference: string }).reference)
  expect(references).toEqual(['EV1', 'EV1', 'EV2'])
  const exchanges = simulator.journal.find({ kind: 'exchange', directedBy: 'header' })
  expect(exchanges.data).toMatchObject([{ fault: 'DOWN', status: 503 }, { status: 200 }])
})

test('a magic value nobody knows is served, and told to the customer and to the journal', async () => {
  const { submit, simulator } = stage()
  const answer = await submit('EV1-H.FIEN')
  expect([answer.status, answer.headers.get('x-sim-unmatched')]).toEqual([
    200,
    'H.FIEN is no outcome and no fault; closest: FINE',
  ])
  expect(simulator.journal.find({ kind: 'unmatched' }).data).toMatchObject([
    { what: expect.stringContaining('H.FIEN') },
  ])
  const fine = await submit('EV1-H.FINE-I.FIEN')
  expect(fine.headers.get('x-sim-unmatched')).toBeNull()
})

test('what was refused for want of a match changes nothing: no fault is used up, no memory made', async () => {
  const { simulator, control } = stage()
  await control('PUT', '/agencies/harbour/faults', { fault: 'BURST5XX', times: 1 })
  const wrong = { method: 'POST', headers: { 'x-sim-scenario': 'NOTHING' }, body: '{}' }
  expect((await simulator.app.request('/harbour/submit', wrong)).status).toBe(400)
  expect((await simulator.app.request('/harbour/known')).status).toBe(503)
  expect((await simulator.app.request('/harbour/known')).status).toBe(200)
})
