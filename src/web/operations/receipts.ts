import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { messageAnswer } from '../../../schemas/answers.ts'
import type { matchedAnswer, orphanAnswer } from '../../../schemas/operations.ts'
import type { Env, Services } from '../../services.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort, choice, fact, scrolling, withQuery } from '../pieces.ts'
import { laidOut } from '../pretty.ts'
import { say } from '../words.ts'
import { type Desk as AnyDesk, cell, deskOf, morePages } from './desk.ts'
import type { List } from './lanes.ts'
import { messageKinds, receiptWords } from './receipt-words.ts'

type Orphan = z.infer<typeof orphanAnswer>
type Message = z.infer<typeof messageAnswer>
type Desk = AnyDesk<keyof typeof receiptWords>

/** Receipts and documents that belong to nobody 无主回执: their bytes, what they were looked for as, what can be done. */
export function receiptPages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  const agencies = Object.keys(services.adapters)
  pages.get('/operations/receipts', async (context) => {
    const desk = deskOf(app, context, services, 'receipts', receiptWords)
    const { api, t, nameOf } = desk
    const { agency = '', after, strays: strayAfter, matched } = context.req.query()
    const [orphans, strays] = await Promise.all([
      api.get<List<Orphan>>(withQuery('/v1/operations/receipts', { agency, after })),
      api.get<List<Message>>(withQuery('/v1/operations/messages', { agency, after: strayAfter, limit: '20' })),
    ])
    if (!orphans.ok) return desk.refuse(orphans)
    return desk.show(
      { title: t('title') },
      html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
<search><form method="get" action="/operations/receipts" class="filters">${choice(
        { name: 'agency', label: t('agency'), all: t('all'), chosen: agency },
        agencies.map((value) => ({ value, name: nameOf(value) })),
      )}<button type="submit">${t('search')}</button></form></search>
${matched === undefined || !/^\d{1,9}$/.test(matched) ? '' : html`<p class="notice" role="status">${matched} ${t('matched')}</p>`}
<section aria-labelledby="orphans"><h2 id="orphans">${t('orphans')}</h2><p class="note">${t('orphansAbout')}</p>${orphansBox(desk, orphans.body)}</section>
${strays.ok ? html`<section aria-labelledby="strays"><h2 id="strays">${t('strays')}</h2><p class="note">${t('straysAbout')}</p>${straysBox(desk, strays.body)}</section>` : ''}`,
    )
  })

  pages.post('/operations/receipts/match', async (context) => {
    const desk = deskOf(app, context, services, 'receipts', receiptWords)
    const answered = await desk.api.send<z.infer<typeof matchedAnswer>>('POST', '/v1/operations/receipts/matches')
    if (!answered.ok) return desk.refuse(answered)
    return context.redirect(`/operations/receipts?matched=${answered.body.matched}`, 303)
  })

  pages.get('/operations/receipts/messages/:id', async (context) => {
    const desk = deskOf(app, context, services, 'receipts', receiptWords)
    const path = `/v1/operations/messages/${encodeURIComponent(context.req.param('id'))}`
    const read = await desk.api.get<Message>(path)
    return read.ok ? messagePage(desk, read.body) : desk.refuse(read)
  })
}

const messageHref = (id: number): string => `/operations/receipts/messages/${id}`

function orphansBox(desk: Desk, { data, nextCursor }: List<Orphan>): Html {
  const { t, nameOf } = desk
  if (data.length === 0) return html`<p>${icon('check-circle')} ${t('noOrphans')}</p>${morePages(desk, undefined)}`
  return html`<table class="stack"><thead><tr><th scope="col">${t('received')}</th><th scope="col">${t('agency')}</th><th scope="col">${t('said')}</th><th scope="col">${t('tried')}</th><th scope="col">${t('bytes')}</th></tr></thead>
<tbody>${data.map(
    ({ agency, receipt, receivedAt, messageId }) =>
      html`<tr><th scope="row" class="nowrap">${atPort(receivedAt)}</th>${cell(t('agency'), nameOf(agency))}${cell(t('said'), html`<code>${receipt.code}</code> ${receipt.text}${receipt.at === undefined ? '' : html`<small>${atPort(receipt.at)}</small>`}`)}
${cell(t('tried'), html`<ul class="plain">${receipt.references.map(({ scheme, value }) => html`<li>${scheme}: <code>${value}</code> <small>${t('noNumber')}</small></li>`)}</ul>`)}
${cell(t('bytes'), messageId === undefined ? '' : html`<a href="${messageHref(messageId)}">${t('look')}</a>`)}</tr>`,
  )}</tbody></table>${morePages(desk, nextCursor)}
<form method="post" action="/operations/receipts/match" class="step"><button type="submit" class="secondary">${t('match')}</button></form>`
}

function straysBox(desk: Desk, { data, nextCursor }: List<Message>): Html {
  const { t, nameOf, language } = desk
  if (data.length === 0) return html`<p>${icon('check-circle')} ${t('noStrays')}</p>`
  return html`<table class="stack"><thead><tr><th scope="col">${t('received')}</th><th scope="col">${t('agency')}</th><th scope="col">${t('kind')}</th><th scope="col">${t('error')}</th><th scope="col">${t('bytes')}</th></tr></thead>
<tbody>${data.map(
    ({ id, agency, kind, error = '', at }) =>
      html`<tr><th scope="row" class="nowrap">${atPort(at)}</th>${cell(t('agency'), nameOf(agency))}${cell(t('kind'), say(language, messageKinds[kind] ?? { en: kind, zh: kind }))}${cell(t('error'), error)}${cell(t('bytes'), html`<a href="${messageHref(id)}">${t('look')}</a>`)}</tr>`,
  )}</tbody></table>${morePages(desk, nextCursor, 'strays')}`
}

/** A message byte for byte, and laid out for reading. */
function messagePage(desk: Desk, message: Message): Promise<Response> {
  const { t, nameOf, language } = desk
  const { id, agency, kind, direction, body, error, status, contentType, path, method, at, filingId } = message
  const title = `${t('message')} ${id}`
  return desk.show(
    { title },
    html`<p class="crumbs"><a href="/operations/receipts?agency=${agency}">${t('title')}</a></p><h1>${title} <small>${nameOf(agency)}</small></h1>
<dl class="facts">${fact(t('at'), atPort(at))}${fact(t('direction'), `${t(direction)} · ${say(language, messageKinds[kind] ?? { en: kind, zh: kind })}`)}${fact(t('status'), status === undefined ? undefined : String(status))}
${fact(t('type'), contentType)}${fact('URL', path === undefined ? undefined : html`<code>${method ?? ''} ${path}</code>`)}${fact(t('filing'), filingId === undefined ? undefined : html`<code>${filingId}</code>`)}${fact(t('error'), error === undefined ? undefined : html`<span class="wrong">${error}</span>`)}</dl>
${
  body === undefined || body === ''
    ? html`<p>${t('noBody')}</p>`
    : html`<section aria-labelledby="pretty"><h2 id="pretty">${t('pretty')}</h2>${scrolling(t('pretty'), laidOut(body))}</section>
<details><summary>${t('raw')}</summary><pre class="document" tabindex="0">${body}</pre></details>`
}`,
  )
}
