import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { desk, phone } from './look.ts'
import { furnishPublic } from './public-places.ts'
import { openSite } from './site.ts'

// Somebody who never heard of the window comes by, tries it, and looks at what is public.
const site = await openSite()
const { world } = site
const [drawDay] = await furnishPublic(site)

test('one click on the front page, and every agency answers while the page is looked at', async () => {
  const { page, goto, trouble } = await site.visit({ viewport: desk })
  expect(await goto('/')).toBe(200)
  await Promise.all([page.waitForURL(/\/declarations\/\w+$/), page.click('form.try > button')])
  const id = page.url().split('/').at(-1) ?? ''
  for (const { name } of Object.values(adapters)) expect(await page.locator('main').textContent()).toContain(name.zh)
  const { filings } = await world.until(id, (seen) => seen.filings.every(({ status }) => status === 'closed'))
  // Told by the live timeline: nobody loads the page again.
  const closed = async () => (await page.locator('main').textContent())?.match(/已办结/g)?.length ?? 0
  await expect.poll(closed, { timeout: 30_000 }).toBeGreaterThanOrEqual(filings.length)
  expect(trouble).toEqual([])
})

test('so it does on a phone without script: a further click shows how far it is', async () => {
  const { page, goto } = await site.visit({ viewport: phone, javaScriptEnabled: false, locale: 'en' })
  await goto('/')
  await page.locator('details.menu > summary').click()
  expect(await page.locator('nav.sections').isVisible()).toBe(true)
  await page.locator('form.try summary').click()
  await Promise.all([page.waitForURL(/\/declarations\/\w+$/), page.click('button[value=laptops]')])
  const id = page.url().split('/').at(-1) ?? ''
  await world.until(id, ({ filings }) => filings.some(({ status }) => status === 'approved' || status === 'closed'))
  await page.reload()
  expect(await page.locator('main').textContent()).toMatch(/Approved|Closed/)
})

test('a day of the open draw is worked out again in the browser, and a file that was changed is found out', async () => {
  const { page, goto, trouble } = await site.visit({ viewport: desk, locale: 'en' })
  await goto('/draws')
  await page.click(`a[href="${drawDay?.path}"]`)
  const check = page.locator('button[data-check]')
  const told = page.locator('[data-checked]')
  await check.click()
  await expect.poll(() => told.textContent()).toMatch(/^✓ \d+ lots worked out again/)
  await page.route('**/file', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace('"selected":false', '"selected":true')
    await route.fulfill({ response, body })
  })
  await check.click()
  await expect.poll(() => told.textContent()).toMatch(/^✗ /)
  expect(trouble).toEqual([])
})

test('a tariff line is found by its Chinese name', async () => {
  const { page, goto } = await site.visit({ viewport: phone })
  await goto('/codes')
  await page.fill('#q', '锂离子')
  await Promise.all([page.waitForURL(/\/codes\/tariff\?q=/), page.press('#q', 'Enter')])
  await page.click('a[href="/codes/tariff/8507600090"]')
  await page.waitForURL(/8507600090$/)
  expect(await page.locator('main').textContent()).toContain('品牌类型')
})
