import type { Hono } from 'hono'
import { html } from 'hono/html'
import { type Adapters, findProcedure } from '../../filing/plan.ts'
import { Problem } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { type JsonSchema, ownNaming, rearrangedBy, requiredNote, schemaFields } from '../schema-form/index.ts'
import { say } from '../words.ts'
import { agencyNames, askedFor, type Desk, deskOf, type Looked, lookAt } from './desk.ts'
import { isBlank, read, withParticulars } from './document.ts'
import { showSheet } from './frame.ts'
import { sourceOf } from './guesses.ts'
import { saveStep } from './saving.ts'
import { goOn, readSending, type Shown } from './step.ts'

/** What only one agency asks for 特有数据: of each procedure the plan has, a page. */
export function particularsPages(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get('/drafts/:id/particulars', async (context) => {
    const desk = deskOf(app, context)
    const looked = await lookAt(desk, context.req.param('id'))
    return looked instanceof Response ? looked : showList(desk, adapters, looked)
  })
  pages.post('/drafts/:id/particulars', async (context) => {
    const sending = await readSending(app, context)
    const { desk, id, form } = sending
    const outcome = await saveStep(desk, id, { place: 'particulars', form, apply: (document) => document })
    return goOn(sending, outcome, false, (looked, more) => showList(desk, adapters, looked, more))
  })

  pages.get('/drafts/:id/particulars/:agency/:procedure', async (context) => {
    const { id, agency, procedure } = context.req.param()
    const schema = particularsSchema(adapters, agency, procedure)
    if (schema === undefined) throw new Problem('not-found')
    const desk = deskOf(app, context)
    const looked = await lookAt(desk, id)
    return looked instanceof Response ? looked : showOne(desk, adapters, looked, { agency, procedure, schema })
  })
  pages.post('/drafts/:id/particulars/:agency/:procedure', async (context) => {
    const { agency, procedure } = context.req.param()
    const schema = particularsSchema(adapters, agency, procedure)
    if (schema === undefined) throw new Problem('not-found')
    const sending = await readSending(app, context)
    const { desk, id, form } = sending
    const place = `particulars/${agency}/${procedure}`
    const apply = (document: { readonly [key: string]: unknown }) =>
      withParticulars(document, form, `/${place}`, schema)
    const outcome = await saveStep(desk, id, { place, form, apply })
    const rearranged = rearrangedBy(form, `/${place}`)
    const of = { agency, procedure, schema, rearranged }
    return goOn(sending, outcome, rearranged !== undefined, (looked, more) =>
      showOne(desk, adapters, rearranged === undefined ? looked : kept(looked, apply), of, more),
    )
  })

  /** With the empty row somebody just asked for, which is nothing to be kept. */
  const kept = (
    looked: Looked,
    apply: (document: Looked['draft']['document']) => Looked['draft']['document'],
  ): Looked => ({
    ...looked,
    draft: { ...looked.draft, document: apply(looked.draft.document) },
  })
}

const schemas = new WeakMap<object, JsonSchema>()
/** What a procedure asks for; undefined where that is nothing. */
export function particularsSchema(adapters: Adapters, agency: string, procedure: string): JsonSchema | undefined {
  const shape = findProcedure(adapters, agency, procedure)?.particulars
  if (shape === undefined) return undefined
  let schema = schemas.get(shape)
  if (schema === undefined) {
    schema = shape.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as JsonSchema
    schemas.set(shape, schema)
  }
  const of = schema.anyOf?.find(({ type }) => type === 'object') ?? schema
  return Object.keys(of.properties ?? {}).length === 0 ? undefined : of
}

/** The procedures of the plan that ask for something of their own. */
const askingIn = (adapters: Adapters, { check }: Looked) =>
  check.plan.filter(
    ({ files, agency, procedure }) => files === true && particularsSchema(adapters, agency, procedure) !== undefined,
  )

function showList(desk: Desk, adapters: Adapters, looked: Looked, more: Shown = {}): Promise<Response> {
  const { t, language } = desk
  const asking = askingIn(adapters, looked)
  const line = ({ agency, procedure, agencyName, name }: (typeof asking)[number]): Html => {
    const at = `particulars/${agency}/${procedure}`
    const isGiven = !isBlank(read(looked.draft.document, `/${at}`))
    const open = looked.check.errors.filter(({ pointer }) => `${pointer}/`.startsWith(`/${at}/`)).length
    const needs = looked.check.filings?.find((one) => one.agency === agency && one.procedure === procedure)?.needs ?? []
    return html`<article><h3>${say(language, agencyName)}</h3><p>${say(language, name)}</p>
<p>${isGiven ? html`<span class="good">${icon('check-circle')} ${t('given')}</span>` : html`<span class="dim">${t('notGiven')}</span>`}${open === 0 ? '' : html` <span class="wrong">${open} ${t('open')}</span>`}</p>
${needs.length === 0 ? '' : html`<ul>${needs.slice(0, 4).map((one) => html`<li><small>${language === 'zh' ? one.detailZh : one.detail}</small></li>`)}</ul>`}
<p><button type="submit" class="secondary" name="go" value="${at}" aria-label="${t('edit')} ${say(language, agencyName)} ${say(language, name)}">${t('edit')}</button></p></article>`
  }
  return showSheet(desk, looked, {
    place: 'particulars',
    heading: language === 'zh' ? '各机构特有数据' : 'What only one agency asks for',
    next: 'check',
    content: html`<p>${asking.length === 0 ? t('particularsNone') : t('particularsIntro')}</p><div class="cards">${asking.map(line)}</div>`,
    ...more,
  })
}

interface One {
  readonly agency: string
  readonly procedure: string
  readonly schema: JsonSchema
  readonly rearranged?: ReturnType<typeof rearrangedBy>
}

function showOne(desk: Desk, adapters: Adapters, looked: Looked, of: One, more: Shown = {}): Promise<Response> {
  const { language } = desk
  const { agency, procedure, schema, rearranged } = of
  const { draft, check } = looked
  const at = `/particulars/${agency}/${procedure}`
  const naming = ownNaming(language)
  const guessed = new Map(draft.guesses.map((guess) => [guess.pointer, guess]))
  const errors = check.errors.filter(({ pointer }) => `${pointer}/`.startsWith(`${at}/`))
  const fields = schemaFields({
    schema,
    value: read(draft.document, at),
    errors: errors.map((found) => ({ ...askedFor(found), pointer: found.pointer.slice(at.length) })),
    agencies: agencyNames(adapters, errors),
    language,
    prefix: at,
    naming: (pointer, field) => {
      const named = naming(pointer, field)
      const guess = guessed.get(at + pointer)
      return guess === undefined || named === undefined
        ? named
        : { ...named, help: `${named.help ?? ''} ⚑ ${sourceOf(desk, guess)}` }
    },
    rearranged,
  })
  const names = [adapters[agency]?.name, findProcedure(adapters, agency, procedure)?.name]
  const heading = names.map((name) => (name === undefined ? '' : say(language, name))).join(' · ')
  const { rearranged: _, ...sheet } = more
  return showSheet(desk, looked, {
    place: at.slice(1),
    heading,
    next: 'particulars',
    content: html`${requiredNote(language)}${fields}`,
    ...sheet,
  })
}
