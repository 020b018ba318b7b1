import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { z } from 'zod'
import type { readAnswer } from '../../../schemas/sharing/answers.ts'
import { limits } from '../../limits.ts'
import type { Env } from '../../services.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { type DeclarationShown, declarationHead, selfOf } from './head.ts'
import { openPartDesk, type PartDesk } from './part-desk.ts'

export type ReadShown = z.infer<typeof readAnswer>
interface Page {
  readonly data: readonly ReadShown[]
  readonly nextCursor?: string
}

/** Who read a declaration 查询记录: which agency, what of it, what for, and what allowed it to. */
export function readsPage(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/declarations/:id/reads', async (context) => {
    const desk = openPartDesk(app, context)
    const self = selfOf(context.req.param('id'))
    const { after } = context.req.query()
    const [read, list] = await Promise.all([
      desk.api.get<DeclarationShown>(self),
      desk.api.get<Page>(withQuery(`${self}/reads`, { after, limit: String(limits.readsShown) })),
    ])
    if (!read.ok) return desk.refuse(read)
    if (!list.ok) return desk.refuse(list)
    const { t } = desk
    const { id, functionalReferenceId } = read.body
    const { data, nextCursor } = list.body
    return desk.show(
      { title: `${desk.trader.t('reads')} · ${functionalReferenceId}` },
      html`${declarationHead(desk.trader, read.body, 'reads')}<p class="note">${t('readsWhy')}</p>
${data.length === 0 ? html`<p class="calm">${icon('shield-check')} <span>${t('noReads')}</span></p>` : readsTable(desk, data)}
${nextCursor === undefined ? '' : html`<nav class="paging on-screen" aria-label="${desk.trader.t('reads')}"><a rel="next" href="${withQuery(`/declarations/${id}/reads`, { after: nextCursor })}">${desk.trader.t('olderOnes')} ${icon('arrow-right')}</a></nav>`}`,
    )
  })
}

/** Readings, the newest first. */
export function readsTable({ language, t, trader }: PartDesk, reads: readonly ReadShown[]): Html {
  const heads = [t('when'), t('reader'), t('purpose'), t('fields'), t('basis')] as const
  return scrolling(
    trader.t('reads'),
    html`<table class="stack reads"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${reads.map(
      (
        one,
      ) => html`<tr><th scope="row"><time datetime="${one.at}">${atPort(one.at)}</time>${one.disclosedAt === undefined ? '' : html`<small>${t('disclosed')} ${atPort(one.disclosedAt)}</small>`}</th>
<td data-label="${heads[1]}"><div>${say(language, one.agencyName)}<small>${one.by}</small></div></td>
<td data-label="${heads[2]}"><div>${say(language, one.purposeName)}<small>${t('caseNumber')} ${one.case}${one.kind === 'search' ? ` · ${t('search')}` : ''}</small></div></td>
<td data-label="${heads[3]}"><div>${one.fields.length <= 4 ? html`<ul class="patterns">${one.fields.map((field) => html`<li><code>${field}</code></li>`)}</ul>` : html`<details class="further"><summary>${one.fields.length}</summary><ul class="patterns">${one.fields.map((field) => html`<li><code>${field}</code></li>`)}</ul></details>`}</div></td>
<td data-label="${heads[4]}"><div>${say(language, one.basis)}<small>${t('policy')} ${one.policy}</small></div></td></tr>`,
    )}</tbody></table>`,
  )
}
