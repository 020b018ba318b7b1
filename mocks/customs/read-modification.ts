import type { Finding } from './message.ts'
import { isTimestamp } from './time.ts'
import { NotMyDocument, readXml, type XmlElement } from './xml.ts'

/** One field of an application to amend 修改项. */
export interface ModificationItem {
  readonly no: string
  readonly fieldCode: string
  readonly oldValue: string
  readonly newValue: string
}

/** An application to amend or cancel a declaration 修撤单 DecModMessage. Absent elements are empty. */
export interface Modification {
  readonly texts: ReadonlyMap<string, string>
  readonly items: readonly ModificationItem[]
  /** What the reader could not place, what is missing or malformed. */
  readonly findings: readonly Finding[]
}

/** Longest value of each head element, by the DecMessage's elements of the same meaning; those of this office in section 8. */
const headElements: { readonly [element: string]: number } = {
  DecModSeqNo: 18,
  Version: 10,
  DecModType: 1,
  EntryId: 18,
  CustomsCode: 4,
  TradeCode: 18,
  TradeName: 100,
  AgentCode: 10,
  AgentName: 100,
  DecModNote: 255,
  CheckMark: 10,
  DecSeqNo: 18,
  Sign: 4000,
  SignTime: 16,
  IeFlag: 1,
  OperType: 1,
  IcCode: 13,
  EntOpName: 50,
  EntOpTele: 30,
  FeedDept: 50,
  TradeCreditCode: 18,
  AgentCreditCode: 18,
  ClientSeqNo: 36,
}
const required =
  'DecModType EntryId CustomsCode DecModNote DecSeqNo SignTime IeFlag OperType EntOpName EntOpTele TradeCreditCode AgentCreditCode ClientSeqNo'.split(
    ' ',
  )
const forms: { readonly [element: string]: (text: string) => boolean } = {
  DecModSeqNo: (text) => text === '',
  DecModType: (text) => /^[12]$/.test(text),
  EntryId: (text) => /^\d{18}$/.test(text),
  DecSeqNo: (text) => /^[IE]\d{17}$/.test(text),
  SignTime: isTimestamp,
  IeFlag: (text) => /^[IE]$/.test(text),
  OperType: (text) => text === 'C',
}
const itemElements: ReadonlySet<string> = new Set([
  'No',
  'FieldCode',
  'FieldName',
  'OldValue',
  'NewValue',
  'OldName',
  'NewName',
])

/** What is wrong with an element of the application, or with one of its items. */
export const wrong = (element: string, code: number, text: string, item = ''): Finding => ({
  field: element.includes('.') ? element : `DecModMessage.${element}`,
  item,
  code,
  text,
})

/** Reads a DecModMessage. @throws {NotMyDocument} when it is not one at all. */
export function readModification(source: string): Modification {
  const root = readXml(source)
  if (root.name !== 'DecModMessage') throw new NotMyDocument(`根元素应为 DecModMessage: root is ${root.name}`)
  const findings: Finding[] = []
  const texts = new Map<string, string>()
  let items: readonly ModificationItem[] = []
  for (const child of root.children) {
    if (texts.has(child.name)) findings.push(wrong(child.name, 109, `${child.name}重复出现`))
    else if (child.name === 'Items') items = readItems(child, findings)
    else if (headElements[child.name] === undefined)
      findings.push(wrong(child.name, 101, `${child.name}不是本报文的元素`))
    else texts.set(child.name, child.text)
  }
  return { texts, items, findings: [...findings, ...checkHead(texts)] }
}

function readItems(list: XmlElement, findings: Finding[]): ModificationItem[] {
  return list.children.map((row, at) => {
    if (row.name !== 'Item') findings.push(wrong('Items', 101, `${row.name}不是本报文的元素`))
    for (const { name } of row.children)
      if (!itemElements.has(name)) findings.push(wrong('Item', 101, `${name}不是本报文的元素`, String(at + 1)))
    const text = (name: string) => row.children.find((child) => child.name === name)?.text ?? ''
    if (text('No') !== String(at + 1)) findings.push(wrong('No', 104, `序号应为${at + 1}`, String(at + 1)))
    if (text('FieldCode') === '') findings.push(wrong('FieldCode', 102, '字段代码必填', String(at + 1)))
    return { no: text('No'), fieldCode: text('FieldCode'), oldValue: text('OldValue'), newValue: text('NewValue') }
  })
}

function checkHead(texts: ReadonlyMap<string, string>): Finding[] {
  const missing = required.filter((element) => (texts.get(element) ?? '') === '')
  const filled = [...texts].filter(([, text]) => text !== '')
  return [
    ...missing.map((element) => wrong(element, 102, `${element}必填`)),
    ...filled.flatMap(([element, text]) => {
      const most = headElements[element] ?? 0
      if (Array.from(text).length > most) return [wrong(element, 103, `${element}最长${most}位`)]
      return forms[element]?.(text) === false ? [wrong(element, 104, `${element}格式不符`)] : []
    }),
  ]
}
