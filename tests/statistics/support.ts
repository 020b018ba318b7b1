import type pg from 'pg'
import { adapters } from '../../adapters/registry.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import type { FilingStatus } from '../../schemas/status.ts'
import { type SampleName, sampleDeclaration } from '../../seeds/samples.ts'
import { beginning } from '../../src/audit/hash.ts'
import { type Database, transaction } from '../../src/db/database.ts'
import { newId } from '../../src/db/ids.ts'
import { exchangeContributions, type KeptContribution } from '../../src/db/statistics.ts'
import { record } from '../../src/filing/record.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { keyOf } from '../../src/statistics/cell.ts'
import { bucketOf } from '../../src/statistics/histogram.ts'
import { foldAll, publishDue } from '../../src/statistics/publish.ts'

export const now = new Date('2026-12-20T00:00:00Z')
const on = new Date('2026-11-21T01:00:00Z')

/** A declaration as it stands when its filings were sent. */
export interface Kept {
  readonly id: string
  readonly filings: readonly { readonly id: string; readonly agency: string; readonly procedure: string }[]
}

/** Keeps a declaration of a firm, with filings that were sent. */
export async function keepDeclaration(
  { pool }: Pick<Database, 'pool'>,
  about: {
    readonly sample?: SampleName
    readonly firm?: string
    readonly arrival?: string
    readonly filings?: readonly (readonly [agency: string, procedure: string])[]
  } = {},
): Promise<Kept> {
  const { sample = 'frozen-beef', firm, arrival, filings: filed = [['customs', 'declare']] } = about
  const id = newId(on.getTime())
  const declaration = sampleDeclaration(sample, { lrn: id, on, run: 1 })
  const { goodsShipment } = declaration
  const owner = declaration.direction === 'import' ? goodsShipment.importer : goodsShipment.exporter
  if (firm !== undefined && owner !== undefined) owner.id = firm
  const last = goodsShipment.consignment.legs.at(-1)
  if (arrival !== undefined && last !== undefined) last.arrivalDateTime = arrival
  await pool.query(
    `INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, head, accepted_at, updated_at)
     VALUES ($1, $1, $1, $2, '[]', 0, $3, $4, $4)`,
    [id, declaration.direction, beginning, on],
  )
  await pool.query(
    `INSERT INTO declaration_version (declaration_id, version, media_type, raw, at) VALUES ($1, 1, 'application/json', $2, $3)`,
    [id, JSON.stringify(declaration), on],
  )
  const filings = filed.map(([agency, procedure]) => ({ id: newId(on.getTime()), agency, procedure }))
  for (const [position, filing] of filings.entries())
    await pool.query(
      `INSERT INTO filing (id, declaration_id, position, serial, agency, procedure, attempt, status, rank, updated_at)
       VALUES ($1, $2, $3, 1, $4, $5, 1, 'sent', 20, $6)`,
      [filing.id, id, position, filing.agency, filing.procedure, on],
    )
  return { id, filings }
}

/** Something an agency says of a filing. */
export const saying = (filingId: string, status: FilingStatus, at: string, more: Partial<Receipt> = {}): Receipt => ({
  references: [{ scheme: 'filing', value: filingId }],
  status,
  code: status,
  text: status,
  at,
  ...more,
})

/** The tables of the statistics as they stand, everything folded in. */
export async function tables(database: Database) {
  await foldAll(database)
  const read = async (sql: string) => (await database.pool.query<Record<string, unknown>>(sql)).rows
  return {
    contributions: await read('SELECT * FROM clearance_contribution ORDER BY declaration_id, kind, filing_id'),
    cells: await read('SELECT * FROM clearance_cell ORDER BY month, cell, start'),
    buckets: await read('SELECT * FROM clearance_bucket ORDER BY month, cell, bucket'),
    firms: await read('SELECT * FROM clearance_firm ORDER BY month, cell, firm'),
    deltas: await read('SELECT * FROM clearance_delta'),
  }
}

/** The database as one client sees it in a transaction that is never committed: what is done is undone. */
export async function undone<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  const steps = { BEGIN: 'SAVEPOINT step', COMMIT: 'RELEASE SAVEPOINT step', ROLLBACK: 'ROLLBACK TO SAVEPOINT step' }
  const inside = {
    query: (query: string | pg.QueryConfig, values?: unknown[]) =>
      client.query(typeof query === 'string' ? (steps[query as 'BEGIN'] ?? query) : query, values),
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

/** Firms, invented; their check characters are nobody's concern here. */
export const firm = (number: number): string => `9150010${String(number).padStart(11, '0')}`

/** So many declarations of one place in a month. */
export function many(about: {
  readonly month: string
  readonly count: number
  readonly firms?: number
  readonly hours?: number
  readonly direction?: string
  readonly mode?: string
  readonly district?: string
  readonly credit?: string
  readonly kind?: KeptContribution['kind']
}): KeptContribution[] {
  const {
    month,
    count,
    firms = 4,
    hours = 10,
    direction = 'import',
    mode = '2',
    district = '8016',
    credit = 'AA',
    kind = 'overall',
  } = about
  return Array.from({ length: count }, (_, at) => {
    const amount = kind.startsWith('duties') ? 123_456 : Math.round(hours * 3_600) + at
    const agency = kind === 'agency' || kind === 'declared' ? 'somebody' : ''
    return {
      declarationId: `${month}-${direction}-${mode}-${district}-${credit}-${kind}-${at}`,
      kind,
      filingId: '',
      month,
      cell: keyOf({ kind, agency, procedure: kind === 'agency' ? 'look' : '', direction, mode, district, credit }),
      firm: firm(at % firms),
      start: kind.startsWith('duties') ? '' : 'declared',
      bucket: bucketOf(amount),
      amount,
    }
  })
}

/** Counts them, as if they had been released. */
export const putIn = (database: Database, rows: readonly KeptContribution[]): Promise<void> =>
  transaction(database.pool, (client) => exchangeContributions(client, [], rows))

/** A month of figures for everybody to look at. */
export async function furnishStatistics(database: Database): Promise<void> {
  const place = { month: '2026-10', count: 12 }
  await putIn(database, [
    ...many(place),
    ...many({ ...place, kind: 'declared' }),
    ...many({ ...place, kind: 'agency' }),
    ...many({ ...place, kind: 'duties-40' }),
    ...many({ ...place, direction: 'export', mode: '1', district: '8010', credit: 'unknown' }),
    ...many({ ...place, credit: 'B', firms: 2 }),
  ])
  await publishDue(database, ownRules, Date.parse('2026-11-07T00:00:00+08:00'))
}

export const said = (inside: Database, agency: string, receipts: readonly Receipt[]) =>
  record(inside, adapters, [{ agency, receipts }], now)
export const idOf = ({ filings }: Kept, at = 0) => filings[at]?.id ?? ''

/** What is counted of one declaration: kind, start, amount. */
export const counted = async ({ pool }: Database, { id }: Kept) => {
  const { rows } = await pool.query<{ kind: string; start: string; amount: number; month: string; cell: string }>(
    'SELECT kind, start, amount, month, cell FROM clearance_contribution WHERE declaration_id = $1 ORDER BY kind',
    [id],
  )
  return rows
}
export const shortly = async (inside: Database, kept: Kept) =>
  (await counted(inside, kept)).map(({ kind, start, amount }) => `${kind} ${start} ${amount}`.replace('  ', ' '))
