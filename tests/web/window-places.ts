import { furnishActions } from './actions-places.ts'
import { furnishDrafting, standingDrafting } from './drafting-places.ts'
import { furnishIntegrator } from './integrator-places.ts'
import { furnishOperations, standing as standingOperations } from './operations-places.ts'
import type { Place } from './pages.ts'
import { furnishProposals, standingProposals } from './proposal-places.ts'
import { furnishPublic } from './public-places.ts'
import { furnishSimulator, simulatorPlaces } from './simulator-places.ts'
import type { Site } from './site.ts'
import { furnishTrader, traderStanding } from './trader-places.ts'

/** Whose pages they are, in the order their stories can be told in: each leaves the agencies' clock and the declarations of the others alone. */
const parts: readonly ((site: Site) => Promise<readonly Place[]>)[] = [
  furnishTrader,
  furnishActions,
  furnishDrafting,
  furnishProposals,
  furnishPublic,
  furnishSimulator,
  furnishIntegrator,
  furnishOperations,
]

/** What a site has to show of declaring, connecting and running the window: the pages of all that. */
export async function furnishWindow(site: Site): Promise<readonly Place[]> {
  const places: Place[] = [
    ...traderStanding,
    ...standingDrafting,
    ...standingProposals,
    ...simulatorPlaces,
    ...standingOperations,
  ]
  for (const furnish of parts) places.push(...(await furnish(site)))
  const seen = new Set<string>()
  return places.filter(({ path, as = '' }) => {
    const name = `${as} ${path}`
    return !seen.has(name) && seen.add(name)
  })
}
