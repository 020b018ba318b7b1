import type { Verdict } from '../../../schemas/fees/bill.ts'
import type { ComplaintMove, ComplaintStatus } from '../../../schemas/fees/complaints.ts'
import type { Text } from '../../../schemas/text.ts'

/** What a line of a bill is 核对结论. */
export const verdictNames = {
  right: { en: 'Right', zh: '相符' },
  'below-price': { en: 'Below the list', zh: '低于标准' },
  'above-price': { en: 'Above the list', zh: '超标准' },
  'outside-list': { en: 'Not in the list', zh: '清单外收费' },
  cancelled: { en: 'Cancelled fee', zh: '已取消项目' },
  doubled: { en: 'Charged twice', zh: '重复收费' },
  'wrong-unit': { en: 'Wrong unit', zh: '计价单位不符' },
  'not-valid': { en: 'Not valid that day', zh: '已失效或未生效' },
  'marked-up': { en: 'Marked up', zh: '代收加价' },
  undecided: { en: 'Cannot be decided', zh: '无法判定' },
} as const satisfies Record<Verdict, Text>

/** Where a complaint stands 投诉状态. */
export const complaintStatusNames = {
  filed: { en: 'Filed', zh: '已受理' },
  answered: { en: 'Answered', zh: '已答复' },
  settled: { en: 'Settled', zh: '已和解' },
  disputed: { en: 'Disputed', zh: '有异议' },
  decided: { en: 'Decided', zh: '已裁定' },
  withdrawn: { en: 'Withdrawn', zh: '已撤回' },
} as const satisfies Record<ComplaintStatus, Text>

/** What can be done with one 办理动作. */
export const moveNames = {
  answer: { en: 'Answer', zh: '答复' },
  accept: { en: 'Accept the answer', zh: '接受答复' },
  dispute: { en: 'Dispute the answer', zh: '提出异议' },
  decide: { en: 'Decide', zh: '裁定' },
  withdraw: { en: 'Withdraw', zh: '撤回' },
} as const satisfies Record<ComplaintMove, Text>

/** What the pages of bills and complaints say. */
export const billWords = {
  title: { en: 'Check a bill', zh: '账单核对' },
  about: {
    en: 'Hold a bill against the published list, line by line. A check is not kept unless you are signed in as a trader and ask for it; a kept one can be complained about.',
    zh: '将账单逐行与公布目录核对。默认不保存；以企业身份登录后可保存，并可据此投诉。',
  },
  billNumber: { en: 'Number of the bill', zh: '账单号' },
  issuedOn: { en: 'Date of the bill', zh: '账单日期' },
  payee: { en: 'Charged by', zh: '收费主体' },
  otherPayee: { en: 'or, if it is not in the list, its name', zh: '或：目录外主体名称' },
  lines: { en: 'Lines', zh: '账单行' },
  linesHelp: {
    en: 'One line each: name | quantity | unit | unit price | amount. Quantity, unit and unit price may be left empty.',
    zh: '每行一项：项目名称 | 数量 | 单位 | 单价 | 金额。数量、单位、单价可留空。',
  },
  file: { en: 'or a file (CSV, XLSX)', zh: '或上传文件（CSV、XLSX）' },
  check: { en: 'Check', zh: '核对' },
  keep: { en: 'Check and keep', zh: '核对并保存' },
  result: { en: 'What the list says', zh: '核对结果' },
  line: { en: 'Line', zh: '行' },
  verdict: { en: 'Verdict', zh: '结论' },
  charged: { en: 'Charged', zh: '实收' },
  shouldBe: { en: 'By the list', zh: '应收' },
  over: { en: 'Too much', zh: '多收' },
  because: { en: 'Why', zh: '理由' },
  total: { en: 'Total', zh: '合计' },
  undecided: { en: 'Cannot be decided', zh: '无法判定金额' },
  complain: { en: 'Complain', zh: '投诉' },
  complainAbout: { en: 'About these lines', zh: '投诉的账单行' },
  words: { en: 'In your words', zh: '说明' },
  complaints: { en: 'Complaints', zh: '价格投诉' },
  complaint: { en: 'Complaint', zh: '投诉' },
  status: { en: 'Status', zh: '状态' },
  amount: { en: 'Amount in question', zh: '争议金额' },
  refund: { en: 'To be paid back', zh: '退款金额' },
  dueOn: { en: 'To be answered by', zh: '答复期限' },
  overdue: { en: 'Overdue', zh: '已逾期' },
  steps: { en: 'What happened', zh: '办理经过' },
  accepted: { en: 'The complaint is justified', zh: '投诉属实' },
  mine: { en: 'My checks', zh: '我的核对记录' },
  none: { en: 'None.', zh: '暂无。' },
} as const satisfies Record<string, Text>
