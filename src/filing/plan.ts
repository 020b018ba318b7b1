import type { Adapter, Procedure } from '../../adapters/adapter.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Plan, PlanEntry } from '../../schemas/plan.ts'

export type Adapters = { readonly [agency: string]: Adapter }

/** An agency's adapter by a name somebody gave: `constructor` is none, although every object has one. */
export const findAdapter = (adapters: Adapters, agency: string): Adapter | undefined =>
  Object.hasOwn(adapters, agency) ? adapters[agency] : undefined

/** A procedure by names somebody gave. */
export function findProcedure(adapters: Adapters, agency: string, procedure: string): Procedure | undefined {
  const procedures = findAdapter(adapters, agency)?.procedures
  return procedures !== undefined && Object.hasOwn(procedures, procedure) ? procedures[procedure] : undefined
}

/** The procedure behind a filing. @throws {Error} no adapter has it: the filing was made by another version of the gateway */
export function procedureOf(adapters: Adapters, agency: string, procedure: string): Procedure {
  const found = findProcedure(adapters, agency, procedure)
  if (found === undefined) throw new Error(`No adapter for ${agency}/${procedure}`)
  return found
}

/** Filed with the declaration, not later on request nor to change another filing. */
const isPlanned = ({ onRequest, amends, cancels }: Procedure): boolean =>
  onRequest !== 'only' && amends === undefined && cancels === undefined

/** Every procedure of every agency that is filed with a declaration: whether this one is, and why or why not. */
export function planOf(adapters: Adapters, declaration: Declaration): Plan {
  const plan = Object.entries(adapters).flatMap(([agency, adapter]) =>
    Object.entries(adapter.procedures).flatMap(([id, procedure]): PlanEntry[] => {
      if (!isPlanned(procedure)) return []
      const { files, because } = procedure.applies(declaration)
      const after = procedure.after?.map(({ agency, procedure, status }) => ({ agency, procedure, status }))
      return [
        { agency, procedure: id, name: procedure.name, files, because, ...(after === undefined ? {} : { after }) },
      ]
    }),
  )
  const filed = new Set(plan.filter(({ files }) => files).map((entry) => `${entry.agency}/${entry.procedure}`))
  // A condition on a filing that is not in the plan counts as met: it is not shown as something to wait for.
  return plan.map(({ after, ...entry }) => {
    const conditions = after?.filter((condition) => filed.has(`${condition.agency}/${condition.procedure}`))
    return conditions === undefined || conditions.length === 0 ? entry : { ...entry, after: conditions }
  })
}
