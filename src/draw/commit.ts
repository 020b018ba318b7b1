import { randomBytes } from 'node:crypto'
import type { DrawHead, Officer } from '../../schemas/draw.ts'
import type { Client } from '../db/database.ts'
import { type DrawRow, keepDraw, readRoster } from '../db/draws.ts'
import type { Vault } from '../notices/vault.ts'
import { spanOf } from './days.ts'
import { commitmentTo, headHash, rosterHashOf } from './lottery.ts'

/** What a secret of a draw is sealed for: it opens for nothing else. */
export const ownerOf = (agency: string, day: string, secret: 'seed' | 'salt') => `draw ${agency} ${day} ${secret}`

const secretBytes = 32
const emptyRoster = '[]'

/** What is published of a draw before it begins. */
export const headOf = (row: Omit<DrawRow, 'hash' | 'seed' | 'salt' | 'rosterRevision'>): Omit<DrawHead, 'kind'> => ({
  agency: row.agency,
  day: row.day,
  beginsAt: row.beginsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  committedAt: row.committedAt.toISOString(),
  seedHash: row.seedHash,
  saltHash: row.saltHash,
  officers: JSON.parse(row.officers) as string[],
  officersDrawn: row.officersDrawn,
  rosterHash: row.rosterHash,
})

/**
 * Commits to a draw 承诺: a seed and a salt nobody knows, the officers on duty. From here on neither can be exchanged without anybody seeing it.
 * The draws of the agency must be locked.
 */
export async function commit(
  client: Client,
  vault: Vault,
  { agency, day, officersDrawn }: { readonly agency: string; readonly day: string; readonly officersDrawn: number },
  now: Date,
): Promise<void> {
  const [seed, salt] = [randomBytes(secretBytes).toString('hex'), randomBytes(secretBytes).toString('hex')]
  const roster = await readRoster(client, agency)
  const officers = JSON.parse(roster?.officers ?? emptyRoster) as Officer[]
  const row = {
    agency,
    day,
    ...spanOf(day),
    seedHash: commitmentTo(seed),
    saltHash: commitmentTo(salt),
    officers: JSON.stringify(officers.filter(({ onDuty }) => onDuty).map(({ code }) => code)),
    officersDrawn,
    rosterHash: rosterHashOf(salt, roster?.officers ?? emptyRoster),
    rosterRevision: roster?.revision ?? 0,
    committedAt: now,
  }
  await keepDraw(client, {
    ...row,
    seed: vault.seal(seed, ownerOf(agency, day, 'seed')),
    salt: vault.seal(salt, ownerOf(agency, day, 'salt')),
    hash: headHash(headOf(row)),
  })
}
