import type { Outgoing, Variants } from '../agency.ts'
import { chinaTime } from './time.ts'
import type { Notice } from './write.ts'

/** Notices as versions 0.9 and 2.0 of the interface have them (section 10 of `specification.md`). */
export const variants: Variants = {
  unknownCode: (document) => rewritten(document, (notice) => ({ ...notice, status: 'ZX-915', ends: '' })),
  older: (document) => rewritten(document, inVersion09),
  newer: (document) => rewritten(document, inVersion20),
  maintenance: (until) => ({
    contentType: 'application/json',
    body: JSON.stringify({
      document: 'service-notice',
      kind: 'maintenance',
      until: chinaTime(until),
      text: '系统维护中',
    }),
  }),
}

function rewritten(document: Outgoing, write: (notice: Notice) => object): Outgoing {
  // A script may send what is no notice: it stays as it is.
  if (!document.body.startsWith('{"document":"notice"')) return document
  return { ...document, body: JSON.stringify(write(JSON.parse(document.body) as Notice)) }
}

/** No word on whether it ends the matter, no number of its own, and fields as a list. */
function inVersion09(notice: Notice): object {
  const fields = Object.entries(notice.fields).map(([name, value]) => ({ name, value }))
  // What is undefined is not written.
  return { ...notice, noticeId: undefined, ends: undefined, fields }
}

/** A version, the office in charge, and where the paper lies. */
function inVersion20(notice: Notice): object {
  const { head, ...rest } = notice
  return {
    version: '2.0',
    ...rest,
    head: { ...head, channel: 'window' },
    office: { code: '15001120000' },
    attachments: [{ kind: 'pdf', href: `/documents/${notice.noticeId}.pdf` }],
  }
}
