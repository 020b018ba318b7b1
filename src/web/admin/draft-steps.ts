import { html } from 'hono/html'
import type { DraftAnswer } from '../../../schemas/fees/drafts.ts'
import { areaField, unseen } from '../form.ts'
import type { Html } from '../layout.ts'
import type { Visitor } from '../session.ts'
import { type Desk, draftPath } from './desk.ts'

/** A draft as a page has read it. */
export interface DraftRead {
  readonly draft: DraftAnswer
  readonly etag: string
}

/** What a page remembers of the draft it showed, to tell what changed since. */
export const shownOf = ({ title, reason, validFrom, status, base, changes, updatedAt }: DraftAnswer) => ({
  title,
  reason,
  validFrom,
  status,
  base,
  changed: changes.put,
  takenOut: changes.removed,
  updatedAt,
})
export type Shown = ReturnType<typeof shownOf>

export type Step = 'submit' | 'return' | 'approve' | 'rebase' | 'discard'

/** What can be done with a draft now 办理. Each form says which draft it saw. */
export function stepsOf(
  desk: Desk,
  { draft, etag }: DraftRead,
  visitor: Visitor | undefined,
  remark: string,
): Html | '' {
  const { t } = desk
  const { id, status } = draft
  const form = (step: Step, content: Html | '') =>
    html`<form method="post" action="${draftPath(id, step)}" class="step">${unseen('seen', etag)}${unseen('shown', JSON.stringify(shownOf(draft)))}${content}</form>`
  const button = (word: 'submit' | 'rebase', kind = '') =>
    html`<button type="submit"${kind === '' ? '' : html` class="${kind}"`}>${t(word)}</button>`
  const rebase = draft.stale ? form('rebase', button('rebase')) : ''
  const discard = html`<details><summary>${t('discard')}</summary>${form(
    'discard',
    html`<p>${t('discardWhy')}</p><button type="submit" class="contrast">${t('discardSure')}</button>`,
  )}</details>`
  if (status === 'open' || status === 'returned')
    return steps(desk, html`${rebase}${form('submit', button('submit', draft.stale ? 'secondary' : ''))}${discard}`)
  if (status !== 'submitted') return ''
  const isOwn = visitor !== undefined && draft.contributors.includes(visitor.name)
  const approval =
    visitor?.role !== 'admin'
      ? ''
      : isOwn
        ? html`<p class="notice">${t('notYourOwn')}</p>`
        : form(
            'approve',
            html`${unseen('digest', draft.digest ?? '')}<p class="digest">${t('approves')}<br><code>${draft.digest}</code></p>
<label><input type="checkbox" name="looked" value="1" required> ${t('seenAll')}</label>
<button type="submit">${t('approve')}</button>`,
          )
  return steps(
    desk,
    html`${rebase}${approval}${form(
      'return',
      html`${areaField({ name: 'remark', label: t('returnWhy'), value: remark, required: true, max: 2_000 })}
<button type="submit" class="secondary">${t('returnIt')}</button>`,
    )}`,
  )
}

const steps = ({ t }: Desk, content: Html): Html =>
  html`<section class="steps" id="steps"><h2>${t('steps')}</h2><div class="cards">${content}</div></section>`
