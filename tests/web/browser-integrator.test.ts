import { pino } from 'pino'
import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { conformanceJobs } from '../../src/conformance-runs/job.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { limits } from '../../src/limits.ts'
import { httpCarrier } from '../../src/notices/carrier.ts'
import { createVault } from '../../src/notices/vault.ts'
import { startNotices } from '../../src/notices/worker.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { openReceiver, verified } from '../support/receiver.ts'
import { laptops } from '../support/world.ts'
import { desk } from './look.ts'
import { openSite, type Visitor } from './site.ts'

// Somebody connects a firm's software: a key for it, a webhook that arrives, an adapter that is judged.
const site = await openSite()
const { world } = site
const { database } = world
const log = pino({ level: 'silent' })
const patienceMs = 120_000
const [some = ''] = Object.keys(adapters).slice(3)
const textOf = ({ page }: Visitor, selector = 'main') => page.locator(selector).first().innerText()

/** Presses a button and waits for what it leads to. */
async function press({ page }: Visitor, button: string): Promise<number> {
  const [response] = await Promise.all([page.waitForNavigation(), page.locator(button).first().click()])
  return response?.status() ?? 0
}

test(
  'without script: a key is made and used, replaced and revoked',
  async () => {
    const visitor = await site.visit({ javaScriptEnabled: false, viewport: desk, locale: 'en' })
    const { page, goto } = visitor
    await visitor.signIn(site.keys.trader)
    await goto('/keys')
    await press(visitor, 'main a[role=button]')
    await page.fill('#name', 'warehouse system')
    expect(await press(visitor, 'main form button')).toBe(201)
    const key = await textOf(visitor, '#secret')
    const declarations = await fetch(`${site.url}/v1/declarations`, { headers: { authorization: `Bearer ${key}` } })
    expect(declarations.status).toBe(200)
    await page.click('main p:last-child a')
    expect(await textOf(visitor)).not.toContain(key)
    await page.fill('#overlapHours', '2')
    expect(await press(visitor, 'form[action$="/replace"] button')).toBe(201)
    const fresh = await textOf(visitor, '#secret')
    expect(fresh).not.toBe(key)
    await goto('/keys')
    await page.click('a:text-is("warehouse system") >> nth=0')
    expect(await press(visitor, 'form[action$="/revoke"] button')).toBe(422)
    await page.check('[name=sure]')
    await press(visitor, 'form[action$="/revoke"] button')
    expect(await textOf(visitor, 'h1')).toContain('Revoked')
    const after = await fetch(`${site.url}/v1/declarations`, { headers: { authorization: `Bearer ${fresh}` } })
    expect(after.status).toBe(401)
    expect(visitor.trouble).toEqual([])
  },
  patienceMs,
)

test(
  'a webhook: made, pinged, told of a declaration; what did not arrive is sent again',
  async () => {
    const receiver = await openReceiver()
    const vault = createVault([])
    const carrier = httpCarrier({ allowPrivate: true })
    const notices = await startNotices({ database, carrier, vault, log, now: Date.now, random: () => 0 })
    try {
      const visitor = await site.visit({
        viewport: desk,
        locale: 'en',
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      const { page, goto } = visitor
      await visitor.signIn(site.keys.integrator)
      await goto('/webhooks/new')
      await page.fill('#url', receiver.url)
      await page.check('[value="yuchuang.declaration.*"]')
      expect(await press(visitor, 'main form button')).toBe(201)
      const secret = await textOf(visitor, '#secret')
      await page.click('button[data-copies=secret]')
      await page.waitForSelector('text=Copied')
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret)
      await press(visitor, 'main a[role=button]')
      const path = new URL(page.url()).pathname
      await press(visitor, 'form[action$="/ping"] button')
      expect(await textOf(visitor, '[role=status]')).toContain('on its way')
      const shows = async (wanted: RegExp) => {
        await world.eventually(async () => {
          await goto(path)
          return wanted.test(await textOf(visitor, 'table'))
        })
      }
      await shows(/endpoint\.ping[\s\S]*Delivered[\s\S]*204 · \d+ ms/)
      const [pinged] = receiver.received
      if (pinged === undefined) throw new Error('nothing arrived')
      expect(verified(secret, pinged, Number(pinged.headers['webhook-timestamp']) * 1_000).type).toBe(
        'yuchuang.endpoint.ping',
      )
      // The receiver is broken when something happens, and mended after that.
      receiver.answer = (_, response) => response.writeHead(503).end('in repair')
      const { body } = await world.post(laptops())
      await shows(/declaration\.accepted[\s\S]*503/)
      receiver.answer = (_, response) => response.writeHead(204).end()
      await press(visitor, 'form[action$="/redeliveries"] button:has-text("Send again")')
      expect(await textOf(visitor, '[role=status]')).toContain('1 events will be sent again')
      await shows(/declaration\.accepted[\s\S]*503[\s\S]*204/)
      expect(receiver.ids().filter((id) => id.startsWith(body.id)).length).toBeGreaterThan(1)
      expect(visitor.trouble).toEqual([])
    } finally {
      await notices.stop()
      await carrier.close()
    }
  },
  patienceMs,
)

test(
  'an adapter is judged: the page follows the run by itself, to its matrix',
  async () => {
    const visitor = await site.visit({ viewport: desk, locale: 'en' })
    const { page, goto } = visitor
    await visitor.signIn(site.keys.integrator)
    await goto('/conformance')
    await page.check(`[value="${some}"]`)
    await press(visitor, 'main form[action="/conformance"] button')
    expect(await textOf(visitor, 'h1')).toContain('Waiting')
    const quiet = await site.visit({ javaScriptEnabled: false, viewport: desk, locale: 'en' })
    await quiet.signIn(site.keys.integrator)
    await quiet.goto(new URL(page.url()).pathname)
    expect(await quiet.page.locator('noscript meta[http-equiv=refresh], head meta[http-equiv=refresh]').count()).toBe(1)
    const options = { simulatorUrl: undefined, allowPrivate: true, signal: new AbortController().signal }
    await runJobsOnce({ database, rules: ownRules, log, jobs: async () => conformanceJobs(options), now: world.now })
    await page.waitForSelector('table.matrix', { timeout: limits.conformanceRefreshSeconds * 10_000 })
    await page.waitForSelector('h1 >> text=Done')
    expect(await page.locator('table.matrix tbody tr:not(.group)').count()).toBeGreaterThan(20)
    expect(await textOf(visitor, 'table.matrix tfoot')).toMatch(/\d+/)
    expect(await page.locator('p.unseen[role=status]').innerText()).toContain('Done')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=JUnit XML')])
    expect(download.suggestedFilename()).toMatch(/^conformance-\w+\.xml$/)
    await quiet.page.reload()
    expect(await textOf(quiet, 'h1')).toContain('Done')
    expect([...visitor.trouble, ...quiet.trouble]).toEqual([])
  },
  patienceMs,
)
