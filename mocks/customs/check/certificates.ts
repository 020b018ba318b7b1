import { tariffLine } from '../../../schemas/codes/tariff.ts'
import { type Finding, finding, type Item, isImport, type Message, type Row, rowsOf, textOf } from '../message.ts'
import { lettersInForce, supervisionLetters } from '../supervision.ts'

/** Used goods 旧品 among the GoodsAttr codes. */
const usedGoods = '21'
/** 出境危险货物运输包装使用鉴定结果单: presupposes 426, the performance test, which is therefore not asked for again. */
const packageAppraisal = '425'

/** Phase 6 监管证件: what the supervision letters of each HS code demand or forbid. Presence only; numbers are not looked up. */
export function checkCertificates(message: Message): Finding[] {
  const presented = new Set(rowsOf(message, 'LicenseDocu').map((row) => textOf(row, 'DocuCode')))
  return [
    ...message.items.flatMap((item) => [...checkLetters(message, item, presented), ...checkPackaging(message, item)]),
    ...rowsOf(message, 'DecGoodsLimit').flatMap(checkWriteOff),
  ]
}

function checkLetters(message: Message, item: Item, presented: ReadonlySet<string>): Finding[] {
  const letters = tariffLine(textOf(item, 'CodeTS'))?.supervision ?? []
  const direction = isImport(message) ? 'import' : 'export'
  return lettersInForce(letters, direction, textOf(message.head, 'TradeMode')).flatMap((letter) => {
    const { asks, zh } = supervisionLetters.get(letter) ?? { asks: 'attached', zh: '' }
    const used = textOf(item, 'GoodsAttr').split(',').includes(usedGoods)
    if (asks === 'document' && !presented.has(letter))
      return [finding(item, 'CodeTS', 601, `缺少监管证件${letter}（${zh}）`)]
    if (asks === 'ban' || (asks === 'used-ban' && used)) return [finding(item, 'CodeTS', 602, `${zh}（${letter}）`)]
    return []
  })
}

function checkPackaging(message: Message, item: Item): Finding[] {
  const appraised = item.licences.some((row) => textOf(row, 'LicTypeCode') === packageAppraisal)
  return isImport(message) || textOf(item, 'Uncode') === '' || appraised
    ? []
    : [finding(item, 'Uncode', 604, `出口危险货物缺少${packageAppraisal}出境危险货物运输包装使用鉴定结果单`)]
}

function checkWriteOff(row: Row): Finding[] {
  const quantity = textOf(row, 'LicWrtofQty')
  if (quantity === '') return []
  if (!/^\d+(?:\.\d+)?$/.test(quantity)) return [finding(row, 'LicWrtofQty', 603, '许可证核销数量应为数字')]
  return textOf(row, 'LicWrtofQtyUnit') === '' ? [finding(row, 'LicWrtofQtyUnit', 603, '许可证核销数量单位必填')] : []
}
