import type { FilingStatus } from '../../../schemas/status.ts'
import { isRefusal, rankOf } from '../../../schemas/status.ts'
import type { DeclarationShown, FilingShown } from './head.ts'

/** What a filing waits for: another filing that must first reach a status, and whether it has. */
export interface Edge {
  readonly from: FilingShown
  readonly status: FilingStatus
  readonly state: 'met' | 'open' | 'refused'
}
/** A filing in its place: in which column (how many must go before it), in which row of that. */
export interface Node {
  readonly filing: FilingShown
  readonly column: number
  readonly row: number
  readonly edges: readonly Edge[]
}
interface Condition {
  readonly agency: string
  readonly procedure: string
  readonly status: string
}

/** The filings of a declaration by what waits for what 办理关系: of each, those it waits for; in columns by how many go before. */
export function flowOf({ filings, plan }: Pick<DeclarationShown, 'filings' | 'plan'>): Node[] {
  const edgesOf = new Map(filings.map((filing) => [filing.id, edgesInto(filing, filings, plan)]))
  const depths = new Map<string, number>()
  const depthOf = (id: string, above: readonly string[]): number => {
    const known = depths.get(id)
    if (known !== undefined || above.includes(id)) return known ?? 0
    const before = (edgesOf.get(id) ?? []).map(({ from }) => depthOf(from.id, [...above, id]) + 1)
    const depth = Math.max(0, ...before)
    depths.set(id, depth)
    return depth
  }
  const placed: Node[] = []
  const rowOf = new Map<string, number>()
  const deepest = Math.max(0, ...filings.map(({ id }) => depthOf(id, [])))
  for (let column = 0; column <= deepest; column++) {
    const here = filings.filter(({ id }) => depthOf(id, []) === column)
    // Beside what they wait for, so that arrows cross little.
    const heightOf = ({ id }: FilingShown) => mean((edgesOf.get(id) ?? []).map(({ from }) => rowOf.get(from.id) ?? 0))
    for (const [row, filing] of here.toSorted((a, b) => heightOf(a) - heightOf(b)).entries()) {
      rowOf.set(filing.id, row)
      placed.push({ filing, column, row, edges: edgesOf.get(filing.id) ?? [] })
    }
  }
  return placed
}

const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length

function edgesInto(
  filing: FilingShown,
  filings: readonly FilingShown[],
  plan: DeclarationShown['plan'],
): readonly Edge[] {
  const changed = filings.find(({ id }) => id === filing.changes)
  if (changed !== undefined) return [{ from: changed, status: changed.status, state: 'met' }]
  const planned = plan.find(({ agency, procedure }) => agency === filing.agency && procedure === filing.procedure)
  const conditions: readonly Condition[] = [
    ...(planned?.after ?? []),
    ...(filing.waitsFor ?? []),
    ...(filing.blockedBy ?? []),
  ]
  const edges = new Map<string, Edge>()
  for (const { agency, procedure, status } of conditions) {
    const from = filings.find(
      (other) => other.agency === agency && other.procedure === procedure && other.id !== filing.id,
    )
    if (from === undefined) continue
    const wanted = status as FilingStatus
    const state = isRefusal(from.status) ? 'refused' : rankOf(from.status) >= rankOf(wanted) ? 'met' : 'open'
    edges.set(from.id, { from, status: wanted, state })
  }
  return [...edges.values()]
}
