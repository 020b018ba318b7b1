import { expect, test } from 'vitest'
import { filingOf, laptops } from '../support/world.ts'
import { withoutParticulars } from './actions-places.ts'
import { faultsOf } from './look.ts'
import { openSite, type Visitor } from './site.ts'

// A trader brings what an agency waits for and cancels a declaration: with forms alone, then with codes found as one types.
const site = await openSite()
const { world } = site
const patienceMs = 120_000
const plain = { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }
const textOf = ({ page }: Visitor, selector = 'main') => page.locator(selector).innerText()

/** Presses something and waits for what it leads to. */
async function press({ page }: Visitor, what: string): Promise<number> {
  const [response] = await Promise.all([page.waitForNavigation(), page.locator(what).first().click()])
  return response?.status() ?? 0
}

const waiting = async () => {
  const { id } = (await world.post(withoutParticulars(laptops(), 'maritime', 'inland-report'))).body
  return world.meanwhile(id, (seen) => filingOf(seen, 'maritime', 'inland-report').status === 'awaiting-particulars')
}

test(
  'without a script, on a phone: what is asked for is said, kept when it is wrong, brought; then the declaration is cancelled',
  async () => {
    const seen = await waiting()
    const visitor = await site.visit(plain)
    const { page } = visitor
    await visitor.signIn(site.keys.trader)
    await visitor.goto(`/declarations/${seen.id}`)
    await press(visitor, '#needs a')
    await press(visitor, 'a[href$="/particulars"]')
    expect(await textOf(visitor, '[role=alert]')).toMatch(/报告人[\s\S]*船舶识别号/)
    await page.fill('.entry [name="particulars/reporter/name"]', '陈船长')
    await page.fill('.entry [name="particulars/shipId"]', 'CN1')
    expect(await press(visitor, '.entry .actions button')).toBe(422)
    expect(await page.inputValue('.entry [name="particulars/reporter/name"]')).toBe('陈船长')
    expect(await page.getAttribute('.entry [name="particulars/shipId"]', 'aria-invalid')).toBe('true')
    // The other language says the same of it, and keeps it too.
    await press(visitor, '.tools form:has([name="particulars/shipId"]) button')
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    expect(await page.inputValue('.entry [name="particulars/shipId"]')).toBe('CN1')
    const given = laptops().particulars?.['maritime']?.['inland-report'] as {
      shipId: string
      reporter: { phone: string }
    }
    await page.fill('.entry [name="particulars/reporter/phone"]', given.reporter.phone)
    await page.fill('.entry [name="particulars/shipId"]', given.shipId)
    // The enter key saves: it takes nothing away.
    await Promise.all([page.waitForNavigation(), page.press('.entry [name="particulars/shipId"]', 'Enter')])
    expect(new URL(page.url()).pathname).toBe(
      `/declarations/${seen.id}/filings/${filingOf(seen, 'maritime', 'inland-report').id}`,
    )
    await world.until(seen.id, (now) => filingOf(now, 'customs').status === 'registered')

    await visitor.goto(`/declarations/${seen.id}`)
    await press(visitor, 'a[href$="/cancel"]')
    await page.fill('[name=reason]', 'The buyer backed out')
    await press(visitor, '.entry .actions button')
    expect(await textOf(visitor)).toMatch(/Who is asked[\s\S]*Customs[\s\S]*Singapore/)
    expect((await world.read(seen.id)).changes).toEqual([])
    await page.selectOption('.entry [name="particulars/customs/cancellation/reasonCode"]', '7')
    await page.fill('.entry [name="particulars/customs/cancellation/entOpName"]', '张三')
    await page.fill('.entry [name="particulars/customs/cancellation/entOpTele"]', '02360000000')
    await page.selectOption('.entry [name="particulars/singapore/cancellation/reasonCode"]', 'C10')
    await press(visitor, 'button[name=step]')
    const change = new URL(page.url()).pathname
    expect(change).toMatch(/\/changes\/\w+$/)
    await world.until(seen.id, ({ changes }) => changes.every(({ status }) => status !== 'pending'), 3_600_000)
    await visitor.goto(change)
    expect(await textOf(visitor, 'h1')).toContain('granted')
    expect(await textOf(visitor, 'table')).toMatch(/Customs[\s\S]*Singapore/)
    expect(visitor.trouble).toEqual([])
  },
  patienceMs,
)

test(
  'with a script a code is found by number or by name, chosen with the keyboard alone, and heard',
  async () => {
    const seen = await waiting()
    const visitor = await site.visit({ viewport: { width: 1280, height: 900 } })
    const { page } = visitor
    await visitor.signIn(site.keys.trader)
    await visitor.goto(`/declarations/${seen.id}/filings/new?agency=fx&procedure=receipt`)
    const field = page.locator('[name="particulars/method"]')
    const popup = page.locator(`#${await field.getAttribute('aria-controls')}`)
    await field.focus()
    await page.keyboard.type('信用证')
    await popup.locator('[role=option]').first().waitFor()
    expect(await field.getAttribute('aria-expanded')).toBe('true')
    expect(await popup.locator('[role=option]').first().innerText()).toMatch(/^L\s+信用证/)
    expect(await page.locator('.field:has([name="particulars/method"]) [role=status]').innerText()).toMatch(/^\d+ 项$/)
    await page.keyboard.press('ArrowDown')
    expect(await field.getAttribute('aria-activedescendant')).toBe(
      await popup.locator('[role=option]').first().getAttribute('id'),
    )
    expect(await faultsOf(visitor, { path: 'codes' })).toEqual([])
    await field.focus()
    await page.keyboard.press('Enter')
    // Chosen, not sent.
    expect(await field.inputValue()).toBe('L')
    expect(await popup.isVisible()).toBe(false)
    expect(await page.locator('.field:has([name="particulars/method"]) output').innerText()).toBe('信用证')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('T')
    await popup.locator('[role=option]').first().waitFor()
    await page.keyboard.press('Escape')
    expect(await popup.isVisible()).toBe(false)
    expect(await field.inputValue()).toBe('T')
    await press(visitor, '.entry .actions button')
    expect((await world.read(seen.id)).filings.filter(({ occasion }) => occasion === 'request')).toHaveLength(1)
    expect(visitor.trouble).toEqual([])
  },
  patienceMs,
)
