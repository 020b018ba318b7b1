import { readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { acceptedAnswer, dryRunAnswer } from '../../schemas/answers.ts'
import { limits } from '../../src/limits.ts'
import { evBatteries, openWorld } from '../support/world.ts'
import { changed, countRows, freshKey, issuesIn, problemOf } from './support.ts'

const world = await openWorld()
const post = (body: unknown, headers: Record<string, string> = {}, query = '') =>
  world.call('POST', `/v1/declarations${query}`, { body, headers: { ...freshKey(), ...headers } })

describe('202', () => {
  test('a declaration is taken in with its plan, its filings and where to look', async () => {
    const response = await post(evBatteries(), { 'request-id': 'mine-1' })
    expect(response.status).toBe(202)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('request-id')).toBe('mine-1')
    const body = acceptedAnswer.strict().parse(await response.json())
    expect(response.headers.get('location')).toBe(body.links.self)
    expect(new Set(body.plan.filter(({ files }) => files).map(({ agency }) => agency)).size).toBe(6)
    for (const { because } of body.plan) expect([because.en, because.zh]).not.toContain('')
    expect(body.filings.length).toBe(body.plan.filter(({ files }) => files).length)
  })

  test('limits of the caller are told with every answer', async () => {
    const { headers } = await post(evBatteries())
    expect(headers.get('ratelimit-policy')).toMatch(/^"default";q=\d+;w=60$/)
    expect(headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/)
  })

  test('Prefer: wait answers once nothing moves by itself, with the declaration as it then stands', async () => {
    const sent = post(evBatteries(), { prefer: 'respond-async, wait=15' })
    const waited = { over: false }
    void sent.finally(() => (waited.over = true))
    while (!waited.over) {
      await world.simulator.clock.advanceToNext()
      await world.simulator.settled()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const response = await sent
    expect(response.status).toBe(202)
    expect(response.headers.get('preference-applied')).toBe('wait=15')
    const body = (await response.json()) as { filings: { status: string }[] }
    expect(body.filings.map(({ status }) => status)).not.toContain('queued')
  })

  test('Prefer: wait=0 and a wait nobody can mean do not wait', async () => {
    for (const prefer of ['wait=0', 'wait=soon', 'wait=-1', 'return=minimal']) {
      const response = await post(evBatteries(), { prefer })
      expect(response.status).toBe(202)
      expect(response.headers.get('preference-applied')).toBeNull()
    }
  })

  test('a broker’s XML comes in by the same door; what it leaves out it is asked for', async () => {
    const xml = readFileSync(new URL('../support/samples/export-ev-batteries-dangerous.xml', import.meta.url), 'utf8')
    const response = await world.call('POST', '/v1/declarations', {
      body: xml,
      contentType: 'application/xml; charset=utf-8',
      headers: freshKey(),
    })
    expect(response.status).toBe(202)
    const body = acceptedAnswer.parse(await response.json())
    const waiting = body.filings.filter(({ status }) => status === 'awaiting-particulars')
    expect(waiting.length).toBeGreaterThan(0)
    for (const { needs } of waiting) expect(needs?.length).toBeGreaterThan(0)
  })
})

describe('an Idempotency-Key', () => {
  test('replays status and body of the first answer and keeps nothing more', async () => {
    const [body, key] = [JSON.stringify(evBatteries()), freshKey()]
    const first = await post(body, key)
    const text = await first.text()
    await keepingDeclarations(async () => {
      const again = await post(body, key)
      expect(again.status).toBe(202)
      expect(again.headers.get('idempotent-replayed')).toBe('true')
      expect(again.headers.get('location')).toBe(first.headers.get('location'))
      expect(await again.text()).toBe(text)
    })
    expect(first.headers.get('idempotent-replayed')).toBeNull()
  })

  test('replays a refusal too, in the words and the language of the first answer', async () => {
    const [body, key] = [JSON.stringify(changed(evBatteries(), 'direction', 'sideways')), freshKey()]
    const first = await post(body, { ...key, 'accept-language': 'zh-CN' })
    const text = await first.clone().text()
    expect(await problemOf(first, 'declaration-invalid')).toHaveProperty('status', 422)
    const again = await post(body, key)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await again.clone().text()).toBe(text)
    expect(again.headers.get('content-language')).toBe('zh-CN')
    expect(await problemOf(again, 'declaration-invalid')).toHaveProperty('status', 422)
  })

  test('with another body is refused, and the first declaration stays as it is', async () => {
    const key = freshKey()
    expect((await post(evBatteries(), key)).status).toBe(202)
    expect(
      await keepingDeclarations(async () => problemOf(await post(evBatteries(), key), 'idempotency-key-reused')),
    ).toHaveProperty('status', 422)
  })

  test('of twins in flight makes one declaration', async () => {
    const [body, key] = [JSON.stringify(evBatteries()), freshKey()]
    const before = await countRows(world)
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(body, key)))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(texts).size).toBe(1)
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(202))
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1)
    const after = await countRows(world)
    expect(after.declaration - before.declaration).toBe(1)
    expect(after.idempotency - before.idempotency).toBe(1)
  })

  test('of twins in flight with different bodies goes to the first', async () => {
    const key = freshKey()
    const answers = await Promise.all([post(evBatteries(), key), post(evBatteries(), key)])
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([202, 422])
  })

  test('belongs to the tenant: another firm’s same key is another key', async () => {
    const key = freshKey()
    expect((await post(evBatteries(), key)).status).toBe(202)
    const theirs = await world.call('POST', '/v1/declarations', {
      key: world.keys.stranger,
      body: evBatteries(),
      headers: key,
    })
    expect(issuesIn(await problemOf(theirs, 'declaration-invalid'))).toEqual(['/agent/id tenant-not-party'])
  })

  test('is free again after a request that was not understood', async () => {
    const key = freshKey()
    expect(await problemOf(await post('{', key), 'malformed-body')).toHaveProperty('status', 400)
    expect((await post(evBatteries(), key)).status).toBe(202)
  })

  test.each([
    ['missing', {}, 'idempotency-key-missing', 400],
    ['empty', { 'idempotency-key': '' }, 'idempotency-key-missing', 400],
    ['too long', { 'idempotency-key': 'k'.repeat(limits.idempotencyKeyLength + 1) }, 'invalid-parameter', 400],
  ] as const)('that is %s is refused', async (_, headers, code, status) => {
    const body = evBatteries()
    const refuse = async () => problemOf(await world.call('POST', '/v1/declarations', { body, headers }), code)
    expect(await keepingDeclarations(refuse)).toHaveProperty('status', status)
  })

  test('may be as long as the limit says', async () => {
    expect(
      (await post(evBatteries(), { 'idempotency-key': `${Math.random()}`.padEnd(limits.idempotencyKeyLength, 'k') }))
        .status,
    ).toBe(202)
  })
})

describe('a dry run', () => {
  test('gives the plan and what each filing would wait for, takes no key and keeps nothing', async () => {
    const declaration = evBatteries()
    await keepingDeclarations(async () => {
      const response = await world.call('POST', '/v1/declarations?dryRun=true', { body: declaration })
      expect(response.status).toBe(200)
      const answer = dryRunAnswer.strict().parse(await response.json())
      expect(answer).toMatchObject({ acceptable: true, errors: [] })
      expect(answer.plan?.filter(({ files }) => files).length).toBe(answer.filings?.length)
    })
    // Its number is still free.
    expect((await post(declaration)).status).toBe(202)
  })

  test('gives every issue together with the plan', async () => {
    const wrong = changed(
      changed(evBatteries(), 'goodsShipment.totalNetMassKg', '99999'),
      'goodsShipment.items.0.totalPrice',
      '1',
    )
    const response = await keepingDeclarations(() =>
      world.call('POST', '/v1/declarations?dryRun=true', { body: wrong }),
    )
    const answer = dryRunAnswer.parse(await response.json())
    expect(answer.acceptable).toBe(false)
    expect(answer.plan?.length).toBeGreaterThan(0)
    expect(issuesIn(answer)).toEqual(
      expect.arrayContaining([
        '/goodsShipment/items/0/totalPrice total-differs',
        '/goodsShipment/totalNetMassKg net-above-gross',
      ]),
    )
  })

  test.each(['dryRun=yes', 'dryRun=', 'dryrun=true', 'dryRun=true&force=1'])('is not meant by ?%s', async (query) => {
    const document = await problemOf(await post(evBatteries(), {}, `?${query}`), 'invalid-parameter')
    expect(document.errors).toHaveLength(1)
  })

  test('of what nobody can read is refused like the thing itself', async () => {
    expect(
      await problemOf(await world.call('POST', '/v1/declarations?dryRun=true', { body: '{' }), 'malformed-body'),
    ).toHaveProperty('status', 400)
    expect(
      await problemOf(
        await world.call('POST', '/v1/declarations?dryRun=true', { body: 'a', contentType: 'text/csv' }),
        'unsupported-media-type',
      ),
    ).toHaveProperty('status', 415)
  })
})

test('the language of the answer is the caller’s', async () => {
  const ask = async (language: string) => {
    const response = await post(changed(evBatteries(), 'direction', 'up'), { 'accept-language': language })
    return (await problemOf(response, 'declaration-invalid')).title
  }
  expect(await ask('zh-CN,zh;q=0.9,en;q=0.8')).toBe('申报单不能受理')
  expect(await ask('zh-Hans')).toBe('申报单不能受理')
  for (const language of ['en', 'fr', '', '*', 'zh;q=0, en', 'en;q=0.9, zh;q=0.8', ';;;,,q=x'])
    expect(await ask(language)).toMatch(/^The/)
})

test('a database that does not answer is 503, not a mistake of ours, and tells nothing of it', async () => {
  const body = evBatteries()
  for (const lost of [
    Object.assign(new Error('gone'), { code: '57P01' }),
    Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }),
    new Error('Connection terminated unexpectedly'),
  ]) {
    const query = vi.spyOn(world.database.pool, 'query').mockRejectedValue(lost as never)
    const response = await post(body).finally(() => query.mockRestore())
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(JSON.stringify(await problemOf(response, 'unavailable'))).not.toContain('gone')
  }
  expect((await post(body)).status).toBe(202)
})

/** Like `keepingNothing`, in a world where deliveries are under way: nothing is taken in. */
async function keepingDeclarations<T>(work: () => Promise<T>): Promise<T> {
  const before = await countRows(world)
  const result = await work()
  const { declaration, declaration_version, filing, idempotency } = await countRows(world)
  expect({ declaration, declaration_version, filing, idempotency }).toEqual({
    declaration: before.declaration,
    declaration_version: before.declaration_version,
    filing: before.filing,
    idempotency: before.idempotency,
  })
  return result
}
