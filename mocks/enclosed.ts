import { XMLValidator } from 'fast-xml-parser'

/**
 * A document as it stands inside a page of a mailbox 信箱内文书: as it is where it is XML, otherwise as text in CDATA, so that one
 * that was damaged does not make the page unreadable for the others.
 */
export function enclosed(body: string): string {
  if (XMLValidator.validate(`<Enclosed>${body}</Enclosed>`) === true) return body
  return `<![CDATA[${body.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
