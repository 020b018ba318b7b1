import type { Submission, WireMessage } from '../adapter.ts'
import type { XmlNode } from '../xml.ts'
import { dangerousItems, inlandLeg, shipNames } from './journey.ts'
import type { InlandReport } from './particulars.ts'
import { beijing, contact, documentOf, port, yesNo } from './parts.ts'

/** Longest cargo summary. Source: specification §3. */
const summaryLength = 256

/** The report of an inland voyage 进出港报告. Source: specification §3. */
export const encodeInlandReport = (submission: Submission<InlandReport>): WireMessage =>
  documentOf('inland-report', 'InlandReport', submission, contentInlandReport(submission))

/** What stands below its head, and in a change of it. */
export function contentInlandReport(submission: Submission<InlandReport>): XmlNode {
  const { declaration, particulars } = submission
  const placed = inlandLeg(declaration)
  const leg = placed?.leg
  const names = placed === undefined ? undefined : shipNames(placed)
  const { items, consignment } = declaration.goodsShipment
  const dangerous = particulars.otherDangerousGoods === true || dangerousItems(declaration).length > 0
  return {
    Reporter: contact(particulars.reporter), // 报告人
    Ship: {
      Name: leg?.conveyance?.name, // 船名
      ShipId: particulars.shipId ?? names?.shipId, // 船舶识别号
      Mmsi: particulars.mmsi ?? names?.mmsi, // 海上移动业务识别码
      GrossTonnage: particulars.grossTonnage, // 总吨
    },
    Voyage: leg?.voyageNumber, // 航次
    From: port(leg?.from), // 始发港
    To: port(leg?.to), // 目的港
    Etd: beijing(leg?.departureDateTime), // 预计离港时间
    Eta: beijing(leg?.arrivalDateTime), // 预计抵港时间
    Cargo: {
      Summary: particulars.cargoSummary ?? summaryOf(items.map(({ name }) => name)), // 载货概况
      ContainerCount: String(particulars.containerCount ?? consignment.containers?.length ?? 0), // 箱数
      DangerousOnBoard: yesNo(dangerous), // 载有危险货物
    },
  }
}

/** Names in a row, cut to length but never through a character. */
const summaryOf = (names: readonly string[]) =>
  names
    .join('、')
    .slice(0, summaryLength)
    .replace(/[\uD800-\uDBFF]$/, '')
