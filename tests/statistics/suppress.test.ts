import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownVersions } from '../../schemas/rules/index.ts'
import { suppression } from '../../schemas/rules/suppression.ts'
import { groupings, others } from '../../schemas/statistics.ts'
import type { Cell } from '../../src/statistics/cell.ts'
import { tablesOf, wholeSplit } from '../../src/statistics/cube.ts'
import { bucketOf } from '../../src/statistics/histogram.ts'
import { type Filled, isLargeEnough, merged, publishable } from '../../src/statistics/suppress.ts'

const [rule] = ownVersions(suppression)[0]?.rows ?? []
if (rule === undefined) throw new Error('There is no rule')

/** One declaration in a month of a small port. */
interface One {
  readonly kind: 'overall' | 'declared' | 'agency'
  readonly direction: string
  readonly mode: string
  readonly district: string
  readonly credit: string
  readonly firm: string
  readonly seconds: number
}
const one = fc.record({
  kind: fc.constantFrom(
    'overall' as const,
    'overall' as const,
    'declared' as const,
    'declared' as const,
    'agency' as const,
  ),
  direction: fc.constantFrom('import', 'export'),
  mode: fc.constantFrom('1', '2', '2', '2', '4'),
  district: fc.constantFrom('8010', '8010', '8010', '8016', '8003'),
  credit: fc.constantFrom('AA', 'B', 'B', 'unknown'),
  firm: fc.constantFrom('F1', 'F1', 'F1', 'F2', 'F3', 'F4', 'F5'),
  seconds: fc.integer({ min: 0, max: 1_000_000 }),
})
const months = fc.array(one, { minLength: 0, maxLength: 300, size: 'max' })

const placeOf = ({
  kind,
  direction,
  mode,
  district,
  credit,
}: Pick<Cell, 'kind' | 'direction' | 'mode' | 'district' | 'credit'>) =>
  [kind, direction, mode, district, credit].join(' ')
const filledFrom = (declarations: readonly One[]): Filled[] =>
  merged(
    declarations.map(({ firm, seconds, ...place }) => ({
      cell: { ...place, agency: place.kind === 'agency' ? 'somebody' : '', procedure: '' },
      count: 1,
      amount: seconds,
      histogram: new Map([[bucketOf(seconds), 1]]),
      firms: new Map([[firm, 1]]),
      // Where a group is from: its members tell themselves.
      starts: new Map([[placeOf(place), 1]]),
    })),
  )
const shown = (declarations: readonly One[]) =>
  tablesOf(publishable(filledFrom(declarations), rule).groups).map(({ cell, split, count, amount, histogram }) => ({
    cell,
    split,
    count,
    amount,
    histogram: [...histogram].sort(),
  }))

test('every figure anybody can ask for is of enough declarations of enough firms, none of which outweighs the others', () => {
  fc.assert(
    fc.property(months, (declarations) => {
      const { groups } = publishable(filledFrom(declarations), rule)
      for (const group of [...groups, ...tablesOf(groups)]) expect(isLargeEnough(group, rule)).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('all tables of a kind come to one total: subtracting them gives nothing', () => {
  fc.assert(
    fc.property(months, (declarations) => {
      const totals = Map.groupBy(shown(declarations), ({ cell, split }) => `${cell.kind} ${split}`)
      const sums = [...totals].map(([name, rows]) => [
        name.split(' ')[0],
        rows.reduce((sum, row) => sum + row.count, 0),
        rows.reduce((sum, row) => sum + row.amount, 0),
      ])
      for (const same of Map.groupBy(sums, ([kind]) => kind).values())
        expect(new Set(same.map((sum) => JSON.stringify(sum))).size).toBe(1)
    }),
    { numRuns: 60 },
  )
})

test('what is withheld touches no answer: whatever its times are, every answer is the same to the byte', () => {
  let withheld = 0
  fc.assert(
    fc.property(months, fc.integer({ min: 1, max: 10_000 }), (declarations, more) => {
      const { groups } = publishable(filledFrom(declarations), rule)
      const members = new Set(groups.flatMap(({ starts }) => [...starts.keys()]))
      const isShown = (own: One) => members.has(placeOf(own))
      const hidden = declarations.filter((own) => !isShown(own))
      if (groups.length > 0) withheld += hidden.length
      const changed = declarations.map((own) => (isShown(own) ? own : { ...own, seconds: own.seconds + more }))
      expect(shown(changed)).toEqual(shown(declarations))
    }),
    { numRuns: 60 },
  )
  expect(withheld).toBeGreaterThan(0)
})

test('an attacker who solves all answers for the smallest groups gets none that is too small', () => {
  let solved = 0
  fc.assert(
    fc.property(months, (declarations) => {
      const cells = filledFrom(declarations).filter(({ cell }) => cell.kind === 'overall')
      const { groups } = publishable(filledFrom(declarations), rule)
      const atoms = groups.filter(({ cell }) => cell.kind === 'overall')
      // A cell is in at most one group; each table is a sum of whole groups.
      const groupOf = cells.map(({ cell }) => atoms.findIndex(({ starts }) => starts.has(placeOf(cell))))
      const answers = tablesOf(atoms).filter(({ split }) => split !== wholeSplit)
      const rows = [
        ...atoms.map((_, at) => groupOf.map((group) => (group === at ? 1 : 0))),
        ...answers.map((answer) =>
          groupOf.map((group) => {
            const atom = atoms[group]
            return atom !== undefined && inTable(answer.cell, atom.cell) ? 1 : 0
          }),
        ),
      ]
      // Counts of the system are the counts that are told.
      for (const [at, row] of rows.entries())
        expect(row.reduce<number>((sum, used, cell) => sum + used * (cells[cell]?.count ?? 0), 0)).toBe(
          [...atoms, ...answers][at]?.count,
        )
      const basis = reduced(rows)
      for (const [at, cell] of cells.entries()) {
        const alone = cells.map((_, other) => (other === at ? 1 : 0))
        if (!isSpanned(basis, alone)) continue
        solved++
        expect(isLargeEnough(cell, rule)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
  expect(solved).toBeGreaterThan(0)
})

const inTable = (table: Cell, group: Cell) =>
  groupings.every((name) => table[name] === '' || table[name] === group[name])

const prime = 1_000_003
/** Rows in echelon form modulo a prime. */
function reduced(rows: readonly (readonly number[])[]): number[][] {
  const basis: number[][] = []
  for (const row of rows) {
    const rest = without(basis, row)
    const pivot = rest.findIndex((value) => value !== 0)
    if (pivot < 0) continue
    const inverse = power(rest[pivot] ?? 1, prime - 2)
    basis.push(rest.map((value) => (value * inverse) % prime))
  }
  return basis
}
function without(basis: readonly (readonly number[])[], row: readonly number[]): number[] {
  let rest = [...row]
  for (const one of basis) {
    const factor = rest[one.findIndex((value) => value !== 0)] ?? 0
    if (factor !== 0) rest = rest.map((value, at) => (((value - factor * (one[at] ?? 0)) % prime) + prime) % prime)
  }
  return rest
}
const isSpanned = (basis: readonly (readonly number[])[], row: readonly number[]) =>
  without(basis, row).every((value) => value === 0)
function power(base: number, exponent: number): number {
  let [result, square, left] = [1n, BigInt(base), BigInt(exponent)]
  for (; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % BigInt(prime)
    square = (square * square) % BigInt(prime)
  }
  return Number(result)
}

test('a single firm that outweighs the others hides its group, which merges with another where it can', () => {
  const declaration = (firm: string, credit: string): One => ({
    kind: 'overall',
    direction: 'import',
    mode: '2',
    district: '8016',
    credit,
    firm,
    seconds: 3_600,
  })
  const large = [...Array(86).fill('A'), ...Array(7).fill('B'), ...Array(7).fill('C')] as string[]
  const dominated = large.map((firm) => declaration(firm, 'AA'))
  expect(publishable(filledFrom(dominated), rule)).toMatchObject({ groups: [], withheld: new Set(['overall||']) })
  const few = ['B', 'C', 'D'].map((firm) => declaration(firm, 'B'))
  const { groups, withheld } = publishable(filledFrom([...dominated, ...few]), rule)
  expect(groups.map(({ cell, count }) => [cell.credit, count])).toEqual([[others, 103]])
  expect(withheld.size).toBe(0)
})
