import { describe, expect, test } from 'vitest'
import { openDatabase, transaction } from '../../src/db/database.ts'
import { makeEndpoint } from '../../src/db/endpoints.ts'
import { readFeed } from '../../src/db/feed.ts'
import { sendAgain } from '../../src/db/notice-log.ts'
import { tellInForce } from '../../src/fees/tell.ts'
import { withdrawEdition } from '../../src/fees/withdraw.ts'
import { presentFeedEvent, storedType } from '../../src/notices/present.ts'
import { stillOpen, untilBlocked } from '../support/database.ts'
import { type Desk, newFee, openDesk, orderlyEntries, wang } from './drafting.ts'
import { fee } from './support.ts'

const [firm, stranger] = ['91500112MA5U0B0037', '91500106MA5U0C102B']
const feedOf = async ({ database }: Desk, tenant: string | undefined, type?: string, after = 0, limit = 50) =>
  (await readFeed(database, { tenant, type, after, limit })).rows.map(presentFeedEvent)
const endpoint = (desk: Desk, id: string, tenant: string, types: string[]) =>
  transaction(desk.database.pool, (client) =>
    makeEndpoint(
      client,
      {
        id,
        tenant,
        url: `https://hooks.firm.com/${id}`,
        description: undefined,
        types: types.map(storedType),
        enabled: true,
        sealed: 'plain.x',
      },
      desk.at(),
    ),
  )
const noticesOf = async ({ database }: Desk, id: string) =>
  (
    await database.pool.query<{ event: string }>(
      "SELECT source_id || '.' || number AS event FROM notice WHERE endpoint_id = $1 ORDER BY id",
      [id],
    )
  ).rows.map(({ event }) => event)

describe('what happens to an edition', async () => {
  const desk = await openDesk()
  await desk.seed()
  await endpoint(desk, 'all', firm, [])
  await endpoint(desk, 'catalogue', firm, ['yuchuang.catalogue.*'])
  await endpoint(desk, 'withdrawn', stranger, ['yuchuang.catalogue.withdrawn'])
  await endpoint(desk, 'filings', stranger, ['yuchuang.filing.*'])
  await endpoint(desk, 'disabled', stranger, [])
  await desk.database.pool.query("UPDATE webhook_endpoint SET enabled = false WHERE id = 'disabled'")

  test('everybody’s feed has, once each, and every endpoint that wants it', async () => {
    const { digest } = await desk.publish([newFee('new-one')])
    for (const tenant of [firm, stranger, undefined])
      expect(await feedOf(desk, tenant)).toEqual([
        {
          specversion: '1.0',
          id: 'edition-2.1',
          source: '/v1/fee-editions/2',
          type: 'yuchuang.catalogue.announced',
          time: '2026-11-22T02:00:00.000Z',
          datacontenttype: 'application/json',
          data: {
            edition: 2,
            title: 'A draft',
            reason: 'For a test',
            validFrom: '2026-12-15',
            noticeUntil: '2026-11-29',
            digest,
            changes: { put: 1, removed: 0 },
          },
        },
      ])
    await desk.withdraw(2)
    expect((await feedOf(desk, firm)).map(({ id }) => id)).toEqual(['edition-2.1', 'edition-2.3'])
    expect((await feedOf(desk, stranger))[1]).toMatchObject({
      type: 'yuchuang.catalogue.withdrawn',
      data: { edition: 2, from: '2026-12-15', because: 'A slip of the pen', holds: 1 },
    })
    expect(await noticesOf(desk, 'all')).toEqual(['edition-2.1', 'edition-2.3'])
    expect(await noticesOf(desk, 'catalogue')).toEqual(['edition-2.1', 'edition-2.3'])
    expect(await noticesOf(desk, 'withdrawn')).toEqual(['edition-2.3'])
    expect(await noticesOf(desk, 'filings')).toEqual([])
    expect(await noticesOf(desk, 'disabled')).toEqual([])
  })
  test('is filtered and paged as other events are, in their one order', async () => {
    expect((await feedOf(desk, firm, 'catalogue.withdrawn')).map(({ id }) => id)).toEqual(['edition-2.3'])
    expect(await feedOf(desk, firm, 'filing.*')).toEqual([])
    const { rows, more, next } = await readFeed(desk.database, { tenant: firm, type: undefined, after: 0, limit: 1 })
    expect([rows.map(({ sourceId }) => sourceId), more]).toEqual([['edition-2'], true])
    expect((await feedOf(desk, firm, undefined, next)).map(({ id }) => id)).toEqual(['edition-2.3'])
  })
  test('can be asked for again', async () => {
    const again = await sendAgain(
      desk.database,
      { id: 'filings', tenant: stranger },
      { event: { sourceId: 'edition-2', number: 1 } },
      desk.at(),
    )
    expect(again).toEqual({ kind: 'queued', count: 1 })
    expect(await noticesOf(desk, 'filings')).toEqual(['edition-2.1'])
  })
})

describe('that an edition holds', async () => {
  const desk = await openDesk()
  await desk.seed()
  const told = (day: string) => tellInForce(desk.database, new Date(`${day}T03:00:00Z`))

  test('is told on its first day, not before, by one of several processes, once', async () => {
    await desk.publish([newFee('new-one')])
    expect(await told('2026-12-14')).toEqual([])
    // The day begins in Chongqing.
    expect(await tellInForce(desk.database, new Date('2026-12-14T15:59:59Z'))).toEqual([])
    const others = await Promise.all([1, 2, 3].map(() => openDatabase(desk.url, () => undefined)))
    const done = await Promise.all(others.map((database) => tellInForce(database, new Date('2026-12-14T16:00:00Z'))))
    await Promise.all(others.map((database) => database.close()))
    expect(done.flat()).toEqual([2])
    expect(await told('2026-12-15')).toEqual([])
    expect(await feedOf(desk, firm, 'catalogue.in-force')).toMatchObject([
      { id: 'edition-2.2', data: { edition: 2, from: '2026-12-15' } },
    ])
  })
  test('is told after whoever was telling died', async () => {
    await desk.publish([newFee('later', { applies: { sizes: ['40'] } })], { validFrom: '2027-01-01' })
    const { pool } = desk.database
    await pool.query('ALTER TABLE feed ADD CONSTRAINT dies CHECK (number <> 2 OR source_id <> $$edition-3$$)')
    await expect(told('2027-01-01')).rejects.toThrow('dies')
    await pool.query('ALTER TABLE feed DROP CONSTRAINT dies')
    expect(await told('2027-01-02')).toEqual([3])
    expect(await told('2027-01-02')).toEqual([])
  })
  test('is not told of one that was withdrawn before, nor of one another took the place of; of those that were missed it is', async () => {
    await desk.publish([newFee('a-fee', { kind: 'seal' })], { validFrom: '2027-02-01' })
    await desk.publish([newFee('b-fee', { kind: 'stuffing' })], { validFrom: '2027-02-01' })
    await desk.publish([newFee('c-fee', { kind: 'unstuffing' })], { validFrom: '2027-03-01' })
    await desk.publish([newFee('d-fee', { kind: 'disinfection' })], { validFrom: '2027-04-01' })
    await desk.withdraw(7)
    expect(await told('2027-05-01')).toEqual([5, 6])
    expect(await told('2027-05-02')).toEqual([])
    expect((await feedOf(desk, firm, 'catalogue.in-force')).map(({ id }) => id)).toEqual([
      'edition-2.2',
      'edition-3.2',
      'edition-5.2',
      'edition-6.2',
    ])
  })
})

test('a list to begin with that holds later is told of then; one that holds already is not', async () => {
  const desk = await openDesk()
  await desk.seed()
  await desk.seed([...orderlyEntries(), fee('later-fee', { kind: 'seal' })], '2027-01-01')
  expect(await tellInForce(desk.database, desk.at())).toEqual([])
  expect(await tellInForce(desk.database, new Date('2027-01-01T00:00:00Z'))).toEqual([2])
})

test('withdrawn while it is about to be told that it holds: that is not told', async () => {
  const desk = await openDesk()
  await desk.seed()
  await desk.publish([newFee('new-one')])
  const wanted = { reason: 'A slip', leavingNothing: false }
  const withdrawing = await stillOpen(desk.database.pool, (client) =>
    withdrawEdition(client, wang, 2, wanted, new Date('2026-12-14T15:59:59Z')),
  )
  const telling = tellInForce(desk.database, new Date('2026-12-14T16:00:00Z'))
  await untilBlocked(desk.database.pool)
  await withdrawing.end()
  expect(await telling).toEqual([])
})
