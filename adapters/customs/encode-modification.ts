import type { Change, Filed, Submission, WireMessage } from '../adapter.ts'
import { writeXml, type XmlNode } from '../xml.ts'
import { flagOf } from './codes.ts'
import { differencesOf, type FieldChange } from './difference.ts'
import { decMessage } from './encode.ts'
import { signDate, traderOf } from './encode-head.ts'
import { summaryMessage } from './encode-summary.ts'
import type { Particulars } from './particulars.ts'
import type { ChangeParticulars } from './particulars-change.ts'
import { summaryNames } from './steps.ts'

/** Kind of application 修撤单类型. Source: public code of declaration software (decModType). */
export const modificationTypes = { amendment: '1', cancellation: '2' } as const

/** A filing as customs was or is to be sent it; numbers and signature left out, which no change concerns. */
function messageOf({ procedure }: Change, { declaration, particulars }: Filed): XmlNode {
  const p = particulars as Particulars
  return procedure === 'summary' ? summaryMessage(declaration, p, {}, '') : decMessage(declaration, p, {}, '')
}

/** The fields an amendment asks customs to change. */
export const changesOf = (change: Change): FieldChange[] =>
  change.after === undefined ? [] : differencesOf(messageOf(change, change.before), messageOf(change, change.after))

/** Numbers of the filing that is changed: 报关单号 and 统一编号; '' where customs has not given one. */
export function numbersOfChanged({ procedure, references }: Change): {
  readonly entryId: string
  readonly seqNo: string
} {
  const named = (scheme: string) => references.findLast((reference) => reference.scheme === scheme)?.value ?? ''
  return procedure === 'summary'
    ? { entryId: named(summaryNames.entryId), seqNo: named(summaryNames.seqNo) }
    : { entryId: named('entry-number'), seqNo: named('unified-number') }
}

/** The reason's number and why in words 修撤单原因. */
export const noteOf = ({ reason }: Change, { reasonCode }: ChangeParticulars): string => `${reasonCode ?? ''}-${reason}`

/**
 * An application to amend or cancel 修撤单 DecModMessage, elements in wire order. Elements and order: public code of declaration software;
 * field codes and `ClientSeqNo`: the interface of the simulated customs, section 8.
 */
function decModMessage(submission: Submission<ChangeParticulars>, change: Change): XmlNode {
  const { declaration } = change.before
  const { particulars } = submission
  const { entryId, seqNo } = numbersOfChanged(change)
  const trader = traderOf(declaration)
  const own = change.before.particulars as Particulars
  return {
    DecModSeqNo: '', // 修撤单统一编号, given by customs
    Version: '1.0', // 报文版本 [unverified]
    DecModType: modificationTypes[change.after === undefined ? 'cancellation' : 'amendment'], // 修撤单类型
    EntryId: entryId, // 报关单号
    CustomsCode: declaration.declarationOfficeId, // 申报地海关
    TradeCode: trader?.customsRegistrationId ?? '', // 收发货人代码
    TradeName: trader?.name ?? '', // 收发货人名称
    AgentCode: declaration.agent.customsRegistrationId ?? '', // 企业代码
    AgentName: declaration.agent.name, // 企业名称
    DecModNote: noteOf(change, particulars), // 修撤单原因
    CheckMark: particulars.checkMark ?? '', // 审查标识
    DecSeqNo: seqNo, // 报关单统一编号
    Sign: '', // 加签信息
    SignTime: signDate(submission.instant), // 加签时间
    IeFlag: flagOf[declaration.direction], // 进出口标识
    OperType: 'C', // 操作类型: 申报
    IcCode: particulars.icCode ?? own.icCode ?? '', // IC卡号
    EntOpName: particulars.entOpName ?? '', // 联系人
    EntOpTele: particulars.entOpTele ?? '', // 联系方式
    FeedDept: particulars.feedDept ?? '', // 岗位
    TradeCreditCode: trader?.id ?? '', // 境内收发货人统一社会信用代码
    AgentCreditCode: declaration.agent.id, // 申报单位统一社会信用代码
    ClientSeqNo: submission.messageId, // 申请的客户端编号
    Items: itemsOf(changesOf(change)), // 修改项
  }
}

const itemsOf = (changes: readonly FieldChange[]) =>
  changes.length === 0
    ? ''
    : {
        Item: changes.map((one, at) => ({
          No: String(at + 1), // 序号
          FieldCode: one.fieldCode, // 字段代码
          FieldName: one.fieldName, // 字段名
          OldValue: one.oldValue, // 字段原值
          NewValue: one.newValue, // 字段新值
          OldName: one.oldName, // 字段原值参数表对应中文名称
          NewName: one.newName, // 字段新值参数表对应中文名称
        })),
      }

/** Applies for an amendment or a cancellation 修撤单申请. @throws {Error} it is about no filing */
export function encodeModification(submission: Submission<ChangeParticulars>): WireMessage {
  const { change } = submission
  if (change === undefined) throw new Error('An application to amend or cancel names what it changes')
  return {
    method: 'POST',
    path: '/modifications',
    contentType: 'application/xml; charset=utf-8',
    body: writeXml({ DecModMessage: decModMessage(submission, change) }),
  }
}

/** Asks for the answer to an application by our own number of it. */
export const encodeModificationInquiry = ({ messageId }: Submission<ChangeParticulars>): WireMessage => ({
  method: 'GET',
  path: `/modifications?${new URLSearchParams({ clientSeqNo: messageId }).toString()}`,
})
