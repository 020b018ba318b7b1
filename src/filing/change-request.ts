import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import { requireForAmendment } from '../certificates/require.ts'
import { keepChange, keepVersion, recallDeliveries } from '../db/changes.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { Problem } from '../problem.ts'
import { type Case, type Changes, type Filing, isHeld, move, noChanges, type OpenChange } from './case.ts'
import { type Affected, isEnded, type Reach, reachOfAmendment, reachOfCancellation } from './change.ts'
import { type Difference, differences, mergePatch } from './difference.ts'
import { enlist } from './enlist.ts'
import type { HandedIn } from './examine.ts'
import { keepChanges } from './keep.ts'
import { type Adapters, findProcedure } from './plan.ts'
import { issuesOfFiling } from './prepare.ts'
import { release } from './release.ts'
import { assertChangeable, examineAgain, lockOwn, type Precondition } from './revise.ts'
import { finish } from './settle.ts'
import { aboutOf, type Documents, withVersion } from './submission.ts'

/** What a trader asks for. */
export interface ChangeRequest {
  readonly kind: OpenChange['kind']
  readonly reason: string
  /** For an amendment: what changes, or the whole as it is to be. */
  readonly patch?: unknown
  readonly declaration?: unknown
  /** Particulars of the change itself, by agency and procedure: a reason code, a person to ask. */
  readonly particulars?: { readonly [agency: string]: { readonly [procedure: string]: unknown } }
}

/** What became of a request: the change, whom it concerns, and field by field what differs. */
export interface Requested {
  readonly change: OpenChange
  readonly reach: Reach
  readonly filings: readonly Filing[]
  readonly differences: readonly Difference[]
}

/**
 * Asks every agency concerned to change what it holds 修撤单, all of it in one transaction of the caller's. With `dryRun` nothing
 * is written: the answer says what would be asked of whom.
 * @throws {Problem} not-found, if-match-stale, change-pending, declaration-cancelled, declaration-invalid, change-refused
 */
export async function requestChange(
  client: Client,
  adapters: Adapters,
  target: { readonly id: string; readonly tenant: string },
  request: ChangeRequest,
  precondition: Precondition,
  now: Date,
  dryRun: boolean,
): Promise<Requested> {
  const { at, documents } = await lockOwn(client, target)
  precondition(at.revision)
  assertChangeable(at)
  const changes = noChanges()
  if (!dryRun) await recall(client, at, changes)
  const before = documents.version(at.version)
  const handedIn = handedInOf(request, before)
  const next = request.kind === 'amendment' ? examineAgain(adapters, at, before, handedIn) : undefined
  const reach = next === undefined ? reachOfCancellation(adapters, at) : reachOfAmendment(adapters, at, documents, next)
  const change: OpenChange = {
    id: newId(now.getTime()),
    kind: request.kind,
    version: next === undefined ? at.version : dryRun ? at.version + 1 : await keepVersion(client, at, handedIn, now),
    reason: request.reason,
    plan: next?.plan ?? [],
  }
  at.change = change
  const withNext = withVersion(documents, change.version, next?.declaration ?? before)
  const filings = await enlistAll(client, at, change, reach.affected, request, changes, now)
  const issues = [...reach.issues, ...strays(adapters, request), ...refusals(adapters, at, filings, withNext)]
  if (issues.length > 0) throw new Problem('change-refused', { errors: issues })
  const answer = {
    change,
    reach,
    filings,
    differences: next === undefined ? [] : differences(before, next.declaration),
  }
  if (dryRun) return answer
  changes.cases.add(at)
  await keepChange(client, at, change, now)
  if (next !== undefined) await requireForAmendment({ client, adapters, now }, at, filings, next.declaration, changes)
  changes.happenings.push(happened(at, answer))
  if (filings.every(isEnded)) await finish(client, adapters, at, change, filings, withNext, changes, now)
  release(adapters, at, withNext, now, changes)
  await keepChanges({ client, adapters, now }, changes)
  return answer
}

/** Submissions nobody has taken up yet are taken back: their agencies have heard nothing. */
async function recall(client: Client, at: Case, changes: Changes): Promise<void> {
  const queued = at.filings.filter(({ status }) => status === 'queued')
  const back =
    queued.length === 0
      ? new Set<string>()
      : await recallDeliveries(
          client,
          queued.map(({ id }) => id),
        )
  for (const filing of queued) if (back.has(filing.id)) move(at, filing, 'planned', changes, { because: 'recalled' })
}

function handedInOf(request: ChangeRequest, before: unknown): HandedIn {
  const candidate = request.declaration ?? mergePatch(before, request.patch)
  return {
    mediaType: 'application/json',
    raw: JSON.stringify(candidate),
    candidate,
    document: undefined,
    issues: [],
    warnings: [],
  }
}

/** A filing for each agency concerned. */
async function enlistAll(
  client: Client,
  at: Case,
  change: OpenChange,
  affected: readonly Affected[],
  request: ChangeRequest,
  changes: Changes,
  now: Date,
): Promise<Filing[]> {
  const filings: Filing[] = []
  for (const { filing, kind, procedure } of affected) {
    const about = {
      agency: filing.agency,
      procedure,
      occasion: 'change' as const,
      version: kind === 'amendment' ? change.version : filing.version,
      changeId: change.id,
      changes: filing.id,
      particulars: request.particulars?.[filing.agency]?.[procedure],
    }
    filings.push(await enlist(client, at, about, changes, now))
  }
  return filings
}

/** Everything an agency would refuse of its change, as far as its rules are known; what is missing makes the filing wait. */
const refusals = (adapters: Adapters, at: Case, filings: readonly Filing[], documents: Documents): Issue[] =>
  filings.flatMap((filing) => {
    const { declaration, ...about } = aboutOf(adapters, at, filing, documents)
    return issuesOfFiling(adapters, declaration, filing, about)
  })

/** Particulars for procedures that are none, or that change nothing. */
function strays(adapters: Adapters, { particulars = {}, kind }: ChangeRequest): Issue[] {
  return Object.entries(particulars).flatMap(([agency, procedures]) =>
    Object.keys(procedures)
      .filter((id) => {
        const procedure = findProcedure(adapters, agency, id)
        return procedure?.cancels === undefined && (kind === 'cancellation' || procedure?.amends === undefined)
      })
      .map((id) =>
        issue(pointer('particulars', agency, id), 'unknown-field', {
          en: `There is no such ${kind}`,
          zh: '没有该修撤单事项',
        }),
      ),
  )
}

const happened = (at: Case, { change, reach, filings, differences }: Requested) => ({
  declarationId: at.id,
  type: 'declaration.change-requested' as const,
  data: {
    change: change.id,
    kind: change.kind,
    reason: change.reason,
    ...(change.kind === 'amendment'
      ? { version: change.version, fields: differences.map(({ pointer }) => pointer) }
      : {}),
    filings: filings.map(({ id, agency, procedure, changes }) => ({ id, agency, procedure, changes })),
    unaffected: reach.unaffected.map(({ filing, because }) => ({ filing: filing.id, because })),
  },
})

/**
 * Takes a change back that no agency has heard of yet.
 * @throws {Problem} not-found, not-changeable
 */
export async function withdrawChange(
  client: Client,
  adapters: Adapters,
  target: { readonly id: string; readonly tenant: string; readonly changeId: string },
  now: Date,
): Promise<void> {
  const { at, documents } = await lockOwn(client, target)
  const { change } = at
  if (change === undefined || change.id !== target.changeId)
    throw new Problem('not-changeable', {
      detail: { en: 'The change is settled already, or there is none', zh: '修撤单已办结或不存在' },
    })
  const changes = noChanges()
  await recall(client, at, changes)
  const ours = at.filings.filter(({ changeId }) => changeId === change.id)
  const told = ours.filter((filing) => isHeld(filing) || isEnded(filing))
  if (told.length > 0)
    throw new Problem('not-changeable', {
      detail: {
        en: `It has gone out to ${told.map(({ agency }) => agency).join(', ')} already`,
        zh: `修撤单已发送至 ${told.map(({ agency }) => agency).join('、')}`,
      },
    })
  for (const filing of ours) move(at, filing, 'withdrawn', changes, { because: 'taken back' })
  at.change = undefined
  changes.cases.add(at)
  changes.settled.push({ at, change, outcome: 'withdrawn' })
  changes.happenings.push({
    declarationId: at.id,
    type: 'declaration.change-withdrawn',
    data: { change: change.id, kind: change.kind },
  })
  release(adapters, at, documents, now, changes)
  await keepChanges({ client, adapters, now }, changes)
}
