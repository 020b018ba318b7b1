import { type Declaration, type Issue, issue, line } from 'yuchuang/schemas'
import * as z from 'zod'

/** What only this notice asks for. Source: specification §2. */
export const noticeParticulars = z.strictObject({
  contact: line(60).describe('Whom the station calls 联系人'),
})
export type NoticeParticulars = z.infer<typeof noticeParticulars>

const contactAt = '/particulars/templateid/notice/contact'
const askForContact = { en: 'Say whom the station may call', zh: '请填写联系人' }

/** Without a person to call nothing can be sent. */
export const missingInNotice = (_: Declaration, particulars: NoticeParticulars | undefined): Issue[] =>
  particulars === undefined ? [issue(contactAt, 'missing', askForContact, 'templateid')] : []
