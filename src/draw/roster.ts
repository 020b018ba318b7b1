import type * as z from 'zod'
import type { Officer, rosterAnswer, rosterRequest } from '../../schemas/draw.ts'
import { issue } from '../../schemas/issue.ts'
import { type Database, transaction } from '../db/database.ts'
import { keepRoster, lockDraws, type RosterRow, readRoster } from '../db/draws.ts'
import { canonicalJson } from '../fees/canonical.ts'
import { Problem } from '../problem.ts'

/** The strong tag of an agency's roster. */
export const rosterEtag = (agency: string) => (revision: number) => `"roster-${agency}-${revision}"`

export const presentRoster = (agency: string, row: RosterRow | undefined): z.infer<typeof rosterAnswer> => ({
  agency,
  revision: row?.revision ?? 0,
  officers: JSON.parse(row?.officers ?? '[]') as Officer[],
  ...(row === undefined ? {} : { at: row.at.toISOString() }),
})

/** Keeps an agency's officers 执法检查人员名录; a draw that was committed to goes on with those it was committed with. @throws {Problem} body-invalid, if-match-stale */
export async function changeRoster(
  database: Database,
  agency: string,
  { officers }: z.infer<typeof rosterRequest>,
  by: string,
  check: (revision: number) => void,
  now: Date,
): Promise<void> {
  const twice = officers.flatMap(({ code }, at) =>
    officers.findIndex((other) => other.code === code) < at
      ? [issue(`/officers/${at}/code`, 'duplicate', { en: `${code} stands twice`, zh: `${code}重复` })]
      : [],
  )
  if (twice.length > 0) throw new Problem('body-invalid', { errors: twice })
  await transaction(database.pool, async (client) => {
    await lockDraws(client, agency, true)
    const revision = (await readRoster(client, agency))?.revision ?? 0
    check(revision)
    const written = canonicalJson(officers.toSorted((a, b) => (a.code < b.code ? -1 : 1)))
    await keepRoster(client, agency, { revision: revision + 1, officers: written, by, at: now })
  })
}
