import type { Finding } from './message.ts'
import { prolog, writeError } from './write.ts'
import { leaf } from './xml.ts'

/** What this office answers to an application to amend or cancel. `code` 0 is yes; anything else means nothing was stored. */
export interface ModificationAnswer {
  readonly code: number
  readonly text: string
  readonly clientSeqNo: string
  readonly decModSeqNo?: string
  readonly errors?: readonly Finding[]
}

/** DecModResponse 修撤单导入回执. */
export function writeModificationResponse({
  code,
  text,
  clientSeqNo,
  decModSeqNo,
  errors = [],
}: ModificationAnswer): string {
  return [
    `${prolog}<DecModResponse>`,
    leaf('ResponseCode', String(code)),
    leaf('ErrorMessage', text),
    leaf('ClientSeqNo', clientSeqNo),
    ...(decModSeqNo === undefined ? [] : [leaf('DecModSeqNo', decModSeqNo)]),
    ...(errors.length === 0 ? [] : [`<Errors>${errors.map(writeError).join('')}</Errors>`]),
    '</DecModResponse>',
  ].join('')
}

/** What became of an application. */
export interface ModificationResult {
  readonly decModSeqNo: string
  readonly clientSeqNo: string
  readonly result: string
  readonly note: string
  readonly noticeDate: string
  readonly entryId: string
  readonly seqNo: string
}

/** HzApprovalResult 修撤单审批结果. */
export function writeModificationResult(result: ModificationResult): string {
  return [
    `${prolog}<HzApprovalResult>`,
    leaf('DestResourceId', result.decModSeqNo),
    leaf('FeedbackResults', result.result),
    leaf('ResultNote', result.note),
    leaf('ClientSeqNo', result.clientSeqNo),
    leaf('NoticeDate', result.noticeDate),
    leaf('EntryId', result.entryId),
    leaf('DecSeqNo', result.seqNo),
    '</HzApprovalResult>',
  ].join('')
}
