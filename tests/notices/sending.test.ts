import { beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/database.ts'
import { sendAgain } from '../../src/db/notice-log.ts'
import { leaseNotices, returnNotice, settleNotices, sweepNotices } from '../../src/db/notices.ts'
import { limits } from '../../src/limits.ts'
import { pauseMs } from '../../src/notices/schedule.ts'
import { stillOpen, untilBlocked } from '../support/database.ts'
import { verified } from '../support/receiver.ts'
import { firm, ok, openPost, placeAll, stranger } from './support.ts'

const post = await openPost()
const { database, clock } = post
const second = 1_000
const day = 86_400 * second
beforeEach(async () => {
  // Every story has endpoints of its own.
  await database.pool.query('UPDATE webhook_endpoint SET enabled = false, deleted_at = now()')
  post.posts.length = 0
  post.answer = () => ok
  clock.at += day
})

describe('a notice', () => {
  test('is the event as its declaration tells it, signed: the library of the standard takes it', async () => {
    const { secret } = await post.endpoint()
    const id = await post.happen({ type: 'filing.receipt', data: { words: '已放行 “ok”' } })
    await post.deliver()
    expect(post.posts).toHaveLength(1)
    const [sent] = post.posts
    if (sent === undefined) throw new Error('nothing was sent')
    const { headers } = sent
    expect(headers['webhook-timestamp']).toBe(String(Math.floor(clock.at / 1_000)))
    expect(headers['content-type']).toBe('application/cloudevents+json')
    expect(verified(secret, sent, clock.at)).toEqual({
      specversion: '1.0',
      id,
      source: `/v1/declarations/${id.split('.')[0]}`,
      type: 'yuchuang.filing.receipt',
      time: new Date(clock.at).toISOString(),
      datacontenttype: 'application/json',
      data: { words: '已放行 “ok”' },
    })
  })

  test('goes to each endpoint of its firm that wants its type, and to no other firm', async () => {
    const all = await post.endpoint()
    const receipts = await post.endpoint({ types: ['yuchuang.filing.receipt'] })
    const filings = await post.endpoint({ types: ['yuchuang.filing.*'] })
    const declarations = await post.endpoint({ types: ['yuchuang.declaration.*', 'yuchuang.endpoint.*'] })
    const others = await post.endpoint({ tenant: stranger })
    const status = await post.happen({ type: 'filing.status' })
    const receipt = await post.happen({ type: 'filing.receipt' })
    const theirs = await post.happen({ tenant: stranger, type: 'filing.status' })
    await post.deliver()
    expect(post.triesAt(all.url).toSorted()).toEqual([status, receipt].toSorted())
    expect(post.triesAt(receipts.url)).toEqual([receipt])
    expect(post.triesAt(filings.url).toSorted()).toEqual([status, receipt].toSorted())
    expect(post.triesAt(declarations.url)).toEqual([])
    expect(post.triesAt(others.url)).toEqual([theirs])
  })

  test('that has arrived is sent no more', async () => {
    const { id, url } = await post.endpoint()
    await post.happen()
    await post.deliver()
    clock.at += 2 * day
    await post.deliver()
    expect(post.triesAt(url)).toHaveLength(1)
    expect(await post.log(id)).toMatchObject([{ status: 'delivered', tries: 1, log: [{ number: 1, status: 204 }] }])
  })
})

describe('a try that fails', () => {
  test('is made again after the pauses of the standard: ten times in some 75 hours, then no more', async () => {
    const { id, url } = await post.endpoint()
    await post.happen()
    post.answer = () => ({ status: 500, excerpt: 'trouble', latencyMs: 7 })
    const began = clock.at
    await post.deliver()
    for (let [notice] = await post.log(id); notice?.status === 'waiting'; [notice] = await post.log(id)) {
      clock.at = notice.dueAt.getTime() - 1
      await post.deliver()
      expect(post.triesAt(url)).toHaveLength(notice.tries)
      clock.at += 1
      await post.deliver()
      expect(post.triesAt(url)).toHaveLength(notice.tries + 1)
    }
    // Time since the start, as the standard's table says it.
    const pauses = [
      '0:00:00',
      '0:00:05',
      '0:05:05',
      '0:35:05',
      '2:35:05',
      '7:35:05',
      '17:35:05',
      '31:35:05',
      '51:35:05',
      '75:35:05',
    ]
    const said = post.posts.map(({ at }) => {
      const seconds = (at - began) / second
      const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
      return `${h}:${String(m).padStart(2, '0')}:${String(s).padStart(2, '0')}`
    })
    expect(said).toEqual(pauses)
    clock.at += 9 * day
    await post.deliver()
    expect(post.triesAt(url)).toHaveLength(10)
    const [notice] = await post.log(id)
    expect(notice).toMatchObject({ status: 'exhausted', tries: 10 })
    expect(notice?.log).toHaveLength(10)
    expect(notice?.log[9]).toMatchObject({
      number: 10,
      status: 500,
      excerpt: 'trouble',
      latencyMs: 7,
      error: 'HTTP 500',
    })
  })

  test.each([
    ['a redirection', { status: 302 }],
    ['another success that is none', { status: 199 }],
    ['a refusal', { status: 404 }],
    ['silence', { error: 'No answer in 15000 ms' }],
  ])('%s is a failure', async (_, answer) => {
    const { id } = await post.endpoint()
    await post.happen()
    post.answer = () => ({ ...answer, latencyMs: 1 })
    await post.deliver()
    expect(await post.log(id)).toMatchObject([{ status: 'waiting', tries: 1 }])
  })

  test.each([200, 201, 202, 204, 299])('%i is none', async (status) => {
    const { id } = await post.endpoint()
    await post.happen()
    post.answer = () => ({ status, latencyMs: 1 })
    await post.deliver()
    expect(await post.log(id)).toMatchObject([{ status: 'delivered' }])
  })

  test('Retry-After is heeded: for this notice, and by 429 and 503 for the whole lane, for a while', async () => {
    const { id, url } = await post.endpoint()
    const one = await post.happen()
    post.answer = () => ({ status: 503, retryAfterMs: 40 * second, latencyMs: 1 })
    await post.deliver()
    const two = await post.happen()
    clock.at += 39 * second
    post.answer = () => ok
    await post.deliver()
    expect(post.triesAt(url)).toEqual([one])
    clock.at += second
    await post.deliver()
    expect(post.triesAt(url).toSorted()).toEqual([one, one, two].toSorted())
    expect((await post.log(id)).map(({ status }) => status)).toEqual(['delivered', 'delivered'])
  })

  test('pauses never get shorter by chance, nor longer than a tenth', () => {
    for (const [index, pause] of limits.noticePausesMs.entries()) {
      expect(pauseMs(index + 1, undefined, () => 0)).toBe(pause)
      expect(pauseMs(index + 1, undefined, () => 0.999_999)).toBeLessThanOrEqual(pause * 1.1)
    }
    expect(pauseMs(limits.noticePausesMs.length + 1, undefined, () => 0)).toBeUndefined()
    expect(pauseMs(1, 999 * day, () => 0)).toBe(limits.noticeRetryAfterMostMs)
  })
})

describe('two workers', () => {
  test('send each notice once', async () => {
    const { url } = await post.endpoint()
    const ids = await Promise.all(Array.from({ length: 60 }, () => post.happen()))
    await placeAll(database, new Date(clock.at))
    const workers = [post.sender(), post.sender(), post.sender()]
    await Promise.all(workers.map((worker) => worker.idle()))
    expect(post.triesAt(url).toSorted()).toEqual(ids.toSorted())
  })

  test('what a killed one had is sent again, under the same id, and its late word changes nothing', async () => {
    const { id, url } = await post.endpoint()
    const event = await post.happen()
    await placeAll(database, new Date(clock.at))
    const [lost] = await leaseNotices(database, new Date(clock.at), 10, 8, new Map())
    if (lost === undefined) throw new Error('nothing was leased')
    await post.deliver()
    expect(post.triesAt(url)).toEqual([])
    await database.pool.query("UPDATE notice SET lease_until = now() - interval '1 second' WHERE id = $1", [lost.id])
    post.answer = () => ({ status: 500, latencyMs: 1 })
    await post.deliver()
    expect(post.triesAt(url)).toEqual([event])
    const late = { verdict: 'delivered', dueAt: undefined, restUntil: undefined, at: new Date(clock.at) } as const
    await settleNotices(database, [
      { lease: lost, ...late, status: 204, latencyMs: 1, excerpt: undefined, error: undefined },
    ])
    expect(await post.log(id)).toMatchObject([{ status: 'waiting', tries: 1, log: [{ number: 1, status: 500 }] }])
  })
})

test('a notice and its tries are kept for thirty days; those of a deleted endpoint go with it', async () => {
  const [old, deleted] = [await post.endpoint(), await post.endpoint()]
  await post.happen()
  await post.deliver()
  await transaction(database.pool, (client) =>
    client.query('UPDATE webhook_endpoint SET deleted_at = now(), enabled = false WHERE id = $1', [deleted.id]),
  )
  const rowsOf = async (id: string) =>
    (
      await database.pool.query<{ tries: number }>(
        'SELECT count(*)::int AS tries FROM notice JOIN notice_try ON notice_id = notice.id WHERE endpoint_id = $1',
        [id],
      )
    ).rows[0]?.tries
  const sweep = async () => {
    while (await sweepNotices(database, new Date(clock.at)));
  }
  clock.at += limits.noticeKeptMs
  await sweep()
  expect([await rowsOf(old.id), await rowsOf(deleted.id)]).toEqual([1, 0])
  clock.at += second
  await sweep()
  expect(await rowsOf(old.id)).toBe(0)
  const { rows } = await database.pool.query('SELECT FROM webhook_endpoint WHERE id = $1', [deleted.id])
  expect(rows).toEqual([])
})

test('an old notice that is asked for again just now is left to whoever asks: nobody waits, the others go', async () => {
  const { id } = await post.endpoint()
  await post.happen()
  await post.happen()
  await post.deliver()
  clock.at += limits.noticeKeptMs + second
  // Two that each held what the other wants would end with one of them failing.
  const asking = await stillOpen(database.pool, (client) =>
    client.query('SELECT FROM notice WHERE endpoint_id = $1 ORDER BY id LIMIT 1 FOR UPDATE', [id]),
  )
  const left = async () => (await database.pool.query('SELECT FROM notice WHERE endpoint_id = $1', [id])).rowCount
  await sweepNotices(database, new Date(clock.at))
  expect(await left()).toBe(1)
  await asking.end()
  await sweepNotices(database, new Date(clock.at))
  expect(await left()).toBe(0)
})

test('a notice that is given back while it is asked for again: neither waits for the other', async () => {
  const { id } = await post.endpoint()
  const [sourceId = ''] = (await post.happen()).split('.')
  const at = new Date(clock.at)
  await placeAll(database, at)
  const [lease] = await leaseNotices(database, at, 1, 1, new Map())
  if (lease === undefined) throw new Error('nothing to lease')
  // So far has who asks for it again come: it has the endpoint, and not the notice yet.
  const asking = await stillOpen(database.pool, (client) =>
    client.query('SELECT FROM webhook_endpoint WHERE id = $1 FOR SHARE', [id]),
  )
  const returning = returnNotice(database, lease, at)
  await untilBlocked(database.pool)
  expect(await sendAgain(database, { id, tenant: firm }, { event: { sourceId, number: 1 } }, at)).toMatchObject({
    count: 1,
  })
  await asking.end()
  await returning
})
