import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { DraftAnswer, DraftStatus, draftEntriesAnswer } from '../../../schemas/fees/drafts.ts'
import { limits } from '../../limits.ts'
import type { Env } from '../../services.ts'
import type { Answered } from '../api.ts'
import { problemOver, type Refused } from '../desk.ts'
import { differenceTable } from '../fees/differences.ts'
import { given, readForm } from '../form.ts'
import type { Html } from '../layout.ts'
import { atPort, problemBox, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { type Desk, deskOf, draftPath } from './desk.ts'
import { draftPage } from './draft.ts'
import { type Shown, type Step, shownOf } from './draft-steps.ts'
import { draftStatusNames, typeNames } from './words.ts'

type Doing = (
  desk: Desk,
  path: string,
  form: URLSearchParams,
  headers: Record<string, string>,
) => Promise<Answered<unknown>>
const doing: { readonly [step in Step]: Doing } = {
  submit: ({ api }, path, _, headers) => api.send('POST', `${path}/submissions`, undefined, headers),
  return: ({ api }, path, form, headers) =>
    api.send('POST', `${path}/returns`, { remark: given(form, 'remark') }, headers),
  approve: ({ api }, path, form, headers) =>
    api.send('POST', `${path}/approvals`, { digest: given(form, 'digest') }, headers),
  rebase: ({ api }, path, _, headers) => api.send('POST', `${path}/rebases`, undefined, headers),
  discard: ({ api }, path, _, headers) => api.send('DELETE', path, undefined, headers),
}

/** Doing something with a draft: what is refused comes back with the reason, and with what changed meanwhile. */
export function draftMovePages(pages: Hono<Env>, app: Hono<Env>): void {
  for (const step of Object.keys(doing) as Step[])
    pages.post(`/admin/fees/drafts/:id/${step}`, async (context) => {
      const desk = deskOf(app, context)
      const id = context.req.param('id')
      const form = await readForm(context)
      const headers = { 'if-match': given(form, 'seen') }
      const answered = await doing[step](desk, `/v1/fee-drafts/${encodeURIComponent(id)}`, form, headers)
      if (answered.ok) {
        const { edition } = (answered.body ?? {}) as { edition?: number }
        return context.redirect(step === 'approve' ? `/fees/editions/${edition}` : draftPath(id), 303)
      }
      return draftPage(desk, id, {
        status: answered.status,
        box: await boxOf(desk, id, answered, given(form, 'shown')),
        remark: given(form, 'remark'),
      })
    })
}

/** Why it was not done. @param shown what the page had shown, as it says itself */
async function boxOf(desk: Desk, id: string, refused: Refused, shown: string): Promise<Html> {
  if (refused.problem.code !== 'if-match-stale') return problemOver(desk, refused)
  const { api, t, language } = desk
  const now = await api.get<DraftAnswer>(`/v1/fee-drafts/${encodeURIComponent(id)}`)
  const was = shownFrom(shown)
  if (!now.ok || was === undefined) return problemBox(language, refused.problem)
  const { updatedAt: _, ...is } = shownOf(now.body)
  const head = Object.entries(is).flatMap(([name, after]) => {
    const before = was[name as keyof Shown]
    const told = (value: unknown) =>
      name === 'status' ? say(language, draftStatusNames[value as DraftStatus] ?? { en: '', zh: '' }) : String(value)
    return before === after
      ? []
      : [{ pointer: t(fieldNames[name as keyof typeof fieldNames]), before: told(before), after: told(after) }]
  })
  const entries = await changedSince(desk, id, was.updatedAt)
  return html`<section class="problem" role="alert"><h2>${t('meanwhile')}</h2><p>${t('meanwhileDecide')}</p>
${head.length === 0 ? '' : differenceTable(language, head)}
${
  entries.length === 0
    ? ''
    : html`<h3>${t('since')}</h3><ul>${entries.map(
        ({ type, id: entry, by = '', at = '' }) =>
          html`<li><a href="${draftPath(id, 'entries', type, entry)}">${say(language, typeNames[type])} ${entry}</a> · ${t('by')} ${by}, ${at === '' ? '' : atPort(at)}</li>`,
      )}</ul>`
}
<p><small>${refused.problem.detail}</small></p></section>`
}

const fieldNames = {
  title: 'title',
  reason: 'reason',
  validFrom: 'validFrom',
  status: 'status',
  base: 'base',
  changed: 'changesMade',
  takenOut: 'entriesTakenOut',
} as const

/** What the form says it was shown with; undefined where it says nothing that can be read. */
function shownFrom(text: string): Shown | undefined {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && 'updatedAt' in read ? (read as Shown) : undefined
  } catch {
    return undefined
  }
}

/** Entries of a draft somebody touched after an instant, as many as fit on a page. */
async function changedSince({ api }: Desk, id: string, instant: string) {
  type Entries = z.infer<typeof draftEntriesAnswer>
  const found: Entries['data'] = []
  let after: string | undefined
  do {
    const path = `/v1/fee-drafts/${encodeURIComponent(id)}/entries`
    const answered = await api.get<Entries>(withQuery(path, { after, limit: String(limits.pageMost) }))
    if (!answered.ok) return found
    found.push(...answered.body.data.filter(({ at = '' }) => at > instant))
    after = answered.body.nextCursor
  } while (after !== undefined && found.length < limits.pageDefault)
  return found
}
