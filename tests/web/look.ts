import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { hits } from './hostile-names.ts'
import type { Place } from './pages.ts'
import type { Visitor } from './site.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const phone = { width: 390, height: 844 }
export const desk = { width: 1280, height: 900 }

/** Lets every page a visitor goes to be looked at: sent to the browser once, not with each page. */
export async function bringAxe({ context }: Visitor): Promise<void> {
  await context.addInitScript(`if (window === top) { ${axe} }`)
}

/** What is wrong with the page as it now is. @param what colours alone, where all the rest was looked at already */
export async function faultsOf(
  { page, trouble }: Visitor,
  place: Place,
  what: 'everything' | 'colours' = 'everything',
): Promise<string[]> {
  const where = `${place.path} (${place.as ?? 'public'})`
  const faults: string[] = []
  for (const size of [phone, desk]) {
    await page.setViewportSize(size)
    const [wide, most] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
    if (wide > most) faults.push(`${where}: ${wide} wide on ${most}`)
  }
  const [hit, text] = await page.evaluate<[number, string]>(said)
  if (hit > 0) faults.push(`${where}: a name became an element`)
  if (place.shows !== undefined && !text.includes(place.shows))
    faults.push(`${where}: the hostile name is not there as text`)
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(rules[what])})`)
  for (const { id, impact, nodes } of violations)
    if (impact === 'serious' || impact === 'critical') faults.push(`${where}: ${id} ${nodes[0]?.html}`)
  faults.push(...trouble.splice(0).map((what) => `${where}: ${what}`))
  await page.setViewportSize(phone)
  return faults
}
const rules = {
  everything: { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] },
  colours: { resultTypes: ['violations'], runOnly: { type: 'rule', values: ['color-contrast'] } },
}
/** Elements a name has become, and all that is to be read, also in fields. */
const said = `[
  document.querySelectorAll('${hits}').length,
  [document.body.textContent, ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value)].join(' '),
]`
