import type { Context, Hono } from 'hono'
import type { DeclarationDraftAnswer, DeclarationDraftCheck } from '../../../schemas/declaration-draft.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Adapters } from '../../filing/plan.ts'
import type { Env } from '../../services.ts'
import { type Desk as AnyDesk, openDesk, type Refused } from '../desk.ts'
import type { Tree } from './document.ts'
import { draftingWords } from './words.ts'

/** What a page of drafts is made with. */
export type Desk = AnyDesk<keyof typeof draftingWords>
export const deskOf = (app: Hono<Env>, context: Context<Env>, at: 'drafts' | 'newDraft' = 'drafts'): Desk =>
  openDesk(app, context, at, draftingWords)

export type Draft = DeclarationDraftAnswer
export type Check = DeclarationDraftCheck

/** What a draft says beside its document. */
export interface Beside {
  readonly reason?: string | undefined
  readonly particulars?: Draft['particulars']
  readonly purpose?: 'correction' | 'amendment'
  readonly basedOn?: number
}

/** A draft with what its dry run says. */
export interface Looked {
  readonly draft: Draft
  readonly check: Check
}

export const draftApi = (id: string): string => `/v1/declaration-drafts/${encodeURIComponent(id)}`
export const draftPath = (id: string, place: string): string => `/drafts/${encodeURIComponent(id)}/${place}`

/** A draft with its check; both are asked for at once. */
export async function lookAt(desk: Desk, id: string): Promise<Looked | Response> {
  const [draft, check] = await Promise.all([
    desk.api.get<Draft>(draftApi(id)),
    desk.api.get<Check>(`${draftApi(id)}/check`),
  ])
  if (!draft.ok) return turnAway(desk, draft)
  if (!check.ok) return turnAway(desk, check)
  return { draft: draft.body, check: check.body }
}

/** Who comes too late for a draft is shown what became of it. */
export function turnAway(desk: Desk, refused: Refused): Promise<Response> | Response {
  const declaration = /^\/v1(\/declarations\/\w+)$/.exec(refused.headers.get('location') ?? '')?.[1]
  if (refused.problem.code === 'draft-handed-in' && declaration !== undefined)
    return desk.context.redirect(declaration, 303)
  return desk.refuse(refused)
}

/** Puts a document into a draft, as it was seen. */
export const putDraft = (
  { api }: Desk,
  draft: Draft,
  revision: number,
  next: { readonly document: Tree; readonly guesses: Draft['guesses'] } & Beside,
) =>
  api.send<Draft>(
    'PUT',
    draftApi(draft.id),
    {
      ...(draft.title === undefined ? {} : { title: draft.title }),
      ...(draft.reason === undefined ? {} : { reason: draft.reason }),
      ...(draft.particulars === undefined ? {} : { particulars: draft.particulars }),
      ...next,
    },
    { 'if-match': `"${draft.id}.${revision}"` },
  )

/** What agencies are called, and several of them together. */
export function agencyNames(adapters: Adapters, errors: Check['errors']): { readonly [id: string]: Text } {
  const names = Object.entries(adapters).map(([id, { name }]) => [id, name] as const)
  const of = (id: string) => adapters[id]?.name ?? { en: id, zh: id }
  const several = errors.flatMap(({ askedBy = [] }) =>
    askedBy.length < 2
      ? []
      : [
          [
            askedBy.join(' '),
            { en: askedBy.map((id) => of(id).en).join(', '), zh: askedBy.map((id) => of(id).zh).join('、') },
          ] as const,
        ],
  )
  return Object.fromEntries([...names, ...several])
}

/** An issue with the agencies that ask for its field as the one that asks. */
export function askedFor({ askedBy = [], agency, ...found }: Check['errors'][number]) {
  const asking = agency ?? (askedBy.length === 0 ? undefined : askedBy.join(' '))
  return { ...found, ...(asking === undefined ? {} : { agency: asking }) }
}
