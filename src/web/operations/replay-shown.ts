import { html } from 'hono/html'
import type { Html } from '../layout.ts'
import { toneTag } from '../status.ts'
import { say } from '../words.ts'
import { declarationHref, shortId } from './desk.ts'
import type { ReplayDesk, Shown } from './replays.ts'

type ShownFiling = Shown['filings'][number]

/** Filing by filing what would go out, with what differs from what went out before. */
export const shownBox = (desk: ReplayDesk, { filings }: Shown): Html =>
  html`<div class="shown">${filings.map((filing, place) => filingBox(desk, filing, place < 3))}</div>`

function filingBox(desk: ReplayDesk, filing: ShownFiling, isOpen: boolean): Html {
  const { t, language, nameOf, procedureName } = desk
  const { agency, procedure, declarationId, filingId, outcome, detail, size, asksFirst = false, difference } = filing
  const goes = outcome === 'would-be-sent'
  return html`<article class="panel"><h2>${nameOf(agency)} · ${procedureName(agency, procedure)} <a href="${declarationHref(declarationId, filingId)}">${shortId(declarationId)}</a>
${goes ? toneTag('good', 'paper-airplane', t('would')) : toneTag('care', 'x-circle', t('not'))}</h2>
<p>${goes ? html`${size ?? 0} ${t('bytes')}${asksFirst ? html` · ${t('asksFirst')}` : ''}` : detail === undefined ? outcome : say(language, detail)}</p>
${goes ? (difference === undefined ? html`<p>${t('same')}</p>` : differenceBox(desk, difference, isOpen)) : ''}</article>`
}

function differenceBox(
  { t }: ReplayDesk,
  { added, removed, unified, cut }: NonNullable<ShownFiling['difference']>,
  isOpen: boolean,
): Html {
  if (added + removed === 0) return html`<p>${t('none')}</p>`
  return html`<details class="change"${isOpen ? html` open` : ''}><summary>+${added} −${removed} ${t('lines')}</summary>
<pre class="difference" tabindex="0">${unified.split('\n').map((line) => lineOf(line))}</pre>${cut ? html`<p>${t('cut')}</p>` : ''}</details>`
}

/** A line of a unified difference: its mark tells, its colour helps. */
const lineOf = (line: string): Html => {
  const mark = line[0]
  if (mark === '+')
    return html`<ins>${line}
</ins>`
  if (mark === '-')
    return html`<del>${line}
</del>`
  return html`<span>${line}
</span>`
}
