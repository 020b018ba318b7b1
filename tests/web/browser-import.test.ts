import { pino } from 'pino'
import { expect, test } from 'vitest'
import { jobs } from '../../src/jobs/registry.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { clerkOf } from './clerk.ts'
import { openSite } from './site.ts'

// A file of fees with bad rows 批量导入: watched while it is read, its bad rows named, its good rows in the draft. No script runs.
const site = await openSite()
const { database, keys } = site.world

/** A file that says of each row what is wrong with it. */
const header =
  '编号,项目类别,收费项目,收费项目（英文）,收费主体,口岸,收费性质,服务内容,服务内容（英文）,付费人,收取情形,定价方式,计价方式,适用条件,计价单位,金额,投诉电话,生效日期,数据状态'
const row = (id: string, changes: { kind?: string; when?: string; amount?: string; from?: string } = {}) =>
  [
    id,
    changes.kind ?? '过磅费',
    `收费${id}`,
    `Fee ${id}`,
    'guoyuan-terminal,guoyuan,市场调节价,过磅,Weighing,发货人,委托时,按标准,固定',
    changes.when ?? '',
    '箱',
    changes.amount ?? '60',
    '023-1234567',
    changes.from ?? '2027-01-01',
    '虚构',
  ].join(',')
const good = Array.from({ length: 30 }, (_, at) => row(`imported-${at}`))
const file = [
  header,
  ...good,
  row('bad-amount', { amount: '-5' }),
  row('bad-kind', { kind: '<b data-hostile>过路费' }),
  row('bad-day', { from: '明年' }),
  row('bad-when', { when: '箱型=99' }),
].join('\r\n')

test('bad rows are named by row, column and reason while good rows go into the draft, and the page tells by itself', async () => {
  const clerk = await clerkOf(site.world, keys.admin)
  const about = { title: '批量导入', reason: '新增', validFrom: '2027-01-01' }
  const draft = (await clerk.send(await clerk.get('/admin/fees/drafts/new'), /drafts$/, about)).location
  const { page, goto, signIn, trouble } = await site.visit({ javaScriptEnabled: false })
  await signIn(keys.admin)
  await goto(`${draft}/import`)
  for (const end of ['xlsx', 'csv']) {
    const link = await page.locator(`main a[href*="template.${end}"]`).getAttribute('href')
    expect((await clerk.get(link ?? '')).status).toBe(200)
  }
  // Excel’s own idea of what a CSV file is.
  const upload = { name: '2027 收费.csv', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from(file) }
  await page.setInputFiles('[name=file]', upload)
  await Promise.all([page.waitForURL(/\/imports\//), page.click('main form button')])
  expect(await page.locator('[role=status]').innerText()).toContain('等待处理')
  expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(1)
  expect((await clerk.get('/admin/fees')).html).toContain('2027 收费.csv')
  await runJobsOnce({
    database,
    rules: ownRules,
    jobs: async () => jobs,
    log: pino({ level: 'silent' }),
    now: site.world.now,
  })
  // Nobody presses anything.
  await page.locator('.level.done').waitFor()
  expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(0)
  const lines = await page.locator('table.issues tbody tr').allInnerTexts()
  expect(lines).toHaveLength(4)
  const at = (line: number) => lines[line]?.replaceAll(/\s+/g, ' ') ?? ''
  expect(at(0)).toMatch(/^32 P 金额 金额不得为负/)
  expect(at(1)).toMatch(/^33 B 项目类别 .*<b data-hostile>过路费/)
  expect(at(2)).toMatch(/^34 R 生效日期 .*明年/)
  expect(at(3)).toMatch(/^35 N 适用条件 .*99/)
  expect(await page.locator('[data-hostile]').count()).toBe(0)
  expect(await page.locator('main dl').innerText()).toMatch(/导入项目\s+30/)
  await Promise.all([page.waitForNavigation(), page.click('main a[role=button]')])
  expect(await page.locator('details.change').count()).toBe(30)
  expect(await page.locator('main').innerText()).not.toContain('bad-amount')
  // Nothing of it is published.
  expect((await clerk.get('/fees/editions')).html).not.toContain('批量导入')
  expect(trouble).toEqual([])
})

test('no file, and a file of another kind, come back with the reason', async () => {
  const clerk = await clerkOf(site.world, keys.admin)
  const about = { title: '另一稿', reason: '新增', validFrom: '2027-01-01' }
  const draft = (await clerk.send(await clerk.get('/admin/fees/drafts/new'), /drafts$/, about)).location
  const { page, goto, signIn } = await site.visit({ javaScriptEnabled: false })
  await signIn(keys.admin)
  await goto(`${draft}/import`)
  await page.setInputFiles('[name=file]', { name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') })
  const [refused] = await Promise.all([page.waitForNavigation(), page.click('main form button')])
  expect(refused?.status()).toBe(415)
  expect(await page.locator('[role=alert]').count()).toBe(1)
  const form = new FormData()
  form.append('once', 'a')
  const empty = await page.request.post(`${draft}/import`, { multipart: form, headers: { origin: site.url } })
  expect(empty.status()).toBe(422)
})
