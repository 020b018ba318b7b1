import { describe, expect, test } from 'vitest'
import { commentAnswer, commentsAnswer } from '../../schemas/fees/drafts.ts'
import { transaction } from '../../src/db/database.ts'
import { comment } from '../../src/fees/comments.ts'
import { publishSeed } from '../../src/fees/publish.ts'
import { limits } from '../../src/limits.ts'
import { createVault } from '../../src/notices/vault.ts'
import { orderlyEntries } from '../fees/drafting.ts'
import { freshKey, issuesIn, problemOf, smallWorld } from './support.ts'

const world = await smallWorld()
const dayMs = 86_400_000
const seed = (title: string, validFrom: string, announcedAt: Date) =>
  publishSeed(world.database, createVault([]), {
    title,
    reason: 'x',
    validFrom,
    announcedAt,
    entries: orderlyEntries(),
  })
// The first one’s notice is over, the second one’s ends in a week.
await seed('Old', '2026-01-01', new Date('2025-12-20T01:00:00Z'))
await seed('New', '2026-12-15', new Date(world.now()))
world.catalogues.refresh()

const said = { name: '张三', text: 'The price of weighing\nis too high <b>for us</b>' }
let from = 0
/** Says something from an address of its own, unless one is named. */
const say = (body: unknown, { number = 2, address = `198.18.0.${++from}`, headers = {} } = {}) =>
  world.call('POST', `/v1/fee-editions/${number}/comments`, {
    key: '',
    body,
    headers: { ...freshKey(), 'x-forwarded-for': address, ...headers },
  })
const list = async (query = '', number = 2) =>
  commentsAnswer
    .strict()
    .parse(await (await world.call('GET', `/v1/fee-editions/${number}/comments${query}`, { key: '' })).json())
const decide = (id: string, what: string, body: object, key = world.keys.admin) =>
  world.call('POST', `/v1/fee-editions/2/comments/${id}/${what}`, { key, body, headers: freshKey() })

describe('the public', () => {
  test('speaks without a key, and everybody reads it as it was said', async () => {
    const response = await say({ ...said, fee: 'guoyuan-weighing' })
    const kept = commentAnswer.strict().parse(await response.json())
    expect([response.status, response.headers.get('location')]).toEqual([201, '/v1/fee-editions/2/comments'])
    expect(kept).toMatchObject({ ...said, fee: 'guoyuan-weighing' })
    expect(await list()).toMatchObject({ open: true, noticeUntil: '2026-11-28', data: [kept] })
  })
  test('says a thing once, however often it is sent', async () => {
    const headers = freshKey()
    const [first, again] = [await say(said, { headers }), await say(said, { headers })]
    expect(await again.json()).toEqual(await first.json())
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    await problemOf(await say({ ...said, text: 'Other' }, { headers }), 'idempotency-key-reused')
    const without = await world.call('POST', '/v1/fee-editions/2/comments', { key: '', body: said })
    await problemOf(without, 'idempotency-key-missing')
  })
  test.each<[object, string[]]>([
    [{ ...said, text: '' }, ['/text invalid-format']],
    [{ ...said, text: 'x'.repeat(2_001) }, ['/text too-big']],
    [{ ...said, text: 'a\u0007b' }, ['/text invalid-format']],
    [{ ...said, text: 'a\u202eb' }, ['/text invalid-format']],
    [{ ...said, name: 'x'.repeat(51) }, ['/name too-big']],
    [{ ...said, name: 'a\nb' }, ['/name invalid-format']],
    [{ ...said, fee: 'no-such-fee' }, ['/fee unknown-entry']],
    [{ ...said, hidden: false }, ['/hidden unknown-field']],
  ])('not %j', async (body, issues) =>
    expect([...new Set(issuesIn(await problemOf(await say(body), 'body-invalid')))]).toEqual(issues),
  )
  test('speaks until the notice ends, to what was announced', async () => {
    const { detail } = await problemOf(await say(said, { number: 1 }), 'notice-over')
    expect(detail).toContain('2025-12-27')
    expect((await list('', 1)).open).toBe(false)
    const at = (days: number) =>
      transaction(world.database.pool, (client) => comment(client, 2, said, new Date(world.now() + days * dayMs)))
    expect(await at(7)).toMatchObject({ text: said.text })
    await expect(at(8)).rejects.toMatchObject({ code: 'notice-over' })
    await problemOf(await say(said, { number: 3 }), 'not-found')
  })
  test('not more than so often from one address, and from another as before', async () => {
    const address = '198.19.7.7'
    for (let times = 0; times < limits.commentsPerWindow; times++)
      expect((await say({ ...said, text: `${times}` }, { address })).status).toBe(201)
    const turned = await say(said, { address })
    await problemOf(turned, 'too-many-requests')
    expect(Number(turned.headers.get('retry-after'))).toBeGreaterThan(3_000)
    // What a sender puts in front of its own address changes nothing; neighbours in one network of IPv6 are one.
    await problemOf(await say(said, { address: `1.2.3.4, ${address}` }), 'too-many-requests')
    expect((await say(said, { address: '198.19.7.8' })).status).toBe(201)
    for (let times = 0; times < limits.commentsPerWindow; times++) await say({}, { address: `2408:1:2:3::${times}` })
    await problemOf(await say(said, { address: '2408:1:2:3:ffff::1' }), 'too-many-requests')
    expect((await say(said, { address: '2408:1:2:4::1' })).status).toBe(201)
  })
  test('is read page by page, in the order it spoke', async () => {
    const all = (await list('?limit=200')).data.map(({ id }) => id)
    const paged: string[] = []
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page = await list(`?limit=3${cursor === '' ? '' : `&after=${cursor}`}`)
      paged.push(...page.data.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(paged).toEqual(all)
    expect(all.toSorted()).toEqual(all)
  })
})

describe('an officer', () => {
  const fresh = async () => commentAnswer.parse(await (await say(said)).json()).id
  test('answers, once, for everybody to read', async () => {
    const id = await fresh()
    const answered = await decide(id, 'answers', { answer: '已转收费主体核实' })
    expect([answered.status, await answered.json()]).toMatchObject([
      201,
      { answer: { text: '已转收费主体核实', by: 'admin' } },
    ])
    await problemOf(await decide(id, 'answers', { answer: 'On second thoughts' }), 'not-changeable')
    expect((await list('?limit=200')).data.find((one) => one.id === id)).toMatchObject({
      ...said,
      answer: { by: 'admin' },
    })
  })
  test('hides one with a reason that is shown in its place; its words are kept', async () => {
    const id = await fresh()
    expect((await decide(id, 'hidings', { reason: '含个人信息' })).status).toBe(201)
    const shown = (await list('?limit=200')).data.find((one) => one.id === id)
    expect(shown).toEqual({
      id,
      at: expect.any(String) as string,
      hidden: { because: '含个人信息', at: expect.any(String) as string },
    })
    await problemOf(await decide(id, 'hidings', { reason: 'Again' }), 'not-changeable')
    const { rows } = await world.database.pool.query('SELECT text FROM catalogue_comment WHERE id = $1', [id])
    expect(rows).toEqual([{ text: said.text }])
  })
  test('alone may, of what is there, with a reason', async () => {
    const id = await fresh()
    for (const what of ['answers', 'hidings']) {
      const body = what === 'answers' ? { answer: 'x' } : { reason: 'x' }
      await problemOf(await decide(id, what, body, ''), 'unauthenticated')
      await problemOf(await decide(id, what, body, world.keys.trader), 'forbidden')
      await problemOf(await decide(id, what, {}), 'body-invalid')
      await problemOf(await decide('0'.repeat(20), what, body), 'not-found')
      const elsewhere = await world.call('POST', `/v1/fee-editions/1/comments/${id}/${what}`, {
        key: world.keys.admin,
        body,
        headers: freshKey(),
      })
      await problemOf(elsewhere, 'not-found')
    }
  })
})
