import { Big } from 'big.js'
import { elementsOf } from './elements.ts'
import type { Finding, Item, Message, Row } from './message.ts'
import { modificationRules } from './parameters.ts'
import { type ModificationItem, wrong } from './read-modification.ts'

/** Sections whose rows an application may amend, and how deep their numbers go. Head and free text have no rows. */
const depthOf: { readonly [section: string]: number } = {
  DecHead: 0,
  DecFreeTxt: 0,
  DecList: 1,
  DecGoodsLimit: 2,
  DecGoodsLimitVin: 3,
  Container: 1,
  LicenseDocu: 1,
  DecRequestCert: 1,
  DecOtherPack: 1,
  DecCopLimit: 1,
  DecUser: 1,
  DecCopPromise: 1,
  EdocRealation: 1,
  EcoRelation: 1,
}

interface Placed {
  readonly section: string
  /** Numbers of the row, as `2` or `2-1`; '' where there are no rows. */
  readonly place: string
  readonly element: string
}

/** The element a FieldCode names; undefined when it names none. */
function placeOf(fieldCode: string): Placed | undefined {
  const [section = '', ...rest] = fieldCode.split('.')
  const depth = Object.hasOwn(depthOf, section) ? depthOf[section] : undefined
  const [place, element] = depth === 0 ? ['', rest[0]] : [rest[0] ?? '', rest[1]]
  if (depth === undefined || element === undefined || rest.length !== (depth === 0 ? 1 : 2)) return undefined
  const numbered = depth === 0 ? place === '' : place.split('-').length === depth && /^[\d-]+$/.test(place)
  return numbered && elementsOf(section).has(element) ? { section, place, element } : undefined
}

const keyOf = (section: string, place: string) => `${section}.${place}`

/** The rows of a declaration by section and place, in the order of the document. */
function rowsByPlace(message: Message): Map<string, Row> {
  const rows = new Map<string, Row>()
  const counts = new Map<string, number>()
  const next = (counter: string) => {
    counts.set(counter, (counts.get(counter) ?? 0) + 1)
    return String(counts.get(counter))
  }
  let licence = ''
  for (const row of message.rows) {
    const { section, item } = row
    const depth = depthOf[section]
    if (depth === undefined) continue
    let place = ''
    if (section === 'DecList') place = item
    else if (section === 'DecGoodsLimit') licence = place = `${item}-${next(`limit ${item}`)}`
    else if (section === 'DecGoodsLimitVin') place = `${licence}-${next(`vin ${licence}`)}`
    else if (depth > 0) place = next(section)
    rows.set(keyOf(section, place), row)
  }
  return rows
}

const isSame = (held: string, told: string) =>
  held === told || (/^\d+(?:\.\d+)?$/.test(held) && /^\d+(?:\.\d+)?$/.test(told) && new Big(held).eq(told))

/** A declaration as it would stand after an application, or what stands against it. */
export function amend(message: Message, items: readonly ModificationItem[]): Message | Finding[] {
  const rows = new Map([...rowsByPlace(message)].map(([key, row]) => [key, new Map(row.texts)]))
  const findings: Finding[] = []
  for (const { fieldCode, oldValue, newValue, no } of items) {
    const placed = placeOf(fieldCode)
    if (placed === undefined) {
      findings.push(wrong('FieldCode', 814, `字段代码${fieldCode}不存在`, no))
      continue
    }
    const { section, place, element } = placed
    const key = keyOf(section, place)
    const texts = rows.get(key) ?? new Map<string, string>()
    if (section === 'DecHead' && modificationRules.fixed.has(element))
      findings.push(wrong(fieldCode, 813, `${element}不得修改，请撤销后重新申报`, no))
    else if (!isSame(texts.get(element) ?? '', oldValue))
      findings.push(wrong(fieldCode, 811, `${fieldCode}原值应为“${texts.get(element) ?? ''}”`, no))
    texts.set(element, newValue)
    rows.set(key, texts)
  }
  const kept = [...rows].filter(([, texts]) => [...texts.values()].some((text) => text !== ''))
  const amended = assembled(message, new Map(kept))
  if (amended === undefined) findings.push(wrong('Items', 814, '增减的行号不连续'))
  return findings.length > 0 || amended === undefined ? findings : amended
}

/** A declaration put together from its rows; undefined when their numbers have a gap. */
function assembled(message: Message, rows: ReadonlyMap<string, ReadonlyMap<string, string>>): Message | undefined {
  let used = 0
  const rowAt = (section: string, place: string, item: string): Row | undefined => {
    const texts = rows.get(keyOf(section, place))
    if (texts === undefined) return undefined
    used++
    return { section, item, texts }
  }
  const run = (section: string, under: string, itemOf: (place: string) => string): { place: string; row: Row }[] => {
    const found: { place: string; row: Row }[] = []
    for (let at = 1; ; at++) {
      const place = under === '' ? String(at) : `${under}-${at}`
      const row = rowAt(section, place, itemOf(place))
      if (row === undefined) return found
      found.push({ place, row })
    }
  }
  const head = rowAt('DecHead', '', '') ?? message.head
  const free = rowAt('DecFreeTxt', '', '')
  const items: Item[] = run('DecList', '', (place) => place).map(({ place: item, row }) => ({
    ...row,
    licences: run('DecGoodsLimit', item, () => item).flatMap(({ place, row: limit }) => [
      limit,
      ...run('DecGoodsLimitVin', place, () => item).map((vin) => vin.row),
    ]),
  }))
  const flat = Object.keys(depthOf).filter((section) => depthOf[section] === 1 && section !== 'DecList')
  const others = flat.flatMap((section) => run(section, '', () => '').map(({ row }) => row))
  const unread = message.rows.filter(({ section }) => !Object.hasOwn(depthOf, section) && section !== 'DecSign')
  if (used !== rows.size) return undefined
  return {
    ...message,
    head,
    items,
    rows: [
      head,
      ...items.flatMap((item) => [item, ...item.licences]),
      ...(free === undefined ? [] : [free]),
      ...others,
      ...unread,
      message.sign,
    ],
  }
}
