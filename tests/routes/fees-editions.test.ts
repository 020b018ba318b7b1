import { createHash, createPublicKey, verify } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  editionAnswer,
  editionDifferencesAnswer,
  entryReadAnswer,
  feeReadAnswer,
  signingKeysAnswer,
} from '../../schemas/fees/answers.ts'
import type { Entry } from '../../schemas/fees/entries.ts'
import { limits } from '../../src/limits.ts'
import { publishable, publishInto, withdrawIn } from '../fees/published.ts'
import { fee, fixed, port } from '../fees/support.ts'
import { openWorld } from '../support/world.ts'
import { issuesIn, problemOf } from './support.ts'

// The story begins on 2026-11-21 in Shanghai.
const world = await openWorld()
const get = (path: string, headers: Record<string, string> = {}) => world.call('GET', path, { key: '', headers })

const first = publishable()
const second: Entry[] = [
  ...first.filter(({ id }) => id !== 'guoyuan-tally' && id !== 'guoyuan-weighing'),
  fee('guoyuan-weighing', { price: fixed('65', 'container') }),
  fee('guoyuan-washing', { kind: 'container-cleaning' }),
]
/** More entries than are read at once, so that a document is put together from pages. */
const many: Entry[] = [
  ...second,
  ...Array.from({ length: limits.documentPage + 7 }, (_, at) => port(`extra-${at}`)),
  fee('guoyuan-repair', { kind: 'container-repair' }),
]
const digests: string[] = []
beforeAll(async () => {
  const publish = async (edition: Parameters<typeof publishInto>[1]) =>
    digests.push(await publishInto(world.database, edition))
  await publish({ number: 1, validFrom: '2026-01-01', entries: first })
  await publish({
    number: 2,
    validFrom: '2026-04-01',
    announcedAt: '2026-03-01T00:00:00Z',
    entries: second,
    reason: 'Done by others',
  })
  await publish({ number: 3, validFrom: '2026-06-01', announcedAt: '2026-05-01T00:00:00Z', entries: many })
  await withdrawIn(world.database, 3, '2026-06-11', '2026-06-10T00:00:00Z')
  await publish({
    number: 4,
    validFrom: '2026-12-15',
    announcedAt: '2026-11-20T00:00:00Z',
    title: '<b>Winter</b> & after',
    entries: [...first, fee('guoyuan-washing', { kind: 'container-cleaning' })],
  })
  world.catalogues.refresh()
})

const edition = async (number: number) =>
  editionAnswer.strict().parse(await (await get(`/v1/fee-editions/${number}`)).json())
const differences = async (query: string) => {
  const response = await get(`/v1/fee-editions/${query}`)
  expect(response.status).toBe(200)
  return editionDifferencesAnswer.strict().parse(await response.json())
}

describe('GET /v1/fee-editions', () => {
  test('200: all of them, where each stands today, and on which days it held', async () => {
    const { data } = (await (await get('/v1/fee-editions')).json()) as { data: unknown[] }
    const editions = data.map((one) => editionAnswer.strict().parse(one))
    expect(editions.map(({ number, status, previous, held }) => ({ number, status, previous, held }))).toEqual([
      { number: 4, status: 'announced', previous: 2, held: [{ from: '2026-12-15' }] },
      { number: 3, status: 'withdrawn', previous: 2, held: [{ from: '2026-06-01', to: '2026-06-10' }] },
      {
        number: 2,
        status: 'in-force',
        previous: 1,
        held: [
          { from: '2026-04-01', to: '2026-05-31' },
          { from: '2026-06-11', to: '2026-12-14' },
        ],
      },
      { number: 1, status: 'superseded', previous: 0, held: [{ from: '2026-01-01', to: '2026-03-31' }] },
    ])
    expect(editions[1]?.withdrawn).toMatchObject({ from: '2026-06-11', because: 'A slip' })
    for (const { links } of editions)
      for (const link of Object.values(links).flatMap((one) => one ?? [])) expect((await get(link)).status).toBe(200)
  })

  test('200: one, with what vouches for it, and a validator that holds until it changes', async () => {
    expect(await edition(2)).toMatchObject({ digest: digests[1], previousDigest: digests[0], validFrom: '2026-04-01' })
    const tag = (await get('/v1/fee-editions/2')).headers.get('etag') ?? ''
    expect((await get('/v1/fee-editions/2', { 'if-none-match': tag })).status).toBe(304)
    expect((await get('/v1/fee-editions/1', { 'if-none-match': tag })).status).toBe(200)
  })

  test('says nothing of the keys of those who made it', async () => {
    expect(JSON.stringify(await (await get('/v1/fee-editions')).json())).not.toMatch(/drafted|approved|author/i)
  })

  test.each([
    '/0',
    '/9',
    '/02',
    '/-1',
    '/1.0',
    '/x',
    '/99999999999999999999',
    '/9/document',
    '/9/differences',
    '/2/nothing',
  ])('404: %s', async (path) => {
    await problemOf(await get(`/v1/fee-editions${path}`), 'not-found')
  })
})

describe('the document of an edition', () => {
  test.each([1, 2, 3, 4])('200: edition %i: exactly the bytes its digest is of, withdrawn or not', async (number) => {
    const response = await get(`/v1/fee-editions/${number}/document`)
    const bytes = Buffer.from(await response.arrayBuffer())
    const hash = createHash('sha256').update(bytes)
    const { digest, entries } = await edition(number)
    expect(hash.copy().digest('hex')).toBe(digest)
    expect(digest).toBe(digests[number - 1])
    expect(response.headers.get('repr-digest')).toBe(`sha-256=:${hash.digest('base64')}:`)
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    expect(response.headers.get('cache-control')).toContain('immutable')
    const [head, ...lines] = bytes.toString().trimEnd().split('\n')
    expect(JSON.parse(head ?? '')).toMatchObject({ number, entries: lines.length })
    expect(lines).toHaveLength(entries)
    const keys = lines.map((line) => JSON.parse(line) as Entry).map(({ type, id }) => `${type} ${id}`)
    expect(keys).toEqual(keys.toSorted())
  })

  test('304 to who has it', async () => {
    const known = { 'if-none-match': `"${digests[0]}"` }
    expect((await get('/v1/fee-editions/1/document', known)).status).toBe(304)
    expect((await get('/v1/fee-editions/2/document', known)).status).toBe(200)
  })

  test('stops being read when nobody takes it any more', async () => {
    const response = await get('/v1/fee-editions/3/document')
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect((await get('/v1/fee-editions/3')).status).toBe(200)
  })
})

describe('what differs between editions', () => {
  test('200: from the one it was made from, field by field, with reasons', async () => {
    const found = await differences('2/differences')
    expect(found).toMatchObject({
      edition: 2,
      from: 1,
      counts: { fees: { added: 1, changed: 1, removed: 1 }, entries: { added: 1, changed: 1, removed: 1 } },
      hasMore: false,
    })
    expect(found.data.map(({ id, what }) => `${what} ${id}`)).toEqual([
      'removed guoyuan-tally',
      'added guoyuan-washing',
      'changed guoyuan-weighing',
    ])
    const [tally, washing, weighing] = found.data
    expect(tally).toMatchObject({ reason: 'Done by others', name: { en: expect.any(String) as string } })
    expect(tally?.differences).toMatchObject([{ pointer: '', before: { kind: 'tally' } }])
    expect(washing?.differences).toMatchObject([{ pointer: '', after: { kind: 'container-cleaning' } }])
    expect(weighing?.differences).toContainEqual({ pointer: '/price/rates/0/amount', before: '60', after: '65' })
  })

  test('200: from any other, either way, and from nothing', async () => {
    expect((await differences('4/differences?from=1')).data.map(({ id }) => id)).toEqual(['guoyuan-washing'])
    const back = await differences('1/differences?from=2')
    expect(back.data.map(({ id, what }) => `${what} ${id}`)).toEqual([
      'added guoyuan-tally',
      'removed guoyuan-washing',
      'changed guoyuan-weighing',
    ])
    expect((await differences('2/differences?from=2')).data).toEqual([])
    const all = await differences('1/differences?from=0')
    expect(all.counts.entries).toEqual({ added: first.length, changed: 0, removed: 0 })
    expect((await differences('1/differences')).from).toBe(0)
    // A reason is that of the editions between, not of another time.
    expect(back.data.map(({ reason }) => reason)).toEqual([undefined, undefined, undefined])
  })

  test('200: page by page, each once, and of one type', async () => {
    const seen: string[] = []
    for (let path: string | undefined = '/v1/fee-editions/1/differences?from=0&limit=3'; path !== undefined; ) {
      const response: Response = await get(path)
      seen.push(...editionDifferencesAnswer.parse(await response.json()).data.map(({ type, id }) => `${type} ${id}`))
      expect(seen.length).toBeLessThanOrEqual(first.length)
      path = /^<([^>]*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1]
    }
    expect(seen).toEqual(first.map(({ type, id }) => `${type} ${id}`).toSorted())
    const ports = await differences('1/differences?type=port')
    expect(ports.data.map(({ type }) => type)).toEqual(['port', 'port'])
  })

  test.each([
    ['from=9', '/from unknown-value'],
    ['from=-1', '/from too-small'],
    ['from=x', '/from invalid-type'],
    ['type=nothing', '/type invalid-value'],
    ['after=x', '/after invalid-format'],
    ['to=1', '/to unknown-field'],
    ['limit=0', '/limit too-small'],
  ])('400: ?%s', async (query, expected) => {
    const document = await problemOf(await get(`/v1/fee-editions/2/differences?${query}`), 'invalid-parameter')
    expect(issuesIn(document)).toContain(expected)
  })
})

describe('an entry in an edition', () => {
  test('200: stays as it was, whatever was published or withdrawn later', async () => {
    const read = async (path: string) =>
      feeReadAnswer.strict().parse(await (await get(`/v1/fee-editions/${path}`)).json())
    expect((await read('1/fees/guoyuan-weighing')).fee.priceText.en).toContain('60')
    expect((await read('2/fees/guoyuan-weighing')).fee.priceText.en).toContain('65')
    const repair = await read('3/fees/guoyuan-repair')
    expect(repair).toMatchObject({ edition: { number: 3 }, fee: { payee: { name: { zh: '果园码头' } }, basis: [] } })
    expect((await read('1/fees/guoyuan-cargo-dues')).fee.basis).toMatchObject([
      { id: 'basis-1', number: '试〔2026〕1号' },
    ])
    const port = await get('/v1/fee-editions/1/entries/port/guoyuan')
    expect(entryReadAnswer.strict().parse(await port.json()).entry.content).toEqual(
      first.find(({ id }) => id === 'guoyuan')?.content,
    )
  })

  test.each([
    '/1/fees/guoyuan-washing',
    '/2/fees/guoyuan-tally',
    '/1/fees/guoyuan',
    '/9/fees/guoyuan-tally',
    '/1/entries/nothing/x',
    '/1/entries/port/x',
  ])('404: %s', async (path) => {
    await problemOf(await get(`/v1/fee-editions${path}`), 'not-found')
  })
})

describe('the feed of changes', () => {
  test('200: what happened to editions, with stable ids, in Atom', async () => {
    const response = await get('/v1/fee-editions/feed.atom')
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    const xml = await response.text()
    const ids = [...xml.matchAll(/<id>urn:yuchuang:fee-edition:([^<]+)<\/id>/g)].map(([, id]) => id)
    expect(ids).toEqual([
      '4:announced',
      '3:withdrawn',
      '3:in-force',
      '3:announced',
      '2:in-force',
      '2:announced',
      '1:in-force',
      '1:announced',
    ])
    expect(xml).toContain('Fees: 1 added, 0 changed, 0 removed.')
    expect(xml).not.toContain('<b>Winter')
  })

  test('304 until something happens, and then it is told', async () => {
    const tag = (await get('/v1/fee-editions/feed.atom')).headers.get('etag') ?? ''
    expect((await get('/v1/fee-editions/feed.atom', { 'if-none-match': tag })).status).toBe(304)
    await withdrawIn(world.database, 4, '2026-12-15', '2026-11-21T01:00:00Z')
    world.catalogues.refresh()
    const later = await get('/v1/fee-editions/feed.atom', { 'if-none-match': tag })
    expect(later.status).toBe(200)
    expect(await later.text()).toContain('urn:yuchuang:fee-edition:4:withdrawn')
    expect((await edition(4)).status).toBe('withdrawn')
  })
})

describe('the signature of an edition', () => {
  test('is of its digest, by a key that is published', async () => {
    const { data } = signingKeysAnswer.strict().parse(await (await get('/v1/fee-editions/keys')).json())
    for (const number of [1, 3]) {
      const { digest, signature, signingKey } = await edition(number)
      expect(data.map(({ publicKey }) => publicKey)).toContain(signingKey)
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: signingKey }, format: 'jwk' })
      const holds = (text: string) => verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))
      expect([holds(digest), holds(digests[1] ?? '')]).toEqual([true, false])
    }
  })

  test('has keys that are public, retired ones too, and nothing else of them is', async () => {
    await world.database.pool.query(
      "INSERT INTO catalogue_key (public_key, sealed, created_at, retired_at) VALUES ('old', 'secret', '2025-01-01', '2025-06-01')",
    )
    const text = await (await get('/v1/fee-editions/keys')).text()
    const { data } = signingKeysAnswer.strict().parse(JSON.parse(text))
    expect(data.map(({ retiredAt }) => retiredAt !== undefined)).toEqual([false, true])
    expect(text).not.toMatch(/secret|sealed/)
  })
})
