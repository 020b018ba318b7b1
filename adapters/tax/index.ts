import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Adapter, Procedure } from '../adapter.ts'
import { rowOf } from '../tables.ts'
import { checkAmendment, checkCancellation, missingInAmendment } from './changes.ts'
import { checkRefund } from './check.ts'
import { checkCertificates } from './check-certificates.ts'
import { refundModes, taxedImportModes } from './codes.ts'
import { credit } from './credit.ts'
import { refundDeadlines } from './deadlines.ts'
import { decode } from './decode.ts'
import { encodeAmendment, encodeCancellation } from './encode-change.ts'
import { encodePaymentCertificate } from './encode-payment-certificate.ts'
import { encodeRefund } from './encode-refund.ts'
import { inquiryAt } from './message.ts'
import { missingInCertificates, missingInRefund } from './missing.ts'
import {
  amendmentParticulars,
  type CertificateParticulars,
  type ChangeParticulars,
  cancellationParticulars,
  certificateParticulars,
  type RefundParticulars,
  refundParticulars,
} from './particulars.ts'

/** Refund of input VAT on exported goods 出口退（免）税申报, as trading companies claim it (免退税). */
const refund: Procedure<RefundParticulars> = {
  name: { en: 'Export VAT refund', zh: '出口退（免）税申报' },
  onRequest: 'also',
  several: true,
  replies: 'pushed',
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'closed', 'refused', 'withdrawn', 'reversed'],
  particulars: refundParticulars,
  after: [{ agency: 'customs', procedure: 'declare', status: 'closed' }],
  applies: refundApplies,
  missing: missingInRefund,
  check: checkRefund,
  encode: encodeRefund,
  encodeInquiry: (submission) => inquiryAt('/refunds', submission),
  deadlines: refundDeadlines,
}

/** Comparison of customs payment certificates 海关缴款书稽核, so that import VAT may be deducted. */
const paymentCertificate: Procedure<CertificateParticulars> = {
  name: { en: 'Customs payment certificate comparison', zh: '海关缴款书稽核比对' },
  replies: 'pushed',
  statuses: ['acknowledged', 'in-review', 'approved', 'closed', 'refused', 'withdrawn'],
  particulars: certificateParticulars,
  after: [{ agency: 'customs', procedure: 'declare', status: 'approved' }],
  applies: certificateApplies,
  missing: missingInCertificates,
  check: checkCertificates,
  encode: encodePaymentCertificate,
  encodeInquiry: (submission) => inquiryAt('/payment-certificates', submission),
}

const changeStatuses = ['acknowledged', 'in-review', 'approved', 'refused'] as const
const mayBeChanged: ReturnType<Procedure['applies']> = {
  files: true,
  because: {
    en: 'What the tax office has not yet decided may be corrected or withdrawn',
    zh: '税务机关尚未核准的申报可以更正或撤回',
  },
}

/** Correction of a claim or of a list of certificates before it is decided 更正申报. */
const amendment: Procedure<ChangeParticulars | undefined> = {
  name: { en: 'Correction of a tax filing', zh: '更正申报' },
  amends: ['refund', 'payment-certificate'],
  replies: 'pushed',
  statuses: changeStatuses,
  particulars: amendmentParticulars,
  applies: () => mayBeChanged,
  missing: missingInAmendment,
  check: checkAmendment,
  encode: encodeAmendment,
  encodeInquiry: (submission) => inquiryAt('/amendments', submission),
}

/** Withdrawal of a claim or of a list of certificates before it is decided 企业撤回退（免）税申报. */
const cancellation: Procedure<ChangeParticulars | undefined> = {
  name: { en: 'Withdrawal of a tax filing', zh: '撤回申报' },
  cancels: ['refund', 'payment-certificate'],
  replies: 'pushed',
  statuses: changeStatuses,
  particulars: cancellationParticulars,
  applies: () => mayBeChanged,
  missing: () => [],
  check: checkCancellation,
  encode: encodeCancellation,
  encodeInquiry: (submission) => inquiryAt('/withdrawals', submission),
}

function refundApplies({ direction, goodsShipment }: Declaration): ReturnType<Procedure['applies']> {
  if (direction === 'import')
    return { files: false, because: { en: 'Only exports are refunded', zh: '仅出口货物办理退税' } }
  const mode = goodsShipment.supervisionMode
  return (
    rowOf(refundModes, mode) ?? {
      files: false,
      because: {
        en: `Exports under supervision mode ${mode} carry no VAT refund`,
        zh: `监管方式${mode}出口货物不办理退税`,
      },
    }
  )
}

function certificateApplies({ direction, goodsShipment }: Declaration): ReturnType<Procedure['applies']> {
  if (direction === 'export')
    return { files: false, because: { en: 'No import VAT is paid on exports', zh: '出口货物不缴纳进口环节增值税' } }
  const mode = goodsShipment.supervisionMode
  return taxedImportModes.has(mode)
    ? {
        files: true,
        because: { en: 'Import VAT paid to customs may be deducted', zh: '海关代征的进口环节增值税可申请抵扣' },
      }
    : {
        files: false,
        because: {
          en: `No import VAT is paid under supervision mode ${mode}`,
          zh: `监管方式${mode}不缴纳进口环节增值税`,
        },
      }
}

/** 税务: refunds for exports and payment certificates for imports. */
export const tax: Adapter = {
  name: { en: 'Tax', zh: '税务' },
  procedures: { refund, 'payment-certificate': paymentCertificate, amendment, cancellation },
  references: {
    'acceptance-number': { en: 'Acceptance number', zh: '受理编号' },
    'change-number': { en: 'Number of the change', zh: '变更编号' },
    'refund-note': { en: 'Treasury refund note', zh: '收入退还书' },
  },
  decode,
  credit,
}
