import type { JudgedScenario, RunAnswer } from '../../../../schemas/conformance.ts'
import type { Text } from '../../../../schemas/text.ts'
import type { IconName } from '../../icons.ts'
import type { Tone } from '../../status.ts'

export const conformanceWords = {
  title: { en: 'Conformance', zh: '符合性测试' },
  about: {
    en: 'Adapters, and endpoints that claim to be an agency, held against the scenarios this window is tested with itself. A gateway is judged from outside: npx yuchuang conform gateway.',
    zh: '以本窗口自用的测试场景检验适配器，以及自称为某机构的端点。网关须从外部检验：npx yuchuang conform gateway。',
  },
  start: { en: 'Start a run', zh: '开始检验' },
  what: { en: 'What', zh: '检验对象' },
  adapter: { en: 'Adapters, with their mocks', zh: '适配器（连同模拟机构）' },
  agency: { en: 'Agency endpoints', zh: '机构端点' },
  which: { en: 'Which', zh: '范围' },
  whichHelp: { en: 'Nothing ticked: all of them.', zh: '均不勾选则检验全部。' },
  url: { en: 'Address of your own endpoint', zh: '自有端点网址' },
  urlHelp: {
    en: 'Only of an agency endpoint, and with the one agency it claims to be. Left open: the simulator’s, each case in a session of its own.',
    zh: '仅用于机构端点，并须勾选其对应的一个机构。不填则检验模拟器，每个样例使用独立会话。',
  },
  runs: { en: 'Runs', zh: '检验记录' },
  none: {
    en: 'Nothing was judged yet. Start with one adapter: it takes a few seconds.',
    zh: '尚无检验记录。可先检验一个适配器，仅需数秒。',
  },
  started: { en: 'Started', zh: '开始时间' },
  by: { en: 'By', zh: '发起人' },
  state: { en: 'State', zh: '状态' },
  result: { en: 'Result', zh: '结果' },
  more: { en: 'More', zh: '下一页' },
  progress: { en: 'How far it is', zh: '进度' },
  judged: { en: 'scenarios judged', zh: '个场景已判定' },
  targetsOf: { en: 'of targets done', zh: '个对象已完成' },
  matrix: { en: 'Matrix', zh: '符合性矩阵' },
  scenario: { en: 'Scenario', zh: '场景' },
  sum: { en: 'In all', zh: '合计' },
  found: { en: 'What is not as it must be', zh: '不符合之处' },
  allKept: { en: 'Nothing was found.', zh: '未发现不符合之处。' },
  where: { en: 'where', zh: '位置' },
  asked: { en: 'Asked', zh: '请求' },
  answered: { en: 'Answered', zh: '应答' },
  moreFound: { en: 'more: see the report', zh: '项，详见报告' },
  reasons: { en: 'Why not applicable', zh: '不适用的原因' },
  reports: { en: 'The report', zh: '检验报告' },
  again: { en: 'Show how it stands now', zh: '查看最新进度' },
} as const satisfies Record<string, Text>

export const runStates: {
  readonly [status in RunAnswer['status']]: { readonly name: Text; readonly look: readonly [Tone, IconName] }
} = {
  waiting: { name: { en: 'Waiting', zh: '等待中' }, look: ['idle', 'clock'] },
  running: { name: { en: 'Under way', zh: '检验中' }, look: ['busy', 'arrow-path'] },
  done: { name: { en: 'Done', zh: '已完成' }, look: ['idle', 'check-circle'] },
  failed: { name: { en: 'Ended before its end', zh: '中途终止' }, look: ['care', 'exclamation-triangle'] },
}

export const verdictLooks: {
  readonly [verdict in JudgedScenario['verdict']]: { readonly name: Text; readonly look: readonly [Tone, IconName] }
} = {
  conformant: { name: { en: 'Conformant', zh: '符合' }, look: ['good', 'check-circle'] },
  'not-conformant': { name: { en: 'Not conformant', zh: '不符合' }, look: ['bad', 'x-circle'] },
  'not-applicable': { name: { en: 'Not applicable', zh: '不适用' }, look: ['idle', 'pause-circle'] },
}
export const notJudged: Text = { en: 'Not judged', zh: '未判定' }
