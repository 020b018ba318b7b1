import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll } from 'vitest'
import type { Entry } from '../../schemas/fees/entries.ts'
import { makeKey } from '../../src/db/keys.ts'
import { publishable, publishInto } from '../fees/published.ts'
import { terminalFirm } from '../fees/support.ts'
import { startBrowser } from '../support/browser.ts'
import { openWorld, type World } from '../support/world.ts'

/** A world with a list of fees, looked at over the network with a browser. */
export interface Site {
  readonly world: World
  readonly url: string
  readonly browser: Browser
  /** A second administrator, and a payee's. */
  readonly keys: World['keys'] & { readonly second: string; readonly payee: string }
  /** A visitor with a window of their own; closed with the site. */
  visit(options?: BrowserContextOptions): Promise<Visitor>
}

/** Somebody who looks at pages. */
export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
  /** Requests that went to another host, errors on the console, breaches of the policy: there should be none. */
  readonly trouble: string[]
  goto(path: string): Promise<number>
  signIn(key: string): Promise<void>
}

/** @param entries what the first edition has, in force since the beginning of the year */
export async function openSite(entries: readonly Entry[] = publishable()): Promise<Site> {
  const world = await openWorld({ simulatorServed: true })
  const { database, app, keys } = world
  const [browser, second, payee] = await Promise.all([
    startBrowser(),
    makeKey(database, { name: 'second admin', role: 'admin' }),
    makeKey(database, { name: 'terminal', role: 'payee', tenant: terminalFirm }),
    publishInto(database, { number: 1, validFrom: '2026-01-01', entries, title: '2026年目录清单' }),
  ])
  world.catalogues.refresh()
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (address: AddressInfo) =>
      resolve({ server: started, port: address.port }),
    )
  })
  const url = `http://127.0.0.1:${port}`
  afterAll(async () => {
    await browser.close()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    world,
    url,
    browser,
    keys: { ...keys, second, payee },
    async visit(options = {}) {
      const context = await browser.newContext({ locale: 'zh-CN', baseURL: url, ...options })
      const page = await context.newPage()
      const trouble: string[] = []
      page.on('request', (request) => {
        if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:')) trouble.push(request.url())
      })
      page.on('console', (message) => {
        // A page that is an answer to a mistake says so in its status.
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) trouble.push(message.text())
      })
      page.on('pageerror', (error) => trouble.push(error.message))
      return {
        context,
        page,
        trouble,
        async goto(path) {
          const response = await page.goto(path)
          return response?.status() ?? 0
        },
        async signIn(key) {
          await page.goto('/sign-in?next=/admin/fees')
          await page.fill('input[name=key]', key)
          await Promise.all([page.waitForURL(/\/admin\/fees$/), page.click('main button[type=submit]')])
        },
      }
    },
  }
}
