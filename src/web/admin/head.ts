import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { DraftAnswer } from '../../../schemas/fees/drafts.ts'
import type { Env } from '../../services.ts'
import { problemOver, type Refused } from '../desk.ts'
import { given, readForm, unseen } from '../form.ts'
import type { Html } from '../layout.ts'
import { type Desk, deskOf, draftPath } from './desk.ts'
import { headFields } from './drafts.ts'
import { draftApi } from './entry-read.ts'

const names = ['title', 'reason', 'validFrom'] as const
type Head = Pick<DraftAnswer, (typeof names)[number]>

/** What a draft says of itself, changed 修改标题、理由、日期. */
export function headPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/admin/fees/drafts/:id/edit', async (context) => {
    const desk = deskOf(app, context)
    const read = await desk.api.get<DraftAnswer>(draftApi(context.req.param('id')))
    if (!read.ok) return desk.refuse(read)
    return headForm(desk, read.body.id, read.headers.get('etag') ?? '', (name) => read.body[name])
  })

  pages.post('/admin/fees/drafts/:id/edit', async (context) => {
    const desk = deskOf(app, context)
    const id = context.req.param('id')
    const form = await readForm(context)
    const value = (name: keyof Head) => given(form, name)
    const change = Object.fromEntries(names.map((name) => [name, value(name)]))
    const answered = await desk.api.send('PATCH', draftApi(id), change, { 'if-match': given(form, 'seen') })
    if (answered.ok) return context.redirect(draftPath(id), 303)
    if (answered.problem.code !== 'if-match-stale') return headForm(desk, id, given(form, 'seen'), value, answered)
    // Its entries may have changed, which does not matter, or what is written here: that is shown.
    const now = await desk.api.get<DraftAnswer>(draftApi(id))
    if (!now.ok) return headForm(desk, id, given(form, 'seen'), value, answered)
    const box = html`<section class="problem" role="alert"><h2>${desk.t('meanwhile')}</h2><p>${desk.t('meanwhileWhy')}</p>
<dl class="facts">${names.map((name) => html`<dt>${desk.t(name)}</dt><dd class="lines">${now.body[name]}</dd>`)}</dl>
<p><small>${answered.problem.detail}</small></p></section>`
    return headForm(desk, id, now.headers.get('etag') ?? '', value, answered, box)
  })
}

const headForm = (
  desk: Desk,
  id: string,
  seen: string,
  value: (name: keyof Head) => string,
  refused?: Refused,
  box?: Html,
): Promise<Response> =>
  desk.show(
    { title: desk.t('editHead'), status: refused?.status ?? 200 },
    html`<p class="crumbs"><a href="${draftPath(id)}">${desk.t('back')}</a></p><h1>${desk.t('editHead')}</h1>
${box ?? (refused === undefined ? '' : problemOver(desk, refused))}
<form method="post" action="${draftPath(id, 'edit')}" class="entry" novalidate>${unseen('seen', seen)}
${headFields(desk, (name) => value(name as keyof Head), refused)}<button type="submit">${desk.t('save')}</button></form>`,
  )
