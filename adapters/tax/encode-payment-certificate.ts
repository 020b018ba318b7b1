import { Big } from 'big.js'
import type { Submission, WireMessage } from '../adapter.ts'
import { writeJson } from '../json.ts'
import { requiredReference } from '../references.ts'
import { headOf, jsonTo } from './message.ts'
import type { CertificateParticulars } from './particulars.ts'

type Listed = Submission<CertificateParticulars>

/** Writes the list of customs payment certificates 海关缴款书 to be compared with customs' data. */
export const encodePaymentCertificate = (submission: Listed): WireMessage =>
  jsonTo(
    '/payment-certificates',
    writeJson({
      ...headOf(submission, submission.declaration.goodsShipment.importer),
      ...certificateContent(submission),
    }),
  )

/** The certificates themselves 缴款书明细. */
export function certificateContent(submission: Listed) {
  const { particulars } = submission
  const entryNumber = requiredReference(submission, 'customs', 'entry-number')
  const firstMonth = particulars.certificates[0]?.issueDate.slice(0, 7).replace('-', '')
  return {
    ssq: particulars.period ?? firstMonth, // 所属期
    jks: particulars.certificates.map((certificate, at) => ({
      sbxh: String(at + 1), // 序号
      jkshm: certificate.number, // 缴款书号码
      bgdh: entryNumber, // 报关单号
      tfrq: certificate.issueDate, // 填发日期
      wsjg: certificate.customsValue === undefined ? undefined : new Big(certificate.customsValue).toFixed(2), // 完税价格
      se: new Big(certificate.amount).toFixed(2), // 税款金额
    })),
  }
}
