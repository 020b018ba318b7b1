import type { Change, Submission, WireMessage } from '../adapter.ts'
import { oneLine } from '../lines.ts'
import type { XmlNode } from '../xml.ts'
import { contentDangerousCargo } from './encode-dangerous-cargo.ts'
import { contentDangerousShip } from './encode-dangerous-ship.ts'
import { contentDeparture } from './encode-departure.ts'
import { contentInlandReport } from './encode-inland-report.ts'
import type { ChangeParticulars, DangerousCargo, DangerousShip, Departure, InlandReport } from './particulars.ts'
import { contact, documentOf, paths } from './parts.ts'

type Changing = Submission<ChangeParticulars | undefined>

/** Longest reason. Source: specification §9. */
const reasonLength = 512

/** Puts another document in the place of one 修改. Source: specification §9. */
export function encodeAmendment(submission: Changing): WireMessage {
  const { change } = submission
  if (change?.after === undefined) throw new Error('An amendment without what is to be')
  return applicationOf(submission, change, '5', replacementOf({ ...submission, ...change.after }, change.procedure))
}

/** Takes a document back 撤销. Source: specification §9. */
export function encodeCancellation(submission: Changing): WireMessage {
  const { change } = submission
  if (change === undefined) throw new Error('A cancellation without a filing to cancel')
  return applicationOf(submission, change, '1', {})
}

const applicationOf = (submission: Changing, change: Change, messageFunction: '5' | '1', document: XmlNode) =>
  documentOf('change', 'ChangeApplication', submission, {
    Function: messageFunction, // 报文功能：替换/撤销
    Changed: {
      Procedure: paths[change.procedure]?.slice(1), // 原业务
      OurReference: change.reference, // 原申报编号
      Number: numberOf(change), // 原受理/批准编号
    },
    Reason: oneLine(change.reason, reasonLength), // 变更理由
    Contact: submission.particulars?.contact && contact(submission.particulars.contact), // 联系人
    ...document,
  })

/** The names a granted document goes by; before it is granted it has an acceptance number only. */
const granted = ['receipt-number', 'cargo-approval-number', 'ship-approval-number', 'permit-number']

const numberOf = ({ references }: Change): string | undefined =>
  (
    references.findLast(({ scheme }) => granted.includes(scheme)) ??
    references.findLast(({ scheme }) => scheme === 'acceptance-number')
  )?.value

/** The document as it is to be, without a head of its own. */
function replacementOf(submission: Submission, procedure: string): XmlNode {
  switch (procedure) {
    case 'inland-report':
      return { InlandReport: contentInlandReport(submission as Submission<InlandReport>) } // 进出港报告
    case 'dangerous-cargo':
      return { DangerousCargoDeclaration: contentDangerousCargo(submission as Submission<DangerousCargo>) } // 货报
    case 'dangerous-ship':
      return { DangerousShipDeclaration: contentDangerousShip(submission as Submission<DangerousShip>) } // 船报
    case 'departure':
      return { DeparturePermitApplication: contentDeparture(submission as Submission<Departure>) } // 出口岸许可
    default:
      throw new Error(`${procedure} cannot be amended`)
  }
}
