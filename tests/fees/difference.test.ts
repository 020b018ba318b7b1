import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../../schemas/fees/entries.ts'
import type { Rate } from '../../schemas/fees/price.ts'
import { differencesOf } from '../../src/fees/difference.ts'
import { bySize, fee, fixed, rates } from './support.ts'

const rate = (amount: string, when: Rate['when'] = {}): Rate => ({ form: 'fixed', when, per: ['container'], amount })

test('an entry that did not change differs in nothing, however its fields are ordered', () => {
  const entry = fee('a')
  const { kind, ...others } = entry.content
  expect(differencesOf(entry, structuredClone(entry))).toEqual([])
  expect(differencesOf(entry, { ...entry, content: { ...others, kind } })).toEqual([])
  expect(differencesOf(undefined, undefined)).toEqual([])
})

test('a field that changed, came or went has its own pointer', () => {
  const before = fee('a', { validTo: '2026-06-30', service: { en: 'Weighing', zh: '过磅' } })
  const after = fee('a', {
    price: fixed('65', 'container'),
    service: { en: 'Weighing', zh: '称重' },
    aliases: ['过磅'],
  })
  expect(differencesOf(before, after)).toEqual([
    { pointer: '/service/zh', before: '过磅', after: '称重' },
    { pointer: '/price/rates/0/amount', before: '60', after: '65' },
    { pointer: '/validTo', before: '2026-06-30' },
    { pointer: '/aliases', after: ['过磅'] },
  ])
})

test('an entry that is new or gone differs as a whole', () => {
  const entry = fee('a')
  expect(differencesOf(undefined, entry)).toEqual([{ pointer: '', after: entry.content }])
  expect(differencesOf(entry, undefined)).toEqual([{ pointer: '', before: entry.content }])
})

test('a rate put in between others is one addition', () => {
  const before = fee('a', { price: rates(rate('10', { sizes: ['20'] }), rate('30', { sizes: ['45'] })) })
  const added = rate('20', { sizes: ['40'] })
  const after = fee('a', { price: rates(rate('10', { sizes: ['20'] }), added, rate('30', { sizes: ['45'] })) })
  expect(differencesOf(before, after)).toEqual([{ pointer: '/price/rates/1', after: added }])
  expect(differencesOf(after, before)).toEqual([{ pointer: '/price/rates/1', before: added }])
})

test('a rate put in front and another changed are told apart', () => {
  const before = fee('a', { price: bySize('10', '20') })
  const added = rate('5', { states: ['empty'] })
  const changed = bySize('10', '25')
  const after = fee('a', { price: changed.kind === 'rates' ? rates(added, ...changed.rates) : changed })
  expect(differencesOf(before, after)).toEqual([
    { pointer: '/price/rates/0', after: added },
    { pointer: '/price/rates/2/amount', before: '20', after: '25' },
  ])
})

test('one value of a list replaced by another is a change, not a coming and a going', () => {
  const [before, after] = [['shipper', 'carrier'] as const, ['shipper', 'vessel'] as const].map((payers) =>
    fee('a', { payers: [...payers] }),
  )
  expect(differencesOf(before, after)).toEqual([{ pointer: '/payers/1', before: 'carrier', after: 'vessel' }])
})

test('names with what a pointer escapes are escaped', () => {
  const rule = (thresholds: Record<string, string>) =>
    ({ type: 'rule', id: 'r', content: { thresholds } }) as unknown as Entry
  expect(differencesOf(rule({}), rule({ 'a/b~c': '1' }))).toEqual([{ pointer: '/thresholds/a~1b~0c', after: '1' }])
})

/** What stands at a pointer. */
const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((tree, key) => (tree as Record<string, unknown> | undefined)?.[key], value)

/** Whether only the last step of a pointer leads nowhere. */
const missing = (value: unknown, pointer: string): boolean => {
  const [, parent = '', key = ''] = /^(.*)\/([^/]*)$/.exec(pointer) ?? []
  const tree = at(value, parent)
  return typeof tree === 'object' && tree !== null && !Object.hasOwn(tree, key)
}

test('every difference is true, and where there is one something is told', () => {
  const leaf = fc.constantFrom('1', '2', '3')
  const element = fc.oneof(leaf, fc.record({ a: leaf, b: leaf }, { requiredKeys: [] }))
  const content = fc.record({ list: fc.array(element, { maxLength: 6 }), c: leaf }, { requiredKeys: ['list'] })
  const entry = (value: unknown) => ({ type: 'rule', id: 'r', content: value }) as unknown as Entry
  fc.assert(
    fc.property(content, content, (before, after) => {
      const found = differencesOf(entry(before), entry(after))
      expect(found.length > 0).toBe(JSON.stringify(sorted(before)) !== JSON.stringify(sorted(after)))
      for (const difference of found) {
        if ('after' in difference) expect(at(after, difference.pointer)).toEqual(difference.after)
        else if (/^\/list\/\d+$/.test(difference.pointer))
          expect(at(before, difference.pointer)).toEqual(difference.before)
        else expect(missing(after, difference.pointer)).toBe(true)
      }
      // As many elements come and go as the list grew or shrank.
      const whole = found.filter(({ pointer }) => /^\/list\/\d+$/.test(pointer))
      const grown = whole.filter((one) => !('before' in one)).length - whole.filter((one) => !('after' in one)).length
      expect(grown).toBe(after.list.length - before.list.length)
    }),
    { numRuns: 300, seed: 4 },
  )
})
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inside]) => [key, sorted(inside)]),
        )
      : value
