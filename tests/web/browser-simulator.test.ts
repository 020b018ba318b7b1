import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { agencies } from '../../mocks/registry.ts'
import { evBatteries, filingOf, type Seen } from '../support/world.ts'
import { desk } from './look.ts'
import { openSite, type Visitor } from './site.ts'

// An integrator tries out what their software does when an agency misbehaves, with nothing but the pages.
const site = await openSite()
const { world } = site
const patienceMs = 120_000
const [agency] = agencies
const id = agency?.id ?? ''
const textOf = ({ page }: Visitor, selector = 'main') => page.locator(selector).first().innerText()

/** Presses a button and waits for what it leads to. */
async function press({ page }: Visitor, button: string): Promise<number> {
  const [response] = await Promise.all([page.waitForNavigation(), page.locator(button).first().click()])
  return response?.status() ?? 0
}

test(
  'an agency is broken and mended, a declaration goes through it all, and every step is told',
  async () => {
    const visitor = await site.visit({ javaScriptEnabled: false, viewport: desk, locale: 'en' })
    const { page, goto, trouble } = visitor
    await visitor.signIn(world.keys.integrator)

    // A session of one's own, that nobody else's faults reach.
    await goto('/simulator')
    await page.click('#new summary')
    await page.fill('#id', 'mine')
    await page.fill('#seed', 'a seed of mine')
    await page.fill('#startAt', '2026-11-20T09:00')
    await press(visitor, '#new button')
    expect(new URL(page.url()).search).toBe('?session=mine')
    expect(await textOf(visitor, '.sim-now')).toContain('2026-11-20 09:00:00')
    expect(await textOf(visitor, '.sim-use')).toContain('X-Sim-Session: mine')

    // The gateway files in another: there the agency is broken, until it is mended.
    await page.selectOption('#session', 'default')
    await press(visitor, '.sim-session button')
    await page.selectOption('.sim-break select[name=agency]', id)
    await page.selectOption('.sim-break select[name=fault]', 'BURST5XX')
    await page.selectOption('.sim-break select[name=times]', '')
    await press(visitor, '.sim-break button')
    expect(await textOf(visitor, '#sim-broken')).toMatch(/Broken now[\s\S]*BURST5XX[\s\S]*until it is lifted/)
    await goto('/simulator?session=mine')
    expect(await page.locator('.sim-broken').count()).toBe(0)

    const { status, body } = await world.post(evBatteries())
    expect(status).toBe(202)
    const [procedure = ''] = Object.keys(adapters[id]?.procedures ?? {})
    const filing = async () => filingOf(await world.read(body.id), id, procedure)
    // It was turned away at least once.
    await world.eventually(async () => {
      await goto(`/simulator/journal?session=default&agency=${id}&fault=BURST5XX`)
      return (await page.locator('table.sim-journal').count()) > 0
    })
    expect(await textOf(visitor, 'table.sim-journal')).toMatch(/503\s*BURST5XX/)
    expect(['queued', 'sent']).toContain((await filing()).status)

    await goto('/simulator?session=default')
    await press(visitor, '.sim-broken button')
    expect(await page.locator('.sim-broken').count()).toBe(0)
    await world.meanwhile(body.id, (seen) => !['queued', 'sent'].includes(filingOf(seen, id, procedure).status))

    // The clock stands until it is moved: then the agency says what it says within an hour.
    const isRegistered = (seen: Seen) =>
      filingOf(seen, id, procedure).receipts.some((receipt) => receipt.status === 'registered')
    const before = await textOf(visitor, '.sim-now')
    expect(isRegistered(await world.read(body.id))).toBe(false)
    await goto('/simulator?session=default')
    await press(visitor, '.sim-buttons button:has-text("+ 1 hour")')
    await world.meanwhile(body.id, isRegistered)
    await goto('/simulator?session=default')
    expect(await textOf(visitor, '.sim-now')).not.toBe(before)

    // A slip of the pen is told, with what was meant.
    await fetch(`${world.simulatorUrl}/${id}/mailboxx`, { headers: { 'x-sim-session': 'mine' } })
    await goto('/simulator/journal?session=mine&misses=yes')
    expect(await textOf(visitor, 'tr.sim-miss')).toMatch(/Closest: specification \/ GET \/mailbox[\s\S]*got \/mailboxx/)
    await press(visitor, 'tr.sim-miss a')
    expect(await textOf(visitor, '.problem')).toContain('No scenario matched')
    expect(trouble).toEqual([])
  },
  patienceMs,
)

test(
  'with script: a mistake leads to its line, and the journal shows by itself what is new',
  async () => {
    const visitor = await site.visit({ viewport: desk })
    const { page, goto, trouble } = visitor
    await visitor.signIn(world.keys.integrator)
    await goto('/simulator/scenarios')
    await press(visitor, '.actions a')
    const written = await page.inputValue('#script')
    await page.fill('#script', written.replace('delay: { ms: 200 }', 'delay: { ms: soon }'))
    expect(await press(visitor, '.sim-script button')).toBe(400)
    expect(await textOf(visitor, '.sim-mistakes')).toMatch(/第 \d+ 行第 \d+ 列/)
    await page.click('.sim-mistakes a')
    const chosen = await page.evaluate<[string, string]>(
      `[document.activeElement.id, document.activeElement.value.slice(document.activeElement.selectionStart).split('\\n')[0]]`,
    )
    expect(chosen[0]).toBe('script')
    expect(chosen[1]).toContain('soon')
    await page.fill('#script', written)
    await press(visitor, '.sim-script button')
    expect(await textOf(visitor, '.cards')).toContain('fresh × 1')

    await goto('/simulator/journal')
    await fetch(`${world.simulatorUrl}/${id}/something-new`)
    await page.locator('#sim-entries', { hasText: 'something-new' }).waitFor()
    expect(await textOf(visitor, '#live-said')).not.toBe('')
    // Whoever stands still is left alone.
    await page.click('main button.quiet')
    await fetch(`${world.simulatorUrl}/${id}/something-else`)
    expect(await page.locator('main button.quiet').innerText()).toBe('继续刷新')
    expect(trouble).toEqual([])
  },
  patienceMs,
)
