import { Big } from 'big.js'
import { customsUnitsOf, rec20OfUnit } from '../../../schemas/codes/concordance.ts'
import { findCode } from '../../../schemas/codes/index.ts'
import { tariffLine } from '../../../schemas/codes/tariff.ts'
import { limits } from '../../limits.ts'
import { type Found, type GoodsLine } from '../lines.ts'
import { type MatchedLine, matchLines, sumOf } from '../match.ts'
import { decimalOf } from '../numbers.ts'
import type { Fact } from '../pairs.ts'
import type { Said } from '../papers.ts'
import { countryIn, countryNamed } from '../words/countries.ts'
import type { NamedCurrency } from '../words/currencies.ts'
import { putCode } from './commodity.ts'
import { beside, type Gathering, lineOf, type Path, type Reason, under } from './gather.ts'
import { compareTotal } from './packing.ts'

/** A line as the draft has it, with the containers it names. */
export interface PutLine {
  readonly sequence: number
  readonly containers: readonly string[]
}
/** What holds for all lines. */
export interface OfAll {
  readonly currency: { readonly named: NamedCurrency; readonly fact: Fact } | undefined
}

const read = (found: Found): Reason => ({ sure: 'read', because: under(found.under), source: found.source })
const derived = (found: Pick<Found, 'source'>, en: string, zh: string): Reason => ({
  sure: 'derived',
  because: { en, zh },
  source: found.source,
})

/** Puts the lines of goods 商品: those of the invoice, with what the packing list knows of each. */
export function putItems(into: Gathering, said: Said, ofAll: OfAll): PutLine[] {
  const base = ['goodsShipment', 'items']
  if (into.at(base) !== undefined) return []
  const of = (kind: string) => said.papers.filter((paper) => paper.kind === kind).flatMap(({ lines }) => lines)
  const invoice = of('invoice')
  const packing = of('packing-list')
  const { lines, left } = matchLines(invoice.length + packing.length === 0 ? of('other') : invoice, packing)
  if (lines.length > limits.proposalItems || said.papers.some(({ isCut }) => isCut))
    into.warn(base, 'too-many-lines', {
      en: `A declaration has room for ${limits.proposalItems} lines; the documents have ${lines.length}: the others are left out`,
      zh: `一份申报单最多${limits.proposalItems}项商品，单证共${lines.length}行，其余未录入`,
    })
  for (const line of left.slice(0, 20))
    into.warn(base, 'line-without-invoice', {
      en: `The packing list has “${nameOf(line)}” (${line.source.cell ?? ''}), the invoice has not`,
      zh: `装箱单有“${nameOf(line)}”（${line.source.cell ?? ''}），发票没有`,
    })
  compareAmounts(into, said)
  return lines.slice(0, limits.proposalItems).map((matched, at) => {
    putItem(into, said, [...base, at], matched, at + 1, ofAll)
    const containers = [matched.line, ...matched.packed].flatMap(
      ({ container }) =>
        (container?.value ?? '')
          .toUpperCase()
          .replaceAll(/[\s-]/g, '')
          .match(/[A-Z]{4}\d{7}/g) ?? [],
    )
    return { sequence: at + 1, containers }
  })
}

const nameOf = ({ name, nameEn, hsCode }: GoodsLine) => lineOf((name ?? nameEn ?? hsCode)?.value ?? '').slice(0, 60)

function compareAmounts(into: Gathering, said: Said): void {
  for (const { lines, totals } of said.papers)
    for (const [of, names] of [
      ['amount', { en: 'amounts', zh: '金额' }],
      ['quantity', { en: 'quantities', zh: '数量' }],
    ] as const) {
      const [total, sum] = [totals?.[of], sumOf(lines, of)]
      if (total !== undefined && sum !== undefined)
        compareTotal(into, ['goodsShipment', 'items'], total, sum.value, names)
    }
}

function putItem(
  into: Gathering,
  said: Said,
  path: Path,
  { line, packed }: MatchedLine,
  sequence: number,
  ofAll: OfAll,
): void {
  into.put([...path, 'sequence'], sequence, derived(line, 'Counted', '按行次'))
  const pick = (of: 'name' | 'nameEn' | 'hsCode' | 'brand' | 'elements' | 'origin' | 'specification') =>
    line[of] ?? packed.map((one) => one[of]).find((found) => found !== undefined)
  const [name, nameEn, specification] = [pick('name'), pick('nameEn'), pick('specification')]
  const description = [name?.value, nameEn?.value, specification?.value].filter((part) => part !== undefined).join(' ')
  const code = putCode(into, [...path, 'hsCode'], pick('hsCode'), description, line)
  if (name !== undefined) into.putText([...path, 'name'], name.value, 255, read(name))
  const tariffName = code === undefined ? undefined : tariffLine(code)?.zh
  if (name === undefined && nameEn !== undefined)
    into.putText([...path, 'name'], tariffName, 255, {
      sure: 'guessed',
      because: { en: 'As the tariff names this code', zh: '按该商品编号的税则名称' },
      source: nameEn.source,
    })
  if (nameEn !== undefined) into.putText([...path, 'nameEn'], nameEn.value, 100, read(nameEn))
  const elements = pick('elements') ?? (specification?.value.includes('|') ? specification : undefined)
  if (elements !== undefined)
    into.put(
      [...path, 'declarationElements'],
      elements.value
        .split('|')
        .slice(0, 30)
        .map((one) => lineOf(one).slice(0, 255)),
      read(elements),
    )
  const brand = pick('brand')
  if (brand !== undefined) into.putText([...path, 'brand'], brand.value, 100, read(brand))
  putMasses(into, path, { line, packed })
  putQuantities(into, path, line, packed, code)
  putPrice(into, path, line, ofAll)
  putCountriesOf(into, said, path, pick('origin'), line)
  putDangerousGoods(into, path, line, description)
  if (into.at(['goodsShipment', 'supervisionMode']) === '0110')
    into.put([...path, 'dutyMode'], '1', {
      sure: 'guessed',
      because: { en: 'Usual for general trade', zh: '一般贸易通常为照章征税' },
      source: line.source,
    })
}

function putMasses(into: Gathering, path: Path, { line, packed }: MatchedLine): void {
  for (const [of, field, column] of [
    ['grossKg', 'grossMassKg', 'gross'],
    ['netKg', 'netMassKg', 'net'],
  ] as const) {
    const rows = packed.length > 0 ? packed : [line]
    // A weight that is merged over several lines is nobody's own.
    if (rows.some(({ shared }) => shared.includes(column))) continue
    const sum = sumOf(rows, of) ?? line[of]
    if (sum !== undefined)
      into.putDecimal(
        [...path, field],
        sum.value,
        5,
        rows.length > 1 ? derived(sum, 'Sum of its lines in the packing list', '装箱单各行之和') : read(sum),
      )
  }
}

function putQuantities(
  into: Gathering,
  path: Path,
  line: GoodsLine,
  packed: readonly GoodsLine[],
  code: string | undefined,
): void {
  const quantity = line.quantity ?? sumOf(packed, 'quantity')
  const unit = line.unit ?? packed.map((one) => one.unit).find((one) => one !== undefined)
  if (quantity !== undefined) into.putDecimal([...path, 'quantity', 'value'], quantity.value, 6, read(quantity))
  if (unit !== undefined) into.put([...path, 'quantity', 'unitCode'], unit.value, read(unit))
  const [first, second] = code === undefined ? [] : (tariffLine(code)?.statutoryUnits ?? [])
  if (quantity === undefined || first === undefined) return
  const firstUnit = rec20OfUnit(first)
  if (unit === undefined)
    into.put([...path, 'quantity', 'unitCode'], firstUnit, {
      sure: 'guessed',
      because: { en: 'The statutory unit of the code', zh: '该商品编号的法定单位' },
      source: quantity.source,
    })
  for (const [customsUnit, field] of [
    [first, 'statutoryQuantity1'],
    [second, 'statutoryQuantity2'],
  ] as const) {
    if (customsUnit === undefined) continue
    const unitCode = rec20OfUnit(customsUnit)
    const mass = unitCode === 'KGM' ? into.at([...path, 'netMassKg']) : undefined
    const isSame = unit !== undefined && customsUnitsOf(unit.value).includes(customsUnit)
    // Sets counted in single things: one each, as likely as not.
    const isCount = unit?.value === 'SET' && unitCode === 'C62'
    const value = typeof mass === 'string' ? mass : isSame || isCount ? quantity.value : undefined
    if (value === undefined) continue
    const why =
      typeof mass === 'string'
        ? derived(quantity, 'The net weight, in the statutory unit', '以净重作为法定数量')
        : derived(quantity, 'The quantity, in the statutory unit', '成交数量即法定数量')
    if (isCount) Object.assign(why, { sure: 'guessed' })
    into.putDecimal([...path, field, 'value'], value, 6, why)
    into.put([...path, field, 'unitCode'], unitCode, why)
  }
}

function putPrice(into: Gathering, path: Path, line: GoodsLine, { currency }: OfAll): void {
  const { quantity, unitPrice, amount } = line
  if (unitPrice !== undefined) into.putDecimal([...path, 'unitPrice'], unitPrice.value, 4, read(unitPrice))
  if (amount !== undefined) into.putDecimal([...path, 'totalPrice'], amount.value, 2, read(amount))
  if (quantity !== undefined && quantity.value !== '0') {
    if (unitPrice === undefined && amount !== undefined)
      into.putDecimal(
        [...path, 'unitPrice'],
        decimalOf(new Big(amount.value).div(quantity.value).round(4, 1)),
        4,
        derived(amount, 'Amount by quantity', '金额除以数量'),
      )
    if (amount === undefined && unitPrice !== undefined)
      into.putDecimal(
        [...path, 'totalPrice'],
        decimalOf(new Big(unitPrice.value).times(quantity.value)),
        2,
        derived(unitPrice, 'Unit price times quantity', '单价乘以数量'),
      )
    if (amount !== undefined && unitPrice !== undefined)
      compareLine(into, path, line, amount, new Big(unitPrice.value).times(quantity.value))
  }
  const own = line.currency
  const put = (named: NamedCurrency, reason: Reason) =>
    into.put([...path, 'currency'], named.code, {
      ...reason,
      ...(named.others.length === 0 ? {} : { sure: 'guessed' as const }),
      others: named.others.map((value) => ({
        value,
        because: { en: 'The sign stands for it as well', zh: '该符号也可表示此币种' },
      })),
    })
  if (own !== undefined) put(own.value, { sure: 'read', because: under(own.under), source: own.source })
  else if (currency !== undefined)
    put(currency.named, { sure: 'derived', because: beside(currency.fact.said), source: currency.fact.source })
}

function compareLine(into: Gathering, path: Path, line: GoodsLine, amount: Found, product: Big): void {
  // A unit price is rounded: what that may come to over the quantity is no mistake.
  const slack = new Big(line.quantity?.value ?? '0').times('0.005').plus(limits.proposalRounding)
  if (product.minus(amount.value).abs().lte(slack)) return
  into.warn([...path, 'totalPrice'], 'line-differs', {
    en: `Quantity times unit price is ${decimalOf(product.round(2, 1))}, the document says ${amount.value} (${amount.source.cell ?? ''})`,
    zh: `数量乘以单价为${decimalOf(product.round(2, 1))}，单证金额为${amount.value}（${amount.source.cell ?? ''}）`,
  })
}

function putCountriesOf(into: Gathering, said: Said, path: Path, origin: Found | undefined, line: GoodsLine): void {
  const country = (text: string) => countryNamed(text) ?? countryIn(text)
  if (origin !== undefined) into.put([...path, 'originCountry'], country(origin.value), read(origin))
  const fact = said.facts('origin').find(({ lines }) => country(lines[0] ?? '') !== undefined)
  if (fact !== undefined)
    into.put([...path, 'originCountry'], country(fact.lines[0] ?? ''), {
      sure: 'read',
      because: beside(fact.said),
      source: fact.source,
    })
  if (into.at(['direction']) === 'export')
    into.put([...path, 'originCountry'], 'CN', {
      sure: 'guessed',
      because: { en: 'Exported, and no origin named', zh: '出口货物，单证未注明原产国' },
      source: line.source,
    })
  const destination = into.at(['goodsShipment', 'destinationCountry'])
  into.put([...path, 'destinationCountry'], destination, derived(line, 'As the consignment', '同运抵国'))
}

/** A UN number 联合国编号 in a description. */
function putDangerousGoods(into: Gathering, path: Path, line: GoodsLine, description: string): void {
  const number = /\bUN\s?(\d{4})\b/i.exec(description)?.[1]
  const row = number === undefined ? undefined : findCode('un-numbers', number)
  if (number === undefined || row === undefined) return
  const at = [...path, 'dangerousGoods']
  into.put([...at, 'undgId'], number, derived(line, 'Stands in the description', '见商品描述'))
  into.putText([...at, 'name'], row.zh, 80, derived(line, 'The name of this UN number', '该联合国编号的名称'))
  const classCode = row['class']
  into.put(
    [...at, 'classCode'],
    typeof classCode === 'string' && /^\d(\.\d[A-Z]?)?$/.test(classCode) ? classCode : undefined,
    derived(line, 'The class of this UN number', '该联合国编号的危险类别'),
  )
}
