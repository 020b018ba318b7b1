import type { BoardLine } from '../../schemas/board.ts'
import { overallStatuses } from '../../schemas/status.ts'
import type { GlanceView } from '../db/board.ts'
import type { Cancelling } from '../db/declaration-list.ts'
import type { Adapters } from './plan.ts'
import { procedureOf } from './plan.ts'
import { actionsOfAll, overallStatusOfView } from './present.ts'
import { named } from './summarize.ts'

/** A declaration as a line of the board 申报总览. @param operator whether whoever asks sees everybody's */
export function presentGlance(adapters: Adapters, view: GlanceView, operator: boolean): BoardLine {
  const status = overallStatusOfView(adapters, view)
  const [first, last] = [view.legs[0], view.legs.at(-1)]
  return {
    id: view.id,
    functionalReferenceId: view.functionalReferenceId,
    ...(operator ? { tenant: view.tenant } : {}),
    direction: view.direction as BoardLine['direction'],
    status,
    statusName: overallStatuses[status],
    ...(first === undefined || last === undefined
      ? {}
      : { journey: { from: first.from, to: last.to, modes: view.legs.map(({ modeCode }) => modeCode) } }),
    ...(view.goods === undefined ? {} : { goods: { name: view.goods, items: view.items } }),
    needsAction: actionsOfAll(adapters, view).map(({ needs, ...action }) => ({
      ...action,
      ...(needs === undefined ? {} : { needs: [...needs] }),
    })),
    filings: view.filings.map(({ id, agency, procedure, occasion, status: stands, holds, unknown }) => ({
      id,
      agency,
      agencyName: adapters[agency]?.name ?? { en: agency, zh: agency },
      procedure,
      procedureName: procedureOf(adapters, agency, procedure).name,
      occasion,
      ...named(stands),
      holds: [...holds],
      unknown,
    })),
    acceptedAt: view.acceptedAt.toISOString(),
    updatedAt: view.updatedAt.toISOString(),
    links: { self: `/v1/declarations/${view.id}` },
  }
}

/** The procedures that take filings back, of all agencies. */
export const cancellingOf = (adapters: Adapters): Cancelling[] =>
  Object.entries(adapters).flatMap(([agency, { procedures }]) =>
    Object.entries(procedures).flatMap(([procedure, { cancels }]) =>
      cancels === undefined ? [] : [{ agency, procedure }],
    ),
  )
