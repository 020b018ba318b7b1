import type { Text } from '../../../schemas/text.ts'

/** What the pages of unknown receipts and stray documents say. */
export const receiptWords = {
  title: { en: 'Unknown receipts', zh: '无主回执' },
  about: {
    en: 'What agencies said and nobody here could place. Every byte is kept; nothing of it has changed any status.',
    zh: '机构发来而无法归属的内容。原文全部留存，未改变任何状态。',
  },
  orphans: { en: 'Receipts of filings nobody knows', zh: '找不到对应申报的回执' },
  orphansAbout: {
    en: 'Matched on any number a filing of the same agency has. As soon as a filing learns one of these numbers the receipt is taken to it.',
    zh: '按同一机构申报事项的任一编号匹配；一旦某申报事项获得其中编号，回执自动归入。',
  },
  noOrphans: { en: 'Every receipt has its filing.', zh: '所有回执均已归属。' },
  match: { en: 'Look again for their filings', zh: '再次匹配' },
  matched: { en: 'receipts found their filing', zh: '份回执已归属' },
  strays: { en: 'Documents that could not be understood', zh: '无法解析的报文' },
  straysAbout: {
    en: 'Not a document of their agency as its specification has it, and of no filing. Tell the agency, or the author of the adapter.',
    zh: '不符合该机构接口规范，且不属于任何申报。请告知机构或适配程序维护人员。',
  },
  noStrays: { en: 'Everything that came was understood.', zh: '所有来文均可解析。' },
  received: { en: 'Received', zh: '接收时间' },
  said: { en: 'What it says', zh: '内容' },
  tried: { en: 'Looked for as', zh: '匹配编号' },
  noNumber: { en: 'no filing has this', zh: '无申报事项持有' },
  bytes: { en: 'Bytes', zh: '原文' },
  look: { en: 'Look at it', zh: '查看' },
  kind: { en: 'Came as', zh: '来源' },
  message: { en: 'Message', zh: '报文' },
  direction: { en: 'Direction', zh: '方向' },
  in: { en: 'in', zh: '接收' },
  out: { en: 'out', zh: '发送' },
  status: { en: 'HTTP status', zh: 'HTTP 状态' },
  type: { en: 'Media type', zh: '媒体类型' },
  pretty: { en: 'Laid out', zh: '排版' },
  raw: { en: 'As it came', zh: '原样' },
  noBody: { en: 'It has no body.', zh: '无正文。' },
} as const satisfies Record<string, Text>

/** How a message came or went 报文来源. */
export const messageKinds: { readonly [kind: string]: Text } = {
  submission: { en: 'submission', zh: '报送' },
  answer: { en: 'answer', zh: '应答' },
  inquiry: { en: 'inquiry', zh: '查询' },
  push: { en: 'pushed by the agency', zh: '机构推送' },
  document: { en: 'out of its mailbox', zh: '收件箱' },
}
