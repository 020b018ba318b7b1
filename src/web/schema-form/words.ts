import type { Text } from '../../../schemas/text.ts'

export const words = {
  add: { en: 'Add', zh: '添加' },
  remove: { en: 'Remove', zh: '删除' },
  yes: { en: 'Yes', zh: '是' },
  no: { en: 'No', zh: '否' },
  requiredNote: { en: '* required', zh: '* 为必填项' },
  codeList: { en: 'Code list', zh: '代码表' },
  rowName: { en: 'For', zh: '对应编号' },
  alternative: { en: 'Kind', zh: '类型' },
  choose: { en: 'Choose', zh: '选择' },
  toPutRight: { en: 'Missing or wrong', zh: '缺少或有误' },
  elsewhere: { en: 'What fits no field below', zh: '以下问题不对应表单中的任何一栏' },
  json: { en: 'As JSON.', zh: '以 JSON 填写。' },
  moment: {
    en: 'A day, or a time with its offset: 2026-01-31T08:00+08:00',
    zh: '日期，或带时区的时间：2026-01-31T08:00+08:00',
  },
} as const satisfies Record<string, Text>
