import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import { type BillCheckAnswer, type billCheckSummary, objectionable } from '../../../schemas/fees/bill.ts'
import type { complaintSummary } from '../../../schemas/fees/complaints.ts'
import { newId } from '../../db/ids.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Api, apiOf } from '../api.ts'
import { areaField, unseen } from '../form.ts'
import { type Html, render } from '../layout.ts'
import { atPort, problemBox, scrolling, withQuery } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { colon, say } from '../words.ts'
import { judgementBox } from './bill-result.ts'
import { billWords, verdictNames } from './bill-words.ts'
import { complaintStatusNames, complaintWords } from './complaint-words.ts'
import { yuan } from './money.ts'
import { namesOf } from './quote.ts'
import { shipmentInWords } from './shipment-place.ts'
import { feeWords } from './words.ts'

type Checks = { data: z.infer<typeof billCheckSummary>[]; nextCursor?: string }
type Complaints = { data: z.infer<typeof complaintSummary>[] }

/** Checks of bills that were kept 核对记录: a list of them, and each with what may be complained about. */
export function keptPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/kept', async (context) => {
    const language = context.get('language')
    const after = context.req.query('after')
    const api = apiOf(app, context)
    const answered = await api.get<Checks>(withQuery('/v1/fee-bill-checks', { after }))
    if (answered.status === 401) return toSignIn(context)
    const payees = await namesOf(api, language, 'payee')
    const title = say(language, billWords.kept)
    const content = html`<p class="crumbs"><a href="/fees/bill-check">${say(language, billWords.title)}</a></p><h1>${title}</h1>
${answered.ok ? table(language, answered.body, payees) : problemBox(language, answered.problem)}`
    return render(context, { title, at: 'billCheck', status: answered.status }, content)
  })

  pages.get('/:id', async (context) => {
    const language = context.get('language')
    const id = context.req.param('id')
    const api = apiOf(app, context)
    const read = await api.get<BillCheckAnswer>(`/v1/fee-bill-checks/${encodeURIComponent(id)}`)
    if (read.status === 401) return toSignIn(context)
    const title = read.ok
      ? `${say(language, billWords.title)}${colon(language)}${read.body.bill.billNumber}`
      : read.problem.title
    const content = read.ok ? await checkBox(context, api, id, read.body) : problemBox(language, read.problem)
    const crumbs = html`<p class="crumbs"><a href="/fees/bill-check">${say(language, billWords.title)}</a> › <a href="/fees/bill-check/kept">${say(language, billWords.kept)}</a></p>`
    return render(context, { title, at: 'billCheck', status: read.status }, html`${crumbs}<h1>${title}</h1>${content}`)
  })
}

/** Signs in first, and comes back. */
export const toSignIn = (context: Context<Env>): Response =>
  context.redirect(`/sign-in?${new URLSearchParams({ next: context.req.path }).toString()}`, 303)

async function checkBox(context: Context<Env>, api: Api, id: string, check: BillCheckAnswer): Promise<Html> {
  const language = context.get('language')
  const [ports, complaints] = await Promise.all([
    namesOf(api, language, 'port'),
    api.get<Complaints>(withQuery('/v1/fee-complaints', { limit: String(limits.pageMost) })),
  ])
  const about = (complaints.ok ? complaints.body.data : []).filter(({ billCheckId }) => billCheckId === id)
  const words = shipmentInWords(language, check.bill.shipment, ports)
  return html`<ul class="tags">${words.map((one) => html`<li>${one}</li>`)}</ul>
${judgementBox(language, check)}<p class="note">${check.at === undefined ? '' : html`${say(language, billWords.checkedAt)} <time datetime="${check.at}">${atPort(check.at)}</time>`}</p>
${
  about.length === 0
    ? ''
    : html`<p class="notice">${about.map(
        ({ number, status }) =>
          html`<a href="/fees/complaints/${number}">${say(language, complaintWords.complaint)} ${number}</a> · ${say(language, complaintStatusNames[status])}<br>`,
      )}</p>`
}
${visitorOf(context)?.role === 'trader' ? complaintForm(language, id, check, about.length > 0) : ''}`
}

function table(
  language: Language,
  { data, nextCursor }: Checks,
  payees: readonly { value: string; name: string }[],
): Html {
  const called = (id: string | undefined) => payees.find(({ value }) => value === id)?.name ?? id ?? '–'
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  if (data.length === 0) return html`<p>${t('none')}</p>`
  const names = ['issuedOn', 'payee', 'charged', 'over', 'problems', 'checkedAt'] as const
  const isNumber = (name: string) => ['charged', 'over', 'problems'].includes(name)
  const heads = names.map((name) => html`<th scope="col"${isNumber(name) ? html` class="number"` : ''}>${t(name)}</th>`)
  return html`${scrolling(
    t('kept'),
    html`<table class="stack"><thead><tr><th scope="col">${t('billNumber')}</th>${heads}</tr></thead><tbody>${data.map(
      (one) => html`<tr><th scope="row"><a href="/fees/bill-check/${one.id}">${one.billNumber}</a></th>
<td data-label="${t('issuedOn')}">${one.issuedOn}</td><td data-label="${t('payee')}">${called(one.payee)}</td><td class="number" data-label="${t('charged')}">${yuan(one.charged)}</td>
<td class="number${one.over === '0.00' ? '' : ' above'}" data-label="${t('over')}">${yuan(one.over)}</td><td class="number" data-label="${t('problems')}">${one.objectionable}</td><td data-label="${t('checkedAt')}"><time datetime="${one.at}">${atPort(one.at)}</time></td></tr>`,
    )}</tbody></table>`,
  )}${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery('/fees/bill-check/kept', { after: nextCursor })}">${say(language, feeWords.more)}</a></p>`}`
}

/** What may be complained about, all of it ticked. @param isAgain whether there is a complaint already: another is no common thing */
function complaintForm(language: Language, id: string, { lines, payee }: BillCheckAnswer, isAgain: boolean): Html | '' {
  const t = (name: keyof typeof complaintWords) => say(language, complaintWords[name])
  const about = lines.filter(({ verdict }) => objectionable.includes(verdict))
  if (about.length === 0) return ''
  const head = html`<h2>${t('complain')}</h2>`
  if (payee === undefined) return html`<section>${head}<p class="notice">${t('nobody')}</p></section>`
  const form = html`<form method="post" action="/fees/complaints" class="step">${unseen('key', newId(Date.now()))}${unseen('billCheckId', id)}
<fieldset class="group"><legend>${t('complainAbout')}</legend>${about.map(
    ({ line, description, verdict, over }) =>
      html`<label class="verdict-${verdict}"><input type="checkbox" name="lines" value="${line}" checked> ${line}. ${description} <span class="level">${say(language, verdictNames[verdict])}</span> ${over === '0.00' ? '' : yuan(over)}</label>`,
  )}</fieldset>
${areaField({ name: 'text', label: t('words'), value: '', required: true, max: limits.complaintText })}
<button type="submit">${t('complain')}</button></form>`
  return isAgain
    ? html`<details class="more on-screen"><summary>${t('complainAgain')}</summary>${form}</details>`
    : html`<section class="on-screen">${head}<p class="note">${t('complainWhy')}</p>${form}</section>`
}
