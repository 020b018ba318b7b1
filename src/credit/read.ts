import { readConsequences, readHeld } from '../db/credit.ts'
import type { Queryable } from '../db/database.ts'
import { dayAt } from '../rules/rules.ts'

/** Where a firm stands in one scheme 信用等级 at an instant. */
export interface FirmLevel {
  readonly scheme: string
  readonly agency: string
  /** As its agency gave it; absent where it gave none, and only something elsewhere bears upon it. */
  readonly level?: string
  readonly since?: string
  /** What it counts with: its level, or the worse one that its levels elsewhere leave it. */
  readonly effective: string
  /** Of the effective level: 1 is the best. */
  readonly rank: number
}

/**
 * The credit levels of firms at an instant, by firm; a firm nobody has rated is not among them.
 * @param at what was given later for a day before it counts too
 */
export async function levelsOf(
  client: Queryable,
  firms: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, readonly FirmLevel[]>> {
  if (firms.length === 0) return new Map()
  const held = await readHeld(client, firms, dayAt(at.getTime()))
  const consequences = await readConsequences(client, firms, at)
  const levels = new Map<string, { readonly firm: string; readonly level: FirmLevel }>()
  for (const { firm, scheme, agency, level, rank, since } of held)
    levels.set(`${firm} ${scheme}`, { firm, level: { scheme, agency, level, since, effective: level, rank } })
  for (const { firm, kind, agency, scheme, level, rank } of consequences) {
    if (kind !== 'at-most' || scheme === null || level === null || rank === null) continue
    const name = `${firm} ${scheme}`
    const known = levels.get(name)?.level
    if (known !== undefined && known.rank >= rank) continue
    levels.set(name, { firm, level: { ...(known ?? { scheme, agency }), effective: level, rank } })
  }
  const byFirm = Map.groupBy(levels.values(), ({ firm }) => firm)
  return new Map([...byFirm].map(([firm, all]) => [firm, all.map(({ level }) => level)]))
}
