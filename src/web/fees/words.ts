import type { EditionStatus } from '../../../schemas/fees/answers.ts'
import type { Nature } from '../../../schemas/fees/entries.ts'
import type { Text } from '../../../schemas/text.ts'

/** Natures of fees 收费性质. */
export const natureNames = {
  administrative: { en: 'Administrative charge', zh: '行政事业性收费' },
  fund: { en: 'Government fund', zh: '政府性基金' },
  'government-set': { en: 'Government-set price', zh: '政府定价' },
  'government-guided': { en: 'Government-guided price', zh: '政府指导价' },
  market: { en: 'Market price', zh: '市场调节价' },
} as const satisfies Record<Nature, Text>

export const directionNames = {
  import: { en: 'Import', zh: '进口' },
  export: { en: 'Export', zh: '出口' },
} as const satisfies Record<string, Text>

/** Where an edition stands 版次状态. */
export const editionStatusNames = {
  announced: { en: 'Announced, open for comments', zh: '公示中' },
  scheduled: { en: 'Scheduled', zh: '待生效' },
  'in-force': { en: 'In force', zh: '现行' },
  superseded: { en: 'Superseded', zh: '已被替代' },
  withdrawn: { en: 'Withdrawn', zh: '已撤回' },
} as const satisfies Record<EditionStatus, Text>

/** What the list and its neighbours say. */
export const feeWords = {
  list: { en: 'Port fee catalogue', zh: '口岸收费目录清单' },
  onDay: { en: 'Day', zh: '日期' },
  port: { en: 'Port', zh: '口岸' },
  payee: { en: 'Charged by', zh: '收费主体' },
  nature: { en: 'Nature', zh: '收费性质' },
  kind: { en: 'Kind', zh: '项目类别' },
  direction: { en: 'Direction', zh: '进出口' },
  search: { en: 'Words', zh: '关键词' },
  all: { en: 'All', zh: '全部' },
  show: { en: 'Show', zh: '查询' },
  number: { en: 'No.', zh: '序号' },
  item: { en: 'Fee', zh: '收费项目' },
  price: { en: 'Price', zh: '收费标准' },
  unit: { en: 'Unit', zh: '计价单位' },
  service: { en: 'Service', zh: '服务内容' },
  note: { en: 'Remarks', zh: '备注' },
  more: { en: 'More', zh: '下一页' },
  first: { en: 'From the beginning', zh: '回到首页' },
  whole: { en: 'Whole list, to print', zh: '完整清单（打印）' },
  none: { en: 'Nothing in the list answers to this.', zh: '没有符合条件的收费项目。' },
  noEdition: { en: 'No edition of the catalogue holds on that day.', zh: '该日没有生效的收费目录。' },
  edition: { en: 'Edition', zh: '版次' },
  heldOn: { en: 'The list of', zh: '清单日期' },
  digest: { en: 'Checksum (SHA-256)', zh: '校验值（SHA-256）' },
  feed: { en: 'Changes as a feed (Atom)', zh: '变更订阅（Atom）' },
  basis: { en: 'Basis', zh: '收费依据' },
  payers: { en: 'Paid by', zh: '缴费人' },
  arises: { en: 'Falls', zh: '收取情形' },
  applies: { en: 'Only for', zh: '适用范围' },
  exemptions: { en: 'Exemptions', zh: '减免' },
  includes: { en: 'Includes', zh: '已包含' },
  telephone: { en: 'Complaints', zh: '投诉电话' },
  validity: { en: 'Valid', zh: '执行日期' },
  evidence: { en: 'Evidence', zh: '资料来源' },
  history: { en: 'History', zh: '变更历史' },
  stays: { en: 'Address that never changes', zh: '永久地址' },
  status: { en: 'Status', zh: '状态' },
  announced: { en: 'Announced', zh: '公布日期' },
  validFrom: { en: 'Holds from', zh: '生效日期' },
  reason: { en: 'Reason', zh: '原因' },
  document: { en: 'Document to verify', zh: '可验证文本' },
  differences: { en: 'Differences to the edition before', zh: '与上一版的差异' },
  noDifferences: { en: 'No differences.', zh: '没有差异。' },
  signature: { en: 'Signature (Ed25519)', zh: '签名（Ed25519）' },
  signingKey: { en: 'Key', zh: '公钥' },
  added: { en: 'Added', zh: '新增' },
  changed: { en: 'Changed', zh: '修改' },
  removed: { en: 'Taken out', zh: '取消' },
  field: { en: 'Field', zh: '字段' },
  before: { en: 'Before', zh: '原' },
  after: { en: 'After', zh: '现' },
  comments: { en: 'Comments', zh: '公众意见' },
  comment: { en: 'Say something to this edition', zh: '发表意见' },
  yourName: { en: 'Your name', zh: '您的称呼' },
  yourWords: { en: 'Your comment', zh: '意见内容' },
  send: { en: 'Send', zh: '提交' },
  answer: { en: 'Answer', zh: '答复' },
  synthetic: {
    en: 'This catalogue is a synthetic example: payees and prices are invented, legal bases are labelled with how well they are known. It is not current law.',
    zh: '本目录为示例数据：收费主体与价格均为虚构，收费依据标注其可靠程度，不代表现行规定。',
  },
} as const satisfies Record<string, Text>
