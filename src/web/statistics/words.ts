import type { StartKind } from '../../../schemas/statistics.ts'
import type { Text } from '../../../schemas/text.ts'

/** What the pages of the statistics say. */
export const statisticsWords = {
  title: { en: 'Clearance time and compliance cost', zh: '通关时间与合规成本' },
  about: {
    en: 'How long goods take through this window and what that costs, month by month; open data, counted from the agencies’ own receipts. In this installation all traffic is simulated.',
    zh: '经本窗口申报的货物通关时间与费用，按月公布；开放数据，依据各机构回执统计。本系统业务均为模拟。',
  },
  from: { en: 'From month', zh: '起始月份' },
  to: { en: 'To month', zh: '截止月份' },
  splitBy: { en: 'Compare by', zh: '对比维度' },
  show: { en: 'Show', zh: '查询' },
  none: {
    en: 'No published month in this period has groups large enough to be shown.',
    zh: '该期间暂无可公布的月份数据。',
  },
  times: { en: 'Clearance times by month', zh: '各月通关时间' },
  compared: { en: 'Compared', zh: '分组对比' },
  agencies: { en: 'Each agency’s own time', zh: '各机构办理时间' },
  month: { en: 'Month', zh: '月份' },
  direction: { en: 'Direction', zh: '进出口' },
  mode: { en: 'Mode of transport', zh: '运输方式' },
  district: { en: 'Customs district', zh: '关区' },
  credit: { en: 'Credit level', zh: '信用等级' },
  agency: { en: 'Agency', zh: '机构' },
  procedure: { en: 'Procedure', zh: '办理事项' },
  declarations: { en: 'Declarations', zh: '票数' },
  mean: { en: 'Mean, hours', zh: '平均（小时）' },
  median: { en: 'Median, hours', zh: '中位数（小时）' },
  p90: { en: '9 in 10 within, hours', zh: '九成不超过（小时）' },
  charts: { en: 'Charts', zh: '图表' },
  costs: { en: 'Compliance cost of a container', zh: '每箱合规成本' },
  costsOf: {
    en: 'Port fees of standard consignments by the fee list, in yuan',
    zh: '标准货样口岸收费（元，按收费目录）',
  },
  consignment: { en: 'Standard consignment', zh: '标准货样' },
  size: { en: 'Container', zh: '箱型' },
  total: { en: 'In all', zh: '合计' },
  government: { en: 'Government part', zh: '政府性收费' },
  market: { en: 'Market part', zh: '经营性收费' },
  duties: { en: 'Duties and taxes a container, in yuan', zh: '每箱税费（元）' },
  meanYuan: { en: 'Mean, yuan', zh: '平均（元）' },
  medianYuan: { en: 'Median, yuan', zh: '中位数（元）' },
  noCosts: {
    en: 'No fee list with standard consignments holds in this period.',
    zh: '该期间没有含标准货样的收费目录。',
  },
  targets: { en: 'Targets and timetables', zh: '时限目标与作业时限' },
  targetsWhy: {
    en: 'They stand beside the figures and decide nothing. Where they are read about and not verified, they say so.',
    zh: '仅供对照，不作为认定依据；来源未核实的已注明。',
  },
  method: { en: 'How it is counted', zh: '统计口径' },
  small: { en: 'Small groups', zh: '小样本处理' },
  smallRule: {
    en: (declarations: number, firms: number, share: number) =>
      `A group is shown with at least ${declarations} declarations of at least ${firms} firms, none of which has more than ${share} %.`,
    zh: (declarations: number, firms: number, share: number) =>
      `分组须不少于${declarations}票、${firms}家企业，且单一企业占比不超过${share}%方予公布。`,
  },
  months: { en: 'Published months', zh: '已发布月份' },
  publishedAt: { en: 'Published', zh: '发布时间' },
  coverage: { en: 'Times start from', zh: '起点构成' },
  withheld: { en: 'Something is withheld', zh: '有未公布部分' },
  download: { en: 'Download', zh: '下载' },
  licence: { en: 'Licence', zh: '许可' },
  source: { en: 'Source', zh: '来源' },
  since: { en: 'holds since', zh: '自此日起执行' },
  other: { en: 'others, merged', zh: '其他（合并）' },
  unknown: { en: 'unknown', zh: '未知' },
  yes: { en: 'yes', zh: '是' },
  no: { en: 'no', zh: '否' },
} as const

export const evidenceNames: Readonly<Record<'sourced' | 'secondary' | 'assumed', Text>> = {
  sourced: { en: 'sourced', zh: '有据' },
  secondary: { en: 'read about, not verified', zh: '转引，未核实' },
  assumed: { en: 'assumed by this project', zh: '本项目设定' },
}

export const startNames: Readonly<Record<StartKind, Text>> = {
  'arrival-event': { en: 'reported arrival', zh: '运抵报告' },
  'arrival-time': { en: 'declared arrival time', zh: '申报的运抵时间' },
  'arrival-day': { en: 'declared arrival day', zh: '申报的运抵日期' },
  declared: { en: 'declaration', zh: '申报' },
  submitted: { en: 'first receipt', zh: '首个回执' },
}
