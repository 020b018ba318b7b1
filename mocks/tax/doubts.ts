/** The table of doubts 疑点: text and level. Texts: public tax-bureau tables and guidance, levels partly inferred; the numbers are ours. */

/** `` is a hint, passed; `W` an officer looks; `E` must be corrected. */
export type Level = '' | 'W' | 'E'

export const doubts = {
  'YD-01': { text: '海关数据中无此报关单号', level: 'E' },
  'YD-02': { text: '出口报关单号同以前申报记录重复', level: 'E' },
  'YD-03': { text: '发票在总局发票信息中不存在', level: 'E' },
  'YD-04': { text: '非交叉稽核相符发票', level: '' },
  'YD-05': { text: '总局税票信息中无此税票号', level: 'E' },
  'YD-06': { text: '出口申报数量大于进货数量', level: 'E' },
  'YD-07': { text: '发票总申报计税金额大于总局信息金额', level: 'E' },
  'YD-08': { text: '发票销方纳税识别号不符', level: 'E' },
  'YD-09': { text: '申报出口数量大于电子信息报关数量', level: 'E' },
  'YD-10': { text: '美元离岸价与报关单电子数据差额超范围', level: 'W' },
  'YD-11': { text: '退税率与商品码库不等', level: 'E' },
  'YD-12': { text: '外币汇率不在规定范围', level: 'W' },
  'YD-13': { text: '特别关注商品(关注级别1-4)', level: '' },
  'YD-14': { text: '申报商品码与海关数据不等', level: 'W' },
  'YD-15': { text: '非保税区运入保税区和保税区退区报关单', level: '' },
  // From here on in our own words.
  'YD-20': { text: '可退税额与计税金额乘退税率不等', level: 'E' },
  'YD-21': { text: '申请退税额与明细合计不等', level: 'E' },
  'YD-22': { text: '明细行数与申报表不等或序号不连续', level: 'E' },
  'YD-23': { text: '关联号无对应的出口明细或进货明细', level: 'E' },
  'YD-24': { text: '未报送收汇情况表', level: 'E' },
  'YD-25': { text: '纳税人识别号校验不符', level: 'E' },
  'YD-26': { text: '出口日期晚于申报日期', level: 'E' },
  'YD-27': { text: '按商品码库不予退税', level: 'E' },
  'YD-30': { text: '缴款书号码与报关单号不符', level: 'E' },
  'YD-31': { text: '缴款书重复采集', level: 'E' },
} as const satisfies { readonly [code: string]: { readonly text: string; readonly level: Level } }

export type DoubtCode = keyof typeof doubts
