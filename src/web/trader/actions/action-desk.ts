import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Text } from '../../../../schemas/text.ts'
import { differences } from '../../../filing/difference.ts'
import { type Adapters, findAdapter, findProcedure } from '../../../filing/plan.ts'
import type { Env } from '../../../services.ts'
import { readStrictJson } from '../../../strict-json.ts'
import type { Answered } from '../../api.ts'
import { type Desk, openDesk, type Refused } from '../../desk.ts'
import type { Html } from '../../layout.ts'
import { scrolling } from '../../pieces.ts'
import { type JsonSchema, ownNaming, placeName, type Told } from '../../schema-form/index.ts'
import type { DeclarationShown, FilingShown } from '../head.ts'
import { type ActionWord, actionWords } from './words.ts'

/** What a page is made with on which something is done with a declaration. */
export type ActionDesk = Desk<ActionWord>
export const openActionDesk = (app: Hono<Env>, context: Context<Env>): ActionDesk =>
  openDesk(app, context, 'board', actionWords)

/** A filing with what was brought for it. */
export type FilingRead = FilingShown & { readonly particulars?: unknown }

/** Where the interface has a declaration, or a filing of it, whatever a path holds. */
export const declarationPath = (id: string): string => `/v1/declarations/${encodeURIComponent(id)}`
export const filingPath = (id: string, filingId: string): string =>
  `${declarationPath(id)}/filings/${encodeURIComponent(filingId)}`

/** What particulars of a procedure look like. */
export const readSchema = ({ api }: Pick<ActionDesk, 'api'>, agency: string, procedure: string) =>
  api.get<JsonSchema>(
    `/v1/agencies/${encodeURIComponent(agency)}/procedures/${encodeURIComponent(procedure)}/particulars`,
  )

/** The first refusal among answers that are all needed. */
export const refusedOf = (answers: readonly Answered<unknown>[]): Refused | undefined =>
  answers.find((answer): answer is Refused => !answer.ok)

/** Names of agencies, for whoever is named in an error. */
export const agencyNames = (adapters: Adapters): { readonly [id: string]: Text } =>
  Object.fromEntries(Object.entries(adapters).map(([id, { name }]) => [id, name]))

/** A filing in two words: whose it is, what it is. */
export const filingName = (adapters: Adapters, desk: Pick<ActionDesk, 'language'>, agency: string, procedure: string) =>
  `${findAdapter(adapters, agency)?.name[desk.language] ?? agency} · ${procedureName(adapters, desk, agency, procedure)}`

export const procedureName = (
  adapters: Adapters,
  { language }: Pick<ActionDesk, 'language'>,
  agency: string,
  procedure: string,
): string => findProcedure(adapters, agency, procedure)?.name[language] ?? procedure

/** Where particulars of a procedure stand in what the interface says is wrong. */
export const particularsAt = (agency: string, procedure: string): string => `/particulars/${agency}/${procedure}`

/** Errors with pointers from a place on; those elsewhere keep theirs. */
export const errorsWithin = <T extends Told>(errors: readonly T[] | undefined, base: string): T[] =>
  (errors ?? []).map((one) =>
    one.pointer === base || one.pointer.startsWith(`${base}/`)
      ? { ...one, pointer: one.pointer.slice(base.length) }
      : one,
  )

/** The way back, and the title of what is done. */
export const actionHead = (declaration: DeclarationShown, title: string, about?: string): Html =>
  html`<p class="crumbs on-screen"><a href="/declarations/${declaration.id}">${declaration.functionalReferenceId}</a> › ${about === undefined ? title : about}</p>
<h1>${title}</h1>`

/** JSON that came along in a form; nothing where it is none. */
export function jsonIn(form: URLSearchParams, name: string): unknown {
  const text = form.get(name) ?? ''
  if (text === '') return undefined
  const read = readStrictJson(text)
  return read.issues === undefined ? read.value : undefined
}

/** What somebody else changed meanwhile, beside what the visitor wrote. */
export function staleBox(
  { t, language }: ActionDesk,
  { schema, was, is, mine, standing }: { schema: JsonSchema; was: unknown; is: unknown; mine: unknown; standing: Html },
): Html {
  const naming = ownNaming(language)
  const changed = differences(was ?? {}, is ?? {})
  const written = new Map(differences(is ?? {}, mine ?? {}).map(({ pointer, after }) => [pointer, after]))
  return html`<section class="problem" role="alert"><h2>${t('stale')}</h2><p>${t('staleWhy')}</p><p>${t('staleStatus')}: ${standing}</p>${
    changed.length === 0
      ? ''
      : scrolling(
          t('stale'),
          html`<table><thead><tr><th scope="col">${t('place')}</th><th scope="col">${t('youSaw')}</th><th scope="col">${t('nowThere')}</th><th scope="col">${t('yours')}</th></tr></thead>
<tbody>${changed.map(({ pointer, before, after }) => html`<tr><th scope="row">${placeName(schema, naming, pointer)}</th><td>${shown(before)}</td><td>${shown(after)}</td><td>${shown(written.has(pointer) ? written.get(pointer) : after)}</td></tr>`)}</tbody></table>`,
        )
  }</section>`
}

/** A value of a field as text. */
export const shown = (value: unknown): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
