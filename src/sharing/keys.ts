import { searchFields } from '../../schemas/sharing/view.ts'
import { type Client, type Database, transaction } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import {
  type CountingDocument,
  keepKeys,
  keyedAmong,
  moveCursor,
  nextUnkeyed,
  readDocuments,
  type SharedKey,
} from '../db/sharing-keys.ts'
import { readVersions } from '../db/sharing-subscriptions.ts'
import { limits } from '../limits.ts'
import { valuesAt } from './select.ts'

const patterns = [...new Set(Object.values(searchFields).flat())].filter((pattern) =>
  pattern.startsWith('/declaration/'),
)

/** The values a document is searched by 查询键, each once. */
export function keysOf(document: unknown): SharedKey[] {
  const view = { declaration: document }
  return patterns.flatMap((pattern) =>
    [...new Set(valuesAt(view, pattern))].flatMap((value) => (typeof value === 'string' ? [{ pattern, value }] : [])),
  )
}

const take = (client: Client, documents: readonly CountingDocument[]): Promise<void> =>
  keepKeys(
    client,
    documents.map(({ id, version, document }) => ({ id, version, keys: keysOf(JSON.parse(document)) })),
  )

/**
 * Takes the values of declarations in the versions that count from now on, whatever the database says yet.
 * @param anew also of those whose values were taken before
 */
export async function takeKeys(
  client: Client,
  cases: readonly { readonly id: string; readonly version: number }[],
  anew: boolean,
): Promise<void> {
  const ids = cases.map(({ id }) => id)
  const keyed = anew ? new Set<string>() : await keyedAmong(client, ids)
  const missing = cases.filter(({ id }) => !keyed.has(id))
  if (missing.length > 0) await take(client, await readVersions(client, missing))
}

/**
 * Takes the values of declarations accepted since. Acceptance itself takes none, so that it waits for nothing: a search does it first, and
 * a job every minute, so that a search has little to do. Ids follow time, but not to the second: within the grace every declaration is
 * looked for by itself.
 * @returns whether all were taken
 */
export async function catchUp(
  database: Database,
  now: number,
  batches: number = limits.sharedKeyBatches,
): Promise<boolean> {
  const settled = newId(now - limits.sharedKeyGraceMs).slice(0, 10)
  for (let batch = 0; batch < batches; batch++) {
    const full = await transaction(database.pool, async (client) => {
      const ids = await nextUnkeyed(client, limits.sharedKeyBatch)
      if (ids.length > 0) await take(client, await readDocuments(client, ids))
      const last = ids.length < limits.sharedKeyBatch ? settled : (ids.at(-1) ?? settled)
      await moveCursor(client, last < settled ? last : settled)
      return ids.length === limits.sharedKeyBatch
    })
    if (!full) return true
  }
  return false
}
