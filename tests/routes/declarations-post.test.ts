import { readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { limits } from '../../src/limits.ts'
import { acceptedAnswer, dryRunAnswer } from '../../schemas/answers.ts'
import { evBatteries, openWorld } from '../support/world.ts'
import { changed, countRows, freshKey, issuesIn, keepingNothing, problemOf } from './support.ts'

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
    const response = await world.call('POST', '/v1/declarations', { body: xml, contentType: 'application/xml; charset=utf-8', headers: freshKey() })
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
    await problemOf(first, 'declaration-invalid')
    const again = await post(body, key)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await again.clone().text()).toBe(text)
    expect(again.headers.get('content-language')).toBe('zh-CN')
    await problemOf(again, 'declaration-invalid')
  })

  test('with another body is refused, and the first declaration stays as it is', async () => {
    const key = freshKey()
    expect((await post(evBatteries(), key)).status).toBe(202)
    await keepingDeclarations(async () => problemOf(await post(evBatteries(), key), 'idempotency-key-reused'))
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
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 422])
  })

  test('belongs to the tenant: another firm’s same key is another key', async () => {
    const key = freshKey()
    expect((await post(evBatteries(), key)).status).toBe(202)
    const theirs = await world.call('POST', '/v1/declarations', { key: world.keys.stranger, body: evBatteries(), headers: key })
    expect(issuesIn(await problemOf(theirs, 'declaration-invalid'))).toEqual(['/agent/id tenant-not-party'])
  })

  test('is free again after a request that was not understood', async () => {
    const key = freshKey()
    await problemOf(await post('{', key), 'malformed-body')
    expect((await post(evBatteries(), key)).status).toBe(202)
  })

  test.each([
    ['missing', {}, 'idempotency-key-missing'],
    ['empty', { 'idempotency-key': '' }, 'idempotency-key-missing'],
    ['too long', { 'idempotency-key': 'k'.repeat(limits.idempotencyKeyLength + 1) }, 'invalid-parameter'],
  ] as const)('that is %s is refused', async (_, headers, code) => {
    const body = evBatteries()
    await keepingDeclarations(async () => problemOf(await world.call('POST', '/v1/declarations', { body, headers }), code))
  })

  test('may be as long as the limit says', async () => {
    expect((await post(evBatteries(), { 'idempotency-key': `${Math.random()}`.padEnd(limits.idempotencyKeyLength, 'k') })).status).toBe(202)
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
    const wrong = changed(changed(evBatteries(), 'goodsShipment.totalNetMassKg', '99999'), 'goodsShipment.items.0.totalPrice', '1')
    const response = await keepingDeclarations(() => world.call('POST', '/v1/declarations?dryRun=true', { body: wrong }))
    const answer = dryRunAnswer.parse(await response.json())
    expect(answer.acceptable).toBe(false)
    expect(answer.plan?.length).toBeGreaterThan(0)
    expect(issuesIn(answer)).toEqual(
      expect.arrayContaining(['/goodsShipment/items/0/totalPrice total-differs', '/goodsShipment/totalNetMassKg net-above-gross']),
    )
  })

  test.each(['dryRun=yes', 'dryRun=', 'dryrun=true', 'dryRun=true&force=1'])('is not meant by ?%s', async (query) => {
    const document = await problemOf(await post(evBatteries(), {}, `?${query}`), 'invalid-parameter')
    expect(document.errors).toHaveLength(1)
  })

  test('of what nobody can read is refused like the thing itself', async () => {
    await problemOf(await world.call('POST', '/v1/declarations?dryRun=true', { body: '{' }), 'malformed-body')
    await problemOf(await world.call('POST', '/v1/declarations?dryRun=true', { body: 'a', contentType: 'text/csv' }), 'unsupported-media-type')
  })
})

describe('422', () => {
  test('names everything that is wrong at once, where it is, and which agency asks', async () => {
    let wrong = changed(evBatteries(), 'agent.id', '91500112MA5U0B0038')
    wrong = changed(wrong, 'goodsShipment.totalNetMassKg', '99999')
    wrong = changed(wrong, 'goodsShipment.items.0.declarationElements', ['4'])
    wrong = changed(wrong, 'particulars.border.departure.crew.0.dateOfBirth', 'yesterday')
    wrong = changed(wrong, 'particulars.nobody', { at: {} })
    const before = await countRows(world)
    const document = await problemOf(await post(wrong), 'declaration-invalid')
    const found = issuesIn(document)
    expect(found).toEqual(expect.arrayContaining(['/goodsShipment/totalNetMassKg net-above-gross', '/particulars/nobody unknown-field']))
    const at = (pointer: string) => document.errors?.find((one) => one.pointer === pointer)
    expect(at('/agent/id')?.agency).toBeUndefined()
    expect(at('/particulars/border/departure/crew/0/dateOfBirth')?.agency).toBe('border')
    expect(document.errors?.find(({ pointer }) => pointer.startsWith('/goodsShipment/items/0/declarationElements'))?.agency).toBe('customs')
    // What is kept is the answer, so that the key replays it.
    const after = await countRows(world)
    expect(after).toMatchObject({ declaration: before.declaration, filing: before.filing, idempotency: before.idempotency + 1 })
  })

  test.each([
    ['a number where text is due', 'goodsShipment.items.0.totalPrice', 258300, '/goodsShipment/items/0/totalPrice invalid-type'],
    ['text where a number is due', 'goodsShipment.packaging.quantity', '42', '/goodsShipment/packaging/quantity invalid-type'],
    ['null', 'goodsShipment.owner', null, '/goodsShipment/owner invalid-type'],
    ['an array for an object', 'agent', [], '/agent invalid-type'],
    ['an object for an array', 'goodsShipment.items', { 0: {} }, '/goodsShipment/items invalid-type'],
    ['nothing', 'goodsShipment.owner', undefined, '/goodsShipment/owner missing'],
    ['an unknown field', 'goodsShipment.colour', 'red', '/goodsShipment/colour unknown-field'],
    ['an unknown field whose name wants escaping', 'goodsShipment.a/b~c', 1, '/goodsShipment/a~1b~0c unknown-field'],
    ['a prototype’s name', 'goodsShipment.constructor', 1, '/goodsShipment/constructor unknown-field'],
    ['a prototype’s name among the agencies', 'particulars.constructor', { declare: {} }, '/particulars/constructor unknown-field'],
    ['a prototype’s name among the procedures', 'particulars.customs.toString', {}, '/particulars/customs/toString unknown-field'],
    ['an unknown code', 'declarationOfficeId', '9x99', '/declarationOfficeId unknown-code'],
    ['a prototype’s name as a code', 'goodsShipment.supervisionMode', 'constructor', '/goodsShipment/supervisionMode unknown-code'],
    ['a very long text', 'remarks', '长'.repeat(100_000), '/remarks too-big'],
    ['a control character', 'remarks', 'a\u0007b', '/remarks invalid-format'],
    ['51 items', 'goodsShipment.items', Array(51).fill(evBatteries().goodsShipment.items[0]), '/goodsShipment/items too-big'],
  ])('%s', async (_, path, value, expected) => {
    const document = await problemOf(await post(changed(evBatteries(), path, value)), 'declaration-invalid')
    expect(issuesIn(document)).toContain(expected)
  })

  test.each(['null', '[]', '"text"', '17', 'true', '{}'])('%s is JSON, but no declaration', async (body) => {
    const document = await problemOf(await post(body), 'declaration-invalid')
    expect(document.errors?.length).toBeGreaterThan(0)
  })

  test('a number too large for JSON’s numbers is no quantity', async () => {
    const body = JSON.stringify(evBatteries()).replace('"quantity":42', '"quantity":1e400')
    expect((await problemOf(await post(body), 'declaration-invalid')).errors?.[0]?.pointer).toBe('/goodsShipment/packaging/quantity')
  })

  test('the trader’s own number stands on one declaration only', async () => {
    const declaration = evBatteries()
    expect((await post(declaration)).status).toBe(202)
    const document = await problemOf(await post(declaration), 'declaration-invalid')
    expect(issuesIn(document)).toEqual(['/functionalReferenceId reference-used'])
  })

  test('one hands in what concerns oneself', async () => {
    const response = await world.call('POST', '/v1/declarations', { key: world.keys.stranger, body: evBatteries(), headers: freshKey() })
    expect(issuesIn(await problemOf(response, 'declaration-invalid'))).toEqual(['/agent/id tenant-not-party'])
  })

  test('an XML without anything in it is told what it lacks', async () => {
    const response = await world.call('POST', '/v1/declarations', { body: '<DecMessage/>', contentType: 'application/xml', headers: freshKey() })
    expect((await problemOf(response, 'declaration-invalid')).errors?.length).toBeGreaterThan(5)
  })

  test('thousands of issues are not all shown, and the answer says so', async () => {
    const body = `{${Array.from({ length: 50_000 }, (_, at) => `"f${at}":1`).join(',')}}`
    const document = await problemOf(await post(body), 'declaration-invalid')
    expect(document.errors).toHaveLength(limits.issues)
    expect(document.moreErrors).toBe(true)
  })
})

test('the language of the answer is the caller’s', async () => {
  const ask = async (language: string) =>
    (await problemOf(await post(changed(evBatteries(), 'direction', 'up'), { 'accept-language': language }), 'declaration-invalid')).title
  expect(await ask('zh-CN,zh;q=0.9,en;q=0.8')).toBe('申报单不能受理')
  expect(await ask('zh-Hans')).toBe('申报单不能受理')
  for (const language of ['en', 'fr', '', '*', 'zh;q=0, en', 'en;q=0.9, zh;q=0.8', ';;;,,q=x']) expect(await ask(language)).toMatch(/^The/)
})

test('a database that does not answer is 503, not a mistake of ours, and tells nothing of it', async () => {
  const body = evBatteries()
  for (const lost of [Object.assign(new Error('gone'), { code: '57P01' }), Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }), new Error('Connection terminated unexpectedly')]) {
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
