import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { stepIds } from '../../src/web/drafting/steps.ts'
import { laptops } from '../support/world.ts'
import type { Fields } from './clerk.ts'
import { fieldsOfLine, fieldsOfStep } from './filling.ts'
import { openSite, type Visitor } from './site.ts'

// A declaration drawn up in the window: from nothing to accepted, with script and without, in two tabs, and amended.
const site = await openSite()
const { world } = site
const patienceMs = 120_000
const desk = { viewport: { width: 1280, height: 900 } }

const main = ({ page }: Visitor) => page.locator('main').innerText()
const draftOf = (page: Page) => /\/drafts\/(\w{20})\//.exec(page.url())?.[1] ?? ''
const documentOf = async (id: string) =>
  ((await (await world.call('GET', `/v1/declaration-drafts/${id}`)).json()) as { document: { [key: string]: unknown } })
    .document

async function trader(options: object = {}): Promise<Visitor> {
  const visitor = await site.visit({ ...desk, ...options })
  const { page } = visitor
  await page.goto('/sign-in?next=/drafts')
  await page.fill('input[name=key]', site.keys.trader)
  await Promise.all([page.waitForURL(/\/drafts$/), page.click('main button[type=submit]')])
  return visitor
}

/** Presses a button and waits for the page it leads to. */
async function press(page: Page, button: string): Promise<number> {
  const [response] = await Promise.all([page.waitForNavigation(), page.locator(button).first().click()])
  return response?.status() ?? 0
}

/** Types into the fields there are; gives the outermost list that lacks a row for one that is not there yet. */
const typeIn = `(wanted) => {
  for (const one of document.querySelectorAll('details')) one.open = true
  let lacking
  for (const [name, value] of Object.entries(wanted)) {
    const field = document.getElementsByName(name)[0]
    if (field === undefined) {
      const rows = [...name.matchAll(/[/][0-9]+(?=[/]|$)/g)].map(({ 0: row, index }) => name.slice(0, index + row.length))
      const row = rows.find((one) => document.querySelector('[name="' + one + '"], [name^="' + one + '/"]') === null)
      lacking ??= row?.replace(/[/][0-9]+$/, '')
    } else if (field.value !== value) {
      field.value = value
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }
  return lacking
}`

/** Fills in a step as somebody would, adding the rows it takes. */
async function fillIn(page: Page, fields: Fields): Promise<void> {
  for (let rows = 0; rows < 40; rows++) {
    const list = await page.evaluate<string | undefined>(`(${typeIn})(${JSON.stringify(fields)})`)
    if (list === undefined) return
    await press(page, `button[name=add][value="${list}"]`)
  }
  throw new Error(`There is always a row more to be added: ${page.url()}`)
}

test(
  'a newcomer draws up a declaration from nothing: the plan grows, the code is found by its name, and agencies take it',
  async () => {
    const wanted = laptops()
    const visitor = await trader()
    const { page } = visitor
    await page.goto('/drafts/new')
    await press(page, 'form:has([value=empty]) button')
    const id = draftOf(page)
    await page.waitForSelector('#plan')
    expect(await page.locator('#plan').innerText()).toContain('尚待确定')

    // Saved by itself, a little after it was typed; the plan says what is known by now.
    await page.selectOption('[id="/direction"]', 'export')
    await page.fill('[id="/functionalReferenceId"]', wanted.functionalReferenceId)
    await page.locator('#plan', { hasText: '货物出境须向海关申报' }).waitFor()
    expect(await documentOf(id)).toMatchObject({ direction: 'export' })
    expect(await page.locator('#saved').innerText()).toMatch(/^已保存 \d\d:\d\d/)
    // What is wrong is told at its field while it is typed, and is gone once it is right.
    await page.fill('[id="/declarationOfficeId"]', 'ZZZZ')
    await page.locator('[id="/declarationOfficeId-wrong"]', { hasText: '海关' }).waitFor()
    expect(await page.getAttribute('[id="/declarationOfficeId"]', 'aria-invalid')).toBe('true')
    await page.fill('[id="/declarationOfficeId"]', wanted.declarationOfficeId)
    await page.locator('[id="/declarationOfficeId-wrong"]').waitFor({ state: 'detached' })

    for (const step of ['basics', 'parties', 'journey', 'cargo', 'terms'] as const) {
      await fillIn(page, fieldsOfStep(wanted, step))
      await press(page, `.actions button[value=${stepIds[stepIds.indexOf(step) + 1]}]`)
    }
    expect(await page.locator('#plan').innerText()).toMatch(/海事[\s\S]*船舶载货出境/)

    await press(page, 'button[value=add]')
    const code = page.locator('[id="/goodsShipment/items/0/hsCode"]')
    await code.pressSequentially('其他便携式自动')
    await page.locator('[role=option]', { hasText: '8471309000' }).click()
    await page.locator('#tariff', { hasText: '法定单位' }).waitFor()
    expect(await page.locator('#elements').innerText()).toContain('品牌类型')
    await page.locator('[id="/goodsShipment/items/0/statutoryQuantity2/unitCode"]').waitFor({ state: 'attached' })
    expect(await page.inputValue('[id="/goodsShipment/items/0/statutoryQuantity2/unitCode"]')).toBe('KGM')
    await fillIn(page, fieldsOfLine(wanted, 0))
    await press(page, '.actions button[value=goods]')
    expect(await page.locator('#sums').innerText()).toContain('一致')

    await page.goto(`/drafts/${id}/documents`)
    await fillIn(page, fieldsOfStep(wanted, 'documents'))
    await press(page, '.actions button[value=particulars]')
    expect(await main(visitor)).toMatch(/海关[\s\S]*边检[\s\S]*海事/)
    await press(page, '.actions button[value=check]')
    expect(await main(visitor)).toContain('校验通过')
    // What only one agency asks for may come later: it is said what that will be.
    expect(await main(visitor)).toMatch(/提交后[\s\S]*边检[\s\S]*将需补充[\s\S]*口岸收费（估算）[\s\S]*CNY/)
    await press(page, 'button[value=hand-in]')
    expect(page.url()).toMatch(/\/declarations\/\w{20}$/)
    expect(await main(visitor)).toContain(wanted.functionalReferenceId)
    expect(visitor.trouble).toEqual([])
  },
  patienceMs,
)

test(
  'without script a sample is begun, changed, refused with the way to what is wrong, put right and handed in',
  async () => {
    const visitor = await trader({ javaScriptEnabled: false, locale: 'en' })
    const { page } = visitor
    await page.goto('/drafts/new')
    await press(page, 'form:has([value=sample]) button')
    const id = draftOf(page)
    await press(page, 'nav.steps button[value=basics]')
    await page.fill('[id="/declarationOfficeId"]', 'ZZZZ')
    await press(page, 'nav.steps button[value=check]')
    expect(await main(visitor)).toContain('Customs: "ZZZZ" is not in the list')
    expect(await press(page, 'button[value=hand-in]')).toBe(422)
    await press(page, '#issues a')
    expect(new URL(page.url()).hash).toBe('#/declarationOfficeId')
    await page.fill('[id="/declarationOfficeId"]', '8014')
    await press(page, 'nav.steps button[value=check]')
    expect(await main(visitor)).toContain('Nothing stands in the way')
    await press(page, 'button[value=hand-in]')
    expect(page.url()).toMatch(/\/declarations\/\w{20}$/)
    expect((await world.call('GET', `/v1/declaration-drafts/${id}`)).status).toBe(409)
    expect(visitor.trouble).toEqual([])
  },
  patienceMs,
)

test(
  'in two tabs at once the later one is told, keeps what was typed, and holds once it is saved again',
  async () => {
    const one = await trader()
    const page = one.page
    await page.goto('/drafts/new')
    await press(page, 'form:has([value=sample]) button')
    const id = draftOf(page)
    const other = await one.context.newPage()
    await Promise.all([page, other].map((tab) => tab.goto(`/drafts/${id}/basics`)))
    await page.fill('[id="/remarks"]', '第一个')
    await page.locator('#saved', { hasText: /^已保存 \d\d:\d\d/ }).waitFor()
    await other.fill('[id="/remarks"]', '第二个')
    await other.locator('#over [role=alert]', { hasText: '已在别处被修改' }).waitFor()
    expect(await other.locator('#over').innerText()).toMatch(/第一个[\s\S]*第二个/)
    expect(await other.inputValue('[id="/remarks"]')).toBe('第二个')
    expect((await documentOf(id))['remarks']).toBe('第一个')
    await press(other, '.actions button[value=basics]')
    expect((await documentOf(id))['remarks']).toBe('第二个')
  },
  patienceMs,
)

test(
  'what agencies hold is amended through the same form: with its reason, shown field by field whom it concerns',
  async () => {
    const accepted = await world.post(laptops())
    await world.until(accepted.body.id, ({ filings }) =>
      filings.some(
        ({ agency, status }) => agency === 'customs' && ['registered', 'in-review', 'approved'].includes(status),
      ),
    )
    const visitor = await trader()
    const { page } = visitor
    const begun = await world.call('POST', '/v1/declaration-drafts', {
      body: { from: { declarationId: accepted.body.id, purpose: 'amendment' } },
      headers: { 'idempotency-key': 'amend in the window' },
    })
    const { id } = (await begun.json()) as { id: string }
    await page.goto(`/drafts/${id}/basics`)
    await page.fill('[id="/remarks"]', '更正备注')
    await press(page, 'nav.steps button[value=check]')
    await page.fill('#reason', '录入有误')
    await page.selectOption('[id="change:customs/amendment/reasonCode"]', '7')
    await page.fill('[id="change:customs/amendment/entOpName"]', '李雷')
    await page.fill('[id="change:customs/amendment/entOpTele"]', '023-12345678')
    await press(page, '.actions button[value=check]')
    expect(await main(visitor)).toMatch(/修改内容[\s\S]*更正备注[\s\S]*涉及机构[\s\S]*海关/)
    await press(page, 'button[value=hand-in]')
    expect(page.url()).toMatch(new RegExp(`/declarations/${accepted.body.id}$`))
    const seen = await world.until(accepted.body.id, ({ changes }) =>
      changes.some(({ status }) => status !== 'pending'),
    )
    expect(seen.changes).toMatchObject([{ kind: 'amendment' }])
    expect(visitor.trouble).toEqual([])
  },
  patienceMs,
)
