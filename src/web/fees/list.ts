import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import { loadCodeList } from '../../../schemas/codes/index.ts'
import type { FeeAnswer, feesAnswer } from '../../../schemas/fees/answers.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Api, apiOf } from '../api.ts'
import { type Html, render } from '../layout.ts'
import { choice, choices, problemBox, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { namesOf } from './quote.ts'
import { directionNames, feeWords, natureNames } from './words.ts'

type Fees = z.infer<typeof feesAnswer>
const filterNames = ['day', 'port', 'payee', 'nature', 'kind', 'direction', 'q'] as const
type Filter = { readonly [name in (typeof filterNames)[number]]: string }

/** The public list 收费目录清单, of today or any day, in the seven columns of the real ones. */
export function feeListPage(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/fees', async (context) => {
    const language = context.get('language')
    const query = context.req.query()
    const given = (name: string) => (query[name] ?? '').trim()
    const filter = Object.fromEntries(filterNames.map((name) => [name, given(name)])) as Filter
    const isWhole = given('whole') === '1'
    const api = apiOf(app, context)
    const path = withQuery('/v1/fees', {
      ...filter,
      after: given('after'),
      limit: String(isWhole ? limits.feesMost : limits.feesOnPage),
    })
    const [answered, form] = await Promise.all([api.get<Fees>(path), filterForm(api, language, filter)])
    const found = answered.ok
      ? listOf(language, answered.body, filter, Number(given('from')) || 0)
      : problemBox(language, answered.problem)
    const content = html`<h1>${say(language, feeWords.list)}</h1>
<p class="note">${say(language, feeWords.synthetic)}</p>
${form}
${found}`
    const head = html`<link rel="alternate" type="application/atom+xml" title="${say(language, feeWords.feed)}" href="/v1/fee-editions/feed.atom">`
    return render(context, { title: say(language, feeWords.list), at: 'fees', head, status: answered.status }, content)
  })
}

async function filterForm(api: Api, language: Language, filter: Filter): Promise<Html> {
  const on = /^\d{4}-\d\d-\d\d$/.test(filter.day) ? filter.day : undefined
  const [ports, payees] = await Promise.all([namesOf(api, language, 'port', on), namesOf(api, language, 'payee', on)])
  const all = say(language, feeWords.all)
  const label = (name: 'port' | 'payee' | 'nature' | 'kind' | 'direction') => say(language, feeWords[name])
  const kinds = loadCodeList('fee-kinds').items.map(({ code, en = code, zh = code }) => ({
    value: code,
    name: { en, zh }[language],
  }))
  return html`<search><form method="get" action="/fees" class="filters">
<label>${say(language, feeWords.onDay)} <input type="date" name="day" value="${filter.day}"></label>
${choice({ name: 'port', label: label('port'), all, chosen: filter.port }, ports)}
${choice({ name: 'payee', label: label('payee'), all, chosen: filter.payee }, payees)}
${choice({ name: 'nature', label: label('nature'), all, chosen: filter.nature }, choices(language, natureNames))}
${choice({ name: 'kind', label: label('kind'), all, chosen: filter.kind }, kinds)}
${choice({ name: 'direction', label: label('direction'), all, chosen: filter.direction }, choices(language, directionNames))}
<label>${say(language, feeWords.search)} <input type="search" name="q" value="${filter.q}" maxlength="${limits.feeSearchLength}"></label>
<button type="submit">${say(language, feeWords.show)}</button>
</form></search>`
}

/** @param from how many fees stood on the pages before */
function listOf(language: Language, { edition, day, data, nextCursor }: Fees, filter: Filter, from: number): Html {
  if (edition === undefined) return html`<p>${say(language, feeWords.noEdition)}</p>`
  const next = nextCursor && withQuery('/fees', { ...filter, after: nextCursor, from: String(from + data.length) })
  const rows = data.map((fee, at) => row(language, fee, from + at + 1, data[at - 1]))
  const headers = (['number', 'payee', 'item', 'price', 'unit', 'service', 'note'] as const).map(
    (name) => html`<th scope="col">${say(language, feeWords[name])}</th>`,
  )
  return html`<p>${say(language, feeWords.heldOn)} <time datetime="${day}">${day}</time> ·
<a href="/fees/editions/${edition.number}">${say(language, feeWords.edition)} ${edition.number}</a> ·
<a href="${withQuery('/fees', { ...filter, whole: '1' })}">${say(language, feeWords.whole)}</a> ·
<a href="${withQuery('/v1/fees.csv', { ...filter, form: 'list' })}">CSV</a> ·
<a href="${withQuery('/v1/fees.xlsx', { ...filter, form: 'list' })}">XLSX</a> ·
<a href="${withQuery('/v1/fees', filter)}">JSON</a> ·
<a href="/v1/fee-editions/feed.atom">${say(language, feeWords.feed)}</a></p>
${
  data.length === 0
    ? html`<p>${say(language, feeWords.none)}</p>`
    : scrolling(
        say(language, feeWords.list),
        html`<table class="fees"><thead><tr>${headers}</tr></thead><tbody>${rows}</tbody></table>`,
      )
}
<p>${from > 0 ? html`<a href="${withQuery('/fees', filter)}">${say(language, feeWords.first)}</a> ` : ''}${next ? html`<a rel="next" href="${next}">${say(language, feeWords.more)}</a>` : ''}</p>
<p class="digest"><small>${say(language, feeWords.digest)} <code>${edition.digest}</code></small></p>`
}

/** One fee; a new port gets a line of its own before it. */
function row(language: Language, fee: FeeAnswer, number: number, before: FeeAnswer | undefined): Html {
  const { port, payee } = fee
  return html`${
    before?.port.id === port.id
      ? ''
      : html`<tr class="group"><th scope="rowgroup" colspan="7">${port.name[language]}</th></tr>`
  }<tr><td class="number">${number}</td><td>${payee.name[language]}</td>
<td><a href="/fees/items/${fee.id}">${fee.name[language]}</a><br><small>${natureNames[fee.nature][language]}</small></td>
<td>${fee.priceText[language]}</td><td>${fee.unitText[language]}</td><td>${fee.service[language]}</td>
<td>${fee.note?.[language] ?? ''}</td></tr>`
}
