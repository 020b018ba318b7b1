import type { Declaration } from '../../schemas/declaration/index.ts'
import type { PlanEntry } from '../../schemas/plan.ts'
import { type Adapters, decide, plannedOf } from '../filing/plan.ts'

/** A line of the plan as far as it can be told; what it still depends on is named by its JSON pointer. */
export type Foreseen = Pick<PlanEntry, 'agency' | 'procedure' | 'name'> &
  ({ readonly files: boolean; readonly because: PlanEntry['because'] } | { readonly awaits: string })

/**
 * The plan of a declaration that is not finished 预计计划: each agency is asked as it will be asked of the whole, and what it looks at
 * tells whether the answer stands. One that looked at a field that is not right yet is decided when that is.
 * @param open pointers of the fields that are wrong or missing
 */
export function foreseePlan(adapters: Adapters, candidate: unknown, open: ReadonlySet<string>): Foreseen[] {
  return plannedOf(adapters).map(({ agency, id, procedure }) => {
    const entry = { agency, procedure: id, name: procedure.name }
    if (open.has('')) return { ...entry, awaits: '' }
    const seen: { pointer?: string } = {}
    try {
      const { files, because } = decide(procedure, watched(candidate, '', open, seen) as Declaration)
      return seen.pointer === undefined ? { ...entry, files, because } : { ...entry, awaits: seen.pointer }
    } catch {
      // Beyond a field that is not there its reader stumbles, as it may: it was promised a whole declaration.
      return { ...entry, awaits: seen.pointer ?? '' }
    }
  })
}

/** A document that notes the first open field somebody reads. */
function watched(value: unknown, at: string, open: ReadonlySet<string>, seen: { pointer?: string }): unknown {
  if (typeof value !== 'object' || value === null) return value
  return new Proxy(value, {
    get(target, key, receiver) {
      const child: unknown = Reflect.get(target, key, receiver)
      if (typeof key === 'symbol' || typeof child === 'function') return child
      const pointer = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (open.has(pointer)) seen.pointer ??= pointer
      return watched(child, pointer, open, seen)
    },
  })
}
