import { html } from 'hono/html'
import { eventTypes } from '../../filing/case.ts'
import type { Html } from '../layout.ts'
import { atPort } from '../pieces.ts'
import type { TraderDesk } from './board.ts'
import { type EventShown, eventInWords, numberOf } from './events-in-words.ts'
import type { DeclarationShown } from './head.ts'

/** Events shown at once; the earlier ones are behind a click. */
const shownAtOnce = 12

/**
 * The timeline 时间线 of a declaration, newest first. Where scripts run it grows by itself (`declaration-live.js`); elsewhere it is asked
 * for again by a link.
 */
export function timelineOf(desk: TraderDesk, { id, filings, timeline = [] }: DeclarationShown): Html {
  const { language, t } = desk
  const events = timeline.toReversed()
  const last = events[0] === undefined ? 0 : numberOf(events[0])
  const line = (event: EventShown) =>
    html`<li data-number="${numberOf(event)}"><time datetime="${event.time}">${atPort(event.time)}</time> <span>${eventInWords(language, event, filings)}</span></li>`
  const earlier = events.slice(shownAtOnce)
  return html`<section class="timeline" aria-labelledby="timeline"><h2 id="timeline">${t('timeline')} <small>${t('newestFirst')}</small></h2>
<p class="on-screen" id="live"><a href="/declarations/${id}">${t('refresh')}</a></p>
<div role="log" aria-live="polite" aria-labelledby="timeline" id="events" data-events="/v1/declarations/${id}/events" data-last="${last}" data-types="${eventTypes.map((type) => `yuchuang.${type}`).join(' ')}" data-live-word="${t('live')}" data-lost-word="${t('liveLost')}"><ol>${events.slice(0, shownAtOnce).map(line)}</ol></div>
${earlier.length === 0 ? '' : html`<details><summary>${t('earlier')} (${earlier.length})</summary><ol class="earlier">${earlier.map(line)}</ol></details>`}</section>`
}
