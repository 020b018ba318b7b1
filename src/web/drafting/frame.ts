import { html } from 'hono/html'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort } from '../pieces.ts'
import { say } from '../words.ts'
import { type Check, type Desk, type Draft, draftPath, type Looked } from './desk.ts'
import { guessBox, guessesAt } from './guesses.ts'
import { planAside } from './plan.ts'
import { concernsStep, isStep, type StepId, stepIds, steps } from './steps.ts'

/** What one page of a draft shows within the frame all of them have. */
export interface Sheet {
  /** The step, with the line of goods or the procedure it is of: `goods/2`. */
  readonly place: string
  readonly heading: string
  readonly content: Html
  /** Where “save and go on” leads; absent: nowhere. */
  readonly next?: string
  readonly status?: number
  /** Over the form: what was refused, what was changed elsewhere. */
  readonly over?: Html | ''
  /** Buttons beside those that save. */
  readonly buttons?: Html
  readonly sent?: URLSearchParams
}

export const stepOfPlace = (place: string): StepId => {
  const [first = ''] = place.split('/')
  return isStep(first) ? first : 'check'
}

/** A draft's page: its steps above, the form, the plan beside it. Every way off the page is a button of the form, so that nothing is left unsaved. */
export function showSheet(desk: Desk, { draft, check }: Looked, sheet: Sheet): Promise<Response> {
  const { t } = desk
  const { place, heading, next, status, sent } = sheet
  // What is only looked over has nothing to be saved.
  const isFilledIn = place !== 'check' || draft.basis !== undefined
  return desk.show(
    {
      title: `${heading} · ${nameOf(desk, draft)}`,
      scripts: ['code-search.js', 'draft.js'],
      ...(status === undefined ? {} : { status }),
      ...(sent === undefined ? {} : { sent }),
      here: draftPath(draft.id, place),
    },
    html`<p class="crumbs"><a href="/drafts">${t('drafts')}</a></p>
<h1>${nameOf(desk, draft)} <small class="tag">${kindOf(desk, draft)}</small></h1>
${stepsNav(desk, check, stepOfPlace(place))}
<div class="drafting"><div>
<div id="over">${sheet.over ?? ''}</div>
<form id="draft" method="post" action="${draftPath(draft.id, place)}" class="step" novalidate data-draft>
<input type="hidden" name="revision" value="${draft.revision}">
<h2>${heading}</h2>
${guessBox(desk, guessesAt(draft, place))}
${sheet.content}
<p class="actions">${next === undefined ? '' : html`<button type="submit" name="go" value="${next}">${t('saveGoOn')} ${icon('arrow-right')}</button>`}
${isFilledIn ? html`<button type="submit" name="go" value="${place}" class="secondary">${t('save')}</button>` : ''}${sheet.buttons ?? ''}
<small id="saved" role="status" data-words="${t('saved')}">${t('saved')} <time datetime="${draft.updatedAt}">${atPort(draft.updatedAt)}</time></small></p>
</form></div>
${planAside(desk, check)}</div>`,
  )
}

/** How a draft is called: by its title, its number, or as one without. */
export const nameOf = (
  { t }: Pick<Desk, 't'>,
  { title, functionalReferenceId }: Pick<Draft, 'title' | 'functionalReferenceId'>,
) => title ?? functionalReferenceId ?? `${t('draft')} (${t('untitled')})`

/** What becomes of it: a declaration, or the correction or amendment of one. */
export const kindOf = ({ t }: Pick<Desk, 't'>, { basis, direction }: Pick<Draft, 'basis' | 'direction'>): string =>
  basis !== undefined
    ? t(basis.purpose)
    : direction === 'import' || direction === 'export'
      ? t(direction)
      : t('declaration')

function stepsNav({ t, language }: Desk, { errors }: Check, at: StepId): Html {
  return html`<nav class="steps" id="steps" aria-label="${t('steps')}"><ol>${stepIds.map((id) => {
    const count = id === 'check' ? errors.length : errors.filter(({ pointer }) => concernsStep(pointer, id)).length
    const state =
      count === 0
        ? html`<small class="good">${icon('check-circle')} ${t('done')}</small>`
        : html`<small>${count} ${t('open')}</small>`
    return html`<li><button type="submit" form="draft" name="go" value="${id}"${id === at ? html` aria-current="step"` : ''}>${say(language, steps[id].name)} ${state}</button></li>`
  })}</ol></nav>`
}
