import type { Text } from '../../../schemas/text.ts'

/** What the page of what is stuck says. */
export const stuckWords = {
  title: { en: 'Stuck', zh: '滞留' },
  about: {
    en: 'What does not go on by itself, or not as it should, with what can be done about it. What waits for its trader is not stuck.',
    zh: '不能自行继续或未按预期进行的事项及处理办法。等待企业补充的不在此列。',
  },
  none: { en: 'Nothing is stuck.', zh: '没有滞留事项。' },
  noneHere: { en: 'Nothing is stuck of this kind. Show everything:', zh: '没有此类滞留事项，查看全部：' },
  overview: { en: 'By cause and agency', zh: '按原因与机构' },
  count: { en: 'How many', zh: '件数' },
  longest: { en: 'Longest', zh: '最久' },
  what: { en: 'What', zh: '事项' },
  remedy: { en: 'What can be done', zh: '处理办法' },
  tries: { en: 'tries', zh: '次尝试' },
  nextTry: { en: 'next try', zh: '下次' },
  replay: { en: 'Replay', zh: '重发' },
  replayChosen: { en: 'Replay what is ticked: shows the difference first', zh: '重发所选（先显示差异）' },
  choose: { en: 'Choose', zh: '选择' },
  look: { en: 'Look at it', zh: '查看' },
  lane: { en: 'To the lane', zh: '通道操作' },
} as const satisfies Record<string, Text>

/** What a person can do about each cause 处理办法. */
export const remedies: { readonly [cause: string]: Text } = {
  undelivered: {
    en: 'It is tried again by itself. If the agency is away for long, hold its lane; once it is back, resume it.',
    zh: '系统自动重试。若机构长时间不可用，可停用通道，恢复后再启用。',
  },
  exhausted: {
    en: 'Nothing happens by itself any more. Once the trouble is over, replay it from the stored bytes.',
    zh: '系统不再自动重试。排除故障后，请按原报文重发。',
  },
  unknown: {
    en: 'The agency is asked by our own number before anything is sent again. Nothing to do unless it stays so.',
    zh: '系统先按我方编号向机构查询再决定是否重发，通常无需处理。',
  },
  stopped: { en: 'Resume the lane once the reason is gone.', zh: '原因消除后请恢复通道。' },
  'breaker-open': {
    en: 'The lane probes by itself every few seconds. Resume it to try at once.',
    zh: '通道每隔数秒自动试探；也可人工恢复立即尝试。',
  },
  trouble: {
    en: 'A defect of our adapter. Once it is mended, replay it encoded anew; the difference is shown first.',
    zh: '属适配程序缺陷。修复后按“重新生成”重发，先显示差异。',
  },
  silent: {
    en: 'Ask the agency. If it has lost it, replay it with force; it recognises our number.',
    zh: '请联系机构核实；如机构确无记录，可强制重发（机构按我方编号识别）。',
  },
  orphan: {
    en: 'Kept until a filing learns one of its numbers. Look at its bytes, and look again for its filing.',
    zh: '回执已留存，待匹配编号后自动归入。可查看原文并再次匹配。',
  },
  unintelligible: {
    en: 'Its bytes are kept. Look at them, and tell the agency or the author of the adapter.',
    zh: '原文已留存。请查看后告知机构或适配程序维护人员。',
  },
  mailbox: {
    en: 'It is looked into again by itself. Resume the lane to look at once.',
    zh: '系统自动重试读取；恢复通道可立即读取。',
  },
  note: {
    en: 'It is told again by itself, unless the agency refused it: then ask the agency.',
    zh: '系统自动重送；如被机构拒收，请联系机构。',
  },
  certificate: {
    en: 'It is told again by itself. Our own ledger holds what it set aside meanwhile; ask the issuer if it lasts.',
    zh: '系统自动重试，期间我方台账保留额度；如持续请联系发证机关。',
  },
  unanswered: { en: 'Remind the agency that was asked.', zh: '请催办被请求机构。' },
}
