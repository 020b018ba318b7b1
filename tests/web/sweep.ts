import { expect } from 'vitest'
import { bringAxe, faultsOf, type Looked, phone } from './look.ts'
import type { Place } from './pages.ts'
import type { Site, Visitor } from './site.ts'

/** Looks at every page, as whoever it is for, in a language, on a light or a dark screen: what is wrong with them. */
export async function sweep(
  site: Site,
  places: readonly Place[],
  { locale, colorScheme }: { locale: string; colorScheme: 'light' | 'dark' },
  looked: Looked,
): Promise<string[]> {
  const visitorFor = await visitorsIn(site, locale, colorScheme)
  const faults: string[] = []
  for (const place of places) {
    const visitor = visitorFor(place)
    if (place.refreshes) await standStill(visitor, place.path)
    await visitor.goto(place.path)
    expect(`${place.path} ${await visitor.page.getAttribute('html', 'lang')}`).toBe(`${place.path} ${locale}`)
    faults.push(...(await faultsOf(visitor, place, looked)))
  }
  return faults
}

/** One visitor for each kind of key, in a language. */
async function visitorsIn(
  site: Site,
  locale: string,
  colorScheme: 'light' | 'dark',
): Promise<(place: Place) => Visitor> {
  const nobody = await site.visit({ locale, colorScheme, viewport: phone })
  await bringAxe(nobody)
  const signedIn = new Map<string, Visitor>()
  for (const as of ['admin', 'second', 'payee', 'trader'] as const) {
    const visitor = await site.visit({ locale, colorScheme, viewport: phone })
    await visitor.signIn(site.keys[as])
    await bringAxe(visitor)
    signedIn.set(as, visitor)
  }
  return ({ as }) => signedIn.get(as ?? '') ?? nobody
}

/** Takes from pages that they load themselves again. @param path of one; absent, from all */
export const standStill = ({ page }: Visitor, path?: string) =>
  page.route(
    (url) => (path === undefined ? !url.pathname.startsWith('/assets/') : url.pathname + url.search === path),
    async (route) => {
      if (route.request().resourceType() !== 'document') return route.continue()
      const response = await route.fetch()
      const body = (await response.text()).replace(/<meta http-equiv="refresh"[^>]*>/, '')
      await route.fulfill({ response, body })
    },
  )
