import type { GivenFile } from '../../src/proposal/grid.ts'
import { sample, textFile } from '../proposal/documents.ts'
import type { World } from '../support/world.ts'
import { hostile } from './hostile-names.ts'
import type { Place } from './pages.ts'
import type { Site } from './site.ts'

/** Pages of proposals there are without anything having happened. */
export const standingProposals: readonly Place[] = [{ path: '/drafts/proposals', as: 'trader' }]

/** Has a draft proposed from documents. @returns its id */
export async function proposed({ app }: Pick<World, 'app'>, key: string, files: readonly GivenFile[]): Promise<string> {
  const form = new FormData()
  for (const { name, bytes } of files) form.append('files', new File([new Uint8Array(bytes)], name))
  const headers = { authorization: `Bearer ${key}`, 'idempotency-key': `proposed ${Math.random()}` }
  const response = await app.request('/v1/declaration-drafts/proposals', { method: 'POST', headers, body: form })
  if (response.status !== 201) throw new Error(await response.text())
  return ((await response.json()) as { id: string }).id
}

/** Papers with everything a page of a proposal shows: doubts, choices, and names nobody should be called by. */
export const hostilePapers: readonly GivenFile[] = [
  sample('ev-batteries-invoice.csv'),
  textFile(
    `${hostile.replaceAll('/', ' ')}.csv`,
    [
      'PACKING LIST',
      `Shipping marks:,"${hostile.replaceAll('"', '""')}"`,
      'Container No.:,CQSU1234565',
      'Description,H.S. Code,Cartons,G.W. (KGS)',
      'LITHIUM ION BATTERY PACK FOR ELECTRIC VEHICLES,850760,42,18450',
      'TOTAL,,42,18451',
    ].join('\n'),
  ),
]

/** What there is to see once a draft was proposed. */
export async function furnishProposals({ world, keys }: Site): Promise<readonly Place[]> {
  const id = await proposed(world, keys.trader, hostilePapers)
  return [{ path: `/drafts/${id}/proposal`, as: 'trader', shows: hostile }]
}
