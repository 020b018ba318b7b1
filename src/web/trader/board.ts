import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { BoardLine } from '../../../schemas/board.ts'
import type { Adapters } from '../../filing/plan.ts'
import { limits } from '../../limits.ts'
import type { Env } from '../../services.ts'
import { type Desk, openDesk } from '../desk.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { withQuery } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { type Asked, askedIn, filters, questionOf } from './board-filters.ts'
import { boardTable } from './board-table.ts'
import { needsList } from './needs.ts'
import { type TraderWord, traderWords } from './words.ts'

export type TraderDesk = Desk<TraderWord>
interface Page {
  readonly data: readonly BoardLine[]
  readonly hasMore: boolean
  readonly nextCursor?: string
}

/** The board 申报总览: every declaration with where it stands with each agency; first what wants something of its trader. */
export function boardPage(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get('/declarations', async (context) => {
    const desk = openDesk(app, context, 'board', traderWords)
    const query = askedIn(context.req.query())
    const after = context.req.query('after')
    const isFiltered = Object.values(query).some((value) => value !== '')
    const [list, needing] = await Promise.all([
      desk.api.get<Page>(withQuery('/v1/board', { ...questionOf(query), after, limit: String(limits.boardLines) })),
      isFiltered || after !== undefined
        ? undefined
        : desk.api.get<Page>(withQuery('/v1/board', { needsAction: 'trader', limit: String(limits.boardNeeding) })),
    ])
    if (!list.ok && list.problem.code !== 'invalid-parameter') return desk.refuse(list)
    const found = list.ok ? list.body : undefined
    const isEmpty = found?.data.length === 0 && !isFiltered && after === undefined
    const status = list.ok ? 200 : list.status
    return desk.show(
      { title: desk.t('board'), status },
      html`<div class="heading"><h1>${desk.t('board')}</h1>${isTrader(desk) ? html`<a role="button" class="on-screen" href="/drafts/new">${icon('plus')} ${desk.t('newDraft')}</a>` : ''}</div>
${isEmpty || needing?.ok !== true ? '' : needsBox(desk, needing.body)}
${
  isEmpty
    ? emptyBox(desk)
    : html`${filters(desk, adapters, query, list.ok ? [] : (list.problem.errors ?? []))}
${found === undefined ? '' : found.data.length === 0 ? html`<p class="notice">${desk.t('noneFound')} <a href="/declarations">${desk.t('clear')}</a></p>` : html`${boardTable(desk, adapters, found.data)}${paging(desk, query, after, found.nextCursor)}`}`
}`,
    )
  })
}

const isTrader = ({ context }: TraderDesk): boolean => visitorOf(context)?.role === 'trader'

/** What wants something of its trader: the most pressing first. */
function needsBox(desk: TraderDesk, { data, hasMore }: Page): Html {
  const { t } = desk
  if (data.length === 0) return html`<p class="calm">${icon('check-circle')} <span>${t('nothingNeeds')}</span></p>`
  return html`<section class="needs" aria-labelledby="needs"><h2 id="needs">${icon('exclamation-triangle')} ${t('needsYou')} <small>${data.length}${hasMore ? '+' : ''}</small></h2>
${needsList(desk, data)}${hasMore ? html`<p class="on-screen"><a href="/declarations?needsAction=trader">${t('needsYouAll')} ${icon('arrow-right')}</a></p>` : ''}</section>`
}

const emptyBox = (desk: TraderDesk): Html =>
  html`<section class="notice"><p><strong>${desk.t('noDeclarations')}</strong> ${desk.t('noDeclarationsWhy')}</p>
<p>${isTrader(desk) ? html`<a role="button" href="/drafts/new">${icon('plus')} ${desk.t('newDraft')}</a> ` : ''}<a href="/docs">API</a></p></section>`

function paging({ t }: TraderDesk, query: Asked, after: string | undefined, next: string | undefined): Html {
  return html`<nav class="paging on-screen" aria-label="${t('board')}">${after === undefined ? '' : html`<a href="${withQuery('/declarations', query)}">${t('newestOnes')}</a>`}
${next === undefined ? '' : html`<a rel="next" href="${withQuery('/declarations', { ...query, after: next })}">${t('olderOnes')} ${icon('arrow-right')}</a>`}</nav>`
}
