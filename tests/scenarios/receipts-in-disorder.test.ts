import { expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// Receipts 回执 come late, twice, in the wrong order, or with nonsense among them; agencies stumble. The end is the same.
const world = await openWorld()
const today = () => new Date(world.simulator.clock.now())
const plain = '-B.CLEAR-M.CARGOPASS-C.SKIPJ'
const codesOf = (seen: Seen) =>
  Object.fromEntries(
    seen.filings.map(({ agency, procedure, receipts }) => [
      `${agency}/${procedure}`,
      // On a slow machine a submission may go out again before its answer is in: the office says that it has it already.
      receipts.map(({ code }) => (code === 'TX-0001' ? 'TX-0000' : code)),
    ]),
  )

/** Orders a misbehaviour of every agency; without `times` until it is taken back. */
async function orderEverywhere(fault: string, times?: number): Promise<void> {
  for (const { id } of agencies)
    await world.simulator.app.request(`/control/agencies/${id}/faults`, {
      method: 'PUT',
      body: JSON.stringify({ fault, ...(times === undefined ? {} : { times }) }),
    })
}
const takeBack = () =>
  Promise.all(
    agencies.map(async ({ id }) => world.simulator.app.request(`/control/agencies/${id}/faults`, { method: 'DELETE' })),
  )

let undisturbed: Record<string, string[]>

test('undisturbed, every filing hears this', async () => {
  const { body } = await world.post(evBatteries(plain))
  undisturbed = codesOf(await world.until(body.id, ({ status }) => status === 'completed'))
  expect(undisturbed['customs/declare']).toEqual(['0', '7', 'L', 'P', 'R'])
})

test.each<[fault: string, times: number | undefined, how: string]>([
  ['TWICE', undefined, 'each document is sent twice'],
  ['DISORDER', undefined, 'documents overtake one another'],
  ['LATE', undefined, 'each document is hours late'],
  ['NONSENSE', 3, 'a web page comes in place of documents'],
  ['BURST5XX', 4, 'the next calls, polls included, are answered 503'],
])('%s (%s): %s, and every filing ends with the same receipts', async (fault, times) => {
  const declaration = evBatteries(plain, today())
  await orderEverywhere(fault, times)
  const { status, body } = await world.post(declaration)
  expect([status, body.errors]).toEqual([202, undefined])
  const end = await world.until(body.id, ({ status }) => status === 'completed')
  await takeBack()
  expect(codesOf(end)).toEqual(undisturbed)
  expect(
    new Set(end.filings.map(({ attempt, status, holds }) => `attempt ${attempt} ${status} [${holds.join()}]`)),
  ).toEqual(new Set(['attempt 1 closed []']))
  const effects = world.effects(declaration.functionalReferenceId)
  expect([...new Set(effects)]).toEqual(effects)
})

test.each([
  ['C', 'B', 'M'],
  ['T', 'F', 'S'],
])(
  'agencies %s, %s and %s lose the connection after having taken the filing in: each has it once',
  async (...letters) => {
    const declaration = evBatteries(letters.map((letter) => `-${letter}.RESET`).join(''), today())
    const { body } = await world.post(declaration)
    const end = await world.until(body.id, ({ filings }) => filings.every(({ status }) => status === 'closed'))
    const effects = world.effects(declaration.functionalReferenceId)
    expect([...new Set(effects)]).toEqual(effects)
    const unknown = (end.timeline ?? [])
      .filter(({ type }) => type === 'yuchuang.filing.unknown')
      .map(({ data }) => data['agency'])
    const asked = new Set(agencies.filter(({ letter }) => letters.includes(letter)).map(({ id }) => id))
    expect(new Set(unknown)).toEqual(asked)
  },
)

test('closed stays closed when the release comes after it, both dated the same', async () => {
  const { body } = await world.post(evBatteries('-C.SWAP-B.SWAP-M.CARGOPASS', today()))
  const end = await world.until(body.id, ({ status }) => status === 'completed')
  const arrived = (end.timeline ?? [])
    .filter(({ type, data }) => type === 'yuchuang.filing.receipt' && data['agency'] === 'customs')
    .map(({ data }) => data['code'])
  expect(arrived.indexOf('R')).toBeLessThan(arrived.indexOf('P'))
  expect(filingOf(end, 'customs')).toMatchObject({ status: 'closed', lastReceipt: { code: 'R' } })
})

test('a code nobody has heard of is kept in the agency’s own words and moves nothing', async () => {
  const { body } = await world.post(evBatteries('-C.UNKNOWN-M.CARGOPASS', today()))
  const seen = await world.until(body.id, (seen) =>
    filingOf(seen, 'customs').receipts.some(({ status }) => status === 'unrecognised'),
  )
  expect(filingOf(seen, 'customs')).toMatchObject({
    status: 'registered',
    lastReceipt: { code: 'f0', status: 'unrecognised' },
  })
  await world.until(body.id, (seen) => filingOf(seen, 'customs').status === 'closed')
})

test('a hold stands until it is lifted, even when the lifting came first', async () => {
  const declaration = evBatteries('-C.HOLD-M.CARGOPASS-B.CLEAR', today())
  const { body } = await world.post(declaration)
  const held = await world.until(body.id, (seen) => filingOf(seen, 'customs').holds.length > 0)
  expect(filingOf(held, 'customs').holds).toEqual(['suspended'])
  expect(held.needsAction.filter(({ agency }) => agency === 'customs')).toMatchObject([{ by: 'agency' }])
  await world.until(body.id, (seen) => filingOf(seen, 'customs').status === 'approved')
  const suspension =
    world.documents('customs', declaration.functionalReferenceId).find((one) => one.includes('<CHANNEL>H</CHANNEL>')) ??
    ''
  expect((await world.push('customs', { body: suspension.replace('挂起：', '挂起（补发）：') })).status).toBe(202)
  expect(filingOf(await world.read(body.id), 'customs')).toMatchObject({ status: 'approved', holds: [] })
})
