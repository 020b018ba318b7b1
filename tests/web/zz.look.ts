import { test } from 'vitest'
import { openSite } from './site.ts'
import { furnish } from './pages.ts'
const site = await openSite()
test('look', async () => {
  const places = await furnish(site)
  const find = (re: RegExp) => places.find(({ path, as }) => re.test(path) && as === 'admin')!.path
  const v = await site.visit({ viewport: { width: 1280, height: 900 }, locale: 'en' })
  const p = await site.visit({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  v.page.setDefaultNavigationTimeout(120_000); p.page.setDefaultNavigationTimeout(120_000)
  await v.signIn(site.keys.second); await p.signIn(site.keys.second)
  const drafts = places.filter(({ path, as }) => as === 'admin' && /drafts\/[0-9A-Z]{20}$/.test(path)).map(({ path }) => path)
  const names: [string, string][] = [['home', '/admin/fees'], ['submitted', drafts[2]!], ['open', drafts[1]!], ['fee', find(/guoyuan-detention$/)], ['import', places.filter(({path}) => /imports\//.test(path))[0]!.path], ['edition', '/fees/editions/2'], ['withdraw', find(/withdraw/)], ['list', '/fees'], ['item', '/fees/items/guoyuan-weighing']]
  for (const [name, path] of names) {
    await v.goto(path); await v.page.screenshot({ path: `/tmp/look/${name}-en.png`, fullPage: true })
    await p.goto(path); await p.page.screenshot({ path: `/tmp/look/${name}-phone.png`, fullPage: true })
  }
}, 500_000)
