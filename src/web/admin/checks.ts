import { html } from 'hono/html'
import type * as z from 'zod'
import type { draftChecksAnswer } from '../../../schemas/fees/drafts.ts'
import { type EntryType, entryTypes } from '../../../schemas/fees/entries.ts'
import type { Issue } from '../../../schemas/issue.ts'
import type { Html } from '../layout.ts'
import { type Desk, draftPath } from './desk.ts'
import { typeNames } from './words.ts'

type Checks = z.infer<typeof draftChecksAnswer>
export type Check = Checks['data'][number]

/** Which entry an issue is about, and where in it; undefined: the draft itself. */
function placeOf({
  pointer,
}: Pick<Issue, 'pointer'>): { readonly type: EntryType; readonly id: string; readonly at: string } | undefined {
  const [given, id, ...path] = pointer.split('/').slice(1)
  const type = entryTypes.find((one) => one === given)
  return type === undefined || id === undefined ? undefined : { type, id, at: path.map((part) => `/${part}`).join('') }
}

/** What the checks say of one entry, with pointers into it. */
export const issuesAt = (found: readonly Check[], type: EntryType, id: string): Check[] =>
  found.flatMap((issue) => {
    const place = placeOf(issue)
    return place?.type === type && place.id === id ? [{ ...issue, pointer: place.at }] : []
  })

const listOf = ({ language, t }: Desk, found: readonly Check[], place: (issue: Check) => Html | ''): Html =>
  html`<ul class="issues">${found.map(
    (issue) =>
      html`<li class="${issue.severity}"><strong>${t(issue.severity === 'error' ? 'error' : 'warning')}</strong> ${place(issue)} ${language === 'zh' ? issue.detailZh : issue.detail}</li>`,
  )}</ul>`

/** What the checks say 校验意见, errors first, each with the way to its entry. */
export function checksBox(desk: Desk, draftId: string, { data, errors, warnings, moreErrors }: Checks): Html {
  const { language, t } = desk
  if (data.length === 0) return html`<p class="good">${t('allGood')}</p>`
  const sorted = data.toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
  return html`<p>${t('errors')} <strong>${errors}</strong> · ${t('warnings')} <strong>${warnings}</strong></p>
${listOf(desk, sorted, (issue) => {
  const place = placeOf(issue)
  return place === undefined
    ? html`${t('draftItself')}${issue.pointer === '' ? '' : html` <code>${issue.pointer}</code>`}:`
    : html`<a href="${draftPath(draftId, 'entries', place.type, place.id)}">${typeNames[place.type][language]} ${place.id}</a>${place.at === '' ? '' : html` <code>${place.at}</code>`}:`
})}
${moreErrors === undefined ? '' : html`<p>${t('moreErrors')}</p>`}`
}

/** The same for one entry, at its place. */
export function checksOfEntry(desk: Desk, found: readonly Check[], type: EntryType, id: string): Html | '' {
  const own = issuesAt(found, type, id)
  return own.length === 0
    ? ''
    : listOf(desk, own, ({ pointer }) => (pointer === '' ? '' : html`<code>${pointer}</code>`))
}
