import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Adapters } from '../../filing/plan.ts'
import { Problem } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { readForm } from '../form.ts'
import type { Html } from '../layout.ts'
import { ownNaming, type Rearranged, rearrangedBy, requiredNote, schemaFields } from '../schema-form/index.ts'
import { say } from '../words.ts'
import { agencyNames, askedFor, type Desk, deskOf, draftPath, type Looked, lookAt } from './desk.ts'
import { partOf, type Tree, withSection } from './document.ts'
import { type Sheet, showSheet } from './frame.ts'
import { sourceOf } from './guesses.ts'
import { type Outcome, saveStep } from './saving.ts'
import { isStep, type Section, type StepId, sectionSchema, stepIds, steps } from './steps.ts'

/** How a page of a draft is sent: to be saved and looked at again, or to be saved on the way elsewhere. */
export interface Sending {
  readonly desk: Desk
  readonly id: string
  readonly form: URLSearchParams
  /** A module saved it by itself: it wants the page as it now is. */
  readonly isQuiet: boolean
}

/** The steps that are nothing but fields of the declaration. */
export function stepPages(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get('/drafts/:id/:step', async (context) => {
    const { id, step } = context.req.param()
    if (!isStep(step) || steps[step].sections.length === 0) throw new Problem('not-found')
    const desk = deskOf(app, context)
    const looked = await lookAt(desk, id)
    return looked instanceof Response ? looked : showStep(desk, adapters, looked, step)
  })

  pages.post('/drafts/:id/:step', async (context) => {
    const { id, step } = context.req.param()
    if (!isStep(step) || steps[step].sections.length === 0) throw new Problem('not-found')
    const sending = await readSending(app, context)
    const { form, desk } = sending
    const sections: readonly Section[] = steps[step].sections
    const outcome = await saveStep(desk, id, {
      place: step,
      form,
      apply: (document) => sections.reduce((whole, section) => withSection(whole, form, section), document),
    })
    const rearranged = rearrangedIn(form, sections)
    return goOn(sending, outcome, rearranged !== undefined, (looked, more) =>
      showStep(desk, adapters, looked, step, { ...more, rearranged }),
    )
  })
}

/** A list that was given a row, or lost one, on the way. */
export const rearrangedIn = (form: URLSearchParams, sections: readonly Section[]) =>
  sections
    .map(({ at, fields }) => ({ at, fields, rearranged: rearrangedBy(form, at) }))
    .flatMap(({ at, fields, rearranged }) =>
      rearranged !== undefined && fields.some((name) => `${rearranged.pointer}/`.startsWith(`/${name}/`))
        ? [{ at, rearranged }]
        : [],
    )[0]

export async function readSending(app: Hono<Env>, context: Context<Env>): Promise<Sending> {
  const form = await readForm(context)
  const isQuiet = context.req.header('draft-save') === 'quiet'
  return { desk: deskOf(app, context), id: context.req.param('id') ?? '', form, isQuiet }
}

/** After a step was sent: on to where the button says; or the page again, where it could not be saved, or goes on itself. */
export async function goOn(
  { desk, id, form, isQuiet }: Sending,
  outcome: Outcome | Response,
  stays: boolean,
  show: (looked: Looked, more: Partial<Sheet>) => Promise<Response>,
): Promise<Response> {
  if (outcome instanceof Response) return outcome
  if (!outcome.saved) return show(outcome.looked, { status: outcome.status, over: outcome.over, sent: form })
  if (isQuiet || stays) {
    const looked = await lookAt(desk, id)
    return looked instanceof Response ? looked : show(looked, {})
  }
  return desk.context.redirect(
    draftPath(id, whereTo(form.get('go') ?? desk.context.req.path.split('/').slice(3).join('/'))),
    303,
  )
}

/** A place of a draft, as a button names it; anything else is where the draft is looked over. */
const whereTo = (place: string): string =>
  /^[a-z]+(\/[\w-]+){0,2}$/.test(place) && isStep(place.split('/')[0] ?? '') ? place : 'check'

export type Shown = Partial<Sheet> & {
  readonly rearranged?: { readonly at: string; readonly rearranged: Rearranged } | undefined
}

function showStep(desk: Desk, adapters: Adapters, looked: Looked, step: StepId, more: Shown = {}): Promise<Response> {
  const { language } = desk
  const { rearranged, ...sheet } = more
  const next = stepIds[stepIds.indexOf(step) + 1]
  const content = html`${requiredNote(language)}${sectionFields(desk, adapters, looked, steps[step].sections, rearranged)}`
  return showSheet(desk, looked, {
    place: step,
    heading: say(language, steps[step].name),
    content,
    ...(next === undefined ? {} : { next }),
    ...sheet,
  })
}

/** The fields of sections, each with what is wrong with it. What is merely missing is shown to who asks for it: a form nobody has filled in is not wrong. */
export function sectionFields(
  desk: Desk,
  adapters: Adapters,
  { draft, check }: Looked,
  sections: readonly Section[],
  rearranged?: Shown['rearranged'],
): readonly Html[] {
  const { language, context } = desk
  const showsMissing = context.req.query('show') === 'all'
  const errors = check.errors.filter(({ code }) => showsMissing || code !== 'missing')
  const agencies = agencyNames(adapters, errors)
  const naming = ownNaming(language)
  const guessed = new Map(draft.guesses.map((guess) => [guess.pointer, guess]))
  return sections.map((section) => {
    const { at, title } = section
    const isHere = ({ pointer }: { pointer: string }) =>
      section.fields.some((name) => `${pointer}/`.startsWith(`${at}/${name}/`))
    const fields = schemaFields({
      schema: sectionSchema(section),
      value: partOf(draft.document as Tree, section),
      errors: errors.filter(isHere).map((found) => {
        const { pointer, ...rest } = askedFor(found)
        return { ...rest, pointer: pointer.slice(at.length) }
      }),
      agencies,
      language,
      prefix: at,
      naming: (pointer, schema) => {
        const named = naming(pointer, schema)
        const guess = guessed.get(at + pointer)
        if (guess === undefined || named === undefined) return named
        return { ...named, help: [named.help, `⚑ ${sourceOf(desk, guess)}`].filter(Boolean).join(' ') }
      },
      ...(rearranged?.at === at ? { rearranged: rearranged.rearranged } : {}),
    })
    // A part by itself has its own name.
    return section.fields.length === 1
      ? fields
      : html`<fieldset class="group"><legend>${say(language, title)}</legend>${fields}</fieldset>`
  })
}
