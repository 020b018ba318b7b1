import { expect, test } from 'vitest'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// EV batteries, all six agencies: the buyer backs out before anything has left; every agency takes its part back 撤销.
const world = await openWorld()
const declaration = evBatteries()
let id = ''

const settled = (seen: Seen) => seen.changes.every(({ status }) => status !== 'pending')
const reasons = {
  customs: { cancellation: { reasonCode: '7', entOpName: '张三', entOpTele: '02360000000' } },
  singapore: { cancellation: { reasonCode: 'C10' } },
}

test('everybody who holds something is asked; what was never sent needs nobody’s yes', async () => {
  const { body } = await world.post(declaration)
  id = body.id
  await world.until(id, (seen) => filingOf(seen, 'customs').status === 'registered')
  const answer = await world.call('POST', `/v1/declarations/${id}/cancellations`, {
    body: { reason: '买方取消订单', particulars: reasons },
    headers: { 'if-match': '*', 'idempotency-key': 'cancelled-1' },
  })
  const asked = (await answer.json()) as { filings: { agency: string; procedure: string }[]; errors?: unknown }
  expect({ status: answer.status, errors: asked.errors }).toEqual({ status: 202, errors: undefined })
  expect(asked.filings.map(({ agency, procedure }) => `${agency}/${procedure}`)).toEqual([
    'customs/cancellation',
    'border/cancellation',
    'maritime/inland-cancellation',
    'maritime/cancellation',
    'fx/cancellation',
    'singapore/cancellation',
  ])
})

test('while they are asked nothing new goes out', async () => {
  const seen = await world.read(id)
  expect(seen.changes).toMatchObject([{ kind: 'cancellation', status: 'pending' }])
  for (const procedure of ['dangerous-ship', 'departure'])
    expect(filingOf(seen, 'maritime', procedure)).toMatchObject({
      status: 'waiting',
      waitsForChange: seen.changes[0]?.id,
    })
})

test('all say yes, customs deletes the declaration, and it is over for good', async () => {
  await world.until(id, settled)
  await world.idle()
  const seen = await world.read(id)
  console.log(
    JSON.stringify(seen.changes),
    seen.status,
    seen.filings.map((f) => `${f.agency}/${f.procedure} ${f.status} ${f.lastReceipt?.text}`),
  )
  expect(seen).toMatchObject({ status: 'cancelled', changes: [{ status: 'granted' }], needsAction: [] })
  expect(filingOf(seen, 'customs')).toMatchObject({ status: 'withdrawn', lastReceipt: { code: 'D' } })
  expect(seen.filings.filter(({ occasion, status }) => occasion === 'plan' && status !== 'withdrawn')).toEqual([])
  expect(seen.timeline?.map(({ type }) => type)).toContain('yuchuang.declaration.cancelled')
})
