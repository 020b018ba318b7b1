import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import {
  type ComplaintAnswer,
  type ComplaintMove,
  complaintStatuses,
  type complaintSummary,
} from '../../../schemas/fees/complaints.ts'
import { newId } from '../../db/ids.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Answered, apiOf } from '../api.ts'
import { areaField, given, readForm, unseen } from '../form.ts'
import { type Html, render } from '../layout.ts'
import { atPort, choice, problemBox, scrolling, withQuery } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { say } from '../words.ts'
import { toSignIn } from './bill-kept.ts'
import { complaintBox } from './complaint.ts'
import { movesBox, moveWays, refusalBox, type Sent, wordsOf } from './complaint-moves.ts'
import { complaintStatusNames, complaintWords } from './complaint-words.ts'
import { yuan } from './money.ts'
import { namesOf } from './quote.ts'
import { feeWords } from './words.ts'
import { sentBefore, wrongBox, wrongsAt, wrongsOf } from './wrong.ts'

type Summaries = { data: z.infer<typeof complaintSummary>[]; nextCursor?: string }
type Named = readonly { value: string; name: string }[]

/** Complaints 价格投诉, for the trader, the payee and the officer: each sees its own and what it can do. */
export function complaintPages(app: Hono<Env>): Hono<Env> {
  const pages = new Hono<Env>()
  const place = (number: string) => `/v1/fee-complaints/${encodeURIComponent(number)}`
  /** @param sent what was sent and refused: it stands in the form again */
  const show = async (context: Context<Env>, number: string, sent?: Sent & { readonly refused: Answered<unknown> }) => {
    const language = context.get('language')
    const api = apiOf(app, context)
    const read = await api.get<ComplaintAnswer>(place(number))
    if (read.status === 401) return toSignIn(context)
    const title = read.ok ? `${say(language, complaintWords.complaint)} ${number}` : read.problem.title
    const crumbs = html`<p class="crumbs"><a href="/fees/complaints">${say(language, complaintWords.title)}</a></p>`
    const content = read.ok
      ? html`${crumbs}${sent?.refused.ok === false ? refusalBox(language, sent.refused.problem, read.body, sent) : ''}
${complaintBox(language, read.body, await namesOf(api, language, 'port'), visitorOf(context)?.role !== 'payee')}${movesBox(language, read.body, read.headers.get('etag') ?? '', sent)}`
      : html`${crumbs}${problemBox(language, read.problem)}`
    const about = { title, at: 'billCheck' as const, here: `/fees/complaints/${number}` }
    return render(context, { ...about, status: sent?.refused.status ?? read.status }, content)
  }

  pages.get('/', async (context) => {
    const language = context.get('language')
    const { status = '', overdue = '', after } = context.req.query()
    const api = apiOf(app, context)
    const filter = { status, overdue: overdue === 'true' ? 'true' : '' }
    const answered = await api.get<Summaries>(withQuery('/v1/fee-complaints', { ...filter, after }))
    if (answered.status === 401) return toSignIn(context)
    const [payees, ports] = await Promise.all([namesOf(api, language, 'payee'), namesOf(api, language, 'port')])
    const title = say(language, complaintWords.title)
    const content = html`<h1>${title}</h1>${filterForm(language, filter)}
${answered.ok ? table(language, answered.body, payees, ports, filter) : problemBox(language, answered.problem)}`
    return render(context, { title, at: 'billCheck', status: answered.status }, content)
  })

  pages.post('/', async (context) => {
    const language = context.get('language')
    const form = await readForm(context)
    const lines = form
      .getAll('lines')
      .filter((line) => /^\d{1,3}$/.test(line))
      .map(Number)
    const request = { billCheckId: given(form, 'billCheckId'), lines, text: given(form, 'text') }
    const filed = await apiOf(app, context).send<ComplaintAnswer>('POST', '/v1/fee-complaints', request, {
      'idempotency-key': given(form, 'key'),
    })
    if (filed.ok) return context.redirect(`/fees/complaints/${filed.body.number}`, 303)
    const back = `/fees/bill-check/${encodeURIComponent(request.billCheckId)}`
    const field = { name: 'text', label: say(language, complaintWords.words), value: request.text, required: true }
    const wrongs = wrongsOf(language, filed.problem.errors, (pointer) =>
      pointer === '/text' ? { ...field, holds: 'words' } : undefined,
    )
    const again = html`<p class="crumbs"><a href="${back}">${say(language, complaintWords.toCheck)}</a></p><h1>${say(language, complaintWords.complain)}</h1>${wrongBox(language, filed.problem, wrongs)}
<form method="post" action="/fees/complaints" class="step">${unseen('key', filed.problem.code === sentBefore ? newId(Date.now()) : given(form, 'key'))}${unseen('billCheckId', request.billCheckId)}${lines.map((line) => unseen('lines', String(line)))}
${areaField({ ...field, errors: wrongsAt(wrongs, 'text'), max: limits.complaintText })}
<button type="submit">${say(language, complaintWords.complain)}</button></form>`
    return render(context, { title: filed.problem.title, at: 'billCheck', status: filed.status, here: back }, again)
  })

  pages.get('/:number', (context) => show(context, context.req.param('number')))
  pages.post('/:number/:move', async (context) => {
    const { number, move } = context.req.param()
    if (!Object.hasOwn(moveWays, move)) return context.notFound()
    const form = await readForm(context)
    const sent = { move: move as ComplaintMove, form }
    const headers = { 'if-match': given(form, 'seen'), 'idempotency-key': given(form, 'key') }
    const path = `${place(number)}/${moveWays[sent.move]}`
    const refused = await apiOf(app, context).send('POST', path, wordsOf(sent), headers)
    if (refused.ok) return context.redirect(`/fees/complaints/${number}`, 303)
    return show(context, number, { ...sent, refused })
  })
  return pages
}

function filterForm(language: Language, { status, overdue }: { status: string; overdue: string }): Html {
  const t = (name: keyof typeof complaintWords) => say(language, complaintWords[name])
  const statuses = complaintStatuses.map((value) => ({ value, name: say(language, complaintStatusNames[value]) }))
  return html`<search><form method="get" action="/fees/complaints" class="filters">${choice({ name: 'status', label: t('status'), all: t('all'), chosen: status }, statuses)}
<label class="tick"><input type="checkbox" name="overdue" value="true"${overdue === '' ? '' : html` checked`}> ${t('onlyOverdue')}</label>
<button type="submit">${t('show')}</button></form></search>`
}

function table(
  language: Language,
  { data, nextCursor }: Summaries,
  payees: Named,
  ports: Named,
  filter: { status: string; overdue: string },
): Html {
  const t = (name: keyof typeof complaintWords) => say(language, complaintWords[name])
  if (data.length === 0) return html`<p>${t('none')}</p>`
  const heads = (['number', 'status', 'payee', 'port', 'filedAt', 'dueOn', 'amount'] as const).map(
    (name) => html`<th scope="col"${name === 'amount' ? html` class="number"` : ''}>${t(name)}</th>`,
  )
  const named = (names: Named, id: string) => names.find(({ value }) => value === id)?.name ?? id
  const next = nextCursor && withQuery('/fees/complaints', { ...filter, after: nextCursor })
  return html`${scrolling(
    t('title'),
    html`<table class="stack"><thead><tr>${heads}</tr></thead><tbody>${data.map(
      ({ number, status, overdue, payee, port, amount, filedAt, dueOn }) =>
        html`<tr><th scope="row"><a href="/fees/complaints/${number}">${number}</a></th><td data-label="${t('status')}"><span class="tag">${say(language, complaintStatusNames[status])}</span></td>
<td data-label="${t('payee')}">${named(payees, payee)}</td><td data-label="${t('port')}">${named(ports, port)}</td><td data-label="${t('filedAt')}"><time datetime="${filedAt}">${atPort(filedAt).slice(0, 10)}</time></td>
<td data-label="${t('dueOn')}"><span>${dueOn}${overdue ? html` <strong class="above">${t('overdue')}</strong>` : ''}</span></td><td class="number" data-label="${t('amount')}">${yuan(amount)}</td></tr>`,
    )}</tbody></table>`,
  )}${next ? html`<p><a rel="next" href="${next}">${say(language, feeWords.more)}</a></p>` : ''}`
}
