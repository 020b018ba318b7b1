import { beforeEach, describe, expect, test } from 'vitest'
import { leaseNotices } from '../../src/db/notices.ts'
import { limits } from '../../src/limits.ts'
import type { Answer } from '../../src/notices/carrier.ts'
import { down, ok, openPost, type Posted, placeAll } from './support.ts'

// Lanes 各行其道: each endpoint is sent to at its own pace, and nobody waits for somebody else's receiver.
const post = await openPost()
const { database, clock } = post
beforeEach(async () => {
  await database.pool.query('UPDATE webhook_endpoint SET enabled = false, deleted_at = now()')
  await database.pool.query("UPDATE notice SET status = 'dropped'")
  post.posts.length = 0
  post.answer = () => ok
  clock.at += 86_400_000
})
const now = () => new Date(clock.at)
const happenings = (count: number) => Promise.all(Array.from({ length: count }, () => post.happen()))
const lease = (room: number, width: number, busy = new Map<string, number>()) =>
  leaseNotices(database, now(), room, width, busy)

/** A receiver that does not answer until it is let. */
function silent() {
  const held: ((answer: Answer) => void)[] = []
  return {
    held,
    hold: () => new Promise<Answer>((resolve) => held.push(resolve)),
    let: (answer: Answer) => {
      for (const one of held.splice(0)) one(answer)
    },
  }
}
const settles = async (isSo: () => boolean) => expect.poll(isSo, { timeout: 20_000, interval: 5 }).toBe(true)

test('a receiver that never answers keeps its own lane busy and nobody else’s', async () => {
  const slow = await post.endpoint()
  const quick = [await post.endpoint(), await post.endpoint()]
  const receiver = silent()
  post.answer = ({ url }) => (url === slow.url ? receiver.hold() : ok)
  const ids = await happenings(40)
  await placeAll(database, now())
  const sender = post.sender()
  sender.wake()
  // All that the quick ones are to get has arrived while not one answer of the slow one has.
  await settles(() => quick.every(({ url }) => post.triesAt(url).length === ids.length))
  for (const { url } of quick) expect(post.triesAt(url).toSorted()).toEqual(ids.toSorted())
  expect(receiver.held).toHaveLength(limits.noticesPerEndpoint)
  // And what happens now still goes to them at once.
  const more = await post.happen()
  await placeAll(database, now())
  sender.wake()
  await settles(() => quick.every(({ url }) => post.triesAt(url).includes(more)))
  expect(post.triesAt(slow.url)).toHaveLength(limits.noticesPerEndpoint)
  // When it answers again, it gets all the rest.
  post.answer = () => ok
  receiver.let(ok)
  await sender.idle()
  expect(post.triesAt(slow.url).toSorted()).toEqual([...ids, more].toSorted())
})

test('a dead receiver rests: one try at a time, longer and longer, whatever waits for it', async () => {
  const dead = await post.endpoint()
  const alive = await post.endpoint()
  post.answer = ({ url }) => (url === dead.url ? down : ok)
  const ids = await happenings(200)
  await post.deliver()
  expect(post.triesAt(alive.url).toSorted()).toEqual(ids.toSorted())
  // What was under way when the fifth failure came may still have failed; then it rests.
  const atOnce = post.triesAt(dead.url).length
  expect(atOnce).toBeLessThan(limits.noticeRestAfter + 2 * limits.noticesPerEndpoint)
  const began = clock.at
  for (; clock.at < began + 600_000; clock.at += 5_000) await post.deliver()
  const within = post.triesAt(dead.url).length - atOnce
  expect(within).toBeGreaterThan(5)
  expect(within).toBeLessThan(20)
  // It comes back: everything arrives, at its own width again.
  post.answer = () => ok
  clock.at += limits.noticeRestMostMs
  for (const end = clock.at + 3_600_000; clock.at < end; clock.at += 60_000) await post.deliver()
  const answered = new Set(
    post.posts.filter(({ url, at }) => url === dead.url && at > began + 600_000).map(({ id }) => id),
  )
  expect([...answered].toSorted()).toEqual(ids.toSorted())
})

test('every second receiver is dead and one in five answers fails: the others get all, at their own pace', async () => {
  const endpoints = await Promise.all(Array.from({ length: 10 }, () => post.endpoint()))
  const deadUrls = new Set(endpoints.filter((_, index) => index % 2 === 0).map(({ url }) => url))
  const seen = new Set<string>()
  let count = 0
  const answer = ({ url, id }: Posted) => {
    if (deadUrls.has(url)) return down
    if (count++ % 5 === 0) return { status: 500, latencyMs: 1 }
    seen.add(`${url} ${id}`)
    return ok
  }
  post.answer = answer
  const ids = await happenings(30)
  await post.deliver()
  for (let step = 0; step < 6; step++) {
    clock.at += limits.noticePausesMs[step] ?? 0
    await post.deliver()
  }
  expect(seen.size).toBe(5 * ids.length)
})

describe('who is taken', () => {
  test('of each endpoint no more than its width, less what is under way', async () => {
    const [one, two] = [await post.endpoint(), await post.endpoint()]
    await happenings(20)
    await placeAll(database, now())
    const taken = await lease(100, 8, new Map([[one.id, 5]]))
    const countOf = (id: string) => taken.filter(({ endpointId }) => endpointId === id).length
    expect([countOf(one.id), countOf(two.id)]).toEqual([3, 8])
    expect(
      await lease(
        100,
        8,
        new Map([
          [one.id, 8],
          [two.id, 9],
        ]),
      ),
    ).toEqual([])
  })

  test('where there is not room for all, endpoints take turns', async () => {
    const endpoints = await Promise.all(Array.from({ length: 4 }, () => post.endpoint()))
    await happenings(10)
    await placeAll(database, now())
    const taken = await lease(6, 8)
    const counts = endpoints.map(({ id }) => taken.filter(({ endpointId }) => endpointId === id).length)
    expect(counts.toSorted()).toEqual([1, 1, 2, 2])
  })

  test('what is not due is not taken, and what is due longest goes first', async () => {
    const { url } = await post.endpoint()
    const first = await post.happen()
    await placeAll(database, now())
    clock.at += 1_000
    const then = await post.happen()
    await placeAll(database, now())
    clock.at += 1_000
    const [one, two, ...more] = await lease(10, 8)
    expect([one, two].map((taken) => `${taken?.sourceId}.${taken?.number}`)).toEqual([first, then])
    expect(more).toEqual([])
    expect(one).toMatchObject({ url, step: 0, type: 'filing.status', own: false })
  })
})

test('many slow receivers at once leave room for others: the fuller it is, the less each gets', async () => {
  // As many as would fill the worker, if each got its whole width.
  const firms = ['A', 'B', 'C', 'D']
  const each = limits.noticesInFlight / limits.noticesPerEndpoint / firms.length
  const slow = await Promise.all(
    firms.flatMap((tenant) => Array.from({ length: each }, () => post.endpoint({ tenant }))),
  )
  const receiver = silent()
  const slowUrls = new Set(slow.map(({ url }) => url))
  post.answer = ({ url }) => (slowUrls.has(url) ? receiver.hold() : ok)
  for (let count = 0; count < limits.noticesPerEndpoint; count++)
    await Promise.all(firms.map((tenant) => post.happen({ tenant })))
  await placeAll(database, now())
  const sender = post.sender()
  sender.wake()
  await settles(() => receiver.held.length > limits.noticesInFlight / 2)
  expect(slow.every(({ url }) => post.triesAt(url).length > 0)).toBe(true)
  const quick = await post.endpoint()
  const id = await post.happen()
  await placeAll(database, now())
  sender.wake()
  await settles(() => post.triesAt(quick.url).includes(id))
  post.answer = () => ok
  receiver.let(ok)
  await sender.idle()
})
