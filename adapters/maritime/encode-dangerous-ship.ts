import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Submission, WireMessage } from '../adapter.ts'
import { referenceOf } from '../references.ts'
import type { XmlNode } from '../xml.ts'
import { dangerousContainers, dangerousLeg, shipNames, watersOf } from './journey.ts'
import type { DangerousShip } from './particulars.ts'
import { beijing, contact, documentOf, port, yesNo } from './parts.ts'

/** The carrier's declaration of the dangerous goods on board and where they lie 船报. Source: specification §5. */
export const encodeDangerousShip = (submission: Submission<DangerousShip>): WireMessage =>
  documentOf('dangerous-ship', 'DangerousShipDeclaration', submission, contentDangerousShip(submission))

/** What stands below its head, and in a change of it. */
export function contentDangerousShip(submission: Submission<DangerousShip>): XmlNode {
  const { declaration, particulars } = submission
  const placed = dangerousLeg(declaration)
  const leg = placed?.leg
  const names = placed === undefined ? undefined : shipNames(placed)
  const carrier = particulars.carrier && {
    ...particulars.carrier,
    name: particulars.carrier.name ?? declaration.goodsShipment.consignment.carrier?.name,
  }
  return {
    Carrier: contact(carrier), // 承运人
    CargoApprovalNumber: referenceOf(submission, 'maritime', 'cargo-approval-number'), // 货报批准号
    Ship: {
      Name: leg?.conveyance?.name, // 船名
      ShipId: particulars.shipId ?? names?.shipId, // 船舶识别号
      ImoNumber: names?.imo, // IMO编号
      Type: particulars.shipType, // 船舶种类
    },
    Carriage: {
      Waters: placed && watersOf(placed), // 水域
      Voyage: leg?.voyageNumber, // 航次
      From: port(leg?.from), // 装货港
      To: port(leg?.to), // 卸货港
      Etd: beijing(leg?.departureDateTime), // 预计离港时间
    },
    Stowage: stowage(declaration, particulars), // 积载
  }
}

/** One row for each container and UN number in it. */
const stowage = (declaration: Declaration, particulars: DangerousShip): XmlNode[] =>
  dangerousContainers(declaration).flatMap(({ container, items }) => {
    const stow = particulars.stowage?.find(({ containerId }) => containerId === container.id)
    const byUn = new Map(items.map(({ dangerous }) => [dangerous.undgId, dangerous]))
    return [...byUn.values()].map((dangerous) => ({
      ContainerNumber: container.id, // 集装箱号
      UNNumber: dangerous.undgId, // 联合国编号
      Class: dangerous.classCode, // 类别
      Position: stow?.position, // 积载位置
      OnDeck: yesNo(stow?.onDeck), // 甲板积载
    }))
  })
