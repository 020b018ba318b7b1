import { isDeepStrictEqual } from 'node:util'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Declaration } from '../../../../schemas/declaration/index.ts'
import type { Adapters } from '../../../filing/plan.ts'
import type { Env } from '../../../services.ts'
import { problemOver, type Refused } from '../../desk.ts'
import { readForm, unseen } from '../../form.ts'
import type { Html } from '../../layout.ts'
import {
  type JsonSchema,
  ownNaming,
  type Rearranged,
  readSchemaForm,
  rearrangedBy,
  requiredNote,
  schemaFields,
  type Told,
} from '../../schema-form/index.ts'
import type { DeclarationShown } from '../head.ts'
import { statusMark } from '../marks.ts'
import {
  type ActionDesk,
  actionHead,
  agencyNames,
  declarationPath,
  errorsWithin,
  type FilingRead,
  filingPath,
  jsonIn,
  openActionDesk,
  particularsAt,
  readSchema,
  refusedOf,
  staleBox,
} from './action-desk.ts'

/** Names of fields begin with this. */
const prefix = 'particulars'
const path = '/declarations/:id/filings/:filingId/particulars'

/** What the form is about. */
interface Subject {
  readonly declaration: DeclarationShown
  readonly filing: FilingRead
  readonly document: Declaration | undefined
  readonly schema: JsonSchema
}
/** What stands in the form, and around it. */
interface Filled {
  readonly value: unknown
  /** What the visitor saw when they began, and its tag. */
  readonly was: unknown
  readonly etag: string
  readonly errors?: readonly Told[] | undefined
  readonly over?: Html
  readonly status?: number
  readonly sent?: URLSearchParams
  readonly rearranged?: Rearranged | undefined
}

/** Bringing what only one procedure asks for 补充特有数据, until its filing is sent. */
export function particularsPages(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get(path, async (context) => {
    const desk = openActionDesk(app, context)
    const subject = await readSubject(desk, context.req.param('id'), context.req.param('filingId'))
    if ('refused' in subject) return desk.refuse(subject.refused)
    const value = particularsOf(subject)
    return show(desk, adapters, subject, { value, was: value, etag: subject.filing.etag, errors: subject.filing.needs })
  })

  pages.post(path, async (context) => {
    const desk = openActionDesk(app, context)
    const { id, filingId } = context.req.param()
    const form = await readForm(context)
    const subject = await readSubject(desk, id, filingId)
    if ('refused' in subject) return desk.refuse(subject.refused)
    const value = readSchemaForm(form, subject.schema, prefix)
    const rearranged = rearrangedBy(form, prefix)
    const [was, etag] = [jsonIn(form, 'was'), form.get('etag') ?? '']
    const filled = { value, was, etag, sent: form }
    if (rearranged !== undefined || context.req.query('lang') !== undefined)
      return show(desk, adapters, subject, { ...filled, rearranged })
    const answer = await desk.api.send('PUT', `${filingPath(id, filingId)}/particulars`, value, { 'if-match': etag })
    // Sent twice: what stands there is this already.
    const isDone = answer.status === 412 && isDeepStrictEqual(subject.filing.particulars, value)
    if (answer.ok || isDone) return context.redirect(`/declarations/${id}/filings/${filingId}`, 303)
    if (answer.status === 412) return show(desk, adapters, subject, stale(desk, subject, filled))
    const { errors } = answer.problem
    return show(desk, adapters, subject, {
      ...filled,
      errors,
      status: answer.status,
      over: answer.problem.code === 'particulars-invalid' ? html`` : problemOver(desk, answer),
    })
  })
}

async function readSubject(desk: ActionDesk, id: string, filingId: string): Promise<Subject | { refused: Refused }> {
  const [declaration, filing, document] = await Promise.all([
    desk.api.get<DeclarationShown>(declarationPath(id)),
    desk.api.get<FilingRead>(filingPath(id, filingId)),
    desk.api.get<Declaration>(`${declarationPath(id)}/document`),
  ])
  if (!declaration.ok) return { refused: declaration }
  if (!filing.ok) return { refused: filing }
  const schema = await readSchema(desk, filing.body.agency, filing.body.procedure)
  const refused = refusedOf([schema])
  if (!schema.ok) return { refused: refused ?? schema }
  return {
    declaration: declaration.body,
    filing: filing.body,
    document: document.ok ? document.body : undefined,
    schema: schema.body,
  }
}

/** What was brought for the filing, else what the declaration carries for it. */
const particularsOf = ({ filing, document }: Subject): unknown =>
  filing.particulars ?? document?.particulars?.[filing.agency]?.[filing.procedure]

/** It changed meanwhile: what the visitor wrote stays, against what stands there now. */
function stale(desk: ActionDesk, subject: Subject, filled: Filled): Filled {
  const { filing, schema } = subject
  const is = particularsOf(subject)
  const standing = statusMark(desk.language, filing.status)
  const over = staleBox(desk, { schema, was: filled.was, is, mine: filled.value, standing })
  return { ...filled, was: is, etag: filing.etag, over, status: 412 }
}

function show(desk: ActionDesk, adapters: Adapters, subject: Subject, filled: Filled): Promise<Response> {
  const { language, t } = desk
  const { declaration, filing, schema } = subject
  const here = `/declarations/${declaration.id}/filings/${filing.id}`
  const name = `${filing.agencyName[language]} · ${filing.procedureName[language]}`
  const errors = errorsWithin(filled.errors, particularsAt(filing.agency, filing.procedure))
  const isElsewhere = (filled.errors ?? []).some(({ pointer }) => !pointer.startsWith('/particulars/'))
  const { sent, status } = filled
  return desk.show(
    {
      title: `${t('particulars')} · ${name}`,
      scripts: ['code-search.js'],
      here: `${here}/particulars`,
      ...(sent === undefined ? {} : { sent }),
      ...(status === undefined ? {} : { status }),
    },
    html`${actionHead(declaration, name, t('particulars'))}<p>${t('particularsWhy')}</p>
${filled.over ?? ''}${isElsewhere ? html`<p class="notice">${t('declarationWrong')} <a href="/declarations/${declaration.id}">${declaration.functionalReferenceId}</a></p>` : ''}
<form method="post" action="${here}/particulars" class="entry">${unseen('etag', filled.etag)}${unseen('was', filled.was === undefined ? '' : JSON.stringify(filled.was))}
${schemaFields({
  schema,
  value: filled.value,
  errors,
  agencies: agencyNames(adapters),
  language,
  prefix,
  naming: ownNaming(language),
  isListed: true,
  rearranged: filled.rearranged,
})}${requiredNote(language)}
<div class="actions"><button type="submit">${t('save')}</button> <a href="${here}">${t('back')}</a></div></form>`,
  )
}
