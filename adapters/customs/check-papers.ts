import { tariffLine } from '../../schemas/codes/tariff.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Issue } from '../../schemas/issue.ts'
import type { PlacedItem } from './encode-items.ts'
import { absent, found } from './findings.ts'
import { papersFor, prohibitions, usedGoods } from './rules.ts'

const pointerOf = ({ at }: PlacedItem) => `/goodsShipment/items/${at}`

/** What goods need beside the goods line: the quarantine block, what makes danger known, certificates, vehicles under them. */
export const checkPapers = (placed: PlacedItem, declaration: Declaration): Issue[] => [
  ...checkQuarantine(placed, declaration),
  ...checkDanger(placed, declaration),
  ...checkCertificates(placed, declaration),
  ...checkVehicles(placed),
]

/** The quarantine block 检验检疫: letter A on import, letter B on export. */
function checkQuarantine(placed: PlacedItem, { direction, goodsShipment }: Declaration): Issue[] {
  const { item } = placed
  const letters = tariffLine(item.hsCode)?.supervision ?? []
  if (!letters.includes(direction === 'import' ? 'A' : 'B')) return []
  const place = item.administrativeDivision === undefined
  const importing = direction === 'import'
  const departure = importing && placed.at === 0 && goodsShipment.consignment.legs[0]?.departureDateTime === undefined
  return [
    ...(place
      ? [
          absent(
            `${pointerOf(placed)}/administrativeDivision`,
            'administrative division of the goods',
            '目的地/产地行政区划',
          ),
        ]
      : []),
    ...(importing && item.purpose === undefined
      ? [absent(`${pointerOf(placed)}/purpose`, 'purpose of goods under quarantine', '检验检疫货物用途')]
      : []),
    ...(departure
      ? [absent('/goodsShipment/consignment/legs/0/departureDateTime', 'day the goods set out', '启运日期')]
      : []),
  ]
}

/** Dangerous goods name their packaging class; exported ones the result of the packaging's use appraisal (permit 425). */
function checkDanger(placed: PlacedItem, { direction }: Declaration): Issue[] {
  const { dangerousGoods, notDangerous, permits } = placed.item
  if (dangerousGoods === undefined) return []
  return [
    ...(dangerousGoods.packagingCategory === undefined
      ? [
          absent(
            `${pointerOf(placed)}/dangerousGoods/packagingCategory`,
            'packaging class of dangerous goods',
            '危包类别',
          ),
        ]
      : []),
    ...(notDangerous === true
      ? [
          found(
            `${pointerOf(placed)}/notDangerous`,
            'danger-contradicted',
            'The goods have a UN number',
            '已填报UN编号，不能声明为非危险化学品',
          ),
        ]
      : []),
    ...(direction === 'export' && !permits?.some(({ typeCode }) => typeCode === '425')
      ? [
          absent(
            `${pointerOf(placed)}/permits`,
            'permit 425 (appraisal of the packaging in use)',
            '出境危险货物运输包装使用鉴定结果单（425）',
          ),
        ]
      : []),
  ]
}

/** The supervision letters of the HS code: what is forbidden, and which papers stand beside the declaration. */
function checkCertificates(placed: PlacedItem, { direction, goodsShipment }: Declaration): Issue[] {
  const { item } = placed
  const letters = tariffLine(item.hsCode)?.supervision ?? []
  const hsCode = `${pointerOf(placed)}/hsCode`
  const used = item.goodsAttributes?.includes(usedGoods.attribute) === true && letters.includes(usedGoods.letter)
  const forbidden =
    letters.includes(prohibitions[direction]) || (direction === 'import' && used)
      ? [
          found(
            hsCode,
            'prohibited',
            direction === 'import'
              ? `The import of ${item.hsCode} is prohibited`
              : `The export of ${item.hsCode} is prohibited`,
            direction === 'import' ? `商品编号${item.hsCode}禁止进口` : `商品编号${item.hsCode}禁止出口`,
          ),
        ]
      : []
  const papers = papersFor(letters, direction, goodsShipment.supervisionMode)
    .filter((letter) => !goodsShipment.additionalDocuments?.some(({ typeCode }) => typeCode === letter))
    .map((letter) =>
      found(
        '/goodsShipment/additionalDocuments',
        'certificate-missing',
        `Item ${item.sequence}: ${item.hsCode} demands certificate ${letter}`,
        `商品序号${item.sequence}：商品编号${item.hsCode}须提交监管证件${letter}`,
      ),
    )
  return [...forbidden, ...papers]
}

/** A vehicle's row names one of the permits of its item. */
const checkVehicles = (placed: PlacedItem): Issue[] =>
  (placed.own.vins ?? []).flatMap((vin, row) =>
    placed.item.permits?.some(({ typeCode, id }) => typeCode === vin.licTypeCode && id === vin.licenceNo)
      ? []
      : [
          found(
            `/particulars/customs/declare/items/${placed.at + 1}/vins/${row}`,
            'permit-unknown',
            `The item has no permit ${vin.licTypeCode} ${vin.licenceNo}`,
            `商品项无许可证${vin.licTypeCode} ${vin.licenceNo}`,
          ),
        ],
  )
