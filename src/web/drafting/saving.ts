import { isDeepStrictEqual } from 'node:util'
import { html } from 'hono/html'
import { differences } from '../../filing/difference.ts'
import { problemOver, type Refused } from '../desk.ts'
import type { Html } from '../layout.ts'
import { scrolling } from '../pieces.ts'
import { type Beside, type Desk, type Draft, draftApi, type Looked, lookAt, putDraft, turnAway } from './desk.ts'
import type { Tree } from './document.ts'
import { fieldName } from './field-name.ts'
import { unconfirmed } from './guesses.ts'

/** A step that is sent: what it makes of a draft's document. */
export interface Sent {
  readonly place: string
  readonly form: URLSearchParams
  readonly apply: (document: Tree) => Tree
  /** What it can be applied to where the draft cannot be read. */
  readonly blank?: Tree
  /** What else of the draft it says. */
  readonly more?: () => Beside
}

/** What came of it: saved, or kept on the page with why it could not be. */
export type Outcome =
  | { readonly saved: true; readonly draft: Draft }
  | { readonly saved: false; readonly looked: Looked; readonly status: number; readonly over: Html }

/**
 * Saves a step: its own fields, and nothing of the others. Where the draft was changed elsewhere meanwhile nothing is saved: the step
 * is shown with what was typed over what is there now, both named where they differ; saved again, it holds.
 */
export async function saveStep(desk: Desk, id: string, sent: Sent): Promise<Outcome | Response> {
  const revision = Number(sent.form.get('revision'))
  const read = await desk.api.get<Draft>(draftApi(id))
  if (!read.ok) return read.status === 401 ? signedOut(desk, id, sent, read) : turnAway(desk, read)
  const draft = read.body
  const document = sent.apply(draft.document)
  if (revision !== draft.revision) return unsaved(desk, id, sent, 412, changedBox(desk, draft, document))
  const guesses = unconfirmed(draft, sent.place, sent.form.get('accept'))
  const more = sent.more?.() ?? {}
  if (isUnchanged(draft, document, guesses, more)) return { saved: true, draft }
  const answered = await putDraft(desk, draft, revision, { document, guesses, ...more })
  if (answered.ok) return { saved: true, draft: answered.body }
  if (answered.problem.code === 'draft-handed-in') return turnAway(desk, answered)
  // Somebody was faster between our reading and our writing: looked at anew, it is a revision behind.
  if (answered.status === 412) return saveStep(desk, id, sent)
  return unsaved(desk, id, sent, answered.status, problemOver(desk, answered))
}

/** The step of somebody who is not signed in any more: what was typed is kept on the page, and nothing is shown of the draft. */
function signedOut(desk: Desk, id: string, { form, apply, blank = {} }: Sent, refused: Refused): Outcome {
  const draft = unseenDraft(id, Number(form.get('revision')) || 1, apply(blank))
  const check = { revision: draft.revision, acceptable: false, plan: [], errors: [], warnings: [] }
  return { saved: false, looked: { draft, check }, status: 401, over: problemOver(desk, refused) }
}

const unseenDraft = (id: string, revision: number, document: Tree): Draft => ({
  id,
  revision,
  document,
  guesses: [],
  items: 0,
  createdAt: '',
  updatedAt: new Date(0).toISOString(),
  updatedBy: '',
  links: { self: '', check: '', submissions: '' },
})

/** The step as it was typed, over the draft as it is. */
async function unsaved(desk: Desk, id: string, sent: Sent, status: number, over: Html): Promise<Outcome | Response> {
  const looked = await lookAt(desk, id)
  if (looked instanceof Response) return looked
  const { reason = looked.draft.reason, particulars = looked.draft.particulars } = sent.more?.() ?? {}
  const draft = { ...looked.draft, document: sent.apply(looked.draft.document), reason, particulars }
  return { saved: false, looked: { ...looked, draft }, status, over }
}

const isUnchanged = (draft: Draft, document: Tree, guesses: Draft['guesses'], more: object) =>
  guesses.length === draft.guesses.length &&
  isDeepStrictEqual(document, draft.document) &&
  Object.entries(more).every(([name, value]) => isDeepStrictEqual(value, draft[name as keyof Draft]))

/** What is saved now beside what was typed. */
function changedBox({ t, language }: Desk, draft: Draft, typed: Tree): Html {
  const differ = differences(draft.document, typed).slice(0, 50)
  return html`<section class="problem" role="alert" data-changed><h2>${t('changedElsewhere')}</h2><p>${t('changedElsewhereHow')}</p>
${
  differ.length === 0
    ? ''
    : scrolling(
        t('changedElsewhere'),
        html`<table><thead><tr><th scope="col">${t('field')}</th><th scope="col">${t('there')}</th><th scope="col">${t('here')}</th></tr></thead><tbody>${differ.map(
          ({ pointer, before, after }) =>
            html`<tr><th scope="row"><a href="#${pointer}">${fieldName(language, pointer)}</a></th><td>${shownValue(before)}</td><td>${shownValue(after)}</td></tr>`,
        )}</tbody></table>`,
      )
}</section>`
}

/** A value in a few words. */
export const shownValue = (value: unknown): string =>
  value === undefined ? '—' : (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 160)
