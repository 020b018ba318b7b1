import { expect, test } from 'vitest'
import { stage } from './support.ts'

const order = { equipment: 'CSQU3054383', key: 'yc_carrier_0123456789' }

test.each([
  [{ ...order, equipment: 'CSQU3054384' }, '/equipment'],
  [{ ...order, start: 'soon' }, '/start'],
  [{ ...order, speed: 0 }, '/speed'],
  [{ ...order, delayHours: 1_001 }, '/delayHours'],
  [{ ...order, papers: [7] }, '/papers/0'],
  [{ ...order, disorder: ['toString'] }, '/disorder/0'],
  [{ ...order, keys: { ship: 'short' } }, '/keys/ship'],
  [{ equipment: order.equipment }, '/key'],
  [{ ...order, colour: 'red' }, ''],
])('a journey ordered as %j is refused with a pointer, and nothing is played', async (body, pointer) => {
  const { control } = stage()
  const answer = await control('POST', '/corridors/yangtze', body)
  expect([answer.status, await answer.json()]).toEqual([
    400,
    expect.objectContaining({
      code: 'invalid',
      errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
    }),
  ])
  expect(await (await control('GET', '/corridors')).json()).toMatchObject({ played: [] })
})

test('a corridor nobody knows is 404 with those there are; a journey is played in the session it was ordered in', async () => {
  const { control, simulator } = stage()
  const unknown = await control('POST', '/corridors/silk', order)
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    expect.objectContaining({ code: 'no-such-corridor', detail: expect.stringContaining('yangtze') }),
  ])
  await control('POST', '/sessions', { id: 'mine' })
  const mine = { headers: { 'x-sim-session': 'mine' } }
  const path = '/control/corridors'
  const played = await simulator.app.request(`${path}/yangtze`, {
    ...mine,
    method: 'POST',
    body: JSON.stringify(order),
  })
  expect(played.status).toBe(202)
  expect(await (await simulator.app.request(path, mine)).json()).toMatchObject({ played: [{ corridor: 'yangtze' }] })
  expect(await (await control('GET', '/corridors')).json()).toMatchObject({ played: [] })
})
