import { expect, test } from 'vitest'
import { isSettledDraft, proposalDesk } from './proposal-desk.ts'
import { openSite } from './site.ts'

// A trader drops an invoice and a packing list, decides on what was guessed, fills in what no paper says, and hands in.
const site = await openSite()
const patienceMs = 120_000

test(
  'dropped papers become a declaration that was handed in',
  async () => {
    const visitor = await site.visit({ locale: 'en', viewport: { width: 1280, height: 900 } })
    const { page, goto, trouble } = visitor
    const desk = proposalDesk(visitor)
    await visitor.signIn(site.keys.trader)
    await goto('/drafts/new')
    // The samples the page offers are what it takes.
    const papers = await desk.download('laptops-invoice.xlsx', 'laptops-packing-list.xlsx')
    await page.setInputFiles('#drop-files', [
      ...papers,
      { name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
    ])
    expect(await page.locator('[data-chosen] li').count()).toBe(3)
    expect(await page.locator('[data-said]').innerText()).toBe('3 chosen')

    // One that cannot be read is named, and the others need not be chosen again.
    await page.click('form[data-drop] button[type=submit]')
    await page.waitForSelector('[data-said] .problem')
    expect(await page.locator('[data-said] .problem').innerText()).toContain('scan.pdf: PDF cannot be read')
    await page.click('[aria-label="Take out scan.pdf"]')
    expect(await page.locator('[data-chosen] li').count()).toBe(2)
    await Promise.all([page.waitForURL(/\/drafts\/\w+\/proposal$/), page.click('form[data-drop] button[type=submit]')])

    // Side by side: what stands in the draft, and the cell it was read from.
    const contract = page.locator('tr', { hasText: 'CQ-SG-2026-118' }).first()
    expect(await contract.innerText()).toMatch(/laptops-invoice\.xlsx · Invoice\s+F7/)
    await desk.press('button[value="all read"]')
    expect(await page.locator('button[value="all read"]').count()).toBe(0)
    await page.selectOption('select[name="instead:/goodsShipment/consignment/entryExitPortId"]', '1')
    await desk.press('button[value="/goodsShipment/consignment/entryExitPortId"]')
    const port = page.locator('tr', { hasText: '500002' }).first()
    expect(await port.innerText()).toContain('changed to')
    await desk.press('button[value="all derived"]')
    await desk.press('button[value="all guessed"]')
    expect(await page.locator('form.proposal').innerText()).toContain('Everything is confirmed.')

    // What no paper says is filled in at its field.
    await desk.goOn()
    expect(await page.locator('#issues').innerText()).toContain('Required, but missing')
    await desk.fillIn('basics', { '/declarationOfficeId': '8014', '/exitEntryOfficeId': '8010' })
    await desk.fillIn('parties', {
      '/agent/id': '91500112MA5U0B0037',
      '/agent/name': '重庆样例报关有限公司',
      '/agent/customsRegistrationId': '5012980001',
      '/declarant/name': '报关员',
    })
    const id = await desk.handIn()
    const kept = await site.world.call('GET', `/v1/declarations/${id}`)
    expect(await kept.json()).toMatchObject({ functionalReferenceId: 'INV-2026-118' })
    expect(trouble).toEqual([])
  },
  patienceMs,
)

test(
  'without script the same form takes the same files',
  async () => {
    const visitor = await site.visit({
      javaScriptEnabled: false,
      locale: 'zh-CN',
      viewport: { width: 390, height: 800 },
    })
    const { page, goto, trouble } = visitor
    const desk = proposalDesk(visitor)
    await visitor.signIn(site.keys.trader)
    await goto('/drafts/new')
    await desk.press('form[data-drop] button[type=submit]')
    expect(await page.locator('.problem').innerText()).toContain('请至少选择一个文件')
    const papers = await desk.download('ev-batteries-invoice.csv', 'ev-batteries-packing-list.csv')
    await page.setInputFiles('#drop-files', papers)
    await desk.press('form[data-drop] button[type=submit]')
    expect(page.url()).toMatch(/\/drafts\/\w+\/proposal$/)
    const code = page.locator('select[name="instead:/goodsShipment/items/0/hsCode"]')
    expect(await code.locator('option').count()).toBe(3)
    await code.selectOption('1')
    await desk.press('button[value="/goodsShipment/items/0/hsCode"]')
    expect(await isSettledDraft(site.world, site.keys.trader, page.url(), '/goodsShipment/items/0/hsCode')).toBe(
      '8507600010',
    )
    expect(await desk.isWithinScreen()).toBe(true)
    expect(trouble).toEqual([])
  },
  patienceMs,
)
