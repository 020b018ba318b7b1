import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Problem, type ProblemCode, problems } from '../../src/problem.ts'
import type { Env } from '../../src/services.ts'
import { errorPage } from '../../src/web/errors.ts'
import { openWorld } from '../support/world.ts'

// What a person sees when something is not as it should be 出错页面, and what a program does.
const world = await openWorld()
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  world.app.request(`http://window.test${path}`, { method, headers: { host: 'window.test', ...headers } })

test.each(['/fees/nowhere', '/fees/items/nowhere', '/fees/editions/99', '/nowhere', '/fees/%00', '/sign-out'])(
  'a browser that asks for %s never gets JSON',
  async (path) => {
    for (const [language, tag] of [
      ['zh-CN', 'zh-CN'],
      ['en', 'en'],
    ] as const) {
      const response = await ask(path, { accept: browser, 'accept-language': language })
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8')
      expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
      const html = await response.text()
      expect(html).toContain(`<html lang="${tag}">`)
      expect(html).toContain('href="/fees"')
    }
  },
)

test.each(['/v1/nowhere', '/v1/fees/nowhere', '/v1/declarations', '/v1'])(
  'the interface never answers HTML, not even to a browser: %s',
  async (path) => {
    const response = await ask(path, { accept: browser })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  },
)

test('a program on a page’s path gets what it asks for, as it does where no page is', async () => {
  expect((await ask('/fees/nowhere', { accept: 'application/json' })).headers.get('content-type')).toMatch(/problem/)
  expect((await ask('/nowhere', { accept: '*/*' })).headers.get('content-type')).toMatch(/problem/)
  expect((await ask('/fees/nowhere')).headers.get('content-type')).toMatch(/html/)
})

test('the language that was chosen once stays, also where something went wrong', async () => {
  const response = await ask('/nowhere', {
    accept: browser,
    'accept-language': 'en',
    cookie: 'yuchuang_language=zh',
  })
  expect(response.headers.get('content-language')).toBe('zh-CN')
  expect(await response.text()).toContain(problems['not-found'].zh)
})

/** The page of one problem. */
async function pageOf(code: ProblemCode, headers: Record<string, string> = {}) {
  const app = new Hono<Env>()
  app.use(async (context, next) => {
    context.set('requestId', 'request-1')
    context.set('language', 'en')
    await next()
  })
  app.get('/fees/some', () => {
    throw new Problem(code, { headers, cause: new Error('<secret of ours>') })
  })
  app.onError((error, context) => errorPage(context, error as Problem))
  const response = await app.request('http://window.test/fees/some?q=%3Cb%3E&lang=en')
  return { status: response.status, html: await response.text() }
}

test.each(['not-found', 'unauthenticated', 'forbidden', 'too-many-requests', 'unavailable', 'defect'] as const)(
  'the status of %s is kept, and nothing of its cause is told',
  async (code) => {
    const { status, html } = await pageOf(code)
    expect(status).toBe(problems[code].status)
    expect(html).toContain(problems[code].en)
    expect(html).not.toContain('secret of ours')
    expect(html).not.toContain('<b>')
  },
)

test('each says what can be done: sign in and go on here, wait, tell us the number', async () => {
  expect((await pageOf('unauthenticated')).html).toContain('/sign-in?next=%2Ffees%2Fsome%3Fq%3D%253Cb%253E%26lang%3Den')
  expect((await pageOf('too-many-requests', { 'Retry-After': '7' })).html).toMatch(/seconds: 7/)
  expect((await pageOf('unavailable', { 'Retry-After': '5' })).html).toContain('request-1')
  expect((await pageOf('defect')).html).toContain('request-1')
  expect((await pageOf('not-found')).html).not.toContain('request-1')
})
