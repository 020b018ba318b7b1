import type { Declaration } from '../../schemas/declaration/index.ts'
import type { PlacedLeg } from '../../schemas/declaration/journey.ts'
import type { SummaryDeclaration } from '../../schemas/declaration/summary.ts'
import type { Issue } from '../../schemas/issue.ts'
import { absent, found } from './findings.ts'
import type { Particulars } from './particulars.ts'
import { conveyanceOf, customsLeg, trafModeOf } from './transport.ts'

const consignment = '/goodsShipment/consignment'

/** How the goods travel, as customs is told: the leg it looks at, its conveyance, arrival and storage. */
export function checkTransport(declaration: Declaration, particulars: Particulars): Issue[] {
  const placed = customsLeg(declaration, particulars)
  return [
    ...checkLeg(placed, declaration, particulars),
    ...(declaration.direction === 'import' ? checkImport(placed, declaration) : []),
  ]
}

/** The leg exists, customs has its mode, and by water and air it names conveyance and bill [unverified], 2026-11. */
export function checkLeg(placed: PlacedLeg, { goodsShipment }: SummaryDeclaration, particulars: Particulars): Issue[] {
  const { conveyanceLeg } = particulars
  const legs = goodsShipment.consignment.legs.length
  const mode = trafModeOf(placed, particulars)
  const carried = mode === '2' || mode === '5'
  return [
    ...(conveyanceLeg !== undefined && conveyanceLeg > legs
      ? [
          found(
            '/particulars/customs/declare/conveyanceLeg',
            'leg-unknown',
            `There are ${legs} legs`,
            `仅有${legs}个运输段`,
          ),
        ]
      : []),
    ...(mode === undefined
      ? [
          found(
            `${placed.pointer}/modeCode`,
            'not-mappable',
            'Customs has no code for multimodal transport: name the mode of this leg',
            '海关无多式联运运输方式代码：请填报该段实际运输方式',
          ),
        ]
      : []),
    ...(carried && conveyanceOf(placed, particulars).name === ''
      ? [absent(`${placed.pointer}/conveyance`, 'conveyance by water and air', '水路、航空运输的运输工具名称')]
      : []),
    ...(carried && placed.leg.transportDocumentId === undefined
      ? [absent(`${placed.pointer}/transportDocumentId`, 'bill of lading or air waybill', '水路、航空运输的提运单号')]
      : []),
  ]
}

/** An import says when the goods arrive and where they lie. */
const checkImport = (placed: PlacedLeg, { goodsShipment }: Declaration): Issue[] => [
  ...(placed.leg.arrivalDateTime === undefined
    ? [absent(`${placed.pointer}/arrivalDateTime`, 'day of arrival', '进口日期')]
    : []),
  ...(goodsShipment.consignment.goodsLocation === undefined
    ? [absent(`${consignment}/goodsLocation`, 'place where the goods lie', '货物存放地点')]
    : []),
]
