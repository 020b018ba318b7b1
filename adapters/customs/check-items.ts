import { Big } from 'big.js'
import { rec20OfUnit } from '../../schemas/codes/concordance.ts'
import { declarationElements, tariffLine } from '../../schemas/codes/tariff.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Issue } from '../../schemas/issue.ts'
import { checkPapers } from './check-papers.ts'
import { measureWord, type PlacedItem } from './encode-items.ts'
import { absent, found } from './findings.ts'
import type { Particulars } from './particulars.ts'
import { optionalElements, preferencePartners } from './rules.ts'

const pointerOf = ({ at }: PlacedItem) => `/goodsShipment/items/${at}`

/** One line of goods: countries, declaration elements, units and amounts, quarantine and danger, certificates. */
export const checkItem = (placed: PlacedItem, declaration: Declaration, particulars: Particulars): Issue[] => [
  ...checkCountries(placed, declaration),
  ...checkElements(placed, declaration),
  ...checkUnits(placed, particulars),
  ...checkAmounts(placed, particulars),
  ...checkPapers(placed, declaration),
]

/** Goods go where the consignment goes, and each line names its domestic district. */
function checkCountries(placed: PlacedItem, { direction, goodsShipment }: Declaration): Issue[] {
  const { destinationCountry, domesticDistrict } = placed.item
  const astray =
    direction === 'import'
      ? destinationCountry !== 'CN'
      : destinationCountry === 'CN' && goodsShipment.destinationCountry !== 'CN'
  return [
    ...(astray
      ? [
          found(
            `${pointerOf(placed)}/destinationCountry`,
            'destination-differs',
            direction === 'import' ? 'The final destination of an import is CN' : 'An export does not end in CN',
            direction === 'import' ? '进口货物最终目的国应为中国' : '出口货物最终目的国不应为中国',
          ),
        ]
      : []),
    ...(domesticDistrict === undefined
      ? [absent(`${pointerOf(placed)}/domesticDistrict`, 'domestic district of the goods', '境内目的地/境内货源地')]
      : []),
  ]
}

/**
 * Declaration elements 申报要素: as many as the HS code has (GTIN, CAS and 其他 at the end may be left out), none of the others blank,
 * the kind of brand and the preference in their ranges. A code that is not in the list takes any.
 */
function checkElements(placed: PlacedItem, { direction }: Declaration): Issue[] {
  const names = declarationElements(placed.item.hsCode) ?? []
  const values = placed.item.declarationElements
  if (names.length === 0) return []
  const pointer = `${pointerOf(placed)}/declarationElements`
  const required = names.findLastIndex((name) => !optionalElements.has(name)) + 1
  const count =
    values.length < required || values.length > names.length
      ? [
          found(
            pointer,
            'declaration-elements-differ',
            `${placed.item.hsCode} has ${required === names.length ? '' : `${required} to `}${names.length} declaration elements, not ${values.length}: ${names.join('|')}`,
            `商品编号${placed.item.hsCode}应有${names.length}项申报要素（至少${required}项），现有${values.length}项：${names.join('|')}`,
          ),
        ]
      : []
  const blanks = values.flatMap((value, at) =>
    at < required && value.trim() === ''
      ? [
          found(
            `${pointer}/${at}`,
            'declaration-element-blank',
            `Element "${names[at]}" is blank`,
            `申报要素“${names[at]}”未填`,
          ),
        ]
      : [],
  )
  return [
    ...count,
    ...blanks,
    ...checkBrand(names, values, pointer),
    ...checkPreference(placed, direction, names, pointer),
  ]
}

const checkBrand = (names: readonly string[], values: readonly string[], pointer: string): Issue[] =>
  names[0] === '品牌类型' && values[0] !== undefined && values[0] !== '' && !/^[0-4]$/.test(values[0])
    ? [found(`${pointer}/0`, 'brand-kind-unknown', 'The kind of brand is 0 to 4', '品牌类型应为0至4')]
    : []

/** 出口享惠情况: 3 on import; on export 0, 2, or 1 where an agreement with the destination is in force. */
function checkPreference(
  { item }: PlacedItem,
  direction: 'import' | 'export',
  names: readonly string[],
  pointer: string,
): Issue[] {
  const value = item.declarationElements[1]
  if (names[1] !== '出口享惠情况' || value === undefined || value === '') return []
  const allowed =
    direction === 'import' ? ['3'] : preferencePartners.has(item.destinationCountry) ? ['0', '1', '2'] : ['0', '2']
  return allowed.includes(value)
    ? []
    : [
        found(
          `${pointer}/1`,
          'preference-differs',
          `The export preference here is ${allowed.join(', ')}, not "${value}"`,
          `出口享惠情况应为${allowed.join('、')}，不应为“${value}”`,
        ),
      ]
}

/** The statutory units are those of the HS code; the second quantity stands exactly where there is a second unit. */
function checkUnits(placed: PlacedItem, particulars: Particulars): Issue[] {
  const { item } = placed
  const units = tariffLine(item.hsCode)?.statutoryUnits
  const differs = (field: 'statutoryQuantity1' | 'statutoryQuantity2', due: string | undefined): Issue[] => {
    const path = `${field}/unitCode`
    const pointer = `${pointerOf(placed)}/${path}`
    const given = item[field]
    if (given === undefined || due === undefined || measureWord(placed, path, given.unitCode, particulars) === due)
      return []
    const unit = rec20OfUnit(due) ?? due
    return [
      found(
        pointer,
        'unit-differs',
        `The statutory unit of ${item.hsCode} is ${unit}`,
        `商品编号${item.hsCode}的法定计量单位为${unit}`,
      ),
    ]
  }
  if (units === undefined) return []
  const second = item.statutoryQuantity2
  const pointer = `${pointerOf(placed)}/statutoryQuantity2`
  return [
    ...differs('statutoryQuantity1', units[0]),
    ...differs('statutoryQuantity2', units[1]),
    ...(units[1] !== undefined && second === undefined
      ? [absent(pointer, 'second statutory quantity of this HS code', '该商品编号的第二法定数量')]
      : []),
    ...(units[1] === undefined && second !== undefined
      ? [
          found(
            pointer,
            'unit-differs',
            `${item.hsCode} has no second statutory unit`,
            `商品编号${item.hsCode}无第二法定计量单位`,
          ),
        ]
      : []),
  ]
}

/** Amounts are above zero, a unit price times its quantity is the total, and one unit means one quantity. */
function checkAmounts(placed: PlacedItem, particulars: Particulars): Issue[] {
  const { item } = placed
  const { quantity, statutoryQuantity1, totalPrice, unitPrice } = item
  const amounts = { 'quantity/value': quantity.value, 'statutoryQuantity1/value': statutoryQuantity1.value, totalPrice }
  const zeros = Object.entries(amounts).flatMap(([path, value]) =>
    /[1-9]/.test(value)
      ? []
      : [found(`${pointerOf(placed)}/${path}`, 'not-above-zero', 'The amount is zero', '数量、金额应大于零')],
  )
  const product = new Big(unitPrice).times(quantity.value)
  const tolerance = () => new Big(quantity.value).times('0.00005').plus('0.01')
  const word = (path: string, unitCode: string) => measureWord(placed, path, unitCode, particulars)
  const sameUnit =
    word('quantity/unitCode', quantity.unitCode) === word('statutoryQuantity1/unitCode', statutoryQuantity1.unitCode)
  return [
    ...zeros,
    ...(!product.eq(totalPrice) && product.minus(totalPrice).abs().gt(tolerance())
      ? [
          found(
            `${pointerOf(placed)}/totalPrice`,
            'total-differs',
            `Unit price × quantity is ${product.toFixed(2)}`,
            `单价×数量为${product.toFixed(2)}，与总价不符`,
          ),
        ]
      : []),
    ...(sameUnit && quantity.value !== statutoryQuantity1.value && !new Big(quantity.value).eq(statutoryQuantity1.value)
      ? [
          found(
            `${pointerOf(placed)}/statutoryQuantity1/value`,
            'quantity-differs',
            'Quantity and first statutory quantity are in one unit and differ',
            '成交单位与法定第一单位相同，数量应一致',
          ),
        ]
      : []),
  ]
}
