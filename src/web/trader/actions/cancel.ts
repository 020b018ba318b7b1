import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Issue } from '../../../../schemas/issue.ts'
import type { Adapters } from '../../../filing/plan.ts'
import type { Env } from '../../../services.ts'
import { problemOver } from '../../desk.ts'
import { lineField, readForm, unseen, wrongAt } from '../../form.ts'
import type { Html } from '../../layout.ts'
import {
  ownNaming,
  type Rearranged,
  readSchemaForm,
  rearrangedBy,
  requiredNote,
  schemaFields,
} from '../../schema-form/index.ts'
import { colon } from '../../words.ts'
import type { DeclarationShown } from '../head.ts'
import {
  type ActionDesk,
  actionHead,
  agencyNames,
  declarationPath,
  errorsWithin,
  filingName,
  openActionDesk,
  particularsAt,
  procedureName,
} from './action-desk.ts'
import { type Asking, ask, look, particularsIn, prefixOf, readSchemas, type Subject, seenOf } from './cancel-ask.ts'

const path = '/declarations/:id/cancel'

interface Filled {
  readonly key: string
  readonly reason: string
  readonly values: ReadonlyMap<string, unknown>
  readonly errors?: readonly Issue[] | undefined
  readonly over?: Html | undefined
  readonly status?: number | undefined
  readonly sent?: URLSearchParams
  readonly rearranged?: { readonly prefix: string; readonly by: Rearranged } | undefined
}

/** Cancelling a declaration with every agency that holds a filing 撤销申报: what follows is seen before it is done. */
export function cancelPages(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get(path, async (context) => {
    const desk = openActionDesk(app, context)
    const read = await desk.api.get<DeclarationShown>(declarationPath(context.req.param('id')))
    return read.ok ? begin(desk, read.body, { reason: '' }) : desk.refuse(read)
  })

  pages.post(path, async (context) => {
    const desk = openActionDesk(app, context)
    const id = context.req.param('id')
    const form = await readForm(context)
    const reason = (form.get('reason') ?? '').trim()
    const key = form.get('key') ?? randomUUID()
    const asks = (form.get('asks') ?? '').split(' ').map((one) => one.split('/'))
    const schemas = await readSchemas(
      desk,
      asks.map(([agency = '', procedure = '']) => ({ agency, procedure })),
    )
    const values = new Map(schemas.map((one) => [prefixOf(one), readSchemaForm(form, one.schema, prefixOf(one))]))
    const filled: Filled = { key, reason, values, sent: form }
    const [rearranged] = schemas.map(prefixOf).flatMap((prefix) => {
      const by = rearrangedBy(form, prefix)
      return by === undefined ? [] : [{ prefix, by }]
    })
    const isAsked = form.get('step') === 'ask' && rearranged === undefined && context.req.query('lang') === undefined
    if (!isAsked) return show(desk, adapters, id, { ...filled, rearranged })
    const wanted = { key, reason, seen: form.get('seen') ?? '', particulars: particularsIn(schemas, values) }
    const answer = await ask(desk, id, wanted)
    if (answer?.ok === true) return context.redirect(`/declarations/${id}/changes/${answer.body.id ?? ''}`, 303)
    if (answer === undefined || answer.status === 412)
      return show(desk, adapters, id, {
        ...filled,
        over: html`<section class="problem" role="alert"><p>${desk.t('cancelStale')}</p></section>`,
        status: 412,
      })
    const over = problemOver(desk, {
      ...answer,
      problem: { ...answer.problem, errors: elsewhere(answer.problem.errors, schemas) },
    })
    return show(desk, adapters, id, { ...filled, errors: answer.problem.errors, over, status: answer.status })
  })
}

/** What is wrong with anything but the particulars: those are told at their fields. */
const elsewhere = (errors: readonly Issue[] = [], schemas: readonly Asking[]): readonly Issue[] =>
  errors.filter(
    ({ pointer }) =>
      !schemas.some(({ agency, procedure }) => `${pointer}/`.startsWith(`${particularsAt(agency, procedure)}/`)),
  )

/** The first step: why. Nothing is asked of anybody yet. */
function begin(
  desk: ActionDesk,
  declaration: DeclarationShown,
  {
    reason,
    errors = [],
    over,
    status,
  }: { reason: string; errors?: readonly Issue[] | undefined; over?: Html; status?: number },
): Promise<Response> {
  const { t } = desk
  const here = `/declarations/${declaration.id}/cancel`
  return desk.show(
    {
      title: `${t('cancel')} · ${declaration.functionalReferenceId}`,
      here,
      ...(status === undefined ? {} : { status }),
    },
    html`${actionHead(declaration, t('cancel'))}<p>${t('cancelWhy')}</p>${over ?? ''}
<form method="post" action="${here}" class="entry">${reasonField(desk, reason, errors)}
<div class="actions"><button type="submit">${t('cancelLook')}</button> <a href="/declarations/${declaration.id}">${t('back')}</a></div></form>`,
  )
}

const reasonField = ({ language, t }: ActionDesk, value: string, errors: readonly Issue[]): Html =>
  html`<div class="narrow">${lineField({ name: 'reason', label: t('reason'), help: t('reasonHelp'), value, max: 255, required: true, errors: wrongAt(errors, '/reason', language) })}</div>`

/** The second step: what would follow, what each agency may ask, and the button that does it. */
async function show(desk: ActionDesk, adapters: Adapters, id: string, filled: Filled): Promise<Response> {
  const { t } = desk
  const looked = await look(desk, id, filled.reason)
  const { over, errors = [], sent, status } = filled
  if ('problem' in looked) {
    const read = await desk.api.get<DeclarationShown>(declarationPath(id))
    if (!read.ok) return desk.refuse(read)
    const said = looked.problem.code === 'body-invalid' ? html`` : (over ?? problemOver(desk, looked))
    const { errors } = looked.problem
    return begin(desk, read.body, { reason: filled.reason, errors, over: said, status: status ?? looked.status })
  }
  const { declaration, reach } = looked
  const schemas = await readSchemas(desk, reach.filings)
  const subject = { declaration, reach, schemas }
  const here = `/declarations/${declaration.id}/cancel`
  return desk.show(
    {
      title: `${t('cancel')} · ${declaration.functionalReferenceId}`,
      scripts: ['code-search.js'],
      here,
      ...(sent === undefined ? {} : { sent }),
      ...(status === undefined ? {} : { status }),
    },
    html`${actionHead(declaration, t('cancel'))}<p>${t('cancelWhy')}</p>${over ?? ''}${reachBox(desk, adapters, subject)}
<form method="post" action="${here}" class="entry">${unseen('key', filled.key)}${unseen('seen', seenOf(reach))}<button type="submit" class="unseen" tabindex="-1" aria-hidden="true"></button>
${reasonField(desk, filled.reason, errors)}${unseen('asks', schemas.map(({ agency, procedure }) => `${agency}/${procedure}`).join(' '))}
${schemas.map((one) => particularsBox(desk, adapters, one, filled))}${requiredNote(desk.language)}
<div class="actions"><button type="submit" name="step" value="ask" class="danger">${t('cancelNow')}</button> <a href="/declarations/${declaration.id}">${t('back')}</a></div></form>`,
  )
}

/** Whom it concerns, and whom not, with the reason. */
function reachBox(desk: ActionDesk, adapters: Adapters, { declaration, reach }: Subject): Html {
  const { language, t } = desk
  const [asked, left] = [reach.filings, reach.unaffected]
  const concerned = (changes: string | undefined) => declaration.filings.find(({ id }) => id === changes)
  return html`<section aria-labelledby="whom"><h2 id="whom">${t('whom')}</h2>${
    asked.length === 0
      ? html`<p class="notice">${t('nobody')}</p>`
      : html`<ul>${asked.map(({ agency, procedure, changes }) => {
          const filing = concerned(changes)
          return html`<li>${filing === undefined ? filingName(adapters, desk, agency, procedure) : html`${filing.agencyName[language]} · ${filing.procedureName[language]} <small>→ ${procedureName(adapters, desk, agency, procedure)}</small>`}</li>`
        })}</ul>`
  }${
    left.length === 0
      ? ''
      : html`<h3>${t('notWhom')}</h3><ul>${left.map(({ agency, procedure, because }) => html`<li>${filingName(adapters, desk, agency, procedure)}${colon(language)}${because[language]}</li>`)}</ul>`
  }</section>`
}

function particularsBox(desk: ActionDesk, adapters: Adapters, one: Asking, filled: Filled): Html {
  const { language } = desk
  const prefix = prefixOf(one)
  const errors = errorsWithin(filled.errors, particularsAt(one.agency, one.procedure))
  const own = errors.filter((error, at) => error !== filled.errors?.[at])
  return html`<fieldset class="group"><legend>${filingName(adapters, desk, one.agency, one.procedure)}</legend>
${schemaFields({
  schema: one.schema,
  value: filled.values.get(prefix),
  errors: own,
  agencies: agencyNames(adapters),
  language,
  prefix,
  naming: ownNaming(language),
  rearranged: filled.rearranged?.prefix === prefix ? filled.rearranged.by : undefined,
})}</fieldset>`
}
