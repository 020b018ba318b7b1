import { html } from 'hono/html'
import type { SimulatorCorridors } from '../../../../schemas/simulator.ts'
import type { Refused } from '../../desk.ts'
import { choiceField, given, labelled, lineField, someField, wrongAt } from '../../form.ts'
import type { Html } from '../../layout.ts'
import { problemBox, scrolling } from '../../pieces.ts'
import { say } from '../../words.ts'
import type { Bench } from './bench.ts'
import { atClock } from './instants.ts'

/** A journey that was ordered and refused. */
export interface CorridorTry {
  readonly form: URLSearchParams
  readonly refused: Refused
}

/** Corridors 物流通道: journeys of a container to be played, and those that were. */
export function corridorSection(bench: Bench, corridors: SimulatorCorridors, tried: CorridorTry | undefined): Html {
  const { t, language, link } = bench
  const value = (name: string) => (tried === undefined ? '' : given(tried.form, name))
  const errors = tried?.refused.problem.errors
  const at = (name: string) => wrongAt(errors, `/${name}`, language)
  const { corridors: known, disorders, played } = corridors
  return html`<section aria-labelledby="corridors"><h2 id="corridors">${t('corridors')}</h2><p class="note">${t('corridorsHelp')}</p>
${tried !== undefined && (errors ?? []).length === 0 ? problemBox(language, tried.refused.problem) : ''}
<details class="more"${tried === undefined ? '' : html` open`}><summary>${t('play')}</summary>
<form method="post" action="${link('/simulator/corridors')}#corridors" class="entry" autocomplete="off" novalidate><div class="fields">
${choiceField(
  { name: 'corridor', label: t('corridor'), value: value('corridor') || (known[0]?.id ?? '') },
  known.map(({ id, name, steps }) => ({ value: id, name: `${say(language, name)} (${steps})` })),
)}
${lineField({ name: 'equipment', label: t('equipment'), value: value('equipment'), example: 'CSQU3054383', max: 11, required: true, errors: at('equipment') })}
${labelled(
  { name: 'key', label: t('key'), help: t('keyHelp'), errors: at('key') },
  // A key is never written into a page again.
  (described) =>
    html`<input id="key" name="key" type="password" autocomplete="off" maxlength="220" required${described}>`,
)}
${lineField({ name: 'speed', label: t('speed'), value: value('speed') || '1', digits: 'decimal', errors: at('speed') })}
${lineField({ name: 'delayHours', label: t('delay'), value: value('delayHours') || '0', digits: 'decimal', errors: at('delayHours') })}
</div>${someField(
    { name: 'disorder', label: t('disorder'), value: '', errors: at('disorder') },
    tried?.form.getAll('disorder') ?? [],
    Object.entries(disorders).map(([id, does]) => ({ value: id, name: `${id}: ${does}` })),
  )}<button type="submit">${t('play')}</button></form></details>
${played.length === 0 ? '' : html`<h3>${t('played')}</h3>${playedTable(bench, played)}`}</section>`
}

function playedTable({ t }: Bench, played: SimulatorCorridors['played']): Html {
  const heads = ['corridor', 'equipment', 'time', 'events', 'taken', 'turnedAway', 'lost'] as const
  return scrolling(
    t('played'),
    html`<table class="stack"><thead><tr>${heads.map((word) => html`<th scope="col">${t(word)}</th>`)}</tr></thead><tbody>${played.map(
      ({ corridor, equipment, events, firstAt, lastAt, taken, refused, lost }) =>
        html`<tr><th scope="row">${corridor}</th><td data-label="${t('equipment')}">${equipment}</td><td data-label="${t('time')}">${atClock(firstAt)} – ${atClock(lastAt)}</td>
<td data-label="${t('events')}">${events}</td><td data-label="${t('taken')}">${taken}</td><td data-label="${t('turnedAway')}">${refused}</td><td data-label="${t('lost')}">${lost}</td></tr>`,
    )}</tbody></table>`,
  )
}
