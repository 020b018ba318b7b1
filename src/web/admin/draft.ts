import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type {
  DraftAnswer,
  draftChecksAnswer,
  draftDifferencesAnswer,
  draftEntriesAnswer,
} from '../../../schemas/fees/drafts.ts'
import { limits } from '../../limits.ts'
import type { Env } from '../../services.ts'
import type { Answered } from '../api.ts'
import { differenceTable } from '../fees/differences.ts'
import type { Html } from '../layout.ts'
import { atPort, fact, problemBox, withQuery } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { colon, say } from '../words.ts'
import { type Check, checksBox, checksOfEntry } from './checks.ts'
import { type Desk, deskOf, draftPath } from './desk.ts'
import { type DraftRead, stepsOf } from './draft-steps.ts'
import { importsOf } from './imports.ts'
import { draftStatusNames, typeNames } from './words.ts'

type Differences = z.infer<typeof draftDifferencesAnswer>
type Checks = z.infer<typeof draftChecksAnswer>
type Entries = z.infer<typeof draftEntriesAnswer>

/** What a page of a draft says beside what the draft is. */
export interface Above {
  readonly status?: number
  readonly box?: Html
  /** A remark that was written and is not lost. */
  readonly remark?: string
}

/** One draft 修订稿: what it changes, what the checks say, what can be done with it. */
export function draftPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/admin/fees/drafts/:id', (context) => draftPage(deskOf(app, context), context.req.param('id')))
}

export async function draftPage(desk: Desk, id: string, above: Above = {}): Promise<Response> {
  const { api, context, language, t } = desk
  const path = `/v1/fee-drafts/${encodeURIComponent(id)}`
  const read = await api.get<DraftAnswer>(path)
  if (!read.ok) return desk.refuse(read)
  const draft = read.body
  const page = { after: context.req.query('after'), limit: String(limits.pageDefault) }
  const [differences, entries, checks, imports] = await Promise.all([
    api.get<Differences>(withQuery(`${path}/differences`, page)),
    api.get<Entries>(withQuery(`${path}/entries`, page)),
    draft.checks === undefined ? undefined : api.get<Checks>(`${path}/checks`),
    importsOf(desk, id),
  ])
  const found = checks?.ok ? checks.body.data : []
  const seen: DraftRead = { draft, etag: read.headers.get('etag') ?? '' }
  return desk.show(
    { title: draft.title, status: above.status ?? 200 },
    html`<p class="crumbs"><a href="/admin/fees">${t('home')}</a> / <a href="/admin/fees/drafts">${t('drafts')}</a></p>
<h1>${draft.title} <span class="level ${draft.status}">${say(language, draftStatusNames[draft.status])}</span></h1>
${above.box ?? ''}
${draft.stale ? html`<p class="notice">${t('stale')}</p>` : ''}
${headOf(desk, draft)}
${isEditable(draft) ? workOn(desk, draft) : ''}
${imports}
${checks === undefined ? '' : html`<h2>${t('checks')}</h2>${checks.ok ? checksBox(desk, id, checks.body) : problemBox(language, checks.problem)}`}
<h2>${t('changes')}</h2>
${changesOf(desk, draft, differences, entries.ok ? entries.body.data : [], found)}
${stepsOf(desk, seen, visitorOf(context), above.remark ?? '')}`,
  )
}

/** Whether entries may be changed. */
const isEditable = ({ status }: DraftAnswer): boolean => status === 'open' || status === 'returned'

function headOf({ t }: Desk, draft: DraftAnswer): Html {
  const { id, base, edition } = draft
  return html`<dl class="facts">
${fact(t('reason'), html`<span class="lines">${draft.reason}</span>`)}
${fact(t('validFrom'), draft.validFrom)}
${fact(t('payee'), draft.payee)}
${fact(t('base'), base === 0 ? t('empty') : html`<a href="/fees/editions/${base}">${base}</a>`)}
${fact(t('author'), draft.author)}
${fact(t('contributors'), draft.contributors.join(', '))}
${fact(t('updated'), atPort(draft.updatedAt))}
${fact(t('submittedAt'), draft.submittedAt && atPort(draft.submittedAt))}
${fact(t('decided'), draft.decidedAt && `${atPort(draft.decidedAt)} ${draft.decidedBy ?? ''}`)}
${fact(t('remark'), draft.remark && html`<strong class="lines">${draft.remark}</strong>`)}
${fact(t('published'), edition === undefined ? undefined : html`<a href="/fees/editions/${edition}">${edition}</a>`)}
</dl>
${isEditable(draft) ? html`<p><a href="${draftPath(id, 'edit')}">${t('editHead')}</a></p>` : ''}`
}

/** Ways to change something. */
const workOn = ({ t, language }: Desk, { id, payee }: DraftAnswer): Html =>
  html`<section class="work"><h2>${t('edit')}</h2><div class="cards">
<article><label for="q">${t('find')}</label><form method="get" action="${draftPath(id, 'find')}" role="search"><input type="search" id="q" name="q" maxlength="${limits.feeSearchLength}" placeholder="${t('findWord')}">
<button type="submit" class="secondary">${t('search')}</button></form></article>
<article><p><a role="button" class="secondary" href="${draftPath(id, 'entries', 'fee')}">${t('addFee')}</a></p>
<p><a role="button" class="secondary" href="${draftPath(id, 'import')}">${t('importFile')}</a></p>
${payee === undefined ? html`<p><a href="${draftPath(id, 'entries')}">${t('addOther')}</a></p>` : html`<p><a href="${draftPath(id, 'entries', 'payee', payee)}">${t('addOther')}${colon(language)}${payee}</a></p>`}</article>
</div></section>`

function changesOf(
  desk: Desk,
  draft: DraftAnswer,
  differences: Answered<Differences>,
  entries: Entries['data'],
  found: readonly Check[],
): Html {
  const { language, t } = desk
  if (!differences.ok) return problemBox(language, differences.problem)
  const { data, nextCursor } = differences.body
  if (data.length === 0) return html`<p>${t('noChanges')}</p>`
  const { put, removed } = draft.changes
  return html`<p>${t('changesMade')} ${put} · ${t('entriesTakenOut')} ${removed}</p>
${data.map((one) => {
  const { type, id, name, what, reason } = one
  const by = entries.find((entry) => entry.type === type && entry.id === id)
  const path = draftPath(draft.id, 'entries', type, id)
  return html`<details class="change" id="${type}.${id}"${what === 'changed' || data.length === 1 ? html` open` : ''}>
<summary><strong class="what ${what}">${say(language, whatNames[what])}</strong> ${name?.[language] ?? id} <small>${say(language, typeNames[type])} · <code>${id}</code></small></summary>
${checksOfEntry(desk, found, type, id)}
<p>${isEditable(draft) ? html`<a href="${path}">${t('edit')}</a> · ` : ''}${by?.by === undefined ? '' : html`<small>${t('by')} ${by.by}, ${by.at === undefined ? '' : atPort(by.at)}${by.importId === undefined ? '' : html` · <a href="/admin/fees/imports/${by.importId}">${t('importFile')}</a> (${by.row})`}</small>`}
${reason === undefined ? '' : html`<br>${t('takeOutWhy')}${colon(language)}${reason}`}</p>
${differenceTable(language, one.differences)}</details>`
})}
${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery(draftPath(draft.id), { after: nextCursor })}">${say(language, { en: 'More changes', zh: '更多变更' })}</a></p>`}`
}

const whatNames = {
  added: { en: 'Added', zh: '新增' },
  changed: { en: 'Changed', zh: '修改' },
  removed: { en: 'Taken out', zh: '取消' },
  unchanged: { en: 'Unchanged', zh: '未变' },
} as const
