import { describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { transaction } from '../../src/db/database.ts'
import { placeOwnEvent } from '../../src/db/feed.ts'
import { callerOf, makeKey } from '../../src/db/keys.ts'
import { carryOutBy } from '../conformance-runs/support.ts'
import { broker, openWorld, stranger } from '../support/world.ts'
import { clerkOf, type Seen } from './clerk.ts'
import { hostile } from './hostile-names.ts'
import { misbehaving } from './integrator-places.ts'

// The pages of whoever connects software 对接方: keys, webhooks, conformance.
const world = await openWorld()
const { database, keys } = world
/** Whoever connects the firm's software. */
const own = await clerkOf(world, keys.integrator)
const textOf = ({ html }: Seen) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const keyIn = ({ html }: Seen) => /<code id="secret">([^<]+)<\/code>/.exec(html)?.[1] ?? ''

describe('keys', () => {
  test('one is made, shown on that page alone, and works; sent twice it is still one', async () => {
    const trader = await clerkOf(world, keys.trader)
    const form = await trader.get('/keys/new')
    const made = await trader.send(form, /^\/keys$/, { name: 'warehouse' })
    expect(made.status).toBe(201)
    const key = keyIn(made)
    expect(await callerOf(database, key)).toMatchObject({ name: 'warehouse', role: 'trader', tenant: broker })
    expect(made.html).toContain(`Authorization: Bearer ${key}`)
    const again = await trader.send(form, /^\/keys$/, { name: 'warehouse' })
    expect([again.status, keyIn(again)]).toEqual([201, ''])
    expect(textOf(again)).toContain('If you did not see it, end it and make another')
    const list = await trader.get('/keys')
    expect(list.html.match(/>warehouse</g)).toHaveLength(1)
    const path = /href="(\/keys\/[0-9A-Z]{20})">warehouse/.exec(list.html)?.[1] ?? ''
    for (const seen of [list, await trader.get(path)]) expect(seen.html).not.toContain(key)
  })

  test('what is refused keeps what was written, each error at its field, in the language that is read', async () => {
    const admin = await clerkOf(world, keys.admin, 'zh-CN')
    const form = await admin.get('/keys/new')
    const refused = await admin.send(form, /^\/keys$/, {
      name: '某企业',
      role: 'trader',
      tenant: 'nobody',
      expiresAt: '2020-01-01',
    })
    expect(refused.status).toBe(422)
    expect(refused.html).toMatch(/id="tenant"[^>]*value="nobody"[^>]*aria-invalid="true"/)
    expect(refused.html).toMatch(/id="tenant-wrong"[^>]*>不是有效的统一社会信用代码/)
    const open = await admin.send(form, /^\/keys$/, { name: 'x', role: '' })
    expect(open.status).toBe(422)
    const past = await admin.send(refused, /^\/keys$/, { tenant: stranger })
    expect(past.html).toMatch(/id="expiresAt-wrong"[^>]*>该时间已过/)
    expect((await admin.send(past, /^\/keys$/, { expiresAt: '' })).status).toBe(201)
  })

  test('revoked only by who says so, with the way back in for who revoked their own', async () => {
    const own = await makeKey(database, { name: 'own', role: 'integrator', tenant: broker })
    const clerk = await clerkOf(world, own)
    const list = await clerk.get('/keys')
    expect(textOf(list)).toContain('own this session')
    const path = /href="(\/keys\/[0-9A-Z]{20})">own/.exec(list.html)?.[1] ?? ''
    const page = await clerk.get(path)
    expect(textOf(page)).toContain('you will be signed out')
    const unsure = await clerk.send(page, /revoke$/, { sure: undefined })
    expect([unsure.status, await callerOf(database, own)]).toEqual([422, expect.anything()])
    expect(unsure.html).toContain('aria-describedby="sure-wrong"')
    const done = await clerk.send(page, /revoke$/, { sure: 'yes' })
    expect([done.status, done.location, await callerOf(database, own)]).toEqual([303, path, undefined])
    expect((await clerk.get(path)).location).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
  })

  test('replaced: the new one is shown, the old one goes on for a while', async () => {
    const clerk = await clerkOf(world, keys.integrator)
    const path = /href="(\/keys\/[0-9A-Z]{20})">integrator/.exec((await clerk.get('/keys')).html)?.[1] ?? ''
    const page = await clerk.get(path)
    const wrong = await clerk.send(page, /replace$/, { overlapHours: 'a while' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toMatch(/value="a while"[^>]*aria-invalid/)
    const made = await clerk.send(page, /replace$/, { overlapHours: '1' })
    expect(await callerOf(database, keyIn(made))).toMatchObject({ name: 'integrator', role: 'integrator' })
    expect(textOf(await clerk.get(path))).toMatch(/Replaced, ends soon.*In its place/)
    expect(await callerOf(database, keys.integrator, new Date(world.now()))).toBeDefined()
  })

  test('an administrator sees all of them, a firm its own', async () => {
    const admin = await clerkOf(world, keys.admin)
    expect(textOf(await admin.get('/keys'))).toContain(stranger)
    expect(textOf(await admin.get('/keys?role=admin'))).not.toContain(stranger)
    const trader = await clerkOf(world, keys.trader)
    const seen = await trader.get(`/keys?role=admin&tenant=${stranger}`)
    expect(textOf(seen)).not.toContain(stranger)
    expect(textOf(seen)).toContain('broker')
    const other = /href="(\/keys\/[0-9A-Z]{20})">stranger/.exec((await admin.get('/keys')).html)?.[1] ?? ''
    expect((await trader.get(other)).status).toBe(404)
  })
})

describe('webhooks', () => {
  test('an endpoint is made by its integrator, its secret shown once, changed, disabled and taken away', async () => {
    const form = await own.get('/webhooks/new')
    const wrong = await own.send(form, /^\/webhooks$/, { url: 'nonsense', otherTypes: 'everything' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toMatch(/id="otherTypes-wrong"/)
    const made = await own.send(wrong, /^\/webhooks$/, {
      url: 'http://receiver.test/hooks',
      description: hostile.slice(0, 100),
      types: ['yuchuang.filing.*', 'yuchuang.deadline.*'],
      otherTypes: 'yuchuang.declaration.accepted\r\n',
    })
    expect(keyIn(made)).toMatch(/^whsec_/)
    const path = /href="(\/webhooks\/[0-9A-Z]{20})"/.exec(made.html)?.[1] ?? ''
    const page = await own.get(path)
    expect(page.html).not.toContain('whsec_')
    expect(page.html).not.toMatch(/<[^>]+ data-hostile/)
    expect(textOf(page)).toMatch(/Active.*Filings: sent.*Deadlines.*yuchuang\.declaration\.accepted/)
    const edit = await own.get(`${path}/edit`)
    expect((await own.send(edit, /edit$/, { url: 'http://elsewhere.test/', types: [], otherTypes: '' })).status).toBe(
      303,
    )
    // Whoever read it before that is told, and may then say it again.
    const stale = await own.send(edit, /edit$/, { url: 'http://third.test/' })
    expect(stale.status).toBe(412)
    expect((await own.send(stale, /edit$/)).status).toBe(303)
    expect(textOf(await own.get(path))).toContain('http://third.test/')
    expect((await own.send(await own.get(path), /state$/)).status).toBe(303)
    const disabled = await own.get(path)
    expect(textOf(disabled)).toContain('Disabled by you')
    expect((await own.post(`${path}/ping`, {})).status).toBe(409)
    expect(keyIn(await own.send(disabled, /secret$/))).toMatch(/^whsec_/)
    const last = await own.get(path)
    expect((await own.send(last, /delete$/, { sure: undefined })).status).toBe(422)
    expect((await own.send(last, /delete$/, { sure: 'yes' })).location).toBe('/webhooks')
    expect((await own.get(path)).status).toBe(404)
  })

  test('the endpoints of a firm are its traders’ and its integrators’, and nobody else’s', async () => {
    const made = await own.send(await own.get('/webhooks/new'), /^\/webhooks$/, { url: 'http://shared.test/' })
    const path = /href="(\/webhooks\/[0-9A-Z]{20})"/.exec(made.html)?.[1] ?? ''
    expect(textOf(await (await clerkOf(world, keys.trader)).get(path))).toContain('shared.test')
    expect((await (await clerkOf(world, keys.stranger)).get(path)).status).toBe(404)
    expect((await (await clerkOf(world, keys.admin)).get('/webhooks')).status).toBe(403)
    expect((await (await clerkOf(world)).get(path)).status).toBe(303)
  })

  test('what was sent is told try by try, and sent again: one, or those of a time', async () => {
    const page = await own.get('/webhooks')
    const path = /href="(\/webhooks\/[0-9A-Z]{20})"/.exec(page.html)?.[1] ?? ''
    const told = await own.post(`${path}/ping`, {})
    expect(told.location).toBe(`${path}?told=ping`)
    const id = path.split('/').at(-1) ?? ''
    const event = { sourceId: id, number: 1_000, tenant: broker, type: 'endpoint.disabled', data: '{}' }
    await transaction(database.pool, (client) => placeOwnEvent(client, event, new Date(world.now())))
    await database.pool.query(
      `WITH tried AS (UPDATE notice SET status = 'exhausted', tries = 1, settled_at = now() WHERE endpoint_id = $1 RETURNING id)
       INSERT INTO notice_try (notice_id, number, at, status, latency_ms, excerpt, error) SELECT id, 1, now(), 503, 41, $2, 'later' FROM tried`,
      [id, hostile],
    )
    const seen = await own.get(`${path}?status=exhausted`)
    expect(textOf(seen)).toMatch(/Given up.*503 · 41 ms later/)
    expect(seen.html).not.toMatch(/<(b|script) data-hostile/)
    expect(textOf(await own.get(`${path}?status=delivered`))).toContain('No delivery is like that')
    const again = await own.send(seen, /redeliveries$/)
    expect(again.location).toBe(`${path}?told=1`)
    expect(textOf(await own.get(again.location))).toMatch(/1 events will be sent again.*On its way/)
    const range = await own.post(`${path}/redeliveries`, { from: '2026-11-22T10:00', to: '2026-11-21T10:00' })
    expect(range.status).toBe(422)
    expect(range.html).toMatch(/name="to" value="2026-11-21T10:00" required aria-invalid/)
    expect((await own.post(`${path}/redeliveries`, { from: '2026-11-20T10:00', to: '2026-11-21T10:00' })).status).toBe(
      303,
    )
  })
})

describe('conformance', () => {
  const [some = ''] = Object.keys(adapters).slice(3)
  const carryOut = (source: string) => carryOutBy(source, world)

  test('a run is started, shows that it is under way, and ends as a matrix with what was found', async () => {
    const form = await own.get('/conformance')
    const refused = await own.send(form, /^\/conformance$/, { what: 'adapter', ids: [some], url: 'http://mine.test/' })
    expect(refused.status).toBe(422)
    expect(refused.html).toMatch(/id="url"[^>]*value="http:\/\/mine.test\/"[^>]*aria-invalid/)
    expect(refused.html).toMatch(new RegExp(`value="${some}" checked`))
    const started = await own.send(refused, /^\/conformance$/, { url: '', ids: [some] })
    expect(started.status).toBe(303)
    const waiting = await own.get(started.location)
    expect(waiting.html).toContain('<noscript><meta http-equiv="refresh"')
    expect(waiting.html).toContain('data-under-way')
    expect((await own.send(await own.get('/conformance'), /^\/conformance$/, { ids: [some] })).status).toBe(409)
    await carryOut(misbehaving)
    const done = await own.get(started.location)
    expect(done.html).not.toContain('refresh')
    expect(done.html).not.toMatch(/<(b|script) data-hostile/)
    const text = textOf(done)
    expect(text).toMatch(/What is not as it must be.*where \/response\/body/)
    expect(text).toMatch(/POST http:\/\/agency\.test\/submit.*503/)
    for (const word of ['Conformant', 'Not conformant', 'Not applicable', 'because it has none'])
      expect(text).toContain(word)
    const links = [...done.html.matchAll(/href="(\/v1\/conformance-runs\/[^"]+)"/g)].map(([, link]) => link ?? '')
    expect(links).toHaveLength(3)
    for (const link of links) expect((await own.get(link)).status).toBe(200)
    expect(textOf(await own.get('/conformance'))).toMatch(/1 Conformant 1 Not conformant 1 Not applicable/)
    expect((await (await clerkOf(world, keys.trader)).get(started.location)).status).toBe(403)
    const elsewhere = await makeKey(database, { name: 'x', role: 'integrator', tenant: stranger })
    expect((await (await clerkOf(world, elsewhere)).get(started.location)).status).toBe(404)
  })
})

test('every page has both languages', async () => {
  for (const path of ['/keys', '/keys/new', '/webhooks', '/webhooks/new', '/conformance']) {
    const [en, zh] = [await clerkOf(world, keys.integrator), await clerkOf(world, keys.integrator, 'zh-CN')]
    const [english, chinese] = [textOf(await en.get(path)), textOf(await zh.get(path))]
    expect(english).not.toMatch(/undefined|\[object/)
    expect(chinese).toMatch(/密钥|推送|检验/)
  }
})
