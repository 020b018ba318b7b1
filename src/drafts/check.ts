import type { Declaration } from '../../schemas/declaration/index.ts'
import type { PortFees } from '../../schemas/fees/quote.ts'
import { type Issue, issue, issuesOf } from '../../schemas/issue.ts'
import type { Plan } from '../../schemas/plan.ts'
import { type Queryable, transaction } from '../db/database.ts'
import type { DraftBasis, KeptDraft } from '../db/declaration-drafts.ts'
import { readVersion } from '../db/reads.ts'
import { requestChange } from '../filing/change-request.ts'
import { type Difference, differences } from '../filing/difference.ts'
import type { HandedIn } from '../filing/examine.ts'
import { type Adapters, findProcedure } from '../filing/plan.ts'
import { presentRequested } from '../filing/present-change.ts'
import { revise } from '../filing/revise.ts'
import { estimatePortFees, tryOut } from '../filing/try-out.ts'
import { Problem, problems, shown } from '../problem.ts'
import type { Services } from '../services.ts'
import { askedBy } from './asked-by.ts'
import { foreseePlan } from './foresee.ts'

/** What a dry run found, before it is told field by field. */
interface Tried {
  readonly plan?: Plan
  readonly errors: readonly Issue[]
  readonly warnings?: readonly Issue[]
  readonly more?: {
    readonly filings?: Awaited<ReturnType<typeof tryOut>>['filings']
    readonly portFees?: PortFees
    readonly change?: Omit<ReturnType<typeof presentRequested>, 'id' | 'links'>
    readonly differences?: readonly Difference[]
  }
}

/** A draft's document as a declaration that is handed in. */
export const handedInOf = ({ document }: Pick<KeptDraft, 'document'>): HandedIn => ({
  mediaType: 'application/json',
  raw: document,
  candidate: JSON.parse(document) as unknown,
  document: undefined,
  issues: [],
  warnings: [],
})

/** The dry run on a draft 草稿校验: what would become of it if it were handed in as it is. Keeps nothing. */
export async function checkDraft(services: Services, draft: KeptDraft, tenant: string) {
  const handedIn = handedInOf(draft)
  const { adapters } = services
  const [tried, moved] = await Promise.all([
    draft.basis === undefined
      ? tryAccepting(services, handedIn, tenant)
      : tryChanging(services, { ...draft, basis: draft.basis }, handedIn, tenant),
    movedSince(services, draft),
  ])
  const errors = [
    ...tried.errors,
    ...(tried.plan === undefined ? issuesOfParticulars(adapters, handedIn.candidate) : []),
  ]
  const asked = errors.map((found) => ({ ...found, ...(found.agency === undefined ? asking(found.pointer) : {}) }))
  const entries = tried.plan ?? foreseePlan(adapters, handedIn.candidate, new Set(errors.map(({ pointer }) => pointer)))
  const plan = entries.map((entry) => ({
    agency: entry.agency,
    agencyName: adapters[entry.agency]?.name ?? { en: entry.agency, zh: entry.agency },
    procedure: entry.procedure,
    name: entry.name,
    ...('awaits' in entry ? { awaits: entry.awaits } : { files: entry.files, because: entry.because }),
    open: asked.filter(({ agency, askedBy: by = [] }) => agency === entry.agency || by.includes(entry.agency)).length,
  }))
  return {
    revision: draft.revision,
    acceptable: errors.length === 0 && moved === undefined,
    plan,
    ...shown(asked),
    warnings: [...(tried.warnings ?? [])],
    ...tried.more,
    ...(moved === undefined ? {} : { moved }),
  }
}

const asking = (pointer: string) => {
  const by = askedBy(pointer)
  return by.length === 0 ? {} : { askedBy: [...by] }
}

async function tryAccepting(services: Services, handedIn: HandedIn, tenant: string): Promise<Tried> {
  const { plan, errors, warnings, filings, portFees } = await tryOut(services, handedIn, tenant)
  return {
    ...(plan === undefined ? {} : { plan }),
    errors,
    warnings,
    more: { ...(filings === undefined ? {} : { filings }), ...(portFees === undefined ? {} : { portFees }) },
  }
}

/** What its declaration would become: the same steps as for real, up to the first that would be written down. */
async function tryChanging(
  services: Services,
  { basis: { declarationId: id, purpose }, reason, particulars }: KeptDraft & { readonly basis: DraftBasis },
  handedIn: HandedIn,
  tenant: string,
): Promise<Tried> {
  const { database, adapters, now } = services
  const at = new Date(now())
  const target = { id, tenant }
  try {
    return await transaction(database.pool, async (client) => {
      if (purpose === 'correction') {
        const { before, declaration, plan } = await revise(
          client,
          adapters,
          target,
          handedIn,
          () => undefined,
          at,
          true,
        )
        const more = { differences: differences(before, declaration), ...(await feesOf(services, declaration)) }
        return { plan, errors: [], more }
      }
      const request = changeRequestOf(handedIn, reason, particulars)
      const asked = await requestChange(client, adapters, target, request, () => undefined, at, true)
      const { id: _id, links: _links, ...change } = presentRequested(id, asked)
      const more = { change, ...(await feesOf(services, handedIn.candidate as Declaration)) }
      return { plan: asked.change.plan, errors: withoutReason(reason), more }
    })
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return { errors: [...reasonsOf(problem), ...(purpose === 'amendment' ? withoutReason(reason) : [])] }
  }
}

const feesOf = async (services: Services, declaration: Declaration) => {
  const portFees = await estimatePortFees(services, declaration)
  return portFees === undefined ? {} : { portFees }
}

/** A draft's amendment as it is asked for. */
export const changeRequestOf = (handedIn: HandedIn, reason: string | null, particulars: string | null) => ({
  kind: 'amendment' as const,
  reason: reason ?? '',
  declaration: handedIn.candidate,
  ...(particulars === null
    ? {}
    : { particulars: JSON.parse(particulars) as { [agency: string]: { [procedure: string]: unknown } } }),
})

/** An amendment is asked for with a reason. */
export const withoutReason = (reason: string | null): Issue[] =>
  reason === null
    ? [issue('/reason', 'missing', { en: 'Say why the amendment is asked for', zh: '请填写修改原因' })]
    : []

/** Why something was turned away, as issues: those it names, else the thing itself. */
const reasonsOf = ({ code, detail, errors }: Problem): readonly Issue[] =>
  errors.length > 0 ? errors : [issue('', code, detail ?? problems[code])]

/** Two versions of a declaration, and what differs. */
export interface Moved {
  readonly from: number
  readonly to: number
  readonly data: readonly Difference[]
}
/** What changed of a draft's declaration since it was begun; undefined when nothing did. */
export async function movedSince(
  { database }: { readonly database: { readonly pool: Queryable } },
  { basis, current }: Pick<KeptDraft, 'basis' | 'current'>,
): Promise<Moved | undefined> {
  if (basis === undefined || current === undefined || basis.version === current) return undefined
  const [before, after] = await Promise.all(
    [basis.version, current].map((version) => readVersion(database, basis.declarationId, version)),
  )
  if (before === undefined || after === undefined) throw new Error(`${basis.declarationId} lacks a version`)
  return {
    from: basis.version,
    to: current,
    data: differences(JSON.parse(before.document), JSON.parse(after.document)),
  }
}

/** What is wrong with particulars while the declaration is not whole enough for their agencies to look at it. */
function issuesOfParticulars(adapters: Adapters, candidate: unknown): Issue[] {
  const given = (candidate as { particulars?: unknown }).particulars
  return entriesOf(given).flatMap(([agency, procedures]) =>
    entriesOf(procedures).flatMap(([procedure, particulars]) => {
      const read = findProcedure(adapters, agency, procedure)?.particulars.safeParse(particulars)
      if (read === undefined || read.success) return []
      return issuesOf(read.error, ['particulars', agency, procedure]).map((found) => ({ ...found, agency }))
    }),
  )
}
const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
