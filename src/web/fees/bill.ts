import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { BillCheckAnswer } from '../../../schemas/fees/bill.ts'
import { newId } from '../../db/ids.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Answered, apiOf } from '../api.ts'
import { areaField, choiceField, dayField, type Field, given, lineField, unseen } from '../form.ts'
import { type Html, render } from '../layout.ts'
import { problemBox } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { colon, say } from '../words.ts'
import { billIn, readBillForm, type SentForm } from './bill-form.ts'
import { keptPages } from './bill-kept.ts'
import { judgementBox } from './bill-result.ts'
import { billWords } from './bill-words.ts'
import { choicesOf } from './quote.ts'
import { type Choices, shipmentFields } from './shipment-form.ts'
import { shipmentPlace } from './shipment-place.ts'
import { type PlaceOf, type Wrong, wrongBox, wrongsAt, wrongsOf } from './wrong.ts'

type Checked = Answered<BillCheckAnswer>

/** A bill held against the list 账单核对: by anybody, kept only for a trader who asks for that. */
export function billPages(app: Hono<Env>): Hono<Env> {
  const pages = new Hono<Env>()
  /** The page with its form: after a check, with what came of it. @param refused why a check was not kept */
  const page = async (context: Context<Env>, sent: SentForm, checked?: Checked, refused?: Answered<unknown>) => {
    const language = context.get('language')
    const t = (name: keyof typeof billWords) => say(language, billWords[name])
    const choices = await choicesOf(apiOf(app, context), language)
    const wrongs = checked?.ok === false ? wrongsOf(language, checked.problem.errors, placeOf(language, sent)) : []
    const isShown = checked?.ok === true
    const content = html`<h1>${t('title')}</h1>${isShown ? '' : intro(context)}
${refused?.ok === false ? problemBox(language, refused.problem) : ''}
${checked === undefined ? '' : checked.ok ? html`${judgementBox(language, checked.body)}${keepForm(context, sent, checked.body)}` : wrongBox(language, checked.problem, wrongs)}
${isShown ? html`<h2 id="question">${t('again')}</h2>` : ''}${form(language, sent, choices, wrongs, isShown)}`
    const status = refused?.status ?? checked?.status ?? 200
    return render(context, { title: t('title'), at: 'billCheck', status, sent: sentAgain(sent, checked) }, content)
  }

  pages.get('/', (context) => page(context, { form: new URL(context.req.url).searchParams }))
  pages.post('/', async (context) => {
    const sent = await readBillForm(context)
    const api = apiOf(app, context)
    const { body, headers } = billIn(sent)
    const tried = () => api.send<BillCheckAnswer>('POST', '/v1/fee-bill-checks?dryRun=true', body, { ...headers })
    // In the other language the same is only looked at again.
    if (sent.form.get('keep') !== '1' || context.req.query('lang') !== undefined)
      return page(context, sent, await tried())
    const key = { 'idempotency-key': sent.form.get('key') ?? '' }
    const kept = await api.send<BillCheckAnswer>('POST', '/v1/fee-bill-checks', body, { ...headers, ...key })
    if (kept.ok) return context.redirect(`/fees/bill-check/${kept.body.id ?? ''}`, 303)
    const again = await tried()
    return page(context, sent, again, again.ok ? kept : undefined)
  })
  keptPages(pages, app)
  return pages
}

function intro(context: Context<Env>): Html {
  const language = context.get('language')
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  const role = visitorOf(context)?.role
  return html`<p class="note">${t('about')}</p>
<p class="on-screen">${role === undefined ? html`<a href="/sign-in?next=/fees/bill-check">${t('signIn')}</a>` : role === 'trader' ? html`<a href="/fees/bill-check/kept">${t('kept')}</a>` : ''}</p>`
}

/** What is sent again: the fields; and the bill as it was read where its lines came in a file. */
function sentAgain({ form, file }: SentForm, checked: Checked | undefined): URLSearchParams {
  const again = new URLSearchParams([...form].filter(([name]) => name !== 'keep' && name !== 'key'))
  if (file !== undefined && checked?.ok === true) again.set('bill', JSON.stringify(checked.body.bill))
  return again
}

/** Keeps what was checked just now, as it was checked. */
function keepForm(context: Context<Env>, sent: SentForm, checked: BillCheckAnswer): Html | '' {
  if (visitorOf(context)?.role !== 'trader') return ''
  const language = context.get('language')
  const fields = [...sent.form].filter(([name]) => !['keep', 'key', 'bill', 'lang'].includes(name))
  return html`<form method="post" action="/fees/bill-check" class="keep">${fields.map(([name, value]) => unseen(name, value))}${unseen('bill', JSON.stringify(checked.bill))}
${unseen('keep', '1')}${unseen('key', newId(Date.now()))}<button type="submit">${say(language, billWords.keep)}</button> <small>${say(language, billWords.keepWhy)}</small></form>`
}

/** The field a pointer into a bill leads to. */
const placeOf =
  (language: Language, { form, file }: SentForm): PlaceOf =>
  (pointer) => {
    const t = (name: keyof typeof billWords) => say(language, billWords[name])
    const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(pointer) ?? []
    if (first === 'shipment') return shipmentPlace(language, form, rest)
    if (first === 'billNumber') return { name: first, label: t('billNumber') }
    if (first === 'issuedOn') return { name: first, label: t('issuedOn'), holds: 'day' }
    if (first === 'payee') return { name: first, label: t('payee'), holds: 'choice' }
    if (first !== 'lines' && first !== 'total') return undefined
    if (file !== undefined) return { name: 'file', label: t('lines') }
    const [, line, of = ''] = /^\/(\d+)\/?(.*)$/.exec(rest) ?? []
    const label = line === undefined ? t('lines') : lineCalled(language, Number(line) + 1, of)
    return { name: 'lines', label, ...(['quantity', 'unitPrice', 'amount'].includes(of) ? { holds: 'decimal' } : {}) }
  }

const cells: { readonly [name: string]: { readonly en: string; readonly zh: string } } = {
  description: { en: 'name', zh: '项目名称' },
  quantity: { en: 'quantity', zh: '数量' },
  unit: { en: 'unit', zh: '单位' },
  unitPrice: { en: 'unit price', zh: '单价' },
  amount: { en: 'amount', zh: '金额' },
}
const lineCalled = (language: Language, line: number, of: string): string => {
  const cell = cells[of] === undefined ? '' : say(language, cells[of])
  return language === 'zh' ? `第${line}行${cell}` : `Line ${line}${cell === '' ? '' : `, ${cell}`}`
}

/** @param isRead whether what was sent has been read and judged */
function form(
  language: Language,
  { form: sent, file }: SentForm,
  choices: Choices,
  wrongs: readonly Wrong[],
  isRead: boolean,
): Html {
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  const field = (name: string, label: keyof typeof billWords): Field => ({
    name,
    label: t(label),
    value: given(sent, name),
    errors: wrongsAt(wrongs, name),
  })
  const wrongFile = wrongsAt(wrongs, 'file')
  const fileSays = wrongFile.length === 0 ? 'file-help' : 'file-help file-wrong'
  // Every line that is wrong is named above the form; here the first few.
  const wrongLines = wrongs
    .filter(({ place }) => place?.name === 'lines')
    .slice(0, limits.wrongsAtField)
    .map(({ place, text }) => `${place?.label ?? ''}${colon(language)}${text}`)
  return html`<form method="post" action="/fees/bill-check" enctype="multipart/form-data" class="question">
<fieldset class="group"><legend>${t('bill')}</legend><div class="fields wide">${lineField({ ...field('billNumber', 'billNumber'), required: true, max: 60 })}
${dayField({ ...field('issuedOn', 'issuedOn'), required: true })}${choiceField(field('payee', 'payee'), choices.payees)}${lineField({ ...field('payeeName', 'otherPayee'), max: 200 })}</div>
${areaField({ ...field('lines', 'lines'), errors: wrongLines, help: t('linesHelp'), example: t('linesExample') }, 7)}
<div class="field"><label for="file">${t('file')}</label><input id="file" type="file" name="file" accept=".csv,.xlsx" aria-describedby="${fileSays}"${wrongFile.length === 0 ? '' : html` aria-invalid="true"`}>
<small id="file-help">${isRead && file !== undefined ? html`<strong>${file.name}</strong> ${t('fileRead')}` : t('fileHelp')}</small>${wrongFile.length === 0 ? '' : html`<small id="file-wrong" class="wrong">${wrongFile.slice(0, limits.wrongsAtField).join(' ')}</small>`}</div></fieldset>
<p><strong>${t('shipment')}</strong></p>${shipmentFields(language, sent, choices, wrongs, t('dayHelp'))}
<div class="actions"><button type="submit">${t('check')}</button></div></form>`
}
