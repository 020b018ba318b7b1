import type { Verdict } from '../../../schemas/fees/bill.ts'
import type { Text } from '../../../schemas/text.ts'

/** What a line of a bill is 核对结论. */
export const verdictNames = {
  right: { en: 'Right', zh: '相符' },
  'below-price': { en: 'Below the list', zh: '低于标准' },
  'above-price': { en: 'Above the list', zh: '超标准收费' },
  'outside-list': { en: 'Not in the list', zh: '清单外收费' },
  cancelled: { en: 'Cancelled fee', zh: '已取消项目' },
  doubled: { en: 'Charged twice', zh: '重复收费' },
  'wrong-unit': { en: 'Wrong unit', zh: '计价单位不符' },
  'not-valid': { en: 'Not valid that day', zh: '已失效或未生效' },
  'marked-up': { en: 'Marked up', zh: '代收加价' },
  undecided: { en: 'Cannot be decided', zh: '无法判定' },
} as const satisfies Record<Verdict, Text>

/** What the pages of bills say. */
export const billWords = {
  title: { en: 'Check a bill', zh: '账单核对' },
  about: {
    en: 'Hold a bill against the published list, line by line. Nothing is kept unless you are signed in as a trader and ask for it; a check that is kept can be complained about.',
    zh: '将账单逐行与公布目录核对。默认不保存；企业用户登录后可保存核对结果，并据此提出投诉。',
  },
  signIn: { en: 'Sign in to keep checks and to complain', zh: '登录后可保存核对结果并投诉' },
  bill: { en: 'The bill', zh: '账单' },
  billNumber: { en: 'Number of the bill', zh: '账单号' },
  issuedOn: { en: 'Date of the bill', zh: '账单日期' },
  payee: { en: 'Charged by', zh: '收费主体' },
  otherPayee: { en: 'or, if it is not in the list, its name', zh: '或：目录外的开单单位名称' },
  lines: { en: 'Lines', zh: '账单明细' },
  linesHelp: {
    en: 'One line each: name | quantity | unit | unit price | amount. Quantity, unit and unit price may be left out. Cells copied from a spreadsheet can be pasted as they are.',
    zh: '每行一项：项目名称 | 数量 | 单位 | 单价 | 金额，其中数量、单位、单价可不填；也可直接粘贴从表格中复制的单元格。',
  },
  linesExample: {
    en: 'Cargo handling, lump sum | 2 | yuan/container | 720.00 | 1440.00\nCargo dues | 68.00',
    zh: '港口作业包干费 | 2 | 元/箱 | 720.00 | 1440.00\n货物港务费 | 68.00',
  },
  file: {
    en: 'or a file (CSV or XLSX); it counts instead of the lines above',
    zh: '或上传文件（CSV 或 XLSX），上传后以文件为准',
  },
  fileHelp: {
    en: 'First row: item, quantity, unit, unit price, amount (as far as there is such a column); a last row “total” is compared.',
    zh: '首行为表头：项目名称、数量、单位、单价、金额（可只有其中几列）；末行可为“合计”，系统将核对。',
  },
  shipment: { en: 'What the bill is for', zh: '账单对应的货物' },
  dayHelp: { en: 'Empty: that of the bill', zh: '不填则按账单日期' },
  check: { en: 'Check', zh: '核对' },
  again: { en: 'Change the bill, check again', zh: '修改账单，重新核对' },
  change: { en: 'Change', zh: '修改' },
  fileRead: { en: 'was read; choose it again to check it again.', zh: '已读取；如需重新核对，请再次选择文件。' },
  keep: { en: 'Keep this check', zh: '保存核对结果' },
  keepWhy: {
    en: 'A check that is kept has an address of its own, and what is wrong can be complained about there.',
    zh: '保存后生成固定网址，可就有问题的收费提出投诉。',
  },
  kept: { en: 'My checks', zh: '我的核对记录' },
  result: { en: 'What the list says', zh: '核对结果' },
  line: { en: 'Line of the bill', zh: '账单项目' },
  verdict: { en: 'Verdict', zh: '结论' },
  charged: { en: 'Charged (CNY)', zh: '实收（元）' },
  shouldBe: { en: 'By the list (CNY)', zh: '应收（元）' },
  over: { en: 'Too much (CNY)', zh: '多收（元）' },
  because: { en: 'Why', zh: '理由与计算' },
  total: { en: 'Total', zh: '合计' },
  undecided: { en: 'Cannot be decided, so not compared', zh: '无法判定、未予比较的金额' },
  difference: { en: 'The total on the bill is off from its lines by', zh: '账单合计与各行之和相差' },
  product: { en: 'Quantity times unit price is', zh: '数量×单价应为' },
  similar: { en: 'taken for, by a similar name', zh: '按相近名称识别为' },
  taken: { en: 'in the list', zh: '目录项目' },
  checkedAt: { en: 'Checked', zh: '核对时间' },
  problems: { en: 'Lines to object to', zh: '问题行数' },
  more: { en: 'Older', zh: '更早的记录' },
  none: { en: 'None.', zh: '暂无。' },
} as const satisfies Record<string, Text>
