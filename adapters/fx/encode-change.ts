import type { Submission, WireMessage } from '../adapter.ts'
import { compactDay } from '../instants.ts'
import { writeXml, type XmlNode } from '../xml.ts'
import { reasonOf } from './changes.ts'
import {
  bondedMark,
  counterpartyOf,
  customsOf,
  enterpriseOf,
  type Money,
  moneyOf,
  sentAt,
  signedBy,
  transactionsOf,
} from './money.ts'
import type { ChangeParticulars, FxParticulars } from './particulars.ts'

type ChangeSubmission = Submission<ChangeParticulars | undefined>

/** Writes the correction of what was declared to SAFE 申报修改: the enterprise's record as it is to be. */
export function encodeAmendment(submission: ChangeSubmission): WireMessage {
  const { after } = changeOf(submission)
  const filed = { ...submission, particulars: after?.particulars as FxParticulars }
  const money = moneyOf(filed.particulars)
  if (money === undefined) throw new Error('No money to declare')
  return changeTo('/amendments', submission, {
    REC: {
      ACTIONTYPE: 'C', // 操作类型: 修改
      ...declared(filed, money, reasonOf(changeOf(submission), submission.particulars)),
      ...contactOf(submission, signedBy(filed)),
    },
    CUSTOMS: customsOf(filed, money), // 报关单信息
  })
}

/** Writes the deletion of what was declared to SAFE 申报删除. */
export function encodeCancellation(submission: ChangeSubmission): WireMessage {
  const change = changeOf(submission)
  const before = change.before.particulars as FxParticulars
  const { REGNO: _, ...signed } = signedBy({ ...submission, particulars: before })
  return changeTo('/cancellations', submission, {
    REC: {
      ACTIONTYPE: 'D', // 操作类型: 删除
      ACTIONDESC: reasonOf(change, submission.particulars), // 修改/删除原因
      ...contactOf(submission, signed),
    },
  })
}

function changeOf({ change }: ChangeSubmission) {
  if (change === undefined) throw new Error('No change to apply for')
  return change
}

function changeTo(path: string, submission: ChangeSubmission, content: XmlNode): WireMessage {
  const change = changeOf(submission)
  const enterprise = enterpriseOf(submission.declaration)
  return {
    method: 'POST',
    path,
    contentType: 'application/xml; charset=utf-8',
    body: writeXml({
      Document: {
        '@xmlns': 'urn:x-bankfront:xsd:change.001',
        RcrdChg: {
          GrpHdr: {
            MsgId: submission.messageId, // 报文编号
            CreDtTm: sentAt(submission.instant), // 报送时间
            OurRef: submission.reference, // 申报方编号
            TrdrRef: submission.declaration.functionalReferenceId, // 企业自编编号
            InitgPty: { Nm: enterprise?.name, Id: enterprise?.id }, // 申报企业
          },
          Orgnl: {
            OrgnlRef: change.reference, // 原申报方编号
            OrgnlTp: change.procedure === 'receipt' ? 'RECEIPT' : 'PAYMENT', // 原业务种类
            AcctSvcrRef: nameOf(submission, 'bank-reference'), // 银行业务编号
            RPTNO: nameOf(submission, 'report-number'), // 申报号码
          },
          ...content,
        },
      },
    }),
  }
}

/** A name the bank gave the filing that is changed. @throws {Error} it gave none yet */
function nameOf(submission: ChangeSubmission, scheme: string): string {
  const found = changeOf(submission).references.findLast((reference) => reference.scheme === scheme)
  if (found === undefined) throw new Error(`fx has given no ${scheme} yet`)
  return found.value
}

/** Who filled in the change: as it says, else as in the filing. */
const contactOf = ({ particulars }: ChangeSubmission, signed: XmlNode): XmlNode => ({
  ...signed,
  ...(particulars?.contact === undefined
    ? {}
    : {
        CRTUSER: particulars.contact.name, // 填报人
        INPTELC: particulars.contact.telephone, // 填报人电话
      }),
})

/** What the enterprise declares 申报信息 (files G, H and N), in the order of the change document. */
function declared({ declaration, particulars }: Submission<FxParticulars>, money: Money, reason: string): XmlNode {
  const [first, second] = transactionsOf(declaration, particulars, money)
  return {
    ACTIONDESC: reason, // 修改/删除原因
    COUNTRY: counterpartyOf(declaration, particulars).country, // 对方常驻国家（地区）代码
    PAYTYPE: particulars.payType, // 收/付款性质
    TXCODE: first.code, // 交易编码1
    TC1AMT: first.amount, // 相应金额1
    TXREM: first.remark, // 交易附言1
    TXCODE2: second?.code, // 交易编码2
    TC2AMT: second?.amount, // 相应金额2
    TX2REM: second?.remark, // 交易附言2
    ISREF: bondedMark(particulars, first.code), // 是否保税货物项下
    ...('financing' in particulars
      ? {
          BILLNO: particulars.approvalNumber, // 外汇局批件号/备案表号
          PAYATTR: particulars.financing, // 收入类型
        }
      : {
          IMPDATE:
            particulars.payType === 'A' && particulars.latestShipmentDate
              ? compactDay(particulars.latestShipmentDate)
              : undefined, // 最迟装运日期
          CONTRNO: particulars.contractNumber ?? declaration.goodsShipment.contractNumber, // 合同号
          INVOINO: particulars.invoiceNumber ?? declaration.goodsShipment.invoice?.id, // 发票号
        }),
  }
}
