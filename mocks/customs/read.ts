import { elementsOf } from './elements.ts'
import { type Finding, finding, type Item, isSelfDeclared, type Message, type Row } from './message.ts'
import { NotMyDocument, readXml, type XmlElement } from './xml.ts'

export const namespace = 'http://www.chinaport.gov.cn/dec'

/** Sections that are one row. */
const singles: ReadonlySet<string> = new Set(['DecHead', 'DecSign', 'DecFreeTxt'])
/** Sections that repeat without a wrapper. `EdocRealation` sic. */
const repeated: ReadonlySet<string> = new Set(['EdocRealation', 'EcoRelation'])
/** Wrappers and the rows they hold. */
const lists: ReadonlyMap<string, string> = new Map([
  ['DecLicenseDocus', 'LicenseDocu'],
  ['DecContainers', 'Container'],
  ['DecRequestCerts', 'DecRequestCert'],
  ['DecOtherPacks', 'DecOtherPack'],
  ['DecCopLimits', 'DecCopLimit'],
  ['DecUsers', 'DecUser'],
  ['DecCopPromises', 'DecCopPromise'],
])
/** Sections taken unread: this office does not act on them. */
const unread: ReadonlySet<string> = new Set([
  'DecMarkLobs',
  'TrnHead',
  'TrnList',
  'TrnContainers',
  'TrnContaGoodsList',
  'DecRisk',
  'DecSupplementLists',
  'DecRoyaltyFee',
  'DecTpAccess',
  'DecControlModel',
])

/** Reads a DecMessage 报关单报文. @throws {NotMyDocument} when it is not one at all. */
export function readDeclaration(source: string): Message {
  const root = readXml(source)
  if (root.name !== 'DecMessage') throw new NotMyDocument(`根元素应为 DecMessage: root is ${root.name}`)
  if (root.attributes['xmlns'] !== namespace) throw new NotMyDocument(`命名空间应为 ${namespace}: namespace differs`)

  const misplaced: Finding[] = []
  const rows: Row[] = []
  const items: Item[] = []
  const seen = new Set<string>()

  for (const section of root.children) {
    const { name } = section
    if (!repeated.has(name) && seen.has(name)) misplaced.push(misplacedAt('DecMessage', name, '', 109, '重复出现'))
    seen.add(name)
    if (singles.has(name) || repeated.has(name)) rows.push(readRow(section, name, '', misplaced))
    else if (name === 'DecLists') items.push(...readItems(section, misplaced))
    else if (lists.has(name)) rows.push(...readList(section, lists.get(name) ?? '', '', misplaced))
    else if (name === 'SddTax') continue
    else if (!unread.has(name)) misplaced.push(misplacedAt('DecMessage', name, '', 101, '不是本报文的元素'))
  }

  const first = (section: string) =>
    rows.find((row) => row.section === section) ?? { section, item: '', texts: new Map<string, string>() }
  const head = first('DecHead')
  const sign = first('DecSign')
  const sddTax = root.children.find(({ name }) => name === 'SddTax')
  if (sddTax !== undefined && isSelfDeclared(head)) rows.push(...readSddTax(sddTax, misplaced))
  const others = rows.filter((row) => row !== head && row !== sign)
  return {
    version: root.attributes['version'] ?? root.attributes['Version'] ?? '',
    head,
    sign,
    items,
    rows: [head, ...items.flatMap((item) => [item, ...item.licences]), ...others, sign],
    misplaced,
  }
}

/** The self-declared tax 报税单: a head, the items, and one row for each tax of each item. */
function readSddTax(section: XmlElement, misplaced: Finding[]): Row[] {
  return section.children.flatMap((part) => {
    if (part.name === 'SddTaxHead') return [readRow(part, part.name, '', misplaced)]
    if (part.name === 'SddTaxLists') return readList(part, 'SddTaxList', '', misplaced)
    if (part.name === 'SddTaxDetails') return readTaxes(part, misplaced)
    misplaced.push(misplacedAt('SddTax', part.name, '', 101, '不是本报文的元素'))
    return []
  })
}

function readTaxes(wrapper: XmlElement, misplaced: Finding[]): Row[] {
  const seen = new Set<string>()
  return readList(wrapper, 'SddTaxDetail', '', misplaced).filter((row) => {
    const tax = `${row.texts.get('GNo') ?? ''} ${row.texts.get('TaxType') ?? ''}`
    if (seen.has(tax)) misplaced.push(finding(row, 'TaxType', 109, `商品序号及税种${tax}重复出现`))
    return seen.size < seen.add(tax).size
  })
}

function readItems(wrapper: XmlElement, misplaced: Finding[]): Item[] {
  const places = wrapper.children.filter(({ name }) => name === 'DecList')
  for (const { name } of wrapper.children)
    if (name !== 'DecList') misplaced.push(misplacedAt('DecLists', name, '', 101, '不是本报文的元素'))
  return places.map((element, index) => {
    const place = String(index + 1)
    const row = readRow(element, 'DecList', place, misplaced, ['DecGoodsLimits'])
    const licences = element.children
      .filter(({ name }) => name === 'DecGoodsLimits')
      .flatMap((limits) => readList(limits, 'DecGoodsLimit', place, misplaced, 'DecGoodsLimitVin'))
    return { ...row, licences }
  })
}

/** The rows of a list; rows of `nested` (VIN rows in a licence row) follow the row they stand in. */
function readList(wrapper: XmlElement, section: string, item: string, misplaced: Finding[], nested?: string): Row[] {
  return wrapper.children.flatMap((element) => {
    if (element.name !== section) {
      misplaced.push(misplacedAt(wrapper.name, element.name, item, 101, '不是本报文的元素'))
      return []
    }
    const inner = nested === undefined ? [] : element.children.filter(({ name }) => name === nested)
    return [
      readRow(element, section, item, misplaced, nested === undefined ? [] : [nested]),
      ...inner.map((child) => readRow(child, nested ?? '', item, misplaced)),
    ]
  })
}

function readRow(
  element: XmlElement,
  section: string,
  item: string,
  misplaced: Finding[],
  wrappers: string[] = [],
): Row {
  const known = elementsOf(section)
  const texts = new Map<string, string>()
  const row: Row = { section, item, texts }
  for (const child of element.children) {
    if (wrappers.includes(child.name)) continue
    if (!known.has(child.name)) misplaced.push(finding(row, child.name, 101, `${child.name}不是本报文的元素`))
    else if (texts.has(child.name)) misplaced.push(finding(row, child.name, 109, `${child.name}重复出现`))
    else if (child.children.length > 0) misplaced.push(finding(row, child.name, 104, `${child.name}应为文本`))
    else texts.set(child.name, child.text)
  }
  return row
}

function misplacedAt(parent: string, name: string, item: string, code: number, text: string): Finding {
  return { field: `${parent}.${name}`, item, code, text: `${name}${text}` }
}
