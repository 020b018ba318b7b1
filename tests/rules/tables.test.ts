import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ownVersions, ruleTables, versionOn } from '../../schemas/rules/index.ts'
import { rowSchemaOf } from '../../src/rules/present.ts'
import { dayAt, ownRules } from '../../src/rules/rules.ts'

describe.each(ruleTables.map((table) => [table.id, table] as const))('the rule table %s', (id, table) => {
  test('says what it is for, in both languages, under a name an address can hold', () => {
    expect(id).toMatch(/^[a-z][a-z-]{2,39}$/)
    for (const said of [table.title.en, table.title.zh, table.purpose.en, table.purpose.zh]) expect(said).not.toBe('')
    expect(table.purpose.zh).toMatch(/\p{Script=Han}/u)
  })

  test('comes with versions in their order, each with its source, none contradicting itself', () => {
    const versions = ownVersions(table)
    const days = versions.map(({ validFrom }) => validFrom)
    expect(days).toEqual([...new Set(days)].sort())
    for (const { source, rows } of versions) {
      expect(source.length).toBeGreaterThan(10)
      expect(table.contradictions?.(rows) ?? []).toEqual([])
    }
  })

  test('has rows whose form can be told', () => {
    expect(JSON.stringify(rowSchemaOf(table))).toContain('"type":"object"')
  })
})

test('each has its file, and each file its table', () => {
  const files = readdirSync(new URL('../../schemas/rules/data', import.meta.url))
  expect(files.sort()).toEqual(ruleTables.map(({ id }) => `${id}.json`).sort())
})

test('of two days the newest that has begun holds; before the first none does', () => {
  const versions = ['2026-01-01', '2026-06-01'].map((validFrom) => ({
    validFrom,
    source: 'a test',
    evidence: 'assumed' as const,
    rows: [],
  }))
  expect(
    ['2025-12-31', '2026-01-01', '2026-05-31', '2026-06-01'].map((on) => versionOn(versions, on)?.validFrom),
  ).toEqual([undefined, '2026-01-01', '2026-01-01', '2026-06-01'])
})

test('a day begins in Chongqing when it is four in the afternoon in Greenwich', () => {
  expect([dayAt(Date.parse('2025-12-31T15:59:59Z')), dayAt(Date.parse('2025-12-31T16:00:00Z'))]).toEqual([
    '2025-12-31',
    '2026-01-01',
  ])
  for (const table of ruleTables) expect(ownRules.rowsAt(table, Date.parse('1990-01-01T00:00:00Z'))).toEqual([])
})
