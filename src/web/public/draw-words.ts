import type * as z from 'zod'
import type { drawStatus, inspectionOutcome } from '../../../schemas/draw.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Tone } from '../status.ts'

export const drawStatusNames = {
  committed: { en: 'Sealed, not begun', zh: '已封存，未开始' },
  open: { en: 'Under way', zh: '抽取中' },
  over: { en: 'Over, to be closed', zh: '已结束，待封存' },
  closed: { en: 'Closed, seed still secret', zh: '已封存，种子待公布' },
  revealed: { en: 'Published, can be re-checked', zh: '已公布，可核验' },
} as const satisfies Record<z.infer<typeof drawStatus>, Text>

/** How a draw's state looks. */
export const drawTones = {
  committed: ['idle', 'lock-closed'],
  open: ['busy', 'arrow-path'],
  over: ['idle', 'clock'],
  closed: ['idle', 'lock-closed'],
  revealed: ['good', 'check-circle'],
} as const satisfies Record<z.infer<typeof drawStatus>, readonly [Tone, string]>

export const outcomeNames = {
  'nothing-found': { en: 'Nothing found', zh: '未发现异常' },
  discrepancy: { en: 'Discrepancy, put right', zh: '发现差异，已更正' },
  transferred: { en: 'Handed on', zh: '移交处理' },
  'not-carried-out': { en: 'Not carried out', zh: '未实施' },
} as const satisfies Record<z.infer<typeof inspectionOutcome>, Text>

/** What the pages of the open draw say. */
export const drawWords = {
  title: { en: 'Open draw', zh: '双随机、一公开抽查' },
  about: {
    en: 'Which declarations are inspected, and by which officers, is decided by lot. The lot is fixed by a secret number sealed before the day begins and told after it is over, so that anybody can work out again that nobody chose.',
    zh: '查验哪些申报、由谁查验，均由抽签决定。抽签依据的随机种子在当日开始前封存、结束后公开，任何人都可以重新计算，确认无人为挑选。',
  },
  how: { en: 'How it works', zh: '抽取过程' },
  step1: {
    en: 'Before 06:00 a secret number is drawn and its fingerprint published here.',
    zh: '每日06:00前生成随机种子，并在此公布其指纹（哈希值）。',
  },
  step2: {
    en: 'During the day each declaration gets a lot. Its chance follows from published rules; the number of lots is shown all the time.',
    zh: '当日每票申报获得一个签号，中签概率依公开规则确定，签数随时可见。',
  },
  step3: {
    en: 'After the day the list of lots is closed, then the secret number is told.',
    zh: '次日封存签号清单，随后公布随机种子。',
  },
  step4: { en: 'From then on anybody can work out every lot again.', zh: '此后任何人都可重新计算每一个签号的结果。' },
  day: { en: 'Day', zh: '抽查日' },
  agency: { en: 'Agency', zh: '部门' },
  status: { en: 'Status', zh: '状态' },
  lots: { en: 'Lots', zh: '签数' },
  selected: { en: 'Selected', zh: '中签' },
  officers: { en: 'Officers', zh: '检查人员' },
  officersInDraw: { en: 'Officers in the draw', zh: '参加抽取的检查人员' },
  officersDrawn: { en: 'drawn for each inspection', zh: '名/次，每次查验抽取' },
  none: {
    en: 'No day has been sealed yet. The first appears an hour before 06:00 (Asia/Shanghai).',
    zh: '尚无抽查日。首个抽查日将在06:00前一小时封存并公布。',
  },
  noOfficers: { en: 'None were on duty.', zh: '无在岗人员。' },
  begins: { en: 'Runs', zh: '时段' },
  sealedAt: { en: 'Sealed', zh: '封存时间' },
  late: {
    en: 'Sealed only after it had begun: the seed might have been chosen.',
    zh: '封存晚于开始时间：种子可能被人为选择。',
  },
  fingerprint: { en: 'Fingerprint of the seed', zh: '种子指纹' },
  sealed: { en: 'Hash of all that was sealed', zh: '封存内容哈希' },
  head: { en: 'Hash of the newest lot', zh: '最新签号哈希' },
  root: { en: 'Root over all lots', zh: '全部签号默克尔根' },
  seed: { en: 'Seed, told', zh: '已公布的种子' },
  told: { en: 'at', zh: '公布于' },
  recheck: { en: 'Check it yourself', zh: '自行核验' },
  recheckIn: {
    en: 'Two steps. The first brings the file of the day; the second works every lot out again, without a network, and ends with an error at the first thing that is not as published.',
    zh: '只需两步：先下载当日公示文件，再在本机（无需联网）逐签重新计算，遇到任何与公布不符之处即报错。',
  },
  recheckLater: {
    en: 'The file appears here once the day is over and the seed is told. Until then keep the fingerprint above: it must not change.',
    zh: '抽查日结束并公布种子后，可在此下载公示文件。在此之前请记下上方指纹：它不会再改变。',
  },
  download: { en: 'Download the file', zh: '下载公示文件' },
  manual: { en: 'The arithmetic, step by step', zh: '核验算法说明' },
  ownLot: {
    en: 'Your own declaration: its page shows the hash of its lot. Add --lot with that hash, and the check tells whether yours was among them.',
    zh: '核对自己的申报：申报详情页载有签号哈希，在命令后加 --lot 与该哈希即可确认其是否参与抽取。',
  },
  here: { en: 'Check in this browser', zh: '在浏览器中核验' },
  hereWorking: { en: 'Working it out again…', zh: '正在重新计算……' },
  hereRight: {
    en: 'lots worked out again: everything comes out as published.',
    zh: '个签号已重新计算，全部与公布一致。',
  },
  hereWrong: { en: 'This does not come out as published:', zh: '与公布不符：' },
  results: { en: 'Results', zh: '抽查结果' },
  resultsAbout: {
    en: 'No trader, no goods, no time of day: a lot names nobody.',
    zh: '不含企业、货物和时刻：签号不指向任何人。',
  },
  onlySelected: { en: 'Selected only', zh: '仅看中签' },
  allLots: { en: 'All lots', zh: '全部签号' },
  number: { en: 'No.', zh: '序号' },
  lot: { en: 'Lot', zh: '签号' },
  chance: { en: 'Chance', zh: '概率' },
  outcome: { en: 'Drawn', zh: '抽签结果' },
  isSelected: { en: 'Selected', zh: '中签' },
  notSelected: { en: 'Not selected', zh: '未中签' },
  found: { en: 'Inspection', zh: '查验结果' },
  pending: { en: 'not told yet', zh: '尚未公布' },
  noLots: { en: 'There are none.', zh: '没有签号。' },
  next: { en: 'Next page', zh: '下一页' },
  first: { en: 'First page', zh: '首页' },
} as const satisfies Record<string, Text>
