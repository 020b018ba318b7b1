import { beforeAll, describe, expect, test } from 'vitest'
import { declarationAnswer, filingReadAnswer, pageOf } from '../../schemas/answers.ts'
import { declaration as declarationSchema } from '../../schemas/declaration/index.ts'
import { filingOf } from '../support/world.ts'
import { issuesIn, problemOf, smallSample, smallWorld } from './support.ts'

const world = await smallWorld()
const ids: string[] = []
const declarations = Array.from({ length: 5 }, () => smallSample())
beforeAll(async () => {
  for (const declaration of declarations) ids.push((await world.post(declaration)).body.id)
  // Nothing moves from here on: pages and tags can be compared.
  await world.idle()
})
const get = (path: string, headers: Record<string, string> = {}, key?: string) =>
  world.call('GET', path, { headers, key })
const first = () => `/v1/declarations/${ids[0]}`

describe('200', () => {
  test('a declaration with status, filings, needed actions and timeline', async () => {
    const response = await get(first())
    expect(response.status).toBe(200)
    const body = declarationAnswer.strict().parse(await response.json())
    expect(body.functionalReferenceId).toBe(declarations[0]?.functionalReferenceId)
    expect(body.timeline?.[0]).toMatchObject({ type: 'yuchuang.declaration.accepted', specversion: '1.0' })
    expect(new Set(body.filings.map(({ agency }) => agency)).size).toBe(2)
    const said = body.filings.flatMap(({ lastReceipt }) => lastReceipt ?? [])
    expect(said.length).toBeGreaterThan(0)
    for (const { code } of said) expect(code).not.toBe('')
  })

  test('its filings one by one, each with its own tag', async () => {
    const seen = await world.read(ids[0] ?? '')
    for (const { id } of seen.filings) {
      const response = await get(`${first()}/filings/${id}`)
      const filing = filingReadAnswer.strict().parse(await response.json())
      expect(response.headers.get('etag')).toBe(filing.etag)
    }
  })

  test('the document as it came and in the canonical form', async () => {
    const raw = await get(`${first()}/document?form=raw`)
    expect(raw.headers.get('content-type')).toBe('application/json')
    expect(await raw.text()).toBe(JSON.stringify(declarations[0]))
    const canonical = await get(`${first()}/document?version=1`)
    expect(declarationSchema.parse(await canonical.json())).toEqual(declarationSchema.parse(declarations[0]))
  })

  test('an operator sees everybody’s, a trader its own', async () => {
    expect((await get(first(), {}, world.keys.admin)).status).toBe(200)
    const theirs = (await (await get('/v1/declarations', {}, world.keys.stranger)).json()) as { data: unknown[] }
    expect(theirs.data).toEqual([])
  })

  test('HEAD answers as GET does, without the body', async () => {
    const response = await world.call('HEAD', first())
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).toMatch(/^"/)
    expect(await response.text()).toBe('')
  })
})

describe('304', () => {
  test.each(['a declaration', 'a filing'])('%s that did not change since', async (what) => {
    const path = what === 'a filing' ? `${first()}/filings/${(await world.read(ids[0] ?? '')).filings[0]?.id}` : first()
    const etag = (await get(path)).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[^"]+"$/)
    for (const tags of [etag, `"other", ${etag}`, '*', `W/${etag}`]) {
      const response = await get(path, { 'if-none-match': tags })
      expect([tags, response.status, await response.text()]).toEqual([tags, 304, ''])
      expect(response.headers.get('etag')).toBe(etag)
    }
    for (const tags of ['"other"', '', etag.slice(1, -1)])
      expect((await get(path, { 'if-none-match': tags })).status).toBe(200)
  })
})

describe('lists', () => {
  const list = async (query: string, key?: string) => {
    const response = await get(`/v1/declarations${query}`, {}, key)
    expect(response.status).toBe(200)
    return {
      link: response.headers.get('link'),
      ...pageOf(declarationAnswer.strict())
        .strict()
        .parse(await response.json()),
    }
  }

  test('go on page by page, newest first, by cursor and by Link, to an end', async () => {
    const seen: string[] = []
    let next: string | undefined = '/v1/declarations?limit=2&direction=export'
    for (let pages = 0; next !== undefined; pages++) {
      expect(pages).toBeLessThan(4)
      const answer = await list(next.slice('/v1/declarations'.length))
      seen.push(...answer.data.map(({ id }) => id))
      expect(answer.data.length).toBe(answer.hasMore ? 2 : 1)
      expect(answer.link === null).toBe(!answer.hasMore)
      next = /^<(\/v1\/declarations\?[^>]*)>; rel="next"$/.exec(answer.link ?? '')?.[1]
      expect(new URLSearchParams(next?.split('?')[1]).get('after') ?? undefined).toBe(answer.nextCursor)
    }
    expect(seen).toEqual([...ids].reverse())
  })

  test('a page that is just full has no next one', async () => {
    expect(await list('?limit=5')).toMatchObject({ hasMore: false, link: null })
  })

  test.each([
    ['direction=export', 5],
    ['direction=import', 0],
    ['agency=customs', 5],
    ['agency=nobody', 0],
    ['agency=customs&procedure=declare', 5],
    ['agency=border&procedure=declare', 0],
    ['acceptedFrom=2000-01-01T00:00:00Z', 5],
    ['acceptedTo=2000-01-01T00:00:00%2B08:00', 0],
    ['acceptedFrom=0000-01-01T00:00:00Z', 5],
    ['acceptedTo=9999-12-31T23:59:59%2B23:59', 5],
    ['reference=nobody%27s', 0],
    [`functionalReferenceId=${declarations[2]?.functionalReferenceId}`, 1],
  ])('filtered by %s', async (query, count) => {
    expect((await list(`?${query}`)).data).toHaveLength(count)
  })

  test('filtered by status, and by any name an agency gave', async () => {
    const customs = filingOf(await world.read(ids[0] ?? ''), 'customs', 'declare')
    const withStatus = await list(`?agency=customs&filingStatus=${customs.status}`)
    expect(withStatus.data.map(({ id }) => id)).toContain(ids[0])
    expect((await list('?agency=customs&filingStatus=refused')).data).toEqual([])
    const { value } = customs.references.find(({ scheme }) => scheme === 'entry-number') ??
      customs.references[0] ?? { value: '' }
    expect((await list(`?reference=${value}`)).data.map(({ id }) => id)).toEqual([ids[0]])
    expect((await list(`?reference=${value}`, world.keys.stranger)).data).toEqual([])
  })
})

describe('400', () => {
  test.each([
    ['?limit=0', '/limit'],
    ['?limit=999', '/limit'],
    ['?limit=-1', '/limit'],
    ['?limit=1.5', '/limit'],
    ['?limit=', '/limit'],
    ['?limit=many', '/limit'],
    ['?after=garbage', '/after'],
    ['?after=', '/after'],
    ['?direction=up', '/direction'],
    ['?filingStatus=done', '/filingStatus'],
    ['?acceptedFrom=yesterday', '/acceptedFrom'],
    ['?acceptedFrom=2026-02-30T00:00:00Z', '/acceptedFrom'],
    ['?acceptedFrom=2026-01-01', '/acceptedFrom'],
    ['?functionalreferenceid=x', '/functionalreferenceid'],
    ['?__proto__=x', '/__proto__'],
    [`?reference=${'x'.repeat(101)}`, '/reference'],
  ])('%s', async (query, pointer) => {
    expect((await problemOf(await get(`/v1/declarations${query}`), 'invalid-parameter')).errors?.[0]?.pointer).toBe(
      pointer,
    )
  })

  test('all wrong parameters at once', async () => {
    const document = await problemOf(await get('/v1/declarations?limit=0&direction=up&colour=red'), 'invalid-parameter')
    expect(issuesIn(document).map((found) => found.split(' ')[0])).toEqual(['/colour', '/direction', '/limit'])
  })

  test.each([
    '/document?version=0',
    '/document?version=99999999999',
    '/document?version=x',
    '/document?form=pdf',
    '/document?colour=red',
  ])('%s', async (path) => {
    expect(await problemOf(await get(`${first()}${path}`), 'invalid-parameter')).toHaveProperty('status', 400)
  })

  test.each(['/v1/declarations/%00', '/v1/declarations?reference=%00', '/v1/declarations/x/messages?filing=a%00b'])(
    'U+0000 in the address: %s',
    async (path) => {
      expect(await problemOf(await get(path), 'invalid-parameter')).toHaveProperty('status', 400)
    },
  )
})

describe('404', () => {
  const paths = () => {
    const filing = `${first()}/filings/`
    return [first(), `${first()}/document`, `${first()}/messages`, `${first()}/events`, filing]
  }
  test('somebody else’s declaration looks like none, wherever one looks', async () => {
    const { filings } = await world.read(ids[0] ?? '')
    const filing = `${first()}/filings/${filings[0]?.id}`
    for (const path of [...paths().slice(0, 4), filing]) {
      const theirs = await problemOf(await get(path, {}, world.keys.stranger), 'not-found')
      const none = await problemOf(
        await get(path.replace(ids[0] ?? '', '00000000000000000000'), {}, world.keys.stranger),
        'not-found',
      )
      const { instance: _, requestId: __, ...said } = theirs
      expect(none).toMatchObject(said)
    }
  })

  test.each(['', '%E0%A4%A', '..%2f..', 'x'.repeat(5_000), '%F0%9F%9A%9A', "'%20OR%201=1"])(
    'a declaration named %s is none',
    async (name) => {
      if (name !== '') await problemOf(await get(`/v1/declarations/${name}`), 'not-found')
      expect(await problemOf(await get(`/v1/declarations/${name}/events`), 'not-found')).toHaveProperty('status', 404)
    },
  )

  test('a version, a filing, a path that is not there', async () => {
    expect(await problemOf(await get(`${first()}/document?version=2`), 'not-found')).toHaveProperty('status', 404)
    expect(await problemOf(await get(`${first()}/filings/00000000000000000000`), 'not-found')).toHaveProperty(
      'status',
      404,
    )
    expect(await problemOf(await get(`${first()}/nothing`), 'not-found')).toHaveProperty('status', 404)
    expect(await problemOf(await get('/v2/declarations'), 'not-found')).toHaveProperty('status', 404)
    expect(await problemOf(await get('/v1/declarations/'), 'not-found')).toHaveProperty('status', 404)
  })

  test('a filing of another declaration is none of this one', async () => {
    const other = (await world.read(ids[1] ?? '')).filings[0]?.id
    expect(await problemOf(await get(`${first()}/filings/${other}`), 'not-found')).toHaveProperty('status', 404)
  })
})

describe('405', () => {
  test.each([
    ['DELETE', '', 'GET, POST'],
    ['PUT', '', 'GET, POST'],
    ['POST', '/x', 'GET, PUT'],
    ['PATCH', '/x', 'GET, PUT'],
    ['POST', '/x/events', 'GET'],
    ['DELETE', '/x/messages', 'GET'],
    ['GET', '/x/filings/y/particulars', 'PUT'],
    ['QUERY', '', 'GET, POST'],
  ])('%s /v1/declarations%s', async (method, path, allow) => {
    const response = await world.call(method, `/v1/declarations${path}`)
    expect(response.headers.get('allow')).toBe(allow)
    expect(await problemOf(response, 'method-not-allowed')).toHaveProperty('status', 405)
  })
})
