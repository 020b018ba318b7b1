import { rec20OfUnit } from '../../schemas/codes/concordance.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Issue } from '../../schemas/issue.ts'
import { type Element, type SectionName, sections as tables } from './elements.ts'
import { decSign, type Elements } from './encode-head.ts'
import { containerRow } from './encode-items.ts'
import { found } from './findings.ts'
import { nameOf, type Particulars } from './particulars.ts'
import { sectionsOf } from './sections.ts'
import { customsLeg } from './transport.ts'

const below = '/particulars/customs/declare'
const items = '/goodsShipment/items'

/** What is longer than the wire takes, and measure words that contradict the unit they stand for. */
export function checkFit(declaration: Declaration, particulars: Particulars): Issue[] {
  const sections = sectionsOf(declaration, particulars)
  const pointer = (at: string) => absolute(at, declaration, particulars)
  const head = (section: SectionName, elements: Elements) =>
    overlong(section, elements, (element, at) => (at === undefined ? `${below}/${nameOf(element)}` : pointer(at)))
  const row = (section: SectionName, elements: Elements, base: string, own: string) =>
    overlong(section, elements, (element, at) => (at === undefined ? `${own}/${nameOf(element)}` : joined(base, at)))
  return [
    ...head('DecHead', sections.head),
    ...head('DecSign', decSign(declaration, particulars, '')),
    ...head('DecFreeTxt', sections.freeText),
    ...sections.lines.flatMap(({ placed, list, late, limits }) => [
      ...row('DecList', list, `${items}/${placed.at}`, `${below}/items/${placed.at + 1}`),
      ...row('DecList', late, `${items}/${placed.at}`, `${below}/items/${placed.at + 1}`),
      ...limits.flatMap((limit, at) => row('DecGoodsLimit', limit, `${items}/${placed.at}/permits/${at}`, below)),
    ]),
    ...(declaration.goodsShipment.consignment.containers ?? []).flatMap((container, at) =>
      row('Container', containerRow(container, undefined), `/goodsShipment/consignment/containers/${at}`, below),
    ),
    ...checkMeasureWords(declaration, particulars),
  ]
}

const joined = (base: string, at: string) => (at === '' ? base : `${base}/${at}`)

/** Where in the declaration the value of a head element lies. */
function absolute(at: string, declaration: Declaration, particulars: Particulars): string {
  const importing = declaration.direction === 'import'
  if (at.startsWith('leg:')) return `${customsLeg(declaration, particulars).pointer}/${at.slice(4)}`
  if (at.startsWith('trader:')) return `/goodsShipment/${importing ? 'importer' : 'exporter'}/${at.slice(7)}`
  if (at === 'abroad:') return `/goodsShipment/${importing ? 'exportCountry' : 'destinationCountry'}`
  return at
}

/** Whether a value fits: characters, or digits in all and behind the point (zeros that only fill up do not count). */
function fits(value: string, length: Element[1]): boolean {
  if (typeof length === 'number') return value.length <= length || Array.from(value).length <= length
  const [digits, places] = decimalOf(length)
  const point = value.indexOf('.')
  if (point < 0) return value.length <= digits - places
  let end = value.length
  for (; value.charCodeAt(end - 1) === 0x30; end--);
  return end - point - 1 <= places && point <= digits - places
}

const decimals = new Map<string, readonly [digits: number, places: number]>()
function decimalOf(length: string): readonly [digits: number, places: number] {
  let found = decimals.get(length)
  if (found === undefined) {
    const [digits = 0, places = 0] = length.split(',').map(Number)
    found = [digits, places]
    decimals.set(length, found)
  }
  return found
}

function overlong(
  section: SectionName,
  elements: Elements,
  pointerOf: (element: string, at?: string) => string,
): Issue[] {
  const rows: { readonly [element: string]: Element } = tables[section]
  const tooLong: string[] = []
  for (const element in elements) {
    const value = elements[element]
    const row = value === undefined ? undefined : rows[element]
    if (value !== undefined && row !== undefined && !fits(value, row[1])) tooLong.push(element)
  }
  return tooLong.flatMap((element) => {
    const value = elements[element]
    const row = rows[element]
    if (value === undefined || row === undefined) return []
    const [zh, length, at] = row
    const limit =
      typeof length === 'number' ? [`${length} characters`, `${length}个字符`] : [`${length} digits`, `${length}位数字`]
    return [
      found(
        pointerOf(element, at),
        'not-mappable',
        `Customs takes ${limit[0]} in ${element}, not "${value}"`,
        `海关“${zh}”（${element}）最长${limit[1]}`,
      ),
    ]
  })
}

/** A measure word stands for the unit that the declaration names at its pointer. */
function checkMeasureWords({ goodsShipment }: Declaration, { measureWords }: Particulars): Issue[] {
  return Object.entries(measureWords ?? {}).flatMap(([pointer, word]) => {
    const unitCode = pointer
      .split('/')
      .slice(2)
      .reduce<unknown>(
        (node, key) =>
          typeof node === 'object' && node !== null ? (node as { [key: string]: unknown })[key] : undefined,
        goodsShipment,
      )
    return unitCode !== undefined && rec20OfUnit(word) === unitCode
      ? []
      : [
          found(
            `${below}/measureWords/${pointer.replaceAll('~', '~0').replaceAll('/', '~1')}`,
            'unit-differs',
            `Unit ${word} does not stand for what the declaration says there`,
            `计量单位${word}与申报内容不符`,
          ),
        ]
  })
}
