import type { Receipt, Reference } from '../../schemas/receipt.ts'
import type { FilingStatus, Hold } from '../../schemas/status.ts'
import { Unintelligible } from '../adapter.ts'
import { fromShanghai } from '../instants.ts'
import { rowOf } from '../tables.ts'
import { textOf, type XmlNode } from '../xml.ts'

/** Success in DecModResponse; 901 is 查无此单, the answer to an inquiry for what never came. */
const taken = '0'
const unknownHere = '901'

interface Result {
  readonly zh: string
  readonly status: FilingStatus
  readonly sets?: readonly Hold[]
  readonly lifts?: readonly Hold[]
}

/**
 * Results of an application 修撤单审批结果, FeedbackResults. Part of it granted is no grant: nothing is changed, and customs wants
 * another application. Source: the simulated customs, section 8; the codes of the real one are not published.
 */
export const feedbackResults: { readonly [code: string]: Result } = {
  '1': { zh: '已受理', status: 'registered' },
  '2': { zh: '审核中', status: 'in-review', lifts: ['supplement', 'suspended'] },
  '3': { zh: '要求补充材料', status: 'in-review', sets: ['supplement'] },
  '8': { zh: '核实货物状态', status: 'in-review', sets: ['suspended'] },
  '4': { zh: '同意', status: 'approved', lifts: ['supplement', 'suspended'] },
  '5': { zh: '不同意', status: 'refused', lifts: ['supplement', 'suspended'] },
  '7': { zh: '部分同意', status: 'refused', lifts: ['supplement', 'suspended'] },
}

/**
 * Names of an application: ours first. Never those of the declaration it is about: a receipt of an application must not be taken for one of
 * the declaration's.
 */
function namesOf(clientSeqNo: string, decModSeqNo: string): Reference[] {
  const ours = /^([A-Z0-9]{20})-\d+$/.exec(clientSeqNo)?.[1]
  return [
    ...(ours === undefined ? [] : [{ scheme: 'filing', value: ours }]),
    ...(clientSeqNo === '' ? [] : [{ scheme: 'message', value: clientSeqNo }]),
    ...(decModSeqNo === '' ? [] : [{ scheme: 'modification-number', value: decModSeqNo }]),
  ]
}

/** Customs' own answer to an application DecModResponse; `errors` are those it lists. */
export function modificationResponse(response: XmlNode, errors: readonly unknown[] | undefined): Receipt[] {
  const code = textOf(response, 'ResponseCode')
  if (code === unknownHere) return []
  const references = namesOf(textOf(response, 'ClientSeqNo'), textOf(response, 'DecModSeqNo'))
  if (code === '' || references.length === 0)
    throw new Unintelligible('A DecModResponse without a code or a number of the application')
  return [
    {
      references,
      status: code === taken ? 'acknowledged' : 'refused',
      code,
      text: textOf(response, 'ErrorMessage'),
      ...(errors === undefined ? {} : { details: { errors } }),
    },
  ]
}

/** What became of an application HzApprovalResult; its time is Shanghai's. A result nobody published moves nothing. */
export function approvalResult(result: XmlNode): Receipt[] {
  const code = textOf(result, 'FeedbackResults')
  const references = namesOf(textOf(result, 'ClientSeqNo'), textOf(result, 'DestResourceId'))
  if (code === '' || references.length === 0)
    throw new Unintelligible('A HzApprovalResult without a result or a number of the application')
  const at = fromShanghai(textOf(result, 'NoticeDate'))
  const brings = rowOf(feedbackResults, code)
  const details = Object.entries({
    declarationNumber: textOf(result, 'EntryId'),
    unifiedNumber: textOf(result, 'DecSeqNo'),
  }).filter(([, value]) => value !== '')
  return [
    {
      references,
      ...(brings === undefined ? {} : { status: brings.status }),
      code,
      text: textOf(result, 'ResultNote') || (brings?.zh ?? ''),
      ...(at === undefined ? {} : { at }),
      ...(brings?.sets === undefined ? {} : { sets: [...brings.sets] }),
      ...(brings?.lifts === undefined ? {} : { lifts: [...brings.lifts] }),
      ...(details.length === 0 ? {} : { details: Object.fromEntries(details) }),
    },
  ]
}
