import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { declaration } from '../../schemas/declaration/index.ts'
import { schemaFor, summaryDeclaration } from '../../schemas/declaration/summary.ts'
import { issuesOf } from '../../schemas/issue.ts'

const golden = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../adapters/customs/golden/${name}/declaration.json`, import.meta.url), 'utf8'),
  ) as { [field: string]: unknown }
const summary = golden('summary-under-quarantine')
const complete = golden('complete-after-summary')
const brief = golden('summary-in-brief')

const pointersOf = (schema: typeof declaration | typeof summaryDeclaration, candidate: unknown) => {
  const read = schema.safeParse(candidate)
  return read.success ? [] : issuesOf(read.error).map(({ pointer, code }) => `${pointer} ${code}`)
}
type Node = { [field: string]: Node }
const without = (candidate: unknown, path: string) => {
  const copy = structuredClone(candidate) as Node
  const keys = path.split('/')
  let at = copy
  for (const key of keys.slice(0, -1)) at = at[key] as Node
  delete at[keys.at(-1) ?? '']
  return copy
}

describe('a summary', () => {
  test('asks for less than a declaration, and a complete one may be looked at as a summary', () => {
    expect(pointersOf(summaryDeclaration, summary)).toEqual([])
    expect(pointersOf(summaryDeclaration, brief)).toEqual([])
    expect(pointersOf(summaryDeclaration, { ...complete, declarationStep: 'summary' })).toEqual([])
    expect(pointersOf(declaration, summary).length).toBeGreaterThan(10)
    expect(pointersOf(declaration, complete)).toEqual([])
  })

  test.each([
    'agent',
    'declarant',
    'declarationOfficeId',
    'exitEntryOfficeId',
    'functionalReferenceId',
    'goodsShipment/importer',
    'goodsShipment/supervisionMode',
    'goodsShipment/totalGrossMassKg',
    'goodsShipment/consignment/legs',
    'goodsShipment/items/0/hsCode',
    'goodsShipment/items/0/name',
    'goodsShipment/items/0/quantity',
    'goodsShipment/items/0/totalPrice',
    'goodsShipment/items/0/currency',
    'goodsShipment/items/0/originCountry',
  ])('demands %s', (path) => {
    expect(pointersOf(summaryDeclaration, without(summary, path))).toContain(`/${path} missing`)
  })

  test('is as strict about what it does not know, and about what is there', () => {
    expect(pointersOf(summaryDeclaration, { ...summary, hsCode: '1' })).toEqual(['/hsCode unknown-field'])
    const wrong = structuredClone(summary) as Node
    Object.assign(wrong['goodsShipment'] as Node, { totalNetMassKg: '99999', destinationCountry: 'SG' })
    expect(pointersOf(summaryDeclaration, wrong)).toEqual(
      expect.arrayContaining([
        '/goodsShipment/totalNetMassKg net-above-gross',
        '/goodsShipment/destinationCountry direction-country-differs',
      ]),
    )
  })

  test.each(['85423', '8542319', 'ABCDEF'])('takes six digits of the HS code or ten, not %s', (hsCode) => {
    const other = structuredClone(brief) as Node
    const item = other['goodsShipment']?.['items']?.[0] as unknown as { hsCode: string }
    item.hsCode = hsCode
    expect(pointersOf(summaryDeclaration, other)).toHaveLength(1)
  })

  test('six digits are not enough for a declaration', () => {
    const other = structuredClone(complete) as Node
    const item = other['goodsShipment']?.['items']?.[0] as unknown as { hsCode: string }
    item.hsCode = '020230'
    expect(pointersOf(declaration, other)).toEqual(['/goodsShipment/items/0/hsCode unknown-code'])
  })
})

test('the step says which schema holds, and only imports have steps', () => {
  expect(schemaFor(summary)).toBe(summaryDeclaration)
  expect([complete, {}, null, 'summary', []].map(schemaFor)).toEqual(Array.from({ length: 5 }, () => declaration))
  expect(pointersOf(summaryDeclaration, complete)).toEqual(['/declarationStep step-differs'])
  const exported = golden('export-one-item')
  expect(pointersOf(declaration, { ...exported, declarationStep: 'complete' })).toEqual([
    '/declarationStep step-not-allowed',
  ])
})
