import type { Declaration } from '../../schemas/declaration/index.ts'
import { filingOf, laptops } from '../support/world.ts'
import { clerkOf } from './clerk.ts'
import { hostile } from './hostile-names.ts'
import type { Place } from './pages.ts'
import type { Site } from './site.ts'

/** Pages there are without anything having happened. */
export const standingActions: readonly Place[] = [
  { path: '/declarations/nowhere/cancel', as: 'trader' },
  { path: '/declarations/nowhere/filings/new', as: 'trader' },
  { path: '/declarations/nowhere/changes', as: 'trader' },
]

/** Without what only one procedure asks for. */
export function withoutParticulars(declaration: Declaration, agency: string, procedure: string): Declaration {
  const { [agency]: own, ...others } = declaration.particulars ?? {}
  const { [procedure]: _, ...rest } = own ?? {}
  return { ...declaration, particulars: { ...others, [agency]: rest } }
}

/** What there is to see when a filing waits for its trader, one was asked for, and a cancellation is under way. */
export async function furnishActions({ world, keys }: Site): Promise<readonly Place[]> {
  const clerk = await clerkOf(world, keys.trader)
  const waiting = (await world.post(withoutParticulars(laptops(), 'maritime', 'inland-report'))).body.id
  const seen = await world.meanwhile(waiting, ({ filings }) =>
    filings.some(({ status }) => status === 'awaiting-particulars'),
  )
  const report = filingOf(seen, 'maritime', 'inland-report').id
  const claim = filingOf(seen, 'tax').id
  const path = `/declarations/${waiting}`
  const form = await clerk.get(`${path}/filings/new?agency=tax&procedure=refund`)
  const asked = await clerk.send(form, /new$/, { 'particulars/batch': '002' })
  const cancelled = (await world.post(laptops())).body.id
  const look = await clerk.send(await clerk.get(`/declarations/${cancelled}/cancel`), /cancel$/, { reason: hostile })
  const change = await clerk.send(look, /cancel$/, { step: 'ask' })
  if (asked.status !== 303 || change.status !== 303) throw new Error(`${asked.html} ${change.html}`)
  const place = (where: string, shows?: string): Place => ({
    path: where,
    as: 'trader',
    ...(shows === undefined ? {} : { shows }),
  })
  return [
    ...standingActions,
    place(`${path}/filings/${report}/particulars`),
    place(`${path}/filings/${claim}/particulars`),
    place(`${path}/filings/new`),
    place(`${path}/filings/new?agency=fx&procedure=payment`),
    place(`${path}/filings/new?agency=fx&procedure=receipt`),
    place(`${asked.location}/drop`),
    place(`${path}/cancel`),
    place(`${path}/changes`),
    place(`/declarations/${cancelled}/changes`, hostile),
    place(change.location, hostile),
  ]
}
