import type { Variants } from '../agency.ts'
import { without, withText } from '../rewriting.ts'
import { singaporeTime } from './time.ts'
import { xmlDeclaration } from './write.ts'

/** Responses as message versions 040 and 042 have them (section 10 of `specification.md`). */
export const variants: Variants = {
  unknownCode: (document) => ({ ...document, body: withText(document.body, 'cbc:Status', 'Deferred to Assessment') }),
  older: (document) => ({ ...document, body: inVersion040(document.body) }),
  newer: (document) => ({ ...document, body: inVersion042(document.body) }),
  maintenance: (until) => ({
    contentType: 'application/xml',
    body:
      `${xmlDeclaration}<ServiceNotice xmlns="urn:x-sgwindow:xsd:notice"><Kind>Maintenance</Kind>` +
      `<Until>${singaporeTime(until)}</Until><Text>Scheduled maintenance</Text></ServiceNotice>`,
  }),
}

/** Without the number of the transaction and the trader's own reference. */
function inVersion040(body: string): string {
  const older = withText(body, 'cbc:MessageVersion', '040')
  return without(without(older, 'cbc:TransactionID'), 'cbc:TraderReference')
}

/** With the centre that processed it, and the list a status is from. */
function inVersion042(body: string): string {
  return withText(body, 'cbc:MessageVersion', '042')
    .replace(
      '<cbc:TotalNumberOfResponse>',
      '<cbc:ProcessingCentre>SG-2</cbc:ProcessingCentre><cbc:TotalNumberOfResponse>',
    )
    .replace('<cbc:Status>', '<cbc:Status listVersion="2028.1">')
}
