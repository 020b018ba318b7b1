import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { EditionAnswer } from '../../../schemas/fees/answers.ts'
import type { complaintSummary } from '../../../schemas/fees/complaints.ts'
import type { DraftAnswer, DraftStatus } from '../../../schemas/fees/drafts.ts'
import type { ImportAnswer } from '../../../schemas/fees/imports.ts'
import { limits } from '../../limits.ts'
import type { Env } from '../../services.ts'
import type { Html } from '../layout.ts'
import { atPort, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { type Desk, deskOf, draftPath } from './desk.ts'
import { importStatusNames } from './import-words.ts'

interface List<T> {
  readonly data: readonly T[]
  readonly hasMore: boolean
}
type Complaint = z.infer<typeof complaintSummary>

/** The first page of the catalogue work 目录管理: what waits for somebody, of all that the visitor's key may see. */
export function homePage(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/admin', (context) => context.redirect('/admin/fees', 303))
  pages.get('/admin/fees', async (context) => {
    const desk = deskOf(app, context)
    const { api, t } = desk
    const drafts = (status: DraftStatus) => api.get<List<DraftAnswer>>(withQuery('/v1/fee-drafts', { status }))
    const [submitted, returned, open, editions, overdue] = await Promise.all([
      drafts('submitted'),
      drafts('returned'),
      drafts('open'),
      api.get<List<EditionAnswer>>('/v1/fee-editions'),
      api.get<List<Complaint>>('/v1/fee-complaints?overdue=true'),
    ])
    if (!submitted.ok && submitted.status !== 403) return desk.refuse(submitted)
    const written = [...(returned.ok ? returned.body.data : []), ...(open.ok ? open.body.data : [])]
    const imports = await importsUnderWay(desk, written.slice(0, limits.draftsWatched))
    const announced = editions.ok ? editions.body.data.filter(({ status }) => status === 'announced') : []
    const sections = [
      section(t('toDecide'), draftsIn(desk, submitted.ok ? submitted.body : undefined, 'submitted')),
      section(t('returned'), draftsIn(desk, returned.ok ? returned.body : undefined, 'returned')),
      section(
        t('importsUnderWay'),
        imports.map(
          ({ id, fileName, status, rowsRead, rowsTotal, by }) =>
            html`<a href="/admin/fees/imports/${id}">${fileName}</a> <small>${say(desk.language, importStatusNames[status])} ${rowsRead} / ${rowsTotal ?? '?'} · ${by}</small>`,
        ),
      ),
      section(
        t('overdue'),
        (overdue.ok ? overdue.body.data : []).map(
          ({ number, payee, dueOn, amount }) =>
            html`<a href="/fees/complaints/${number}">${number}</a> <small>${payee} · ${dueOn} · CNY ${amount}</small>`,
        ),
      ),
      section(
        t('announced'),
        announced.map(
          ({ number, title, noticeUntil }) =>
            html`<a href="/fees/editions/${number}#comments">${number} · ${title}</a> <small>${t('commentsUntil')} ${noticeUntil}</small>`,
        ),
      ),
      section(t('open'), draftsIn(desk, open.ok ? open.body : undefined, 'open')),
    ].filter((one) => one !== '')
    return desk.show(
      { title: t('home') },
      html`<h1>${t('home')}</h1>
${submitted.ok ? html`<p><a role="button" href="/admin/fees/drafts/new">${t('newDraft')}</a> <a href="/admin/fees/drafts">${t('drafts')}</a></p>` : html`<p class="notice">${t('noDrafting')} <a href="/fees/complaints">${t('complaints')}</a></p>`}
<h2>${t('first')}</h2>${sections.length === 0 ? html`<p>${t('nothing')}</p>` : html`<div class="cards">${sections}</div>`}`,
    )
  })
}

const section = (title: string, lines: readonly Html[]): Html | '' =>
  lines.length === 0
    ? ''
    : html`<article><h3>${title} <small>${lines.length}</small></h3><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></article>`

const draftsIn = ({ t }: Desk, list: List<DraftAnswer> | undefined, status: DraftStatus): Html[] => [
  ...(list?.data ?? []).map(
    ({ id, title, author, validFrom, submittedAt, changes }) =>
      html`<a href="${draftPath(id)}">${title}</a> <small>${author} · ${submittedAt === undefined ? '' : `${atPort(submittedAt)} · `}${t('validFrom')} ${validFrom} · ${changes.put + changes.removed}</small>`,
  ),
  ...(list?.hasMore ? [html`<a href="${withQuery('/admin/fees/drafts', { status })}">…</a>`] : []),
]

async function importsUnderWay({ api }: Desk, drafts: readonly DraftAnswer[]): Promise<ImportAnswer[]> {
  const lists = await Promise.all(
    drafts.map(({ id }) => api.get<List<ImportAnswer>>(withQuery('/v1/fee-imports', { draft: id }))),
  )
  return lists.flatMap((list) =>
    list.ok ? list.body.data.filter(({ status }) => status === 'waiting' || status === 'reading') : [],
  )
}
