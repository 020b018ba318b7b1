import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { assessable } from './fee-places.ts'
import { desk, phone } from './look.ts'
import { furnish, type Place } from './pages.ts'
import { openSite, type Visitor } from './site.ts'
import { standStill } from './sweep.ts'
import { furnishWindow } from './window-places.ts'

const folder = fileURLToPath(new URL('../../.yuchuang/screenshots', import.meta.url))
const wanted = JSON.parse(process.env['SCREENSHOTS_OF'] ?? '[]') as string[]
const colorScheme = process.env['SCREENSHOTS_DARK'] ? 'dark' : 'light'
const site = await openSite(assessable())
const places = [...(await furnish(site)), ...(await furnishWindow(site))].filter(
  ({ path }) => wanted.length === 0 || wanted.some((part) => path.includes(part)),
)

/** A name for a file: the path and whose page it is. */
const nameOf = ({ path, as }: Place, at: number): string =>
  `${String(at + 1).padStart(3, '0')}-${`${path}-${as ?? 'public'}`.replaceAll(/[^\w-]+/g, '-').slice(0, 80)}.png`

/** Takes every page as one kind of visitor sees it, at both widths, one window for each key. */
async function take(locale: string): Promise<void> {
  const signedIn = new Map<string, Visitor>()
  const visitorOf = async (as: Place['as']) => {
    const known = signedIn.get(as ?? '')
    if (known !== undefined) return known
    const visitor = await site.visit({ locale, colorScheme, viewport: desk })
    if (as !== undefined) await visitor.signIn(site.keys[as])
    await standStill(visitor)
    signedIn.set(as ?? '', visitor)
    return visitor
  }
  for (const [at, place] of places.entries()) {
    const { page } = await visitorOf(place.as)
    await page.goto(place.path)
    for (const size of [phone, desk]) {
      await page.setViewportSize(size)
      await page.screenshot({ path: join(folder, `${locale}-${size.width}`, nameOf(place, at)), fullPage: true })
    }
  }
}

const text = (raw: string): string => raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** All pictures on one page, a row for each place. */
function contactSheet(kinds: readonly string[]): string {
  const rows = places.map(
    (place, at) =>
      `<tr><th>${text(place.path)}<br>${place.as ?? 'public'}</th>${kinds.map((kind) => `<td><a href="${kind}/${nameOf(place, at)}"><img loading="lazy" src="${kind}/${nameOf(place, at)}"></a></td>`).join('')}</tr>`,
  )
  return `<!doctype html><meta charset="utf-8"><title>渝窗 Yuchuang: all pages</title>
<style>body{font:14px system-ui}th{max-width:12rem;overflow-wrap:anywhere;text-align:start;vertical-align:top}td{vertical-align:top}img{max-height:30rem;max-width:22rem;border:1px solid #888}</style>
<table><thead><tr><th></th>${kinds.map((kind) => `<th>${kind}</th>`).join('')}</tr></thead>${rows.join('\n')}</table>`
}

test('pictures of every page', async () => {
  expect(places.length).toBeGreaterThan(0)
  await rm(folder, { recursive: true, force: true })
  const locales = ['zh-CN', 'en']
  const kinds = locales.flatMap((locale) => [phone, desk].map(({ width }) => `${locale}-${width}`))
  for (const kind of kinds) await mkdir(join(folder, kind), { recursive: true })
  await Promise.all(locales.map(take))
  await writeFile(join(folder, 'index.html'), contactSheet(kinds))
  console.log(`${places.length} pages, ${places.length * kinds.length} pictures: ${join(folder, 'index.html')}`)
})
