import { type CodeListId, findCode } from '../../schemas/codes/index.ts'
import type { XmlNode, XmlValue } from '../xml.ts'
import { type Section, sections } from './elements.ts'

/** One field that is to be another: its code, its name, both values and what the code lists call them. */
export interface FieldChange {
  readonly fieldCode: string
  readonly fieldName: string
  readonly oldValue: string
  readonly newValue: string
  readonly oldName: string
  readonly newName: string
}

/** Not a matter of the declaration's contents: the signature, and the self-declared tax, which customs computes anew. */
const leftAside = new Set(['DecSign', 'SddTax'])

/** Elements of a section; none of one this adapter carries unread. */
const tableOf = (section: string): Section =>
  Object.hasOwn(sections, section) ? sections[section as keyof typeof sections] : {}

/** Code lists 参数表 behind elements, for the names of values. Source: DecMessage 4.9.7, notes to the elements. */
const listOf: { readonly [field: string]: CodeListId } = {
  'DecHead.CustomMaster': 'customs-offices',
  'DecHead.IEPort': 'customs-offices',
  'DecHead.PurpOrgCode': 'customs-offices',
  'DecHead.TradeMode': 'supervision-modes',
  'DecHead.CutMode': 'levy-natures',
  'DecHead.TransMode': 'trade-terms',
  'DecHead.TrafMode': 'transport-modes',
  'DecHead.WrapType': 'packaging',
  'DecHead.TradeCountry': 'countries',
  'DecHead.TradeAreaCode': 'countries',
  'DecHead.DistinatePort': 'foreign-ports',
  'DecHead.DespPortCode': 'foreign-ports',
  'DecHead.EntyPortCode': 'domestic-ports',
  'DecHead.FeeCurr': 'currencies',
  'DecHead.InsurCurr': 'currencies',
  'DecHead.OtherCurr': 'currencies',
  'DecList.CodeTS': 'tariff',
  'DecList.DutyMode': 'duty-modes',
  'DecList.GUnit': 'units',
  'DecList.FirstUnit': 'units',
  'DecList.SecondUnit': 'units',
  'DecList.TradeCurr': 'currencies',
  'DecList.OriginCountry': 'countries',
  'DecList.DestinationCountry': 'countries',
  'DecList.DistrictCode': 'domestic-districts',
  'DecList.DestCode': 'admin-divisions',
  'DecList.Purpose': 'purposes',
  'DecList.DangPackSpec': 'dangerous-packaging',
  'Container.ContainerMd': 'container-specs',
  'LicenseDocu.DocuCode': 'certificate-types',
  'DecGoodsLimit.LicTypeCode': 'goods-permit-types',
  'DecGoodsLimit.LicWrtofQtyUnit': 'units',
  'DecOtherPack.PackType': 'packaging',
  'EdocRealation.EdocCode': 'document-types',
}

interface Field {
  readonly fieldCode: string
  readonly section: string
  /** Numbers of the row, as `2` or `2-1`; '' where the section has no rows. */
  readonly place: string
  readonly element: string
  readonly value: string
}

/** Every filled element of a document by its field code: section, numbers of the row, element. */
function fieldsOf(message: XmlNode): Map<string, Field> {
  const fields = new Map<string, Field>()
  const walk = (node: XmlNode, section: string, numbers: readonly number[]) => {
    for (const [name, value] of Object.entries(node))
      if (!name.startsWith('@') && value !== undefined) enter(name, value, section, numbers)
  }
  const enter = (name: string, value: NonNullable<XmlValue>, section: string, numbers: readonly number[]) => {
    if (Array.isArray(value)) {
      for (const [at, row] of (value as readonly (string | XmlNode)[]).entries())
        if (typeof row !== 'string') walk(row, name, [...numbers, at + 1])
    } else if (typeof value !== 'string') walk(value as XmlNode, name, numbers)
    else if (value !== '' && section !== '') {
      const place = numbers.join('-')
      const fieldCode = [section, place, name].filter((part) => part !== '').join('.')
      fields.set(fieldCode, { fieldCode, section, place, element: name, value })
    }
  }
  for (const [name, value] of Object.entries(message))
    if (!name.startsWith('@') && !leftAside.has(name) && value !== undefined) enter(name, value, '', [])
  return fields
}

const sectionOrder: readonly string[] = Object.keys(sections)
const elementOrder = ({ section, element }: Field): number => Object.keys(tableOf(section)).indexOf(element)

/** Section by section, row by row, within a row in the order of the wire. */
const byPlace = (one: Field, other: Field): number =>
  sectionOrder.indexOf(one.section) - sectionOrder.indexOf(other.section) ||
  one.place.localeCompare(other.place, 'en', { numeric: true }) ||
  elementOrder(one) - elementOrder(other)

/** What differs between two documents 修改前后差异: head, goods by number, and what stands beside them. */
export function differencesOf(before: XmlNode, after: XmlNode): FieldChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const all = new Map([...old, ...now])
  const changed = [...all.values()].filter(({ fieldCode }) => old.get(fieldCode)?.value !== now.get(fieldCode)?.value)
  return changed.sort(byPlace).map((field) => {
    const [was, is] = [old.get(field.fieldCode), now.get(field.fieldCode)]
    return {
      fieldCode: field.fieldCode,
      fieldName: nameOf(field),
      oldValue: was?.value ?? '',
      newValue: is?.value ?? '',
      oldName: meaningOf(field, was?.value),
      newName: meaningOf(field, is?.value),
    }
  })
}

/** What a person calls the field: the number of the goods item before the name of the element. */
function nameOf({ section, place, element }: Field): string {
  const zh = tableOf(section)[element]?.[0] ?? element
  if (place === '') return zh
  const [item, row] = place.split('-')
  if (section === 'DecList') return `商品序号${item}：${zh}`
  return row === undefined ? `第${item}行：${zh}` : `商品序号${item}第${row}行：${zh}`
}

function meaningOf({ section, element }: Field, value: string | undefined): string {
  const field = `${section}.${element}`
  const list = Object.hasOwn(listOf, field) ? listOf[field] : undefined
  return value === undefined || list === undefined ? '' : (findCode(list, value)?.zh ?? '')
}
