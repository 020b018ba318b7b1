import { expect, test } from 'vitest'
import type { Bill } from '../../schemas/fees/bill.ts'
import { checkBill } from '../../src/fees/bills/examine.ts'
import type { Catalogue } from '../../src/fees/catalogue.ts'
import type { Catalogues } from '../../src/fees/catalogues.ts'
import type { Problem } from '../../src/problem.ts'
import { bill, catalogue, line } from './bill-support.ts'
import { fee, payee, someCatalogue, someEntries } from './support.ts'

/** Editions as a test wants them: the first holds until the second does. */
const editions = (first: Catalogue, second?: Catalogue, from = '9999-12-31'): Catalogues => ({
  on: async (day) => (day >= from ? second : day >= first.edition.validFrom ? first : undefined),
  edition: async (number) => [first, second].find((one) => one?.edition.number === number),
  records: async () => [],
  today: () => '2026-11-21',
  refresh: () => undefined,
})
const refused = async (catalogues: Catalogues, given: Bill) =>
  checkBill(catalogues, given).then(
    () => [],
    (error: Problem) => error.errors.map(({ pointer, code }) => `${pointer} ${code}`),
  )

test('a name that two payees of the port have is refused, one of another port is not', async () => {
  const twin = (ports: string[]) =>
    someCatalogue([
      ...someEntries(),
      payee('guoyuan-two', { name: { en: 'Guoyuan Terminal', zh: '果园 码头' }, ports }),
    ])
  const named = bill([line('过磅费', '180.00')], { payee: { name: '果园码头' } })
  expect(await refused(editions(twin(['guoyuan'])), named)).toEqual(['/payee/name payee-ambiguous'])
  expect(await refused(editions(twin(['jiangbei'])), named)).toEqual([])
})

test('a fee of the edition before, or of today’s, is told to be no longer or not yet valid', async () => {
  const withExtra = (number: number) =>
    someCatalogue(
      [...someEntries(), fee('extra', { kind: 'container-repair', name: { en: 'Extra', zh: '加班费' } })],
      number,
    )
  const verdictOf = async (catalogues: Catalogues, day: string) => {
    const { lines } = await checkBill(
      catalogues,
      bill([line('加班费', '60.00')], { shipment: { ...bill([]).shipment, day } }),
    )
    return lines[0]?.verdict
  }
  const added = editions(someCatalogue(), withExtra(2), '2026-11-01')
  expect(await verdictOf(added, '2026-10-31')).toBe('not-valid')
  expect(await verdictOf(added, '2026-11-01')).toBe('right')
  const gone = editions(someCatalogue(undefined, 2), undefined)
  expect(
    await verdictOf({ ...gone, edition: async (number) => (number === 1 ? withExtra(1) : undefined) }, '2026-10-31'),
  ).toBe('not-valid')
  expect(await verdictOf(editions(catalogue), '2026-10-31')).toBe('outside-list')
})
