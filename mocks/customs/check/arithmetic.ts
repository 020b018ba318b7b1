import { Big } from 'big.js'
import { tariffLine } from '../../../schemas/codes/tariff.ts'
import { type Finding, finding, type Item, type Message, type Row, rowsOf, textOf } from '../message.ts'

/** Phase 5 数量金额: weights, totals, units, references between rows. */
export function checkArithmetic(message: Message): Finding[] {
  return [...checkWeights(message), ...message.items.flatMap(checkItem), ...checkReferences(message)]
}

function checkWeights({ head }: Message): Finding[] {
  const found = ['GrossWet', 'NetWt', 'PackNo'].flatMap((element) => demandPositive(head, element))
  if (number(head, 'NetWt').gt(number(head, 'GrossWet'))) found.push(finding(head, 'NetWt', 501, '净重大于毛重'))
  return found
}

function checkItem(item: Item): Finding[] {
  const found = ['GQty', 'FirstQty', 'DeclTotal'].flatMap((element) => demandPositive(item, element))

  const quantity = number(item, 'GQty')
  // The price carries four decimals, so its rounding alone may move the total by half of the last one per unit.
  const tolerance = quantity.times('0.00005').plus('0.01')
  const total = number(item, 'DeclPrice').times(quantity)
  if (total.minus(number(item, 'DeclTotal')).abs().gt(tolerance))
    found.push(finding(item, 'DeclTotal', 502, `申报总价应为单价×数量=${total.toFixed(2)}`))
  if (textOf(item, 'GUnit') === textOf(item, 'FirstUnit') && !quantity.eq(number(item, 'FirstQty')))
    found.push(finding(item, 'FirstQty', 508, '成交单位与法定单位相同，数量应一致'))
  return [...found, ...checkUnits(item)]
}

function checkUnits(item: Item): Finding[] {
  const line = tariffLine(textOf(item, 'CodeTS'))
  const [first, second = ''] = line?.statutoryUnits ?? [textOf(item, 'FirstUnit'), textOf(item, 'SecondUnit')]
  const found: Finding[] = []
  if (textOf(item, 'FirstUnit') !== first) found.push(finding(item, 'FirstUnit', 503, `法定第一计量单位应为${first}`))
  if (textOf(item, 'SecondUnit') !== second)
    found.push(finding(item, 'SecondUnit', 504, second === '' ? '无法定第二计量单位' : `法定第二计量单位应为${second}`))
  if ((textOf(item, 'SecondQty') === '') !== (second === ''))
    found.push(finding(item, 'SecondQty', 505, second === '' ? '第二法定数量应为空' : '第二法定数量必填'))
  else if (second !== '' && !number(item, 'SecondQty').gt(0))
    found.push(finding(item, 'SecondQty', 507, 'SecondQty应大于零'))
  return found
}

function checkReferences(message: Message): Finding[] {
  const places = new Set(message.items.map(({ item }) => item))
  const containers = rowsOf(message, 'Container')
    .filter(
      (row) =>
        !textOf(row, 'GoodsNo')
          .split(',')
          .every((place) => places.has(place)),
    )
    .map((row) => finding(row, 'GoodsNo', 506, `集装箱商品项号${textOf(row, 'GoodsNo')}不存在`))
  const licences = rowsOf(message, 'DecGoodsLimit')
    .filter((row) => textOf(row, 'GoodsNo') !== row.item)
    .map((row) => finding(row, 'GoodsNo', 506, `许可证商品序号应为${row.item}`))
  const taxes = ['SddTaxList', 'SddTaxDetail']
    .flatMap((section) => rowsOf(message, section))
    .filter((row) => !places.has(textOf(row, 'GNo')))
    .map((row) => finding(row, 'GNo', 506, `报税单商品序号${textOf(row, 'GNo')}不存在`))
  return [...containers, ...licences, ...taxes]
}

function demandPositive(row: Row, element: string): Finding[] {
  return number(row, element).gt(0) ? [] : [finding(row, element, 507, `${element}应大于零`)]
}

/** Phase 1 has seen to it that what is filled is a number. */
function number(row: Row, element: string): Big {
  return new Big(textOf(row, element) || '0')
}
