import type { ComplaintMove, ComplaintStatus, Party } from '../../../schemas/fees/complaints.ts'
import type { Text } from '../../../schemas/text.ts'

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
  withdraw: { en: 'Withdraw', zh: '撤回投诉' },
} as const satisfies Record<ComplaintMove, Text>

/** Who has a part in it 当事方. */
export const partyNames = {
  trader: { en: 'Trader', zh: '投诉企业' },
  payee: { en: 'Payee', zh: '收费主体' },
  admin: { en: 'Authority', zh: '主管部门' },
} as const satisfies Record<Party, Text>

/** What the pages of complaints say. */
export const complaintWords = {
  title: { en: 'Complaints about charges', zh: '价格投诉' },
  complaint: { en: 'Complaint', zh: '价格投诉' },
  number: { en: 'Case number', zh: '受理编号' },
  status: { en: 'Status', zh: '状态' },
  all: { en: 'All', zh: '全部' },
  show: { en: 'Show', zh: '查询' },
  onlyOverdue: { en: 'Not answered in time only', zh: '仅看逾期未答复' },
  payee: { en: 'Complained about', zh: '被投诉主体' },
  complainant: { en: 'Complainant', zh: '投诉企业' },
  port: { en: 'Port', zh: '口岸' },
  bill: { en: 'Bill', zh: '账单' },
  amount: { en: 'Amount in question (CNY)', zh: '争议金额（元）' },
  refund: { en: 'To be paid back (CNY)', zh: '退款金额（元）' },
  refundOffered: { en: 'Paid back (CNY)', zh: '退还金额（元）' },
  refundOrdered: {
    en: 'To be paid back (CNY); 0 where the complaint is not upheld',
    zh: '应退金额（元），不支持投诉时填 0',
  },
  filedAt: { en: 'Filed', zh: '受理日期' },
  dueOn: { en: 'To be answered by', zh: '答复期限' },
  workdays: { en: 'workdays from filing, as set for this site', zh: '个工作日（本系统参数）' },
  overdue: { en: 'Overdue', zh: '已逾期' },
  lines: { en: 'What it is about', zh: '投诉的收费' },
  steps: { en: 'What happened', zh: '办理经过' },
  next: { en: 'What you can do', zh: '您可以办理' },
  nothing: { en: 'Nothing is to be done by you now.', zh: '目前没有需要您办理的事项。' },
  words: { en: 'In your words', zh: '说明' },
  result: { en: 'Is the complaint justified?', zh: '投诉是否属实' },
  accepted: { en: 'The complaint is justified', zh: '投诉属实' },
  refused: { en: 'The complaint is not justified', zh: '投诉不属实' },
  complain: { en: 'Complain', zh: '提出投诉' },
  complainAgain: { en: 'Another complaint about this bill', zh: '就此账单再次投诉' },
  complainAbout: { en: 'About these lines', zh: '投诉的账单行' },
  complainWhy: {
    en: 'The complaint gets a case number and goes to the payee, who has to answer; where you do not agree, the authority decides. Complaints count in the next assessment.',
    zh: '投诉将生成受理编号并转送收费主体限期答复；对答复有异议的，由主管部门裁定。投诉计入下一轮定期评估。',
  },
  nobody: {
    en: 'Who sent this bill is not in the list: there is nobody here to send a complaint to. Turn to the port’s authority.',
    zh: '开单单位不在目录清单内，无法转送投诉，请向口岸主管部门反映。',
  },
  stale: { en: 'The case has moved on meanwhile', zh: '本案在您填写期间已有新的进展' },
  staleWhy: {
    en: 'See what happened below. What you wrote was not sent; it stands in the form again.',
    zh: '请先查看下方办理经过。您填写的内容尚未提交，已保留在表单中。',
  },
  staleGone: {
    en: 'What you were about to do cannot be done any more: see what happened below.',
    zh: '您要办理的事项已不能办理，请查看下方办理经过。',
  },
  unsent: { en: 'What you wrote, which was not sent', zh: '您填写的内容（未提交）' },
  toCheck: { en: 'The bill check', zh: '查看账单核对' },
  none: { en: 'No complaints.', zh: '暂无投诉。' },
} as const satisfies Record<string, Text>
