import { issue } from '../../schemas/issue.ts'
import { keptAnswer } from '../db/answers.ts'
import type { Client } from '../db/database.ts'
import { closeDeclarationDraft, type DraftBasis, type KeptDraft, outcomeOfDraft } from '../db/declaration-drafts.ts'
import { hashOf } from '../filing/accept.ts'
import { requestChange } from '../filing/change-request.ts'
import type { AcceptRequest } from '../filing/compose.ts'
import { type Given, once } from '../filing/once.ts'
import { presentRequested } from '../filing/present-change.ts'
import { lockOwn, type Precondition, revise } from '../filing/revise.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Services } from '../services.ts'
import { changeRequestOf, handedInOf, movedSince, withoutReason } from './check.ts'
import { findDraft } from './keep.ts'

/** Who hands a draft in, and under which key it is done once. */
export interface HandingIn {
  readonly id: string
  readonly tenant: string
  readonly key: string
  readonly about: AcceptRequest['about']
}

/**
 * Hands a draft in 提交草稿: it becomes a declaration, or the correction or amendment of one, and is gone in the same transaction. So
 * whatever breaks off leaves either the draft or what became of it, never both and never neither; and what was handed in once is
 * not handed in again, under whatever key.
 * @throws {Problem} not-found, draft-handed-in, if-match-stale, basis-changed, idempotency-key-reused, and whatever refuses a correction or amendment
 */
export async function handIn(services: Services, handing: HandingIn, precondition: Precondition): Promise<Given> {
  const { database, now } = services
  const told = await toldBefore(services, handing)
  if (told !== undefined) return told
  const draft = await findDraft(database.pool, handing)
  precondition(draft.revision)
  const { basis } = draft
  if (basis === undefined) return acceptDraft(services, handing, draft, precondition)
  const { tenant, key, id } = handing
  const slot = { tenant, key, bodyHash: `${hashOf(Buffer.from(draft.document))} draft ${id} ${draft.revision}` }
  const at = new Date(now())
  try {
    return await once(database, slot, at, async (client) => {
      const held = await findDraft(client, handing, true)
      precondition(held.revision)
      const answer = await changeDeclaration(client, services, { ...held, basis }, tenant, at)
      await closeDeclarationDraft(client, { id, tenant, declarationId: basis.declarationId }, at)
      return answer
    })
  } catch (problem) {
    const twin = isHandedIn(problem) ? await toldBefore(services, handing) : undefined
    if (twin === undefined) throw problem
    return twin
  }
}

const isHandedIn = (problem: unknown) => problem instanceof Problem && problem.code === 'draft-handed-in'

/** The answer of who handed it in with this very key before. */
async function toldBefore({ database }: Services, handing: HandingIn): Promise<Given | undefined> {
  const declarationId = await outcomeOfDraft(database.pool, handing)
  const kept = declarationId && (await keptAnswer(database.pool, handing.tenant, handing.key))
  if (!kept || kept.location?.startsWith(`/v1/declarations/${declarationId}`) !== true) return undefined
  return { status: kept.status, body: kept.body, location: kept.location, replayed: true }
}

/** A new declaration comes in through the door all declarations use. */
async function acceptDraft(
  { acceptor, database }: Services,
  handing: HandingIn,
  draft: KeptDraft,
  precondition: Precondition,
): Promise<Given> {
  const { tenant, key, about, id } = handing
  const bytes = new TextEncoder().encode(draft.document)
  try {
    return await acceptor.accept({
      tenant,
      key,
      bodyHash: hashOf(bytes),
      mediaType: 'application/json',
      bytes,
      about,
      draft: { id, revision: draft.revision },
    })
  } catch (error) {
    if (!isGone(error)) throw error
    // Somebody was there between our reading and our keeping: who, the draft tells.
    precondition((await findDraft(database.pool, handing)).revision)
    throw error
  }
}

/** The draft is not there any more as it was read (SQLSTATE 23502). */
const isGone = (error: unknown): boolean => (error as { code?: string }).code === '23502'

/** Corrects or amends the declaration a draft was begun from. */
async function changeDeclaration(
  client: Client,
  { adapters }: Pick<Services, 'adapters'>,
  draft: KeptDraft & { readonly basis: DraftBasis },
  tenant: string,
  now: Date,
) {
  const { declarationId, purpose, version } = draft.basis
  const target = { id: declarationId, tenant }
  const { at } = await lockOwn(client, target)
  if (at.version !== version) throw await changedSince(client, draft, at.version)
  const handedIn = handedInOf(draft)
  const anyRevision = () => undefined
  if (purpose === 'correction') {
    const revised = await revise(client, adapters, target, handedIn, anyRevision, now, false)
    const self = `/v1/declarations/${declarationId}`
    return {
      status: 202,
      body: { id: declarationId, purpose, version: revised.version, links: { self } },
      location: self,
    }
  }
  const missing = withoutReason(draft.reason)
  if (missing.length > 0) throw new Problem('change-refused', { errors: missing })
  const request = changeRequestOf(handedIn, draft.reason, draft.particulars)
  const body = presentRequested(
    declarationId,
    await requestChange(client, adapters, target, request, anyRevision, now, false),
  )
  return { status: 202, body, location: body.links.self }
}

/** Its declaration has moved on: what changed of it meanwhile, field by field. */
async function changedSince(client: Client, { basis }: Pick<KeptDraft, 'basis'>, current: number): Promise<Problem> {
  const moved = await movedSince({ database: { pool: client } }, { basis, current })
  return new Problem('basis-changed', {
    detail: {
      en: `It was begun from version ${moved?.from}; version ${moved?.to} counts now`,
      zh: `草稿基于第 ${moved?.from} 版，现行为第 ${moved?.to} 版`,
    },
    errors: (moved?.data ?? []).slice(0, limits.issues).map(({ pointer, before, after }) =>
      issue(pointer, 'changed-meanwhile', {
        en: `It was ${told(before)} and is ${told(after)} now`,
        zh: `原为 ${told(before)}，现为 ${told(after)}`,
      }),
    ),
  })
}

const told = (value: unknown): string => (value === undefined ? '—' : JSON.stringify(value).slice(0, 100))
