import { expect, test } from 'vitest'
import type { Fee } from '../../schemas/fees/entries.ts'
import { feeCatalogueSeeds } from '../../seeds/fees.ts'
import type { Language } from '../../src/problem.ts'
import { type FeeValues, feeFrom, fieldName, valuesFrom, valuesOf } from '../../src/web/admin/fee-values.ts'
import { publishable } from '../fees/published.ts'
import { fee, fixed, rates } from '../fees/support.ts'

// A fee in a form 收费项目表单: what is shown is what was there, what is written is what is meant.
const languages: readonly Language[] = ['zh', 'en']
const fees = [...publishable(), ...feeCatalogueSeeds().flatMap(({ entries }) => entries)].flatMap((entry) =>
  entry.type === 'fee' ? [entry] : [],
)

/** The values as a browser sends them. */
function sent({ own, payers, rates: rows, exemptions }: FeeValues): URLSearchParams {
  const form = new URLSearchParams()
  const lines = (text = '') => text.replaceAll('\n', '\r\n')
  for (const [name, value] of Object.entries(own)) if (name !== 'payers') form.append(name, lines(value))
  for (const one of payers) form.append('payers', one)
  for (const part of [rows, exemptions])
    part.forEach((row, at) => {
      for (const [name, value] of Object.entries(row)) form.append(fieldName(name as 'amount', at), lines(value))
    })
  return form
}
const again = (id: string, content: Fee, language: Language) =>
  feeFrom(valuesFrom(sent(valuesOf(id, content, language))), language)

test('a form that is sent as it was shown is the fee that was there, in either language', () => {
  expect(fees.length).toBeGreaterThan(150)
  for (const language of languages)
    for (const { id, content } of fees) expect(again(id, content, language)).toEqual({ id, fee: content })
})

test('so it is with every shape a price can have, and with texts that look like something else', () => {
  const odd = { en: 'a; b | c \\ "d"', zh: '<script>一；二</script>\n第二行' }
  const all: Partial<Fee>[] = [
    { aliases: ['甲；乙', '"丙"', '=SUM(A1)'], note: odd, service: odd },
    { price: { kind: 'agreement', currency: 'CNY', disclosure: odd, reference: [] } },
    { price: { kind: 'agreement', currency: 'CNY', disclosure: odd } },
    { price: { kind: 'pass-through', currency: 'CNY', of: odd } },
    { price: fixed('0.0450', { largerOf: ['tonne', 'cubic-metre'] }, 'haulage-kilometre') },
    {
      exemptions: [{ text: odd, event: 'inspection-clean' }, { text: odd, when: { states: ['empty'] } }, { text: odd }],
    },
    { exemptions: [], basis: [], aliases: [], includes: [] },
    { validTo: '2026-12-31', arises: { when: 'on-event', event: 'damage' }, applies: {} },
  ]
  for (const language of languages)
    for (const changes of all) {
      const { id, content } = fee('odd-one', changes)
      expect(again(id, content, language)).toEqual({ id, fee: content })
    }
})

const wrong = (values: FeeValues, language: Language = 'en') => {
  const read = feeFrom(values, language)
  return 'wrong' in read ? Object.fromEntries(read.wrong) : {}
}
const plain = () =>
  valuesOf('some', fee('some', { price: rates({ form: 'fixed', per: ['container'], amount: '1' }) }).content, 'en')

test('what is wrong is told at its field, all of it at once', () => {
  const { own, rates: rows, ...others } = plain()
  const found = wrong({
    ...others,
    own: { ...own, nameZh: '', kind: 'nonsense', telephone: 'x', validTo: 'soon' },
    rates: [
      { ...rows[0], amount: '-5', when: 'sizes=99', per: 'parsec' },
      {},
      { form: 'range', per: 'bill', least: '5', most: '2' },
    ],
    payers: [],
  })
  expect(Object.keys(found).sort()).toEqual([
    'kind',
    'nameZh',
    'payers',
    'rate.0.amount',
    'rate.0.per',
    'rate.0.when',
    'rate.2.most',
    'telephone',
    'validTo',
  ])
  expect(found['rate.0.amount']).toEqual(['An amount cannot be negative'])
  // A pattern is no help to anybody.
  expect(found['telephone']?.join()).not.toMatch(/[\^$]/)
})

test('a rate that is emptied is taken out, wherever it stands', () => {
  const { rates: rows, ...others } = plain()
  const [row = {}] = rows
  const read = feeFrom({ ...others, rates: [{}, { ...row, amount: ' ' }, { ...row, amount: '7' }] }, 'en')
  expect('wrong' in read).toBe(true)
  const kept = feeFrom({ ...others, rates: [{}, {}, { ...row, amount: '7' }] }, 'en')
  expect('fee' in kept && kept.fee.price).toEqual(fixed('7', 'container'))
})

test('a form of a hundred thousand rows is not read to its end', () => {
  const form = new URLSearchParams({ 'rate.99999.amount': '1', 'rate.999.amount': '1' })
  expect(valuesFrom(form).rates.length).toBeLessThanOrEqual(200)
})
