import { makeKey } from '../../src/db/keys.ts'
import { broker, evBatteries, filingOf, frozenBeef, laptops } from '../support/world.ts'
import { hostile } from './hostile-names.ts'
import type { Place } from './pages.ts'
import type { Site } from './site.ts'

/** Parts of a declaration that have a page of their own. */
const parts = ['', '/messages', '/costs', '/papers', '/reads', '/versions', '/print'] as const

/** Pages of a trader there are without anything having happened. */
export const traderStanding: readonly Place[] = [
  { path: '/declarations?q=nothing-like-this', as: 'trader' },
  { path: '/declarations?from=yesterday', as: 'trader' },
  { path: '/declarations/nowhere', as: 'trader' },
]

/**
 * What a trader has to look at: a declaration that is done and was read by somebody with a hostile name, one with goods of such a name that
 * was refused, and one that is to be paid for.
 */
export async function furnishTrader({ world }: Pick<Site, 'world'>): Promise<readonly Place[]> {
  const hand = async (declaration: object) => (await world.post(declaration)).body.id
  const done = await hand(evBatteries())
  const strange = laptops('-C.REFUSE')
  const [item] = strange.goodsShipment.items
  const refused = await hand({
    ...strange,
    goodsShipment: {
      ...strange.goodsShipment,
      items: [{ ...item, name: hostile.slice(0, 100) }, ...strange.goodsShipment.items.slice(1)],
    },
  })
  const billed = await hand(frozenBeef())
  await world.until(done, (seen) => filingOf(seen, 'customs').status === 'registered')
  const officer = await makeKey(world.database, { name: hostile, role: 'agency', agency: 'fx' })
  const query = new URLSearchParams({ purpose: 'payment-verification', case: '1', firm: broker })
  await world.call('GET', `/v1/shared/declarations?${query.toString()}`, { key: officer })
  await world.idle()
  const [seen, theirs] = [await world.read(billed), await world.read(refused)]
  const messages = (await (await world.call('GET', `/v1/declarations/${done}/messages`)).json()) as {
    data: { id: number }[]
  }
  const shown = (path: string, shows?: string): Place => ({
    path,
    as: 'trader',
    ...(shows === undefined ? {} : { shows }),
  })
  return [
    shown('/declarations', hostile.slice(0, 100)),
    { path: '/declarations', as: 'admin', shows: hostile.slice(0, 100) },
    shown('/declarations?agency=customs&filingStatus=refused&from=2026-11-01', hostile.slice(0, 100)),
    ...parts.map((part) => shown(`/declarations/${done}${part}`, part === '/reads' ? hostile : undefined)),
    shown(`/declarations/${refused}`, hostile.slice(0, 100)),
    shown(`/declarations/${refused}/print`, hostile.slice(0, 100)),
    shown(`/declarations/${billed}`),
    shown(`/declarations/${billed}/costs`),
    shown(`/declarations/${billed}/papers`),
    shown(`/declarations/${billed}/filings/${filingOf(seen, 'customs').id}`),
    shown(`/declarations/${refused}/filings/${filingOf(theirs, 'customs').id}`),
    shown(`/declarations/${done}/messages/${messages.data[0]?.id}`),
    shown(`/declarations/${done}/messages/${messages.data[0]?.id}?form=raw`),
  ]
}
