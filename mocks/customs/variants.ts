import type { Variants } from '../agency.ts'
import { ending, renamed, textIn, without, withText } from '../rewriting.ts'
import { localTime } from './time.ts'
import { prolog } from './write.ts'

/** Where each kind of document has its code, and one the specification does not have there. */
const codes = { CHANNEL: 'Q', FeedbackResults: '99', transStatusName: '待清算' }

/** Documents of the mailbox in the wrapper in use before, in one to come (section 10 of `specification.md`). */
export const variants: Variants = {
  unknownCode(document) {
    // A payment that failed says so beside its state.
    const unfailed = document.body.includes('<TaxPaymentResponse>')
      ? withText(document.body, 'errCode', '100')
      : document.body
    return {
      ...document,
      body: Object.entries(codes).reduce((body, [name, code]) => withText(body, name, code), unfailed),
    }
  },
  older: (document) => ({ ...document, body: inWrapper(document.body) }),
  newer: (document) => ({ ...document, body: inVersion5(document.body) }),
  maintenance: (until) => ({
    contentType: 'application/xml',
    body:
      `${prolog}<ServiceNotice><Kind>MAINTENANCE</Kind><ResumeTime>${localTime(until)}</ResumeTime>` +
      '<Note>单一窗口标准版系统停机维护</Note></ServiceNotice>',
  }),
}

/** DEC_DATA: a receipt under the old names, with one line beside it. What else lies in the mailbox had no other form. */
function inWrapper(body: string): string {
  if (!body.includes('<DEC_RESULT>')) return body
  const line = `${textIn(body, 'NOTE')} &lt;${textIn(body, 'CUSTOM_MASTER')}&gt;`
  const receipt = without(without(body.slice(prolog.length), 'I_E_DATE'), 'D_DATE')
  const named = renamed(renamed(receipt, 'CUS_CIQ_NO', 'SEQ_NO'), 'CUSTOM_MASTER', 'DECL_PORT')
  const spaced = withText(named, 'NOTICE_DATE', textIn(named, 'NOTICE_DATE').replace('T', ' '))
  return (
    `${prolog}<DEC_DATA><INTERFACE_VERSION>1.0</INTERFACE_VERSION>${spaced}` +
    `<RESULT_INFO>${line}</RESULT_INFO></DEC_DATA>`
  )
}

/** A version, and a digest of the line in words. */
function inVersion5(body: string): string {
  const root = /<(DEC_RESULT|HzApprovalResult|TaxPaymentResponse)>/.exec(body)?.[1] ?? ''
  const more = '<CHANNEL_LIST_VERSION>2028.1</CHANNEL_LIST_VERSION><HANDLED_BY><DEPT>0801</DEPT></HANDLED_BY>'
  return ending(body.replace(`<${root}>`, `<${root} version="5.0">`), root, more)
}
