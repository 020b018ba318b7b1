import { type Issue, issue } from '../../schemas/issue.ts'
import { type Covers, goodsOf, type RecognitionRequest } from '../../schemas/recognition.ts'
import { loadDocuments, lockCases } from '../db/cases.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { carriedBy, readResults } from '../db/recognition-uses.ts'
import { keepResult, type ResultRow, resultOf, revokeResults } from '../db/recognitions.ts'
import { type Case, noChanges } from '../filing/case.ts'
import { keepChanges } from '../filing/keep.ts'
import type { Adapters } from '../filing/plan.ts'
import { release } from '../filing/release.ts'
import type { Documents } from '../filing/submission.ts'
import { Problem } from '../problem.ts'
import { recorded } from './record-results.ts'
import { tellRevoked } from './revoked.ts'
import type { KeptResult } from './stand-ins.ts'

/** Who records or revokes: an agency by one of its keys. */
export interface Recorder {
  readonly agency: string
  readonly by: string
}

/**
 * Keeps a result an agency records itself 登记互认结果. What is sent already does not carry it; what goes from now on may.
 * @throws {Problem} not-found, body-invalid
 */
export async function recordByAgency(
  client: Client,
  adapters: Adapters,
  { agency, by }: Recorder,
  request: RecognitionRequest,
  now: Date,
): Promise<string> {
  const { declarationId, firm, category, number } = request
  const at = declarationId === undefined ? undefined : (await lockCases(client, [declarationId])).get(declarationId)
  // An agency knows of the declarations it has a filing of, and of no others.
  if (declarationId !== undefined && !at?.filings.some((filing) => filing.agency === agency))
    throw new Problem('not-found')
  const document = at && (await loadDocuments(client, [at])).get(at.id)?.version(at.version)
  const { covers, issues } = coversOf(request, document)
  if (issues.length > 0) throw new Problem('body-invalid', { errors: issues })
  const result: KeptResult = {
    id: newId(now.getTime()),
    category,
    agency,
    procedure: undefined,
    filingId: undefined,
    firm,
    number,
    covers,
    at: new Date(request.at),
    validUntil: request.validUntil === undefined ? undefined : new Date(request.validUntil),
    revoked: false,
  }
  await keepResult(client, { ...result, declarationId, by }, now)
  if (at !== undefined) {
    const changes = noChanges()
    changes.cases.add(at)
    changes.happenings.push(recorded(at, result))
    await keepChanges({ client, adapters, now }, changes)
  }
  return result.id
}

/** What a result covers, of what the declaration holds now: nobody vouches for what is not there. */
function coversOf(
  { containers, items, at, validUntil }: RecognitionRequest,
  document: ReturnType<Documents['version']> | undefined,
): { readonly covers: Covers; readonly issues: Issue[] } {
  const wrong = (pointer: string, en: string, zh: string) => issue(pointer, 'out-of-scope', { en, zh })
  const boxes = new Set((document?.goodsShipment.consignment.containers ?? []).map(({ id }) => id))
  const goods = new Map((document?.goodsShipment.items ?? []).map((item) => [item.sequence, item]))
  const issues = [
    ...(containers ?? []).flatMap((id, index) =>
      boxes.has(id)
        ? []
        : [wrong(`/containers/${index}`, `${id} is no container of the declaration`, `${id} 不是该申报单的集装箱`)],
    ),
    ...(items ?? []).flatMap((sequence, index) =>
      goods.has(sequence)
        ? []
        : [wrong(`/items/${index}`, `There is no item ${sequence}`, `没有第 ${sequence} 项商品`)],
    ),
    ...(validUntil !== undefined && Date.parse(validUntil) <= Date.parse(at)
      ? [wrong('/validUntil', 'It would end before it begins', '有效期止早于结果时间')]
      : []),
  ]
  const covered = (items ?? []).flatMap((sequence) => goods.get(sequence) ?? [])
  return {
    issues,
    covers: {
      ...(containers === undefined ? {} : { containers }),
      ...(items === undefined ? {} : { goods: covered.map(goodsOf) }),
    },
  }
}

/**
 * A result stands in for nothing any more 撤销互认, wherever it was carried and was not finished.
 * @throws {Problem} not-found, not-changeable
 */
export async function revokeByAgency(
  client: Client,
  adapters: Adapters,
  id: string,
  { agency, by }: Recorder,
  reason: string,
  now: Date,
): Promise<void> {
  const [view] = await readResults(client, { id, limit: 1 })
  if (view?.agency !== agency || view === undefined) throw new Problem('not-found')
  const own = view.declaration_id === null ? [] : [view.declaration_id]
  const carriers = async () => (await carriedBy(client, [id])).map(({ declarationId }) => declarationId)
  const cases = await lockCases(client, [...new Set([...own, ...(await carriers())])])
  if (!(await revokeResults(client, [id], { reason, by }, now)).has(id))
    throw new Problem('not-changeable', { detail: { en: 'It was revoked before', zh: '该结果已被撤销' } })
  // Read again now that it is revoked: whoever was about to carry it has, and nobody begins to any more.
  const late = (await carriers()).filter((one) => !cases.has(one))
  for (const [one, at] of await lockCases(client, late)) cases.set(one, at)
  const result = resultOf({ ...view, at: view.at.toISOString(), valid_until: null, revoked_at: null } as ResultRow)
  const documents = await loadDocuments(client, cases.values())
  for (const at of cases.values()) await lapse(client, adapters, at, documents.get(at.id), result, reason, now)
}

async function lapse(
  client: Client,
  adapters: Adapters,
  at: Case,
  documents: Documents | undefined,
  result: KeptResult,
  reason: string,
  now: Date,
): Promise<void> {
  const changes = noChanges()
  await tellRevoked(client, at, [result], reason, changes, now)
  if (documents !== undefined) release(adapters, at, documents, now, changes)
  await keepChanges({ client, adapters, now }, changes)
}
