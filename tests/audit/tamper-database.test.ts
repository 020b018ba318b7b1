import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Broken } from '../../src/audit/broken.ts'
import { beginning, eventHash } from '../../src/audit/hash.ts'
import { sealDays } from '../../src/audit/sealer.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { readChains } from '../../src/db/audit-reads.ts'
import { ownDatabase } from '../support/database.ts'
import { accept, answer, failure, type Past, refusedChange, sharedDocument, tamper } from './history.ts'

const { database } = await ownDatabase()
const { pool } = database
/** The first declaration, whose last day is not sealed yet; the second has no day after the first. */
let past: Past
let other: Past

const tables = [
  'event',
  'declaration',
  'declaration_version',
  'change',
  'filing',
  'filing_reference',
  'message',
  'receipt',
  'seal',
  'seal_proof',
] as const
type Table = (typeof tables)[number]

beforeAll(async () => {
  past = await accept(database, '2026-03-01T10:00:00.000Z')
  other = await accept(database, '2026-03-01T11:00:00.000Z')
  await failure(database, past, '2026-03-02T10:00:00.000Z')
  await refusedChange(database, past, '2026-03-02T11:00:00.000Z')
  await sharedDocument(database, [past, other], '2026-03-02T12:00:00.000Z')
  await sealDays(database, undefined, new Date('2026-03-04T00:00:00Z'))
  await answer(database, past, 'P', 'approved', '2026-03-04T10:00:00.000Z')
  for (const table of tables) await pool.query(`CREATE TABLE ${table}_before AS TABLE ${table}`)
})

afterEach(async () => {
  for (const table of tables)
    await tamper(
      database,
      [`WITH gone AS (DELETE FROM ${table}) SELECT FROM ${table}_before`],
      [`INSERT INTO ${table} SELECT * FROM ${table}_before`],
    )
  await verifyDatabase(pool)
})

async function broken(): Promise<Broken | undefined> {
  try {
    await verifyDatabase(pool)
    return undefined
  } catch (error) {
    if (error instanceof Broken) return error
    throw error
  }
}

/** Every column that is vouched for. What is only kept for speed (rank, revision, updated_at) follows from these. */
const columns: { readonly [table in Table]: readonly string[] } = {
  event: ['number', 'type', 'filing_id', 'data', 'at', 'binds', 'hash'],
  declaration: [
    'tenant',
    'functional_reference_id',
    'direction',
    'version',
    'plan',
    'event_count',
    'head',
    'accepted_at',
  ],
  declaration_version: ['version', 'media_type', 'raw', 'document', 'at'],
  change: ['id', 'kind', 'version', 'before', 'reason', 'plan', 'outcome', 'at', 'settled_at'],
  filing: [
    'position',
    'agency',
    'procedure',
    'serial',
    'attempt',
    'status',
    'holds',
    'pending',
    'unknown',
    'particulars',
    'occasion',
    'version',
    'change_id',
    'changes',
    'covers',
  ],
  filing_reference: ['agency', 'scheme', 'value', 'filing_id'],
  message: [
    'filing_id',
    'agency',
    'attempt',
    'kind',
    'method',
    'path',
    'status',
    'content_type',
    'body',
    'error',
    'at',
  ],
  receipt: ['agency', 'filing_id', 'attempt', 'message_id', 'digest', 'at', 'status', 'code', 'content', 'received_at'],
  seal: ['day', 'count', 'root', 'previous', 'hash', 'at', 'signature', 'key'],
  seal_proof: ['declaration_id', 'day', 'position', 'head', 'path'],
}

/** Another value of the same type. */
const otherwise = (column: string, type: string): string => {
  if (type === 'boolean') return `NOT ${column}`
  if (type.startsWith('timestamp')) return `coalesce(${column}, now()) + interval '1 millisecond'`
  if (type === 'ARRAY') return `${column} || '{other}'`
  if (/int/.test(type)) return `coalesce(${column}, 0) + 1`
  return `CASE WHEN ${column} IS NULL OR ${column} = '' THEN 'b' ELSE overlay(${column} placing CASE WHEN left(${column}, 1) = 'b' THEN 'c' ELSE 'b' END from 1 for 1) END`
}

describe.each(tables)('%s', (table) => {
  test.each(columns[table])('a changed %s is found', async (column) => {
    const { rows } = await pool.query<{ data_type: string }>(
      "SELECT data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND column_name = $2",
      [table, column],
    )
    const type = rows[0]?.data_type ?? 'none'
    // The last row: of a declaration's chain, its newest link.
    await tamper(database, [
      `UPDATE ${table} SET ${column} = ${otherwise(column, type)} WHERE ctid = (SELECT max(ctid) FROM ${table})`,
    ])
    expect(await broken()).toBeInstanceOf(Broken)
  })

  test('a row that was taken out is found', async () => {
    await tamper(database, [`DELETE FROM ${table} WHERE ctid = (SELECT min(ctid) FROM ${table})`])
    expect(await broken()).toBeInstanceOf(Broken)
  })
})

describe('the first broken link is named', () => {
  test('an event whose words were changed', async () => {
    await tamper(database, [`UPDATE event SET data = '{}' WHERE declaration_id = $1 AND number = 3`, past.id])
    expect((await broken())?.place).toEqual({ declarationId: past.id, event: 3 })
  })

  test('an event that was taken out, its successors numbered anew or not', async () => {
    await tamper(database, ['DELETE FROM event WHERE declaration_id = $1 AND number = 2', past.id])
    expect((await broken())?.place).toEqual({ declarationId: past.id, event: 2 })
    // In two steps: the rows may lie in any order, and no number may be there twice meanwhile.
    await tamper(
      database,
      ['UPDATE event SET number = -number WHERE declaration_id = $1 AND number > 2', past.id],
      ['UPDATE event SET number = -number - 1 WHERE declaration_id = $1 AND number < 0', past.id],
    )
    expect((await broken())?.place).toEqual({ declarationId: past.id, event: 2 })
  })

  test('two events that changed places', async () => {
    await tamper(
      database,
      ['UPDATE event SET number = 99 WHERE declaration_id = $1 AND number = 2', past.id],
      ['UPDATE event SET number = 2 WHERE declaration_id = $1 AND number = 3', past.id],
      ['UPDATE event SET number = 3 WHERE declaration_id = $1 AND number = 99', past.id],
    )
    expect((await broken())?.place).toEqual({ declarationId: past.id, event: 2 })
  })

  test('an event that was put in', async () => {
    const chain = (await readChains(pool, [past.id])).get(past.id) ?? []
    const at = '2026-03-04T11:00:00.000Z'
    const added = { number: chain.length + 1, type: 'filing.status', filingId: null, data: '{}', at, binds: [] }
    await tamper(database, [
      'INSERT INTO event (declaration_id, number, type, data, at, hash) VALUES ($1, $2, $3, $4, $5, $6)',
      past.id,
      added.number,
      added.type,
      added.data,
      added.at,
      eventHash(chain.at(-1)?.hash ?? '', past.id, added),
    ])
    expect((await broken())?.place).toEqual({ declarationId: past.id, event: added.number })
  })

  test('a message whose bytes were changed: the event that kept it', async () => {
    await tamper(database, [
      `UPDATE message SET body = 'other' WHERE kind = 'submission' AND filing_id = $1`,
      past.filings[0],
    ])
    expect((await broken())?.place).toEqual({ declarationId: past.id, event: 1, record: 'message' })
    expect((await broken())?.message).toMatch(/^binds a message otherwise than it is: a message \(submission, one, /)
  })

  test('the bytes of a document that speaks of several: in each of them', async () => {
    await tamper(database, [`UPDATE message SET body = 'other' WHERE kind = 'document'`])
    expect((await broken())?.place).toMatchObject({ declarationId: past.id, record: 'message' })
    await tamper(database, [`DELETE FROM message WHERE kind = 'document'`])
    expect((await broken())?.place).toMatchObject({ declarationId: past.id, record: 'message' })
  })

  test('a receipt put in for which there is no event', async () => {
    await tamper(database, [
      `INSERT INTO receipt (agency, filing_id, attempt, digest, code, content, received_at) VALUES ('one', $1, 1, 'd', 'R', '{}', now())`,
      past.filings[0],
    ])
    expect(await broken()).toMatchObject({
      place: { declarationId: past.id, record: 'receipt' },
      message: expect.stringMatching(/^no event binds/) as string,
    })
  })

  test('a tail that was cut off together with its head: the event a seal still knows', async () => {
    const { rows } = await pool.query<{ hash: string }>(
      'SELECT hash FROM event WHERE declaration_id = $1 AND number = 1',
      [other.id],
    )
    await tamper(
      database,
      ['DELETE FROM event WHERE declaration_id = $1 AND number > 1', other.id],
      ['DELETE FROM receipt WHERE filing_id = ANY($1)', other.filings],
      ['DELETE FROM filing_reference WHERE filing_id = ANY($1)', other.filings],
      [`UPDATE filing SET status = 'queued' WHERE id = ANY($1)`, other.filings],
      ['UPDATE declaration SET event_count = 1, head = $2 WHERE id = $1', other.id, rows[0]?.hash],
    )
    const found = await broken()
    expect(found?.place).toEqual({ declarationId: other.id, event: 2, day: '2026-03-02' })
    expect(found?.message).toContain('the tail was cut or written anew')
  })

  test('a chain that was written anew as a whole: the seal of the day of the change', async () => {
    const chain = (await readChains(pool, [other.id])).get(other.id) ?? []
    let head = beginning
    const forged: [string, ...unknown[]][] = chain.map((event) => {
      const data = event.number === 1 ? '{"filings":3}' : event.data
      head = eventHash(head, other.id, { ...event, data })
      return [
        'UPDATE event SET data = $3, hash = $4 WHERE declaration_id = $1 AND number = $2',
        other.id,
        event.number,
        data,
        head,
      ]
    })
    await tamper(database, ...forged, ['UPDATE declaration SET head = $2 WHERE id = $1', other.id, head])
    expect((await broken())?.place).toMatchObject({ declarationId: other.id, day: '2026-03-01' })
  })

  test('a declaration that was taken out with all it had', async () => {
    const of = 'filing_id IN (SELECT id FROM filing WHERE declaration_id = $1)'
    await tamper(
      database,
      [`DELETE FROM receipt WHERE ${of}`, other.id],
      [`DELETE FROM message WHERE ${of}`, other.id],
      ['DELETE FROM filing WHERE declaration_id = $1', other.id],
      ['DELETE FROM event WHERE declaration_id = $1', other.id],
      ['DELETE FROM declaration_version WHERE declaration_id = $1', other.id],
      ['DELETE FROM declaration WHERE id = $1', other.id],
    )
    expect(await broken()).toMatchObject({ place: { declarationId: other.id, record: 'proof' } })
  })

  test('a seal that was changed, and one that is missing', async () => {
    await tamper(database, [`UPDATE seal SET count = 3 WHERE day = '2026-03-01'`])
    expect((await broken())?.place).toEqual({ day: '2026-03-01' })
    await tamper(database, [`DELETE FROM seal WHERE day = '2026-03-01'`])
    expect(await broken()).toMatchObject({
      place: { day: '2026-03-02' },
      message: expect.stringMatching(/not the first/) as string,
    })
  })
})
