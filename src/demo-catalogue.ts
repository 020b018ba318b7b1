import { feeCatalogueSeeds, feeCatalogueTitles } from '../seeds/fees.ts'
import { readEditions } from './db/catalogue-reads.ts'
import type { Database } from './db/database.ts'
import type { Vault } from './notices/vault.ts'

/**
 * Publishes the demonstration catalogue 示范目录清单, edition by edition: on the embedded default only, as demo keys are made. Editions that
 * stand are left alone, so that the next start carries on where one died; where somebody published a list of their own, nothing is added.
 * @returns how many editions were published
 */
export async function publishDemoCatalogue(database: Database, vault: Vault): Promise<number> {
  const titles = feeCatalogueTitles()
  const standing = (await readEditions(database.pool)).toReversed()
  if (standing.length >= titles.length || standing.some(({ title }, at) => title !== titles[at])) return 0
  const { publishSeed } = await import('./fees/publish.ts')
  const missing = feeCatalogueSeeds().slice(standing.length)
  for (const seed of missing) await publishSeed(database, vault, seed)
  return missing.length
}
