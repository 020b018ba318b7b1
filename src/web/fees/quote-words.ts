import type { Text } from '../../../schemas/text.ts'

/** What the quote page says 费用测算. */
export const quoteWords = {
  title: { en: 'What will the port cost?', zh: '口岸费用测算' },
  about: {
    en: 'Describe the consignment. What you leave open counts as not known, and the answer says what difference it makes. Nothing is kept: the address of the answer holds your question.',
    zh: '请填写货物情况，未填项视为未知，测算结果会说明其影响。系统不保存查询内容，结果页的网址即包含全部条件，可收藏或转发。',
  },
  declaration: { en: 'Number of a declaration of yours', zh: '本企业申报单编号' },
  byDeclaration: { en: 'From a declaration', zh: '按申报单测算' },
  read: { en: 'Read it and work it out', zh: '读取并测算' },
  dayHelp: { en: 'Empty: today', zh: '不填为当日' },
  ask: { en: 'Work it out', zh: '测算' },
  again: { en: 'Change the question', zh: '修改条件，重新测算' },
  change: { en: 'Change', zh: '修改条件' },
  checkBill: { en: 'Check a bill for this consignment', zh: '核对此票货物的账单' },
  result: { en: 'By the published list', zh: '按公布目录测算结果' },
  asked: { en: 'Asked for', zh: '测算条件' },
  currency: { en: 'in CNY', zh: '单位：元' },
  total: { en: 'Total', zh: '合计' },
  government: { en: 'Set, guided or levied by government', zh: '其中：政府定价、指导价及规费' },
  market: { en: 'Market prices', zh: '其中：市场调节价' },
  uncertain: { en: 'To make the figure certain', zh: '补充以下信息，可得到确定金额' },
  lines: { en: 'What is charged', zh: '应收项目' },
  nothing: { en: 'Nothing of the list is charged.', zh: '无应收项目。' },
  possible: { en: 'What may come on top, if asked for or if it happens', zh: '可能发生的项目（委托或发生时收取）' },
  exempt: { en: 'What is not charged, and why', zh: '不收取的项目及原因' },
  oneOf: { en: 'one of several', zh: '择一收取' },
  oneOfWhy: {
    en: '“One of several”: several payees do this, you pay one of them, and the total counts it once.',
    zh: '标注“择一收取”的项目由多家收费主体提供，只需支付其中一家，合计中只计一次。',
  },
  how: { en: 'How it comes about', zh: '计算过程' },
  why: { en: 'Why', zh: '原因' },
  provided: { en: 'if', zh: '如为' },
  amount: { en: 'Amount (CNY)', zh: '金额（元）' },
} as const satisfies Record<string, Text>
