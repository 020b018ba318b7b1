import { Big } from 'big.js'
import type { Submission, WireMessage } from '../adapter.ts'
import { compactDay } from '../instants.ts'
import { writeXml, type XmlNode } from '../xml.ts'
import {
  bondedMark,
  counterpartyOf,
  customsOf,
  enterpriseOf,
  organisationCode,
  sentAt,
  sentOn,
  signedBy,
  transactionsOf,
} from './money.ts'
import type { PaymentParticulars } from './particulars.ts'

type Order = Submission<PaymentParticulars>
type Payment = NonNullable<PaymentParticulars['payment']>

/** Writes the order to pay abroad 境外汇款申请书 with its declaration to SAFE. */
export function encodePayment(submission: Order): WireMessage {
  const { payment } = submission.particulars
  if (payment === undefined) throw new Error('No payment to order')
  const enterprise = enterpriseOf(submission.declaration)
  const amount = new Big(payment.amount).toFixed(2)
  const today = sentOn(submission.instant)
  const wanted = payment.executionDate ?? today
  return {
    method: 'POST',
    path: '/payments',
    contentType: 'application/xml; charset=utf-8',
    body: writeXml({
      Document: {
        '@xmlns': 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09',
        CstmrCdtTrfInitn: {
          GrpHdr: {
            MsgId: submission.messageId, // 报文编号
            CreDtTm: sentAt(submission.instant), // 报送时间
            NbOfTxs: '1', // 笔数
            CtrlSum: amount, // 总金额
            InitgPty: { Nm: enterprise?.name, Id: { OrgId: { Othr: { Id: enterprise?.id } } } }, // 申请企业
          },
          PmtInf: {
            PmtInfId: submission.reference, // 申报方编号
            PmtMtd: 'TRF', // 付款方式
            ReqdExctnDt: { Dt: wanted > today ? wanted : today }, // 付款日期
            Dbtr: { Nm: enterprise?.name }, // 付款人
            DbtrAcct: { Id: { Othr: { Id: payment.account } }, Ccy: payment.accountCurrency ?? payment.currency }, // 付款账户
            DbtrAgt: { FinInstnId: { BICFI: payment.bank } }, // 付款行
            ChrgBr: payment.charges, // 费用承担
            CdtTrfTxInf: transfer(submission, payment, amount),
          },
        },
      },
    }),
  }
}

function transfer(submission: Order, payment: Payment, amount: string): XmlNode {
  const { declaration, particulars, reference, instant } = submission
  const payee = counterpartyOf(declaration, particulars)
  return {
    PmtId: { InstrId: reference, EndToEndId: reference },
    Amt: { InstdAmt: { '@Ccy': payment.currency, '#text': amount } }, // 汇款金额
    CdtrAgt: { FinInstnId: { BICFI: payment.creditorBank } }, // 收款行
    Cdtr: { Nm: payee.name, PstlAdr: { Ctry: payee.countryCode } }, // 收款人
    CdtrAcct: { Id: { Othr: { Id: payment.creditorAccount } } }, // 收款人账号
    Purp: payment.currency === 'CNY' && particulars.purpose !== undefined ? { Prtry: particulars.purpose } : undefined, // 跨境人民币用途
    RgltryRptg: {
      DbtCdtRptgInd: 'DEBT',
      Authrty: { Nm: 'SAFE', Ctry: 'CN' }, // 外汇局
      Dtls: transactionsOf(declaration, particulars, payment).map((transaction) => ({
        Tp: 'BOP', // 国际收支申报
        Dt: sentOn(instant), // 申报日期
        Ctry: payee.countryCode, // 收款人常驻国家（地区）
        Cd: transaction.code, // 交易编码
        Amt: { '@Ccy': payment.currency, '#text': transaction.amount }, // 相应金额
        Inf: transaction.remark, // 交易附言
      })),
    },
    RmtInf: { Ustrd: payment.remittance ?? `INV ${invoiceNumberOf(submission)}` }, // 汇款附言
    SplmtryData: { Envlp: { FxAppl: application(submission, payment) } },
  }
}

const invoiceNumberOf = ({ declaration, particulars }: Order): string =>
  particulars.invoiceNumber ?? declaration.goodsShipment.invoice?.id ?? ''

/** SAFE's records of files B, H and N 境外汇款申请书, as far as the payment does not tell them. */
function application(submission: Order, payment: Payment): XmlNode {
  const { declaration, particulars } = submission
  const enterprise = enterpriseOf(declaration)
  const payee = counterpartyOf(declaration, particulars)
  const [first] = transactionsOf(declaration, particulars, payment)
  const customsId = enterprise?.customsRegistrationId
  return {
    '@xmlns': 'urn:x-bankfront:xsd:payment.001',
    TrdrRef: declaration.functionalReferenceId, // 企业自编编号
    CUSTYPE: 'C', // 汇款人类型: 对公用户
    CUSTCOD: organisationCode(enterprise?.id ?? ''), // 组织机构代码
    OPPUSER: `${payee.prefix}${payee.name ?? ''}`, // 收款人名称
    METHOD: particulars.method, // 结算方式
    COUNTRY: payee.country, // 收款人常驻国家（地区）代码
    PAYTYPE: particulars.payType, // 付款性质
    ISREF: bondedMark(particulars, first.code), // 是否保税货物项下
    IMPDATE:
      particulars.payType === 'A' && particulars.latestShipmentDate
        ? compactDay(particulars.latestShipmentDate)
        : undefined, // 最迟装运日期
    CONTRNO: particulars.contractNumber ?? declaration.goodsShipment.contractNumber, // 合同号
    INVOINO: invoiceNumberOf(submission), // 发票号
    CUSMNO: customsId !== undefined && customsId.length >= 10 ? customsId : undefined, // 报关单经营单位代码
    CUSTOMS: customsOf(submission, payment), // 报关单信息
    ...signedBy(submission),
  }
}
