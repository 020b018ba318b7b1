import { holdStanding, keepCarried, keepHonoured } from '../db/recognition-uses.ts'
import type { Changes } from '../filing/case.ts'
import type { Follower } from '../filing/follower.ts'
import { Problem } from '../problem.ts'
import { recognitionVersionOf } from './stand-ins.ts'

/** Counts which submissions carry recognised results 互认采信, and which of them saved a check. */
export const followRecognitions: Follower = {
  id: 'recognition',
  async follow({ client, now }, changes) {
    await countCarried(client, changes, now)
    await countHonoured(client, changes, now)
  },
}

type Client = Parameters<typeof keepCarried>[0]

async function countCarried(client: Client, changes: Changes, now: Date): Promise<void> {
  const knowing = new Map([...changes.cases].flatMap((at) => (at.recognition.results.length > 0 ? [[at.id, at]] : [])))
  const encoded = changes.outbound.filter(({ filing }) => knowing.has(filing.declarationId))
  if (encoded.length === 0) return
  const carried = encoded.flatMap(({ filing, instant, recognitions = [] }) => {
    const at = knowing.get(filing.declarationId)
    const rule = at === undefined ? '' : recognitionVersionOf(at.recognition, Date.parse(instant))
    return recognitions.map((one) => ({ filing, one, rule }))
  })
  // A result about a firm is revoked without this declaration's lock: what was encoded with it since is encoded anew.
  if (carried.length > 0 && !(await holdStanding(client, [...new Set(carried.map(({ one }) => one.id))])))
    throw new Problem('unavailable', { headers: { 'Retry-After': '1' } })
  await keepCarried(
    client,
    encoded.map(({ filing }) => ({ filingId: filing.id, attempt: filing.attempt })),
    carried.map(({ filing, one, rule }) => ({
      filingId: filing.id,
      attempt: filing.attempt,
      recognitionId: one.id,
      check: one.check,
      rule,
    })),
    now,
  )
  for (const { filing, one, rule } of carried)
    changes.happenings.push({
      declarationId: filing.declarationId,
      type: 'recognition.used',
      filingId: filing.id,
      data: {
        recognition: one.id,
        category: one.category,
        from: one.agency,
        agency: filing.agency,
        procedure: filing.procedure,
        attempt: filing.attempt,
        check: one.check,
        until: one.until,
        rule: { table: 'recognition-rules', validFrom: rule },
      },
    })
}

async function countHonoured(client: Client, changes: Changes, now: Date): Promise<void> {
  const said = [...changes.filings].flatMap((filing) =>
    filing.receipts.flatMap(({ attempt, receipt }) =>
      (receipt.recognised ?? []).map((recognitionId) => ({
        filing,
        filingId: filing.id,
        attempt,
        recognitionId,
        at: receipt.at ?? now.toISOString(),
      })),
    ),
  )
  const fresh = await keepHonoured(client, said)
  for (const { filingId, recognitionId, check } of fresh) {
    const found = said.find((one) => one.filingId === filingId)
    if (found === undefined) continue
    const { declarationId, agency, procedure } = found.filing
    changes.happenings.push({
      declarationId,
      type: 'recognition.honoured',
      filingId,
      data: { recognition: recognitionId, agency, procedure, check },
    })
  }
}
