import type { z } from 'zod'
import type { endpointAnswer, noticeAnswer } from '../../../../schemas/notices.ts'
import type { Text } from '../../../../schemas/text.ts'
import type { Language } from '../../../problem.ts'
import { say } from '../../words.ts'

export type EndpointShown = z.infer<typeof endpointAnswer>
export type NoticeShown = z.infer<typeof noticeAnswer>

export const hookWords = {
  title: { en: 'Webhooks', zh: '推送地址' },
  about: {
    en: 'What happens to the firm’s declarations, sent to your own address as it happens: signed, tried again for three days, and told here.',
    zh: '企业申报的各项动态实时推送至您的地址：带签名，失败后三天内自动重试，并在此留痕。',
  },
  make: { en: 'New endpoint', zh: '新建推送地址' },
  none: {
    en: 'Nothing is sent anywhere yet. Make an endpoint, then send it a ping.',
    zh: '尚无推送地址。请先新建，再发送测试事件。',
  },
  url: { en: 'Address', zh: '网址' },
  urlHelp: { en: 'https, on the public internet', zh: 'https 公网地址' },
  description: { en: 'Description', zh: '说明' },
  types: { en: 'What is sent', zh: '推送内容' },
  typesHelp: { en: 'Nothing ticked: everything.', zh: '均不勾选则推送全部。' },
  otherTypes: { en: 'Single types', zh: '指定事件类型' },
  otherTypesHelp: {
    en: 'One a line, as yuchuang.filing.status; yuchuang.filing.* are all that begin so.',
    zh: '每行一个，如 yuchuang.filing.status；yuchuang.filing.* 表示该类全部。',
  },
  everything: { en: 'everything', zh: '全部' },
  state: { en: 'State', zh: '状态' },
  since: { en: 'Since', zh: '自' },
  save: { en: 'Save', zh: '保存' },
  change: { en: 'Change', zh: '修改' },
  secret: { en: 'The secret it is signed with', zh: '签名密钥' },
  toEndpoint: { en: 'To the endpoint', zh: '查看该地址' },
  ping: { en: 'Send a ping', zh: '发送测试事件' },
  enable: { en: 'Enable', zh: '启用' },
  disable: { en: 'Disable', zh: '停用' },
  rotate: { en: 'New secret', zh: '更换签名密钥' },
  rotateAbout: {
    en: 'Those before it go on signing for 24 hours beside the new one, so that nothing is lost while you change yours.',
    zh: '旧签名密钥在24小时内与新密钥同时签名，便于平稳更换。',
  },
  secrets: { en: 'Secrets that sign', zh: '有效签名密钥' },
  until: { en: 'until', zh: '至' },
  remove: { en: 'Take away', zh: '删除' },
  removeAbout: {
    en: 'Nothing more is sent, and its log goes. This cannot be undone.',
    zh: '不再推送，记录一并删除，不可恢复。',
  },
  sure: { en: 'Yes, take it away', zh: '确认删除' },
  notSure: { en: 'Tick the box to say that you mean it.', zh: '请先勾选确认。' },
  deliveries: { en: 'Deliveries', zh: '推送记录' },
  noDeliveries: {
    en: 'Nothing was sent yet. A ping shows whether it arrives.',
    zh: '尚无推送记录，可先发送测试事件。',
  },
  noneSuch: { en: 'No delivery is like that.', zh: '没有符合条件的推送记录。' },
  event: { en: 'Event', zh: '事件' },
  eventId: { en: 'Event number', zh: '事件编号' },
  outcome: { en: 'Outcome', zh: '结果' },
  tries: { en: 'Tries', zh: '尝试' },
  next: { en: 'next', zh: '下次' },
  again: { en: 'Send again', zh: '重新推送' },
  againSince: { en: 'Send again what happened in a time', zh: '按时间段重新推送' },
  from: { en: 'From', zh: '起' },
  to: { en: 'To', zh: '止' },
  queued: { en: 'events will be sent again.', zh: '个事件将重新推送。' },
  pinged: { en: 'A ping is on its way.', zh: '测试事件已发出。' },
  showAnew: { en: 'Show how it stands now', zh: '查看最新状态' },
  all: { en: 'All', zh: '全部' },
  show: { en: 'Show', zh: '查询' },
  more: { en: 'More', zh: '下一页' },
  noAnswer: { en: 'no answer', zh: '无应答' },
  answered: { en: 'It said', zh: '应答内容' },
  verify: { en: 'How to tell that it is from us', zh: '如何验证签名' },
  verifyAbout: {
    en: 'Signed the Standard Webhooks way: any of its libraries checks it, by the bytes as they came and before they are read. Answer 2xx within 15 seconds and work afterwards; the same webhook-id may come twice.',
    zh: '按 Standard Webhooks 规范签名，可用其任一语言的库，对收到的原始字节先验签再解析。请在15秒内应答2xx，再做处理；同一 webhook-id 可能重复送达。',
  },
} as const satisfies Record<string, Text>

/** What a firm is told of, in families: an endpoint wants some of them, or all. */
export const families = {
  declaration: { en: 'Declarations: taken in, amended, cancelled', zh: '申报单：受理、修改、撤销' },
  filing: { en: 'Filings: sent, receipts, statuses', zh: '报送：发送、回执、状态' },
  deadline: { en: 'Deadlines: near, passed', zh: '期限：临近、逾期' },
  certificate: { en: 'Certificates: reserved, written off', zh: '监管证件：预留、核销' },
  movement: { en: 'Movements of the goods', zh: '物流动态' },
  recognition: { en: 'Recognised results', zh: '监管互认' },
  assistance: { en: 'Assistance between agencies', zh: '执法互助' },
  catalogue: { en: 'Editions of the fee catalogue', zh: '收费目录公布' },
  assessment: { en: 'Assessments of port fees', zh: '收费评估公布' },
  endpoint: { en: 'An endpoint was disabled', zh: '推送地址被停用' },
} as const satisfies Record<string, Text>

/** A type of events in words, where it is a whole family; else as it is called. */
export function typeName(language: Language, type: string): string {
  const [, family = ''] = /^yuchuang\.([a-z]+)\.\*$/.exec(type) ?? []
  const words = Object.hasOwn(families, family) ? families[family as keyof typeof families] : undefined
  return words === undefined ? type : say(language, words)
}

export const outcomeNames: { readonly [status in NoticeShown['status']]: Text } = {
  waiting: { en: 'On its way', zh: '推送中' },
  delivered: { en: 'Delivered', zh: '已送达' },
  exhausted: { en: 'Given up', zh: '已放弃' },
  dropped: { en: 'Dropped', zh: '已取消' },
}

/** How an endpoint stands, with the reason. */
export const stateNames = {
  active: { en: 'Active', zh: '正常' },
  failing: { en: 'Failing', zh: '推送失败中' },
  owner: { en: 'Disabled by you', zh: '已停用' },
  gone: { en: 'Disabled: it answered 410 Gone', zh: '已停用：对方应答410' },
  'five-days': { en: 'Disabled: no try succeeded for five days', zh: '已停用：连续五天推送失败' },
} as const satisfies Record<string, Text>
