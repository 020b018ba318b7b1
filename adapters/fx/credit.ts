import type { CreditScheme } from '../adapter.ts'

/** Classes of firms in foreign exchange of goods trade 货物贸易外汇分类: A as usual, B with verified quotas, C each transaction registered first. */
export const credit: CreditScheme = {
  scheme: 'fx-class',
  name: { en: 'Foreign exchange class', zh: '货物贸易外汇企业分类' },
  source:
    'Classes A, B, C of goods-trade FX administration, read about in secondary sources; what class C means in full is unverified',
  levels: [
    { code: 'A', name: { en: 'Class A', zh: 'A类' }, rank: 1, published: false },
    { code: 'B', name: { en: 'Class B', zh: 'B类' }, rank: 2, published: false },
    { code: 'C', name: { en: 'Class C', zh: 'C类' }, rank: 3, published: false },
  ],
  publication: {
    because: {
      en: 'Banks ask for the class in the monitoring system; no rule is known here that shows it to everybody',
      zh: '银行通过监测系统查询分类；未查到向社会公开的规定，暂不公开',
    },
    evidence: 'assumed',
    checked: '2026-11-22',
  },
}
