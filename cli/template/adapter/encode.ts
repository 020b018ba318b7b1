import { type Submission, type WireMessage, writeJson } from 'yuchuang/adapter'
import type { NoticeParticulars } from './particulars.ts'

/** Lines of goods as the notice has them, in its order: none yet. Source: specification §2. */
const goodsLines: (declaration: Submission['declaration']) => readonly object[] = () => []

/** The notice 货物通报. */
export const encodeNotice = (submission: Submission<NoticeParticulars>): WireMessage => ({
  method: 'POST',
  path: '/notices',
  contentType: 'application/json',
  body: writeJson({
    reference: submission.reference, // 申报编号
    message: submission.messageId, // 报文编号
    traderReference: submission.declaration.functionalReferenceId, // 企业内部编号
    contact: submission.particulars.contact, // 联系人
    goods: goodsLines(submission.declaration), // 货物
  }),
})

/** What became of a notice, asked by our own reference 查询. */
export const inquireNotice = ({ reference }: Submission): WireMessage => ({
  method: 'GET',
  path: `/notices/${reference}`,
})
