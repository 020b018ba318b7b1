/** What the bank refuses 退回原因: its own code, the ISO reason that goes with it, and the words. */

/** Reasons of ISO 20022 the bank uses. */
export type IsoReason = 'AC01' | 'AM05' | 'AM12' | 'DT01' | 'FF01' | 'NARR' | 'RC01' | 'RR04'

export const faultKinds = {
  'FX-100': { reason: 'FF01', text: '报文结构或字段格式错误' },
  'FX-101': { reason: 'RR04', text: '申报号码格式错误' },
  'FX-102': { reason: 'RR04', text: '组织机构代码不在贸易外汇收支企业名录' },
  'FX-103': { reason: 'RR04', text: '交易编码不存在' },
  'FX-104': { reason: 'RR04', text: '交易编码与监管方式不符' },
  'FX-105': { reason: 'AM12', text: '各交易编码金额之和与总金额不等' },
  'FX-106': { reason: 'DT01', text: '申报日期早于申报号码日期或晚于申报当日' },
  'FX-107': { reason: 'RR04', text: '两个交易编码相同' },
  'FX-108': { reason: 'RR04', text: '资本项目交易编码须填写外汇局批件号或备案表号' },
  'FX-109': { reason: 'RR04', text: '组织机构代码与统一社会信用代码不符' },
  'FX-110': { reason: 'AM12', text: '申报金额与款项金额不符' },
  'FX-111': { reason: 'AC01', text: '账号或账户币种错误' },
  'FX-112': { reason: 'RR04', text: '对方国家（地区）代码不一致' },
  'FX-113': { reason: 'DT01', text: '日期无效' },
  'FX-114': { reason: 'RC01', text: '银行识别代码错误' },
  'FX-115': { reason: 'RR04', text: '银行业务编号与入账通知不符' },
  'FX-201': { reason: 'RR04', text: '无此报关单电子信息' },
  'FX-202': { reason: 'RR04', text: '本次核注金额超过报关单剩余可核注金额' },
  'FX-203': { reason: 'RR04', text: '报关单币种与已登记信息不符' },
  'FX-204': { reason: 'RR04', text: '报关单尚未结关' },
  'FX-205': { reason: 'RR04', text: '单笔超过等值10万美元的货到付款须核验报关单且金额相符' },
  'FX-301': { reason: 'RR04', text: 'C类企业须先到外汇局逐笔登记' },
  'FX-302': { reason: 'RR04', text: 'B类企业可收付汇额度不足' },
  'FX-303': { reason: 'RR04', text: '未报送贸易信贷信息' },
  'FX-401': { reason: 'RR04', text: '跨境人民币业务缺少或使用了无效的用途代码' },
  'FX-404': { reason: 'NARR', text: '查无此笔业务' },
  'FX-501': { reason: 'NARR', text: '外汇局批量数据未通过' },
  'FX-601': { reason: 'NARR', text: '原业务不存在、已终结或编号不符' },
  'FX-602': { reason: 'RR04', text: '资金已划转，须先退汇，不得删除' },
  'FX-603': { reason: 'AM05', text: '原业务已有修改或删除申请在办' },
  'FX-604': { reason: 'NARR', text: '银行不同意修改或删除' },
  'FX-901': { reason: 'AM05', text: '报文编号已用于其他内容' },
  'FX-902': { reason: 'AM05', text: '原业务尚在办理，不得重复提交' },
} as const satisfies { readonly [code: string]: { readonly reason: IsoReason; readonly text: string } }

export type FaultCode = keyof typeof faultKinds

/** One fault at one element. */
export interface Fault {
  readonly code: FaultCode
  readonly element: string
  /** Instead of the words of the table. */
  readonly text?: string
}
