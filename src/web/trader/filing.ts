import type { Hono } from 'hono'
import { html } from 'hono/html'
import { statuses } from '../../../schemas/status.ts'
import type { Env } from '../../services.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort, fact, scrolling } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { say } from '../words.ts'
import { filingActions } from './actions/index.ts'
import { dataBox } from './data.ts'
import { actionsBox } from './declaration.ts'
import { type DeclarationShown, declarationHead, type FilingShown, selfOf } from './head.ts'
import { holdMark, statusMark } from './marks.ts'
import { openPartDesk, type PartDesk } from './part-desk.ts'
import { edgesBox } from './picture.ts'
import { numbersOf } from './references.ts'

type FilingRead = FilingShown & { readonly particulars?: unknown }

/** A filing 申报事项: what its agency said beside our words, its numbers, deadlines, delivery, particulars, and what can be done with it. */
export function filingPage(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/declarations/:id/filings/:filingId', async (context) => {
    const desk = openPartDesk(app, context)
    const { id, filingId } = context.req.param()
    const [read, one] = await Promise.all([
      desk.api.get<DeclarationShown>(selfOf(id)),
      desk.api.get<FilingRead>(`${selfOf(id)}/filings/${encodeURIComponent(filingId)}`),
    ])
    if (!read.ok) return desk.refuse(read)
    if (!one.ok) return desk.refuse(one)
    const { body: declaration } = read
    const { body: filing } = one
    const { language, t } = desk
    const title = `${say(language, filing.agencyName)} · ${say(language, filing.procedureName)}`
    return desk.show(
      { title: `${title} · ${declaration.functionalReferenceId}`, scripts: ['declaration-live.js'] },
      html`${declarationHead(desk.trader, declaration, undefined)}
<section id="filing" aria-labelledby="filing-head"><div class="heading"><h2 id="filing-head">${title}</h2><p>${statusMark(language, filing.status)}${filing.holds.map((hold) => html` ${holdMark(language, hold)}`)}</p></div>
${actionsBox(desk.trader, declaration, filing.id)}
<div aria-label="${desk.trader.t('can')}" role="group">${filingActions(language, declaration, filing, visitorOf(context)?.role)}</div>
${edgesBox(desk.trader, declaration, filing)}</section>
<div class="beside"><div>${receiptsOf(desk, filing)}${particularsOf(desk, filing)}</div>
<aside class="references" data-copy-word="${desk.trader.t('copy')}" data-copied-word="${desk.trader.t('copied')}"><h2>${desk.trader.t('references')}</h2>${filing.references.length === 0 ? html`<p class="note">${desk.trader.t('noReferences')}</p>` : html`<dl>${numbersOf(desk.trader, filing)}</dl>`}
${deadlinesOf(desk, filing)}${deliveryOf(desk, filing)}<p class="on-screen"><a href="/declarations/${declaration.id}/messages?filing=${filing.id}">${t('messagesOf')} ${icon('arrow-right')}</a></p></aside></div>`,
    )
  })
}

/** What its agency said, in its own words, beside ours; the newest first. */
export function receiptsOf({ language, t }: PartDesk, { receipts, attempt }: FilingShown): Html {
  if (receipts.length === 0) return html`<h2>${t('said')}</h2><p class="note">${t('saidNothing')}</p>`
  const several = attempt > 1
  return html`<h2>${t('said')}</h2>${scrolling(
    t('said'),
    html`<table class="stack receipts"><thead><tr><th scope="col">${t('when')}</th>${several ? html`<th scope="col">${t('attempt')}</th>` : ''}<th scope="col">${t('ours')}</th><th scope="col">${t('theirs')}</th></tr></thead>
<tbody>${receipts.toReversed().map((one) => {
      const at = one.agencyTime ?? one.receivedAt
      return html`<tr><th scope="row" class="nowrap"><time datetime="${at}">${atPort(at)}</time></th>${several ? html`<td data-label="${t('attempt')}">${one.attempt}</td>` : ''}
<td data-label="${t('ours')}">${one.status === 'unrecognised' ? html`<span class="standing over">${icon('question-mark-circle')} <span>${t('unrecognised')}</span></span>` : html`${statusMark(language, one.status)} <span class="unseen">${say(language, statuses[one.status])}</span>`}</td>
<td data-label="${t('theirs')}"><div><q lang="und">${one.text === '' ? one.code : one.text}</q> <code>${one.code}</code>${one.details === undefined ? '' : html`<details class="further"><summary>${t('details')}</summary>${dataBox(one.details)}</details>`}</div></td></tr>`
    })}</tbody></table>`,
  )}`
}

function particularsOf({ t }: PartDesk, { particulars }: FilingRead): Html {
  return html`<h2>${t('particulars')}</h2>${particulars === undefined ? html`<p class="note">${t('noParticulars')}</p>` : dataBox(particulars)}`
}

function deadlinesOf({ language, t }: PartDesk, { deadlines = [] }: FilingShown): Html | '' {
  if (deadlines.length === 0) return ''
  return html`<h2>${t('deadlines')}</h2><ul>${deadlines.map(
    ({ what, dueAt, state }) =>
      html`<li><time datetime="${dueAt}">${atPort(dueAt)}</time> ${say(language, what)} <span class="tag${state === 'open' ? '' : ' late'}">${t(state)}</span></li>`,
  )}</ul>`
}

function deliveryOf({ t }: PartDesk, { delivery }: FilingShown): Html | '' {
  if (delivery === undefined) return ''
  const { tries, nextAttemptAt, error } = delivery
  return html`<h2>${t('delivery')}</h2><dl class="facts">${fact(t('tries'), String(tries))}${fact(t('nextTry'), nextAttemptAt === undefined ? undefined : atPort(nextAttemptAt))}${fact(t('failure'), error)}</dl>`
}
