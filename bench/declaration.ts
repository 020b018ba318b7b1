import { adapters } from '../adapters/registry.ts'
import type { Declaration } from '../schemas/declaration/index.ts'
import { sampleDeclaration } from '../seeds/samples.ts'
import { prepareAll } from '../src/filing/compose.ts'
import { examine } from '../src/filing/examine.ts'

/** The firm whose key hands the declarations in; the sample's agent, invented. */
export const tenant = '91500112MA5U0B0037'

/** What the measured declaration must be: about 8 KB, six filings, three of which wait for nothing. */
const wanted = { leastBytes: 7_700, mostBytes: 8_500, filings: 6, goingAtOnce: 3 } as const

const models = [
  ['13', '1200', '512.5', '615000.00', '2460'],
  ['14', '800', '548', '438400.00', '1720'],
  ['15', '400', '601.25', '240500.00', '900'],
  ['16', '200', '690', '138000.00', '480'],
  ['17', '100', '745.5', '74550.00', '250'],
] as const
const totals = { amount: '1506450.00', netMassKg: '5810', grossMassKg: '6900' } as const

/**
 * Laptops by barge to Yangshan and on by sea to Rotterdam 笔记本电脑（江海联运出口）: customs, border inspection, two reports to
 * maritime, VAT refund and foreign exchange. Made from the batteries of the samples, without what makes those dangerous
 * and without Singapore, whose permit numbers end at 9,999 a day. `run`, 0 to 999,999, makes its numbers its own.
 */
export function laptops(lrn: string, run: number): Declaration {
  const sample = sampleDeclaration('ev-batteries', { lrn, on: new Date(), run })
  const { permits: _, dangerousGoods: __, statutoryQuantity2: ___, ...goods } = first(sample.goodsShipment.items)
  const items = models.map(([inches, count, unitPrice, totalPrice, netMassKg], at) => ({
    ...goods,
    sequence: at + 1,
    hsCode: '8471309000',
    name: '笔记本电脑（便携式自动数据处理设备）',
    nameEn: `PORTABLE COMPUTER, ${inches} INCH`,
    declarationElements: ['4', '0', '便携式', '含处理器、内存、固态硬盘、液晶屏', '示例牌', `SL-${inches}00`],
    quantity: { value: count, unitCode: 'C62' },
    statutoryQuantity1: { value: count, unitCode: 'C62' },
    statutoryQuantity2: { value: netMassKg, unitCode: 'KGM' },
    unitPrice,
    totalPrice,
    destinationCountry: 'NL',
    producer: { name: '重庆样例电脑有限公司' },
    grossMassKg: netMassKg,
    netMassKg,
  }))
  const { consignment } = sample.goodsShipment
  const [barge, ship] = consignment.legs
  if (barge === undefined || ship === undefined) throw new Error('The sample has two legs')
  const { customs, border, maritime, tax, fx } = sample.particulars ?? {}
  const refund = tax?.['refund'] as { invoices: [{ number: string }] }
  const receipt = fx?.['receipt'] as { advice: object }
  const { 'inland-report': inland, departure } = maritime ?? {}
  return {
    ...sample,
    goodsShipment: {
      ...sample.goodsShipment,
      consignee: { name: 'EXAMPLE COMPUTERS B.V.', countryCode: 'NL' },
      destinationCountry: 'NL',
      tradeCountry: 'NL',
      totalGrossMassKg: totals.grossMassKg,
      totalNetMassKg: totals.netMassKg,
      items,
      consignment: {
        ...consignment,
        legs: [barge, { ...ship, to: { unLocode: 'NLRTM', countryCode: 'NL' } }],
        containers: (consignment.containers ?? []).map((container) => ({
          ...container,
          goodsItemSequences: items.map(({ sequence }) => sequence),
          goodsMassKg: totals.grossMassKg,
        })),
      },
    },
    particulars: {
      ...(customs ? { customs } : {}),
      ...(border ? { border } : {}),
      maritime: { 'inland-report': inland, departure },
      tax: {
        refund: {
          cnyPerUsd: '7.1',
          invoices: items.map(({ sequence, quantity }) => ({
            ...refund.invoices[0],
            item: sequence,
            number: `${refund.invoices[0].number.slice(0, 13)}${sequence}${refund.invoices[0].number.slice(14)}`,
            quantity: quantity.value,
            taxRate: '0.13',
            refundRate: '0.13',
          })),
          exported: items.map(({ sequence, totalPrice }) => ({ item: sequence, fobUsd: totalPrice })),
        },
      },
      fx: { receipt: { ...receipt, advice: { ...receipt.advice, amount: totals.amount } } },
    },
  }
}

/** @throws {Error} when the declaration is not what the table says it is */
export function assertMeasured(): { bytes: number; filings: number; goingAtOnce: number } {
  const declaration = laptops('ASSERT-1', 1)
  const bytes = Buffer.byteLength(JSON.stringify(declaration))
  const { plan, issues } = examine(adapters, declaration, tenant)
  if (issues.length > 0 || plan === undefined) throw new Error(`It would be refused: ${JSON.stringify(issues)}`)
  const prepared = prepareAll(adapters, declaration, plan, Date.now(), () => 1)
  const found = {
    bytes,
    filings: prepared.length,
    goingAtOnce: prepared.filter(({ message }) => message !== undefined).length,
  }
  if (
    bytes < wanted.leastBytes ||
    bytes > wanted.mostBytes ||
    found.filings !== wanted.filings ||
    found.goingAtOnce !== wanted.goingAtOnce
  )
    throw new Error(`The measured declaration is not ${JSON.stringify(wanted)} but ${JSON.stringify(found)}`)
  return found
}

function first<T>(all: readonly T[]): T {
  const [one] = all
  if (one === undefined) throw new Error('The sample has an item')
  return one
}
