import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { adapters } from '../../adapters/registry.ts'
import { ownVersions } from '../../schemas/rules/index.ts'
import { sharingPolicy } from '../../schemas/rules/sharing-policy.ts'
import { covers, isAbove, leavesOf, partsOf } from '../../schemas/sharing/patterns.ts'
import { purposes } from '../../schemas/sharing/purposes.ts'
import { viewLeaves } from '../../schemas/sharing/view.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { permissionFor } from '../../src/sharing/permission.ts'
import { select } from '../../src/sharing/select.ts'
import { put, strangersReading } from './canaries.ts'

const versions = ownVersions(sharingPolicy)
const rows = versions.at(-1)?.rows ?? []
const shared = rows.flatMap((row) => (row.kind === 'share' ? row.fields.map(partsOf) : []))
const never = rows.flatMap((row) => (row.kind === 'never' ? row.fields.map(partsOf) : []))

/** Whether somebody has decided about a field: a row shares it with somebody, or says that nobody is shown it. */
const isClassified = (pattern: string): boolean => {
  const field = partsOf(pattern)
  return shared.some((one) => covers(field, one)) || never.some((one) => isAbove(one, field))
}

/** Fields of agencies' own particulars, as their adapters know them. */
const particulars = Object.entries(adapters).flatMap(([agency, { procedures }]) =>
  Object.entries(procedures).flatMap(([id, procedure]) =>
    leavesOf(procedure.particulars, `/declaration/particulars/${agency}/${id}`),
  ),
)

test('somebody has decided about every field of the shared view', () => {
  const known = viewLeaves().filter(({ open }) => !open)
  expect(known.length).toBeGreaterThan(180)
  expect(known.map(({ pattern }) => pattern).filter((pattern) => !isClassified(pattern))).toEqual([])
})

test('somebody has decided about every field of every agency’s particulars', () => {
  expect(particulars.length).toBeGreaterThan(150)
  expect(particulars.map(({ pattern }) => pattern).filter((pattern) => !isClassified(pattern))).toEqual([])
})

test('a field that is new is one nobody has decided about', () => {
  const more = z.object({
    declaration: z.object({ goodsShipment: z.object({ exporter: z.object({ id: z.string(), bank: z.string() }) }) }),
  })
  expect(leavesOf(more).map(({ pattern }) => [pattern, isClassified(pattern)])).toEqual([
    ['/declaration/goodsShipment/exporter/id', true],
    ['/declaration/goodsShipment/exporter/bank', false],
  ])
})

test('every pattern of particulars names something an adapter knows', () => {
  const under = [...shared, ...never].filter(([part, second]) => part === 'declaration' && second === 'particulars')
  const unknown = under.filter((one) => !particulars.some(({ pattern }) => isAbove(one, partsOf(pattern))))
  expect(under.length).toBeGreaterThan(50)
  expect(unknown.map((parts) => parts.join('/'))).toEqual([])
})

test.each(versions.map((version) => [version.validFrom, version] as const))(
  'the version of %s does not contradict itself',
  (_, version) => {
    expect(sharingPolicy.contradictions?.(version.rows)).toEqual([])
  },
)

const share = {
  kind: 'share',
  agency: 'fx',
  purpose: 'statistics',
  reach: 'all',
  fields: ['/declaration/direction'],
  basis: { en: 'a', zh: '甲' },
  evidence: 'assumed',
} as const
const because = { en: 'b', zh: '乙' }
const delay = { discloseAfterDays: 3, deferral: because }
test.each([
  ['a field that is none', [{ ...share, fields: ['/declaration/price'] }], [0]],
  ['a whole part of the view', [{ ...share, fields: ['/declaration/goodsShipment'] }], [0]],
  ['a member of what is no list', [{ ...share, fields: ['/declaration/direction/0'] }], [0]],
  ['a field that is never shared', [share, { kind: 'never', fields: ['/declaration/direction'], because }], [0]],
  [
    'something below what is never shared',
    [
      { ...share, fields: ['/declaration/particulars/a/b/c'] },
      { kind: 'never', fields: ['/declaration/particulars/a'], because },
    ],
    [0],
  ],
  ['a purpose twice', [share, share], [1]],
  ['a delay without its basis', [{ ...share, discloseAfterDays: 3 }], [0]],
  [
    'nothing',
    [{ ...share, ...delay, fields: ['/filings/customs/*/*/status', '/declaration/particulars/a/b/c/*/d'] }],
    [],
  ],
] as const)('a policy that contradicts itself is told so: %s', (_, bad, at) => {
  const parsed = z.array(sharingPolicy.row).parse(bad)
  expect(sharingPolicy.contradictions?.(parsed).map(({ row }) => row)).toEqual(at)
})

test('the minimum: who pays sees amounts and parties, who guards the border people and conveyances', () => {
  const fieldsOf = (agency: string, purpose: string) =>
    rows.flatMap((row) => (row.kind === 'share' && row.agency === agency && row.purpose === purpose ? row.fields : []))
  const payment = fieldsOf('fx', 'payment-verification')
  expect(payment).toContain('/declaration/goodsShipment/items/*/totalPrice')
  expect(payment).toContain('/declaration/goodsShipment/exporter/name')
  expect(payment.filter((field) => /consignment|particulars|containers|Mass|stowage/.test(field))).toEqual([])
  const crew = fieldsOf('border', 'crew-and-goods-match')
  expect(crew).toContain('/declaration/particulars/border/departure/crew/*/familyName')
  expect(crew).toContain('/declaration/goodsShipment/consignment/legs/*/conveyance/name')
  expect(crew.filter((field) => /[Pp]rice|currency|valuation|duties|invoice|contract/.test(field))).toEqual([])
  const statistics = rows
    .filter((row) => row.kind === 'share' && row.purpose === 'statistics')
    .flatMap(({ fields }) => fields)
  expect(statistics.filter((field) => /\/(id|name|nameZh|address|value\b.*references)/.test(field))).toEqual([])
})

describe('every field of the whole view, every agency, every purpose', () => {
  // Two members wherever there may be several, each value one that stands nowhere else.
  const pointers = viewLeaves()
    .filter(({ open }) => !open)
    .flatMap(({ pattern }) =>
      pattern.startsWith('/filings/*/*/')
        ? Object.keys(adapters).map((agency) => pattern.replace('*', agency).replace('*', 'some').replaceAll('*', '1'))
        : [pattern.replaceAll('*', '0'), pattern.replaceAll('*', '1')],
    )
  const all = [...new Set(pointers)]
  const whole = {}
  all.forEach((pointer, at) => put(whole, partsOf(pointer), `canary-${at}-`))
  const stranger = strangersReading()
  const purposesOf = Object.keys(adapters).flatMap((agency) =>
    Object.keys(purposes).map((purpose) => [agency, purpose] as const),
  )

  test.each(purposesOf)('%s for %s sees what the policy says', (agency, purpose) => {
    const permission = permissionFor(ownRules, agency, purpose, Date.parse('2026-11-22T00:00:00Z'))
    expect(permission !== undefined).toBe(stranger.purposes(agency).includes(purpose))
    const bytes = JSON.stringify(select(whole, permission?.fields ?? []).data ?? {})
    const mayShow = stranger.mayShow(agency, purpose)
    const wrong = all.filter((pointer, at) => bytes.includes(`canary-${at}-`) !== mayShow(pointer))
    expect(wrong).toEqual([])
  })

  test('nobody is allowed anything before the first version', () => {
    for (const [agency, purpose] of purposesOf)
      expect(permissionFor(ownRules, agency, purpose, Date.parse('2025-12-31T00:00:00Z'))).toBeUndefined()
  })
})
