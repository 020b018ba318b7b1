import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { type RuleTable, type RuleVersion, ruleVersion } from './table.ts'

export { ruleTables } from './registry.ts'
export { evidence, type RuleTable, type RuleVersion, ruleTable, ruleVersion } from './table.ts'

const loaded = new Map<string, readonly RuleVersion[]>()

/** The versions of a table that come with the project, oldest first; read once. @throws {z.ZodError} the file is not as its table says */
export function ownVersions<R extends z.ZodType>(table: RuleTable<R>): readonly RuleVersion<z.infer<R>>[] {
  let versions = loaded.get(table.id)
  if (versions === undefined) {
    const file = JSON.parse(readFileSync(new URL(`data/${table.id}.json`, import.meta.url), 'utf8')) as unknown
    versions = z.array(ruleVersion(table.row)).min(1).parse(file)
    loaded.set(table.id, versions)
  }
  return versions as readonly RuleVersion<z.infer<R>>[]
}

/** The version that holds on a day: the newest that began by then. `versions` oldest first. @returns undefined before the first */
export const versionOn = <R>(versions: readonly RuleVersion<R>[], on: string): RuleVersion<R> | undefined =>
  versions.findLast(({ validFrom }) => validFrom <= on)
