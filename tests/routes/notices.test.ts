import { beforeEach, describe, expect, test } from 'vitest'
import { endpointAnswer, madeEndpointAnswer } from '../../schemas/notices.ts'
import { limits } from '../../src/limits.ts'
import { createBell } from '../../src/notices/bell.ts'
import { createVault } from '../../src/notices/vault.ts'
import { noticeRoutes } from '../../src/routes/notices.ts'
import type { Services } from '../../src/services.ts'
import { broker } from '../support/world.ts'
import { freshKey, issuesIn, problemOf, smallWorld } from './support.ts'

// Nobody sends here: what is queued stays queued.
const world = await smallWorld()
const base = '/v1/webhook-endpoints'
const wanted = { url: 'https://hooks.firm.com/in', description: '通知 desk', types: ['yuchuang.filing.*'] }
beforeEach(async () => {
  await world.database.pool.query('UPDATE webhook_endpoint SET enabled = false, deleted_at = now()')
})
const post = (path: string, body?: unknown, key?: string) =>
  world.call('POST', path, { body, key, headers: freshKey() })
async function make(body: object = wanted, key?: string) {
  const response = await post(base, body, key)
  expect(response.status).toBe(201)
  return madeEndpointAnswer.strict().parse(await response.json())
}
const read = async (id: string) => world.call('GET', `${base}/${id}`)
const etagOf = async (id: string) => (await read(id)).headers.get('etag') ?? ''
const patch = async (id: string, body: unknown, ifMatch?: string) =>
  world.call('PATCH', `${base}/${id}`, { body, headers: { 'if-match': ifMatch ?? (await etagOf(id)) } })
describe('making one', () => {
  test('201 with its secret, which is shown then and never again', async () => {
    const response = await post(base, wanted)
    const { secret, ...made } = madeEndpointAnswer.strict().parse(await response.json())
    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe(`${base}/${made.id}`)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(made).toMatchObject({ ...wanted, enabled: true, secrets: [{ createdAt: made.createdAt }] })
    const again = await read(made.id)
    expect(endpointAnswer.strict().parse(await again.json())).toEqual(made)
    const all = await (await world.call('GET', base)).text()
    expect(all).not.toContain(secret)
    expect(JSON.parse(all)).toEqual({ data: [made], hasMore: false })
  })

  test('the same key again: the same endpoint and secret, until it is rotated; another body is refused', async () => {
    const headers = freshKey()
    const ask = (body: unknown) => world.call('POST', base, { body, headers })
    const [first, twin] = await Promise.all([ask(wanted), ask(wanted)])
    const made = madeEndpointAnswer.parse(await first.json())
    expect(made.secret).toBeDefined()
    expect(madeEndpointAnswer.parse(await twin.json())).toEqual(made)
    expect([first, twin].map((one) => one.headers.has('idempotent-replayed')).toSorted()).toEqual([false, true])
    await problemOf(await ask({ ...wanted, url: 'https://other.com/' }), 'idempotency-key-reused')
    await post(`${base}/${made.id}/secret-rotations`)
    const late = await ask(wanted)
    expect(late.status).toBe(201)
    expect(await late.text()).not.toContain('whsec_')
    const { data } = (await (await world.call('GET', base)).json()) as { data: unknown[] }
    expect(data).toHaveLength(1)
  })

  test('without an Idempotency-Key: 400', async () => {
    await problemOf(await world.call('POST', base, { body: wanted }), 'idempotency-key-missing')
  })

  test('a firm has so many and no more, however many it asks for at once; the key stays free', async () => {
    const [headers] = [freshKey()]
    const answers = await Promise.all(Array.from({ length: limits.webhookEndpoints + 4 }, () => post(base, wanted)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(limits.webhookEndpoints)
    await problemOf(await world.call('POST', base, { body: wanted, headers }), 'limit-reached')
    const { data } = (await (await world.call('GET', base)).json()) as { data: { id: string }[] }
    const [one] = data
    if (one === undefined) throw new Error('none')
    await world.call('DELETE', `${base}/${one.id}`, { headers: { 'if-match': '*' } })
    expect((await world.call('POST', base, { body: wanted, headers })).status).toBe(201)
  })

  test.each([
    [{}, ['/url missing']],
    [{ url: 7 }, ['/url invalid-type']],
    [{ url: '' }, ['/url not-a-url']],
    [{ url: 'hooks.firm.com' }, ['/url not-a-url']],
    [{ url: 'https://a:b@hooks.firm.com/' }, ['/url url-with-credentials']],
    [{ url: `https://hooks.firm.com/${'x'.repeat(3_000)}` }, ['/url too-big']],
    [{ ...wanted, types: ['filing.status'] }, ['/types/0 invalid-format']],
    [
      { ...wanted, types: ['yuchuang.*.status', 'yuchuang', '*'] },
      ['/types/0 invalid-format', '/types/1 invalid-format', '/types/2 invalid-format'],
    ],
    [{ ...wanted, types: Array.from({ length: 51 }, () => 'yuchuang.*') }, ['/types too-big']],
    [{ ...wanted, secret: 'whsec_mine' }, ['/secret unknown-field']],
    [{ ...wanted, description: 'a\u0007b' }, ['/description invalid-format']],
    [{ ...wanted, enabled: 'yes' }, ['/enabled invalid-type']],
    [[], [' invalid-type']],
  ])('422: %j', async (body, issues) => {
    expect(issuesIn(await problemOf(await post(base, body), 'body-invalid'))).toEqual(issues)
  })

  test('400 and 415 for what is no JSON', async () => {
    await problemOf(await post(base, '{"url":'), 'malformed-body')
    const xml = { body: '<a/>', contentType: 'application/xml', headers: freshKey() }
    await problemOf(await world.call('POST', base, xml), 'unsupported-media-type')
  })

  test('an address inside is refused, at making and at changing, unless the operator allows it', async () => {
    const desk = { vault: createVault([]), bell: await createBell(world.database), allowPrivate: false }
    const services = { ...world, now: world.now, notices: desk } as unknown as Services
    const routes = noticeRoutes(services, () => async (context, next) => {
      context.set('caller', { name: '', role: 'trader', tenant: broker, agency: undefined, keyHash: '' })
      await next()
    })
    routes.onError((error) => {
      throw error
    })
    const { id } = await make()
    for (const url of [
      'https://127.0.0.1/',
      'https://[::ffff:10.0.0.1]/',
      'https://169.254.169.254/',
      'http://hooks.firm.com/',
    ]) {
      const asking = {
        body: JSON.stringify({ url }),
        headers: { 'content-type': 'application/json', ...freshKey(), 'if-match': '*' },
      }
      for (const [method, path] of [
        ['POST', '/'],
        ['PATCH', `/${id}`],
      ] as const)
        await expect(async () => routes.request(path, { method, ...asking })).rejects.toMatchObject({
          code: 'body-invalid',
          errors: [{ pointer: '/url', code: url.startsWith('http:') ? 'https-only' : 'address-not-public' }],
        })
    }
    // Here it is allowed.
    expect((await post(base, { url: 'http://127.0.0.1:1/' })).status).toBe(201)
  })

  test('the secret stands sealed in the database where there is a key, and nowhere else', async () => {
    const made = await make()
    const { rows } = await world.database.pool.query<{ row: string }>(
      `SELECT row_to_json(idempotency)::text AS row FROM idempotency UNION ALL SELECT row_to_json(webhook_endpoint)::text FROM webhook_endpoint`,
    )
    for (const { row } of rows) expect(row).not.toContain(made.secret)
  })
})

describe('reading and changing', () => {
  test('If-None-Match: 304 while nothing has changed', async () => {
    const { id } = await make()
    const etag = await etagOf(id)
    const same = await world.call('GET', `${base}/${id}`, { headers: { 'if-none-match': etag } })
    expect([same.status, await same.text()]).toEqual([304, ''])
    await patch(id, { description: 'new' })
    expect((await world.call('GET', `${base}/${id}`, { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  test('what is named changes, what is not stays; null takes the description away', async () => {
    const made = await make()
    const changed = await patch(made.id, { url: 'https://hooks.firm.com/other', description: null })
    expect(endpointAnswer.parse(await changed.json())).toMatchObject({
      url: 'https://hooks.firm.com/other',
      types: made.types,
    })
    const now = (await (await read(made.id)).json()) as object
    expect(now).not.toHaveProperty('description')
    expect(await (await patch(made.id, { types: [] })).json()).toMatchObject({ types: [], enabled: true })
  })

  test('disabled by its owner it says so; enabled it does not', async () => {
    const { id } = await make()
    expect(await (await patch(id, { enabled: false })).json()).toMatchObject({
      enabled: false,
      disabled: { because: 'owner' },
    })
    for (const path of ['pings', 'redeliveries'])
      await problemOf(
        await post(`${base}/${id}/${path}`, path === 'pings' ? undefined : { eventId: 'x.1' }),
        'endpoint-disabled',
      )
    const enabled = (await (await patch(id, { enabled: true })).json()) as object
    expect(enabled).not.toHaveProperty('disabled')
    expect(endpointAnswer.parse(await (await post(base, { ...wanted, enabled: false })).json())).toMatchObject({
      disabled: { because: 'owner' },
    })
  })

  test.each(['PATCH', 'DELETE'])('%s needs If-Match, and the newest', async (method) => {
    const { id } = await make()
    const ask = (headers: Record<string, string>) =>
      world.call(method, `${base}/${id}`, { headers, ...(method === 'PATCH' ? { body: { enabled: false } } : {}) })
    await problemOf(await ask({}), 'if-match-missing')
    const stale = await etagOf(id)
    await patch(id, { description: 'newer' })
    const refused = await ask({ 'if-match': stale })
    expect(refused.headers.get('etag')).toBe(await etagOf(id))
    await problemOf(refused, 'if-match-stale')
  })

  test.each([
    [{}, [' nothing-to-change']],
    [{ url: 'gopher://x' }, ['/url not-a-url']],
    [{ enabled: true, secret: 'x' }, ['/secret unknown-field']],
    [{ url: null }, ['/url invalid-type']],
  ])('422 when changing to %j, and nothing changes', async (body, issues) => {
    const { id } = await make()
    const before = await (await read(id)).text()
    expect(issuesIn(await problemOf(await patch(id, body), 'body-invalid'))).toEqual(issues)
    expect(await (await read(id)).text()).toBe(before)
  })

  test('deleted it is gone, with its secret', async () => {
    const { id } = await make()
    const gone = await world.call('DELETE', `${base}/${id}`, { headers: { 'if-match': await etagOf(id) } })
    expect([gone.status, await gone.text()]).toEqual([204, ''])
    await problemOf(await read(id), 'not-found')
    await problemOf(await world.call('DELETE', `${base}/${id}`, { headers: { 'if-match': '*' } }), 'not-found')
    expect((await world.database.pool.query('SELECT FROM webhook_secret WHERE endpoint_id = $1', [id])).rows).toEqual(
      [],
    )
  })
})
