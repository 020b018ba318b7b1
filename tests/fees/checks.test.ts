import { describe, expect, test } from 'vitest'
import type { Content, Entry, Fee } from '../../schemas/fees/entries.ts'
import { catalogueOf } from '../../src/fees/catalogue.ts'
import { beginningIssues } from '../../src/fees/checks/beginning.ts'
import { checksOf } from '../../src/fees/checks/index.ts'
import { limits } from '../../src/limits.ts'
import { orderlyEntries } from './drafting.ts'
import { basis, bySize, fee, fixed, payee, port, rates } from './support.ts'

const day = '2026-12-15'
const found = (...entries: readonly Entry[]): string[] => {
  const put = new Map(orderlyEntries().map((entry) => [`${entry.type} ${entry.id}`, entry]))
  for (const entry of entries) put.set(`${entry.type} ${entry.id}`, entry)
  const next = catalogueOf({ number: 2, title: 'next', validFrom: day, digest: '' }, put.values())
  return checksOf(next)
    .map(({ severity, pointer, code }) => `${severity} ${pointer} ${code}`)
    .filter((one) => !usual.includes(one))
    .sort()
}
/** What stands in the list the tests begin with: a guided price no document bounds. */
const usual = ['warning /fee/guoyuan-pilotage/price/rates/0 ceiling-missing']

const changed = (id: string, changes: Partial<Fee>): Entry => {
  const one = orderlyEntries().find((entry) => entry.type === 'fee' && entry.id === id)
  if (one?.type !== 'fee') throw new Error(`No fee ${id}`)
  return { ...one, content: { ...one.content, ...changes } }
}
const document = (id: string, changes: Partial<Content<'basis'>>): Entry => {
  const one = orderlyEntries().find((entry) => entry.type === 'basis' && entry.id === id)
  if (one?.type !== 'basis') throw new Error(`No basis ${id}`)
  return { ...one, content: { ...one.content, ...changes } }
}

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
          shipment: { port: 'sea', direction: 'import', payees: ['nobody'], requested: ['no-kind'], happened: ['flood'] },
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
        regulates: [{ kind: 'no-kind', how: 'set', rates: [{ form: 'fixed', per: ['bill'], amount: '1' }], validFrom: day }],
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
      expect.arrayContaining(['/payee/jiangbei-cargo/ports/0 unknown-entry', '/fee/jiangbei-handling/port unknown-entry']),
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
          thresholds: {},
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

describe('legal bases', () => {
  const resting = (changes: Partial<Fee> = {}) =>
    fee('x', { kind: 'seal', nature: 'administrative', basis: [{ id: '9' }], validFrom: '2026-01-01', ...changes })
  test.each<[string, Partial<Content<'basis'>>, Partial<Fee>, string[]]>([
    ['in force throughout', {}, {}, []],
    ['beginning too late', { validFrom: '2027-01-01' }, {}, ['error /fee/x/basis/0/id basis-not-yet']],
    ['ending under an open fee', { validTo: '2027-06-30' }, {}, ['error /fee/x/basis/0/id basis-expired']],
    ['ending with its fee', { validTo: '2027-06-30' }, { validTo: '2027-06-30' }, []],
    ['ending a day before its fee', { validTo: '2027-06-29' }, { validTo: '2027-06-30' }, ['error /fee/x/basis/0/id basis-expired']],
    ['over long ago', { validTo: '2026-11-01' }, {}, ['error /fee/x/basis/0/id basis-expired']],
    ['over long ago, as its fee', { validTo: '2026-11-01' }, { validTo: '2026-11-01' }, []],
    [
      'withdrawn under an open fee',
      { withdrawn: { on: '2027-01-01', reason: { en: 'gone', zh: '废止' } } },
      {},
      ['error /fee/x/basis/0/id basis-withdrawn'],
    ],
    [
      'withdrawn the day after its fee',
      { withdrawn: { on: '2027-01-01', reason: { en: 'gone', zh: '废止' } } },
      { validTo: '2026-12-31' },
      [],
    ],
    [
      'withdrawn before it began',
      { withdrawn: { on: '2025-01-01', reason: { en: 'gone', zh: '废止' } } },
      {},
      ['error /fee/x/basis/0/id basis-withdrawn'],
    ],
  ])('%s', (_, of, by, issues) => expect(found(basis('9', of), resting(by))).toEqual(issues))

  test('only a market price needs none', () => {
    expect(found(resting({ basis: [] }))).toEqual(['error /fee/x/basis basis-missing'])
    expect(found(resting({ nature: 'market', basis: [] }))).toEqual([])
  })
  test('withdrawn, it takes along the fees that nobody touched', () =>
    expect(found(document('order-1', { withdrawn: { on: day, reason: { en: 'gone', zh: '废止' } } }))).toEqual(
      expect.arrayContaining([
        'error /fee/guoyuan-cargo-dues/basis/0/id basis-withdrawn',
        'error /fee/guoyuan-security/basis/0/id basis-withdrawn',
      ]),
    ))
})

describe('government prices', () => {
  test.each<[string, Entry, string[]]>([
    [
      'a guided price above its ceiling, in one cell of its conditions',
      changed('guoyuan-security', { price: bySize('8', '12.01') }),
      ['error /fee/guoyuan-security/price/rates/1/amount ceiling-exceeded'],
    ],
    ['a guided price below it', changed('guoyuan-security', { price: bySize('7.99', '12') }), []],
    [
      'a range that ends above it',
      changed('guoyuan-security', { price: rates({ form: 'range', per: ['container'], least: '1', most: '12' }) }),
      ['error /fee/guoyuan-security/price/rates/0/most ceiling-exceeded'],
    ],
    [
      'a set price below what is set',
      changed('guoyuan-cargo-dues', { price: rates({ form: 'fixed', when: { sizes: ['20'], directions: ['import'] }, per: ['container'], amount: '33.99' }) }),
      ['error /fee/guoyuan-cargo-dues/price/rates/0/amount not-the-set-price'],
    ],
    [
      'another unit than the ceiling’s',
      changed('guoyuan-security', { price: fixed('1', 'tonne') }),
      ['error /fee/guoyuan-security/price/rates/0/per not-comparable'],
    ],
    [
      'a market price that rests on the ceiling',
      changed('guoyuan-security', { nature: 'market', price: bySize('9', '12') }),
      ['error /fee/guoyuan-security/price/rates/0/amount ceiling-exceeded'],
    ],
    [
      'a market price that does not',
      changed('guoyuan-security', { nature: 'market', basis: [], price: bySize('9', '12') }),
      ['warning /fee/guoyuan-security/basis regulated-elsewhere'],
    ],
    [
      'what its document says nothing about',
      changed('guoyuan-cargo-dues', { applies: { trades: ['domestic'] }, price: bySize('5', '9') }),
      [
        'warning /fee/guoyuan-cargo-dues/price/rates/0 ceiling-missing',
        'warning /fee/guoyuan-cargo-dues/price/rates/1 ceiling-missing',
      ],
    ],
  ])('%s', (_, entry, issues) => expect(found(entry)).toEqual(issues))

  test('a ceiling binds only on its own days', () => {
    const dear = changed('guoyuan-security', { price: bySize('80', '120') })
    const ceiling = (validTo: string): Entry => {
      const rate = { form: 'fixed', per: ['container'], amount: '12' } as const
      return document('order-1', {
        regulates: [{ kind: 'port-security', how: 'ceiling', rates: [rate], validFrom: '2026-01-01', validTo }],
      })
    }
    const above = (issues: string[]) => issues.filter((one) => one.endsWith('ceiling-exceeded')).length
    expect(above(found(ceiling('2026-12-14'), dear))).toBe(0)
    expect(above(found(ceiling('2026-12-15'), dear))).toBe(2)
  })
})

describe('cancelled kinds', () => {
  test.each<[string, Partial<Fee>, string[]]>([
    ['by its kind', { kind: 'port-construction' }, ['error /fee/x/kind kind-cancelled']],
    ['by its name', { name: { en: 'A fee', zh: '港口建设费' } }, ['error /fee/x/name/zh kind-cancelled']],
    ['by a name with something around it', { name: { en: 'A fee', zh: '代收港口建设费（20尺）' } }, ['error /fee/x/name/zh kind-cancelled']],
    ['by a name in disguise', { name: { en: 'A fee', zh: '港 口·建设\u200b费' } }, ['error /fee/x/name/zh kind-cancelled']],
    ['by its English name', { name: { en: 'PORT  Construction-Fee', zh: '费' } }, ['error /fee/x/name/en kind-cancelled']],
    ['by another name', { aliases: ['杂费', '港口建设费'] }, ['error /fee/x/aliases/1 kind-cancelled']],
    ['over before', { kind: 'port-construction', validFrom: '2019-01-01', validTo: '2020-12-31' }, []],
    ['another fee of the port', { name: { en: 'Port fee', zh: '港口费' } }, []],
  ])('%s', (_, changes, issues) => expect(found(fee('x', { kind: 'seal', ...changes }))).toEqual(issues))

  test('a day in the future ends a fee then, not sooner', () => {
    const cancels = [{ kind: 'seal', from: '2027-07-01' }]
    const one = (validTo?: string) => fee('x', { kind: 'seal', ...(validTo === undefined ? {} : { validTo }) })
    expect(found(document('order-2', { cancels }), one('2027-06-30'))).toEqual([])
    expect(found(document('order-2', { cancels }), one())).toEqual(['error /fee/x/kind kind-cancelled'])
  })
  test('a kind that is called after one that is gone is none', () => {
    const cancels = [{ kind: 'cargo-dues', from: '2021-01-01' }]
    const domestic = fee('x', { kind: 'domestic-cargo-dues', name: { en: 'Dues', zh: '内贸货物港务费' } })
    expect(found(document('order-2', { cancels }), domestic)).toEqual(['error /fee/guoyuan-cargo-dues/kind kind-cancelled'])
    expect(
      found(document('order-2', { cancels }), fee('x', { kind: 'seal', name: { en: 'Dues', zh: '内贸货物港务费' } })),
    ).toContain('error /fee/x/name/zh kind-cancelled')
  })
  test('taking the document back undoes it', () =>
    expect(
      found(
        document('order-2', { withdrawn: { on: '2026-12-01', reason: { en: 'gone', zh: '废止' } } }),
        fee('x', { kind: 'port-construction' }),
      ),
    ).toEqual([]))
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
    ['conditions that meet', { applies: { directions: ['import'] } }, { applies: { sizes: ['20'] } }, ['error /fee/b/validFrom overlap']],
    ['another occasion', {}, { arises: { when: 'on-event', event: 'damage' } }, []],
    ['another payee', {}, { payee: 'qingtian-tally' }, []],
    ['other sizes in the price only', { price: rates({ form: 'fixed', when: { sizes: ['20'] }, per: ['seal'], amount: '1' }) }, { price: rates({ form: 'fixed', when: { sizes: ['40'] }, per: ['seal'], amount: '1' }) }, []],
    [
      'a gap between prices by size and one for all',
      { validTo: '2027-01-30', price: bySize('1', '2') },
      { validFrom: '2027-02-01' },
      ['error /fee/b/validFrom gap'],
    ],
    ['a gap of other conditions', { validTo: '2027-01-30', applies: { sizes: ['20'] } }, { validFrom: '2027-02-01', applies: { sizes: ['40'] } }, []],
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
    expect(found(including('a', 'stuffing', ['seal']), including('b', 'seal', ['stuffing'], { payee: 'qingtian-tally' }))).toEqual([]))
})

describe('the first day', () => {
  const codes = (validFrom: string, base?: string) => beginningIssues(validFrom, '2026-11-22', base).map(({ pointer, code }) => `${pointer} ${code}`)
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
