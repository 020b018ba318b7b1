import { expect, test } from 'vitest'
import { countedBy } from '../../src/statistics/counted.ts'
import { ownDatabase } from '../support/database.ts'
import { counted, idOf, type Kept, keepDeclaration, said, saying, tables, undone } from './support.ts'

// What counting costs while receipts are recorded: statements are what a delivery waits for.
const { database } = await ownDatabase()
type Inside = Parameters<Parameters<typeof undone>[1]>[0]

/** Statements that recording a receipt of customs takes, and those of them that are about figures. */
async function statementsFor(inside: Inside, kept: Kept, ...[status, at, more]: Said) {
  const all: string[] = []
  const query = (text: string | { text: string }, values?: unknown[]) => {
    all.push(typeof text === 'string' ? text : text.text)
    return inside.pool.query(text as string, values)
  }
  const pool = { query, connect: async () => ({ query, release: () => undefined }) } as unknown as Inside['pool']
  await said({ ...inside, pool }, 'customs', [saying(idOf(kept), status, `2026-11-30T${at}:00+08:00`, more)])
  return { all, figures: all.filter((text) => /clearance_|firm_credit|credit_consequence/.test(text)) }
}
type Said = [status: Parameters<typeof saying>[1], at: string, more?: Parameters<typeof saying>[3]]

test('what counts anew takes four statements: one reads, two look up credit, one writes', () =>
  undone(database, async (inside) => {
    const beef = await keepDeclaration(inside)
    expect((await statementsFor(inside, beef, 'registered', '10:00')).figures).toEqual([])
    const { figures } = await statementsFor(inside, beef, 'approved', '12:00')
    expect(figures).toHaveLength(4)
    expect(await counted(inside, beef)).toHaveLength(4)
  }))

test('a receipt of a declaration that counts takes none where it changes no figure, and no more in all than one of any other', () =>
  undone(database, async (inside) => {
    const [beef, other] = [await keepDeclaration(inside), await keepDeclaration(inside)]
    await statementsFor(inside, beef, 'registered', '10:00')
    await statementsFor(inside, beef, 'approved', '12:00')
    const before = await tables(inside)
    const later = await statementsFor(inside, beef, 'closed', '13:00')
    expect(later.figures).toEqual([])
    const plain = await statementsFor(inside, other, 'registered', '10:00')
    expect(later.all.length).toBeLessThanOrEqual(plain.all.length + 1)
    expect(await tables(inside)).toEqual(before)
  }))

test('whatever a figure is made from counts anew: an earlier grant, an earlier start, a bill, a refusal', () =>
  undone(database, async (inside) => {
    const beef = await keepDeclaration(inside)
    await statementsFor(inside, beef, 'registered', '10:00')
    await statementsFor(inside, beef, 'approved', '12:00')
    const money = [{ kind: 'due' as const, of: 'bill', amount: '70', currency: 'CNY' }]
    const further: Said[] = [
      ['closed', '11:30'],
      ['registered', '09:00'],
      ['acknowledged', '08:00'],
      ['in-review', '11:00', { money }],
      ['withdrawn', '14:00'],
    ]
    for (const one of further) {
      const { figures } = await statementsFor(inside, beef, ...one)
      expect([one[0], figures.length > 0]).toEqual([one[0], true])
    }
    expect((await tables(inside)).contributions).toEqual([])
    const { rows } = await inside.pool.query('SELECT counted FROM declaration WHERE id = $1', [beef.id])
    expect(rows).toEqual([{ counted: null }])
  }))

test('what counted before anybody noted by what is counted again with its next receipt', () =>
  undone(database, async (inside) => {
    const beef = await keepDeclaration(inside)
    await statementsFor(inside, beef, 'registered', '10:00')
    await statementsFor(inside, beef, 'approved', '12:00')
    // As the migration leaves it.
    await inside.pool.query(`UPDATE declaration SET counted = '' WHERE id = $1`, [beef.id])
    await statementsFor(inside, beef, 'withdrawn', '14:00')
    expect((await tables(inside)).contributions).toEqual([])
  }))

test('another version of the document counts anew, even with the same receipts', () => {
  const receipt = { ...saying('F', 'approved', '2026-11-30T12:00:00+08:00') }
  const filing = {
    id: 'F',
    agency: 'customs',
    procedure: 'declare',
    occasion: 'plan',
    attempt: 1,
    status: 'approved',
    receipts: [{ id: 1, attempt: 1, status: receipt.status, at: receipt.at, receipt }],
  } as const
  const asMeasured = filing as unknown as Parameters<typeof countedBy>[1][number]
  expect(countedBy(1, [asMeasured])).toBe(countedBy(1, [asMeasured]))
  expect(countedBy(2, [asMeasured])).not.toBe(countedBy(1, [asMeasured]))
  expect(countedBy(1, [{ ...asMeasured, receipts: [] }])).toBeUndefined()
})
