import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import type { Plan } from '../../schemas/plan.ts'
import { loadDocuments, lockCases, saveChanges } from '../db/cases.ts'
import { type Client, type Database, transaction } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { nextSerial } from '../db/serials.ts'
import { Problem } from '../problem.ts'
import { type Case, type Changes, type Filing, isUnsent, move, noChanges, referencesOf, release } from './case.ts'
import { examine, type HandedIn } from './examine.ts'
import { type Adapters, procedureOf } from './plan.ts'
import { issuesOfFiling, particularsOf, submissionOf } from './prepare.ts'

/** The trader's precondition: the revision it read. */
export type Precondition = (revision: number) => void

/**
 * Corrects a declaration: filings that were refused start a new attempt, filings not sent yet are prepared anew, and filings
 * an agency already holds must not change (that takes an amendment). All of it in one transaction.
 * @returns the new revision
 * @throws {Problem} not-found, if-match-stale, declaration-invalid, amendment-needed
 */
export function reviseDeclaration(
  database: Database,
  adapters: Adapters,
  target: { readonly id: string; readonly tenant: string },
  handedIn: HandedIn,
  precondition: Precondition,
  now: Date,
): Promise<void> {
  return transaction(database.pool, async (client) => {
    const { at, document: before } = await lockOwn(client, target)
    precondition(at.revision)
    const kept = (declaration: Declaration, agency: string, procedure: string) =>
      particularsOf(declaration, agency, procedure) ??
      at.filings.find((filing) => filing.agency === agency && filing.procedure === procedure)?.particulars
    const { declaration, plan, issues } = examine(adapters, handedIn.candidate, target.tenant, kept)
    const all = [...handedIn.issues, ...issues, ...sameNumber(before, declaration)]
    if (declaration === undefined || plan === undefined || all.length > 0)
      throw new Problem('declaration-invalid', { errors: all })
    const changes = noChanges()
    const held = heldChanges(adapters, at, before, declaration, plan, kept)
    if (held.length > 0) throw new Problem('amendment-needed', { errors: held })
    const added = await addFilings(client, at, plan, now)
    for (const filing of [...at.filings, ...added])
      reopen(at, filing, plan, kept(declaration, filing.agency, filing.procedure), changes)
    await keepVersion(client, at, plan, handedIn, added, now)
    const revised: Case = { ...at, filings: [...at.filings, ...added] }
    changes.cases.delete(at)
    changes.cases.add(revised)
    changes.happenings.unshift({ declarationId: at.id, type: 'declaration.revised', data: { version: at.version + 1 } })
    release(adapters, revised, declaration, now, changes)
    await saveChanges(client, changes, now)
  })
}

async function lockOwn(
  client: Client,
  { id, tenant }: { id: string; tenant: string },
): Promise<{ at: Case; document: Declaration }> {
  const at = (await lockCases(client, [id])).get(id)
  const document = (await loadDocuments(client, [id])).get(id)
  // "Not yours" looks like "not there".
  if (at === undefined || document === undefined || at.tenant !== tenant) throw new Problem('not-found')
  return { at, document }
}

function sameNumber(before: Declaration, after: Declaration | undefined): Issue[] {
  if (after === undefined || after.functionalReferenceId === before.functionalReferenceId) return []
  return [
    issue('/functionalReferenceId', 'reference-fixed', {
      en: `A corrected declaration keeps its number ${before.functionalReferenceId}`,
      zh: `修改后的申报单应保留原编号${before.functionalReferenceId}`,
    }),
  ]
}

const entryOf = (plan: Plan, filing: { agency: string; procedure: string }) =>
  plan.find(({ agency, procedure, files }) => files && agency === filing.agency && procedure === filing.procedure)

/** What would change for agencies that already hold their filing: compared as the bytes they would get. */
function heldChanges(
  adapters: Adapters,
  at: Case,
  before: Declaration,
  after: Declaration,
  plan: Plan,
  particularsFor: (declaration: Declaration, agency: string, procedure: string) => unknown,
): Issue[] {
  return at.filings.flatMap((filing) => {
    if (isUnsent(filing) || filing.status === 'refused' || filing.status === 'withdrawn') return []
    const { agency, procedure } = filing
    const its = procedureOf(adapters, agency, procedure)
    const body = (declaration: Declaration, particulars: unknown) =>
      its.encode(
        submissionOf(its, declaration, { ...filing, particulars }, referencesOf(at), '2000-01-01T00:00:00.000Z'),
      ).body
    const same =
      entryOf(plan, filing) !== undefined &&
      body(before, filing.particulars) === body(after, particularsFor(after, agency, procedure))
    if (same) return []
    const held = {
      en: `${agency} already holds its filing (${filing.status}): it takes an amendment`,
      zh: `${agency} 已受理（${filing.status}），需办理修撤单`,
    }
    return [issue(`/particulars/${agency}/${procedure}`, 'amendment-needed', held, agency)]
  })
}

/** Filings the corrected declaration needs that it did not need before. */
async function addFilings(client: Client, at: Case, plan: Plan, now: Date): Promise<Filing[]> {
  const missing = plan.filter(
    (entry) =>
      entry.files &&
      !at.filings.some(({ agency, procedure }) => agency === entry.agency && procedure === entry.procedure),
  )
  const serials: number[] = []
  for (const { agency } of missing) serials.push(await nextSerial(client, agency))
  return missing.map(({ agency, procedure }, index) => ({
    id: newId(now.getTime()),
    serial: serials[index] ?? 0,
    declarationId: at.id,
    position: at.filings.length + index,
    agency,
    procedure,
    attempt: 1,
    status: 'planned',
    holds: [],
    pending: undefined,
    unknown: false,
    particulars: undefined,
    revision: 1,
    references: [],
    receipts: [],
  }))
}

/** A refused filing starts its next attempt; one that is no longer needed and was not sent is withdrawn. */
function reopen(at: Case, filing: Filing, plan: Plan, particulars: unknown, changes: Changes): void {
  const needed = entryOf(plan, filing) !== undefined
  if (!needed) {
    if (isUnsent(filing)) move(at, filing, 'withdrawn', changes, { because: 'no longer in the plan' })
    return
  }
  if (filing.status === 'refused' || filing.status === 'withdrawn') {
    // One that was withdrawn before it was ever sent goes on with the attempt it had.
    if (filing.receipts.length > 0) filing.attempt += 1
    filing.holds = []
    filing.unknown = false
    filing.pending = undefined
    move(at, filing, 'planned', changes, { attempt: filing.attempt })
  }
  if (isUnsent(filing)) {
    filing.particulars = particulars
    if (filing.pending?.trouble !== undefined) filing.pending = undefined
    changes.filings.add(filing)
  }
}

async function keepVersion(
  client: Client,
  at: Case,
  plan: Plan,
  handedIn: HandedIn,
  added: readonly Filing[],
  now: Date,
): Promise<void> {
  await client.query(
    'INSERT INTO declaration_version (declaration_id, version, media_type, raw, document, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [at.id, at.version + 1, handedIn.mediaType, handedIn.raw, handedIn.document ?? null, now],
  )
  await client.query('UPDATE declaration SET version = $2, plan = $3 WHERE id = $1', [
    at.id,
    at.version + 1,
    JSON.stringify(plan),
  ])
  for (const filing of added)
    await client.query(
      'INSERT INTO filing (id, declaration_id, position, serial, agency, procedure, status, rank, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)',
      [filing.id, at.id, filing.position, filing.serial, filing.agency, filing.procedure, filing.status, now],
    )
}

/**
 * Brings the particulars of one filing, until it is first sent.
 * @throws {Problem} not-found, if-match-stale, not-changeable, particulars-invalid
 */
export function bringParticulars(
  database: Database,
  adapters: Adapters,
  target: { readonly id: string; readonly tenant: string; readonly filingId: string },
  particulars: unknown,
  precondition: Precondition,
  now: Date,
): Promise<void> {
  return transaction(database.pool, async (client) => {
    const { at, document } = await lockOwn(client, target)
    const filing = at.filings.find(({ id }) => id === target.filingId)
    if (filing === undefined) throw new Problem('not-found')
    precondition(filing.revision)
    if (!isUnsent(filing) && filing.status !== 'refused')
      throw new Problem('not-changeable', {
        detail: { en: `The filing is ${filing.status}: its particulars went out`, zh: '申报已发送，补充数据不可再改' },
      })
    const errors = issuesOfFiling(adapters, document, {
      agency: filing.agency,
      procedure: filing.procedure,
      particulars,
    })
    if (errors.length > 0) throw new Problem('particulars-invalid', { errors })
    const changes = noChanges()
    filing.particulars = particulars
    if (filing.pending?.trouble !== undefined) filing.pending = undefined
    if (filing.status === 'refused') {
      filing.attempt += 1
      move(at, filing, 'planned', changes, { attempt: filing.attempt })
    }
    changes.cases.add(at)
    changes.filings.add(filing)
    changes.happenings.push({
      declarationId: at.id,
      type: 'filing.particulars',
      filingId: filing.id,
      data: { agency: filing.agency, procedure: filing.procedure },
    })
    release(adapters, at, document, now, changes)
    await saveChanges(client, changes, now)
  })
}
