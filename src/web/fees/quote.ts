import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { entriesAnswer } from '../../../schemas/fees/answers.ts'
import type { Quote } from '../../../schemas/fees/quote.ts'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Answered, type Api, apiOf } from '../api.ts'
import { lineField } from '../form.ts'
import { type Html, render } from '../layout.ts'
import { withQuery } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { say } from '../words.ts'
import { quoteBox } from './quote-result.ts'
import { quoteWords } from './quote-words.ts'
import { formOf, shipmentFields, shipmentIn } from './shipment-form.ts'
import { shipmentPlace } from './shipment-place.ts'
import { type PlaceOf, wrongBox, wrongsOf } from './wrong.ts'

/** What a consignment costs at its port by the published list 费用测算: the address holds the question, so that it can be kept and sent on. */
export function quotePage(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/fees/quote', async (context) => {
    const language = context.get('language')
    const api = apiOf(app, context)
    const asked = new URL(context.req.url).searchParams
    const [choices, answered] = await Promise.all([choicesOf(api, language), quoted(api, asked)])
    // What was read from a declaration can be looked over and changed.
    const isRead = asked.has('declaration') && answered?.ok === true
    const form = isRead ? formOf(answered.body.shipment) : asked
    const wrongs = answered?.ok === false ? wrongsOf(language, answered.problem.errors, placeOf(language, form)) : []
    const t = (name: keyof typeof quoteWords) => say(language, quoteWords[name])
    const isShown = answered?.ok === true
    const content = html`<h1>${t('title')}</h1>${isShown ? '' : html`<p class="note">${t('about')}</p>`}
${answered === undefined ? '' : answered.ok ? quoteBox(language, answered.body, choices.ports, billCheckPath(form)) : wrongBox(language, answered.problem, wrongs)}
${isShown ? html`<h2 id="question">${t('again')}</h2>` : declarationForm(context, asked.has('declaration') && answered?.ok === false ? [answered.problem.detail] : [])}
<form method="get" action="/fees/quote" class="question">${shipmentFields(language, form, choices, wrongs, t('dayHelp'))}
<div class="actions"><button type="submit">${t('ask')}</button></div></form>`
    return render(context, { title: t('title'), at: 'quote', status: answered?.status ?? 200 }, content)
  })
}

/** The answer, where anything was asked. */
async function quoted(api: Api, form: URLSearchParams): Promise<Answered<Quote> | undefined> {
  const declaration = (form.get('declaration') ?? '').trim()
  if (declaration !== '') return api.get<Quote>(`/v1/declarations/${encodeURIComponent(declaration)}/port-fees`)
  return form.has('port') ? api.send<Quote>('POST', '/v1/fee-quotes', { shipment: shipmentIn(form) }) : undefined
}

const placeOf =
  (language: Language, form: URLSearchParams): PlaceOf =>
  (pointer) => {
    const [, inside] = /^\/shipment(\/.*)$/.exec(pointer) ?? []
    return inside === undefined ? undefined : shipmentPlace(language, form, inside)
  }

/** The same consignment on the page of bills. */
function billCheckPath(form: URLSearchParams): string {
  const given = new URLSearchParams([...form].filter(([name, value]) => value !== '' && name !== 'lang'))
  return `/fees/bill-check?${given.toString()}`
}

/** For whoever has declarations: what is known of one need not be typed. */
function declarationForm(context: Context<Env>, errors: readonly string[]): Html {
  const language = context.get('language')
  const role = visitorOf(context)?.role
  if (role !== 'trader' && role !== 'admin') return html``
  const t = (name: keyof typeof quoteWords) => say(language, quoteWords[name])
  const value = context.req.query('declaration') ?? ''
  return html`<form method="get" action="/fees/quote" class="question"><fieldset class="group"><legend>${t('byDeclaration')}</legend><div class="actions">
${lineField({ name: 'declaration', label: t('declaration'), value, errors, required: true, max: 40 })}<button type="submit" class="secondary">${t('read')}</button></div></fieldset></form>`
}

/** What may be chosen where a consignment is described. */
export async function choicesOf(api: Api, language: Language) {
  const [ports, payees] = await Promise.all([namesOf(api, language, 'port'), namesOf(api, language, 'payee')])
  return { ports, payees }
}

/** The ports or payees of today's list, for a choice. */
export async function namesOf(
  api: Api,
  language: Language,
  type: 'port' | 'payee',
  day?: string,
): Promise<{ value: string; name: string }[]> {
  const answered = await api.get<z.infer<typeof entriesAnswer>>(
    withQuery(`/v1/fee-entries/${type}`, { day, limit: String(limits.pageMost) }),
  )
  if (!answered.ok) return []
  return answered.body.data.map(({ id, content }) => ({ value: id, name: say(language, content['name'] as Text) }))
}
