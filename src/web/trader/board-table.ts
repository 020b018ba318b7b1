import { html } from 'hono/html'
import type { BoardFiling, BoardLine } from '../../../schemas/board.ts'
import { rankOf } from '../../../schemas/status.ts'
import type { Adapters } from '../../filing/plan.ts'
import { directionNames } from '../fees/words.ts'
import type { Html } from '../layout.ts'
import { atPort, scrolling } from '../pieces.ts'
import { say } from '../words.ts'
import type { TraderDesk } from './board.ts'
import { foremost, glanceMark, overallMark } from './marks.ts'
import { saidTo, untilMark } from './needs.ts'
import { modesInWords, placeName } from './places.ts'

/** Declarations, a row each: what it is, where it stands as a whole and with each agency, what is to be done. On a phone a card each. */
export function boardTable(desk: TraderDesk, adapters: Adapters, lines: readonly BoardLine[]): Html {
  const { language, t } = desk
  const concerned = new Set(lines.flatMap(({ filings }) => filings.map(({ agency }) => agency)))
  const agencies = Object.entries(adapters).filter(([agency]) => concerned.has(agency))
  const table = html`<table class="board"><caption class="unseen">${t('board')}</caption><thead><tr>
<th scope="col">${t('declaration')}</th><th scope="col">${t('status')}</th>
${agencies.map(([, { name }]) => html`<th scope="col" class="agency">${name[language]}</th>`)}
<th scope="col">${t('toDo')}</th></tr></thead>
<tbody>${lines.map(
    (line) => html`<tr><th scope="row">${headOf(desk, line)}</th>
<td class="overall">${overallMark(language, line.status, line.statusName)}</td>
${agencies.map(([agency, { name }]) =>
  agencyCell(
    desk,
    say(language, name),
    line.filings.filter((filing) => filing.agency === agency && isShown(filing)),
  ),
)}
<td class="to-do">${toDo(desk, line)}</td></tr>`,
  )}</tbody></table>`
  return scrolling(t('board'), table)
}

/** A change that was answered shows in what it changed. */
const isShown = ({ occasion, status }: BoardFiling): boolean =>
  occasion !== 'change' || rankOf(status) < rankOf('approved')

function headOf({ language, t }: TraderDesk, line: BoardLine): Html {
  const { journey, goods } = line
  const route =
    journey === undefined
      ? ''
      : `${placeName(language, journey.from)} → ${placeName(language, journey.to)} · ${modesInWords(language, journey.modes)}`
  return html`<a href="/declarations/${line.id}">${line.functionalReferenceId}</a>
<small>${say(language, directionNames[line.direction])}${route === '' ? '' : html` · ${route}`}</small>
${goods === undefined ? '' : html`<small class="goods">${goods.name}${goods.items > 1 ? html` <span class="nowrap">+${goods.items - 1}</span>` : ''}</small>`}
<small>${t('accepted')} <time datetime="${line.acceptedAt}">${atPort(line.acceptedAt)}</time>${line.tenant === undefined ? '' : html` · ${t('firm')} ${line.tenant}`}</small>`
}

/** Where a declaration stands with one agency: the filing that matters most, and how many of all are granted. */
function agencyCell({ language, t }: TraderDesk, name: string, filings: readonly BoardFiling[]): Html {
  const first = foremost(filings)
  if (first === undefined)
    return html`<td class="agency none"><span aria-hidden="true">–</span><span class="unseen">${t('notConcerned')}</span></td>`
  const live = filings.filter(({ status }) => status !== 'withdrawn')
  const granted = live.filter(({ status }) => status === 'approved' || status === 'closed').length
  return html`<td class="agency"><span class="of">${name}</span> ${glanceMark(language, first)}${
    filings.length > 1
      ? html` <small class="granted">${granted}/${live.length}</small><span class="unseen">${filings.map((one) => html`; ${say(language, one.procedureName)}: ${say(language, one.statusName)}`)}</span>`
      : ''
  }</td>`
}

function toDo(desk: TraderDesk, { needsAction }: BoardLine): Html | '' {
  const { language, t } = desk
  const [first, ...rest] = needsAction.toSorted((a, b) => Number(b.by === 'trader') - Number(a.by === 'trader'))
  if (first === undefined) return ''
  const whose = first.by === 'trader' ? '' : `${t(first.by === 'agency' ? 'byAgency' : 'byOperator')}: `
  return html`<span class="${first.by === 'trader' ? 'mine' : 'theirs'}">${whose}${saidTo(language, first.what)}</span>${untilMark(desk, first.until)}${rest.length === 0 ? '' : html` <small>+${rest.length}</small>`}`
}
