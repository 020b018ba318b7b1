import { tellAgencies } from '../cooperation/tell.ts'
import { recallUnsent } from '../db/assistance.ts'
import type { Client } from '../db/database.ts'
import { carriedBy } from '../db/recognition-uses.ts'
import { type Case, type Changes, move } from '../filing/case.ts'
import type { KeptResult } from './stand-ins.ts'

/**
 * A result stands in for nothing any more 撤销互认: submissions that carry it and were not taken up are taken back, to be encoded without it;
 * agencies that have it already are told.
 */
export async function tellRevoked(
  client: Client,
  at: Case,
  results: readonly KeptResult[],
  reason: string,
  changes: Changes,
  now: Date,
): Promise<void> {
  const ids = new Set(results.map(({ id }) => id))
  at.recognition = {
    ...at.recognition,
    results: at.recognition.results.map((one) => (ids.has(one.id) ? { ...one, revoked: true } : one)),
  }
  changes.cases.add(at)
  const carried = await carriedBy(client, [...ids])
  const queued = at.filings.filter(
    ({ id, status }) => status === 'queued' && carried.some(({ filingId }) => filingId === id),
  )
  const back = await recallUnsent(
    client,
    queued.map(({ id }) => id),
  )
  for (const filing of queued) if (back.has(filing.id)) move(at, filing, 'planned', changes, { because: 'recalled' })
  for (const { id, agency, category, number, filingId } of results) {
    changes.happenings.push({
      declarationId: at.id,
      type: 'recognition.revoked',
      ...(filingId === undefined ? {} : { filingId }),
      data: { recognition: id, agency, category, number, reason },
    })
    const told = carried.filter((one) => one.recognitionId === id && !back.has(one.filingId))
    await tellAgencies(
      client,
      [...new Set(told.map((one) => one.agency))].map((one) => ({
        agency: one,
        kind: 'recognition' as const,
        id: `${id}-revoked`,
        about: { declarationId: at.id },
        body: { id, category, from: agency, number, status: 'revoked' },
      })),
      now,
    )
  }
}
