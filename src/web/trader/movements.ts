import { html } from 'hono/html'
import type { DeclarationMovements } from '../../../schemas/movement.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort, scrolling } from '../pieces.ts'
import { say } from '../words.ts'
import type { PartDesk } from './part-desk.ts'
import { placeName } from './places.ts'

type Times = DeclarationMovements['legs'][number]['departure']

/** Where the goods are 货物动态: now, leg by leg, and everything that was told. */
export function movementsBox(
  desk: PartDesk,
  { now, from, to, expectedAt, legs, facts, waybills }: DeclarationMovements,
): Html {
  const { language, t } = desk
  const heads = [t('leg'), t('departure'), t('arrival')] as const
  return html`<section aria-labelledby="whereabouts"><h2 id="whereabouts">${t('whereabouts')}</h2>
<p>${now === undefined ? html`${placeName(language, from)} → ${placeName(language, to)} · ${t('notTold')}` : html`${icon('truck')} <strong>${t('nowAt')}: ${placeName(language, now.place)}</strong> <small>${t('since')} ${atPort(now.since)}</small>`}${expectedAt?.at === undefined ? '' : html` · ${t('expected')}: ${placeName(language, to)} <time datetime="${expectedAt.at}">${atPort(expectedAt.at)}</time>`}</p>
${scrolling(
  t('whereabouts'),
  html`<table class="stack"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${legs.map(
    (
      leg,
    ) => html`<tr><th scope="row">${leg.sequence}. ${placeName(language, leg.from)} → ${placeName(language, leg.to)}</th>
<td data-label="${heads[1]}"><div>${timesOf(desk, leg.departure)}</div></td><td data-label="${heads[2]}"><div>${timesOf(desk, leg.arrival)}</div></td></tr>`,
  )}</tbody></table>`,
)}
${waybills.length === 0 ? '' : html`<h3>${t('waybills')}</h3><ul>${waybills.map(({ number }) => html`<li><code>${number}</code></li>`)}</ul>`}
${
  facts.length === 0
    ? ''
    : html`<ol class="told">${facts.map(
        (fact) =>
          html`<li>${fact.retracted === undefined ? '' : html`<span class="tag late">${t('takenBack')}</span> `}<time datetime="${fact.at}">${atPort(fact.at)}</time> <strong>${say(language, fact.name)}</strong> ${fact.place === undefined ? '' : placeName(language, fact.place)} ${fact.equipmentReference ?? ''} <small>${t('toldBy')} ${fact.publisherName ?? fact.publisher}</small></li>`,
      )}</ol>`
}</section>`
}

/** What is known of a departure or an arrival: what happened, else what is expected. */
function timesOf({ t }: PartDesk, { declared, planned, estimated, actual, delayMinutes, disputed }: Times): Html {
  const known = [
    ['actual', actual?.at],
    ['estimated', estimated?.at],
    ['planned', planned?.at],
    ['declared', declared],
  ] as const
  const [first, ...rest] = known.filter((one): one is [(typeof one)[0], string] => one[1] !== undefined)
  if (first === undefined) return html`–`
  const shown = (at: string) => (Number.isNaN(Date.parse(at)) ? at : atPort(at))
  return html`${shown(first[1])} <small>${t(first[0])}</small>${delayMinutes === undefined || delayMinutes <= 0 ? '' : html` <span class="tag late">+${delayMinutes} ${t('late')}</span>`}${disputed ? html` <span class="tag late">${t('disputed')}</span>` : ''}${rest.map(([name, at]) => html`<small>${t(name)} ${shown(at)}</small>`)}`
}
