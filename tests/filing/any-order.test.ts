import fc from 'fast-check'
import type pg from 'pg'
import { describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { builtOn, laterReceipts, officeFor } from '../../conformance/adapter/filing.ts'
import { type GoldenCase, goldenCases, goldenReplies } from '../../conformance/adapter/goldens.ts'
import { procedureOf, type Subject } from '../../conformance/adapter/subject.ts'
import { agencies } from '../../mocks/registry.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import { beginning } from '../../src/audit/hash.ts'
import type { Database } from '../../src/db/database.ts'
import { record } from '../../src/filing/record.ts'
import { ownDatabase } from '../support/database.ts'

/** Longest any agency takes over an ordinary filing, simulated. */
const longestMs = 60 * 86_400_000
const now = new Date('2027-06-01T00:00:00Z')
/** One database an agency: the numbers in the goldens of two agencies may be the same. */
const databases = new Map<string, Database>()
for (const agency of Object.keys(adapters)) databases.set(agency, (await ownDatabase()).database)
const databaseOf = (agency: string): Database => {
  const database = databases.get(agency)
  if (database === undefined) throw new Error(`No database for ${agency}`)
  return database
}

/** Something an agency said, as it comes in; `answers` when it came as the answer to a submission. */
interface Said {
  readonly receipt: Receipt
  readonly answers?: { readonly filingId: string; readonly attempt: number }
}

/** Files a golden case, and what it builds on, at its mock, and collects everything the agency ever says of it. */
async function everythingSaid(subject: Subject, golden: GoldenCase): Promise<Said[]> {
  if (subject.mock === undefined) throw new Error(`There is no mock ${subject.agency}`)
  const { office, golden: numbered } = await officeFor(subject, subject.mock, golden)
  const { reference, attempt } = numbered.submission
  const answer = subject.adapter.decode(await office.ask(procedureOf(subject, numbered).encode(numbered.submission)))
  office.advanceTo(Date.parse(numbered.submission.instant) + longestMs)
  return [
    ...answer.map((receipt) => ({ receipt, answers: { filingId: reference, attempt } })),
    ...(await laterReceipts(subject, office)).map((receipt) => ({ receipt })),
  ]
}

/** A filing as it stands right after it was sent. */
async function keepSent({ procedure, submission }: GoldenCase, agency: string): Promise<void> {
  const { reference, attempt, serial, declaration } = submission
  const id = `D${reference.slice(1)}`
  const database = databaseOf(agency)
  await database.pool.query(
    `INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, head, accepted_at, updated_at)
     VALUES ($1, $1, $1, $2, '[]', 0, $3, $4, $4)`,
    [id, declaration.direction, beginning, now],
  )
  await database.pool.query(
    `INSERT INTO declaration_version (declaration_id, version, media_type, raw, at) VALUES ($1, 1, 'application/json', $2, $3)`,
    [id, JSON.stringify(declaration), now],
  )
  await database.pool.query(
    `INSERT INTO filing (id, declaration_id, position, serial, agency, procedure, attempt, status, rank, updated_at)
     VALUES ($1, $2, 0, $3, $4, $5, $6, 'sent', 20, $7)`,
    [reference, id, serial, agency, procedure, attempt, now],
  )
}

/** The database as one client in a transaction sees it that is never committed: what a schedule did is undone. */
async function undone<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  const inside = {
    query: (query: string | pg.QueryConfig, values?: unknown[]) => {
      const name = { BEGIN: 'SAVEPOINT step', COMMIT: 'RELEASE SAVEPOINT step', ROLLBACK: 'ROLLBACK TO SAVEPOINT step' }
      return client.query(typeof query === 'string' ? (name[query as 'BEGIN'] ?? query) : query, values)
    },
    release: () => undefined,
  }
  await client.query('BEGIN')
  try {
    return await work({ ...database, pool: { ...inside, connect: async () => inside } as unknown as pg.Pool })
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

/** What everybody sees of the filings in the end. */
async function stateAfter(agency: string, schedule: readonly Said[]) {
  return undone(databaseOf(agency), async (inside) => {
    for (const { receipt, answers } of schedule)
      await record(inside, adapters, [{ agency, receipts: [receipt], ...(answers ? { answers } : {}) }], now)
    const { rows } = await inside.pool.query(
      `SELECT id, attempt, status, holds, unknown,
         (SELECT array_agg(scheme || ' ' || value ORDER BY scheme, value) FROM filing_reference WHERE filing_id = filing.id) AS names,
         (SELECT array_agg(attempt || ' ' || digest ORDER BY attempt, digest) FROM receipt WHERE filing_id = filing.id) AS receipts
       FROM filing WHERE agency = $1 ORDER BY id`,
      [agency],
    )
    return rows as { id: string; status: string; receipts: string[] | null }[]
  })
}

describe.each(Object.entries(adapters))('%s', (agency, adapter) => {
  const subject: Subject = {
    agency,
    adapter,
    cases: goldenCases(agency),
    replies: goldenReplies(agency),
    mock: agencies.find(({ id }) => id === agency),
    registry: adapters,
    samples: [],
  }
  const kept = new Set<string>()

  test.each(subject.cases.map((golden) => [golden.name, golden] as const))(
    '%s: any order, doubling, or loss with later redelivery ends in the same state',
    async (_, golden) => {
      for (const one of [...builtOn(subject, golden), golden]) {
        if (kept.has(one.submission.reference)) continue
        kept.add(one.submission.reference)
        await keepSent(one, agency)
      }
      const said = await everythingSaid(subject, golden)
      const undisturbed = await stateAfter(agency, said)
      const ours = undisturbed.find(({ id }) => id === golden.submission.reference)
      expect(ours?.receipts?.length).toBeGreaterThan(0)
      expect(ours?.status).not.toBe('sent')
      const schedules = fc.record({
        order: fc.shuffledSubarray(said, { minLength: said.length }),
        lost: fc.subarray(said),
        again: fc.subarray(said),
      })
      await fc.assert(
        fc.asyncProperty(schedules, async ({ order, lost, again }) => {
          const schedule = [...order.filter((one) => !lost.includes(one)), ...again, ...lost]
          expect(await stateAfter(agency, schedule)).toEqual(undisturbed)
        }),
        // Each run records some fifteen receipts one by one; some hundred cases make two hundred schedules.
        { numRuns: 2 },
      )
    },
  )
})
