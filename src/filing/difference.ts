import { pointer } from '../../schemas/issue.ts'

/** One field that differs between two versions of a document; a side that does not have it is left out. */
export interface Difference {
  /** RFC 6901. */
  readonly pointer: string
  readonly before?: unknown
  readonly after?: unknown
}

type Tree = { readonly [key: string]: unknown }
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

/** Field by field what differs between two JSON documents, in the order of the first, then what only the second has. */
export function differences(before: unknown, after: unknown, path: readonly PropertyKey[] = []): Difference[] {
  if (Object.is(before, after)) return []
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) => differences(before[key], after[key], [...path, key]))
  }
  return [
    {
      pointer: pointer(...path),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ]
}

/** A JSON document with a merge patch applied (RFC 7396): null removes, objects merge, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isTree(patch) || Array.isArray(patch)) return patch
  const merged = new Map(isTree(target) && !Array.isArray(target) ? Object.entries(target) : [])
  for (const [key, value] of Object.entries(patch))
    if (value === null) merged.delete(key)
    else merged.set(key, mergePatch(merged.get(key), value))
  return Object.fromEntries(merged)
}
