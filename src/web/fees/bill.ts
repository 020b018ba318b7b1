import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { type BillCheckAnswer, objectionable } from '../../../schemas/fees/bill.ts'
import { newId } from '../../db/ids.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Answered, apiOf } from '../api.ts'
import { areaField, choiceField, dayField, type Field, lineField, type Said, unseen, wrongAt } from '../form.ts'
import { type Html, render } from '../layout.ts'
import { problemBox, scrolling } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { say } from '../words.ts'
import { billIn, readBillForm, type SentForm } from './bill-form.ts'
import { billWords, verdictNames } from './bill-words.ts'
import { between, namesOf } from './quote.ts'
import { shipmentFields } from './shipment-form.ts'
import { feeWords } from './words.ts'

type Checked = Answered<BillCheckAnswer>

/** A bill held against the list 账单核对: by anybody, kept only for a trader who asks for that. */
export function billPages(app: Hono<Env>): Hono<Env> {
  const pages = new Hono<Env>()
  pages.get('/', (context) => billForm(app, context, { form: new URLSearchParams(), file: undefined }))
  pages.post('/', async (context) => {
    const sent = await readBillForm(context)
    const api = apiOf(app, context)
    const { body, headers } = billIn(sent)
    if (sent.form.get('keep') !== '1')
      return billForm(
        app,
        context,
        sent,
        await api.send<BillCheckAnswer>('POST', '/v1/fee-bill-checks?dryRun=true', body, headers),
      )
    const key = sent.form.get('key') ?? ''
    const kept = await api.send<BillCheckAnswer>('POST', '/v1/fee-bill-checks', body, {
      ...headers,
      'idempotency-key': key,
    })
    if (!kept.ok) return billForm(app, context, sent, kept)
    return context.redirect(`/fees/bill-check/${kept.body.id ?? ''}`, 303)
  })
  pages.get('/:id', async (context) => {
    const language = context.get('language')
    const id = context.req.param('id')
    const read = await apiOf(app, context).get<BillCheckAnswer>(`/v1/fee-bill-checks/${encodeURIComponent(id)}`)
    const title = read.ok ? `${say(language, billWords.title)} ${read.body.bill.billNumber}` : read.problem.title
    const content = read.ok
      ? html`<h1>${title}</h1>${judgementBox(language, read.body)}${complaintForm(language, id, read.body)}`
      : problemBox(language, read.problem)
    return render(context, { title, at: 'billCheck', status: read.status }, content)
  })
  return pages
}

async function billForm(
  app: Hono<Env>,
  context: Context<Env>,
  { form }: SentForm,
  checked?: Checked,
): Promise<Response> {
  const language = context.get('language')
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  const api = apiOf(app, context)
  const [ports, payees] = await Promise.all([namesOf(api, language, 'port'), namesOf(api, language, 'payee')])
  const errors: readonly Said[] = checked?.ok === false ? (checked.problem.errors ?? []) : []
  const field = (name: string, label: keyof typeof billWords, at: string): Field => ({
    name,
    label: t(label),
    value: (form.get(name) ?? '').replaceAll('\r\n', '\n'),
    errors: wrongAt(errors, at, language),
  })
  const isTrader = visitorOf(context)?.role === 'trader'
  // What is wrong with a line is told above the form, with its number.
  const content = html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
${isTrader ? html`<p><a href="/fees/complaints">${t('complaints')}</a></p>` : ''}
${checked === undefined ? '' : checked.ok ? judgementBox(language, checked.body) : problemBox(language, checked.problem)}
<form method="post" action="/fees/bill-check" enctype="multipart/form-data" class="question">${unseen('key', newId(Date.now()))}
<div class="fields">${lineField({ ...field('billNumber', 'billNumber', '/billNumber'), required: true, max: 60 })}
${dayField({ ...field('issuedOn', 'issuedOn', '/issuedOn'), required: true })}
${choiceField(field('payee', 'payee', '/payee'), payees)}
${lineField({ ...field('payeeName', 'otherPayee', '/payee/name'), max: 200 })}</div>
${areaField({ ...field('lines', 'lines', '/lines'), help: t('linesHelp') }, 8)}
<div class="field"><label for="file">${t('file')}</label><input id="file" type="file" name="file" accept=".csv,.xlsx"></div>
${shipmentFields(language, form, ports, errors, '/shipment')}
<button type="submit">${t('check')}</button>
${isTrader ? html`<button type="submit" name="keep" value="1" class="secondary">${t('keep')}</button>` : ''}</form>`
  return render(context, { title: t('title'), at: 'billCheck', status: checked?.status ?? 200 }, content)
}

/** What the list says of each line. */
export function judgementBox(language: Language, judged: BillCheckAnswer): Html {
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  const { edition, day, lines, totals } = judged
  const heads = (['line', 'verdict', 'charged', 'shouldBe', 'over', 'because'] as const).map(
    (name) =>
      html`<th scope="col"${['charged', 'shouldBe', 'over'].includes(name) ? html` class="number"` : ''}>${t(name)}</th>`,
  )
  const rows = lines.map(
    (one) => html`<tr class="verdict-${one.verdict}"><td>${one.line}. ${one.description}${
      one.matched.fee === undefined
        ? ''
        : html`<br><small><a href="/fees/items/${one.matched.fee}">${one.matched.name === undefined ? one.matched.fee : say(language, one.matched.name)}</a></small>`
    }</td><td class="level">${say(language, verdictNames[one.verdict])}</td><td class="number">${one.charged}</td>
<td class="number">${one.least === undefined ? '' : between(language, { least: one.least, most: one.most })}</td><td class="number">${one.over}</td>
<td>${say(language, one.because)}${one.steps.map((step) => html`<br><small>${say(language, step)}</small>`)}</td></tr>`,
  )
  return html`<section aria-labelledby="result"><h2 id="result">${t('result')}</h2>
<p>${say(language, feeWords.heldOn)} <time datetime="${day}">${day}</time> · <a href="/fees/editions/${edition.number}">${say(language, feeWords.edition)} ${edition.number}</a>${judged.payeeName === undefined ? '' : ` · ${say(language, judged.payeeName)}`}</p>
${scrolling(
  t('result'),
  html`<table class="judged"><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody><tfoot><tr><th scope="row" colspan="2">${t('total')}</th><td class="number">${totals.charged}</td>
<td class="number">${between(language, totals)}</td><td class="number">${totals.over}</td><td>${totals.undecided === '0.00' ? '' : `${t('undecided')}: ${totals.undecided}`}</td></tr></tfoot></table>`,
)}</section>`
}

/** Of a kept check: what may be complained about. */
function complaintForm(language: Language, id: string, { lines }: BillCheckAnswer): Html | '' {
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  const about = lines.filter(({ verdict }) => objectionable.includes(verdict))
  if (about.length === 0) return ''
  return html`<section aria-labelledby="complain"><h2 id="complain">${t('complain')}</h2>
<form method="post" action="/fees/complaints" class="narrow">${unseen('key', newId(Date.now()))}${unseen('billCheckId', id)}
<fieldset><legend>${t('complainAbout')}</legend>${about.map(
    ({ line, description, over }) =>
      html`<label><input type="checkbox" name="lines" value="${line}" checked> ${line}. ${description} (${over})</label>`,
  )}</fieldset>
${areaField({ name: 'text', label: t('words'), value: '', required: true, max: limits.complaintText })}
<button type="submit">${t('complain')}</button></form></section>`
}
