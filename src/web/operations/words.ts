import type { Text } from '../../../schemas/text.ts'

/** What several of the operators' pages say. */
export const sharedWords = {
  next: { en: 'Next page', zh: '下一页' },
  first: { en: 'First page', zh: '首页' },
  all: { en: 'All', zh: '全部' },
  search: { en: 'Show', zh: '查询' },
  agency: { en: 'Agency', zh: '机构' },
  since: { en: 'Since', zh: '起' },
  age: { en: 'For', zh: '已持续' },
  cause: { en: 'Cause', zh: '原因' },
  state: { en: 'State', zh: '状态' },
  reason: { en: 'Reason', zh: '原因说明' },
  reasonHelp: {
    en: 'One line; it stands on the timeline of every declaration it concerns.',
    zh: '一行文字，将记入每一票相关申报的时间线。',
  },
  by: { en: 'By', zh: '操作人' },
  at: { en: 'At', zh: '时间' },
  error: { en: 'Error', zh: '错误' },
  declaration: { en: 'Declaration', zh: '申报单' },
  filing: { en: 'Filing', zh: '申报事项' },
  attempt: { en: 'attempt', zh: '第…次' },
  back: { en: 'Back', zh: '返回' },
  cancel: { en: 'Cancel', zh: '取消' },
  waiting: { en: 'Waiting', zh: '等待' },
  allWell: { en: 'All is well', zh: '一切正常' },
} as const satisfies Record<string, Text>
