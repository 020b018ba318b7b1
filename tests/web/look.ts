import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import rulesOfAxe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
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

/** What was looked at already, so that no look is taken twice. */
export interface Looked {
  /** Ways things are styled whose colours are known to be right. */
  readonly styled: Set<string>
  /** Kinds of pages that were heard: what a page is to people who cannot see it changes neither with its language nor with what it tells. */
  readonly heard: Set<string>
  /** Widths pages are looked at. */
  readonly sizes: readonly (typeof phone)[]
}
export const nothingLooked = (): Looked => ({ styled: new Set(), heard: new Set(), sizes: [phone, desk] })
/** The same pages in another language: their names may be wider, nothing else is different. */
export const lookedAlready = ({ heard }: Looked): Looked => ({ styled: new Set(), heard, sizes: [phone] })

/** What kind of page it is: its path without what names one thing among its like. */
const kindOf = ({ path, as }: Place): string =>
  `${as ?? ''} ${path.replaceAll(/\/[0-9A-HJKMNP-TV-Z]{20}(?=[/?]|$)/g, '/:id').replaceAll(/\d+/g, '9')}`

/** What is wrong with the page as it now is. */
export async function faultsOf({ page, trouble }: Visitor, place: Place, looked = nothingLooked()): Promise<string[]> {
  const where = `${place.path} (${place.as ?? 'public'})`
  const faults: string[] = []
  for (const size of page.viewportSize()?.width === desk.width ? looked.sizes.toReversed() : looked.sizes) {
    if (page.viewportSize()?.width !== size.width) await page.setViewportSize(size)
    const [wide, most] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
    if (wide > most) faults.push(`${where}: ${wide} wide on ${most}`)
  }
  const [hit, text, styled] = await page.evaluate<[number, string, string[]]>(said)
  if (hit > 0) faults.push(`${where}: a name became an element`)
  if (place.shows !== undefined && !text.includes(place.shows))
    faults.push(`${where}: the hostile name is not there as text`)
  const isNew = styled.filter((one) => !looked.styled.has(one))
  const kind = kindOf(place)
  const rules = {
    ...(looked.heard.has(kind) ? {} : heard),
    ...(isNew.length > 0 ? { 'color-contrast': { enabled: true } } : {}),
  }
  if (Object.keys(rules).length > 0) faults.push(...(await judged(page, rules)).map((fault) => `${where}: ${fault}`))
  for (const one of isNew) looked.styled.add(one)
  looked.heard.add(kind)
  faults.push(...trouble.splice(0).map((what) => `${where}: ${what}`))
  return faults
}

/** Runs the rules of axe-core that are asked for. */
async function judged(page: Page, rules: object): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe)
  const options = { ...lean, runOnly: { type: 'rule', values: Object.keys(rules) } }
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)
}

/** Nothing is loaded for it, and nothing is said of what is right. */
const lean = { resultTypes: ['violations'], preload: false, selectors: false }
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Every rule of WCAG 2.2 AA that axe-core has, but that of colours. */
const heard: { readonly [rule: string]: { readonly enabled: true } } = Object.fromEntries(
  rulesOfAxe
    .getRules(standards)
    .flatMap(({ ruleId }) => (ruleId === 'color-contrast' ? [] : [[ruleId, { enabled: true }]])),
)
/**
 * Elements a name has become, all that is to be read, also in fields, and how each element is styled: its name, classes and state,
 * and those of what it stands in.
 */
const said = `(() => {
  const named = (one) => one.localName + [...one.classList].map((name) => '.' + name).join('') +
    [...one.attributes].filter(({ name }) => /^(aria-(current|invalid|busy|selected|pressed|checked)|role|type|disabled|open)$/.test(name)).map(({ name, value }) => '[' + name + '=' + value + ']').join('')
  const chain = (one) => one === null || one === document.body ? '' : chain(one.parentElement) + '>' + named(one)
  return [
    document.querySelectorAll('${hits}').length,
    [document.body.textContent, ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value)].join(' '),
    [...new Set([...document.querySelectorAll('body *')].map((one) => chain(one).split('>').slice(-4).join('>')))],
  ]
})()`
