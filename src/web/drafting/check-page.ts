import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Adapters } from '../../filing/plan.ts'
import type { Env } from '../../services.ts'
import { problemOver } from '../desk.ts'
import { given, unseen } from '../form.ts'
import { readSchemaForm } from '../schema-form/index.ts'
import { type Beside, type Desk, type Draft, deskOf, draftApi, type Looked, lookAt, turnAway } from './desk.ts'
import { isBlank, write } from './document.ts'
import { showSheet } from './frame.ts'
import { changeFields, changeParts, handInButton, whatBecomes, whatIsWrong } from './look-over.ts'
import { type Outcome, saveStep } from './saving.ts'
import { goOn, readSending, type Sending, type Shown } from './step.ts'

/** The last step 校验与提交: everything that is wrong, everything that will happen, and the button that hands it in. */
export function checkPages(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get('/drafts/:id/check', async (context) => {
    const desk = deskOf(app, context)
    const looked = await lookAt(desk, context.req.param('id'))
    return looked instanceof Response ? looked : show(desk, adapters, looked)
  })

  pages.post('/drafts/:id/check', async (context) => {
    const sending = await readSending(app, context)
    const { desk, id, form } = sending
    const before = await lookAt(desk, id)
    if (before instanceof Response) return before
    const drop = form.get('drop')
    const adopted = adoptedBy(form.get('adopt'), before)
    const outcome = await saveStep(desk, id, {
      place: 'check',
      form,
      apply: (document) =>
        adopted.reduce(
          (next, { pointer, after }) => write(next, pointer, after),
          drop === null ? document : write(document, drop, undefined),
        ),
      more: () => besideIn(form, adapters, before),
    })
    const showing = (looked: Looked, more: Shown) => show(desk, adapters, looked, more)
    if (form.get('go') !== 'hand-in') return goOn(sending, outcome, false, showing)
    return handIn(sending, outcome, showing)
  })
}

/** What its declaration has become meanwhile, as far as it is to stand in the draft too. */
const adoptedBy = (pointer: string | null, { check }: Looked) =>
  (check.moved?.data ?? []).filter((one) => pointer === 'all' || one.pointer === pointer)

/** What the page says of an amendment itself: its reason, its particulars, what it is based on. */
function besideIn(form: URLSearchParams, adapters: Adapters, { draft, check }: Looked): Beside {
  if (draft.basis === undefined) return {}
  const reason = given(form, 'reason').trim()
  const basedOn = Number(form.get('basedOn'))
  const purpose = form.get('purpose')
  const particulars = particularsIn(form, adapters, draft, check)
  return {
    ...(form.has('reason') ? { reason: reason === '' ? undefined : reason } : {}),
    ...(particulars === undefined ? {} : { particulars }),
    ...(Number.isInteger(basedOn) && basedOn > 0 ? { basedOn } : {}),
    ...(purpose === 'correction' || purpose === 'amendment' ? { purpose } : {}),
  }
}

function particularsIn(form: URLSearchParams, adapters: Adapters, draft: Draft, check: Looked['check']) {
  const parts = changeParts(adapters, check)
  if (parts.length === 0) return undefined
  const kept = parts.reduce<NonNullable<Draft['particulars']>>((all, { agency, procedure, schema, prefix }) => {
    const filled = readSchemaForm(form, schema, prefix)
    const { [procedure]: _, ...others } = all[agency] ?? {}
    return { ...all, [agency]: isBlank(filled) ? others : { ...others, [procedure]: filled } }
  }, draft.particulars ?? {})
  return Object.fromEntries(Object.entries(kept).filter(([, procedures]) => !isBlank(procedures)))
}

/** Hands it in as it was just saved. Each press of the button is a key of its own: what an agency refused may be tried again unchanged. */
async function handIn(
  { desk, id, form }: Sending,
  outcome: Outcome | Response,
  showing: (looked: Looked, more: Shown) => Promise<Response>,
): Promise<Response> {
  if (outcome instanceof Response) return outcome
  if (!outcome.saved) return showing(outcome.looked, { status: outcome.status, over: outcome.over, sent: form })
  const { revision, basis } = outcome.draft
  const once = given(form, 'once')
  const answered = await desk.api.send<{ readonly id: string }>('POST', `${draftApi(id)}/submissions`, undefined, {
    'if-match': `"${id}.${revision}"`,
    'idempotency-key': `draft ${id} ${revision} ${/^[\w-]{36}$/.test(once) ? once : randomUUID()}`,
  })
  if (answered.ok) return desk.context.redirect(`/declarations/${basis?.declarationId ?? answered.body.id}`, 303)
  if (answered.problem.code === 'draft-handed-in') return turnAway(desk, answered)
  const looked = await lookAt(desk, id)
  if (looked instanceof Response) return looked
  return showing(looked, { status: answered.status, over: problemOver(desk, answered), sent: form })
}

function show(desk: Desk, adapters: Adapters, looked: Looked, more: Shown = {}): Promise<Response> {
  const { t } = desk
  return showSheet(desk, looked, {
    place: 'check',
    heading: t('handIn'),
    buttons: handInButton(desk, looked),
    content: html`${unseen('once', randomUUID())}${whatIsWrong(desk, adapters, looked)}${changeFields(desk, adapters, looked)}${whatBecomes(desk, looked)}`,
    ...more,
  })
}
