import type { ImportAnswer } from '../../../schemas/fees/imports.ts'
import type { Text } from '../../../schemas/text.ts'

/** How far an import is 导入状态. */
export const importStatusNames = {
  waiting: { en: 'Waiting', zh: '等待处理' },
  reading: { en: 'Being read', zh: '读取中' },
  done: { en: 'Done', zh: '已完成' },
  failed: { en: 'Failed', zh: '失败' },
} as const satisfies Record<ImportAnswer['status'], Text>

/** What the pages of imports 批量导入 say. */
export const importWords = {
  title: { en: 'Import a file of fees', zh: '批量导入收费项目' },
  about: {
    en: 'A CSV (UTF-8 or GB 18030) or XLSX file with one row a rate. Good rows go into the draft; every bad row is named with its column and the reason. Nothing is published.',
    zh: '上传 CSV（UTF-8 或 GB 18030）或 XLSX 文件，每行一条收费标准。合格的行进入修订稿，有问题的行逐一列出所在列与原因，不会直接公布。',
  },
  template: { en: 'Template', zh: '模板下载' },
  file: { en: 'File', zh: '文件' },
  send: { en: 'Read it', zh: '开始导入' },
  noFile: { en: 'Choose a file first.', zh: '请先选择文件。' },
  imports: { en: 'Imports', zh: '批量导入' },
  refreshes: { en: 'This page refreshes by itself.', zh: '本页自动刷新。' },
  read: { en: 'Rows read', zh: '已读行数' },
  kept: { en: 'Fees kept', zh: '导入项目' },
  refused: { en: 'Rows refused', zh: '未导入的行' },
  by: { en: 'Sent by', zh: '上传人' },
  sent: { en: 'Sent', zh: '上传时间' },
  ended: { en: 'Ended', zh: '结束时间' },
  digest: { en: 'Checksum of the file (SHA-256)', zh: '文件校验值（SHA-256）' },
  issues: { en: 'What is wrong', zh: '问题清单' },
  fix: {
    en: 'Correct these rows and import the file again: what is kept already does not change. The whole list as',
    zh: '修正这些行后可重新导入，已导入的内容不受影响。完整清单：',
  },
  row: { en: 'Row', zh: '行' },
  column: { en: 'Column', zh: '列' },
  reason: { en: 'Reason', zh: '原因' },
  more: { en: 'More', zh: '下一页' },
} as const satisfies Record<string, Text>
