import type { Text } from '../../../../schemas/text.ts'

/** The words of proposing a draft from documents. */
export const dropWords = {
  title: { en: 'From documents', zh: '由单证导入' },
  about: {
    en: 'Invoice, packing list, DecMessage XML or JSON: a draft is proposed, and every value shows the cell it was read from. Nothing is handed in.',
    zh: '上传发票、装箱单、DecMessage XML 或 JSON，系统据此拟出草稿，每个值均标明出自哪个单元格，不会直接提交申报。',
  },
  files: { en: 'Files of one consignment', zh: '同一票货物的文件' },
  filesHelp: {
    en: 'XLSX, CSV (UTF-8 or GB18030), XML, JSON; several at once',
    zh: '可同时选择多个：XLSX、CSV（UTF-8 或 GB18030）、XML、JSON',
  },
  dropHere: { en: 'Drop files here, or choose them', zh: '将文件拖到此处，或点击选择' },
  paste: { en: 'Or paste a table', zh: '或粘贴表格' },
  pasteHelp: {
    en: 'Cells copied from a spreadsheet, with their header',
    zh: '从电子表格复制的单元格，连同表头',
  },
  send: { en: 'Propose a draft', zh: '生成草稿' },
  noPapers: { en: 'No papers at hand? Try invented ones:', zh: '手边没有单证？可下载示例试用：' },
  chosenAgain: {
    en: 'Nothing was kept. Choose the files once more: a browser does not keep them.',
    zh: '未保存任何内容。请重新选择文件（浏览器不会保留已选文件）。',
  },
  newDeclaration: { en: 'New declaration', zh: '新建申报' },
  way: { en: 'Other ways to begin', zh: '其他新建方式' },

  proposal: { en: 'What was read', zh: '识读结果' },
  toDraft: { en: 'Go on to the draft', zh: '进入草稿' },
  documents: { en: 'Documents', zh: '单证' },
  lines: { en: 'lines of goods', zh: '商品行数' },
  doubts: { en: 'What does not fit', zh: '需核对' },
  guessed: { en: 'Guessed: decide', zh: '推测，请确定' },
  derived: { en: 'Derived: look over', zh: '推导，请复核' },
  read: { en: 'Read as it stands', zh: '原文识读' },
  field: { en: 'Field', zh: '字段' },
  value: { en: 'Value', zh: '值' },
  source: { en: 'Where', zh: '出处' },
  because: { en: 'Why', zh: '依据' },
  state: { en: 'State', zh: '状态' },
  confirmed: { en: 'confirmed', zh: '已确认' },
  changed: { en: 'changed to', zh: '已改为' },
  removed: { en: 'taken out', zh: '已删除' },
  accept: { en: 'Confirm', zh: '确认' },
  acceptRead: { en: 'Confirm all that was read', zh: '确认全部识读值' },
  acceptSection: { en: 'Confirm all of these', zh: '确认本组全部' },
  open: { en: 'to confirm', zh: '待确认' },
  allConfirmed: { en: 'Everything is confirmed.', zh: '已全部确认。' },
  nothingGuessed: {
    en: 'A declaration was read: its values are its sender’s, none of them a guess.',
    zh: '导入的是申报单，其内容由填制人申报，无待确认的建议值。',
  },
  insteadOf: { en: 'Value to take', zh: '取值' },
  moved: {
    en: 'The draft was changed elsewhere meanwhile: this is how it stands now. Confirm once more.',
    zh: '草稿已在别处修改，以下为现状，请重新确认。',
  },
} as const satisfies Record<string, Text>
export type DropWord = keyof typeof dropWords
