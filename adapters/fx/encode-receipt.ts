import { Big } from 'big.js'
import type { Submission, WireMessage } from '../adapter.ts'
import { writeXml, type XmlNode } from '../xml.ts'
import {
  bondedMark,
  counterpartyOf,
  customsOf,
  enterpriseOf,
  type Money,
  organisationCode,
  sentAt,
  signedBy,
  transactionsOf,
  whole,
} from './money.ts'
import type { ReceiptParticulars } from './particulars.ts'

type Advice = NonNullable<ReceiptParticulars['advice']>

/** Writes the declaration of money received 涉外收入申报单 against the bank's credit advice. */
export function encodeReceipt(submission: Submission<ReceiptParticulars>): WireMessage {
  const { advice } = submission.particulars
  if (advice === undefined) throw new Error('No credit advice to declare')
  const enterprise = enterpriseOf(submission.declaration)
  return {
    method: 'POST',
    path: '/receipts',
    contentType: 'application/xml; charset=utf-8',
    body: writeXml({
      Document: {
        '@xmlns': 'urn:x-bankfront:xsd:receipt.001',
        RctDcltn: {
          GrpHdr: {
            MsgId: submission.messageId, // 报文编号
            CreDtTm: sentAt(submission.instant), // 报送时间
            OurRef: submission.reference, // 申报方编号
            TrdrRef: submission.declaration.functionalReferenceId, // 企业自编编号
            InitgPty: { Nm: enterprise?.name, Id: enterprise?.id }, // 申报企业
          },
          CdtAdvc: creditAdvice(submission, advice), // 入账通知
          REC: declared(submission, advice), // 申报信息
          CUSTOMS: customsOf(submission, advice), // 报关单信息
        },
      },
    }),
  }
}

function creditAdvice({ declaration, particulars }: Submission<ReceiptParticulars>, advice: Advice): XmlNode {
  const payer = counterpartyOf(declaration, particulars)
  return {
    AcctSvcrRef: advice.id, // 银行业务编号
    BookgDt: advice.bookedOn, // 入账日期
    Amt: { '@Ccy': advice.currency, '#text': new Big(advice.amount).toFixed(2) }, // 金额
    CdtrAcct: advice.account, // 收款账号
    Dbtr: { Nm: payer.name, Ctry: payer.countryCode }, // 付款人
    Purp: advice.currency === 'CNY' ? particulars.purpose : undefined, // 跨境人民币用途
  }
}

/** SAFE's record of files A and G 涉外收入申报单. */
function declared(submission: Submission<ReceiptParticulars>, advice: Advice & Money): XmlNode {
  const { declaration, particulars } = submission
  const enterprise = enterpriseOf(declaration)
  const payer = counterpartyOf(declaration, particulars)
  const [first, second] = transactionsOf(declaration, particulars, advice)
  return {
    RPTNO: advice.reportNumber, // 申报号码
    CUSTYPE: 'C', // 收款人类型: 对公用户
    CUSTCOD: organisationCode(enterprise?.id ?? ''), // 组织机构代码
    CUSTNM: enterprise?.name, // 收款人名称
    OPPUSER: `${payer.prefix}${payer.name ?? ''}`, // 付款人名称
    TXCCY: advice.currency, // 收入款币种
    TXAMT: whole(advice.amount).toFixed(), // 收入款金额
    METHOD: particulars.method, // 结算方式
    BUSCODE: advice.id, // 银行业务编号
    COUNTRY: payer.country, // 付款人常驻国家（地区）代码
    PAYTYPE: particulars.payType, // 收款性质
    TXCODE: first.code, // 交易编码1
    TC1AMT: first.amount, // 相应金额1
    TXREM: first.remark, // 交易附言1
    TXCODE2: second?.code, // 交易编码2
    TC2AMT: second?.amount, // 相应金额2
    TX2REM: second?.remark, // 交易附言2
    ISREF: bondedMark(particulars, first.code), // 是否保税货物项下
    BILLNO: particulars.approvalNumber, // 外汇局批件号/备案表号
    PAYATTR: particulars.financing, // 收入类型
    ...signedBy(submission),
  }
}
