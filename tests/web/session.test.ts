import { expect, test } from 'vitest'
import { limits } from '../../src/limits.ts'
import { openWorld } from '../support/world.ts'

// Signing in 登录 with a key, and what a session may and may not do.
const world = await openWorld()
const home = 'http://window.test'
const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  world.app.request(`${home}${path}`, {
    method,
    headers: { host: 'window.test', ...headers },
    ...(body === undefined ? {} : { body }),
  })
const form = { 'content-type': 'application/x-www-form-urlencoded', origin: home }
const signIn = (key: string, more: Record<string, string> = {}) =>
  ask('POST', '/sign-in', form, new URLSearchParams({ key, ...more }).toString())
const cookieOf = (response: Response) =>
  /yuchuang_session=[^;]*/.exec(response.headers.get('set-cookie') ?? '')?.[0] ?? ''

test('a key opens a session: the cookie is for this site alone, out of reach of scripts, and the key is not in it', async () => {
  const response = await signIn(world.keys.admin)
  expect(response.status).toBe(303)
  const cookie = response.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/)
  expect(cookie).toContain(`Max-Age=${limits.sessionMs / 1_000}`)
  expect(cookie).not.toContain(world.keys.admin)
  const { rows } = await world.database.pool.query('SELECT * FROM web_session')
  expect(JSON.stringify(rows)).not.toContain(cookieOf(response).split('=')[1])
})

test('over TLS the cookie is for TLS alone', async () => {
  const response = await ask('POST', '/sign-in', { ...form, 'x-forwarded-proto': 'https' }, `key=${world.keys.admin}`)
  expect(response.headers.get('set-cookie')).toMatch(/; Secure/)
})

test('what is no key opens nothing', async () => {
  for (const key of ['', 'nonsense', `${world.keys.admin}x`]) {
    const response = await signIn(key)
    expect(response.status).toBe(401)
    expect(response.headers.get('set-cookie') ?? '').not.toContain('yuchuang_session')
    expect(await response.text()).toContain('role="alert"')
  }
})

test('a session may read what its key may read', async () => {
  const cookie = cookieOf(await signIn(world.keys.trader))
  expect((await ask('GET', '/v1/declarations', { cookie })).status).toBe(200)
  expect((await ask('GET', '/v1/operations/stuck', { cookie })).status).toBe(403)
  expect((await ask('GET', '/v1/declarations')).status).toBe(401)
})

test.each([
  ['another site', { origin: 'https://elsewhere.test' }],
  ['nobody knows where', {}],
  ['a file', { origin: 'null' }],
])('a change that comes from %s does not count, whatever cookie it carries', async (_, headers) => {
  const cookie = cookieOf(await signIn(world.keys.trader))
  const response = await ask(
    'POST',
    '/v1/declarations?dryRun=true',
    { cookie, 'content-type': 'application/json', ...headers },
    '{}',
  )
  expect(response.status).toBe(403)
  const out = await ask('POST', '/sign-out', { cookie, ...headers })
  expect(out.status).toBe(403)
  expect((await ask('GET', '/v1/declarations', { cookie })).status).toBe(200)
})

test('from a page of ours it counts', async () => {
  const cookie = cookieOf(await signIn(world.keys.trader))
  const headers = { cookie, origin: home, 'content-type': 'application/json' }
  expect((await ask('POST', '/v1/declarations?dryRun=true', headers, '{}')).status).toBe(200)
})

test('signing out ends it in the database', async () => {
  const cookie = cookieOf(await signIn(world.keys.trader))
  expect((await ask('POST', '/sign-out', { cookie, origin: home })).status).toBe(303)
  expect((await ask('GET', '/v1/declarations', { cookie })).status).toBe(401)
})

test.each([
  ['/fees/editions/3', '/fees/editions/3'],
  ['//elsewhere.test', '/operations'],
  ['/\\elsewhere.test', '/operations'],
  ['https://elsewhere.test', '/operations'],
  ['/fees\r\nSet-Cookie: a=b', '/operations'],
])('after signing in it goes on to %j only where that is ours', async (next, to) => {
  expect((await signIn(world.keys.admin, { next })).headers.get('location')).toBe(to)
})

test('the language is asked for, remembered, or preferred', async () => {
  const read = async (path: string, headers: Record<string, string> = {}) => ask('GET', path, headers)
  expect((await read('/sign-in', { 'accept-language': 'zh-CN' })).headers.get('content-language')).toBe('zh-CN')
  const chosen = await read('/sign-in?lang=en', { 'accept-language': 'zh-CN' })
  expect(chosen.headers.get('content-language')).toBe('en')
  const cookie = (chosen.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  expect((await read('/sign-in', { cookie, 'accept-language': 'zh-CN' })).headers.get('content-language')).toBe('en')
})

test('the browser is told to load nothing from elsewhere', async () => {
  const page = await ask('GET', '/sign-in')
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
  for (const [, link = ''] of (await page.text()).matchAll(/(?:href|src)="([^"]+)"/g)) {
    expect(link).toMatch(/^[/#](?!\/)/)
    if (link.startsWith('/assets/')) expect((await ask('GET', link)).status).toBe(200)
  }
})
