import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { EditionAnswer, feesAnswer } from '../../../schemas/fees/answers.ts'
import type { DraftAnswer } from '../../../schemas/fees/drafts.ts'
import { type EntryType, entryTypes } from '../../../schemas/fees/entries.ts'
import { limits } from '../../limits.ts'
import type { Env } from '../../services.ts'
import { problemBox, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { type Desk, deskOf, draftPath } from './desk.ts'
import { draftApi } from './entry-read.ts'
import { namedEntries } from './named.ts'
import { typeNames } from './words.ts'

/** Finding what a draft is to change 查找条目: published fees by their words, everything else by its type. */
export function findPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/admin/fees/drafts/:id/find', async (context) => {
    const desk = deskOf(app, context)
    const { api, language, t } = desk
    const read = await api.get<DraftAnswer>(draftApi(context.req.param('id')))
    if (!read.ok) return desk.refuse(read)
    const { id, base, payee } = read.body
    const { q = '', after } = context.req.query()
    const filter = { q, payee, day: await dayOf(desk, base), after, limit: String(limits.pageDefault) }
    const found = await api.get<z.infer<typeof feesAnswer>>(withQuery('/v1/fees', filter))
    const { data, nextCursor } = found.ok ? found.body : { data: [], nextCursor: undefined }
    return desk.show(
      { title: t('find'), status: found.status },
      html`<p class="crumbs"><a href="${draftPath(id)}">${t('back')}</a></p><h1>${t('find')}</h1>
<form method="get" action="${draftPath(id, 'find')}" class="filters" role="search"><label>${t('findWord')} <input type="search" name="q" value="${q}" maxlength="${limits.feeSearchLength}"></label><button type="submit">${t('search')}</button></form>
${found.ok ? '' : problemBox(language, found.problem)}${data.length === 0 ? html`<p>${t('notFound')}</p>` : ''}
${
  data.length === 0
    ? ''
    : scrolling(
        t('found'),
        html`<table><tbody>${data.map(
          (fee) =>
            html`<tr><th scope="row"><a href="${draftPath(id, 'entries', 'fee', fee.id)}">${fee.name[language]}</a><br><small><code>${fee.id}</code></small></th><td>${fee.payee.name[language]}</td><td>${fee.port.name[language]}</td><td>${fee.priceText[language]}</td></tr>`,
        )}</tbody></table>`,
      )
}
${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery(draftPath(id, 'find'), { q, after: nextCursor })}">${say(language, { en: 'More', zh: '下一页' })}</a></p>`}`,
    )
  })

  pages.get('/admin/fees/drafts/:id/entries', async (context) => {
    const desk = deskOf(app, context)
    const { language, t } = desk
    const id = context.req.param('id')
    const read = await desk.api.get<DraftAnswer>(draftApi(id))
    if (!read.ok) return desk.refuse(read)
    const types = entryTypes.filter((type): type is Exclude<EntryType, 'fee'> => type !== 'fee')
    const named = await Promise.all(types.map((type) => namedEntries(desk, type)))
    return desk.show(
      { title: t('addOther') },
      html`<p class="crumbs"><a href="${draftPath(id)}">${t('back')}</a></p><h1>${t('addOther')}</h1>
${types.map(
  (type, at) => html`<details><summary>${say(language, typeNames[type])} (${named[at]?.length ?? 0})</summary>
<p><a href="${draftPath(id, 'entries', type)}">${t('newEntry')}</a></p>
<ul>${(named[at] ?? []).map((one) => html`<li><a href="${draftPath(id, 'entries', type, one.id)}">${one.name}</a> <small><code>${one.id}</code></small></li>`)}</ul></details>`,
)}`,
    )
  })
}

/** A day on which the edition a draft changes holds, where it is not the one of today. */
async function dayOf({ api }: Desk, base: number): Promise<string | undefined> {
  if (base === 0) return undefined
  const edition = await api.get<EditionAnswer>(`/v1/fee-editions/${base}`)
  return edition.ok && edition.body.status !== 'in-force' ? edition.body.validFrom : undefined
}
