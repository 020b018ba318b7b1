import type { Posted } from '../agency.ts'
import type { Finding } from './message.ts'
import { namespace } from './read.ts'
import { escapeXml, leaf } from './xml.ts'

export const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** What this office answers to a declaration. `code` 0 is yes; anything else means nothing was stored. */
export interface ImportAnswer {
  readonly code: number
  readonly text: string
  readonly clientSeqNo: string
  readonly seqNo?: string
  readonly declareTimes?: number
  /** Step of a two-step declaration. */
  readonly step?: string
  readonly errors?: readonly Finding[]
  readonly warnings?: readonly Finding[]
}

/** DecImportResponse 导入回执. */
export function writeImportResponse(answer: ImportAnswer): string {
  const { seqNo, declareTimes, step = '', errors = [], warnings = [] } = answer
  return [
    `${prolog}<DecImportResponse xmlns="${namespace}">`,
    leaf('ResponseCode', String(answer.code)),
    leaf('ErrorMessage', answer.text),
    leaf('ClientSeqNo', answer.clientSeqNo),
    ...(seqNo === undefined ? [] : [leaf('SeqNo', seqNo)]),
    ...(declareTimes === undefined ? [] : [leaf('DeclareTimes', String(declareTimes))]),
    ...(step === '' ? [] : [leaf('DeclareStep', step)]),
    ...(errors.length === 0 ? [] : [`<Errors>${errors.map(writeError).join('')}</Errors>`]),
    ...(warnings.length === 0 ? [] : [`<Warnings>${warnings.map(writeWarning).join('')}</Warnings>`]),
    '</DecImportResponse>',
  ].join('')
}

/** A business receipt 回执, before it is known to be the first or the last. Empty texts are written as empty elements. */
export interface Receipt {
  readonly seqNo: string
  readonly entryId: string
  readonly noticeDate: string
  readonly channel: string
  readonly note: string
  readonly office: string
  readonly carriedOn: string
  readonly declaredOn: string
  /** Step of a two-step declaration; '' when there are no steps. */
  readonly step: string
}

/** DEC_RESULT: no namespace, all elements always there. */
export function writeReceipt(receipt: Receipt): string {
  return [
    `${prolog}<DEC_RESULT>`,
    leaf('CUS_CIQ_NO', receipt.seqNo),
    leaf('ENTRY_ID', receipt.entryId),
    leaf('NOTICE_DATE', receipt.noticeDate),
    leaf('CHANNEL', receipt.channel),
    leaf('NOTE', receipt.note),
    leaf('CUSTOM_MASTER', receipt.office),
    leaf('I_E_DATE', receipt.carriedOn),
    leaf('D_DATE', receipt.declaredOn),
    ...(receipt.step === '' ? [] : [leaf('DECLARE_STEP', receipt.step)]),
    '</DEC_RESULT>',
  ].join('')
}

/** The InBox 收件箱: files after a sequence number, and the number to ask with next. */
export function writeInBox(after: number, files: readonly Posted[]): string {
  const next = files.at(-1)?.sequence ?? after
  const written = files.map(({ name, body }) => `<File name="${escapeXml(name)}">${cdata(body)}</File>`)
  return `${prolog}<InBox next="${next}">${written.join('')}</InBox>`
}

export function writeError({ field, item, code, text }: Finding): string {
  return `<Error field="${escapeXml(field)}" item="${item}" code="${code}">${escapeXml(text)}</Error>`
}

function writeWarning({ field, item, text }: Finding): string {
  return `<Warning field="${escapeXml(field)}" item="${item}">${escapeXml(text)}</Warning>`
}

/** A document as it is, whatever it holds: `]]>` is split over two sections. */
function cdata(body: string): string {
  return `<![CDATA[${body.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
