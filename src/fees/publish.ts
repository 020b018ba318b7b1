import { type Entry, entryId, entrySchemas } from '../../schemas/fees/entries.ts'
import { issuesOf } from '../../schemas/issue.ts'
import { readEditions } from '../db/catalogue-reads.ts'
import { type Client, type Database, transaction } from '../db/database.ts'
import { digestOfDraft, readProposed, removeEntry } from '../db/draft-entries.ts'
import { type DraftRow, type Hand, makeDraft, moveDraft } from '../db/drafts.ts'
import { lastEdition, lockCatalogue, newestEdition, placeEditionEvent, writeEdition } from '../db/editions.ts'
import { newId } from '../db/ids.ts'
import type { Vault } from '../notices/vault.ts'
import { Problem } from '../problem.ts'
import { documentDigest } from './canonical.ts'
import { noticeUntil } from './checks/beginning.ts'
import { dayAt } from './days.ts'
import { type AboutDraft, again, editable, putInto, withDraft } from './draft.ts'
import { type Proposal, proposalOf, refuseErrors } from './proposal.ts'
import { catalogueSigner } from './signing.ts'

const todayAt = (at: Date) => dayAt(at.getTime())

/** 提交: from now on it is as its approver will see it. @throws {Problem} draft-invalid, with every error */
export const submitDraft = (database: Database, about: AboutDraft): Promise<DraftRow> =>
  withDraft(database, about, editable, async (client, draft) => {
    const { issues } = await proposalOf(client, draft, todayAt(about.at))
    refuseErrors(issues)
    await moveDraft(client, draft.id, { status: 'submitted', by: about.caller }, about.at)
    return again(client, draft.id)
  })

/** An edition as it was published. */
export interface Published {
  readonly number: number
  readonly digest: string
}

/**
 * 批准: makes a draft the next edition and announces it, all in one transaction. Whoever drafted or changed it may not.
 * @param digest of what the approver saw
 * @throws {Problem} own-draft, if-match-stale, draft-stale, draft-invalid
 */
export const approveDraft = (
  database: Database,
  vault: Vault,
  about: AboutDraft,
  digest: string,
): Promise<Published & { readonly draft: DraftRow }> =>
  withDraft(database, about, ['submitted'], async (client, draft) => {
    if (isBy(draft, about.caller)) throw new Problem('own-draft')
    if ((await digestOfDraft(client, draft)) !== digest)
      throw new Problem('if-match-stale', {
        detail: { en: 'The digest is not that of the draft as it is now', zh: '摘要与修订稿现状不符，请重新读取' },
      })
    await lockCatalogue(client)
    const newest = (await newestEdition(client))?.number ?? 0
    if (newest !== draft.base)
      throw new Problem('draft-stale', {
        detail: {
          en: `It changes edition ${draft.base}; the newest is ${newest}`,
          zh: `修订稿基于第${draft.base}版，最新为第${newest}版`,
        },
      })
    const proposal = await proposalOf(client, draft, todayAt(about.at))
    refuseErrors(proposal.issues)
    const published = await publish(client, vault, draft, proposal, { by: about.caller, at: about.at })
    await placeEditionEvent(client, 'announced', announcement(draft, published, about.at), about.at)
    return { ...published, draft: await again(client, draft.id) }
  })

/** Whether somebody had a hand in a draft: by the key, and by the name, for one person may hold two keys. */
const isBy = (draft: DraftRow, { keyHash, name }: Hand): boolean =>
  draft.author === name ||
  draft.authorKey === keyHash ||
  draft.contributors.some((one) => one.startsWith(`${keyHash} `) || one.slice(one.indexOf(' ') + 1) === name)

const announcement = (draft: DraftRow, { number, digest }: Published, at: Date) => ({
  edition: number,
  title: draft.title,
  reason: draft.reason,
  validFrom: draft.validFrom,
  noticeUntil: noticeUntil(todayAt(at)),
  digest,
  changes: { put: draft.put, removed: draft.removed },
})

async function publish(
  client: Client,
  vault: Vault,
  draft: DraftRow,
  { entries }: Proposal,
  { by, at, inForceToldAt }: { by: Hand; at: Date; inForceToldAt?: Date | undefined },
): Promise<Published> {
  const last = await lastEdition(client)
  const head = {
    number: (last?.number ?? 0) + 1,
    title: draft.title,
    validFrom: draft.validFrom,
    announcedAt: at,
    noticeUntil: noticeUntil(todayAt(at)),
    previousDigest: last?.digest,
    entries: entries.length,
  }
  const digest = documentDigest(head, entries)
  const signer = await catalogueSigner(client, vault, at)
  await writeEdition(client, draft, {
    ...head,
    reason: draft.reason,
    draftedBy: draft.author,
    approvedBy: by,
    digest,
    signature: signer.sign(digest),
    signingKey: signer.key,
    inForceToldAt,
  })
  return { number: head.number, digest }
}

/** An edition to begin with 初始版次: a whole list, that may hold from a day that is over. */
export interface Seed {
  readonly title: string
  readonly reason: string
  readonly validFrom: string
  readonly announcedAt: Date
  readonly entries: readonly Entry[]
}
const sower: Hand = { name: 'seed', keyHash: 'seed' }

/**
 * Publishes a whole list without four eyes, where nobody has published but this function: tests do, and a first start. It is checked as any
 * draft is. One that stands already is left alone. Nobody is told of it, nor that it holds, where it does already.
 * @throws {Problem} draft-invalid  @throws {Error} when somebody has published
 */
export async function publishSeed(
  database: Database,
  vault: Vault,
  seed: Seed,
  now: Date = new Date(),
): Promise<Published> {
  const entries = seed.entries.map(readEntry)
  return transaction(database.pool, async (client) => {
    await lockCatalogue(client)
    const standing = await readEditions(client)
    if (standing.some(({ approvedBy }) => approvedBy !== sower.name))
      throw new Error('There are editions that somebody published: seeds are for an empty catalogue')
    const same = standing.find(({ title, validFrom }) => title === seed.title && validFrom === seed.validFrom)
    if (same !== undefined) return { number: same.number, digest: same.digest }
    const { title, reason, validFrom, announcedAt } = seed
    const base = (await newestEdition(client))?.number ?? 0
    const fresh = { id: newId(announcedAt.getTime()), title, reason, validFrom, payee: null, base }
    await makeDraft(client, fresh, sower, Number.MAX_SAFE_INTEGER, announcedAt)
    const kept = new Set(entries.map(({ type, id }) => `${type} ${id}`))
    for (const entry of await readProposed(client, fresh))
      if (!kept.has(`${entry.type} ${entry.id}`)) await removeEntry(client, fresh, entry, reason, sower, announcedAt)
    const draft = await putInto(client, await again(client, fresh.id), sower, entries, announcedAt)
    const proposal = await proposalOf(client, draft, undefined)
    refuseErrors(proposal.issues)
    const holds = validFrom <= todayAt(now)
    return publish(client, vault, draft, proposal, {
      by: sower,
      at: announcedAt,
      inForceToldAt: holds ? announcedAt : undefined,
    })
  })
}

/** @throws {Problem} draft-invalid */
function readEntry({ type, id, content }: Entry): Entry {
  const named = entryId.safeParse(id)
  const read = entrySchemas[type].safeParse(content)
  if (named.success && read.success) return { type, id, content: read.data } as Entry
  const errors = [
    ...(named.error ? issuesOf(named.error, [type, id]) : []),
    ...(read.error ? issuesOf(read.error, [type, id]) : []),
  ]
  throw new Problem('draft-invalid', {
    detail: { en: `${type} ${id}: ${errors[0]?.detail}`, zh: `${type} ${id}：${errors[0]?.detailZh}` },
    errors,
  })
}
