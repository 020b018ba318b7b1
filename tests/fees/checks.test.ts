import { describe, expect, test } from 'vitest'
import type { Entry, Fee } from '../../schemas/fees/entries.ts'
import { catalogueOf } from '../../src/fees/catalogue.ts'
import { beginningIssues } from '../../src/fees/checks/beginning.ts'
import { checksOf } from '../../src/fees/checks/index.ts'
import { limits } from '../../src/limits.ts'
import { day, found } from './checking.ts'
import { orderlyEntries } from './drafting.ts'
import { basis, bySize, fee, fixed, payee, port, rates } from './support.ts'

test('a list that is in order is in order', () => expect(found()).toEqual([]))

describe('references', () => {
  test.each<[string, Entry, string[]]>([
    [
      'a fee that names nobody and nothing there is',
      fee('x', { payee: 'nobody', port: 'nowhere', basis: [{ id: '99' }], kind: 'no-kind', includes: ['neither'] }),
      [
        'error /fee/x/basis/0/id unknown-entry',
        'error /fee/x/includes/0 unknown-kind',
        'error /fee/x/kind unknown-kind',
        'error /fee/x/payee unknown-entry',
        'error /fee/x/port unknown-entry',
      ],
    ],
    [
      'a payee that charges where it is not',
      fee('x', { kind: 'seal', port: 'jiangbei' }),
      ['error /fee/x/payee payee-elsewhere'],
    ],
    ['a payee at no port', payee('x', { ports: ['guoyuan', 'sea'] }), ['error /payee/x/ports/1 unknown-entry']],
    [
      'a basket of unknown things',
      {
        type: 'basket',
        id: 'x',
        content: {
          name: { en: 'x', zh: 'x' },
          shipment: {
            port: 'sea',
            direction: 'import',
            payees: ['nobody'],
            requested: ['no-kind'],
            happened: ['flood'],
          },
          evidence: { kind: 'synthetic', text: '' },
        },
      },
      [
        'error /basket/x/shipment/happened/0 unknown-event',
        'error /basket/x/shipment/payees/0 unknown-entry',
        'error /basket/x/shipment/port unknown-entry',
        'error /basket/x/shipment/requested/0 unknown-kind',
      ],
    ],
    [
      'a document about unknown kinds',
      basis('x', {
        regulates: [
          { kind: 'no-kind', how: 'set', rates: [{ form: 'fixed', per: ['bill'], amount: '1' }], validFrom: day },
        ],
        cancels: [{ kind: 'gone', from: day }],
      }),
      ['error /basis/x/cancels/0/kind unknown-kind', 'error /basis/x/regulates/0/kind unknown-kind'],
    ],
  ])('%s', (_, entry, issues) => expect(found(entry)).toEqual(issues))

  test('a port that is taken out is missed wherever it was named', () => {
    const next = catalogueOf(
      { number: 2, title: '', validFrom: day, digest: '' },
      orderlyEntries().filter(({ id }) => id !== 'jiangbei'),
    )
    expect(checksOf(next).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(
      expect.arrayContaining([
        '/payee/jiangbei-cargo/ports/0 unknown-entry',
        '/fee/jiangbei-handling/port unknown-entry',
      ]),
    )
  })
  test('ids may look like pointers’ own signs and names of Object', () =>
    expect(found(fee('constructor', { kind: 'seal' }), port('to-string'))).toEqual([]))
})

describe('contents', () => {
  test.each<[string, Entry, string[]]>([
    [
      'days turned around',
      fee('x', { kind: 'seal', validFrom: '2027-02-01', validTo: '2027-01-31' }),
      ['error /fee/x/validTo validity-reversed'],
    ],
    [
      'one thing, two prices',
      fee('x', {
        kind: 'seal',
        price: rates(
          { form: 'fixed', per: ['seal'], amount: '30' },
          { form: 'fixed', when: { sizes: ['20'] }, per: ['seal'], amount: '40' },
        ),
      }),
      ['error /fee/x/price/rates/1 rates-contradict'],
    ],
    [
      'an agreement nobody is told of',
      fee('x', { kind: 'seal', price: { kind: 'agreement', currency: 'CNY', disclosure: { en: 'ask', zh: ' ' } } }),
      ['error /fee/x/price/disclosure disclosure-missing'],
    ],
    [
      'an agreed government price',
      fee('x', {
        kind: 'seal',
        nature: 'fund',
        basis: [{ id: 'order-1' }],
        price: { kind: 'agreement', currency: 'CNY', disclosure: { en: 'ask', zh: '询价' } },
      }),
      ['error /fee/x/price/kind agreement-not-allowed'],
    ],
    [
      'a charge handed on from nobody',
      fee('x', { kind: 'seal', price: { kind: 'pass-through', currency: 'CNY', of: { en: '', zh: '' } } }),
      ['error /fee/x/price/of charge-not-named'],
    ],
    [
      'a rule said twice',
      {
        type: 'rule',
        id: 'zz',
        content: {
          rule: 'comparison',
          name: { en: 'x', zh: 'x' },
          thresholds: { comparisonsAtLeast: '1', watchRatio: '1.2', highRatio: '1.5', highPercentile: '75' },
          source: { en: 'x', zh: 'x' },
          validFrom: '2026-06-01',
          evidence: { kind: 'synthetic', text: '' },
        },
      },
      ['error /rule/zz/rule rule-twice'],
    ],
  ])('%s', (_, entry, issues) => expect(found(entry)).toEqual(issues))

  test.each([
    ['-1', '2', '/peer/x/least amount-malformed'],
    ['1', '1e9', '/peer/x/most amount-malformed'],
    ['3', '2', '/peer/x/most range-reversed'],
  ])('prices of another port: %s to %s', (least, most, issue) =>
    expect(
      found({
        type: 'peer',
        id: 'x',
        content: {
          port: { en: 'x', zh: 'x' },
          kind: 'seal',
          per: ['seal'],
          least,
          most,
          seenOn: day,
          evidence: { kind: 'synthetic', text: '' },
        },
      }),
    ).toEqual([`error ${issue}`]),
  )
})

describe('overlap and gap', () => {
  const one = (id: string, changes: Partial<Fee>) => fee(id, { kind: 'seal', price: fixed('30', 'seal'), ...changes })
  test.each<[string, Partial<Fee>, Partial<Fee>, string[]]>([
    ['twice the same', {}, {}, ['error /fee/b/validFrom overlap']],
    ['one after the other', { validTo: '2027-01-31' }, { validFrom: '2027-02-01' }, []],
    ['a day of both', { validTo: '2027-02-01' }, { validFrom: '2027-02-01' }, ['error /fee/b/validFrom overlap']],
    ['a day of none', { validTo: '2027-01-30' }, { validFrom: '2027-02-01' }, ['error /fee/b/validFrom gap']],
    ['a gap that is over', { validTo: '2026-06-30' }, { validFrom: '2026-08-01' }, []],
    ['an overlap that is over', { validTo: '2026-06-30' }, { validFrom: '2026-06-01' }, []],
    ['other conditions', { applies: { directions: ['import'] } }, { applies: { directions: ['export'] } }, []],
    [
      'conditions that meet',
      { applies: { directions: ['import'] } },
      { applies: { sizes: ['20'] } },
      ['error /fee/b/validFrom overlap'],
    ],
    ['another occasion', {}, { arises: { when: 'on-event', event: 'damage' } }, []],
    ['another payee', {}, { payee: 'qingtian-tally' }, []],
    [
      'other sizes in the price only',
      { price: rates({ form: 'fixed', when: { sizes: ['20'] }, per: ['seal'], amount: '1' }) },
      { price: rates({ form: 'fixed', when: { sizes: ['40'] }, per: ['seal'], amount: '1' }) },
      [],
    ],
    [
      'a gap between prices by size and one for all',
      { validTo: '2027-01-30', price: bySize('1', '2') },
      { validFrom: '2027-02-01' },
      ['error /fee/b/validFrom gap'],
    ],
    [
      'a gap of other conditions',
      { validTo: '2027-01-30', applies: { sizes: ['20'] } },
      { validFrom: '2027-02-01', applies: { sizes: ['40'] } },
      [],
    ],
  ])('%s', (_, a, b, issues) => expect(found(one('a', a), one('b', b))).toEqual(issues))

  test('whoever holds meanwhile leaves no gap', () =>
    expect(
      found(
        one('a', { validTo: '2027-12-31', applies: { sizes: ['20'] } }),
        one('b', { validFrom: '2027-02-01', validTo: '2027-03-31', applies: { sizes: ['20'] } }),
        one('c', { validFrom: '2028-01-01', applies: { sizes: ['20'] } }),
      ),
    ).toEqual(['error /fee/b/validFrom overlap']))
  test('more of a kind than can be compared are refused', () => {
    const many = Array.from({ length: limits.feesAlike + 1 }, (_, at) => one(`x-${at}`, {}))
    expect(found(...many)).toEqual(['error /fee/x-0/kind too-many-alike'])
  })
})

describe('what includes what', () => {
  const including = (id: string, kind: string, includes: string[], changes: Partial<Fee> = {}) =>
    fee(id, { kind, includes, ...changes })
  test('a circle is named at each of its parts, and what leads into it is not', () =>
    expect(
      found(
        including('a', 'stuffing', ['seal', 'yard']),
        including('b', 'seal', ['disinfection']),
        including('c', 'disinfection', ['stuffing']),
        including('d', 'unstuffing', ['stuffing']),
      ),
    ).toEqual([
      'error /fee/a/includes/0 includes-itself',
      'error /fee/b/includes/0 includes-itself',
      'error /fee/c/includes/0 includes-itself',
    ]))
  test('a kind that includes itself', () =>
    expect(found(including('a', 'stuffing', ['stuffing']))).toEqual(['error /fee/a/includes/0 includes-itself']))
  test('of two payees it is none', () =>
    expect(
      found(including('a', 'stuffing', ['seal']), including('b', 'seal', ['stuffing'], { payee: 'qingtian-tally' })),
    ).toEqual([]))
})

describe('the first day', () => {
  const codes = (validFrom: string, base?: string) =>
    beginningIssues(validFrom, '2026-11-22', base).map(({ pointer, code }) => `${pointer} ${code}`)
  test.each<[string, string | undefined, string[]]>([
    ['2026-11-21', undefined, ['/validFrom begins-in-the-past']],
    ['2026-11-22', undefined, ['/validFrom begins-in-the-past']],
    ['2026-11-29', undefined, ['/validFrom begins-before-notice-ends']],
    ['2026-11-30', undefined, []],
    ['2026-12-31', '2027-01-01', ['/validFrom begins-before-its-base']],
    ['2027-01-01', '2027-01-01', []],
  ])('%s, on a list from %s', (validFrom, base, issues) => expect(codes(validFrom, base)).toEqual(issues))
})

test('every issue speaks both languages', () => {
  const entries = [fee('x', { payee: 'nobody', kind: 'port-construction', nature: 'fund' })]
  const next = catalogueOf({ number: 1, title: '', validFrom: day, digest: '' }, [...orderlyEntries(), ...entries])
  for (const { detail, detailZh } of checksOf(next)) {
    expect(detail).not.toBe('')
    expect(detailZh).toMatch(/\p{Script=Han}/u)
  }
})
