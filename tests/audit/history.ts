import type { Receipt } from '../../schemas/receipt.ts'
import type { FilingStatus } from '../../schemas/status.ts'
import { exportOf, takeSnapshot } from '../../src/audit/export.ts'
import { keepAcceptances, rowsOf } from '../../src/db/accept.ts'
import { lockCases } from '../../src/db/cases.ts'
import { saveChanges } from '../../src/db/changes.ts'
import { type Database, transaction } from '../../src/db/database.ts'
import { newId } from '../../src/db/ids.ts'
import { noChanges } from '../../src/filing/case.ts'
import type { Adapters } from '../../src/filing/plan.ts'
import { record } from '../../src/filing/record.ts'

/** A declaration with two filings, made up; everything about it is written by the gateway's own code. */
export interface Past {
  readonly id: string
  readonly filings: readonly [string, string]
}
const agencies = ['one', 'two'] as const
/** Nothing of theirs is asked: every filing went out, and no receipt sets a deadline. */
const adapters = Object.fromEntries(
  agencies.map((agency) => [agency, { procedures: { declare: {} } }]),
) as unknown as Adapters

let made = 0

/** Hands one in at an instant. */
export async function accept(database: Database, at: string): Promise<Past> {
  const number = ++made
  const instant = new Date(at)
  const id = newId(instant.getTime())
  const filings = [newId(instant.getTime()), newId(instant.getTime())] as const
  const acceptance = {
    tenant: `firm ${number % 2}`,
    key: `key ${number}`,
    bodyHash: 'of the body',
    answer: { status: 202, body: '{}', location: `/v1/declarations/${id}` },
    declaration: {
      id,
      functionalReferenceId: `PAST-${number}`,
      direction: 'export',
      plan: '[]',
      mediaType: 'application/xml',
      raw: `<DecMessage>报关 "${number}"\n</DecMessage>`,
      document: `{"functionalReferenceId":"PAST-${number}","direction":"export","declarationOfficeId":"8000","goodsShipment":{"owner":{"id":"nobody"},"consignment":{"legs":[]},"items":[]}}`,
      event: `{"filings":2}`,
    },
    filings: filings.map((filingId, at) => ({
      id: filingId,
      serial: number,
      agency: agencies[at] ?? '',
      procedure: 'declare',
      status: 'queued' as const,
      particulars: { note: '特有数据' },
      message: {
        method: 'POST' as const,
        path: '/declarations',
        contentType: 'application/xml',
        body: `<报文>${filingId}</报文>`,
      },
    })),
  }
  await keepAcceptances(database, [rowsOf(acceptance)], instant)
  return { id, filings }
}

const receiptOf = (filingId: string, code: string, status: FilingStatus, at: string): Receipt => ({
  references: [
    { scheme: 'filing', value: filingId },
    { scheme: 'permit', value: `号-${filingId}` },
  ],
  code,
  text: `回执 ${code}`,
  status,
  at,
})

/** An agency answers a filing's submission. */
export const answer = (database: Database, past: Past, code: string, status: FilingStatus, at: string): Promise<void> =>
  record(
    database,
    adapters,
    [
      {
        agency: agencies[0],
        message: {
          kind: 'answer',
          method: 'POST',
          path: '/declarations',
          status: 200,
          contentType: 'text/xml',
          body: `<${code}/>`,
        },
        receipts: [receiptOf(past.filings[0], code, status, at)],
        answers: { filingId: past.filings[0], attempt: 1 },
      },
    ],
    new Date(at),
  )

/** An agency answers so that nothing is learned. */
export const failure = (database: Database, past: Past, at: string): Promise<void> =>
  record(
    database,
    adapters,
    [
      {
        agency: agencies[0],
        message: {
          kind: 'answer',
          method: 'POST',
          path: '/declarations',
          status: 502,
          body: 'bad gateway',
          error: 'HTTP 502',
        },
        receipts: [],
        answers: { filingId: past.filings[0], attempt: 1 },
      },
    ],
    new Date(at),
  )

/** One document out of a mailbox that speaks of several declarations. */
export const sharedDocument = (database: Database, pasts: readonly Past[], at: string): Promise<void> =>
  record(
    database,
    adapters,
    [
      {
        agency: agencies[1],
        message: { kind: 'document', contentType: 'text/xml', body: `<all>${pasts.map(({ id }) => id).join()}</all>` },
        receipts: pasts.map(({ filings }) => receiptOf(filings[1], 'A', 'approved', at)),
      },
    ],
    new Date(at),
  )

/** An amendment was asked for and refused. */
export const refusedChange = (database: Database, past: Past, at: string): Promise<void> =>
  transaction(database.pool, async (client) => {
    const found = (await lockCases(client, [past.id])).get(past.id)
    if (found === undefined) throw new Error(`No ${past.id}`)
    await client.query(
      `INSERT INTO change (id, declaration_id, kind, version, before, reason, plan, outcome, at, settled_at)
       VALUES ($1, $2, 'amendment', 2, 1, '更正', '[]', 'refused', $3, $3)`,
      [newId(Date.parse(at)), past.id, at],
    )
    const changes = noChanges()
    changes.cases.add(found)
    changes.happenings.push({ declarationId: past.id, type: 'declaration.change-refused', data: { reason: '更正' } })
    await saveChanges(client, changes, new Date(at))
  })

export async function exported(database: Database, id: string, operator = false): Promise<string> {
  const taken = await takeSnapshot(database, id)
  if (taken === undefined) throw new Error(`No ${id}`)
  let text = ''
  for await (const line of exportOf(database, taken, operator)) text += line
  return text
}

/** Does what no user of the database may: as a superuser, with the triggers that refuse it set aside. */
export async function tamper(
  database: Database,
  ...statements: readonly (readonly [sql: string, ...values: unknown[]])[]
) {
  const client = await database.pool.connect()
  try {
    await client.query("SET session_replication_role = 'replica'")
    for (const [sql, ...values] of statements) {
      const { rowCount } = await client.query(sql, values)
      if (rowCount === 0) throw new Error(`Changed nothing: ${sql}`)
    }
  } finally {
    await client.query('RESET session_replication_role')
    client.release()
  }
}
