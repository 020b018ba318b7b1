import { lockCases } from '../db/cases.ts'
import { type Client, type Database, transaction } from '../db/database.ts'
import { exchangeContributions, type KeptContribution } from '../db/statistics.ts'
import { readWhatCounts } from '../db/statistics-facts.ts'
import type { Case, Changes } from '../filing/case.ts'
import type { Follower } from '../filing/follower.ts'
import { countedBy } from './counted.ts'
import { creditLevels } from './credit.ts'
import { factsIn } from './facts.ts'
import { contributionsOf, grantsOf } from './measure.ts'

/**
 * Counts declarations as their receipts come in 通关时间统计: in the transaction that keeps them, what a declaration counted for is taken out and
 * what it counts for now put in. Cells are only told the difference, in rows of its own: nobody waits for anybody. A receipt that changes nothing
 * that counts costs no statement.
 */
export const countClearance: Follower = {
  id: 'clearance',
  async follow({ client }, changes) {
    const touched = touchedBy(changes)
    if (touched.length > 0) await countAgain(client, touched)
  },
}

/**
 * Cases whose figures may be others now: what they are made from has changed, or something was reported of the goods of one that counts. It is read
 * off the case itself, so that no way a receipt may come in can be forgotten here.
 */
function touchedBy({ cases, happenings }: Changes): Case[] {
  const moved = new Set(
    happenings.flatMap(({ type, declarationId }) => (type.startsWith('movement.') ? [declarationId] : [])),
  )
  return [...cases].filter(({ id, version, filings, counted }) => {
    const now = countedBy(version, filings)
    return now !== counted || (now !== undefined && moved.has(id))
  })
}

/**
 * Counts declarations by all their receipts, whatever they counted for before; done twice it changes nothing. They must be locked.
 * @returns how many counted for something else
 */
export async function countAgain(client: Client, cases: readonly Case[]): Promise<number> {
  const { before, documents, arrivals, definitionsAt } = await readWhatCounts(client, cases)
  const facts = new Map([...documents].map(([id, document]) => [id, factsIn(document)]))
  const creditAt = await creditLevels(
    client,
    [...facts.values()].map(({ firm }) => firm),
    cases.flatMap(({ filings }) => grantsOf(filings)),
  )
  const now = cases.flatMap(({ id, filings }): KeptContribution[] => {
    const about = facts.get(id)
    if (about === undefined) return []
    const reported = arrivals.filter((one) => one.id === id && one.direction === about.direction)
    const found = contributionsOf(
      filings,
      {
        ...about,
        arrivals: reported.map(({ at }) => at),
        creditAt: (agency, at) => creditAt(about.firm, agency, at),
      },
      definitionsAt,
    )
    return found.map((one) => ({ ...one, declarationId: id }))
  })
  const known = new Set(before.map(said))
  const wanted = new Set(now.map(said))
  const out = before.filter((one) => !wanted.has(said(one)))
  const into = now.filter((one) => !known.has(said(one)))
  for (const at of cases) at.counted = countedBy(at.version, at.filings)
  await exchangeContributions(client, out, into, cases)
  return new Set([...out, ...into].map(({ declarationId }) => declarationId)).size
}

const said = ({ declarationId, kind, filingId, month, cell, firm, start, amount }: KeptContribution): string =>
  JSON.stringify([declarationId, kind, filingId, month, cell, firm, start, amount])

/** Counts declarations again because something was learned of them elsewhere: an arrival, a level of credit. */
export async function countByIds(database: Database, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  return transaction(database.pool, async (client) => {
    const cases = await lockCases(client, ids)
    return countAgain(client, [...cases.values()])
  })
}
