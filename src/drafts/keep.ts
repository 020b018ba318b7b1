import type { DraftGuess } from '../../schemas/declaration-draft.ts'
import { type Client, type Database, type Queryable, transaction } from '../db/database.ts'
import {
  type DraftBasis,
  type DraftFacts,
  type DraftTexts,
  type KeptDraft,
  keepDeclarationDraft,
  outcomeOfDraft,
  readDeclarationDraft,
  removeDeclarationDraft,
  replaceDeclarationDraft,
} from '../db/declaration-drafts.ts'
import { newId } from '../db/ids.ts'
import { etagOf } from '../filing/present.ts'
import type { Precondition } from '../filing/revise.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { beginFrom, type DraftOrigin } from './begin.ts'
import { openGuesses } from './guesses.ts'

type Tree = { readonly [key: string]: unknown }

/** What somebody says of a draft. */
export interface DraftContent {
  readonly title?: string | undefined
  readonly document?: Tree | undefined
  readonly guesses?: readonly DraftGuess[] | undefined
  readonly reason?: string | undefined
  /** Of the amendment itself, by agency and procedure. */
  readonly particulars?: Tree | undefined
}

/** Whose draft, and the name of the key it is written with. */
export interface Writer {
  readonly tenant: string
  readonly by: string
}

/**
 * Begins a draft 新建草稿 in a transaction of the caller's: empty, with what is known, or from another declaration.
 * @throws {Problem} limit-reached, body-too-large; not-found where the declaration it is begun from is none of the firm's
 */
export async function createDraft(
  client: Client,
  { tenant, by, from, ...given }: Writer & DraftContent & { readonly from?: DraftOrigin | undefined },
  at: Date,
): Promise<KeptDraft> {
  const begun = from === undefined ? undefined : await beginFrom(client, tenant, from)
  const content = { ...given, document: given.document ?? begun?.document, guesses: given.guesses ?? begun?.guesses }
  const id = newId(at.getTime())
  const draft = { id, updatedBy: by, basis: begun?.basis, ...textsOf(content) }
  if (!(await keepDeclarationDraft(client, tenant, draft, limits.declarationDrafts, at)))
    throw new Problem('limit-reached', {
      detail: {
        en: `A firm keeps at most ${limits.declarationDrafts} drafts: hand some in, or discard them`,
        zh: `每家企业最多保存 ${limits.declarationDrafts} 份草稿，请先提交或删除部分草稿`,
      },
    })
  return findDraft(client, { id, tenant })
}

/** What is put in a draft's place. */
export interface Replacement extends DraftContent {
  readonly purpose?: DraftBasis['purpose'] | undefined
  readonly basedOn?: number | undefined
}

/**
 * Puts other contents into a draft. Guesses it says nothing of stay, unless their field was changed.
 * @throws {Problem} not-found, draft-handed-in, if-match-stale, body-too-large
 */
export async function replaceDraft(
  database: Database,
  target: { readonly id: string } & Writer,
  content: Replacement,
  precondition: Precondition,
  at: Date,
): Promise<KeptDraft> {
  await transaction(database.pool, async (client) => {
    const before = await findDraft(client, target, true)
    precondition(before.revision)
    const { basis } = before
    const { purpose = basis?.purpose, basedOn = basis?.version } = content
    const texts = textsOf({ ...content, guesses: content.guesses ?? (JSON.parse(before.guesses) as DraftGuess[]) })
    const next = {
      id: target.id,
      updatedBy: target.by,
      ...texts,
      basis:
        basis && purpose && basedOn
          ? { ...basis, purpose, version: Math.min(basedOn, before.current ?? basedOn) }
          : basis,
    }
    await replaceDeclarationDraft(client, next, at)
  })
  return findDraft(database.pool, target)
}

/** Throws a draft away. @throws {Problem} not-found, draft-handed-in, if-match-stale */
export async function discardDraft(
  database: Database,
  target: { readonly id: string; readonly tenant: string },
  precondition: Precondition,
): Promise<void> {
  await transaction(database.pool, async (client) => {
    const { revision } = await findDraft(client, target, true)
    precondition(revision)
    await removeDeclarationDraft(client, target.id)
  })
}

/** A firm's own draft. @throws {Problem} not-found, also for somebody else's; draft-handed-in, with where its declaration is */
export async function findDraft(
  client: Queryable,
  target: { readonly id: string; readonly tenant: string },
  held = false,
): Promise<KeptDraft> {
  const draft = await readDeclarationDraft(client, target, held)
  if (draft !== undefined) return draft
  const declarationId = await outcomeOfDraft(client, target)
  if (declarationId === undefined) throw new Problem('not-found')
  throw new Problem('draft-handed-in', {
    headers: { Location: `/v1/declarations/${declarationId}` },
    detail: {
      en: `This draft was handed in: see declaration ${declarationId}`,
      zh: `该草稿已提交申报，见申报单 ${declarationId}`,
    },
  })
}

export const draftEtag = ({ id, revision }: Pick<KeptDraft, 'id' | 'revision'>): string => etagOf(id, revision)

/** A draft's texts, with what lists show of it. @throws {Problem} body-too-large */
function textsOf({ title, document = {}, guesses = [], reason, particulars }: DraftContent): DraftTexts {
  const open = openGuesses(document, guesses)
  const texts = {
    title: title ?? null,
    document: JSON.stringify(document),
    guesses: JSON.stringify(open),
    particulars: particulars === undefined ? null : JSON.stringify(particulars),
    reason: reason ?? null,
  }
  const size = texts.document.length + texts.guesses.length + (texts.particulars?.length ?? 0)
  if (size > limits.declarationDraftCharacters)
    throw new Problem('body-too-large', {
      detail: {
        en: `A draft holds at most ${limits.declarationDraftCharacters} characters; this one has ${size}`,
        zh: `草稿最多 ${limits.declarationDraftCharacters} 个字符，当前为 ${size} 个`,
      },
    })
  return { ...texts, ...factsOf(document), guessCount: open.length }
}

/** Of a document that may be anything: what is shown of it is what it should be, or nothing. */
function factsOf(document: Tree): Omit<DraftFacts, 'guessCount'> {
  const { functionalReferenceId: number, direction, goodsShipment } = document
  const items =
    typeof goodsShipment === 'object' && goodsShipment !== null ? (goodsShipment as Tree)['items'] : undefined
  return {
    functionalReferenceId: typeof number === 'string' && number !== '' ? number.slice(0, 36) : null,
    direction: direction === 'import' || direction === 'export' ? direction : null,
    items: Array.isArray(items) ? items.length : 0,
  }
}
