import type { Text } from '../../../schemas/text.ts'

/** What the quote page says 费用测算. */
export const quoteWords = {
  title: { en: 'What will the port cost?', zh: '口岸费用测算' },
  about: {
    en: 'Describe the consignment; what you leave open is not known, and the answer says what difference it makes. Nothing is kept: the address of the answer holds your question.',
    zh: '请填写货物情况；未填的视为未知，结果会说明其影响。系统不保存您的查询，结果页地址即包含全部条件。',
  },
  ask: { en: 'Work it out', zh: '测算' },
  result: { en: 'By the published list', zh: '按公布目录测算' },
  total: { en: 'Total', zh: '合计' },
  government: { en: 'of it set or guided by government', zh: '其中：政府定价、指导价及规费' },
  market: { en: 'of it market prices', zh: '其中：市场调节价' },
  uncertain: { en: 'What is uncertain', zh: '不确定因素' },
  lines: { en: 'What falls', zh: '应收项目' },
  nothing: { en: 'No fee of the list falls.', zh: '无应收项目。' },
  possible: { en: 'What may fall, if asked for or if it happens', zh: '可能发生的项目（委托或发生时收取）' },
  exempt: { en: 'What does not fall, and why', zh: '不收取的项目及原因' },
  how: { en: 'How it comes about', zh: '计算过程' },
  amount: { en: 'Amount, CNY', zh: '金额（元）' },
} as const satisfies Record<string, Text>
