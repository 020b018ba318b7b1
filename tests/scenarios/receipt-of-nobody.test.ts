import { expect, test } from 'vitest'
import { Unreachable } from '../../src/transport/transport.ts'
import { filingOf, laptops, openWorld } from '../support/world.ts'

// A receipt for a filing nobody knows 无主回执: kept, shown to the operator, harmless; and found its owner when the name is learned.
let answers = true
const world = await openWorld({
  transport: (agencies) => ({
    ...agencies,
    async call(agency, message, trace) {
      const reply = await agencies.call(agency, message, trace)
      if (agency === 'customs' && message.path.startsWith('/declarations') && !answers)
        throw new Unreachable('timeout', 'unknown')
      return reply
    },
  }),
})
interface Orphan {
  agency: string
  receipt: { code: string; references: { scheme: string; value: string }[] }
}
const orphans = async () => {
  const answer = await world.call('GET', '/v1/operations/receipts', { key: world.keys.admin })
  return ((await answer.json()) as { data: Orphan[] }).data
}
const strange = (number: string, channel = 'P') =>
  `<?xml version="1.0" encoding="UTF-8"?><DEC_RESULT><CUS_CIQ_NO>${number}</CUS_CIQ_NO><ENTRY_ID></ENTRY_ID><NOTICE_DATE>2026-11-21T09:30:00</NOTICE_DATE><CHANNEL>${channel}</CHANNEL><NOTE>放行</NOTE><CUSTOM_MASTER>8014</CUSTOM_MASTER><I_E_DATE></I_E_DATE><D_DATE></D_DATE></DEC_RESULT>`

test('it is taken and kept, once, however often it comes', async () => {
  for (let times = 0; times < 3; times++)
    expect((await world.push('customs', { body: strange('E20260000000000001') })).status).toBe(202)
  expect(await orphans()).toMatchObject([
    {
      agency: 'customs',
      receipt: { code: 'P', references: [{ scheme: 'unified-number', value: 'E20260000000000001' }] },
    },
  ])
})

test('only the operator sees it, and it moves nothing', async () => {
  const { body } = await world.post(laptops('-C.NEVER'))
  const seen = await world.meanwhile(body.id, (seen) => filingOf(seen, 'customs').status === 'acknowledged')
  expect(filingOf(seen, 'customs').receipts.map(({ code }) => code)).toEqual(['0'])
  for (const key of [world.keys.trader, world.keys.integrator])
    expect((await world.call('GET', '/v1/operations/receipts', { key })).status).toBe(403)
})

test('what is no document of the agency is kept too, and said to be none', async () => {
  const answer = await world.push('customs', { body: '<html>502 Bad Gateway</html>', contentType: 'text/html' })
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'unintelligible'])
  const { rows } = await world.database.pool.query<{ body: string }>(
    "SELECT body FROM message WHERE kind = 'push' AND error IS NOT NULL",
  )
  expect(rows).toEqual([{ body: '<html>502 Bad Gateway</html>' }])
  expect(await orphans()).toHaveLength(1)
})

test('receipts that know only the agency’s number come before we know it: they wait, and join when it is learned', async () => {
  answers = false
  const declaration = laptops('-C.SKIPJ')
  const { body } = await world.post(declaration)
  await world.meanwhile(body.id, (seen) => filingOf(seen, 'customs').unknown)
  await world.simulator.clock.advance(60_000)
  await expect
    .poll(async () => (await orphans()).map(({ receipt }) => receipt.code))
    .toEqual(expect.arrayContaining(['7', 'L']))
  expect(filingOf(await world.read(body.id), 'customs')).toMatchObject({ status: 'sent', receipts: [] })

  answers = true
  const seen = await world.meanwhile(body.id, (seen) => filingOf(seen, 'customs').status === 'registered')
  expect(filingOf(seen, 'customs').receipts.map(({ code }) => code)).toEqual(['0', '7', 'L'])
  expect((await orphans()).map(({ receipt }) => receipt.code)).toEqual(['P'])
})
