import { expect, test } from 'vitest'
import { assessable, wrongBill } from './fee-places.ts'
import { hostile } from './hostile-names.ts'
import { desk, faultsOf, phone } from './look.ts'
import { openSite } from './site.ts'

// From a question to a complaint 测算、核对、投诉 in a browser that runs no script, on a phone, in Chinese.
const site = await openSite(assessable())
const { keys } = site
/** The button of a form that describes a consignment. */
const ask = 'form:has(#port) button[type=submit]'

test('what will it cost, is this bill right, keep it, complain: without a script, with thumbs', async () => {
  const { page, goto, signIn, trouble } = await site.visit({ javaScriptEnabled: false, viewport: phone })
  await signIn(keys.trader)
  await goto('/fees/quote')
  await page.selectOption('#port', 'guoyuan')
  await page.selectOption('#direction', { label: '进口' })
  await page.selectOption('#trade', { label: '外贸' })
  await page.fill('#c0-count', '2')
  await page.selectOption('#c0-size', { label: '40尺' })
  // Other kinds of containers are folded away until they are wanted.
  expect(await page.locator('#c1-count').isVisible()).toBe(false)
  await page.click('details.more summary >> text=其他规格的集装箱')
  await page.fill('#c1-count', 'two')
  await page.click(ask)
  expect(await page.locator('#c1-count-wrong').innerText()).toBe('请填写整数')
  await page.locator('.problem a[href="#c1-count"]').click()
  await page.fill('#c1-count', '')
  await page.click(ask)
  expect(await page.locator('dl.sums .main dd').innerText()).toMatch(/^[\d,]+\.\d\d/)
  expect(await page.locator('ul.tags li').allInnerTexts()).toContain('2个40尺箱')

  await page.click('text=核对此票货物的账单')
  expect(await page.locator('#c0-count').inputValue()).toBe('2')
  await page.fill('#billNumber', 'GY-2026-1')
  await page.fill('#issuedOn', '2026-10-12')
  await page.selectOption('#payee', 'guoyuan-terminal')
  const file = `项目名称,数量,金额\n港口作业包干费,2,1500.00\n"${hostile.replaceAll('"', '""')}",,30.00\n`
  await page.setInputFiles('#file', { name: '账单.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  await page.click(ask)
  expect(await page.locator('table.judged tbody tr').count()).toBe(2)
  expect(await page.locator('table.judged .level').allInnerTexts()).toEqual(['超标准收费', '清单外收费'])
  // In English it is the same bill, though its file is not there any more.
  await page.click('.tools >> text=English')
  expect(await page.locator('table.judged .level').allInnerTexts()).toEqual(['Above the list', 'Not in the list'])
  await page.click('.tools >> text=中文')
  await page.click('text=保存核对结果')
  await page.waitForURL(/\/fees\/bill-check\/[0-9A-Z]+$/)
  await page.locator('input[name=lines][value="2"]').uncheck()
  await page.fill('#text', '包干费超出公布标准。\n请退还。')
  await page.click('main button >> text=提出投诉')
  await page.waitForURL(/\/fees\/complaints\/CQJG\d+$/)
  expect(await page.locator('h1 .tag').innerText()).toBe('已受理')
  expect(await page.locator('table.judged tbody tr').count()).toBe(1)
  expect(await page.locator('.timeline .lines').innerText()).toBe('包干费超出公布标准。\n请退还。')
  expect(trouble).toEqual([])
})

test('answers to forms can be seen and heard like any page: a bill judged, a bill that is wrong', async () => {
  const visitor = await site.visit({ viewport: desk })
  await visitor.signIn(keys.trader)
  const { lines, ...head } = wrongBill
  for (const typed of [lines, '货物港务费 | many']) {
    await visitor.goto(`/fees/bill-check?${new URLSearchParams({ ...head, lines: typed }).toString()}`)
    await Promise.all([visitor.page.waitForEvent('framenavigated'), visitor.page.click(ask)])
    await visitor.page.locator('dl.sums, .problem').first().waitFor()
    const place = { path: '/fees/bill-check', as: 'trader', shows: typed === lines ? hostile : 'many' } as const
    expect(await faultsOf(visitor, place)).toEqual([])
  }
})
