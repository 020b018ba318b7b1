import { describe, expect, test } from 'vitest'
import { completeLine, moveGoods, sumsOf } from '../../src/web/drafting/goods.ts'

describe('lines of goods', () => {
  test('are added, duplicated and taken out; numbers and containers follow', () => {
    const document = {
      goodsShipment: {
        items: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
        consignment: { containers: [{ goodsItemSequences: [1, 2, 3] }] },
      },
    }
    const less = moveGoods(document, { do: 'remove', index: 1 })
    expect(less).toMatchObject({
      goodsShipment: {
        items: [
          { name: 'a', sequence: 1 },
          { name: 'c', sequence: 2 },
        ],
        consignment: { containers: [{ goodsItemSequences: [1, 2] }] },
      },
    })
    expect(moveGoods(less, { do: 'duplicate', index: 0 })).toMatchObject({
      goodsShipment: { items: [{}, {}, { name: 'a', sequence: 3 }] },
    })
    expect(moveGoods({}, { do: 'add' })).toEqual({ goodsShipment: { items: [{ sequence: 1 }] } })
    expect(moveGoods(document, { do: 'remove', index: 9 })).toBe(document)
  })

  test('get the units of their tariff line and the total of their price, where nobody said otherwise', () => {
    const line = { hsCode: '8471301000', unitPrice: '3.10', quantity: { value: '7', unitCode: 'C62' } }
    expect(completeLine({ goodsShipment: { items: [line] } }, 0)).toMatchObject({
      goodsShipment: {
        items: [
          {
            sequence: 1,
            totalPrice: '21.7',
            statutoryQuantity1: { unitCode: 'C62' },
            statutoryQuantity2: { unitCode: 'KGM' },
          },
        ],
      },
    })
  })

  test('add up to decimals, and to nothing where a line says nothing', () => {
    const items = (...masses: (string | undefined)[]) => ({
      goodsShipment: { items: masses.map((netMassKg) => ({ netMassKg })) },
    })
    expect(sumsOf(items('0.1', '0.2')).netMassKg).toBe('0.3')
    expect(sumsOf(items('1', undefined)).netMassKg).toBeUndefined()
    expect(sumsOf(items('x')).netMassKg).toBeUndefined()
  })
})
