import { html } from 'hono/html'
import type { Refused } from '../../desk.ts'
import { given, unseen, wrongAt } from '../../form.ts'
import type { IconName } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { atPort, choice, choices, scrolling, withQuery } from '../../pieces.ts'
import { type Tone, toneTag } from '../../status.ts'
import { say } from '../../words.ts'
import { type Desk, hookPath } from './list.ts'
import { type NoticeShown, outcomeNames } from './words.ts'

export interface Deliveries {
  readonly data: readonly NoticeShown[]
  readonly nextCursor?: string
}
/** Which deliveries are shown. */
export interface Filters {
  readonly status?: string | undefined
  readonly eventId?: string | undefined
  readonly after?: string | undefined
}

/** A test is nobody's news: it is sent once, and another is sent by the button above. */
const ping = 'yuchuang.endpoint.ping'

const looks: { readonly [status in NoticeShown['status']]: readonly [Tone, IconName] } = {
  waiting: ['busy', 'arrow-path'],
  delivered: ['good', 'check-circle'],
  exhausted: ['bad', 'x-circle'],
  dropped: ['idle', 'x-circle'],
}

/** What was sent to an endpoint 推送记录, newest first, each try with what came of it. */
export function deliveriesBox(
  desk: Desk,
  id: string,
  { data, nextCursor }: Deliveries,
  { status, eventId }: Filters,
): Html {
  const { t, language } = desk
  const isFiltered = status !== undefined || eventId !== undefined
  return html`<section aria-labelledby="deliveries"><h2 id="deliveries">${t('deliveries')}</h2>
<search><form method="get" action="${hookPath(id)}" class="filters">
${choice({ name: 'status', label: t('outcome'), all: t('all'), chosen: status }, choices(language, outcomeNames))}
<label>${t('eventId')} <input name="eventId" value="${eventId ?? ''}" maxlength="60"></label><button type="submit">${t('show')}</button></form></search>
${data.length === 0 ? html`<p>${t(isFiltered ? 'noneSuch' : 'noDeliveries')}</p>` : deliveriesTable(desk, id, data)}
${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery(hookPath(id), { status, eventId, after: nextCursor })}">${t('more')}</a></p>`}</section>`
}

function deliveriesTable({ t, language }: Desk, id: string, notices: readonly NoticeShown[]): Html {
  return scrolling(
    t('deliveries'),
    html`<table class="stack deliveries"><thead><tr><th scope="col">${t('event')}</th><th scope="col">${t('outcome')}</th><th scope="col">${t('tries')}</th><td></td></tr></thead><tbody>${notices.map(
      (
        one,
      ) => html`<tr><th scope="row">${one.type}<small><code>${one.eventId}</code> · ${atPort(one.createdAt)}</small></th>
<td data-label="${t('outcome')}"><div>${toneTag(...looks[one.status], say(language, outcomeNames[one.status]))}${one.nextAttemptAt === undefined ? '' : html`<small>${t('next')} ${atPort(one.nextAttemptAt)}</small>`}</div></td>
<td data-label="${t('tries')}"><div>${triesOf({ t }, one)}</div></td>
<td>${one.type === ping ? '' : html`<form method="post" action="${hookPath(id, 'redeliveries')}">${unseen('eventId', one.eventId)}<button type="submit" class="secondary quiet">${t('again')}<span class="unseen"> ${one.eventId}</span></button></form>`}</td></tr>`,
    )}</tbody></table>`,
  )
}

/** Each try: when, what was answered, how long it took. */
const triesOf = ({ t }: Pick<Desk, 't'>, { tries, attempts }: NoticeShown): Html | string =>
  tries.length === 0
    ? String(attempts)
    : html`<ol class="tries" start="${tries[0]?.number ?? 1}">${tries.map(
        ({ at, status, latencyMs, error, excerpt }) =>
          html`<li>${atPort(at)} · <strong>${status ?? t('noAnswer')}</strong> · ${latencyMs} ms${error === undefined ? '' : html`<small>${error}</small>`}${
            excerpt === undefined || excerpt === ''
              ? ''
              : html`<details class="more"><summary>${t('answered')}</summary><pre>${excerpt}</pre></details>`
          }</li>`,
      )}</ol>`

/** Sending again what happened in a time. */
export function againForm({ t, language }: Desk, id: string, form: URLSearchParams, refused?: Refused): Html {
  const instant = (name: 'from' | 'to') => {
    const wrong = wrongAt(refused?.problem.errors, `/${name}`, language)
    return html`<label>${t(name)} <input type="datetime-local" name="${name}" value="${given(form, name)}" required${wrong.length === 0 ? '' : html` aria-invalid="true"`}>${wrong.length === 0 ? '' : html`<small class="wrong">${wrong.join(' ')}</small>`}</label>`
  }
  return html`<details class="change"${refused === undefined ? '' : html` open`}><summary>${t('againSince')}</summary>
<form method="post" action="${hookPath(id, 'redeliveries')}" class="filters">${instant('from')}${instant('to')}<button type="submit">${t('again')}</button></form></details>`
}

/** What is to be sent again, as a form says it: times by the port's clock. */
export function againIn(form: URLSearchParams): Record<string, string> {
  const eventId = given(form, 'eventId')
  if (eventId !== '') return { eventId }
  const instant = (name: string) => {
    const value = given(form, name)
    return `${value}${/T\d\d:\d\d$/.test(value) ? ':00' : ''}+08:00`
  }
  return { from: instant('from'), to: instant('to') }
}
