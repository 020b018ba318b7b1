import { html } from 'hono/html'
import type { z } from 'zod'
import type { actionAnswer } from '../../../schemas/answers.ts'
import type { BoardLine } from '../../../schemas/board.ts'
import type { Text } from '../../../schemas/text.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort } from '../pieces.ts'
import { say } from '../words.ts'
import type { TraderDesk } from './board.ts'

export type Action = z.infer<typeof actionAnswer>

/** What is to be done, without the names of methods that programs read in it. */
export const saidTo = (language: 'en' | 'zh', text: Text): string =>
  say(language, text).replaceAll(/\s?[(（](?:PUT|DELETE|POST)(?: particulars)?[)）]/g, '')

/** An instant or a day something is to be done by. */
export const untilShown = (until: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(until) ? until : shown(until))
const shown = (until: string): string => (Number.isNaN(Date.parse(until)) ? until : atPort(until))

/** Until when, where that is known. */
export const untilMark = ({ t }: TraderDesk, until: string | undefined): Html | '' =>
  until === undefined
    ? ''
    : html` <span class="tag until">${icon('clock')} ${t('until')} <time datetime="${until}">${untilShown(until)}</time></span>`

const byTrader = ({ needsAction }: BoardLine): Action[] => needsAction.filter(({ by }) => by === 'trader')
/** What has a last day first, the nearest before the others; else the longest untouched. */
const pressing = (a: BoardLine, b: BoardLine): number =>
  compare(nearest(a), nearest(b)) || compare(a.updatedAt, b.updatedAt)
const nearest = (line: BoardLine): string =>
  byTrader(line).reduce((least, { until = '~' }) => (until < least ? until : least), '~')
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Declarations that want something of their trader: what, until when, and the way there. */
export function needsList(desk: TraderDesk, lines: readonly BoardLine[]): Html {
  const { language, t } = desk
  return html`<ol class="needs">${lines.toSorted(pressing).map((line) => {
    const [first, ...rest] = byTrader(line).toSorted((a, b) => compare(a.until ?? '~', b.until ?? '~'))
    if (first === undefined) return ''
    return html`<li><a href="/declarations/${line.id}">${line.functionalReferenceId}</a>
<span>${saidTo(language, first.what)}${untilMark(desk, first.until)}${rest.length === 0 ? '' : html` <small>+${rest.length} ${t('andMore')}</small>`}</span></li>`
  })}</ol>`
}
