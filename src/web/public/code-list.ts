import { html } from 'hono/html'
import type { CodeItem, CodeList, CodeValue } from '../../../schemas/codes/index.ts'
import type { Html } from '../layout.ts'
import { fact, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import type { CodeDesk } from './codes.ts'
import { morePages } from './paging.ts'

interface CodesAnswer {
  readonly data: readonly CodeItem[]
  readonly nextCursor?: string
  readonly list: Omit<CodeList, 'items'> & { readonly count: number }
}
/** Lists whose rows have a page of their own: what they say of one commodity code stands there. */
const byCommodity = ['tariff', 'declaration-elements']

/** The rows of one list, found by code or name 代码查询, with its source. */
export async function codeListPage(desk: CodeDesk, id: string): Promise<Response> {
  const { api, context, language, t } = desk
  const q = context.req.query('q')?.trim() ?? ''
  const path = `/v1/codes/${encodeURIComponent(id)}`
  const found = await api.get<CodesAnswer>(withQuery(path, { q, after: context.req.query('after') }))
  if (!found.ok) return desk.refuse(found)
  const { data, list, nextCursor } = found.body
  const title = say(language, list.title)
  const content = html`<p class="crumbs"><a href="/codes">${t('title')}</a></p><h1>${title} <small class="tag">${list.count} ${t('rows')}</small></h1>
<search><form method="get" action="/codes/${id}" class="find on-screen"><label for="q">${t('query')}</label><div role="group"><input id="q" name="q" type="search" maxlength="100" value="${q}"><button type="submit">${t('search')}</button></div></form></search>
${data.length === 0 ? html`<p class="notice">${t('noneFound')} <a href="/codes/${id}">${t('whole')}</a></p>` : rowsTable(desk, id, title, data)}
${morePages(desk, nextCursor)}
<section class="about" aria-label="${t('source')}"><dl class="facts">${fact(t('source'), list.source)}${fact(t('valid'), list.validFrom === undefined && list.validTo === undefined ? undefined : `${list.validFrom ?? '…'} – ${list.validTo ?? '…'}`)}${fact(t('note'), list.note)}${fact(t('concordance'), list.concordance)}</dl>
<p class="on-screen"><a href="${path}/export.csv">CSV</a> · <a href="${path}">JSON</a></p></section>`
  return desk.show({ title }, content)
}

/** A row's names and what else it says. */
function rowsTable({ t }: CodeDesk, id: string, label: string, items: readonly CodeItem[]): Html {
  const names = (['zh', 'en'] as const).filter((name) => items.some((item) => item[name] !== undefined))
  const extras = [...new Set(items.flatMap((item) => Object.keys(item)))].filter(
    (column) => !['code', 'zh', 'en'].includes(column),
  )
  const code = (item: CodeItem) =>
    byCommodity.includes(id)
      ? html`<a href="/codes/tariff/${encodeURIComponent(item.code)}">${item.code}</a>`
      : html`${item.code}`
  return scrolling(
    label,
    html`<table class="tight"><thead><tr><th scope="col">${t('code')}</th>${names.map((name) => html`<th scope="col">${t(name)}</th>`)}${extras.map((name) => html`<th scope="col">${columnName(name)}</th>`)}</tr></thead>
<tbody>${items.map(
      (item) =>
        html`<tr><th scope="row">${code(item)}</th>${names.map((name) => html`<td data-label="${t(name)}"><span>${item[name] ?? ''}</span></td>`)}${extras.map((name) => html`<td data-label="${columnName(name)}"><span>${shown(item[name])}</span></td>`)}</tr>`,
    )}</tbody></table>`,
  )
}

/** `oldCustomsCode` as words: columns are called as the published list calls them. */
const columnName = (name: string): string => name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()

const shown = (value: CodeValue | undefined): string =>
  value === undefined ? '' : typeof value === 'object' ? value.join(' · ') : String(value)
