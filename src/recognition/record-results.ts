import type { Standing } from '../../adapters/adapter.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { keepResult, recognitionVersions, revokeResults } from '../db/recognitions.ts'
import type { Case, Changes, Filing } from '../filing/case.ts'
import { mayHaveDeadlines } from '../filing/deadlines.ts'
import { inAgencyOrder } from '../filing/fold.ts'
import { type Adapters, procedureOf } from '../filing/plan.ts'
import { readParticulars } from '../filing/prepare.ts'
import type { Documents } from '../filing/submission.ts'
import { tellRevoked } from './revoked.ts'
import type { KeptResult } from './stand-ins.ts'

/** Whether what an agency said of a filing may be a result others recognise. */
const mayHaveResults = (adapters: Adapters, { agency, procedure, receipts }: Filing): boolean =>
  receipts.length > 0 && procedureOf(adapters, agency, procedure).results !== undefined

/** What an agency said of it may tell of more than its status: of a deadline, of a result. */
export const saysMore = (adapters: Adapters, filing: Filing): boolean =>
  mayHaveDeadlines(adapters, filing) || mayHaveResults(adapters, filing)

/**
 * Keeps what agencies have found that others may recognise 可互认结果, before what waits is looked at: it may carry it. A result its filing no
 * longer stands for (taken back, refused, begun anew) is revoked.
 */
export async function recordResults(
  client: Client,
  adapters: Adapters,
  at: Case,
  documents: Documents,
  changes: Changes,
  now: Date,
): Promise<void> {
  for (const filing of at.filings) {
    if (!changes.filings.has(filing) || !mayHaveResults(adapters, filing)) continue
    const found = resultsOf(adapters, filing, documents)
    const kept = at.recognition.results.filter(({ filingId }) => filingId === filing.id)
    for (const { category, number, at: when, until, covers } of found) {
      if (kept.some((one) => one.category === category && one.number === number)) continue
      const result: KeptResult = {
        id: newId(now.getTime()),
        category,
        agency: filing.agency,
        procedure: filing.procedure,
        filingId: filing.id,
        firm: undefined,
        number,
        covers,
        at: new Date(when),
        validUntil: until === undefined ? undefined : new Date(until),
        revoked: false,
      }
      await keepResult(client, { ...result, declarationId: at.id, by: undefined }, now)
      await learn(client, at, result)
      changes.cases.add(at)
      changes.happenings.push(recorded(at, result))
    }
    const lapsed = kept.filter(
      (one) =>
        !one.revoked && !found.some(({ category, number }) => category === one.category && number === one.number),
    )
    if (lapsed.length > 0) await revoke(client, at, lapsed, changes, now)
  }
}

function resultsOf(adapters: Adapters, filing: Filing, documents: Documents) {
  if (filing.status === 'withdrawn' || filing.status === 'reversed' || filing.status === 'refused') return []
  const procedure = procedureOf(adapters, filing.agency, filing.procedure)
  const ours = filing.receipts.filter(({ attempt }) => attempt === filing.attempt)
  const standing: Standing = {
    declaration: documents.version(filing.version),
    particulars: readParticulars(procedure, filing.particulars),
    status: filing.status,
    references: filing.references,
    receipts: inAgencyOrder(ours).map(({ receipt }) => receipt),
  }
  return procedure.results?.(standing) ?? []
}

/** The case knows of a result from now on. */
async function learn(client: Client, at: Case, result: KeptResult): Promise<void> {
  const versions = at.recognition.versions.length > 0 ? at.recognition.versions : await recognitionVersions(client)
  at.recognition = { versions, results: [...at.recognition.results, result] }
}

/** What the timeline says of a result. */
export const recorded = (at: Case, { id, agency, procedure, category, number, filingId }: KeptResult) => ({
  declarationId: at.id,
  type: 'recognition.recorded' as const,
  ...(filingId === undefined ? {} : { filingId }),
  data: { recognition: id, agency, ...(procedure === undefined ? {} : { procedure }), category, number },
})

async function revoke(client: Client, at: Case, lapsed: readonly KeptResult[], changes: Changes, now: Date) {
  const reason = 'its filing no longer stands'
  await revokeResults(
    client,
    lapsed.map(({ id }) => id),
    { reason, by: 'window' },
    now,
  )
  await tellRevoked(client, at, lapsed, reason, changes, now)
}
