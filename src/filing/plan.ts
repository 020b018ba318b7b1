import type { Adapter, Condition, Procedure } from '../../adapters/adapter.ts'
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

/** A summary 概要申报 says too little for anything but its own procedures. */
const isDecided = ({ summary }: Procedure, { declarationStep }: Declaration): boolean =>
  declarationStep !== 'summary' || summary === true
const undecided = {
  files: false,
  because: { en: 'Decided when the declaration is complete', zh: '待完整申报时确定' },
}

/** Whether a procedure is filed with a declaration, and why or why not. */
export const decide = (procedure: Procedure, declaration: Declaration): ReturnType<Procedure['applies']> =>
  isDecided(procedure, declaration) ? procedure.applies(declaration) : undecided

interface Planned {
  readonly agency: string
  readonly id: string
  readonly procedure: Procedure
  readonly after: readonly Condition[]
}
const planned = new WeakMap<Adapters, readonly Planned[]>()

/** The procedures that are filed with declarations; the same for all of them. */
export function plannedOf(adapters: Adapters): readonly Planned[] {
  let all = planned.get(adapters)
  if (all === undefined) {
    all = Object.entries(adapters).flatMap(([agency, { procedures }]) =>
      Object.entries(procedures)
        .filter(([, procedure]) => isPlanned(procedure))
        .map(([id, procedure]) => ({
          agency,
          id,
          procedure,
          after: (procedure.after ?? []).map(({ agency, procedure, status }) => ({ agency, procedure, status })),
        })),
    )
    planned.set(adapters, all)
  }
  return all
}

/** Every procedure of every agency that is filed with a declaration: whether this one is, and why or why not. */
export function planOf(adapters: Adapters, declaration: Declaration): Plan {
  const all = plannedOf(adapters)
  const plan = all.map(({ agency, id, procedure }): PlanEntry => {
    const { files, because } = decide(procedure, declaration)
    return { agency, procedure: id, name: procedure.name, files, because }
  })
  // A condition on a filing that is not in the plan counts as met: it is not shown as something to wait for.
  const isFiled = (condition: Condition) =>
    plan.some(
      ({ agency, procedure, files }) => files && agency === condition.agency && procedure === condition.procedure,
    )
  return plan.map((entry, at) => {
    const after = all[at]?.after.filter(isFiled) ?? []
    return after.length === 0 ? entry : { ...entry, after }
  })
}
