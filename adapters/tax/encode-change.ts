import type { DomesticParty } from '../../schemas/declaration/index.ts'
import type { Submission, WireMessage } from '../adapter.ts'
import { writeJson } from '../json.ts'
import { reasonOf } from './changes.ts'
import { certificateContent } from './encode-payment-certificate.ts'
import { claimContent } from './encode-refund.ts'
import { headOf, jsonTo } from './message.ts'
import type { CertificateParticulars, ChangeParticulars, RefundParticulars } from './particulars.ts'

type ChangeSubmission = Submission<ChangeParticulars | undefined>

/** Writes the correction of what the office holds 更正申报: the whole content as it is to be. */
export function encodeAmendment(submission: ChangeSubmission): WireMessage {
  const change = changeOf(submission)
  // Numbers of the claim (关联号) stay those of the filing that is changed.
  const corrected = { ...submission, serial: change.serial }
  const particulars = change.after?.particulars
  const content =
    change.procedure === 'refund'
      ? claimContent({ ...corrected, particulars: particulars as RefundParticulars })
      : certificateContent({ ...corrected, particulars: particulars as CertificateParticulars })
  return jsonTo('/amendments', writeJson({ ...changeHead(submission), ...content }))
}

/** Writes the withdrawal of a filing 企业撤回退（免）税申报申请. */
export const encodeCancellation = (submission: ChangeSubmission): WireMessage =>
  jsonTo('/withdrawals', writeJson(changeHead(submission)))

function changeOf({ change }: ChangeSubmission) {
  if (change === undefined) throw new Error('No change to apply for')
  return change
}

function changeHead(submission: ChangeSubmission) {
  const change = changeOf(submission)
  const { particulars } = submission
  const accepted = change.references.findLast(({ scheme }) => scheme === 'acceptance-number')
  if (accepted === undefined) throw new Error('tax has given no acceptance-number yet')
  return {
    ...headOf(submission, taxpayerOf(submission)),
    bg: {
      ysbbh: change.reference, // 原申报方编号
      yslbh: accepted.value, // 原受理编号
      bgyy: reasonOf(change, particulars), // 变更原因
      jbr: particulars?.contact?.name, // 经办人
      lxdh: particulars?.contact?.telephone, // 联系电话
    },
  }
}

const taxpayerOf = ({ declaration: { direction, goodsShipment } }: ChangeSubmission): DomesticParty | undefined =>
  direction === 'export' ? goodsShipment.exporter : goodsShipment.importer
