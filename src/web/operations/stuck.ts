import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { stuckAnswer } from '../../../schemas/operations.ts'
import { statuses } from '../../../schemas/status.ts'
import type { Env, Services } from '../../services.ts'
import type { Html } from '../layout.ts'
import { atPort, choice, withQuery } from '../pieces.ts'
import { statusTag } from '../status.ts'
import { say } from '../words.ts'
import { type Desk as AnyDesk, aged, cell, declarationHref, deskOf, morePages, shortId } from './desk.ts'
import type { List, StuckCount } from './lanes.ts'
import { remedies, stuckWords } from './stuck-words.ts'

type Stuck = z.infer<typeof stuckAnswer>
type Desk = AnyDesk<keyof typeof stuckWords>

/** What is stuck and why 滞留, oldest first, each with what can be done about it. */
export function stuckPage(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  pages.get('/operations/stuck', async (context) => {
    const desk = deskOf(app, context, services, 'stuck', stuckWords)
    const { api, t, language, nameOf } = desk
    const { agency = '', cause = '', after } = context.req.query()
    const [listed, counts] = await Promise.all([
      api.get<List<Stuck>>(withQuery('/v1/operations/stuck', { agency, cause, after })),
      api.get<List<StuckCount>>('/v1/operations/stuck/counts'),
    ])
    if (!listed.ok) return desk.refuse(listed)
    const counted = counts.ok ? counts.body.data : []
    const agencies = [...Object.keys(services.adapters), ...Object.keys(services.certificates.issuers)]
    const isFiltered = agency !== '' || cause !== ''
    return desk.show(
      { title: t('title') },
      html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
${overviewOf(desk, counted, { agency, cause })}
<search><form method="get" action="/operations/stuck" class="filters">
${choice(
  { name: 'cause', label: t('cause'), all: t('all'), chosen: cause },
  Object.keys(remedies).map((value) => {
    const known = counted.find((one) => one.cause === value)
    return { value, name: known === undefined ? causeOf(desk, value) : say(language, known.causeName) }
  }),
)}
${choice(
  { name: 'agency', label: t('agency'), all: t('all'), chosen: agency },
  agencies.map((value) => ({ value, name: nameOf(value) })),
)}<button type="submit">${t('search')}</button></form></search>
${listed.body.data.length === 0 ? html`<p>${isFiltered ? html`${t('noneHere')} <a href="/operations/stuck">${t('all')}</a>` : t('none')}</p>` : stuckTable(desk, listed.body.data)}
${morePages(desk, listed.body.nextCursor)}`,
    )
  })
}

/** A cause of which nothing is stuck now, by its own word. */
const causeOf = ({ language }: Desk, cause: string): string =>
  say(language, quietCauses[cause] ?? { en: cause, zh: cause })
const quietCauses: { readonly [cause: string]: { readonly en: string; readonly zh: string } } = {
  undelivered: { en: 'Not delivered', zh: '无法送达' },
  exhausted: { en: 'Given up', zh: '已放弃' },
  unknown: { en: 'Outcome unknown', zh: '结果未知' },
  stopped: { en: 'Lane held', zh: '通道停用' },
  'breaker-open': { en: 'Lane rests', zh: '通道熔断' },
  trouble: { en: 'Not encodable', zh: '无法生成报文' },
  silent: { en: 'Agency silent', zh: '机构长时间无回执' },
  orphan: { en: 'Unknown receipt', zh: '无主回执' },
  unintelligible: { en: 'Unintelligible document', zh: '报文无法解析' },
  mailbox: { en: 'Mailbox unreadable', zh: '收件箱无法读取' },
  note: { en: 'Note between agencies', zh: '协同通知' },
  certificate: { en: 'Certificate unconfirmed', zh: '监管证件未确认' },
  unanswered: { en: 'Assistance overdue', zh: '执法互助逾期' },
}

function overviewOf(desk: Desk, counts: readonly StuckCount[], chosen: { agency: string; cause: string }): Html | '' {
  if (counts.length === 0) return ''
  const { t, language, nameOf } = desk
  return html`<section aria-labelledby="overview"><h2 id="overview">${t('overview')}</h2>
<table class="stack"><thead><tr><th scope="col">${t('cause')}</th><th scope="col">${t('agency')}</th><th scope="col" class="number">${t('count')}</th><th scope="col">${t('longest')}</th></tr></thead>
<tbody>${counts.map(({ agency, cause, causeName, count, oldest }) => {
    const isChosen = agency === chosen.agency && cause === chosen.cause
    return html`<tr><th scope="row"><a href="${withQuery('/operations/stuck', { agency, cause })}"${isChosen ? html` aria-current="true"` : ''}>${say(language, causeName)}</a></th>
${cell(t('agency'), nameOf(agency))}${cell(t('count'), count, 'number')}${cell(t('longest'), aged(desk, oldest))}</tr>`
  })}</tbody></table></section>`
}

/** What can be sent again by a replay. */
const replayable = ['undelivered', 'exhausted', 'unknown', 'trouble', 'silent']

function stuckTable(desk: Desk, rows: readonly Stuck[]): Html {
  const { t } = desk
  const isAnyReplayable = rows.some(({ cause, filingId }) => filingId !== undefined && replayable.includes(cause))
  const table = html`<table class="stack stuck"><thead><tr><th scope="col">${t('cause')}</th><th scope="col">${t('agency')}</th><th scope="col">${t('age')}</th><th scope="col">${t('what')}</th><th scope="col">${t('remedy')}</th></tr></thead>
<tbody>${rows.map((row) => stuckRow(desk, row))}</tbody></table>`
  return isAnyReplayable
    ? html`<form method="get" action="/operations/replays" class="plain">${table}<button type="submit">${t('replayChosen')}</button></form>`
    : table
}

function stuckRow(desk: Desk, row: Stuck): Html {
  const { t, language, nameOf, procedureName } = desk
  const { cause, causeName, agency, since, error, declarationId, filingId, procedure, status, attempt } = row
  const what =
    declarationId === undefined || filingId === undefined
      ? ''
      : html`<a href="${declarationHref(declarationId, filingId)}">${procedureName(agency, procedure ?? '')} ${shortId(declarationId)}</a> ${status === undefined ? '' : statusTag(language, status, statuses[status])}${attempt === undefined || attempt === 1 ? '' : html` <small>#${attempt}</small>`}`
  const pick =
    filingId !== undefined && replayable.includes(cause)
      ? html`<label><input type="checkbox" name="filing" value="${filingId}"> <span>${say(language, causeName)}</span></label>`
      : html`${say(language, causeName)}`
  return html`<tr><th scope="row">${pick}</th>${cell(t('agency'), nameOf(agency))}${cell(t('age'), aged(desk, since), 'nowrap')}
${cell(t('what'), html`${what}${triesOf(desk, row)}${certificateOf(row)}${error === undefined ? '' : html`<small class="error">${error}</small>`}`)}
${cell(t('remedy'), html`<span>${say(language, remedies[cause] ?? causeName)}</span> ${wayOf(desk, row)}`)}</tr>`
}

const triesOf = ({ t }: Desk, { tries, nextAttemptAt }: Stuck): Html | '' =>
  tries === undefined
    ? ''
    : html`<small>${tries} ${t('tries')}${nextAttemptAt === undefined ? '' : html` · ${t('nextTry')} ${atPort(nextAttemptAt)}`}</small>`

const certificateOf = ({ certificate }: Stuck): Html | '' =>
  certificate === undefined
    ? ''
    : html`<small><a href="${certificateHref(certificate.typeCode, certificate.number)}">${certificate.typeCode} ${certificate.number}</a></small>`

/** The page of a certificate. */
export const certificateHref = (typeCode: string, number: string): string =>
  `/operations/certificates/${encodeURIComponent(typeCode)}/${encodeURIComponent(number)}`

/** Where what can be done about something is done. */
function wayOf({ t }: Desk, { cause, agency, filingId, href = '' }: Stuck): Html | '' {
  const to = (where: string, name: string) => html`<a class="way" href="${where}">${name}</a>`
  switch (cause) {
    case 'stopped':
    case 'breaker-open':
    case 'mailbox':
    case 'undelivered':
      return to(`/operations/lanes/${agency}`, t('lane'))
    case 'exhausted':
    case 'silent':
    case 'trouble':
      return to(
        withQuery('/operations/replays', { filing: filingId, from: cause === 'trouble' ? 'encoded' : 'stored' }),
        t('replay'),
      )
    case 'orphan':
      return to(`/operations/receipts?agency=${agency}`, t('look'))
    case 'unintelligible':
      return to(`/operations/receipts/messages/${href.split('/').at(-1) ?? ''}`, t('look'))
    default:
      return ''
  }
}
