import type { Text } from '../../../schemas/text.ts'

/** What the pages of the audit say. */
export const auditWords = {
  title: { en: 'Audit', zh: '审计' },
  about: {
    en: 'Every event of a declaration carries the hash of the one before and vouches for everything kept with it; every day is sealed over all chains that grew in it. A check goes over all of it again.',
    zh: '申报的每一事件均含前一事件的哈希，并为同时留存的全部内容作证；每日对当天增长的所有链加盖日封。验证即全部重新核算。',
  },
  verify: { en: 'Check everything now', zh: '立即全库验证' },
  verifyAbout: {
    en: 'Runs in the background on one snapshot of the database; the window goes on meanwhile.',
    zh: '在后台对数据库快照进行，不影响业务。',
  },
  pins: { en: 'Hold it against what is known from elsewhere', zh: '与外部留存比对' },
  key: { en: 'Public key of the newest seal', zh: '最新日封公钥' },
  keyHelp: { en: 'Ed25519, raw, base64url; may be left empty', zh: 'Ed25519 原始公钥（base64url），可留空' },
  seal: { en: 'Hash of a seal', zh: '某日封哈希' },
  sealHelp: {
    en: 'As it was published, printed, or kept by somebody else; may be left empty',
    zh: '此前公布、打印或他方留存的日封哈希，可留空',
  },
  checks: { en: 'Checks', zh: '验证记录' },
  noChecks: { en: 'Nothing was checked yet.', zh: '尚未验证。' },
  check: { en: 'Check', zh: '验证' },
  everything: { en: 'Everything', zh: '全库' },
  seals: { en: 'Seals by day', zh: '每日日封' },
  noSeals: {
    en: 'No day is sealed yet: a day is sealed once it is over. Until then a tail that was cut off whole would not show.',
    zh: '尚无日封（每日结束后加封）。在此之前，整段截尾无法被发现。',
  },
  day: { en: 'Day (UTC)', zh: '日期（UTC）' },
  covers: { en: 'Declarations', zh: '申报数' },
  hash: { en: 'Hash', zh: '哈希' },
  signed: { en: 'Signed', zh: '签名' },
  notSigned: { en: 'not signed', zh: '未签名' },
  trail: { en: 'The trail of a declaration', zh: '单票存证链' },
  which: { en: 'Id, or the trader’s own reference', zh: '申报编号或企业内部编号' },
  read: { en: 'Read it', zh: '查看' },
  notFound: { en: 'There is no such declaration.', zh: '没有该申报。' },
  event: { en: 'Event', zh: '事件' },
  binds: { en: 'Vouches for', zh: '作证' },
  rows: { en: 'rows', zh: '行' },
  sealedWith: { en: 'sealed with this', zh: '日封' },
  head: { en: 'Ends with', zh: '链尾哈希' },
  events: { en: 'Events', zh: '事件数' },
  sealedOn: { en: 'In the seals of', zh: '所在日封' },
  verifyOne: { en: 'Check this declaration now', zh: '立即验证此票' },
  export: { en: 'Export for an offline check', zh: '导出供离线验证' },
  offline: { en: 'Checked offline with', zh: '离线验证命令' },
  under: { en: 'declarations looked at', zh: '票已核算' },
  wholeAll: { en: 'All is well: everything is as it was kept.', zh: '完好：全部内容与留存时一致。' },
  wholeOne: { en: 'All is well: this declaration is as it was kept.', zh: '完好：此票内容与留存时一致。' },
  brokenAt: { en: 'The chain is broken. The first break:', zh: '发现断链。首处断点：' },
  failedSo: {
    en: 'It could not be checked. That says nothing of what was kept; ask for it again.',
    zh: '验证未能完成，不代表内容有误；请重新发起。',
  },
  waitsSo: { en: 'Waits for a process that runs background jobs.', zh: '等待后台任务进程执行。' },
  runsSo: { en: 'Under way.', zh: '正在验证。' },
  where: { en: 'Where', zh: '位置' },
  record: { en: 'Kind of row', zh: '记录类型' },
  whatDiffers: { en: 'What differs', zh: '差异' },
  whatNow: {
    en: 'Do not change anything. Keep a copy of the database, and compare this declaration with an export kept elsewhere.',
    zh: '请勿更改任何内容：先备份数据库，再与他处留存的导出文件比对。',
  },
  kept: { en: 'Rows held against what vouches for them', zh: '核对记录数' },
  proofs: { en: 'Proofs', zh: '证明数' },
  sealsSeen: { en: 'Seals', zh: '日封数' },
  newest: { en: 'Sealed up to', zh: '日封至' },
  unowned: { en: 'Messages of no declaration: nothing vouches for them', zh: '不属于任何申报的报文（无存证）' },
  itself: {
    en: 'It is whole in itself. Whether it is the original, only a key or a seal known from elsewhere can tell.',
    zh: '内容自洽。是否为原件，须以外部留存的公钥或日封哈希比对。',
  },
  pinned: { en: 'Held against', zh: '比对项' },
  started: { en: 'Asked for', zh: '发起时间' },
  ended: { en: 'Done', zh: '完成时间' },
} as const satisfies Record<string, Text>

/** What a check came to 验证结果. */
export const verificationNames: { readonly [status: string]: Text } & { readonly failed: Text } = {
  waiting: { en: 'Waiting', zh: '排队中' },
  running: { en: 'Under way', zh: '进行中' },
  whole: { en: 'Whole', zh: '完好' },
  broken: { en: 'Broken', zh: '断链' },
  failed: { en: 'Could not be made', zh: '未能完成' },
}

/** Kinds of rows an event vouches for 存证记录类型. */
export const recordNames: { readonly [record: string]: Text } = {
  declaration: { en: 'the head of the declaration', zh: '申报单头' },
  version: { en: 'a version of the document', zh: '申报文件版本' },
  change: { en: 'an amendment or a cancellation', zh: '修撤单' },
  filing: { en: 'a filing', zh: '申报事项' },
  message: { en: 'a message', zh: '报文' },
  receipt: { en: 'a receipt', zh: '回执' },
  event: { en: 'an event', zh: '事件' },
  proof: { en: 'a proof', zh: '证明' },
}
