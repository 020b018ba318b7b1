import { beforeAll, expect, test } from 'vitest'
import type * as z from 'zod'
import { declarationAnswer, pageOf } from '../../schemas/answers.ts'
import { boardLine } from '../../schemas/board.ts'
import { type FilingStatus, type Hold, holds, rankOf, statuses } from '../../schemas/status.ts'
import { evBatteries, filingOf, frozenBeef, laptops, openWorld } from '../support/world.ts'

// The board 申报总览: what is asked of the database is what a declaration itself says of it.
const world = await openWorld()
const ids: Record<'released' | 'refused' | 'billed' | 'cancelled' | 'inspected', string> = {
  released: '',
  refused: '',
  billed: '',
  cancelled: '',
  inspected: '',
}

beforeAll(async () => {
  const hand = async (declaration: object) => (await world.post(declaration)).body.id
  ids.released = await hand(laptops())
  ids.cancelled = await hand(evBatteries())
  await world.until(ids.cancelled, (seen) => filingOf(seen, 'customs').status === 'registered')
  const particulars = {
    customs: { cancellation: { reasonCode: '7', entOpName: '张三', entOpTele: '02360000000' } },
    singapore: { cancellation: { reasonCode: 'C10' } },
  }
  const asked = await world.call('POST', `/v1/declarations/${ids.cancelled}/cancellations`, {
    body: { reason: '买方取消订单', particulars },
    headers: { 'if-match': '*', 'idempotency-key': 'board-1' },
  })
  expect(asked.status).toBe(202)
  ids.refused = await hand(evBatteries('-C.REFUSE'))
  ids.billed = await hand(frozenBeef())
  await world.idle()
  ids.inspected = await hand(laptops('-C.INSPECT'))
  await world.until(ids.inspected, (seen) => seen.filings.some((filing) => filing.holds.includes('inspection')))
})

async function page<T extends z.ZodType>(shape: T, path: string, key?: string) {
  const response = await world.call('GET', path, key === undefined ? {} : { key })
  expect(`${path} ${response.status}`).toBe(`${path} 200`)
  return pageOf(shape)
    .strict()
    .parse(await response.json())
}
const board = (query = '', key?: string) => page(boardLine.strict(), `/v1/board?limit=200${query}`, key)
const list = (query = '') => page(declarationAnswer.strict(), `/v1/declarations?limit=200${query}`)
const idsOf = ({ data }: { data: readonly { id: string }[] }) => data.map(({ id }) => id)

test('a line of the board says what the declaration itself says', async () => {
  const [lines, whole] = await Promise.all([board(), list()])
  expect(idsOf(lines)).toEqual(idsOf(whole))
  expect(lines.data.map(({ status, needsAction }) => ({ status, needsAction }))).toEqual(
    whole.data.map(({ status, needsAction }) => ({ status, needsAction })),
  )
  for (const [at, { filings }] of lines.data.entries())
    expect(filings.map(({ id, status, holds: held }) => ({ id, status, held }))).toEqual(
      whole.data[at]?.filings.map(({ id, status, holds: held }) => ({ id, status, held })),
    )
  const beef = lines.data.find(({ id }) => id === ids.billed)
  expect(beef).toMatchObject({
    direction: 'import',
    goods: { name: '冻去骨牛肉', items: 1 },
    journey: { from: { unLocode: 'KZALA' }, to: { unLocode: 'CNCQI' }, modes: ['2', '2'] },
  })
})

/** Those of the list that ask something of their trader, and those the database names. */
async function asking() {
  const [whole, named, lines] = await Promise.all([list(), list('&needsAction=trader'), board('&needsAction=trader')])
  expect(idsOf(lines)).toEqual(idsOf(named))
  const said = whole.data.filter(({ needsAction }) => needsAction.some(({ by }) => by === 'trader'))
  return { said: idsOf({ data: said }), named: idsOf(named) }
}

test('what needs its trader: refusals, bills, inspections; not what is done or was cancelled', async () => {
  const { said, named } = await asking()
  expect(named).toEqual(said)
  expect(named).toEqual([ids.inspected, ids.billed, ids.refused])
})

test('whatever a filing stands at, the database names the declaration as soon as it asks something of its trader', async () => {
  const { pool } = world.database
  const { filings } = await world.read(ids.released)
  const [filing, other] = filings
  const kept = await pool.query('SELECT status, rank, holds, occasion, pending FROM filing WHERE id = $1', [filing?.id])
  const set = (status: FilingStatus, held: readonly Hold[], occasion: string, pending: object | null) =>
    pool.query('UPDATE filing SET status = $2, rank = $3, holds = $4, occasion = $5, pending = $6 WHERE id = $1', [
      filing?.id,
      status,
      rankOf(status),
      held,
      occasion,
      pending === null ? null : JSON.stringify(pending),
    ])
  const wrong: string[] = []
  const counted = { asks: 0, rests: 0 }
  const only = `&q=${ids.released}`
  const refused = { blockedBy: [{ agency: other?.agency, procedure: other?.procedure, status: 'approved' }] }
  const occasions = [
    ['plan', null],
    ['plan', { dropped: true }],
    ['plan', refused],
    ['change', null],
  ] as const
  const heldBy: readonly (readonly Hold[])[] = [[], ...Object.keys(holds).map((hold) => [hold as Hold])]
  for (const status of Object.keys(statuses) as FilingStatus[])
    for (const held of heldBy)
      for (const [occasion, pending] of held.length === 0 ? occasions : occasions.slice(0, 1)) {
        await set(status, held, occasion, pending)
        const [said, named] = await Promise.all([board(only), board(`${only}&needsAction=trader`)])
        const asks = said.data.some(({ needsAction }) => needsAction.some(({ by }) => by === 'trader'))
        if (asks) counted.asks++
        else counted.rests++
        if (asks !== (named.data.length === 1))
          wrong.push(`${status} ${held.join()} ${occasion} ${JSON.stringify(pending)}`)
      }
  const {
    status,
    holds: held,
    occasion,
    pending,
  } = kept.rows[0] as Record<'status' | 'occasion', string> & {
    holds: Hold[]
    pending: string | null
  }
  await set(status as FilingStatus, held, occasion, pending === null ? null : (JSON.parse(pending) as object))
  expect(wrong).toEqual([])
  expect(Math.min(counted.asks, counted.rests)).toBeGreaterThan(25)
})

test('a deadline that was reminded of is something to do', async () => {
  const { filings } = await world.read(ids.released)
  const values = [filings[0]?.id, ids.released]
  await world.database.pool.query(
    `INSERT INTO deadline (filing_id, id, declaration_id, what, remind_at, due_at, told)
     VALUES ($1, 'here', $2, '{"en":"a","zh":"b"}', now(), now(), NULL)`,
    values,
  )
  expect((await asking()).named).not.toContain(ids.released)
  await world.database.pool.query("UPDATE deadline SET told = 'near' WHERE id = 'here'")
  const { said, named } = await asking()
  expect(named).toEqual(said)
  expect(named).toContain(ids.released)
  await world.database.pool.query("DELETE FROM deadline WHERE id = 'here'")
})

test('found by how the trader’s own number begins, or by any whole number', async () => {
  const seen = await world.read(ids.billed)
  const customs = filingOf(seen, 'customs')
  const numbers = [seen.id, customs.id, seen.id.toLowerCase(), ...customs.references.map(({ value }) => value)]
  for (const number of numbers) expect([number, idsOf(await board(`&q=${number}`))]).toEqual([number, [ids.billed]])
  expect(idsOf(await board(`&q=${seen.functionalReferenceId.slice(0, 2)}`))).toEqual([ids.billed])
  expect(idsOf(await list(`&q=${customs.references.at(-1)?.value}`))).toEqual([ids.billed])
  for (const nobodys of ['%25', '_', String.raw`\\`, 'nobody%27s', customs.id.slice(1)])
    expect([nobodys, idsOf(await board(`&q=${nobodys}`))]).toEqual([nobodys, []])
  expect(idsOf(await board(`&q=${seen.id}`, world.keys.stranger))).toEqual([])
})

test('filters narrow each other, and pages go on through what is found', async () => {
  expect(idsOf(await board('&needsAction=trader&direction=import'))).toEqual([ids.billed])
  expect(idsOf(await board('&needsAction=trader&q=EV'))).toEqual([ids.refused])
  expect(idsOf(await board('&filingStatus=refused&agency=customs'))).toEqual([ids.refused])
  const found: string[] = []
  let after = ''
  for (let pages = 0; pages < 4; pages++) {
    const { data, hasMore, nextCursor } = await page(
      boardLine,
      `/v1/board?needsAction=trader&limit=1${after === '' ? '' : `&after=${after}`}`,
    )
    found.push(...data.map(({ id }) => id))
    after = nextCursor ?? ''
    if (!hasMore) break
  }
  expect(found).toEqual([ids.inspected, ids.billed, ids.refused])
})

test('an operator sees everybody’s, and whose each is; a trader is not told its own number', async () => {
  const all = await board('', world.keys.admin)
  expect(all.data.every(({ tenant }) => tenant !== undefined)).toBe(true)
  expect((await board()).data.every(({ tenant }) => tenant === undefined)).toBe(true)
  for (const key of [world.keys.integrator, ''])
    expect([401, 403]).toContain((await world.call('GET', '/v1/board', { key })).status)
})
