import type { World } from '../support/world.ts'
import type { Visitor } from './site.ts'

/** What somebody does who has a draft proposed and hands it in, in a browser. */
export function proposalDesk({ page }: Visitor) {
  const press = (button: string) => Promise.all([page.waitForNavigation(), page.locator(button).first().click()])
  return {
    press,
    /** Sample documents as the page gives them out. */
    download: (...names: string[]) =>
      Promise.all(
        names.map(async (name) => {
          const response = await page.request.get(`/drafts/samples/${name}`)
          if (!response.ok()) throw new Error(`${name}: ${response.status()}`)
          return { name, mimeType: response.headers()['content-type'] ?? '', buffer: await response.body() }
        }),
      ),
    /** From what was read to the draft. */
    goOn: () => Promise.all([page.waitForURL(/\/check$/), page.click('.ways a')]),
    /** Fills in fields of a step, by their pointers, and saves it. */
    async fillIn(step: string, fields: Readonly<Record<string, string>>) {
      await page.goto(page.url().replace(/\/[^/]*$/, `/${step}`))
      for (const [pointer, value] of Object.entries(fields)) {
        const field = page.locator(`[name="${pointer}"]`).first()
        await field.fill(value)
        await field.blur()
      }
      await press('button[name=go]')
    },
    /** Nothing is wider than the screen. */
    isWithinScreen: () => page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth'),
    /** Hands the draft in. @returns the declaration it became */
    async handIn(): Promise<string> {
      await page.goto(page.url().replace(/\/drafts\/(\w+).*$/, '/drafts/$1/check'))
      await Promise.all([page.waitForURL(/\/declarations\/\w+/), page.click('button[name=go][value=hand-in]')])
      return /\/declarations\/(\w+)/.exec(page.url())?.[1] ?? ''
    },
  }
}

/** What a draft holds at a place, once nothing is guessed there any more. */
export async function isSettledDraft(world: World, key: string, url: string, pointer: string): Promise<unknown> {
  const id = /\/drafts\/(\w+)/.exec(url)?.[1] ?? ''
  const response = await world.call('GET', `/v1/declaration-drafts/${id}`, { key })
  const draft = (await response.json()) as { document: unknown; guesses: { pointer: string }[] }
  if (draft.guesses.some((guess) => guess.pointer === pointer)) return undefined
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], draft.document)
}
