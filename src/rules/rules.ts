import type * as z from 'zod'
import { ownVersions, type RuleTable, type RuleVersion, versionOn } from '../../schemas/rules/index.ts'
import type { Database, Queryable } from '../db/database.ts'
import { type PublishedVersion, readPublished } from '../db/rules.ts'

/** A version with who published it, and why; that is absent where it came with the project. */
export type KnownVersion<R = unknown> = RuleVersion<R> & Partial<Omit<PublishedVersion, keyof RuleVersion>>

/** The rules 规则表 as they stand: those that come with the project and those admins have published since. */
export interface Rules {
  /**
   * The rows of a table that hold at an instant (its day in Chongqing).
   * @returns no rows before the first version
   */
  rowsAt<R extends z.ZodType>(table: RuleTable<R>, at: number): readonly z.infer<R>[]
  /** The version those rows are of: its day and its source stand beside what was decided by it. */
  versionAt<R extends z.ZodType>(table: RuleTable<R>, at: number): RuleVersion<z.infer<R>> | undefined
  /** All versions of a table in the order they take effect. */
  versions<R extends z.ZodType>(
    table: RuleTable<R>,
  ): readonly (RuleVersion<z.infer<R>> & Partial<Omit<PublishedVersion, keyof RuleVersion>>)[]
  /** Reads again what was published: after publishing here, and whenever another process says so. */
  refresh(): Promise<void>
}

/** What a version is called for good: its first day; of one that was published, that and a number. */
export const versionId = ({ id, validFrom }: KnownVersion): string =>
  id === undefined ? validFrom : `${validFrom}.${id}`

const chongqing = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
/** The day it is in Chongqing at an instant, YYYY-MM-DD. */
export const dayAt = (at: number): string => chongqing.format(at)

/** Only the rules that come with the project: for whoever has no database. */
export const ownRules: Rules = rulesFrom(
  () => new Map(),
  new Map(),
  async () => undefined,
)

function rulesFrom(
  published: () => ReadonlyMap<string, readonly PublishedVersion[]>,
  merged: Map<string, readonly RuleVersion[]>,
  refresh: Rules['refresh'],
): Rules {
  // What is published was checked against its table's rows before: the type is the table's.
  const versions = <R extends z.ZodType>(table: RuleTable<R>) => {
    let all = merged.get(table.id)
    if (all === undefined) {
      // Of one day what was published counts before what the project brought.
      all = [...ownVersions(table), ...(published().get(table.id) ?? [])]
      all = all.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0))
      merged.set(table.id, all)
    }
    return all as readonly KnownVersion<z.infer<R>>[]
  }
  const versionAt = <R extends z.ZodType>(table: RuleTable<R>, at: number): RuleVersion<z.infer<R>> | undefined =>
    versionOn<z.infer<R>>(versions(table), dayAt(at))
  return {
    refresh,
    versions: versions as Rules['versions'],
    versionAt,
    rowsAt: (table, at) => versionAt(table, at)?.rows ?? [],
  }
}

/** The rules as a transaction sees them: for whoever decides by them inside it and keeps none at hand. */
export async function rulesIn(queryable: Queryable): Promise<Rules> {
  const published = Map.groupBy(await readPublished(queryable), ({ table }) => table)
  return rulesFrom(
    () => published,
    new Map(),
    async () => undefined,
  )
}

/**
 * Loads the rules and keeps them up to date with what any process publishes.
 * @param onError when they could not be read again: what was known still counts
 */
export async function createRules(database: Database, onError: (error: unknown) => void): Promise<Rules> {
  let published = new Map<string, readonly PublishedVersion[]>()
  const merged = new Map<string, readonly RuleVersion[]>()
  const refresh = async () => {
    published = Map.groupBy(await readPublished(database.pool), ({ table }) => table)
    merged.clear()
  }
  // A notice that was lost comes again with the reconnect.
  await database.listen('yuchuang_rules', () => void refresh().catch(onError))
  await refresh()
  return rulesFrom(() => published, merged, refresh)
}
