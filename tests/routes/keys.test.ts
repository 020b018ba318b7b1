import { describe, expect, test, vi } from 'vitest'
import type { KeyAnswer, KeyReadAnswer, MadeKeyAnswer } from '../../schemas/keys.ts'
import { callerOf, makeKey } from '../../src/db/keys.ts'
import { callerOfSession, openSession } from '../../src/db/sessions.ts'
import { limits } from '../../src/limits.ts'
import { broker, openWorld, stranger } from '../support/world.ts'
import { freshKey, issuesIn, problemOf } from './support.ts'

// Keys 接口密钥: who makes one for whom, that it is shown once, and how it ends.
const world = await openWorld()
const { database, keys } = world
const base = '/v1/keys'
const hour = 3_600_000

const make = (body: object, key = keys.trader, headers: Record<string, string> = freshKey()) =>
  world.call('POST', base, { key, body, headers })
const made = async (body: object, key = keys.trader) => {
  const response = await make(body, key)
  expect(response.status).toBe(201)
  return (await response.json()) as MadeKeyAnswer & { key: string }
}
const list = async (key: string, query = '') =>
  (await (await world.call('GET', `${base}${query}`, { key })).json()) as {
    data: KeyAnswer[]
    hasMore: boolean
    nextCursor?: string
  }
const read = async (id: string, key = keys.trader) =>
  (await (await world.call('GET', `${base}/${id}`, { key })).json()) as KeyReadAnswer
const revoke = (id: string, key = keys.trader) => world.call('DELETE', `${base}/${id}`, { key })
const replace = (id: string, body: object = {}, key = keys.trader, headers = freshKey()) =>
  world.call('POST', `${base}/${id}/replacements`, { key, body, headers })
const opens = async (key: string, at = new Date(world.now())) => (await callerOf(database, key, at)) !== undefined

describe('a key is made', () => {
  test('for the same role and firm, works at once, and says who made it', async () => {
    const { key, id, hint } = await made({ name: 'warehouse system' })
    expect(key).toMatch(/^yc_trader_[\w-]{32}$/)
    expect(key.endsWith(hint ?? '-')).toBe(true)
    expect((await world.call('GET', base, { key })).status).toBe(200)
    expect(await read(id)).toMatchObject({
      name: 'warehouse system',
      role: 'trader',
      tenant: broker,
      state: 'active',
      createdBy: 'broker',
      steps: [{ what: 'made', by: 'broker' }],
    })
  })

  test('and shown once: nowhere else in the interface or the database', async () => {
    const headers = freshKey()
    const response = await make({ name: 'once' }, keys.trader, headers)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { key, id } = (await response.json()) as MadeKeyAnswer & { key: string }
    const { rows } = await database.pool.query<{ all: string }>(
      `SELECT (SELECT json_agg(api_key)::text FROM api_key) || (SELECT json_agg(idempotency)::text FROM idempotency) || (SELECT json_agg(api_key_step)::text FROM api_key_step) AS all`,
    )
    for (const shown of [JSON.stringify(await list(keys.admin)), JSON.stringify(await read(id)), rows[0]?.all])
      expect(shown).not.toContain(key)
  })

  test('once for an idempotency key, by however many at once; a replay has all but the key', async () => {
    const headers = freshKey()
    const answers = await Promise.all(Array.from({ length: 5 }, () => make({ name: 'twins' }, keys.trader, headers)))
    const bodies = (await Promise.all(answers.map((one) => one.json()))) as MadeKeyAnswer[]
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(1)
    expect(bodies.filter(({ key }) => key !== undefined)).toHaveLength(1)
    expect(answers.filter(({ headers: all }) => all.get('idempotent-replayed') === 'true')).toHaveLength(4)
    await problemOf(await make({ name: 'other' }, keys.trader, headers), 'idempotency-key-reused')
    await problemOf(await make({ name: 'none' }, keys.trader, {}), 'idempotency-key-missing')
    expect((await list(keys.trader)).data.filter(({ name }) => name === 'twins')).toHaveLength(1)
  })

  test('whole or not at all: what fails between leaves no key, and the idempotency key is free again', async () => {
    const headers = freshKey()
    const { pool } = database
    await pool.query("ALTER TABLE idempotency ADD CONSTRAINT broken CHECK (body NOT LIKE '%half a key%')")
    await problemOf(await make({ name: 'half a key' }, keys.trader, headers), 'defect')
    await pool.query('ALTER TABLE idempotency DROP CONSTRAINT broken')
    expect((await list(keys.trader)).data.map(({ name }) => name)).not.toContain('half a key')
    expect((await make({ name: 'half a key' }, keys.trader, headers)).status).toBe(201)
  })

  test('by an administrator for any holder, which must be whole', async () => {
    const bank = await made({ name: 'a bank', role: 'bank', tenant: 'TEST-BANK' }, keys.admin)
    expect(await callerOf(database, bank.key)).toMatchObject({ role: 'bank', tenant: 'TEST-BANK' })
    const officer = await made({ name: 'an officer', role: 'agency', agency: 'customs' }, keys.admin)
    expect(await callerOf(database, officer.key)).toMatchObject({ role: 'agency', agency: 'customs' })
    for (const [body, issues] of [
      [{ name: 'x', role: 'trader' }, ['/tenant missing']],
      [{ name: 'x', role: 'trader', tenant: 'nobody' }, ['/tenant credit-code']],
      [{ name: 'x', role: 'bank', tenant: '小' }, ['/tenant format']],
      [{ name: 'x', role: 'admin', tenant: broker }, ['/tenant unexpected']],
      [{ name: 'x', role: 'agency' }, ['/agency missing']],
      [{ name: 'x', role: 'agency', agency: 'constructor' }, ['/agency unknown-agency']],
      [{ name: 'x', role: 'trader', tenant: broker, agency: 'customs' }, ['/agency unexpected']],
      [{ name: 'x', role: 'trader', tenant: broker, expiresAt: '2020-01-01T00:00:00Z' }, ['/expiresAt past']],
      [{ name: 'x', role: 'trader', tenant: broker, expiresAt: '2090-01-01T00:00:00Z' }, ['/expiresAt too-far']],
    ] as const)
      expect(issuesIn(await problemOf(await make(body, keys.admin), 'body-invalid'))).toEqual(issues)
  })

  test('with an end it ends by itself', async () => {
    const end = world.now() + hour
    const { key, id } = await made({ name: 'short', expiresAt: new Date(end).toISOString() })
    expect([await opens(key), await opens(key, new Date(end - 1)), await opens(key, new Date(end))]).toEqual([
      true,
      true,
      false,
    ])
    expect((await read(id)).expiresAt).toBe(new Date(end).toISOString())
  })

  test('until its holder has as many as it may', async () => {
    const firm = 'TEST-MANY'
    const [first] = await Promise.all(
      Array.from({ length: limits.keysOfHolder }, () => made({ name: 'n', role: 'carrier', tenant: firm }, keys.admin)),
    )
    await problemOf(await make({ name: 'n' }, first?.key ?? ''), 'limit-reached')
    await problemOf(await replace(first?.id ?? '', {}, first?.key), 'limit-reached')
    expect((await revoke(first?.id ?? '', keys.admin)).status).toBe(204)
    expect((await make({ name: 'n', role: 'carrier', tenant: firm }, keys.admin)).status).toBe(201)
  })
})

describe('nobody gets more than they have', () => {
  test.each([
    ['role', { role: 'admin' }],
    ['role in the same firm', { role: 'integrator' }],
    ['firm', { tenant: stranger }],
    ['agency', { agency: 'customs' }],
  ])('a trader makes no key of another %s', async (_, more) => {
    const before = (await list(keys.admin, '?limit=200')).data.length
    await problemOf(await make({ name: 'more', ...more }), 'forbidden')
    expect((await list(keys.admin, '?limit=200')).data).toHaveLength(before)
  })

  test('a key of another firm, role or agency looks as if it were not there', async () => {
    const { data } = await list(keys.admin, '?limit=200')
    const others = data.filter(({ role, tenant }) => role !== 'trader' || tenant !== broker)
    expect(others.length).toBeGreaterThan(3)
    for (const { id } of [...others, { id: 'nothing' }]) {
      await problemOf(await world.call('GET', `${base}/${id}`), 'not-found')
      await problemOf(await revoke(id), 'not-found')
      await problemOf(await replace(id), 'not-found')
    }
    const seen = await list(keys.trader, '?limit=200')
    expect(seen.data.every(({ role, tenant }) => role === 'trader' && tenant === broker)).toBe(true)
    for (const query of ['?role=admin', `?tenant=${stranger}`, '?agency=customs'])
      expect((await list(keys.trader, query)).data).toEqual([])
  })

  test('a key that ends by itself gives nobody a longer time, nor ends what lasts longer', async () => {
    const end = new Date(world.now() + hour)
    const short = await makeKey(database, { name: 'for an hour', role: 'trader', tenant: broker, expiresAt: end })
    const later = new Date(end.getTime() + 1).toISOString()
    expect(issuesIn(await problemOf(await make({ name: 'x', expiresAt: later }, short), 'body-invalid'))).toEqual([
      '/expiresAt beyond-own',
    ])
    const child = await made({ name: 'as long as that' }, short)
    expect(child.expiresAt).toBe(end.toISOString())
    const { data } = await list(short, '?state=active')
    const lasting = data.find(({ name }) => name === 'broker')?.id ?? ''
    const before = await read(lasting)
    await problemOf(await replace(lasting, {}, short), 'forbidden')
    await problemOf(await revoke(lasting, short), 'forbidden')
    expect(await read(lasting)).toEqual(before)
    expect((await replace(child.id, {}, short)).status).toBe(201)
    expect((await revoke(child.id, short)).status).toBe(204)
  })

  test('an agency’s officers have their agency’s keys; a key of no firm has none', async () => {
    const customs = await makeKey(database, { name: 'customs', role: 'agency', agency: 'customs' })
    await makeKey(database, { name: 'tax', role: 'agency', agency: 'tax' })
    expect((await list(customs)).data.every(({ agency }) => agency === 'customs')).toBe(true)
    expect(await callerOf(database, (await made({ name: 'second' }, customs)).key)).toMatchObject({ agency: 'customs' })
    await problemOf(await make({ name: 'x', agency: 'tax' }, customs), 'forbidden')
    const nobody = await makeKey(database, { name: 'nobody', role: 'integrator' })
    await problemOf(await world.call('GET', base, { key: nobody }), 'forbidden')
    await problemOf(await make({ name: 'x' }, nobody), 'forbidden')
    await problemOf(await world.call('GET', base, { key: '' }), 'unauthenticated')
  })
})

describe('a key ends', () => {
  test('when it is revoked, with the sessions begun with it; twice is once', async () => {
    const { key, id } = await made({ name: 'to be revoked' })
    const at = new Date(world.now())
    const opened = await openSession(database, key, at)
    expect(await callerOfSession(database, opened?.token ?? '', at)).toMatchObject({ name: 'to be revoked' })
    expect((await revoke(id)).status).toBe(204)
    expect((await revoke(id)).status).toBe(204)
    expect(await opens(key)).toBe(false)
    expect(await callerOfSession(database, opened?.token ?? '', at)).toBeUndefined()
    expect(await read(id)).toMatchObject({
      state: 'revoked',
      steps: [{ what: 'made' }, { what: 'revoked', by: 'broker' }],
    })
    await problemOf(await replace(id), 'not-changeable')
  })

  test('and a gateway that remembers it forgets within ten seconds', async () => {
    const { key, id } = await made({ name: 'remembered' })
    const ask = () => world.call('GET', base, { key })
    expect((await ask()).status).toBe(200)
    await revoke(id)
    const later = Date.now() + 10_001
    vi.spyOn(Date, 'now').mockReturnValue(later)
    await problemOf(await ask(), 'unauthenticated')
    vi.restoreAllMocks()
  })

  test('some hours after another was put in its place', async () => {
    const old = await made({ name: 'gate scanner' })
    const response = await replace(old.id, { overlapHours: 2 })
    expect(response.status).toBe(201)
    const fresh = (await response.json()) as MadeKeyAnswer & { key: string }
    expect(fresh).toMatchObject({ name: 'gate scanner', role: 'trader', tenant: broker, replaces: old.id })
    const end = Date.parse((await read(old.id)).expiresAt ?? '')
    expect(Math.abs(end - world.now() - 2 * hour)).toBeLessThan(60_000)
    expect([await opens(fresh.key), await opens(old.key)]).toEqual([true, true])
    expect([await opens(fresh.key, new Date(end)), await opens(old.key, new Date(end))]).toEqual([true, false])
    expect(await read(old.id)).toMatchObject({ state: 'ending', replacedBy: fresh.id })
    await problemOf(await replace(old.id), 'not-changeable')
    await problemOf(await replace(fresh.id, { overlapHours: limits.keyOverlapHoursMost + 1 }), 'body-invalid')
  })

  test('at once where no overlap is wanted; not later than it would have anyway', async () => {
    const old = await made({ name: 'a', expiresAt: new Date(world.now() + hour).toISOString() })
    const fresh = (await (await replace(old.id, { overlapHours: 48 })).json()) as MadeKeyAnswer
    expect((await read(old.id)).expiresAt).toBe(old.expiresAt)
    expect(fresh.expiresAt).toBe(old.expiresAt)
    const leaked = await made({ name: 'b' })
    await replace(leaked.id, { overlapHours: 0 })
    expect(await opens(leaked.key)).toBe(false)
    expect((await read(leaked.id)).state).toBe('expired')
  })

  test('but never the last of an administrator that lasts as long', async () => {
    const admins = (await list(keys.admin, '?role=admin&state=active')).data
    expect(admins).toHaveLength(1)
    const [first] = admins
    await problemOf(await revoke(first?.id ?? '', keys.admin), 'limit-reached')
    const short = await made(
      { name: 'for a day', expiresAt: new Date(world.now() + 24 * hour).toISOString() },
      keys.admin,
    )
    await problemOf(await revoke(first?.id ?? '', keys.admin), 'limit-reached')
    expect((await revoke(short.id, keys.admin)).status).toBe(204)
    const [one, other] = [await made({ name: 'one' }, keys.admin), await made({ name: 'other' }, keys.admin)]
    // Three at once, of which one must stay.
    const ends = await Promise.all([first, one, other].map((key) => revoke(key?.id ?? '', keys.admin)))
    expect(ends.map(({ status }) => status).sort()).toEqual([204, 204, 409])
    expect(
      (await database.pool.query("SELECT FROM api_key WHERE role = 'admin' AND revoked_at IS NULL")).rowCount,
    ).toBe(1)
    await database.pool.query('UPDATE api_key SET revoked_at = NULL WHERE id = $1', [first?.id])
  })
})

test('on which day it was last shown stands there, written once a day', async () => {
  const { key, id } = await made({ name: 'used' })
  expect((await read(id)).lastUsedOn).toBeUndefined()
  await world.call('GET', base, { key })
  expect((await read(id)).lastUsedOn).toBe(new Date(world.now() + 8 * hour).toISOString().slice(0, 10))
  await database.pool.query('UPDATE api_key SET last_used_on = NULL WHERE id = $1', [id])
  await world.call('GET', base, { key })
  expect((await read(id)).lastUsedOn).toBeUndefined()
})

test('the list has filters and pages, newest first', async () => {
  const all = (await list(keys.admin, '?limit=200')).data
  const pages: KeyAnswer[] = []
  for (let after = ''; ; ) {
    const { data, nextCursor } = await list(keys.admin, `?limit=3${after === '' ? '' : `&after=${after}`}`)
    pages.push(...data)
    if (nextCursor === undefined) break
    after = nextCursor
  }
  expect(pages).toEqual(all)
  expect(all.map(({ id }) => id)).toEqual(
    all
      .map(({ id }) => id)
      .sort()
      .reverse(),
  )
  for (const { role } of (await list(keys.admin, '?role=integrator')).data) expect(role).toBe('integrator')
  for (const { state } of (await list(keys.admin, '?state=ended')).data) expect(['revoked', 'expired']).toContain(state)
  expect((await list(keys.trader)).data.filter(({ own }) => own)).toHaveLength(1)
  for (const query of ['?role=king', '?after=x', '?state=maybe', '?nonsense=1'])
    await problemOf(await world.call('GET', `${base}${query}`, { key: keys.admin }), 'invalid-parameter')
})

test('what was done with keys stays as it is', async () => {
  for (const sql of ['UPDATE api_key_step SET by = NULL', 'DELETE FROM api_key_step', 'TRUNCATE api_key_step'])
    await expect(database.pool.query(sql)).rejects.toThrow('api_key_step is append-only')
})
