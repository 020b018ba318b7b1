import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { answerOf, createKeptAnswers } from '../../src/fees/kept-answers.ts'
import { type FeeFilter, pageOf, selectFees, unknownIn, wordsOf } from '../../src/fees/list.ts'
import { fee, fixed, payee, port, rates, someCatalogue } from './support.ts'

const catalogue = someCatalogue([
  port('guoyuan'),
  port('cuntan'),
  payee('guoyuan-terminal', { name: { en: 'Guoyuan Terminal', zh: '果园码头' } }),
  payee('tally-house', { name: { en: 'Tally House', zh: '理货行' } }),
  fee('weighing', { name: { en: 'Weighing', zh: '过磅费' }, aliases: ['ＶＧＭ 称重'] }),
  fee('tally', { payee: 'tally-house', kind: 'tally', name: { en: 'Tally', zh: '理箱费' } }),
  fee('dues', {
    kind: 'cargo-dues',
    nature: 'government-set',
    applies: { directions: ['import'] },
    service: { en: 'Use of the fairway', zh: '航道' },
  }),
  fee('agency', {
    port: 'cuntan',
    kind: 'customs-declaration',
    price: rates({ form: 'fixed', when: { directions: ['export'] }, per: ['bill'], amount: '190' }),
  }),
  fee('over', { validTo: '2026-03-31' }),
  fee('coming', { validFrom: '2026-07-01', price: fixed('1', 'container') }),
])
const found = (filter: FeeFilter = {}, day = '2026-05-01') => selectFees(catalogue, day, filter).map(({ id }) => id)

describe('the fees of a day', () => {
  test('are those that hold on it, by port, payee and id', () => {
    expect(found()).toEqual(['agency', 'dues', 'weighing', 'tally'])
    expect(found({}, '2026-03-31')).toEqual(['agency', 'dues', 'over', 'weighing', 'tally'])
    expect(found({}, '2026-04-01')).not.toContain('over')
    expect(found({}, '2026-06-30')).not.toContain('coming')
    expect(found({}, '2026-07-01')).toContain('coming')
    expect(found({}, '2025-12-31')).toEqual([])
  })

  test('are narrowed by port, payee, nature, kind', () => {
    expect(found({ port: 'cuntan' })).toEqual(['agency'])
    expect(found({ payee: 'tally-house' })).toEqual(['tally'])
    expect(found({ nature: 'government-set' })).toEqual(['dues'])
    expect(found({ kind: 'tally' })).toEqual(['tally'])
    expect(found({ kind: 'tally', port: 'cuntan' })).toEqual([])
  })

  test('are narrowed by direction: by the conditions of the fee, and of its rates', () => {
    expect(found({ direction: 'export' })).toEqual(['agency', 'weighing', 'tally'])
    expect(found({ direction: 'import' })).toEqual(['dues', 'weighing', 'tally'])
  })

  test.each([
    ['理箱', ['tally']],
    ['TALLY', ['tally']],
    ['过磅', ['weighing']],
    ['vgm', ['weighing']],
    ['ｖｇｍ　称重', ['weighing']],
    ['fairway', ['dues']],
    ['果园码头', ['agency', 'dues', 'weighing']],
    ['fairway 果园码头', ['dues']],
    ['fairway tally', []],
    ['  ', ['agency', 'dues', 'weighing', 'tally']],
    ['.*', []],
    ['weigh\\', []],
    ['过磅费\nWeighing', ['weighing']],
  ])('are found by words, every one of which occurs: %s', (text, ids) => {
    expect(found({ words: wordsOf(text) })).toEqual(ids)
  })

  test('are the same search however it was typed', () => {
    expect(wordsOf('  Terminal　果园 terminal ')).toEqual(wordsOf('果园 ＴＥＲＭＩＮＡＬ'))
  })

  test('come page by page, each once, to an end', () => {
    for (const limit of [1, 2, 3, 4, 5]) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const { fees, next } = pageOf(catalogue, selectFees(catalogue, '2026-05-01', {}), limit, after)
        seen.push(...fees.map(({ id }) => id))
        after = next
      } while (after !== undefined && seen.length < 10)
      expect(seen).toEqual(found())
    }
  })

  test('go on after one that is no longer selected', () => {
    const selected = selectFees(catalogue, '2026-05-01', { direction: 'export' })
    expect(pageOf(catalogue, selected, 10, 'dues').fees.map(({ id }) => id)).toEqual(['weighing', 'tally'])
    expect(pageOf(catalogue, selected, 10, 'tally')).toEqual({ fees: [], next: undefined })
    expect(() => pageOf(catalogue, selected, 10, 'nothing')).toThrow(RangeError)
  })

  test('of a port or a payee the list does not have are a mistake', () => {
    expect(unknownIn(catalogue, { port: 'guoyuan', payee: 'tally-house' })).toEqual([])
    const unknown = unknownIn(catalogue, { port: 'guoyaun', payee: 'constructor' })
    expect(unknown.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/port unknown-value',
      '/payee unknown-value',
    ])
  })
})

describe('answers that are kept', () => {
  const answer = (size: number) => answerOf(Buffer.alloc(size, 'x'))
  const never = () => {
    throw new Error('made again')
  }

  test('are made once', () => {
    const kept = createKeptAnswers(1_000, 1_000)
    const first = kept.get('a', () => answer(10))
    expect(kept.get('a', never)).toBe(first)
    expect(kept.bytes()).toBe(12)
  })

  test('take so many bytes and no more: the one not used for longest goes', () => {
    const kept = createKeptAnswers(30, 30)
    for (const question of ['a', 'b']) kept.get(question, () => answer(10))
    kept.get('a', never)
    kept.get('c', () => answer(10))
    expect(kept.bytes()).toBe(24)
    kept.get('a', never)
    expect(() => kept.get('b', never)).toThrow('made again')
  })

  test('do not push everything else out when one is too large', () => {
    const kept = createKeptAnswers(30, 20)
    kept.get('a', () => answer(10))
    expect(kept.get('big', () => answer(25)).body).toHaveLength(25)
    kept.get('a', never)
    expect(() => kept.get('big', never)).toThrow('made again')
  })

  test('are not kept when they could not be made', () => {
    const kept = createKeptAnswers(30, 30)
    expect(() => kept.get('a', never)).toThrow('made again')
    expect(kept.get('a', () => answer(1)).body).toHaveLength(1)
    expect(kept.bytes()).toBe(3)
  })

  test('are compressed once, and that counts', async () => {
    const kept = createKeptAnswers(10_000, 10_000)
    const made = kept.get('a', () => answer(5_000))
    const [first, second] = await Promise.all([kept.compressed('a', made), kept.compressed('a', made)])
    expect(second).toBe(first)
    expect(gunzipSync(first)).toEqual(made.body)
    expect(kept.bytes()).toBe(5_002 + first.byteLength)
    // One that went meanwhile is compressed all the same.
    expect(gunzipSync(await kept.compressed('b', answer(7)))).toHaveLength(7)
    expect(kept.bytes()).toBe(5_002 + first.byteLength)
  })

  test('differ in their digest when they differ in a byte', () => {
    expect(answer(10).digest).toBe(answer(10).digest)
    expect(answer(10).digest).not.toBe(answer(11).digest)
  })
})
