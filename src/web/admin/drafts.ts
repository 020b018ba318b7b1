import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { DraftAnswer } from '../../../schemas/fees/drafts.ts'
import { limits } from '../../limits.ts'
import type { Env } from '../../services.ts'
import { problemOver, type Refused } from '../desk.ts'
import { areaField, choiceField, dayField, given, lineField, readForm, unseen, wrongAt } from '../form.ts'
import type { Html } from '../layout.ts'
import { atPort, choice, choices, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { type Desk, deskOf, draftPath } from './desk.ts'
import { namedEntries } from './named.ts'
import { adminWords, draftStatusNames } from './words.ts'

interface Drafts {
  readonly data: readonly DraftAnswer[]
  readonly nextCursor?: string
}

/** Drafts 修订稿: all of them, and a new one. */
export function draftsPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/admin/fees/drafts', async (context) => {
    const desk = deskOf(app, context)
    const { status = '', after } = context.req.query()
    const answered = await desk.api.get<Drafts>(withQuery('/v1/fee-drafts', { status, after }))
    if (!answered.ok) return desk.refuse(answered)
    const { t, language } = desk
    const { data, nextCursor } = answered.body
    const all = say(language, { en: 'All', zh: '全部' })
    return desk.show(
      { title: t('drafts') },
      html`<h1>${t('drafts')}</h1><p><a role="button" href="/admin/fees/drafts/new">${t('newDraft')}</a></p>
<form method="get" action="/admin/fees/drafts" class="filters">
${choice({ name: 'status', label: t('status'), all, chosen: status }, choices(language, draftStatusNames))}
<button type="submit">${t('search')}</button></form>
${draftsTable(desk, data)}
${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery('/admin/fees/drafts', { status, after: nextCursor })}">${say(language, { en: 'More', zh: '下一页' })}</a></p>`}`,
    )
  })

  pages.get('/admin/fees/drafts/new', async (context) => {
    const desk = deskOf(app, context)
    // Sent twice, it is still one draft.
    return newForm(desk, new URLSearchParams({ once: randomUUID() }))
  })

  pages.post('/admin/fees/drafts', async (context) => {
    const desk = deskOf(app, context)
    const form = await readForm(context)
    const payee = given(form, 'payee')
    const answered = await desk.api.send<DraftAnswer>(
      'POST',
      '/v1/fee-drafts',
      {
        title: given(form, 'title'),
        reason: given(form, 'reason'),
        validFrom: given(form, 'validFrom'),
        ...(payee === '' ? {} : { payee }),
      },
      { 'idempotency-key': given(form, 'once') },
    )
    if (!answered.ok) {
      // Another body is another draft.
      form.set('once', randomUUID())
      return newForm(desk, form, answered)
    }
    return context.redirect(draftPath(answered.body.id), 303)
  })
}

async function newForm(desk: Desk, form: URLSearchParams, refused?: Refused): Promise<Response> {
  const { t } = desk
  const payees = await namedEntries(desk, 'payee')
  return desk.show(
    { title: t('newDraft'), status: refused?.status ?? 200 },
    html`<h1>${t('newDraft')}</h1>${refused === undefined ? '' : problemOver(desk, refused)}
<form method="post" action="/admin/fees/drafts" class="entry" novalidate>${unseen('once', given(form, 'once'))}
${headFields(desk, (name) => given(form, name), refused)}
${choiceField(
  { name: 'payee', label: t('payee'), value: given(form, 'payee'), help: t('everything') },
  payees.map(({ id, name }) => ({ value: id, name })),
)}
<button type="submit">${t('begin')}</button></form>`,
  )
}

/** What a draft says of itself: title, reason, day. */
export function headFields({ t, language }: Desk, value: (name: string) => string, refused?: Refused): Html {
  const field = (name: 'title' | 'reason' | 'validFrom', more = {}) => ({
    name,
    label: t(name),
    value: value(name),
    errors: wrongAt(refused?.problem.errors, `/${name}`, language),
    required: true,
    ...more,
  })
  return html`${lineField(field('title', { max: 200 }))}${areaField(field('reason', { max: 2_000 }))}${dayField(
    field('validFrom', { help: `${t('validFromHelp')} (${limits.noticeDays})` }),
  )}`
}

/** Drafts, the newest first. */
function draftsTable({ t, language }: Desk, drafts: readonly DraftAnswer[]): Html {
  if (drafts.length === 0) return html`<p>${t('noDrafts')}</p>`
  const headers = (['title', 'status', 'validFrom', 'author', 'changes', 'updated'] as const).map(
    (name: keyof typeof adminWords) => html`<th scope="col">${t(name)}</th>`,
  )
  return scrolling(
    t('drafts'),
    html`<table><thead><tr>${headers}</tr></thead><tbody>${drafts.map(
      (draft) =>
        html`<tr><th scope="row"><a href="${draftPath(draft.id)}">${draft.title}</a></th><td><span class="level ${draft.status}">${say(language, draftStatusNames[draft.status])}</span></td>
<td class="nowrap">${draft.validFrom}</td><td>${draft.author}</td><td class="number">${draft.changes.put + draft.changes.removed}</td><td class="nowrap">${atPort(draft.updatedAt)}</td></tr>`,
    )}</tbody></table>`,
  )
}
