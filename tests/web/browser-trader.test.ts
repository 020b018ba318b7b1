import { expect, test } from 'vitest'
import { makeKey } from '../../src/db/keys.ts'
import { broker, evBatteries, filingOf, frozenBeef, laptops } from '../support/world.ts'
import { openSite, type Visitor } from './site.ts'

// A trader at work: the board, a declaration as agencies answer, its numbers, messages, and who read it.
const site = await openSite()
const { world } = site
const patienceMs = 120_000
const size = { width: 1280, height: 900 }
const main = ({ page }: Visitor) => page.locator('main').innerText()
const signedIn = async (visitor: Visitor, path: string) => {
  await visitor.signIn(site.keys.trader)
  expect(await visitor.goto(path)).toBe(200)
  return visitor
}

test(
  'a declaration is watched from the board to its release, and nothing is loaded again by hand',
  async () => {
    const trader = await signedIn(await site.visit({ viewport: size }), '/declarations')
    const { page } = trader
    expect(await main(trader)).toContain('暂无申报')
    const { body } = await world.post(evBatteries('-C.INSPECT'))
    const { functionalReferenceId } = body
    await page.reload()
    await page.click(`table.board a:text-is("${functionalReferenceId}")`)
    await page.waitForSelector('#live:has-text("实时更新")')
    await page.evaluate('window.stayed = true')

    await world.until(body.id, (seen) => filingOf(seen, 'customs').holds.includes('inspection'))
    await page.waitForSelector('#needs li:has-text("查验")')
    await page.waitForSelector('#picture .standing:has-text("查验")')
    await world.until(body.id, (seen) => filingOf(seen, 'customs').status === 'closed')
    await page.waitForSelector('#picture .node.is-closed:has-text("报关单申报")')
    await page.waitForSelector('#events li:has-text("结关")')
    const numbers = await page.evaluate<number[]>(
      "[...document.querySelectorAll('#events li')].map((line) => Number(line.dataset.number))",
    )
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a))
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(await page.evaluate('window.stayed')).toBe(true)

    // A number of customs is copied, and that is said; with it the declaration is found.
    const seen = await world.read(body.id)
    const entry = filingOf(seen, 'customs').references.find(({ scheme }) => scheme === 'entry-number')?.value ?? ''
    await trader.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.click(`#references code:text-is("${entry}") + button`)
    await page.waitForSelector(`[role=status]:has-text("${entry}")`, { state: 'attached' })
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(entry)
    await trader.goto('/declarations')
    await page.fill('[name=q]', entry)
    await Promise.all([page.waitForURL(/q=/), page.click('form.finding button')])
    expect(await page.locator('table.board tbody tr').count()).toBe(1)
    expect(await main(trader)).toContain(functionalReferenceId)
    expect(trader.trouble).toEqual([])
  },
  patienceMs,
)

test(
  'a stream that broke goes on where it was',
  async () => {
    const { body } = await world.post(laptops())
    const trader = await signedIn(await site.visit({ viewport: size }), `/declarations/${body.id}`)
    const { page } = trader
    await page.waitForSelector('#live:has-text("实时更新")')
    // Out of sight the page lets its stream go, and takes it up again when it is seen.
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    await world.until(body.id, (seen) => filingOf(seen, 'customs').status === 'closed')
    expect(await page.locator('#events li:has-text("结关")').count()).toBe(0)
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    await page.waitForSelector('#events li:has-text("结关")')
    expect(trader.trouble).toEqual([])
  },
  patienceMs,
)

test(
  'without a script: found, understood, its messages read, and who read it',
  async () => {
    const { body } = await world.post(frozenBeef())
    await world.until(body.id, (seen) => filingOf(seen, 'customs').holds.includes('payment-due'))
    const officer = await makeKey(world.database, { name: '外汇局核查员', role: 'agency', agency: 'fx' })
    const query = new URLSearchParams({ purpose: 'payment-verification', case: '汇核〔2026〕17号', firm: broker })
    expect((await world.call('GET', `/v1/shared/declarations?${query.toString()}`, { key: officer })).status).toBe(200)

    const trader = await signedIn(
      await site.visit({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false }),
      '/declarations',
    )
    const { page } = trader
    expect(await page.locator('section.needs').innerText()).toMatch(/需缴税费[\s\S]*截止/)
    const follow = (link: string) => Promise.all([page.waitForNavigation(), page.locator(link).first().click()])
    await follow(`section.needs a:text-is("${body.functionalReferenceId}")`)
    expect(await page.locator('#picture').innerText()).toMatch(/海关缴款书稽核比对[\s\S]*待补充[\s\S]*前置事项/)
    expect(await page.locator('button.copy').count()).toBe(0)
    // The timeline is a link away.
    await world.until(body.id, (seen) => filingOf(seen, 'fx').status === 'closed')
    await follow('#live a')
    expect(await page.locator('#picture .node.is-closed').allInnerTexts()).toContainEqual(
      expect.stringContaining('进口付汇'),
    )
    await follow('nav.parts a:has-text("报文")')
    await follow('main table a')
    expect(await page.locator('pre.message').innerText()).toMatch(/^<\?xml[\s\S]*\n {2}</)
    await follow('nav.parts a:has-text("查询记录")')
    for (const word of ['外汇', '外汇局核查员', '汇核〔2026〕17号', '法律依据'])
      expect(await main(trader)).toContain(word)
    // On paper there is nothing to click, and every number.
    await follow('nav.parts a:has-text("打印")')
    await page.emulateMedia({ media: 'print' })
    for (const one of await page.locator('.on-screen, header nav, button').all())
      expect(await one.isVisible()).toBe(false)
    const seen = await world.read(body.id)
    for (const { references } of seen.filings)
      for (const { value } of references) expect(await page.locator('.references').innerText()).toContain(value)
    expect(trader.trouble).toEqual([])
  },
  patienceMs,
)
