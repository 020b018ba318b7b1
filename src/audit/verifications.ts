import {
  askForVerification,
  concludeVerification,
  estimateDeclarations,
  makeVerification,
  noteProgress,
  readOpenVerification,
  type VerificationRow,
  type VerificationStatus,
} from '../db/audit-verifications.ts'
import type { Client, Database } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { Broken } from './broken.ts'
import type { Pins } from './seal.ts'
import { type DatabaseFound, verifyDatabase, verifyDeclaration } from './verify-database.ts'

/** What somebody wants checked: one declaration, or everything; held against what they know from elsewhere. */
export interface Wanted extends Pins {
  readonly declarationId?: string | undefined
  readonly by: string
}

const askedOf = ({ declarationId, key, seal, by }: Wanted, now: Date) => ({
  id: newId(now.getTime()),
  declarationId: declarationId ?? null,
  pinnedKey: key ?? null,
  pinnedSeal: seal ?? null,
  by,
  requestedAt: now,
})

/** Has everything checked in the background. @returns the check that is under way, which may be another's who wanted the same */
export const askForAll = (
  database: Database,
  wanted: Wanted,
  queue: (client: Client) => Promise<void>,
  now: Date,
): Promise<string> => askForVerification(database, askedOf(wanted, now), queue)

/** Checks one declaration at once; it is there. */
export async function verifyOne(database: Database, wanted: Wanted, id: string, now: () => number): Promise<string> {
  const asked = askedOf(wanted, new Date(now()))
  await makeVerification(database.pool, asked)
  await conclude(database, asked.id, () => verifyDeclaration(database.pool, id, wanted), now)
  return asked.id
}

/** Carries out what was asked for, one check after the other. Whoever dies at it leaves it to the next, who begins anew. */
export async function verifyWhatWasAsked(
  database: Database,
  now: () => number,
  onFailure: (error: unknown) => void,
): Promise<void> {
  for (;;) {
    const asked = await readOpenVerification(database)
    if (asked === undefined) return
    const total = await estimateDeclarations(database)
    const progress = (checked: number) => noteProgress(database, asked.id, checked, Math.max(total, checked))
    await progress(0)
    await conclude(database, asked.id, () => verifyDatabase(database.pool, pinsOf(asked), progress), now, onFailure)
  }
}

const pinsOf = ({ pinnedKey, pinnedSeal }: VerificationRow): Pins => ({
  ...(pinnedKey === null ? {} : { key: pinnedKey }),
  ...(pinnedSeal === null ? {} : { seal: pinnedSeal }),
})

/** Keeps what a check came to; one that could not be made says nothing of what was kept. */
async function conclude(
  database: Database,
  id: string,
  check: () => Promise<DatabaseFound>,
  now: () => number,
  onFailure: (error: unknown) => void = () => undefined,
): Promise<void> {
  const end = (status: VerificationStatus, found: unknown) =>
    concludeVerification(database.pool, id, status, found, new Date(now()))
  try {
    const { newest, ...found } = await check()
    await end('whole', {
      ...found,
      ...(newest === undefined
        ? {}
        : { newest: { day: newest.day, hash: newest.hash, ...(newest.key === null ? {} : { key: newest.key }) } }),
    })
  } catch (error) {
    if (error instanceof Broken) return end('broken', { ...error.place, what: error.message })
    onFailure(error)
    await end('failed', { error: (error as Error).message })
  }
}

/** A check as a caller reads it. */
export const presentVerification = ({ found, doneAt, ...row }: VerificationRow) => {
  const said = found === null ? {} : (JSON.parse(found) as Record<string, unknown>)
  return {
    id: row.id,
    ...(row.declarationId === null ? {} : { declarationId: row.declarationId }),
    ...(row.pinnedKey === null ? {} : { key: row.pinnedKey }),
    ...(row.pinnedSeal === null ? {} : { seal: row.pinnedSeal }),
    status: row.status,
    checked: row.checked,
    total: row.total,
    ...(row.status === 'whole' ? { found: said } : {}),
    ...(row.status === 'broken' ? { broken: said } : {}),
    ...(row.status === 'failed' ? said : {}),
    by: row.by,
    requestedAt: row.requestedAt.toISOString(),
    ...(doneAt === null ? {} : { doneAt: doneAt.toISOString() }),
    links: { self: `/v1/operations/audit/verifications/${row.id}` },
  }
}
