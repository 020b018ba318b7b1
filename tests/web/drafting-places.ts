import { laptops } from '../support/world.ts'
import { hostile } from './hostile-names.ts'
import type { Place } from './pages.ts'
import type { Site } from './site.ts'

/** Pages of drafts that need nothing to be there. */
export const standingDrafting: readonly Place[] = [
  { path: '/drafts', as: 'trader' },
  { path: '/drafts/new', as: 'trader' },
  { path: '/drafts/nowhere/basics', as: 'trader' },
]

/** What there is to see when drafts were begun: one with nothing in it, one that is whole, one with hostile names and much wrong, an amendment. */
export async function furnishDrafting({ world }: Pick<Site, 'world'>): Promise<readonly Place[]> {
  let begun = 0
  const begin = async (body: unknown): Promise<string> => {
    const headers = { 'idempotency-key': `drafting place ${++begun}` }
    const response = await world.call('POST', '/v1/declaration-drafts', { body, headers })
    if (response.status !== 201) throw new Error(`No draft: ${response.status} ${await response.text()}`)
    return ((await response.json()) as { id: string }).id
  }
  const whole = laptops()
  const wrong = {
    ...whole,
    functionalReferenceId: hostile,
    declarationOfficeId: hostile,
    remarks: hostile,
    [hostile]: hostile,
    goodsShipment: {
      ...whole.goodsShipment,
      contractNumber: hostile,
      items: whole.goodsShipment.items.map((item) => ({ ...item, name: hostile, hsCode: hostile, netMassKg: '1' })),
    },
    particulars: { ...whole.particulars, border: { departure: { [hostile]: hostile } } },
  }
  const guesses = ['/remarks', '/goodsShipment/contractNumber'].map((pointer) => ({
    pointer,
    value: hostile,
    because: { en: hostile, zh: hostile },
    source: { file: hostile, cell: 'C7' },
    sure: 'guessed',
  }))
  const accepted = await world.post(laptops())
  const [empty, full, bad, amendment] = [
    await begin({}),
    await begin({ document: whole }),
    await begin({ title: hostile, document: wrong, guesses }),
    await begin({ from: { declarationId: accepted.body.id, purpose: 'amendment' }, reason: hostile }),
  ]
  const shown = (id: string, place: string, shows?: string): Place => ({
    path: `/drafts/${id}/${place}`,
    as: 'trader',
    ...(shows === undefined ? {} : { shows }),
  })
  return [
    { path: '/drafts', as: 'trader', shows: hostile },
    shown(empty, 'basics'),
    shown(empty, 'parties?show=all'),
    shown(empty, 'goods'),
    shown(empty, 'particulars'),
    shown(empty, 'check'),
    ...['journey', 'cargo', 'terms', 'documents', 'goods', 'goods/1', 'check'].map((place) => shown(full, place)),
    shown(full, 'particulars/border/departure'),
    ...['basics', 'terms', 'goods', 'goods/1', 'particulars/border/departure', 'check'].map((place) =>
      shown(bad, place, hostile),
    ),
    shown(amendment, 'check', hostile),
  ]
}
