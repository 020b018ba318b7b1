import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { declarationDraftSummary } from '../../../schemas/declaration-draft.ts'
import type { Env } from '../../services.ts'
import { given, readForm, unseen } from '../form.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort, scrolling, withQuery } from '../pieces.ts'
import { type Desk, deskOf, draftApi, draftPath, turnAway } from './desk.ts'
import { kindOf, nameOf } from './frame.ts'

type Line = z.infer<typeof declarationDraftSummary>
interface Drafts {
  readonly data: readonly Line[]
  readonly nextCursor?: string
}

/** What was begun and not handed in yet. */
export function listPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/drafts', async (context) => {
    const desk = deskOf(app, context)
    const answered = await desk.api.get<Drafts>(
      withQuery('/v1/declaration-drafts', { after: context.req.query('after') }),
    )
    if (!answered.ok) return desk.refuse(answered)
    const { t } = desk
    const { data, nextCursor } = answered.body
    return desk.show(
      { title: t('drafts') },
      html`<h1>${t('drafts')}</h1><p><a role="button" href="/drafts/new">${icon('plus')} ${t('newDeclaration')}</a></p>
${data.length === 0 ? html`<p>${t('noDrafts')}</p>` : table(desk, data)}
${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery('/drafts', { after: nextCursor })}">${t('more')}</a></p>`}`,
    )
  })

  pages.get('/drafts/:id', (context) => context.redirect(draftPath(context.req.param('id'), 'check'), 303))
  pages.post('/drafts/:id/discard', async (context) => {
    const desk = deskOf(app, context)
    const id = context.req.param('id')
    const form = await readForm(context)
    const answered = await desk.api.send('DELETE', draftApi(id), undefined, {
      'if-match': `"${id}.${Number(given(form, 'revision'))}"`,
    })
    return answered.ok ? context.redirect('/drafts', 303) : turnAway(desk, answered)
  })
}

function table(desk: Desk, drafts: readonly Line[]): Html {
  const { t } = desk
  const heads = ['title', 'what', 'goods', 'toConfirm', 'updated'] as const
  return scrolling(
    t('drafts'),
    html`<table><thead><tr>${heads.map((name) => html`<th scope="col">${t(name)}</th>`)}<th scope="col"></th></tr></thead><tbody>${drafts.map(
      (draft) =>
        html`<tr><th scope="row"><a href="${draftPath(draft.id, 'basics')}">${nameOf(desk, draft)}</a></th><td>${kindOf(desk, draft)}${
          draft.basis === undefined
            ? ''
            : html` <small><a href="/declarations/${draft.basis.declarationId}">${t('of')}</a></small>`
        }</td><td class="number">${draft.items}</td><td class="number">${draft.guesses === 0 ? '—' : draft.guesses}</td><td class="nowrap">${atPort(draft.updatedAt)} <small class="dim">${draft.updatedBy}</small></td>
<td><details class="discard"><summary>${t('discard')}</summary><form method="post" action="${draftPath(draft.id, 'discard')}">${unseen('revision', String(draft.revision))}<button type="submit" class="quiet secondary" aria-label="${t('discardSure')}: ${nameOf(desk, draft)}">${icon('trash')} ${t('discardSure')}</button></form></details></td></tr>`,
    )}</tbody></table>`,
  )
}
