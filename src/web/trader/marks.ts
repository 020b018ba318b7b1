import { html } from 'hono/html'
import { type FilingStatus, type Hold, holds, type OverallStatus, rankOf } from '../../../schemas/status.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Language } from '../../problem.ts'
import { type IconName, icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'

/** What a status is like, for the eye: wants its trader, is refused, rests, is under way, is granted, is over. */
export type Tone = 'act' | 'bad' | 'rest' | 'moving' | 'good' | 'over'
interface Mark {
  readonly tone: Tone
  readonly icon: IconName
  readonly word: Text
}

/** A status in one short word with its picture. */
const marks: Readonly<Record<FilingStatus, Mark>> = {
  planned: { tone: 'rest', icon: 'clock', word: { en: 'planned', zh: '已计划' } },
  'awaiting-particulars': { tone: 'act', icon: 'pencil-square', word: { en: 'needs data', zh: '待补充' } },
  waiting: { tone: 'rest', icon: 'clock', word: { en: 'waiting', zh: '等待中' } },
  blocked: { tone: 'bad', icon: 'lock-closed', word: { en: 'blocked', zh: '受阻' } },
  queued: { tone: 'moving', icon: 'arrow-path', word: { en: 'queued', zh: '待发送' } },
  sent: { tone: 'moving', icon: 'paper-airplane', word: { en: 'sent', zh: '已发送' } },
  acknowledged: { tone: 'moving', icon: 'paper-airplane', word: { en: 'received', zh: '已接收' } },
  registered: { tone: 'moving', icon: 'clipboard', word: { en: 'registered', zh: '已编号' } },
  'in-review': { tone: 'moving', icon: 'eye', word: { en: 'in review', zh: '审核中' } },
  approved: { tone: 'good', icon: 'check-circle', word: { en: 'approved', zh: '已批准' } },
  closed: { tone: 'good', icon: 'check-circle', word: { en: 'closed', zh: '已办结' } },
  refused: { tone: 'bad', icon: 'x-circle', word: { en: 'refused', zh: '已退回' } },
  withdrawn: { tone: 'over', icon: 'x-circle', word: { en: 'withdrawn', zh: '已撤回' } },
  reversed: { tone: 'bad', icon: 'exclamation-triangle', word: { en: 'reversed', zh: '已冲回' } },
}
const holdMarks: Readonly<Record<Hold, Mark>> = {
  inspection: { tone: 'act', icon: 'magnifying-glass', word: { en: 'inspection', zh: '查验' } },
  'payment-due': { tone: 'act', icon: 'banknotes', word: { en: 'pay', zh: '待缴税' } },
  supplement: { tone: 'act', icon: 'pencil-square', word: { en: 'supplement', zh: '待补正' } },
  suspended: { tone: 'rest', icon: 'pause-circle', word: { en: 'suspended', zh: '暂缓' } },
}
const overallMarks: Readonly<Record<OverallStatus, Omit<Mark, 'word'>>> = {
  'action-needed': { tone: 'act', icon: 'exclamation-triangle' },
  'in-progress': { tone: 'moving', icon: 'arrow-path' },
  released: { tone: 'good', icon: 'check-circle' },
  completed: { tone: 'good', icon: 'check-circle' },
  cancelled: { tone: 'over', icon: 'x-circle' },
}

/** Where something stands, as its picture and its word. */
export const mark = (tone: Tone, picture: IconName, word: string): Html =>
  html`<span class="standing ${tone}">${icon(picture)} <span>${word}</span></span>`

/** Where a filing stands, in a short word. */
export function statusMark(language: Language, status: FilingStatus): Html {
  const { tone, icon: picture, word } = marks[status]
  return mark(tone, picture, say(language, word))
}
export const shortWord = (language: Language, status: FilingStatus): string => say(language, marks[status].word)
export const toneOf = (status: FilingStatus): Tone => marks[status].tone

/** A hold that stands on a filing, in a short word. */
export function holdMark(language: Language, hold: Hold): Html {
  const { tone, icon: picture, word } = holdMarks[hold]
  return mark(tone, picture, say(language, word))
}

/** Where a declaration stands as a whole. */
export function overallMark(language: Language, status: OverallStatus, name: Text): Html {
  const { tone, icon: picture } = overallMarks[status]
  return mark(tone, picture, say(language, name))
}

/** What is looked at of a filing to say where it stands. */
interface Standing {
  readonly status: FilingStatus
  readonly holds: readonly Hold[]
  readonly unknown: boolean
}

/** What is to be seen first of several filings with one agency: what wants its trader, what is refused, what goes on; at last what is done. */
export function foremost<T extends Standing>(filings: readonly T[]): T | undefined {
  return filings.toSorted((a, b) => urgencyOf(b) - urgencyOf(a) || rankOf(a.status) - rankOf(b.status))[0]
}
const toneUrgency: Readonly<Record<Tone, number>> = { bad: 5, act: 4, moving: 3, rest: 2, good: 1, over: 0 }
const urgencyOf = ({ status, holds: standing }: Standing): number =>
  standing.some((hold) => holds[hold].by === 'trader') ? 4.5 : status === 'blocked' ? 3.5 : toneUrgency[toneOf(status)]

/** Where a filing stands at a glance: a hold before the status it is held in. */
export function glanceMark(language: Language, { status, holds: [hold] }: Standing): Html {
  return hold === undefined ? statusMark(language, status) : holdMark(language, hold)
}
