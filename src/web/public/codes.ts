import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Text } from '../../../schemas/text.ts'
import type { Env } from '../../services.ts'
import { type Desk, openDesk } from '../desk.ts'
import type { Html } from '../layout.ts'
import { problemBox } from '../pieces.ts'
import { say } from '../words.ts'
import { codeGroups } from './code-groups.ts'
import { codeListPage } from './code-list.ts'
import { codeWords } from './code-words.ts'
import { tariffLinePage } from './tariff-line.ts'

export type CodeDesk = Desk<keyof typeof codeWords>

/** A list as it is announced. */
interface ListNamed {
  readonly id: string
  readonly title: Text
  readonly source: string
}

/** Code lists 代码表: all of them, each with its rows, and what a tariff line needs. */
export function codePages(pages: Hono<Env>, app: Hono<Env>): void {
  const at = (context: Context<Env>) => openDesk(app, context, 'codes', codeWords)
  pages.get('/codes', (context) => listsPage(at(context)))
  pages.get('/codes/tariff/:code', (context) => tariffLinePage(at(context), context.req.param('code')))
  pages.get('/codes/:list', (context) => codeListPage(at(context), context.req.param('list')))
}

async function listsPage(desk: CodeDesk): Promise<Response> {
  const { api, language, t } = desk
  const lists = await api.get<{ data: ListNamed[] }>('/v1/codes')
  const content = html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
<search><form method="get" action="/codes/tariff" class="find on-screen"><label for="q">${t('findLine')}</label><div role="group"><input id="q" name="q" type="search" maxlength="100" required aria-describedby="q-help"><button type="submit">${t('search')}</button></div><small id="q-help">${t('findLineHelp')}</small></form></search>
${lists.ok ? groupsBox(desk, lists.body.data) : problemBox(language, lists.problem)}`
  return desk.show({ title: t('title'), status: lists.status }, content)
}

function groupsBox({ language, t }: CodeDesk, lists: readonly ListNamed[]): Html {
  const named = new Map(lists.map((list) => [list.id, list]))
  const groups = Object.entries(codeGroups).map(([name, ids]) => ({
    name: t(name as keyof typeof codeGroups),
    lists: ids.flatMap((id) => named.get(id) ?? []),
  }))
  const grouped = new Set<string>(Object.values(codeGroups).flat())
  const others = lists.filter(({ id }) => !grouped.has(id))
  const all = others.length === 0 ? groups : [...groups, { name: t('others'), lists: others }]
  return html`<div class="cards codes">${all.map(
    (group) =>
      html`<section><h2>${group.name}</h2><ul>${group.lists.map(({ id, title }) => html`<li><a href="/codes/${id}">${say(language, title)}</a> <code>${id}</code></li>`)}</ul></section>`,
  )}</div>`
}
