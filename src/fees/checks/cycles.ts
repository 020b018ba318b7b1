import type { Catalogue } from '../catalogue.ts'
import { type CheckIssue, error } from './issues.ts'
import { chargedIn } from './stretch.ts'

type Graph = Map<string, Set<string>>

/** What a price covers 包含 does not cover it in turn: of one payee at one port, no kind includes itself, be it by way of others. */
export function cycleIssues(next: Catalogue): CheckIssue[] {
  const graphs = new Map<string, Graph>()
  const charged = [...next.of('fee')].filter(
    ([, fee]) => fee.includes !== undefined && chargedIn(fee, next.edition.validFrom) !== undefined,
  )
  for (const [, { payee, port, kind, includes = [] }] of charged) {
    const graph = graphs.get(`${payee} ${port}`) ?? new Map<string, Set<string>>()
    graphs.set(`${payee} ${port}`, graph)
    const included = graph.get(kind) ?? new Set<string>()
    graph.set(kind, included)
    for (const one of includes) included.add(one)
  }
  const reached = new Map<string, Map<string, Set<string>>>()
  const leads = (where: string, from: string, to: string): boolean => {
    const known = reached.get(where) ?? new Map<string, Set<string>>()
    reached.set(where, known)
    let beyond = known.get(from)
    if (beyond === undefined) known.set(from, (beyond = reachedFrom(graphs.get(where), from)))
    return beyond.has(to)
  }
  return charged.flatMap(([id, { payee, port, kind, includes = [] }]) =>
    includes.flatMap((included, index) =>
      included === kind || leads(`${payee} ${port}`, included, kind)
        ? [
            error(['fee', id, 'includes', index], 'includes-itself', {
              en: `"${kind}" includes "${included}", which includes "${kind}"`,
              zh: `“${kind}”包含“${included}”，后者又包含前者`,
            }),
          ]
        : [],
    ),
  )
}

/** Every kind that is included by a kind, directly or by way of others. */
function reachedFrom(graph: Graph | undefined, start: string): Set<string> {
  const reached = new Set<string>()
  const open = [start]
  for (let kind = open.pop(); kind !== undefined; kind = open.pop())
    for (const included of graph?.get(kind) ?? []) {
      if (reached.has(included)) continue
      reached.add(included)
      open.push(included)
    }
  return reached
}
