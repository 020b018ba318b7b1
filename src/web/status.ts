import { html } from 'hono/html'
import type { FilingStatus, Hold, OverallStatus } from '../../schemas/status.ts'
import type { Text } from '../../schemas/text.ts'
import type { Language } from '../problem.ts'
import { type IconName, icon } from './icons.ts'
import type { Html } from './layout.ts'
import { say } from './words.ts'

/** What a status means to who looks at it: done well, under way, at rest, to be looked after, gone wrong. */
export type Tone = 'good' | 'busy' | 'idle' | 'care' | 'bad'

/** How a status looks: never by its colour alone. */
interface Look {
  readonly tone: Tone
  readonly icon: IconName
}
const good: Look = { tone: 'good', icon: 'check-circle' }
const busy: Look = { tone: 'busy', icon: 'arrow-path' }
const idle: Look = { tone: 'idle', icon: 'clock' }
const care: Look = { tone: 'care', icon: 'exclamation-triangle' }
const bad: Look = { tone: 'bad', icon: 'x-circle' }

const looks: { readonly [status in FilingStatus | OverallStatus | Hold]: Look } = {
  planned: idle,
  'awaiting-particulars': { tone: 'care', icon: 'pencil-square' },
  waiting: idle,
  blocked: { tone: 'bad', icon: 'lock-closed' },
  queued: idle,
  sent: { tone: 'busy', icon: 'paper-airplane' },
  acknowledged: busy,
  registered: busy,
  'in-review': { tone: 'busy', icon: 'eye' },
  approved: good,
  closed: good,
  refused: bad,
  withdrawn: { tone: 'idle', icon: 'x-circle' },
  reversed: { tone: 'bad', icon: 'arrow-path' },
  inspection: { tone: 'care', icon: 'magnifying-glass' },
  'payment-due': { tone: 'care', icon: 'banknotes' },
  supplement: { tone: 'care', icon: 'question-mark-circle' },
  suspended: { tone: 'care', icon: 'pause-circle' },
  'action-needed': care,
  'in-progress': busy,
  released: good,
  completed: good,
  cancelled: { tone: 'idle', icon: 'x-circle' },
}
const unknown: Look = { tone: 'idle', icon: 'question-mark-circle' }

/** A word that stands out, with its icon: for what is no status of a filing or a declaration. */
export const toneTag = (tone: Tone, picture: IconName, text: string): Html =>
  html`<span class="status tone-${tone}">${icon(picture)} ${text}</span>`

/**
 * A status 状态 as it looks on every page: an icon, a colour, its name. A status that is not known looks so, and keeps its name.
 * @param status of a filing or a declaration, or a hold
 * @param name as the interface gave it
 */
export function statusTag(language: Language, status: string, name: Text): Html {
  const look = Object.hasOwn(looks, status) ? looks[status as keyof typeof looks] : unknown
  return toneTag(look.tone, look.icon, say(language, name))
}
