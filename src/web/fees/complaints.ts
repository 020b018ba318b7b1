import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { ComplaintAnswer, ComplaintMove, complaintSummary } from '../../../schemas/fees/complaints.ts'
import { newId } from '../../db/ids.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Answered, apiOf } from '../api.ts'
import { areaField, given, lineField, readForm, unseen, wrongAt } from '../form.ts'
import { type Html, render } from '../layout.ts'
import { atPort, fact, problemBox, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { billWords, complaintStatusNames, moveNames, verdictNames } from './bill-words.ts'
import { feeWords } from './words.ts'

type Summary = z.infer<typeof complaintSummary>
/** Where each step is asked for. */
const ways = {
  answer: 'answers',
  accept: 'acceptances',
  dispute: 'disputes',
  decide: 'decisions',
  withdraw: 'withdrawals',
} as const satisfies Record<ComplaintMove, string>

/** Complaints 价格投诉, for the trader, the payee and the officer: each sees its own and what it can do. */
export function complaintPages(app: Hono<Env>): Hono<Env> {
  const pages = new Hono<Env>()
  const place = (number: string) => `/v1/fee-complaints/${encodeURIComponent(number)}`
  const show = async (context: Context<Env>, number: string, refused?: Answered<unknown>, form?: URLSearchParams) => {
    const language = context.get('language')
    const read = await apiOf(app, context).get<ComplaintAnswer>(place(number))
    const title = read.ok ? `${say(language, billWords.complaint)} ${number}` : read.problem.title
    const content = read.ok
      ? html`<h1>${title}</h1>${refused?.ok === false ? problemBox(language, refused.problem) : ''}
${complaintBox(language, read.body)}${movesOf(language, read.body, read.headers.get('etag') ?? '', refused, form)}`
      : problemBox(language, read.problem)
    return render(context, { title, at: 'billCheck', status: refused?.status ?? read.status }, content)
  }

  pages.get('/', async (context) => {
    const language = context.get('language')
    const { status, after } = context.req.query()
    const answered = await apiOf(app, context).get<{ data: Summary[]; nextCursor?: string }>(
      withQuery('/v1/fee-complaints', { status, after }),
    )
    if (answered.status === 401) return context.redirect('/sign-in?next=/fees/complaints', 303)
    const title = say(language, billWords.complaints)
    const content = html`<h1>${title}</h1>${answered.ok ? table(language, answered.body) : problemBox(language, answered.problem)}`
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
    const again = html`${problemBox(language, filed.problem)}
<form method="post" action="/fees/complaints" class="narrow">${unseen('key', given(form, 'key'))}${unseen('billCheckId', request.billCheckId)}${lines.map((line) => unseen('lines', String(line)))}
${areaField({ name: 'text', label: say(language, billWords.words), value: request.text, errors: wrongAt(filed.problem.errors, '/text', language), required: true, max: limits.complaintText })}
<button type="submit">${say(language, billWords.complain)}</button></form>`
    return render(context, { title: filed.problem.title, at: 'billCheck', status: filed.status }, again)
  })

  pages.get('/:number', (context) => show(context, context.req.param('number')))
  pages.post('/:number/:move', async (context) => {
    const { number, move } = context.req.param()
    if (!Object.hasOwn(ways, move)) return context.notFound()
    const form = await readForm(context)
    const way = ways[move as ComplaintMove]
    const taken = await apiOf(app, context).send(
      'POST',
      `${place(number)}/${way}`,
      wordsOf(move as ComplaintMove, form),
      {
        'if-match': given(form, 'seen'),
        'idempotency-key': given(form, 'key'),
      },
    )
    return taken.ok ? context.redirect(`/fees/complaints/${number}`, 303) : show(context, number, taken, form)
  })
  return pages
}

/** What a step says. */
function wordsOf(move: ComplaintMove, form: URLSearchParams): Record<string, unknown> {
  const words = given(form, 'text')
  const money = given(form, 'money').trim()
  if (move === 'answer')
    return { accepted: form.get('accepted') === '1', text: words, ...(money === '' ? {} : { refund: money }) }
  if (move === 'decide') return { amount: money, text: words }
  return words === '' ? {} : { text: words }
}

function table(language: Language, { data, nextCursor }: { data: Summary[]; nextCursor?: string }): Html {
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  if (data.length === 0) return html`<p>${t('none')}</p>`
  const heads = (['complaint', 'status', 'payee', 'amount', 'dueOn'] as const).map(
    (name) => html`<th scope="col">${t(name)}</th>`,
  )
  return html`${scrolling(
    t('complaints'),
    html`<table><thead><tr>${heads}</tr></thead><tbody>${data.map(
      ({ number, status, overdue, payee, amount, dueOn }) =>
        html`<tr><th scope="row"><a href="/fees/complaints/${number}">${number}</a></th><td>${say(language, complaintStatusNames[status])}</td>
<td>${payee}</td><td class="number">${amount}</td><td>${dueOn}${overdue ? html` <strong>${t('overdue')}</strong>` : ''}</td></tr>`,
    )}</tbody></table>`,
  )}${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery('/fees/complaints', { after: nextCursor })}">${say(language, feeWords.more)}</a></p>`}`
}

function complaintBox(language: Language, one: ComplaintAnswer): Html {
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  return html`<dl class="facts">
${fact(t('status'), `${say(language, complaintStatusNames[one.status])}${one.overdue ? ` · ${t('overdue')}` : ''}`)}
${fact(t('payee'), one.payeeName === undefined ? one.payee : say(language, one.payeeName))}
${fact(t('billNumber'), `${one.billNumber} · ${one.issuedOn}`)}
${fact(t('amount'), one.amount)}${fact(t('refund'), one.refund)}${fact(t('dueOn'), one.dueOn)}</dl>
<ul>${one.lines.map(({ line, description, verdict, charged, over, because }) => html`<li>${line}. ${description} · <strong>${say(language, verdictNames[verdict])}</strong> · ${charged} (${t('over')} ${over}) · ${say(language, because)}</li>`)}</ul>
<h2>${t('steps')}</h2><ol class="history">${one.steps.map(
    ({ what, by, text, at, accepted, refund }) =>
      html`<li><strong>${what === 'file' ? say(language, complaintStatusNames.filed) : say(language, moveNames[what])}</strong> · ${by.name} · <time datetime="${at}">${atPort(at)}</time>${accepted === true ? ` · ${t('accepted')}` : ''}${refund === undefined ? '' : ` · ${t('refund')} ${refund}`}
<p class="lines">${text}</p></li>`,
  )}</ol>`
}

/** What the visitor can do now. Each form says which state it saw. */
function movesOf(
  language: Language,
  { number, allowed, amount }: ComplaintAnswer,
  etag: string,
  refused: Answered<unknown> | undefined,
  form: URLSearchParams | undefined,
): Html {
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  const errors = refused?.ok === false ? refused.problem.errors : undefined
  const words = (isNeeded: boolean) =>
    areaField({
      name: 'text',
      label: t('words'),
      value: form === undefined ? '' : given(form, 'text'),
      errors: wrongAt(errors, '/text', language),
      required: isNeeded,
      max: limits.complaintText,
    })
  const money = (at: string) =>
    lineField({
      name: 'money',
      label: t('refund'),
      value: form?.get('money') ?? '',
      errors: wrongAt(errors, at, language),
      help: `${t('amount')}: ${amount}`,
      max: 16,
    })
  const inside = (move: ComplaintMove): Html => {
    if (move === 'answer')
      return html`<label><input type="checkbox" name="accepted" value="1"${form?.get('accepted') === '1' ? html` checked` : ''}> ${t('accepted')}</label>${money('/refund')}${words(true)}`
    if (move === 'decide') return html`${money('/amount')}${words(true)}`
    return words(move === 'dispute')
  }
  return html`${allowed.map(
    (
      move,
    ) => html`<details${allowed.length === 1 ? html` open` : ''}><summary>${say(language, moveNames[move])}</summary>
<form method="post" action="/fees/complaints/${number}/${move}" class="narrow">${unseen('seen', etag)}${unseen('key', newId(Date.now()))}${inside(move)}
<button type="submit">${say(language, moveNames[move])}</button></form></details>`,
  )}`
}
