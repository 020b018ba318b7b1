import { expect, test } from 'vitest'
import { declaration } from '../../schemas/declaration/index.ts'
import type { Proposal } from '../../src/proposal/propose.ts'
import { proposalOf, sample, told } from './documents.ts'

const leaves = (value: unknown, at = ''): string[] =>
  Array.isArray(value) && value.every((one) => typeof one !== 'object')
    ? [at]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${at}/${key}`))
      : [at]

test.each(['laptops', 'ev-batteries'])('the samples of %s propose what is kept here, to the letter', async (name) => {
  const proposal = await proposalOf(sample(`${name}-invoice.csv`), sample(`${name}-packing-list.csv`))
  await expect(`${JSON.stringify(proposal, null, 2)}\n`).toMatchFileSnapshot(`golden/${name}.json`)
  const again = await proposalOf(sample(`${name}-packing-list.csv`), sample(`${name}-invoice.csv`))
  expect(again.document).toEqual(proposal.document)
  expect(again.guesses).toEqual(proposal.guesses)
})

test.each(['laptops', 'ev-batteries'])(
  'every field of %s has exactly one guess, with a cell and its reason',
  async (name) => {
    const { document, guesses } = await proposalOf(sample(`${name}-invoice.csv`), sample(`${name}-packing-list.csv`))
    expect(guesses.map(({ pointer }) => pointer).toSorted()).toEqual(leaves(document).toSorted())
    expect(guesses.every(({ source }) => /^[A-Z]+\d+$/.test(source.cell ?? ''))).toBe(true)
    expect(guesses.every(({ because }) => because.en !== '' && because.zh !== '')).toBe(true)
  },
)

test.each(['laptops', 'ev-batteries'])(
  'what is proposed of %s has the right form: only what no document says is missing',
  async (name) => {
    const { document } = await proposalOf(sample(`${name}-invoice.csv`), sample(`${name}-packing-list.csv`))
    const checked = declaration.safeParse(document)
    const wrong = (checked.error?.issues ?? []).filter(({ message }) => !/received undefined/.test(message))
    expect(wrong).toEqual([])
  },
)

test('what the laptops’ papers say reaches its place', async () => {
  const proposal = await proposalOf(sample('laptops-invoice.csv'), sample('laptops-packing-list.csv'))
  const at = (pointer: string) => told(proposal, pointer)
  expect(proposal.issues).toEqual([])
  expect(proposal.files).toEqual([
    { name: 'laptops-invoice.csv', kind: 'invoice', lines: 2 },
    { name: 'laptops-packing-list.csv', kind: 'packing-list', lines: 2 },
  ])
  expect(at('/direction')).toBe('derived export')
  expect(at('/goodsShipment/exporter/id')).toBe('read 91500106MA5U0C102B')
  expect(at('/goodsShipment/consignee/countryCode')).toBe('derived SG')
  expect(at('/goodsShipment/tradeTerms/conditionCode')).toBe('read FOB')
  expect(at('/goodsShipment/consignment/legs/0/from/terminal')).toBe('derived 果园港')
  expect(at('/goodsShipment/consignment/legs/1/conveyance/name')).toBe('read EXAMPLE PIONEER')
  expect(at('/goodsShipment/consignment/containers/0/id')).toBe('read CQSU1234564')
  expect(at('/goodsShipment/items/1/netMassKg')).toBe('read 410')
  expect(at('/goodsShipment/items/0/statutoryQuantity2/value')).toBe('derived 2050')
})

test('a code of six digits is completed only as a guess, and the others that begin so stand beside it', async () => {
  const proposal = await proposalOf(sample('ev-batteries-invoice.csv'))
  const code = guessAt(proposal, '/goodsShipment/items/0/hsCode')
  expect(code).toMatchObject({ value: '8507600020', sure: 'guessed' })
  expect(code?.alternatives?.map(({ value }) => value)).toEqual(['8507600010', '8507600090'])
})

test('a sheet in GB18030, parted by semicolons, with commas for points, reads the same', async () => {
  const proposal = await proposalOf(sample('ev-batteries-packing-list.csv'))
  expect(told(proposal, '/goodsShipment/totalGrossMassKg')).toBe('read 18450')
  expect(told(proposal, '/goodsShipment/items/0/name')).toBe('read 电动汽车用锂离子蓄电池系统')
  expect(told(proposal, '/goodsShipment/consignment/containers/0/typeCode')).toBe('derived 45G1')
})

const guessAt = ({ guesses }: Proposal, pointer: string) => guesses.find((one) => one.pointer === pointer)
