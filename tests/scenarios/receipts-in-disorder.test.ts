import { expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { evBatteries, filingOf, openWorld, type Seen, type World } from '../support/world.ts'

// Receipts 回执 come late, twice, in the wrong order, or with nonsense among them; agencies stumble. The end is the same.
const world = await openWorld()
const todayIn = ({ simulator }: World) => new Date(simulator.clock.now())
const today = () => todayIn(world)
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
async function orderEverywhere({ simulator }: World, fault: string, times?: number): Promise<void> {
  for (const { id } of agencies)
    await simulator.app.request(`/control/agencies/${id}/faults`, {
      method: 'PUT',
      body: JSON.stringify({ fault, ...(times === undefined ? {} : { times }) }),
    })
}
const takeBack = ({ simulator }: World) =>
  Promise.all(
    agencies.map(async ({ id }) => simulator.app.request(`/control/agencies/${id}/faults`, { method: 'DELETE' })),
  )

/** A declaration while every agency misbehaves. */
async function disturbed(place: World, fault: string, times?: number) {
  const declaration = evBatteries(plain, todayIn(place))
  await orderEverywhere(place, fault, times)
  const { status, body } = await place.post(declaration)
  if (status !== 202) throw new Error(JSON.stringify(body.errors))
  const end = await place.until(body.id, ({ status }) => status === 'completed')
  await takeBack(place)
  return { end, effects: place.effects(declaration.functionalReferenceId) }
}

/** A declaration some agencies of which lose the connection after having taken it in. */
async function cutOff(place: World, letters: readonly string[]) {
  const declaration = evBatteries(letters.map((letter) => `-${letter}.RESET`).join(''), todayIn(place))
  const { body } = await place.post(declaration)
  const end = await place.until(body.id, ({ filings }) => filings.every(({ status }) => status === 'closed'))
  return { end, effects: place.effects(declaration.functionalReferenceId) }
}

/** A story in which the gateway rests between its tries, in real time: told in a world of its own while others are. It fails where it is waited for. */
function beside<T>(story: Promise<T>): Promise<T> {
  story.catch(() => undefined)
  return story
}
const [stumblingPlace, cutPlace] = [await openWorld(), await openWorld()]
const stumbling = beside(disturbed(stumblingPlace, 'BURST5XX', 4))
const halves = [
  ['C', 'B', 'M'],
  ['T', 'F', 'S'],
]
const cut = beside(Promise.all(halves.map(async (letters) => cutOff(cutPlace, letters))))

let undisturbed: Record<string, string[]>

test('undisturbed, every filing hears this', async () => {
  const { body } = await world.post(evBatteries(plain))
  undisturbed = codesOf(await world.until(body.id, ({ status }) => status === 'completed'))
  expect(undisturbed['customs/declare']).toEqual(['0', '7', 'L', 'P', 'R'])
})

test.each<[fault: string, how: string, telling: () => ReturnType<typeof disturbed>]>([
  ['TWICE', 'each document is sent twice', async () => disturbed(world, 'TWICE')],
  ['DISORDER', 'documents overtake one another', async () => disturbed(world, 'DISORDER')],
  ['LATE', 'each document is hours late', async () => disturbed(world, 'LATE')],
  ['NONSENSE', 'three web pages come in place of documents', async () => disturbed(world, 'NONSENSE', 3)],
  ['BURST5XX', 'the next four calls, polls included, are answered 503', () => stumbling],
])('%s: %s, and every filing ends with the same receipts', async (_fault, _how, telling) => {
  const { end, effects } = await telling()
  expect(codesOf(end)).toEqual(undisturbed)
  expect(
    new Set(end.filings.map(({ attempt, status, holds }) => `attempt ${attempt} ${status} [${holds.join()}]`)),
  ).toEqual(new Set(['attempt 1 closed []']))
  expect([...new Set(effects)]).toEqual(effects)
})

test.each(halves.map((letters, at) => ({ letters, at })))(
  'agencies $letters lose the connection after having taken the filing in: each has it once',
  async ({ letters, at }) => {
    const { end, effects } = (await cut)[at] as Awaited<ReturnType<typeof cutOff>>
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
