import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { entriesAnswer } from '../../../schemas/fees/answers.ts'
import type { Quote, QuoteLine } from '../../../schemas/fees/quote.ts'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Api, apiOf } from '../api.ts'
import { type Html, render } from '../layout.ts'
import { problemBox, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { quoteWords } from './quote-words.ts'
import { shipmentFields, shipmentIn } from './shipment-form.ts'
import { feeWords, natureNames } from './words.ts'

/** What a consignment costs at its port by the published list 费用测算: the address holds the question, so that it can be kept and sent on. */
export function quotePage(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/fees/quote', async (context) => {
    const language = context.get('language')
    const api = apiOf(app, context)
    const form = new URL(context.req.url).searchParams
    const isAsked = form.has('port')
    const [ports, answered] = await Promise.all([
      namesOf(api, language, 'port'),
      isAsked ? api.send<Quote>('POST', '/v1/fee-quotes', { shipment: shipmentIn(form) }) : undefined,
    ])
    const errors = answered?.ok === false ? (answered.problem.errors ?? []) : []
    const t = (name: keyof typeof quoteWords) => say(language, quoteWords[name])
    const content = html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
${answered === undefined ? '' : answered.ok ? quoteBox(language, answered.body) : problemBox(language, answered.problem)}
<form method="get" action="/fees/quote" class="question">
${shipmentFields(language, form, ports, errors, '/shipment')}
<button type="submit">${t('ask')}</button></form>`
    return render(context, { title: t('title'), at: 'quote', status: answered?.status ?? 200 }, content)
  })
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

/** An amount, or the two bounds of one; where nobody knows the upper one it says "from". */
export function between(
  language: Language,
  { least, most }: { readonly least: string; readonly most?: string | undefined },
): string {
  if (most === least) return least
  if (most === undefined) return language === 'zh' ? `${least} 起` : `from ${least}`
  return `${least} – ${most}`
}

function quoteBox(language: Language, quote: Quote): Html {
  const t = (name: keyof typeof quoteWords) => say(language, quoteWords[name])
  const sum = (name: 'total' | 'government' | 'market') =>
    html`<tr><th scope="row">${t(name)}</th><td class="number">${between(language, quote[name])}</td></tr>`
  return html`<section aria-labelledby="result"><h2 id="result">${t('result')}</h2>
<p>${say(language, feeWords.heldOn)} <time datetime="${quote.day}">${quote.day}</time> · <a href="/fees/editions/${quote.edition}">${say(language, feeWords.edition)} ${quote.edition}</a> · ${quote.currency}</p>
<table class="sums"><tbody>${sum('total')}${sum('government')}${sum('market')}</tbody></table>
${quote.uncertain.length === 0 ? '' : html`<h3>${t('uncertain')}</h3><ul>${quote.uncertain.map((one) => html`<li>${say(language, one)}</li>`)}</ul>`}
<h3>${t('lines')}</h3>${quote.lines.length === 0 ? html`<p>${t('nothing')}</p>` : lineTable(language, quote.lines, t('lines'))}
${quote.possible.length === 0 ? '' : html`<details><summary>${t('possible')} (${quote.possible.length})</summary>${lineTable(language, quote.possible, t('possible'))}</details>`}
${
  quote.exempt.length === 0
    ? ''
    : html`<details><summary>${t('exempt')} (${quote.exempt.length})</summary><ul>${quote.exempt.map(
        ({ fee, name, because }) =>
          html`<li><a href="/fees/items/${fee}">${say(language, name)}</a>: ${say(language, because)}</li>`,
      )}</ul></details>`
}</section>`
}

function lineTable(language: Language, lines: readonly QuoteLine[], label: string): Html {
  const t = (name: keyof typeof quoteWords) => say(language, quoteWords[name])
  return scrolling(
    label,
    html`<table><thead><tr><th scope="col">${say(language, feeWords.item)}</th><th scope="col">${say(language, feeWords.payee)}</th><th scope="col">${t('how')}</th><th scope="col" class="number">${t('amount')}</th></tr></thead>
<tbody>${lines.map(
      (
        one,
      ) => html`<tr><td><a href="/fees/items/${one.fee}">${say(language, one.name)}</a><br><small>${natureNames[one.nature][language]} · ${say(language, one.because)}</small></td>
<td>${say(language, one.payeeName)}</td>
<td>${one.applications.map(({ to, steps, provided }) => html`<div>${say(language, to)}: ${say(language, steps)}${provided === undefined ? '' : html` <small>(${say(language, provided)})</small>`}</div>`)}
${one.uncertain.map((doubt) => html`<div class="doubt">${say(language, doubt)}</div>`)}</td>
<td class="number">${between(language, one)}</td></tr>`,
    )}</tbody></table>`,
  )
}
