import { expect, test } from 'vitest'
import { assessable } from './fee-places.ts'
import { desk, faultsOf, lookedAlready, nothingLooked, phone } from './look.ts'
import { furnish } from './pages.ts'
import { openSite } from './site.ts'
import { sweep } from './sweep.ts'

// Every page of the fee catalogue as a browser shows it: on a phone and on a desk, in both languages, to people who see, listen, type and print.
const site = await openSite(assessable())
const places = await furnish(site)

const looked = nothingLooked()

test('every page of fees in English, on a light screen, fits a phone and a desk, can be heard, keeps to itself, and shows names as text', async () => {
  expect(await sweep(site, places, { locale: 'en', colorScheme: 'light' }, looked)).toEqual([])
}, 300_000)

test('every page of fees in Chinese, on a dark screen, fits a phone, keeps to itself, and shows names as text', async () => {
  expect(await sweep(site, places, { locale: 'zh-CN', colorScheme: 'dark' }, lookedAlready(looked))).toEqual([])
}, 300_000)

test('those faults can be seen', async () => {
  const visitor = await site.visit({ viewport: phone })
  await visitor.goto('/fees/editions')
  const bad =
    '<input><p class="pale">words as good as white</p><div class="wide">x</div><img src="https://elsewhere.test/x.png"><b data-hostile></b>'
  await visitor.page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', ${JSON.stringify(bad)})`)
  await visitor.page.evaluate("document.querySelector('.wide').style.width = '3000px'")
  await visitor.page.evaluate("document.querySelector('.pale').style.color = '#eee'")
  const faults = await faultsOf(visitor, { path: '/fees/editions', shows: 'nothing like this' })
  for (const fault of [
    /wide on 390/,
    /wide on 1280/,
    /label/,
    /color-contrast/,
    /became an element/,
    /not there as text/,
    /elsewhere\.test|Content Security Policy/,
  ])
    expect(faults.join('\n')).toMatch(fault)
})

test('what is printed is the list, without ways to click', async () => {
  const { page, goto } = await site.visit({ viewport: desk })
  await goto('/fees?whole=1')
  await page.emulateMedia({ media: 'print' })
  for (const gone of ['header nav', 'header .tools', 'footer', 'form', '.skip'])
    for (const one of await page.locator(gone).all()) expect(await one.isVisible()).toBe(false)
  expect(await page.locator('table.fees tbody tr').count()).toBeGreaterThan(10)
  expect(await page.locator('table.fees').isVisible()).toBe(true)
  expect(await page.locator('h1').isVisible()).toBe(true)
})

test('with a keyboard alone: past the navigation, into the form, to its button', async () => {
  const { page, goto, signIn } = await site.visit({ viewport: desk })
  await signIn(site.keys.admin)
  await goto('/admin/fees/drafts/new')
  await page.keyboard.press('Tab')
  const skip = page.locator('.skip')
  expect(await page.evaluate('document.activeElement.className')).toBe('skip')
  expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0)
  await page.keyboard.press('Enter')
  expect(page.url()).toMatch(/#content$/)
  const [reached, marked] = [[] as string[], new Set<string>()]
  for (let presses = 0; presses < 20 && !reached.includes('button'); presses++) {
    await page.keyboard.press('Tab')
    const [name, isMarked] = await page.evaluate<[string, boolean]>(focused)
    if (isMarked) marked.add(name)
    // A day has several places of its own.
    if (reached.at(-1) !== name) reached.push(name)
  }
  expect([...marked]).toEqual(reached)
  expect(reached).toEqual(['title', 'reason', 'validFrom', 'payee', 'button'])
})

/** What has the focus, and whether that can be seen. */
const focused = `(() => {
  const at = document.activeElement
  const { outlineStyle, boxShadow } = getComputedStyle(at)
  return [at.localName === 'button' ? 'button' : (at.getAttribute('name') ?? ''), outlineStyle !== 'none' || boxShadow !== 'none']
})()`
