import { beforeAll, describe, expect, test } from 'vitest'
import { messageAnswer, pageOf } from '../../schemas/answers.ts'
import { filingOf, type Seen } from '../support/world.ts'
import { issuesIn, problemOf, smallSample, smallWorld } from './support.ts'

const world = await smallWorld()
let seen: Seen
beforeAll(async () => {
  const { body } = await world.post(smallSample())
  // Another firm's mailbox documents may speak of both.
  await world.post(smallSample())
  await world.idle()
  seen = await world.read(body.id)
})
const path = () => `/v1/declarations/${seen.id}/messages`
const list = async (query = '', key?: string) => {
  const response = await world.call('GET', `${path()}${query}`, { key })
  expect(response.status).toBe(200)
  return {
    link: response.headers.get('link'),
    ...pageOf(messageAnswer.strict())
      .strict()
      .parse(await response.json()),
  }
}

describe('200', () => {
  test('every byte that went out and came in, in order, each with its filing', async () => {
    const { data } = await list('?limit=200')
    expect(data.map(({ id }) => id)).toEqual(data.map(({ id }) => id).sort((a, b) => a - b))
    const filings = new Set(seen.filings.map(({ id }) => id))
    for (const message of data) expect(filings).toContain(message.filingId)
    for (const agency of ['customs', 'border']) {
      const sent = data.filter((message) => message.agency === agency && message.direction === 'out')
      expect(sent).toHaveLength(1)
      expect(sent[0]).toMatchObject({ kind: 'submission', method: 'POST', attempt: 1 })
      expect(sent[0]?.body).toContain('<')
      expect(data.some((message) => message.agency === agency && message.direction === 'in')).toBe(true)
    }
  })

  test('what went to customs is what customs has', async () => {
    const { data } = await list('?limit=200')
    const { references } = filingOf(seen, 'customs', 'declare')
    expect(references.map(({ scheme }) => scheme)).toContain('entry-number')
    expect(data.find(({ agency, direction }) => agency === 'customs' && direction === 'out')?.body).toContain(
      '<DecMessage',
    )
  })

  test('of one filing', async () => {
    const { id } = filingOf(seen, 'border')
    const { data } = await list(`?filing=${id}&limit=200`)
    expect(data.length).toBeGreaterThan(1)
    expect(new Set(data.map(({ filingId }) => filingId))).toEqual(new Set([id]))
    expect((await list('?filing=nobody')).data).toEqual([])
  })

  test('page by page, by cursor and by Link, to an end', async () => {
    const all = (await list('?limit=200')).data.map(({ id }) => id)
    const paged: number[] = []
    for (let query: string | undefined = '?limit=2'; query !== undefined; ) {
      const { data, hasMore, link } = await list(query)
      paged.push(...data.map(({ id }) => id))
      query = /^<[^?]*(\?[^>]*)>; rel="next"$/.exec(link ?? '')?.[1]
      expect(query === undefined).toBe(!hasMore)
    }
    expect(paged).toEqual(all)
  })

  test('an operator reads them too', async () => {
    expect((await list('?limit=200', world.keys.admin)).data.length).toBe((await list('?limit=200')).data.length)
  })
})

test.each([
  'limit=0',
  'limit=999',
  'after=x',
  'after=-1',
  'after=9007199254740993',
  'agency=customs',
  `filing=${'x'.repeat(31)}`,
])('400: ?%s', async (query) => {
  const document = await problemOf(await world.call('GET', `${path()}?${query}`), 'invalid-parameter')
  expect(issuesIn(document)[0]?.split(' ')[0]).toBe(`/${query.split('=')[0]}`)
})

test('404: somebody else’s', async () => {
  expect(await problemOf(await world.call('GET', path(), { key: world.keys.stranger }), 'not-found')).toHaveProperty(
    'status',
    404,
  )
  expect(
    await problemOf(await world.call('GET', `/v1/declarations/${'0'.repeat(20)}/messages`), 'not-found'),
  ).toHaveProperty('status', 404)
})
