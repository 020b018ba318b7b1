import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { type Issue, issue } from '../../../../schemas/issue.ts'
import type { Adapters } from '../../../filing/plan.ts'
import { limits } from '../../../limits.ts'
import type { Env } from '../../../services.ts'
import { problemOver } from '../../desk.ts'
import { areaField, given, readForm, unseen } from '../../form.ts'
import type { Html } from '../../layout.ts'
import {
  type JsonSchema,
  ownNaming,
  type Rearranged,
  readSchemaForm,
  rearrangedBy,
  requiredNote,
  schemaFields,
} from '../../schema-form/index.ts'
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
  readSchema,
} from './action-desk.ts'
import { actionWords } from './words.ts'

const prefix = 'particulars'
const path = '/declarations/:id/filings/new'
type Offer = NonNullable<DeclarationShown['offers']>[number]

interface Filled {
  readonly key: string
  readonly value: unknown
  readonly covers: string
  readonly errors?: readonly Issue[] | undefined
  readonly over?: Html
  readonly status?: number
  readonly sent?: URLSearchParams
  readonly rearranged?: Rearranged | undefined
}

/** Filing something beyond the plan 申请办理: a refund, a payment, a certificate; chosen first, then filled in. */
export function addFilingPages(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get(path, async (context) => {
    const desk = openActionDesk(app, context)
    const read = await desk.api.get<DeclarationShown>(declarationPath(context.req.param('id')))
    if (!read.ok) return desk.refuse(read)
    const { agency, procedure } = context.req.query()
    const offer = offered(read.body, agency, procedure)
    if (offer === undefined) return choose(desk, adapters, read.body)
    const schema = await readSchema(desk, offer.agency, offer.procedure)
    if (!schema.ok) return desk.refuse(schema)
    return fillIn(desk, adapters, read.body, offer, schema.body, { key: randomUUID(), value: undefined, covers: '' })
  })

  pages.post(path, async (context) => {
    const desk = openActionDesk(app, context)
    const form = await readForm(context)
    const read = await desk.api.get<DeclarationShown>(declarationPath(context.req.param('id')))
    if (!read.ok) return desk.refuse(read)
    const offer = offered(read.body, form.get('agency') ?? '', form.get('procedure') ?? '')
    if (offer === undefined) return choose(desk, adapters, read.body)
    const schema = await readSchema(desk, offer.agency, offer.procedure)
    if (!schema.ok) return desk.refuse(schema)
    const value = readSchemaForm(form, schema.body, prefix)
    const filled: Filled = { key: form.get('key') ?? '', value, covers: given(form, 'covers'), sent: form }
    const again = (more: Partial<Filled>) =>
      fillIn(desk, adapters, read.body, offer, schema.body, { ...filled, ...more })
    const rearranged = rearrangedBy(form, prefix)
    if (rearranged !== undefined || context.req.query('lang') !== undefined) return again({ rearranged })
    const covers = await idsOf(desk, filled.covers)
    if (covers.errors.length > 0) return again({ errors: covers.errors, status: 422 })
    const { agency, procedure } = offer
    const body = {
      agency,
      procedure,
      ...(isBlank(value) ? {} : { particulars: value }),
      ...(covers.ids.length === 0 ? {} : { covers: covers.ids }),
    }
    const headers = { 'idempotency-key': filled.key }
    const answer = await desk.api.send<{ id: string }>(
      'POST',
      `${declarationPath(read.body.id)}/filings`,
      body,
      headers,
    )
    if (answer.ok) return context.redirect(`/declarations/${read.body.id}/filings/${answer.body.id}`, 303)
    const { code, errors } = answer.problem
    const over = code === 'particulars-invalid' ? html`` : problemOver(desk, answer)
    return again({ errors: code === 'particulars-invalid' ? errors : [], over, status: answer.status })
  })
}

const offered = ({ offers = [] }: DeclarationShown, agency: string | undefined, procedure: string | undefined) =>
  offers.find((one) => one.agency === agency && one.procedure === procedure)

/** Nothing was filled in: it is asked for when the filing stands. */
const isBlank = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.values(value).every(isBlank))

/** The declarations that own numbers name. */
async function idsOf(desk: ActionDesk, text: string): Promise<{ ids: string[]; errors: Issue[] }> {
  const numbers = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
  const found = await Promise.all(
    numbers.slice(0, limits.coversTyped).map(async (number) => {
      const query = new URLSearchParams({ functionalReferenceId: number.slice(0, 36), limit: '1' })
      const read = await desk.api.get<{ data: { id: string }[] }>(`/v1/declarations?${query.toString()}`)
      return [number, read.ok ? read.body.data[0]?.id : undefined] as const
    }),
  )
  const { en, zh } = actionWords.notFound
  return {
    ids: found.flatMap(([, id]) => id ?? []),
    errors: found.flatMap(([number, id]) =>
      id === undefined ? [issue('/covers', 'not-found', { en: `${en}: ${number}`, zh: `${zh}：${number}` })] : [],
    ),
  }
}

function choose(desk: ActionDesk, adapters: Adapters, declaration: DeclarationShown): Promise<Response> {
  const { language, t } = desk
  const { id, offers = [] } = declaration
  return desk.show(
    { title: `${t('add')} · ${declaration.functionalReferenceId}`, here: `/declarations/${id}/filings/new` },
    html`${actionHead(declaration, t('add'))}${
      offers.length === 0
        ? html`<p class="notice">${t('addNothing')}</p><p><a href="/declarations/${id}">${t('back')}</a></p>`
        : html`<p>${t('addWhy')}</p><div class="cards">${offers.map(
            ({ agency, procedure, because }) =>
              html`<article><h2>${filingName(adapters, desk, agency, procedure)}</h2><p>${because[language]}</p><p><a role="button" class="secondary" href="/declarations/${id}/filings/new?${new URLSearchParams({ agency, procedure }).toString()}">${t('choose')}<span class="unseen"> ${filingName(adapters, desk, agency, procedure)}</span></a></p></article>`,
          )}</div>`
    }`,
  )
}

function fillIn(
  desk: ActionDesk,
  adapters: Adapters,
  declaration: DeclarationShown,
  offer: Offer,
  schema: JsonSchema,
  filled: Filled,
): Promise<Response> {
  const { language, t } = desk
  const { agency, procedure, because, several } = offer
  const here = `/declarations/${declaration.id}/filings/new`
  const name = filingName(adapters, desk, agency, procedure)
  const { sent, status, errors = [] } = filled
  const covering = errors
    .filter(({ pointer }) => pointer === '/covers')
    .map((one) => (language === 'zh' ? one.detailZh : one.detail))
  return desk.show(
    {
      title: `${name} · ${declaration.functionalReferenceId}`,
      scripts: ['code-search.js'],
      here: `${here}?${new URLSearchParams({ agency, procedure }).toString()}`,
      ...(sent === undefined ? {} : { sent }),
      ...(status === undefined ? {} : { status }),
    },
    html`${actionHead(declaration, name, t('add'))}<p>${because[language]}</p><p>${t('addLater')}</p>${filled.over ?? ''}
<form method="post" action="${here}" class="entry">${unseen('key', filled.key)}${unseen('agency', agency)}${unseen('procedure', procedure)}
${schemaFields({
  schema,
  value: filled.value,
  errors: errorsWithin(errors, particularsAt(agency, procedure)).filter(({ pointer }) => pointer !== '/covers'),
  agencies: agencyNames(adapters),
  language,
  prefix,
  naming: ownNaming(language),
  isListed: true,
  rearranged: filled.rearranged,
})}
${several ? areaField({ name: 'covers', label: t('covers'), help: t('coversWhy'), value: filled.covers, errors: covering }) : ''}${requiredNote(language)}
<div class="actions"><button type="submit">${t('ask')}</button> <a href="${here}">${t('back')}</a></div></form>`,
  )
}
