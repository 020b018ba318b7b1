import type { Text } from '../../../../schemas/text.ts'

/** What the pages say on which a trader does something with a declaration. */
export const actionWords = {
  particulars: { en: 'Fill in what is asked', zh: '填写补充数据' },
  particularsAgain: { en: 'Change what was brought', zh: '修改补充数据' },
  particularsWhy: {
    en: 'What only this agency asks for. The filing goes on by itself when nothing is missing any more.',
    zh: '仅该机构要求的数据。内容齐备后，该事项将自动继续办理。',
  },
  save: { en: 'Save', zh: '保存' },
  back: { en: 'Back', zh: '返回' },
  stale: { en: 'It changed while you wrote', zh: '填写期间内容已变更' },
  staleWhy: {
    en: 'Nothing was saved. What you wrote is kept below; saving again replaces what stands there now.',
    zh: '尚未保存。您填写的内容保留在下方，再次保存将覆盖现有内容。',
  },
  staleStatus: { en: 'Where it stands now', zh: '当前状态' },
  place: { en: 'Field', zh: '栏目' },
  youSaw: { en: 'When you began', zh: '您打开时' },
  nowThere: { en: 'Now', zh: '现在' },
  yours: { en: 'Yours', zh: '您填写的' },
  declarationWrong: {
    en: 'Something of this stands in the declaration itself: correct it there.',
    zh: '部分问题在申报单本身，请在申报单中更正。',
  },

  add: { en: 'Add a filing', zh: '新增办理事项' },
  addWhy: { en: 'What can be filed beside what was planned.', zh: '计划之外可另行申请办理的事项。' },
  addNothing: { en: 'Nothing more can be filed for this declaration.', zh: '本票申报没有可另行申请的事项。' },
  addLater: {
    en: 'You can leave this empty and bring it later: the filing then waits for it.',
    zh: '可暂不填写，该事项将等待补充。',
  },
  ask: { en: 'File it', zh: '提交申请' },
  covers: { en: 'Other declarations it covers', zh: '一并办理的其他申报单' },
  coversWhy: { en: 'Own numbers, one on each line', zh: '每行填写一个企业自编编号' },
  notFound: { en: 'There is no declaration with this number', zh: '未找到该编号的申报单' },
  choose: { en: 'Choose', zh: '选择' },

  drop: { en: 'Drop this filing', zh: '放弃该事项' },
  dropWhy: {
    en: 'It is not sent, or not tried again. It can be asked for anew later.',
    zh: '该事项将不再发送或重报，之后可重新申请。',
  },
  dropStale: { en: 'It changed meanwhile: look again, then decide.', zh: '期间状态已变更，请确认后再决定。' },

  cancel: { en: 'Cancel the declaration', zh: '撤销申报' },
  cancelWhy: {
    en: 'Every agency that holds a filing is asked to take it back. Each answers for itself.',
    zh: '将向已受理的各机构申请撤销，由各机构分别答复。',
  },
  cancelStale: {
    en: 'The declaration changed meanwhile: this is what would follow now.',
    zh: '申报期间已变更，以下为最新的影响范围。',
  },
  cancelLook: { en: 'See what follows', zh: '查看影响范围' },
  cancelNow: { en: 'Cancel it', zh: '确认撤销' },
  whom: { en: 'Who is asked', zh: '将申请撤销的事项' },
  nobody: { en: 'No agency holds anything: it is cancelled at once.', zh: '尚无机构受理，将立即撤销。' },
  notWhom: { en: 'Nobody need be asked about', zh: '无需申请的事项' },
  reason: { en: 'Reason', zh: '撤销原因' },
  reasonHelp: { en: 'In your words; agencies that ask for one are told', zh: '由您填写，将告知要求说明原因的机构' },

  changes: { en: 'Amendments and cancellations', zh: '修撤单' },
  changesNone: { en: 'Nothing was asked to be changed or cancelled.', zh: '暂无修改或撤销申请。' },
  amendment: { en: 'Amendment', zh: '修改' },
  cancellation: { en: 'Cancellation', zh: '撤销' },
  asked: { en: 'Asked', zh: '申请时间' },
  settled: { en: 'Settled', zh: '办结时间' },
  answers: { en: 'What each agency answered', zh: '各机构答复' },
  agency: { en: 'Agency', zh: '机构' },
  status: { en: 'Status', zh: '状态' },
  answer: { en: 'In the agency’s words', zh: '机构原文' },
  noAnswer: { en: 'nothing yet', zh: '暂无' },
  differences: { en: 'What changes', zh: '变更内容' },
  before: { en: 'Before', zh: '变更前' },
  after: { en: 'After', zh: '变更后' },
  why: { en: 'Reason', zh: '原因' },
  takeBack: { en: 'Take it back', zh: '收回' },
  takeBackWhy: { en: 'Possible until the first agency has heard of it.', zh: '在首个机构收到之前可收回。' },
  takeBackNoMore: {
    en: 'An agency has heard of it: it cannot be taken back, only answered.',
    zh: '已有机构收到，不可收回，请等待答复。',
  },
  pending: { en: 'agencies are asked', zh: '机构办理中' },
  granted: { en: 'granted', zh: '已获准' },
  partly: { en: 'granted in part', zh: '部分获准' },
  refused: { en: 'refused', zh: '未获准' },
  withdrawn: { en: 'taken back', zh: '已收回' },

  amend: { en: 'Amend', zh: '修改申报' },
  correct: { en: 'Correct and hand in again', zh: '更正后重报' },
  copy: { en: 'Use as a template', zh: '复制新建' },
  seeChanges: { en: 'See the open change', zh: '查看办理中的修撤单' },
  portFees: { en: 'Port fees and bill check', zh: '口岸费用与账单核对' },
} as const satisfies Record<string, Text>
export type ActionWord = keyof typeof actionWords
