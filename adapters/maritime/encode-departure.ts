import type { Submission, WireMessage } from '../adapter.ts'
import { referenceOf } from '../references.ts'
import type { XmlNode } from '../xml.ts'
import { departureLeg } from './journey.ts'
import type { Departure } from './particulars.ts'
import { beijing, contact, documentOf, port } from './parts.ts'

/** The application for a ship's permit to leave for abroad 出口岸许可. Source: specification §6. */
export const encodeDeparture = (submission: Submission<Departure>): WireMessage =>
  documentOf('departure', 'DeparturePermitApplication', submission, contentDeparture(submission))

/** What stands below its head, and in a change of it. */
export function contentDeparture(submission: Submission<Departure>): XmlNode {
  const { declaration, particulars } = submission
  const leg = departureLeg(declaration)?.leg
  const { crewCount, securityCertificate } = particulars
  return {
    Applicant: contact(particulars.applicant), // 申请人
    Ship: {
      Name: leg?.conveyance?.name, // 船名
      ImoNumber: leg?.conveyance?.id, // IMO编号
      Flag: leg?.conveyance?.flagCountry, // 船旗国
      CallSign: leg?.conveyance?.callSign, // 呼号
    },
    Voyage: leg?.voyageNumber, // 航次
    Port: port(leg?.from), // 离开口岸
    NextPort: port(leg?.to), // 下一港
    Etd: beijing(leg?.departureDateTime), // 预计离港时间
    CrewCount: crewCount === undefined ? undefined : String(crewCount), // 船员人数
    SecurityCertificate: {
      Number: securityCertificate?.number, // 国际船舶保安证书编号
      Expiry: securityCertificate?.expiryDate, // 有效期至
    },
    CustomsReleaseNumber: referenceOf(submission, 'customs', 'entry-number'), // 报关单号
    BorderClearanceNumber: referenceOf(submission, 'border', 'clearance-number'), // 边检放行编号
  }
}
