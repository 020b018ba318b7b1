import { beforeEach, describe, expect, test } from 'vitest'
import { changeEndpoint, readEndpoint, rotateSecret } from '../../src/db/endpoints.ts'
import { readFeed } from '../../src/db/feed.ts'
import { limits } from '../../src/limits.ts'
import { newSecret } from '../../src/notices/signature.ts'
import { createVault } from '../../src/notices/vault.ts'
import { verified } from '../support/receiver.ts'
import { down, firm, ok, openPost } from './support.ts'

// Endpoints come and go 接收地址的停用与密钥: when nothing more is sent to one, and what its notices are signed with.
const post = await openPost()
const { database, clock } = post
const second = 1_000
const [hour, day] = [3_600 * second, 86_400 * second]
beforeEach(async () => {
  // Every story has endpoints of its own.
  await database.pool.query('UPDATE webhook_endpoint SET enabled = false, deleted_at = now()')
  post.posts.length = 0
  post.answer = () => ok
  clock.at += day
})
const standing = async (id: string, tenant = firm) => readEndpoint(database.pool, { id, tenant }, new Date(clock.at))

describe('an endpoint is disabled', () => {
  const disabledEvents = async (after: number) =>
    (await readFeed(database, { tenant: firm, type: 'endpoint.disabled', after, limit: 10 })).rows
  const feedEnd = async () => (await readFeed(database, { tenant: firm, type: undefined, after: 0, limit: 1 })).head

  test('at once by 410; what waited is dropped; the feed and the other endpoints hear of it', async () => {
    const after = await feedEnd()
    const gone = await post.endpoint()
    const other = await post.endpoint({ types: ['yuchuang.endpoint.*'] })
    post.answer = ({ url }) => (url === gone.url ? { status: 500, latencyMs: 1 } : ok)
    await post.happen()
    await post.deliver()
    post.answer = ({ url }) => (url === gone.url ? { status: 410, latencyMs: 1 } : ok)
    await post.happen()
    await post.deliver()
    expect(await standing(gone.id)).toMatchObject({ enabled: false, disabledBecause: 'gone' })
    expect((await post.log(gone.id)).map(({ status }) => status)).toEqual(['dropped', 'dropped'])
    const [event, ...more] = await disabledEvents(after)
    expect(more).toEqual([])
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ endpoint: gone.id, url: gone.url, because: 'gone' })
    const told = post.posts.find(({ url, id }) => url === other.url && id.startsWith(gone.id))
    expect(JSON.parse(told?.body ?? '')).toMatchObject({
      type: 'yuchuang.endpoint.disabled',
      source: `/v1/webhook-endpoints/${gone.id}`,
      id: `${gone.id}.1`,
    })
    const tries = post.triesAt(gone.url).length
    await post.happen()
    clock.at += day
    await post.deliver()
    expect(post.triesAt(gone.url)).toHaveLength(tries)
  })

  test('after five days without a success, not before; a success in between starts anew', async () => {
    const { id, url } = await post.endpoint()
    const began = clock.at
    post.answer = () => down
    const passing = async (until: number) => {
      for (; clock.at < until; clock.at += 6 * hour) {
        await post.happen()
        await post.deliver()
      }
    }
    await passing(began + 4 * day)
    post.answer = () => ok
    await post.happen()
    await post.deliver()
    expect(await standing(id)).toMatchObject({ enabled: true, failingSince: null })
    post.answer = () => down
    const failing = clock.at + 6 * hour
    clock.at = failing
    await passing(failing + 5 * day - hour)
    expect(await standing(id)).toMatchObject({ enabled: true, failingSince: new Date(failing) })
    clock.at = failing + 5 * day
    await post.happen()
    await post.deliver()
    expect(await standing(id)).toMatchObject({ enabled: false, disabledBecause: 'failing' })
    expect(post.triesAt(url).length).toBeGreaterThan(20)
  })

  test('enabled anew it starts without its failures, and with what happens from then on', async () => {
    const { id, url } = await post.endpoint()
    post.answer = () => ({ status: 410, latencyMs: 1 })
    await post.happen()
    await post.deliver()
    await post.happen()
    await post.deliver()
    post.answer = () => ok
    await changeEndpoint(database, { id, tenant: firm }, { enabled: true }, () => undefined, new Date(clock.at))
    expect(await standing(id)).toMatchObject({ enabled: true, disabledBecause: null, disabledAt: null })
    const after = await post.happen()
    await post.deliver()
    expect(post.triesAt(url).slice(1)).toEqual([after])
  })

  test('one that is disabled while tries are under way is disabled once, and those end', async () => {
    const after = await feedEnd()
    const { id } = await post.endpoint()
    for (let count = 0; count < 6; count++) await post.happen()
    post.answer = () => ({ status: 410, latencyMs: 1 })
    await post.deliver()
    expect((await post.log(id)).every(({ status }) => status === 'dropped')).toBe(true)
    expect(await disabledEvents(after)).toHaveLength(1)
  })
})

describe('a secret', () => {
  test('that is replaced signs on beside the new one for a day, and then no more', async () => {
    const { id, secret } = await post.endpoint()
    const next = newSecret()
    await rotateSecret(database, { id, tenant: firm }, post.vault.seal(next, id), new Date(clock.at))
    const signaturesNow = async () => {
      await post.happen()
      await post.deliver()
      const sent = post.posts.at(-1)
      if (sent === undefined) throw new Error('nothing was sent')
      return sent
    }
    const both = await signaturesNow()
    expect(both.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/)
    clock.at += limits.webhookOverlapMs
    const one = await signaturesNow()
    expect(one.headers['webhook-signature']).toMatch(/^v1,\S+$/)
    for (const each of [secret, next]) expect(verified(each, both, both.at).id).toBe(both.id)
    expect(verified(next, one, one.at).id).toBe(one.id)
    expect(() => verified(secret, one, one.at)).toThrow('No matching signature')
  })

  test('that this worker cannot open costs no try: the notice waits for the operator', async () => {
    const { id, url } = await post.endpoint()
    const sealed = createVault([Buffer.alloc(32, 7)]).seal(newSecret(), id)
    await database.pool.query('UPDATE webhook_secret SET sealed = $2 WHERE endpoint_id = $1', [id, sealed])
    await post.happen()
    await post.deliver()
    expect(post.triesAt(url)).toEqual([])
    expect(await post.log(id)).toMatchObject([{ status: 'waiting', tries: 0, log: [] }])
    clock.at += limits.noticeKeyRestMs
    const keyed = post.sender({ vault: createVault([Buffer.alloc(32, 9), Buffer.alloc(32, 7)]) })
    await keyed.idle()
    expect(await post.log(id)).toMatchObject([{ status: 'delivered', tries: 1 }])
  })
})
