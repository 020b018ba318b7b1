import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { openDatabase, transaction } from '../../src/db/database.ts'
import { placeEvents, placeOwnEvent, readFeed } from '../../src/db/feed.ts'
import { newId } from '../../src/db/ids.ts'
import { stillOpen, untilBlocked } from '../support/database.ts'
import { declarationSql, eventSql, firm, openPost, placeAll, startAt, stranger } from './support.ts'

const post = await openPost()
const { database, url } = post
const at = new Date(startAt)

/** Ids of a firm's feed after a position, to its end. */
async function idsAfter(after: number, tenant: string = firm, type?: string): Promise<{ ids: string[]; next: number }> {
  const ids: string[] = []
  for (let from = after; ; ) {
    const { rows, more, next } = await readFeed(database, {
      tenant: tenant === 'everybody' ? undefined : tenant,
      type,
      after: from,
      limit: 3,
    })
    ids.push(...rows.map(({ sourceId, number }) => `${sourceId}.${number}`))
    if (!more) return { ids, next }
    from = next
  }
}
const placeEverything = () => placeAll(database, at)

/** A transaction of somebody else's that has written an event and is not over. */
const open: pg.Client[] = []
async function begin() {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  open.push(client)
  await client.query('BEGIN')
  const id = newId(startAt)
  await client.query(declarationSql, [id, firm, at])
  await client.query(eventSql, [id, 'filing.status', '{}', at])
  return { id: `${id}.1`, commit: () => client.query('COMMIT'), rollback: () => client.query('ROLLBACK') }
}
afterEach(async () => {
  for (const client of open.splice(0)) await client.end()
})

test('what was committed out of order is read by everybody, once, in one order', async () => {
  const { next: start } = await idsAfter(0)
  const first = await begin()
  const second = await begin()
  await second.commit()
  // The later one is there, the earlier one not yet: neither is shown, or the earlier one would be skipped by who read on.
  expect(await placeEvents(database, at)).toMatchObject({ placed: 0, queued: 0, held: true })
  expect((await idsAfter(start)).ids).toEqual([])
  await first.commit()
  await placeEverything()
  expect((await idsAfter(start)).ids).toEqual([first.id, second.id])
})

test('one that is rolled back holds nobody up any longer', async () => {
  const { next: start } = await idsAfter(0)
  const lost = await begin()
  const kept = await post.happen()
  expect((await placeEvents(database, at)).held).toBe(true)
  await lost.rollback()
  await placeEverything()
  expect((await idsAfter(start)).ids).toEqual([kept])
})

test('twenty writers and three that place: a reader that follows misses none and sees none twice', async () => {
  const { next: start } = await idsAfter(0)
  const others = await Promise.all([openDatabase(url, () => undefined), openDatabase(url, () => undefined)])
  const written: string[] = []
  const writing = new Set(['writers'])
  const writers = Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let count = 0; count < 5; count++) written.push(await post.happen())
    }),
  ).finally(() => {
    writing.clear()
  })
  const place = async (one: typeof database) => {
    while (writing.size > 0) await placeEvents(one, at, 7)
  }
  const seen: string[] = []
  let cursor = start
  const follow = async () => {
    while (writing.size > 0) {
      const { ids, next } = await idsAfter(cursor)
      seen.push(...ids)
      cursor = next
    }
  }
  await Promise.all([writers, follow(), ...[database, ...others].map(place)])
  await placeEverything()
  seen.push(...(await idsAfter(cursor)).ids)
  expect(seen.toSorted()).toEqual(written.toSorted())
  expect(new Set(seen).size).toBe(100)
  expect((await idsAfter(start)).ids).toEqual(seen)
  await Promise.all(others.map((other) => other.close()))
})

test('one transaction with more events than are taken at a time is taken whole, bit by bit', async () => {
  const { next: start } = await idsAfter(0)
  const id = newId(startAt)
  await transaction(database.pool, async (client) => {
    await client.query(declarationSql, [id, firm, at])
    await client.query(
      `INSERT INTO event (declaration_id, number, type, data, at, hash) SELECT $1, number, 'filing.status', '{}', $2, '' FROM generate_series(1, 40) AS number`,
      [id, at],
    )
  })
  const last = await post.happen()
  await placeEverything()
  const wanted = Array.from({ length: 40 }, (_, index) => `${id}.${index + 1}`)
  expect((await idsAfter(start)).ids).toEqual([...wanted, last])
})

test('positions run from 1 without a gap, and never change', async () => {
  const { rows } = await database.pool.query<{ position: number }>('SELECT position FROM feed ORDER BY position')
  expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1))
  await expect(database.pool.query('UPDATE feed SET position = position + 1000')).rejects.toThrow('append-only')
  await expect(database.pool.query('DELETE FROM feed')).rejects.toThrow('append-only')
})

describe('a feed', () => {
  test('is a firm’s own; an operator’s is everybody’s', async () => {
    const { next } = await idsAfter(0, 'everybody')
    const [ours, theirs] = [await post.happen(), await post.happen({ tenant: stranger })]
    await placeEverything()
    expect((await idsAfter(next)).ids).toEqual([ours])
    expect((await idsAfter(next, stranger)).ids).toEqual([theirs])
    expect((await idsAfter(next, 'everybody')).ids).toEqual([ours, theirs])
  })

  test.each([
    ['filing.receipt', [1]],
    ['filing.*', [0, 1]],
    ['filing', []],
    ['*', [0, 1, 2]],
    ['fil*', [0, 1]],
    ['declaration.accepted', [2]],
  ])('can be read by type: %s', async (type, wanted) => {
    const { next } = await idsAfter(0)
    const ids = [
      await post.happen({ type: 'filing.status' }),
      await post.happen({ type: 'filing.receipt' }),
      await post.happen({ type: 'declaration.accepted' }),
    ]
    await placeEverything()
    const read = await idsAfter(next, firm, type)
    expect(read.ids).toEqual(wanted.map((index) => ids[index]))
    // Who reads on later does not read past the others again.
    expect(read.next).toBe((await idsAfter(next)).next)
  })
})

test('a dump restored into another server, whose transactions count from the start again, loses nothing', async () => {
  await placeEverything()
  const { next } = await idsAfter(0)
  const far = await post.happen()
  // The dump brings numbers this server has not come to: of an event not yet in the feed, and where the feed has come to.
  await database.pool.query('ALTER TABLE event DISABLE TRIGGER append_only')
  await database.pool.query("UPDATE event SET transaction = '9000000000001' WHERE declaration_id = $1", [
    far.split('.')[0],
  ])
  await database.pool.query('ALTER TABLE event ENABLE TRIGGER append_only')
  await database.pool.query("UPDATE feed_head SET transaction = '9000000000000'")
  const after = await post.happen()
  await placeEverything()
  const later = await post.happen()
  await placeEverything()
  expect((await idsAfter(next)).ids.toSorted()).toEqual([far, after, later].toSorted())
  expect(await placeEvents(database, at)).toMatchObject({ placed: 0, queued: 0, held: false })
})

test('what waits for the feed reaches the endpoints that were made meanwhile', async () => {
  const own = { sourceId: 'complaint-1', number: 1, tenant: firm, type: 'complaint.filed', data: '{}' }
  const placing = await stillOpen(database.pool, (client) => placeOwnEvent(client, own, at))
  const waiting = transaction(database.pool, (client) => placeOwnEvent(client, { ...own, number: 2 }, at))
  await untilBlocked(database.pool)
  const { id } = await post.endpoint()
  await placing.end()
  await waiting
  const { rows } = await database.pool.query('SELECT number FROM notice WHERE endpoint_id = $1', [id])
  expect(rows).toEqual([{ number: 2 }])
})
