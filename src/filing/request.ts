import type { About, Procedure } from '../../adapters/adapter.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import { loadDocuments, lockCases } from '../db/cases.ts'
import type { Client } from '../db/database.ts'
import { Problem } from '../problem.ts'
import { type Case, type Changes, type Filing, isUnsent, move, noChanges, referencesOf } from './case.ts'
import { enlist } from './enlist.ts'
import { keepChanges } from './keep.ts'
import { type Adapters, findProcedure, procedureOf } from './plan.ts'
import { issuesOfFiling, unmetConditions } from './prepare.ts'
import { release } from './release.ts'
import { lockOwn, type Precondition } from './revise.ts'
import type { Documents } from './submission.ts'

/** A filing a trader asks for beyond the plan: a second payment, a further or a batch claim, a certificate of origin. */
export interface FilingRequest {
  readonly agency: string
  readonly procedure: string
  readonly particulars?: unknown
  /** Further declarations it covers, where the procedure allows several. */
  readonly covers?: readonly string[]
}

/**
 * Adds a filing to a declaration, in the caller's transaction. It goes at once, or waits as any filing does.
 * @throws {Problem} not-found, change-pending, declaration-cancelled, filing-refused, particulars-invalid
 */
export async function requestFiling(
  client: Client,
  adapters: Adapters,
  target: { readonly id: string; readonly tenant: string },
  request: FilingRequest,
  now: Date,
): Promise<{ at: Case; filing: Filing }> {
  const { subject, others } = await takeUp(client, adapters, target, request)
  const { at, documents } = subject
  const covers = request.covers ?? []
  const covered = others.map(({ at, documents }) => ({
    declaration: documents.version(at.version),
    references: referencesOf(at),
  }))
  assertParticulars(adapters, subject, request, covers.length === 0 ? {} : { others: covered })
  const changes = noChanges()
  const { agency, procedure, particulars } = request
  const about = { agency, procedure, particulars, occasion: 'request' as const, version: at.version, covers }
  const filing = await enlist(client, at, about, changes, now)
  const data = { agency, procedure, ...(covers.length > 0 ? { covers } : {}) }
  changes.happenings.push({ declarationId: at.id, type: 'filing.requested', filingId: filing.id, data })
  if (covers.length > 0) standIn(at, filing, changes)
  for (const other of others) {
    standIn(other.at, filing, changes)
    changes.cases.add(other.at)
    changes.happenings.push({
      declarationId: other.at.id,
      type: 'filing.requested',
      filingId: filing.id,
      data: { ...data, coveredBy: at.id },
    })
  }
  const byId = new Map(covers.map((id, index) => [id, covered[index]]))
  release(adapters, at, withCovered(documents, byId), now, changes)
  await keepChanges({ client, adapters, now }, changes)
  return { at, filing }
}

/** A declaration with what is known of it. */
interface Known {
  readonly at: Case
  readonly documents: Documents
}

/**
 * The declarations a request is about, locked: its own, and those it covers beside it, all of them ready.
 * @throws {Problem} not-found, declaration-cancelled, filing-refused
 */
async function takeUp(
  client: Client,
  adapters: Adapters,
  target: { readonly id: string; readonly tenant: string },
  request: FilingRequest,
): Promise<{ subject: Known; others: readonly Known[] }> {
  const covers = request.covers ?? []
  const cases = await lockCases(client, [target.id, ...covers])
  const all = await loadDocuments(client, cases.values())
  const own = (id: string): Known | undefined => {
    const at = cases.get(id)
    const documents = all.get(id)
    return at === undefined || documents === undefined || at.tenant !== target.tenant ? undefined : { at, documents }
  }
  const subject = own(target.id)
  if (subject === undefined) throw new Problem('not-found')
  if (subject.at.cancelled) throw new Problem('declaration-cancelled')
  const procedure = offered(adapters, request)
  const found = covers.map((id) => (id === target.id ? undefined : own(id)))
  const errors = [
    ...found.flatMap((other, index) =>
      other === undefined ? [notThere(index)] : unready(request, procedure, index, other),
    ),
    ...notApplicable('', procedure, subject.documents.version(subject.at.version)),
    ...(covers.length > 0 && procedure.several !== true ? [oneOnly(adapters, request)] : []),
    ...(new Set(covers).size === covers.length ? [] : [twice()]),
  ]
  if (errors.length > 0) throw new Problem('filing-refused', { errors })
  return { subject, others: found.flatMap((other) => other ?? []) }
}

/** @throws {Problem} particulars-invalid; absent ones are waited for */
function assertParticulars(
  adapters: Adapters,
  { at, documents }: Known,
  { agency, procedure, particulars }: FilingRequest,
  about: About,
): void {
  if (particulars === undefined) return
  const declaration = documents.version(at.version)
  const errors = issuesOfFiling(adapters, declaration, { agency, procedure, particulars }, about)
  if (errors.length > 0) throw new Problem('particulars-invalid', { errors })
}

/** A filing over several declarations stands in for what was planned of its kind and not sent yet. */
function standIn(at: Case, filing: Filing, changes: Changes): void {
  for (const planned of at.filings)
    if (
      planned.occasion === 'plan' &&
      planned.agency === filing.agency &&
      planned.procedure === filing.procedure &&
      isUnsent(planned)
    ) {
      planned.pending = { coveredBy: filing.id }
      move(at, planned, 'withdrawn', changes, { coveredBy: filing.id })
    }
}

/**
 * Drops a filing that can be asked for again: one that was not sent, or one that was asked for and refused (a payment made twice has
 * nothing to be corrected in it).
 * @throws {Problem} not-found, if-match-stale, not-changeable
 */
export async function dropFiling(
  client: Client,
  adapters: Adapters,
  target: { readonly id: string; readonly tenant: string; readonly filingId: string },
  precondition: Precondition,
  now: Date,
): Promise<void> {
  const { at, documents } = await lockOwn(client, target)
  const filing = at.filings.find(({ id }) => id === target.filingId)
  if (filing === undefined) throw new Problem('not-found')
  precondition(filing.revision)
  const again = procedureOf(adapters, filing.agency, filing.procedure).onRequest !== undefined
  const isOver = filing.occasion === 'request' && filing.status === 'refused'
  if (!(isUnsent(filing) || isOver) || !again)
    throw new Problem('not-changeable', {
      detail: again
        ? { en: `The filing is ${filing.status}: it went out`, zh: '申报已发送，不可放弃' }
        : { en: 'The declaration needs this filing', zh: '该事项为申报单必办事项' },
    })
  const changes = noChanges()
  filing.pending = { dropped: true }
  move(at, filing, 'withdrawn', changes, { because: 'dropped by the trader' })
  release(adapters, at, documents, now, changes)
  await keepChanges({ client, adapters, now }, changes)
}

type Covered = NonNullable<About['others']>[number]

const withCovered = (documents: Documents, covered: ReadonlyMap<string, Covered | undefined>): Documents => ({
  ...documents,
  covered: (id) => covered.get(id) ?? documents.covered(id),
})

/** @throws {Problem} filing-refused: there is no such procedure, or it is not filed on request */
function offered(adapters: Adapters, { agency, procedure }: FilingRequest): Procedure {
  const found = findProcedure(adapters, agency, procedure)
  if (found?.onRequest !== undefined) return found
  throw new Problem('filing-refused', {
    errors: [
      issue('/procedure', 'not-on-request', {
        en: `${agency}/${procedure} cannot be filed on request`,
        zh: `${agency}/${procedure} 不可单独申请办理`,
      }),
    ],
  })
}

function notApplicable(at: string, procedure: Procedure, declaration: Declaration): Issue[] {
  const { files, because } = procedure.applies(declaration)
  return files ? [] : [issue(at === '' ? '/procedure' : at, 'not-applicable', because)]
}

/** What is covered beside the filing's own declaration must be ready: nothing waits for another declaration. */
function unready({ agency }: FilingRequest, procedure: Procedure, index: number, { at, documents }: Known): Issue[] {
  const where = pointer('covers', index)
  const { waitsFor, blockedBy } = unmetConditions(procedure.after, at.filings)
  return [
    ...notApplicable(where, procedure, documents.version(at.version)),
    ...[...waitsFor, ...blockedBy].map((condition) =>
      issue(
        where,
        'not-ready',
        {
          en: `${condition.agency}/${condition.procedure} is not ${condition.status} yet`,
          zh: `${condition.agency}/${condition.procedure} 尚未达到 ${condition.status}`,
        },
        agency,
      ),
    ),
  ]
}

const notThere = (index: number) =>
  issue(pointer('covers', index), 'not-found', { en: 'There is no such declaration', zh: '未找到该申报单' })
const oneOnly = (adapters: Adapters, { agency, procedure }: FilingRequest) =>
  issue('/covers', 'one-only', {
    en: `${adapters[agency]?.name.en ?? agency} takes ${procedure} for one declaration at a time`,
    zh: `${adapters[agency]?.name.zh ?? agency}的该事项须逐票办理`,
  })
const twice = () => issue('/covers', 'duplicate', { en: 'A declaration stands twice', zh: '申报单重复' })
