import { describe, expect, test } from 'vitest'
import { clearanceDefinitions } from '../../schemas/rules/clearance-definitions.ts'
import { ownVersions, type RuleTable } from '../../schemas/rules/index.ts'
import { suppression } from '../../schemas/rules/suppression.ts'
import { timeTargets } from '../../schemas/rules/time-targets.ts'
import { ownDatabase } from '../support/database.ts'
import { idOf, keepDeclaration, now, said, saying, shortly, undone } from './support.ts'

const { database } = await ownDatabase()

describe('the definitions', () => {
  test('of the day of release hold: a new version moves nothing that was released before it', () =>
    undone(database, async (inside) => {
      const rows = [
        {
          measure: 'declared',
          filings: [{ agency: 'customs', procedure: 'declare' }],
          starts: ['submitted'],
          take: 'first-known',
          said: { en: 'from the first receipt', zh: '自首个回执' },
        },
      ]
      await inside.pool.query(
        `INSERT INTO rule_version (rule_table, valid_from, source, evidence, rows, reason, by, at)
         VALUES ('clearance-definitions', '2026-12-01', 'a test', 'assumed', $1, 'a test', 'admin', $2)`,
        [JSON.stringify(rows), now],
      )
      for (const [day, counts] of [
        ['2026-11-30', ['agency submitted 3600', 'declared declared 1800', 'overall declared 1800']],
        ['2026-12-01', ['declared submitted 3600']],
      ] as const) {
        const laptops = await keepDeclaration(inside, { sample: 'laptops' })
        await said(inside, 'customs', [
          saying(idOf(laptops), 'acknowledged', `${day}T10:00:00+08:00`),
          saying(idOf(laptops), 'registered', `${day}T10:30:00+08:00`),
          saying(idOf(laptops), 'approved', `${day}T11:00:00+08:00`),
        ])
        expect(await shortly(inside, laptops)).toEqual(counts)
      }
    }))

  test.each([
    [clearanceDefinitions, (rows: object[]) => [...rows, rows[0]]],
    [clearanceDefinitions, (rows: object[]) => rows.map((row) => ({ ...row, starts: [] }))],
    [
      suppression,
      (rows: object[]) => rows.map((row) => ({ ...row, mergeOver: ['mode', 'mode', 'credit', 'district'] })),
    ],
    [suppression, (rows: object[]) => [...rows, ...rows]],
    [timeTargets, (rows: object[]) => [...rows, ...rows]],
  ] as const)('and the other rules do not contradict themselves; what does is told: $0.id', (table, spoil) => {
    for (const { rows } of ownVersions(table as RuleTable)) {
      expect(table.contradictions?.(rows as never)).toEqual([])
      expect(table.contradictions?.(spoil(rows as object[]) as never)).not.toEqual([])
    }
  })
})
