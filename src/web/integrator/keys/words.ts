import type { KeyAnswer, KeyReadAnswer, KeyRole } from '../../../../schemas/keys.ts'
import type { Text } from '../../../../schemas/text.ts'

export const keyWords = {
  title: { en: 'Keys', zh: '接口密钥' },
  titleAll: { en: 'Users and keys', zh: '用户与密钥' },
  about: {
    en: 'Software shows a key with each request, people sign in with one. Whoever has it may do what its holder may.',
    zh: '系统凭密钥调用接口，人员凭密钥登录。持有密钥即享有其持有人的权限。',
  },
  aboutAll: {
    en: 'Everybody who may use the window, by the keys they do it with.',
    zh: '全部可使用本窗口的用户及其密钥。',
  },
  make: { en: 'Make a key', zh: '新建密钥' },
  none: { en: 'No key is like that.', zh: '没有符合条件的密钥。' },
  name: { en: 'Name', zh: '名称' },
  nameHelp: { en: 'Who or what will use it: a person, a system', zh: '使用者或使用系统的名称' },
  holder: { en: 'Holder', zh: '持有人' },
  role: { en: 'Role', zh: '角色' },
  tenant: { en: 'Firm', zh: '企业' },
  tenantHelp: {
    en: 'Unified social credit code; of a carrier or a bank any code you give it. None for an administrator or an agency.',
    zh: '统一社会信用代码；承运人、银行可为自定代码。管理员与机构不填。',
  },
  agency: { en: 'Agency', zh: '机构' },
  agencyHelp: { en: 'Only of an agency’s key', zh: '仅机构密钥填写' },
  state: { en: 'State', zh: '状态' },
  ends: { en: 'Last day', zh: '截止日' },
  endsHelp: {
    en: 'It ends by itself after this day; left open, it lasts until it is revoked.',
    zh: '该日后自动失效；不填则长期有效，直至吊销。',
  },
  used: { en: 'Last used', zh: '最近使用' },
  unused: { en: 'never', zh: '从未' },
  made: { en: 'Made', zh: '生成时间' },
  by: { en: 'by', zh: '办理人' },
  operator: { en: 'the operator', zh: '系统运维' },
  own: { en: 'this session', zh: '当前登录' },
  all: { en: 'All', zh: '全部' },
  show: { en: 'Show', zh: '查询' },
  active: { en: 'In force', zh: '有效' },
  ended: { en: 'Ended', zh: '已失效' },
  more: { en: 'More', zh: '下一页' },
  yourKey: { en: 'The new key', zh: '新密钥' },
  tryIt: { en: 'Try it', zh: '试用' },
  toKey: { en: 'To the key', zh: '查看该密钥' },
  history: { en: 'What was done with it', zh: '办理记录' },
  replace: { en: 'Replace', zh: '轮换' },
  replaceAbout: {
    en: 'A new key of the same holder, now. The old one goes on for the overlap, so that your systems can change one after the other.',
    zh: '立即生成同一持有人的新密钥，旧密钥在重叠期内继续有效，便于各系统依次更换。',
  },
  overlap: { en: 'Overlap (hours)', zh: '重叠期（小时）' },
  revoke: { en: 'Revoke', zh: '吊销' },
  revokeAbout: {
    en: 'It opens nothing any more within ten seconds, and whoever signed in with it is signed out. This cannot be undone.',
    zh: '十秒内失效，凭其登录者一并退出。吊销不可恢复。',
  },
  revokeOwn: {
    en: 'You are signed in with this key: you will be signed out.',
    zh: '您正使用该密钥登录，吊销后将退出登录。',
  },
  sure: { en: 'Yes, revoke this key', zh: '确认吊销该密钥' },
  notSure: { en: 'Tick the box to say that you mean it.', zh: '请先勾选确认。' },
  replaces: { en: 'In the place of', zh: '接替' },
  replacedBy: { en: 'In its place', zh: '由其接替' },
  key: { en: 'Key', zh: '密钥' },
} as const satisfies Record<string, Text>

export const roleNames: { readonly [role in KeyRole]: Text } = {
  trader: { en: 'Trader', zh: '申报企业' },
  integrator: { en: 'Integrator', zh: '对接方' },
  payee: { en: 'Payee', zh: '收费主体' },
  carrier: { en: 'Carrier', zh: '承运人' },
  bank: { en: 'Bank', zh: '银行' },
  agency: { en: 'Agency', zh: '机构' },
  admin: { en: 'Administrator', zh: '管理员' },
}

export const stateNames: { readonly [state in KeyAnswer['state']]: Text } = {
  active: { en: 'In force', zh: '有效' },
  ending: { en: 'Replaced, ends soon', zh: '已轮换，即将失效' },
  revoked: { en: 'Revoked', zh: '已吊销' },
  expired: { en: 'Over', zh: '已到期' },
}

export const stepNames: { readonly [what in KeyReadAnswer['steps'][number]['what']]: Text } = {
  made: { en: 'Made', zh: '生成' },
  replaced: { en: 'Replaced by another', zh: '轮换' },
  revoked: { en: 'Revoked', zh: '吊销' },
}
