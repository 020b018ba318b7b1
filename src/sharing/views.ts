import type { Declaration } from '../../schemas/declaration/index.ts'
import type { SharedPart } from '../../schemas/sharing/view.ts'
import { levelsOf } from '../credit/read.ts'
import type { Queryable } from '../db/database.ts'
import { readFacts } from '../db/movement-reads.ts'
import { readSharedUses } from '../db/sharing-parts.ts'
import type { DeclarationView } from '../db/views.ts'
import { costsOf } from '../filing/costs.ts'
import type { Adapters } from '../filing/plan.ts'
import { limits } from '../limits.ts'
import { factOf } from '../movement/facts.ts'

/** What a part of the shared view is made from. */
export interface SharedSource {
  readonly client: Queryable
  readonly adapters: Adapters
  readonly view: DeclarationView
  /** The version that counts. */
  readonly declaration: Declaration
  readonly now: Date
}

/** Every part of the shared view 共享视图, one line each; its fields stand in `sharedParts` (schemas/sharing/view.ts). */
const parts: { readonly [P in SharedPart]: (source: SharedSource) => unknown } = {
  declaration: declarationPart,
  filings: filingsPart,
  duties: dutiesPart,
  certificates: ({ client, view }) => readSharedUses(client, view.id),
  movements: movementsPart,
  credit: creditPart,
}

/** The shared view of a declaration. Only parts of which something is wanted are made. */
export async function sharedViewOf(source: SharedSource, fields: readonly string[]): Promise<Record<string, unknown>> {
  const wanted = new Set(fields.map((field) => field.split('/')[1]))
  const made: Record<string, unknown> = {}
  // One after the other: a client does one thing at a time.
  for (const [id, make] of Object.entries(parts)) if (wanted.has(id)) made[id] = await make(source)
  return made
}

/** The document, with the particulars its filings have now: some were brought later. */
function declarationPart({ declaration, view }: SharedSource) {
  const particulars = new Map(
    Object.entries(declaration.particulars ?? {}).map(([agency, all]) => [agency, new Map(Object.entries(all))]),
  )
  for (const { agency, procedure, particulars: now, occasion } of view.filings) {
    if (now === undefined || occasion === 'change') continue
    const all = particulars.get(agency) ?? new Map<string, unknown>()
    particulars.set(agency, all.set(procedure, now))
  }
  const merged = [...particulars].map(([agency, all]) => [agency, Object.fromEntries(all)] as const)
  return { ...declaration, ...(merged.length === 0 ? {} : { particulars: Object.fromEntries(merged) }) }
}

function filingsPart({ view }: SharedSource) {
  const byAgency = Map.groupBy(view.filings, ({ agency }) => agency)
  return Object.fromEntries(
    [...byAgency].map(([agency, filings]) => {
      const byProcedure = Map.groupBy(filings, ({ procedure }) => procedure)
      const shown = [...byProcedure].map(([procedure, some]) => [
        procedure,
        some.map(({ id, status, holds, references, version, updatedAt }) => ({
          id,
          status,
          holds,
          references,
          version,
          updatedAt: updatedAt.toISOString(),
        })),
      ])
      return [agency, Object.fromEntries(shown) as unknown]
    }),
  )
}

function dutiesPart({ adapters, view, declaration }: SharedSource) {
  const { said, totals } = costsOf(adapters, view, declaration)
  return {
    said: said.map(({ kind, of, amount, currency, agency, at }) => ({ kind, of, amount, currency, agency, at })),
    totals,
  }
}

async function movementsPart({ client, view }: SharedSource) {
  const facts = (await readFacts({ pool: client }, view.id, limits.movementsShown)).map(factOf)
  return facts
    .filter(({ code, retracted }) => code !== undefined && retracted === undefined)
    .map(({ at, code, classifier, mode, place, equipmentReference, conveyance }) => ({
      at,
      code,
      classifier,
      mode,
      place,
      equipmentReference,
      conveyance,
    }))
}

/** Levels of the firms in China that the declaration names. */
async function creditPart({ client, declaration, now }: SharedSource) {
  const { agent, goodsShipment } = declaration
  const { exporter, importer, owner } = goodsShipment
  const firms = [...new Set([agent, exporter, importer, owner].flatMap((party) => party?.id ?? []))]
  const levels = await levelsOf(client, firms, now)
  return firms.flatMap((firm) =>
    (levels.get(firm) ?? []).map(({ scheme, agency, level, effective, since }) => ({
      firm,
      scheme,
      agency,
      level,
      effective,
      since,
    })),
  )
}
