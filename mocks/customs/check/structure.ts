import { type ElementRule, elementsOf, retired } from '../elements.ts'
import { type Finding, finding, isDraft, isImport, type Message, type Row, stepOf, textOf } from '../message.ts'
import { isDate, isTimestamp } from '../time.ts'
import { summaryElements } from './summary.ts'

export const maxItems = 50

/** Elements with a form of their own, and how it is said to a person. */
const patterns: { readonly [field: string]: readonly [RegExp, string] } = {
  'DecHead.SeqNo': [/^[IE]\d{17}$/, 'I或E加17位数字'],
  'DecHead.AgentCodeScc': [/^[0-9A-Z]{18}$/, '18位统一社会信用代码'],
  'DecHead.TradeCoScc': [/^[0-9A-Z]{18}$/, '18位统一社会信用代码'],
  'DecHead.OwnerCodeScc': [/^[0-9A-Z]{18}$/, '18位统一社会信用代码'],
  'DecHead.CopCodeScc': [/^[0-9A-Z]{18}$/, '18位统一社会信用代码'],
  'DecHead.PromiseItmes': [/^[019]{3}(?:[019]{2})?$/, '5位（旧版3位），每位为1、0或9'],
  'DecList.CodeTS': [/^\d{10}$/, '10位数字'],
  'Container.GoodsNo': [/^\d+(?:,\d+)*$/, '商品序号，以逗号分隔'],
}

/** Required by the published table, yet left empty in files the real customs accepted. */
const lifted: { readonly [field: string]: (message: Message) => boolean } = {
  'DecHead.Type': () => true, // blank is the general declaration
  'DecSign.Sign': () => true, // the channel authenticates its client
  'DecHead.DespPortCode': (message) => !isImport(message),
  'DecHead.GoodsPlace': (message) => !isImport(message),
  'DecList.SecondQty': () => true, // hangs on the units of the HS code: check/arithmetic.ts
}

/** Phase 1 结构: elements, required sets, lengths, forms, numbering of the items. */
export function checkStructure(message: Message): Finding[] {
  const found = [...message.misplaced]
  if (message.version === '')
    found.push({ field: 'DecMessage.version', item: '', code: 108, text: '报文版本号version缺失' })
  for (const row of message.rows) found.push(...checkRow(message, row))
  if (!['C', 'G', ''].includes(textOf(message.sign, 'OperType')))
    found.push(finding(message.sign, 'OperType', 107, '操作类型OperType只受理C(申报)和G(暂存)'))
  if (!isDraft(message) && (message.items.length < 1 || message.items.length > maxItems))
    found.push({ field: 'DecMessage.DecLists', item: '', code: 105, text: `商品项数应为1至${maxItems}` })
  message.items.forEach((item, index) => {
    const number = textOf(item, 'GNo')
    if (number !== '' && number !== String(index + 1))
      found.push(finding(item, 'GNo', 106, `商品序号应为${index + 1}，实为${number}`))
  })
  if (!isImport(message) && textOf(message.head, 'IEDate') !== '')
    found.push(finding(message.head, 'IEDate', 104, '出口时进出口日期IEDate免填'))
  return found
}

/** Retired elements that were filled all the same: said, never refused. */
export function warningsOf(message: Message): Finding[] {
  return message.rows.flatMap((row) =>
    [...row.texts]
      .filter(([element, text]) => text !== '' && retired.has(`${row.section}.${element}`))
      .map(([element]) => finding(row, element, 0, '已停用，忽略')),
  )
}

function checkRow(message: Message, row: Row): Finding[] {
  const found: Finding[] = []
  for (const [element, rule] of elementsOf(row.section)) {
    const text = textOf(row, element)
    const field = `${row.section}.${element}`
    if (retired.has(field)) continue
    if (text === '') {
      if (isRequired(message, field, rule) && !lifted[field]?.(message))
        found.push(finding(row, element, 102, `${rule.zh}(${element})必填`))
      continue
    }
    const misfit = misfitOf(text, rule)
    if (misfit !== undefined) found.push(finding(row, element, misfit.code, `${rule.zh}(${element})${misfit.text}`))
    const [pattern, form] = patterns[field] ?? []
    const inBrief = field === 'DecList.CodeTS' && stepOf(message) === '5' && /^\d{6}$/.test(text)
    if (!inBrief && pattern?.test(text) === false)
      found.push(finding(row, element, 104, `${rule.zh}(${element})应为${form}`))
  }
  return found
}

function isRequired(message: Message, field: string, rule: ElementRule): boolean {
  const [section = ''] = field.split('.')
  if (stepOf(message) === '5' && !isDraft(message) && ['DecHead', 'DecList'].includes(section))
    return summaryElements.has(field)
  return rule.required === 'draft' || (rule.required === 'declare' && !isDraft(message))
}

function misfitOf(text: string, { type, length }: ElementRule): { code: number; text: string } | undefined {
  const [whole = 0, fraction = 0] = length.split(',').map(Number)
  switch (type) {
    case 'Decimal':
      if (!/^\d+(?:\.\d+)?$/.test(text)) return { code: 104, text: '应为数字' }
      return decimalFits(text, whole, fraction)
        ? undefined
        : { code: 103, text: `最多${whole}位，其中小数${fraction}位` }
    case 'Integer':
      if (!/^\d+$/.test(text)) return { code: 104, text: '应为整数' }
      break
    case 'Date':
      return isDate(text) ? undefined : { code: 104, text: '应为日期yyyyMMdd' }
    case 'DateTime':
      return isTimestamp(text) ? undefined : { code: 104, text: '应为时间yyyyMMddHHmmssSS' }
  }
  return whole > 0 && Array.from(text).length > whole ? { code: 103, text: `最长${whole}位` } : undefined
}

function decimalFits(text: string, digits: number, fraction: number): boolean {
  const [before = '', after = ''] = text.split('.')
  return after.length <= fraction && before.length <= digits - fraction
}
