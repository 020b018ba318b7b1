import type { DomesticParty } from '../../schemas/declaration/index.ts'
import type { Submission, WireMessage } from '../adapter.ts'
import { toShanghai } from '../instants.ts'

/** Head and taxpayer, the same in every document to the tax office 报文头. */
export function headOf(submission: Submission, taxpayer: DomesticParty | undefined) {
  return {
    head: {
      ourReference: submission.reference, // 申报方编号
      messageId: submission.messageId, // 报文编号
      traderReference: submission.declaration.functionalReferenceId, // 企业自编编号
      submittedAt: `${toShanghai(submission.instant)}+08:00`, // 报送时间
    },
    taxpayer: {
      nsrsbh: taxpayer?.id, // 纳税人识别号
      nsrmc: taxpayer?.name, // 纳税人名称
    },
  }
}

export const jsonTo = (path: string, body: string): WireMessage => ({
  method: 'POST',
  path,
  contentType: 'application/json; charset=utf-8',
  body,
})

/** Asks for a filing by our own number 查询. */
export const inquiryAt = (path: string, { reference }: Submission): WireMessage => ({
  method: 'GET',
  path: `${path}/${reference}`,
})
