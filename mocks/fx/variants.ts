import type { Variants } from '../agency.ts'
import { without, withText } from '../rewriting.ts'
import { chinaTime } from './time.ts'
import { declaration } from './write.ts'

/** Deliveries with the ISO 20022 messages of an earlier and of a later year (section 10 of `specification.md`). */
export const variants: Variants = {
  unknownCode(document) {
    const { body } = document
    // Of a return of funds the kind of the delivery is all that tells what it is.
    const isReturn = body.includes('<Kind>RETURN</Kind>')
    const strange = isReturn
      ? withText(body, 'Kind', 'RECALL')
      : withText(withText(body, 'GrpSts', 'BLCK'), 'TxSts', 'BLCK')
    return { ...document, body: body.includes('<Kind>SAFE</Kind>') ? withText(body, 'Kind', 'SAFE2') : strange }
  },
  older: (document) => ({ ...document, body: inOlderMessages(document.body) }),
  newer: (document) => ({ ...document, body: inNewerMessages(document.body) }),
  maintenance: (until) => ({
    contentType: 'application/xml',
    body:
      `${declaration}<ServiceNotice xmlns="urn:x-bankfront:xsd:notice.001"><Kind>MAINTENANCE</Kind>` +
      `<Until>${chinaTime(until)}</Until><Text>银行前置系统维护</Text></ServiceNotice>`,
  }),
}

/** pain.002.001.03 and pacs.004.001.02: a status report has no number of its own and no supplementary data. */
function inOlderMessages(body: string): string {
  const unnumbered = without(body, 'StsId').replace(/<SplmtryData>.*?<\/SplmtryData>/, '')
  return unnumbered.replace('pain.002.001.10', 'pain.002.001.03').replace('pacs.004.001.09', 'pacs.004.001.02')
}

/** pain.002.001.14 and pacs.004.001.13: when a status took effect, and who decided it. */
function inNewerMessages(body: string): string {
  return body
    .replace('pain.002.001.10', 'pain.002.001.14')
    .replace('pacs.004.001.09', 'pacs.004.001.13')
    .replace('<TxSts>', '<TrckgData><Agt><BICFI>CQBKCNBJ</BICFI></Agt></TrckgData><TxSts>')
    .replace('<Kind>', '<SchmVrsn>002</SchmVrsn><Kind>')
}
