import { expect, test } from 'vitest'
import { openSite, type Visitor } from './site.ts'

// A change to the list from its draft to the public, with nothing but forms: no script runs in these browsers.
const site = await openSite()
const patienceMs = 120_000
const without = { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } }
const textOf = ({ page }: Visitor, selector = 'main') => page.locator(selector).innerText()

/** Presses a button and waits for what it leads to. */
async function press({ page }: Visitor, button: string): Promise<number> {
  const [response] = await Promise.all([page.waitForNavigation(), page.locator(button).first().click()])
  return response?.status() ?? 0
}

async function begin(visitor: Visitor, title: string): Promise<string> {
  const { page, goto } = visitor
  await goto('/admin/fees')
  await press(visitor, 'main a[role=button]')
  await page.fill('#title', title)
  await page.fill('#reason', '装卸成本下降')
  await page.fill('#validFrom', '2027-01-01')
  await press(visitor, 'form.entry button')
  return new URL(page.url()).pathname
}

test(
  'a price is changed by one, approved by another, announced to all, commented on and answered',
  async () => {
    const author = await site.visit(without)
    await author.signIn(site.keys.admin)
    const draft = await begin(author, '2027年目录清单')
    // Found by its name, changed in its form; what is refused keeps what was written.
    await author.page.fill('#q', '包干费')
    await press(author, '.work form button')
    await press(author, 'main table a')
    expect(await author.page.inputValue('[name="rate.0.amount"]')).toBe('480')
    await author.page.fill('[name="rate.0.amount"]', '-1')
    await author.page.fill('[name="noteZh"]', '自2027年起')
    await author.page.fill('[name="noteEn"]', 'From 2027 on')
    expect(await press(author, 'form.entry button')).toBe(422)
    expect(await textOf(author, '[id="rate.0.amount-wrong"]')).toBe('金额不得为负')
    expect(await author.page.inputValue('[name="noteZh"]')).toBe('自2027年起')
    await author.page.fill('[name="rate.0.amount"]', '450')
    await press(author, 'form.entry button')
    expect(author.page.url()).toContain(draft)
    expect(await textOf(author, 'details.change')).toMatch(/480[\s\S]*450/)
    await press(author, 'form[action$="/submit"] button')
    expect(await textOf(author)).toContain('须由他人审批')

    const officer = await site.visit({ ...without, locale: 'en' })
    await officer.signIn(site.keys.second)
    expect(await textOf(officer)).toContain('Drafts to approve or return')
    await press(officer, '.cards a')
    expect(await textOf(officer, 'details.change')).toMatch(/480[\s\S]*450/)
    const digest = await officer.page.inputValue('[name=digest]')
    expect(await textOf(officer, '#steps')).toContain(digest)
    await officer.page.check('[name=looked]')
    await press(officer, 'form[action$="/approve"] button')
    expect(officer.page.url()).toMatch(/\/fees\/editions\/2$/)

    for (const [locale, status, label] of [
      ['zh-CN', '公示中', '收费标准 1 · 金额'],
      ['en', 'Announced', 'Price 1 · Amount'],
    ] as const) {
      const anybody = await site.visit({ ...without, locale })
      expect(await anybody.goto('/fees/editions/2')).toBe(200)
      const said = await textOf(anybody)
      for (const part of [status, label, '480', '450', '2027-01-01']) expect(said).toContain(part)
      await anybody.goto('/fees/items/guoyuan-lump-sum')
      expect(await textOf(anybody, '.history')).toMatch(/480[\s\S]*450/)
      // Until then the old price is the list.
      await anybody.goto('/fees?port=guoyuan')
      expect(await textOf(anybody)).toContain('480')
      expect(anybody.trouble).toEqual([])
    }

    const anybody = await site.visit(without)
    await anybody.goto('/fees/editions/2')
    await anybody.page.fill('#name', '货主')
    await anybody.page.fill('#text', '支持降价\n何时执行？')
    await anybody.page.fill('#fee', 'no-such-fee')
    expect(await press(anybody, 'form[action$="/comments"] button')).toBe(422)
    expect(await anybody.page.inputValue('#text')).toBe('支持降价\n何时执行？')
    await anybody.page.fill('#fee', 'guoyuan-lump-sum')
    await press(anybody, 'form[action$="/comments"] button')
    expect(await textOf(anybody, '.comments')).toContain('何时执行？')
    await officer.goto('/fees/editions/2')
    await officer.page.click('.comments summary >> nth=0')
    await officer.page.fill('.comments textarea >> nth=0', 'On the first of January')
    await press(officer, '.comments form[action$="/answer"] button')
    await anybody.page.reload()
    expect(await textOf(anybody, '.comments')).toContain('On the first of January')
    expect([...author.trouble, ...officer.trouble, ...anybody.trouble]).toEqual([])
  },
  patienceMs,
)

test(
  'two admins at once: the later one sees what changed, keeps what was written, and decides',
  async () => {
    const [one, other] = [await site.visit(without), await site.visit({ ...without, locale: 'en' })]
    await one.signIn(site.keys.admin)
    await other.signIn(site.keys.second)
    const draft = await begin(one, '两人同时修改')
    const entry = `${draft}/entries/fee/guoyuan-weighing`
    await one.goto(entry)
    await other.goto(entry)
    await other.page.fill('[name="rate.0.amount"]', '70')
    await press(other, 'form.entry button')
    await one.page.fill('[name="rate.0.amount"]', '80')
    await one.page.fill('[name="noteZh"]', '写了很久的备注')
    await one.page.fill('[name="noteEn"]', 'A note that took long')
    expect(await press(one, 'form.entry button')).toBe(412)
    expect(await textOf(one, '[role=alert]')).toMatch(/内容已被他人修改[\s\S]*second admin[\s\S]*60[\s\S]*70/)
    expect(await one.page.inputValue('[name="rate.0.amount"]')).toBe('80')
    expect(await one.page.inputValue('[name="noteZh"]')).toBe('写了很久的备注')
    await other.page.reload()
    expect(await textOf(other, 'details.change')).toMatch(/60[\s\S]*70/)
    await press(one, 'form.entry button')
    expect(await textOf(one, 'details.change')).toMatch(/60[\s\S]*80/)
    // One submits what the other has not seen: it is not done, and says why.
    const seen = await site.visit({ ...without, locale: 'en' })
    await seen.signIn(site.keys.second)
    await seen.goto(draft)
    await one.goto(`${draft}/edit`)
    await one.page.fill('#title', '另一个标题')
    await press(one, 'form.entry button')
    expect(await press(seen, 'form[action$="/submit"] button')).toBe(412)
    expect(await textOf(seen, '[role=alert]')).toMatch(/It changed meanwhile[\s\S]*两人同时修改[\s\S]*另一个标题/)
    expect(await press(seen, 'form[action$="/submit"] button')).toBe(200)
  },
  patienceMs,
)
