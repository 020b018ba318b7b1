import type { CreditScheme } from '../adapter.ts'

const level = (code: string, en: string, zh: string) => ({
  code,
  name: { en, zh },
  rank: Number(code),
  published: false,
})

/** Classes of firms that claim export refunds 出口退（免）税企业分类管理: how long a claim may take. Not the tax credit rating 纳税信用等级, which feeds it. */
export const credit: CreditScheme = {
  scheme: 'refund-class',
  name: { en: 'Export tax refund class', zh: '出口退（免）税企业管理类别' },
  source: 'Classes and clocks as summarised in secondary sources; not read in the announcement itself',
  levels: [
    level('1', 'Class 1 (5 workdays)', '一类（5个工作日）'),
    level('2', 'Class 2 (10 workdays)', '二类（10个工作日）'),
    level('3', 'Class 3 (15 workdays)', '三类（15个工作日）'),
    level('4', 'Class 4 (20 workdays)', '四类（20个工作日）'),
  ],
  publication: {
    because: {
      en: 'No rule is known here that makes refund classes public: hidden (the list of tax credit A is another scheme)',
      zh: '未查到公开管理类别的规定，暂不公开（纳税信用A级名单属另一体系）',
    },
    evidence: 'assumed',
    checked: '2026-11-22',
  },
}
